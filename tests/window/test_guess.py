"""Guess first: by keyboard alone, and seen beside the outcome."""


def focus(window, name: str, **which):
    for _ in range(40):
        before = window.focused()
        window.key("Tab")
        now = window.wait_until(lambda: (now := window.focused()) and now != before and now, "Tab moves the focus")
        if now.path == window.find(name, **which).path:
            return
    raise LookupError(f"Tab does not reach {name!r}")


def test_a_guess_by_keyboard_unlocks_run_and_is_remembered(start):
    window = start("--demo", "bank_lock")
    focus(window, "Guess first", role="check box")
    window.key("space")
    window.wait_for("Guess first", role="check box", checked=True)
    window.wait_for("Run", role="button", enabled=False)

    focus(window, "C ¥10–89", role="radio button")
    window.key("space")
    window.wait_for("C ¥10–89", role="radio button", checked=True)
    window.wait_for("Run", role="button", enabled=True)
    focus(window, "Run", role="button")
    window.key("Return")
    window.wait_result(r"balance is ¥\d|nothing was lost this time")
    assert window.is_checked("C ¥10–89", role="radio button")
    window.close()
    assert window.wait_exit() == 0

    again = start("--demo", "bank_lock")
    assert again.is_checked("Guess first", role="check box")
    again.wait_for("Run", role="button", enabled=False)


def test_one_button_prepares_all_demos_for_a_class(start):
    window = start("--demo", "downloads")
    window.click("Class values", role="button")
    window.wait_until(lambda: window.value("Longest", role="spin button") == 4.0, "downloads of at most 4 s")
    window.wait_for("Class values", role="button", enabled=True)
    assert "calibration" not in window.threads()
