"""The Download button: with a worker thread the window goes on; on the UI thread it freezes, and all clicks wait."""

import time

import pytest
from driver import PATIENCE, slowness
from PIL import Image

STAGE = "The clock’s hand moves only when"
FROZEN = (0xD5, 0x5E, 0x00)  # the colour of what is lost, failed or frozen


def download(start, variant: str, seconds: float, *more: str):
    return start("--demo", "responsive_ui", "--variant", variant, "--set", f"seconds={seconds}", *more)


def reaction(window) -> float:
    """How long this machine takes now from a movement of the pointer to the picture that answers it."""
    slowest = 0.0
    for name in ("Values", "About", "Values", "About"):
        window.wait_at_rest(0.2)
        with window.frames() as drawn:
            moved = time.monotonic()
            window.point_at(name, role="button")
            assert drawn.read(seconds=5), "the window does not notice the pointer"
        slowest = max(slowest, drawn.times[0] - moved)
    return slowest


def dominant(picture: Image.Image) -> tuple[int, int, int]:
    """The colour of most of its pixels."""
    return max(picture.getcolors(picture.width * picture.height))[1]


def shows(picture: Image.Image, color: tuple[int, int, int]) -> bool:
    return any(found == color for _, found in picture.getcolors(picture.width * picture.height))


def longest_gap(times: list[float], since: float) -> float:
    """Between two pictures after `since`. Freezing and thawing both show: a frozen window draws when it thaws."""
    times = [at for at in times if at >= since]
    return max(later - earlier for earlier, later in zip(times, times[1:]))


def test_with_a_worker_thread_the_window_goes_on(start):
    seconds = round(2 * slowness(), 1)
    window = download(start, "worker_thread", seconds)
    # Ten times a second is what it draws on a machine without graphics card.
    prompt = min(max(0.3, 6 * reaction(window)) * slowness(), seconds / 2)
    with window.frames() as drawn:
        pressed = window.click("Download")
        window.wait_for("Download", role="button", enabled=False)
        clicked = window.click("About", role="button")
        window.wait_for("About", role="frame")
        assert time.monotonic() - clicked < max(0.5, prompt)
        assert not window.find_all("Download complete!"), "About answered only after the download"
        about = " ".join(window.names("label"))
        assert "Threadlab 0." in about and "骆昊" in about

        window.wait_for("Notice", role="frame")
        assert window.find_all("Download complete!")
    seen = longest_gap(drawn.times, pressed)
    assert seen < prompt

    window.wait_for("Download", role="button", enabled=True)
    told = window.wait_result(r"longest gap between two pictures was ([\d.]+) (ms|s)")
    told = float(told[1]) / (1000 if told[2] == "ms" else 1)
    assert told == pytest.approx(seen, abs=prompt / 2)


def test_the_notice_is_closed_with_ok(start):
    window = download(start, "worker_thread", 0.1)
    window.click("Download")
    window.wait_for("Notice", role="frame")
    window.click("OK")
    window.wait_gone("Notice", role="frame")


def test_on_the_ui_thread_the_window_freezes_and_clicks_wait(start):
    # Long enough for a click's way through the window manager.
    seconds = round(3 * slowness(), 1)
    window = download(start, "ui_thread", seconds)
    stage = window.region(startswith=STAGE, role="image")
    button = window.region("Download")
    left, top, width, height = window.region("About", role="button")
    about = left + width // 2, top + height // 2
    window.point_at("Download")
    window.wait_at_rest()
    button_before = dominant(window.screenshot(button))
    assert not shows(window.screenshot(stage), FROZEN)

    with window.frames() as drawn:
        pressed = window.click("Download")
        window.wait_until(lambda: shows(window.screenshot(stage), FROZEN), "the last picture is on the screen")
        assert "The last picture" in told_by_stage(window)
        assert "draws nothing until the task is done" in told_by_stage(window)
        assert dominant(window.screenshot(button)) != button_before, "the button does not look pressed"
        # A click that comes between picture and freeze does not wait. Nothing but their distance tells the two apart.
        window.wait_at_rest()
        frozen = window.screenshot()

        window.input.move(*about)
        for _ in range(3):
            window.input.press()
            window.input.release()
        assert window.screenshot() == frozen
        assert not window.find_all("About", role="frame")

        window.wait_for("About", role="frame", seconds=seconds + PATIENCE)
        window.wait_for("Notice", role="frame")
    seen = longest_gap(drawn.times, pressed)
    assert seen >= 0.99 * seconds

    told = window.wait_result(r"drew nothing for ([\d.]+) s, and 3 clicks waited")
    assert float(told[1]) == pytest.approx(seen, abs=0.3 * slowness())
    window.wait_for("Download", role="button", enabled=True)


def told_by_stage(window) -> str:
    return window.find(startswith=STAGE, role="image").name


@pytest.mark.parametrize("variant, seconds", [("worker_thread", 600), ("ui_thread", 2)])
def test_closed_during_a_download_it_ends_at_once(start, variant, seconds):
    window = download(start, variant, seconds)
    window.click("Download")
    window.wait_for("Download", role="button", enabled=False)
    window.close()
    # A frozen window learns of it only when it thaws.
    frozen = seconds if variant == "ui_thread" else 0
    assert window.wait_exit(frozen + 2 * slowness()) == 0
