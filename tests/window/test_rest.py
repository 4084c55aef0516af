"""At rest the window draws nothing and needs no processor time."""

import time

SECONDS = 10
SHARE_OF_A_CORE = 0.002


def assert_rests(window):
    window.wait_at_rest(quiet=1)
    with window.frames() as drawn:
        spent = window.cpu_seconds()
        assert not drawn.read(SECONDS), f"it drew after {drawn.times[0] - drawn.began:.1f} s"
        assert window.cpu_seconds() - spent <= SHARE_OF_A_CORE * (time.monotonic() - drawn.began)


def test_a_window_nobody_touched_rests(start):
    assert_rests(start())


def test_a_window_in_use_rests_between_two_clicks(start):
    """With a run behind it, an open dialog, a field that is edited and the pointer on a button that explains itself."""
    window = start("--demo", "responsive_ui")
    window.click("About", role="button")
    window.wait_for("About", role="frame")
    window.click("Bank deposits", role="toggle button")
    window.wait_for("Run")
    window.click("Run")
    window.wait_for("Play again")
    window.click("Threads", role="spin button")
    window.wait_until(lambda: (node := window.focused()) and node.name == "Threads", "the field has the focus")
    window.point_at("Compare", role="button")
    assert_rests(window)
