"""Enlarged for the last row, everything can still be reached: by scrolling, with a real wheel."""

import pytest

VARIANTS = ["No lock", "Lock", "Short lock", "Atomic"]


@pytest.mark.parametrize("zoom", ["1.5", "2"])
def test_enlarged_every_control_can_be_clicked(start, zoom):
    window = start("--demo", "bank_lock", "--zoom", zoom)
    for title in reversed(VARIANTS):
        bring(window, title)
        window.click(title)
        window.wait_for(title, checked=True)
    bring(window, "Slow replay")
    window.click("Slow replay")
    window.wait_for("Slow replay", checked=False)
    for parameter in ("Threads", "Amount", "Processing time", "Failing"):
        bring(window, parameter, role="spin button")
        window.click(parameter, role="spin button")
        window.wait_until(lambda: (node := window.focused()) and node.name == parameter, f"{parameter} is edited")
    bring(window, "Run")
    window.click("Run")
    window.wait_result("deposits")
    bring(window, startswith="Result:", role="label")

    window.click("Language")
    window.wait_for("运行")
    window.click("下载按钮")
    window.wait_for("下载", role="button")


@pytest.mark.parametrize("zoom", ["1", "1.5", "2"])
@pytest.mark.parametrize("demo", ["responsive_ui", "bank_lock", "sum"])
def test_nothing_is_cut_off_at_the_side_or_squeezed(start, demo, zoom):
    window = start("--demo", demo, "--zoom", zoom)
    window.wait_at_rest()
    left, _, room, _ = window.region()
    for node in window.find_all():
        if not node.name:
            continue
        x, _, width, height = window.region_of(node)
        assert left <= x and x + width <= left + room, f"{node.name!r} is cut off"
        assert len(node.name) < 6 or width > height, f"{node.name!r} is squeezed"


@pytest.mark.parametrize("zoom", ["1", "1.5", "2"])
def test_the_picture_is_not_blank(start, zoom):
    window = start("--demo", "bank_lock", "--zoom", zoom)
    window.wait_at_rest()
    shown = window.screenshot()
    colors = shown.getcolors(shown.width * shown.height)
    assert len(colors) > 50
    assert max(colors)[0] < 0.9 * shown.width * shown.height


def bring(window, name: str | None = None, **which):
    """Turns the wheel over the page until all of a widget is in sight."""
    left, top, width, height = window.region()
    # The bottom line belongs to the window, not to the page.
    bottom = window.region(startswith="screen ", role="label")[1] - 12
    for _ in range(100):
        _, y, _, its_height = window.wait_still(name, **which)
        if top <= y and y + its_height <= bottom:
            return
        window.input.move(left + width // 2, top + height // 2)
        with window.frames() as drawn:
            window.input.press(4 if y < top else 5)
            window.input.release(4 if y < top else 5)
            drawn.read(seconds=1)
    raise TimeoutError(f"{name!r} does not come into sight")
