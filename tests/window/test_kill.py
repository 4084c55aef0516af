"""Kills one of the sum's processes by the keyboard alone: the others go on, and the result names what is missing."""


def go_to(window, name: str, key: str):
    """Presses a key until the control of this name has the focus."""
    for _ in range(80):
        focused = window.focused()
        if focused and focused.name == name:
            return
        window.key(key)
        window.wait_until(lambda: window.focused() != focused, f"the focus moves on from {focused}")
    raise LookupError(f"{key} does not lead to {name!r}")


def test_by_keyboard_alone_one_is_killed_and_the_result_names_its_part(start):
    window = start(
        "--demo", "sum", "--variant", "processes", "--set", "numbers=8000000000", "--set", "workers=8"
    )
    window.key("space")
    window.wait_for("Kill one", role="button")
    go_to(window, "Kill one", "Tab")
    window.key("Return")
    window.wait_for("Kill worker 3", role="button")
    workers = len(window.descendants())
    go_to(window, "Kill worker 3", "Down")
    window.key("Return")
    window.wait_until(lambda: len(window.descendants()) < workers, "one process less")
    window.wait_result(r"you killed worker 3 \(PID \d+\)\. Its part, 2.000.000.001 … 3.000.000.000, is missing", 120)
    assert "The other 7 parts add up to" in window.result()
    assert not window.descendants()
