"""Enlarged for the last row, everything can still be reached, and the result is in sight."""

import pytest

VARIANTS = ["No lock", "Lock", "Short lock", "Atomic"]


@pytest.mark.parametrize("zoom", ["1.5", "2"])
def test_enlarged_every_control_can_be_clicked(start, zoom):
    window = start("--demo", "bank_lock", "--zoom", zoom)
    for title in reversed(VARIANTS):
        if window.find_all(title, role="radio button"):
            window.click(title, role="radio button")
            window.wait_for(title, role="radio button", checked=True)
            continue
        # There is room for a drop-down alone.
        window.click("Variant", role="button")
        window.wait_for(title, role="radio button")
        window.wait_still(title, role="radio button")
        window.click(title, role="radio button")
        window.wait_gone(title, role="radio button")
    window.click("Slow replay")
    window.wait_for("Slow replay", checked=False)
    window.close_menu("Slow replay")
    for parameter in ("Threads", "Amount", "Processing time", "Failing"):
        window.click(parameter, role="spin button")
        window.wait_until(lambda: (node := window.focused()) and node.name == parameter, f"{parameter} is edited")
    window.key("Escape")
    window.key("Escape")
    window.wait_gone("Failing", role="spin button")
    window.click("Run")
    window.wait_result("deposits")
    left, top, width, height = window.region(startswith="Result:", role="label")
    _, window_top, _, window_height = window.region()
    assert top + height <= window_top + window_height, "the result is in sight"

    window.click("Language")
    window.wait_for("运行")
    window.close_menu("语言")
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
