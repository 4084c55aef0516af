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
    focus(window, "Settings", role="button")
    window.key("space")
    window.wait_for("Guess first", role="check box")
    focus(window, "Guess first", role="check box")
    window.key("space")
    window.wait_for("Guess first", role="check box", checked=True)
    window.close_menu("Guess first")
    window.wait_for("Run", role="button", enabled=False)

    # The answers are one stop of Tab; arrows go from one to the next.
    focus(window, "A ¥100", role="radio button")
    for answer in ("B ¥90–99", "C ¥10–89"):
        window.key("Right")
        window.wait_until(lambda: window.find(answer, role="radio button").is_focused, f"{answer} has the focus")
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
    again.open_menu_with("Guess first", role="check box")
    assert again.is_checked("Guess first", role="check box")
    again.close_menu("Guess first")
    again.wait_for("Run", role="button", enabled=False)


def test_one_button_prepares_all_demos_for_a_class(start):
    window = start("--demo", "downloads")
    window.click("Class values for all demos", role="button")
    window.wait_for("Class values for all demos", role="button", enabled=True)
    window.close_menu("Class values for all demos")
    window.open_menu_with("Longest", role="spin button")
    window.wait_until(lambda: window.value("Longest", role="spin button") == 4.0, "downloads of at most 4 s")
    assert "calibration" not in window.threads()
