"""Side by side: two small windows watched from outside while one of them freezes."""

import re
import signal

import pytest
from display import window_of
from driver import PATIENCE, Window, slowness

STAGE = "Two small windows"


@pytest.fixture
def twins(start):
    """`twins(seconds)` opens the window and both twins, and returns all three."""

    def open_twins(seconds: float) -> tuple[Window, Window, Window]:
        window = start("--demo", "responsive_ui", "--set", f"seconds={seconds}")
        window.click("Side by side", role="button")
        pairs = [Window(window.desktop, child) for child in children(window)]
        # Both draw: until then there is nothing to be compared.
        window.wait_until(lambda: told(window).count("last picture") == 2, "both twins have drawn")
        return window, *pairs

    return open_twins


def children(window) -> list:
    """The twins' processes, A first, once both have a window."""

    def both():
        found = [child for child in window.descendants() if window_of(window.desktop.display, child.pid)]
        return len(found) == 2 and sorted(found, key=lambda child: child.command_line()[2])

    return window.wait_until(both, "two child processes have windows")


def told(window) -> str:
    return window.find(startswith=STAGE, role="image").name


def test_one_freezes_with_its_clicks_and_the_other_answers(twins):
    seconds = round(4 * slowness(), 1)  # enough for two clicks and a look at B
    window, a, b = twins(seconds)
    assert [twin.find(role="frame", startswith="Twin").name for twin in (a, b)] == [
        "Twin A: task on its UI thread",
        "Twin B: task on a worker thread",
    ]
    window.click("Download")
    window.wait_until(lambda: re.search(r"Twin A.* no picture for", told(window)), "A is frozen", seconds)
    window.click("Click both")
    window.wait_until(lambda: "1 click waits in the message queue" in told(window), "it waits in A", seconds)
    # Two that come between two pictures of this window would be a double click.
    window.click("Click both")
    window.wait_until(lambda: "2 clicks wait in the message queue" in told(window), "both wait in A", seconds)
    window.wait_until(lambda: re.search(r"Twin B.* 2 clicks answered", told(window)), "B has answered", seconds)
    assert "2 clicks wait in the message queue" in told(window), "A answered while it was frozen"
    assert b.find_all("About: clicked 2 ×") and not a.find_all("About: clicked 2 ×")

    said = window.wait_result(
        r"Twin A drew nothing for ([\d.]+) s, and 2 clicks were answered, the slowest after ([\d.]+) s\. "
        r"Twin B’s longest time without a picture was ([\d.]+) s, and it answered 2 clicks, the slowest in (\d+) ms",
        seconds + PATIENCE,
    )
    assert float(said[1]) == pytest.approx(seconds, abs=0.3 * slowness())
    assert 0 < float(said[2]) < float(said[1])
    assert float(said[3]) < float(said[1]) / 2
    a.wait_for("About: clicked 2 ×")


def test_a_click_of_the_mouse_counts_as_well(twins):
    window, _, b = twins(600)
    b.click("About", role="button")
    b.wait_for("About: clicked 1 ×")
    window.wait_until(lambda: re.search(r"Twin B.* 1 click", told(window)), "the click is reported")


def test_a_twin_that_is_killed_is_a_result(twins):
    window, a, b = twins(2)
    window.click("Download")
    window.wait_until(lambda: re.search(r"Twin A.* no picture for", told(window)), "A is frozen")
    a.process.kill(signal.SIGKILL)
    window.wait_result(r"Twin A was ended from outside after [\d.]+ s.* Twin B’s longest", 2 + PATIENCE)
    assert "killed after" in told(window)
    assert b.process.is_alive()


def test_a_twin_that_is_closed_is_a_result(twins):
    window, a, b = twins(600)
    b.close()
    b.wait_exit()
    window.wait_result(r"Twin B was closed after [\d.]+ s")
    assert a.process.is_alive()
    # The other one goes too when the button is pressed again.
    window.click("Side by side", role="button")
    a.wait_exit()
    assert not window.descendants()


@pytest.mark.parametrize("frozen", [False, True])
def test_they_end_with_the_main_window(twins, frozen):
    window, a, b = twins(600)
    if frozen:
        window.click("Download")
        window.wait_until(lambda: re.search(r"Twin A.* no picture for", told(window)), "A is frozen")
    window.close()
    assert window.wait_exit(2 * slowness()) == 0
    a.wait_exit()
    b.wait_exit()


def test_they_end_when_the_main_process_is_killed(twins):
    window, a, b = twins(600)
    window.process.kill(signal.SIGKILL)
    a.wait_exit()
    b.wait_exit()


def test_they_end_when_a_presentation_begins(twins):
    window, a, b = twins(600)
    window.key("F11")
    a.wait_exit()
    b.wait_exit()
    window.wait_for(startswith="PageDown: begin with", role="label")
