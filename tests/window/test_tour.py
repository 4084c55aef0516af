"""The demos play by themselves in the real window, and leave pictures."""

import resource
import signal
import subprocess

import pytest
from desktop import home_variables
from driver import PATIENCE, Window
from PIL import Image
from processes import Process, end


@pytest.fixture
def tour(desktop, binary, tmp_path):
    """`tour("--demo", "sum")` begins a tour; its ends are read as text."""
    begun = []

    def tour(*arguments: str, seconds="1", **options) -> subprocess.Popen:
        child = subprocess.Popen(
            [binary, "tour", "--theme", "light", "--seconds", seconds, *arguments],
            env=desktop.env | home_variables(tmp_path / "home"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )
        begun.append(child)
        return child

    (tmp_path / "home").mkdir()
    yield tour
    for child in begun:
        process = Process.of(child.pid)
        workers = process.descendants() if process else []
        child.kill()
        child.wait()
        end(workers)


def ended(child: subprocess.Popen) -> tuple[int, list[str], str]:
    """Exit code, the lines of standard output, standard error."""
    output, errors = child.communicate(timeout=4 * PATIENCE)
    return child.returncode, output.splitlines(), errors


def wait_for_line(stream, part: str):
    for line in stream:
        if part in line:
            return
    pytest.fail(f"the tour ended without saying {part!r}")


def test_a_picture_of_each_demo_in_the_order_given(tour, tmp_path):
    folder = tmp_path / "pictures"
    code, saved, errors = ended(tour("--demo", "sum", "--demo", "bank_lock", "--out", str(folder)))
    assert code == 0, errors
    assert saved == [str(folder / "sum.png"), str(folder / "bank_lock.png")]
    assert errors.splitlines() == ["1 of 2: sum", "2 of 2: bank_lock"]
    assert sorted(path.name for path in folder.iterdir()) == ["bank_lock.png", "sum.png"]
    for path in saved:
        picture = Image.open(path).convert("RGB")
        # As large as a new window, or what the screen leaves of it.
        assert picture.width > 1000 and picture.height > 600
        assert len(picture.getcolors(1 << 24)) > 100


def test_the_language_of_the_pictures_is_in_their_names(tour, tmp_path):
    code, saved, errors = ended(tour("--demo", "sum", "--lang", "zh-CN", "--out", str(tmp_path)))
    assert (code, saved) == (0, [str(tmp_path / "sum.zh-CN.png")]), errors


def test_a_demo_that_cannot_run_is_named_and_the_others_come(tour):
    def few_open_files():
        resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))

    child = tour("--demo", "event_loop", "--demo", "sum", preexec_fn=few_open_files)
    code, saved, errors = ended(child)
    assert code == 1
    assert "error: event_loop: " in errors and "2 of 2: sum" in errors
    assert "error: sum" not in errors and not saved


def test_a_picture_that_cannot_be_written_is_named(tour, tmp_path):
    folder = tmp_path / "pictures"
    child = tour("--demo", "sum", "--out", str(folder))
    wait_for_line(child.stderr, "1 of 1: sum")
    folder.rmdir()
    code, saved, errors = ended(child)
    assert (code, saved) == (1, [])
    assert "error: sum: pictures cannot be written" in errors and str(folder) in errors


def long_tour(tour, desktop) -> tuple[subprocess.Popen, Window]:
    child = tour("--demo", "downloads", "--demo", "sum", seconds="60")
    window = Window(desktop, Process.of(child.pid))
    window.wait_until(window.descendants, "worker processes are at work", 4 * PATIENCE)
    return child, window


def test_escape_ends_it_and_clicks_do_not_disturb(tour, desktop):
    child, window = long_tour(tour, desktop)
    workers = window.descendants()
    window.input.move(*window.region()[:2])
    for part in window.find_all(role="button"):
        if part.name:
            window.click(part.name, role="button")
    assert window.process.is_alive() and window.descendants()
    window.key("Escape")
    code, _, errors = ended(child)
    assert code == 0 and "ended at 1 of 2" in errors
    assert not any(worker.is_alive() for worker in workers)


def test_the_window_can_be_closed(tour, desktop):
    child, window = long_tour(tour, desktop)
    workers = window.descendants()
    window.close()
    code, _, errors = ended(child)
    assert code == 0 and "ended at 1 of 2" in errors
    assert not any(worker.is_alive() for worker in workers)


def test_an_interrupt_ends_it(tour, desktop):
    child, window = long_tour(tour, desktop)
    workers = window.descendants()
    child.send_signal(signal.SIGINT)
    code, _, _ = ended(child)
    assert code == 130
    assert not any(worker.is_alive() for worker in workers)
