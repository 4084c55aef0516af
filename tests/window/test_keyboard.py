"""The keyboard alone: Tab to every control, and the keys that act without one."""

import shutil
import subprocess

import pytest

CONTROLS = {"button", "toggle button", "radio button", "check box", "spin button", "combo box", "entry", "slider"}


def controls(window) -> set[tuple[str, str]]:
    return {(node.role, node.name) for node in window.find_all() if node.role in CONTROLS and node.is_enabled}


def tab(window):
    """Presses Tab, and returns what has the focus then."""
    before = window.focused()
    window.key("Tab")
    return window.wait_until(lambda: (now := window.focused()) and now != before and now, "Tab moves the focus")


@pytest.mark.parametrize("demo", ["responsive_ui", "bank_lock", "sum"])
def test_tab_and_arrows_reach_every_control_and_each_has_a_name(start, demo):
    window = start("--demo", demo, "--variant", VARIANTS[demo])
    window.wait_for("Threadlab", role="frame")
    wanted = controls(window)
    assert len(wanted) > 8
    stops, reached = [], set()
    for _ in range(2 * len(wanted)):
        stop = tab(window)
        if (stop.role, stop.name) in stops:
            break
        stops.append((stop.role, stop.name))
        for node in [stop, *along(window, stop)]:
            if node.role in CONTROLS:
                assert node.name, f"a {node.role} without a name, after {reached}"
                reached.add((node.role, node.name))
    assert reached == wanted


def along(window, node) -> list:
    """The other controls of a group that is one stop of Tab, by arrow keys: up to its beginning, then to its end."""
    if node.role not in ("radio button", "toggle button"):
        return []
    others = []
    for key in ("Up", "Down"):
        while True:
            before = window.focused()
            window.key(key)
            window.wait_at_rest(0.3)
            now = window.focused()
            if now is None or before is None or now.path == before.path:
                break
            others.append(now)
    return others


# Those in which no parameter is out of use.
VARIANTS = {"responsive_ui": "worker_thread", "bank_lock": "mutex", "sum": "processes"}


def test_what_has_the_focus_is_pressed_with_space_and_enter(start):
    window = start("--demo", "bank_lock")
    go_on(window, "No lock", "Right", "Short lock")
    window.key("space")
    window.wait_for("Short lock", checked=True)
    go_on(window, None, "Right", "Atomic")
    window.key("Return")
    window.wait_for("Atomic", checked=True)
    assert "not run yet" in window.result()


def test_arrow_keys_change_a_parameter(start):
    window = start("--demo", "bank_lock")
    window.open_menu_with("Threads", role="spin button")
    focus(window, "Threads", role="spin button")
    window.key("Up")
    window.wait_until(lambda: window.value("Threads", role="spin button") == 101, "one more thread")


def test_space_runs_and_a_full_stop_stops(start):
    window = start("--demo", "bank_lock", "--variant", "mutex", "--set", "gap_millis=10000")
    for key in ("space", "Return"):
        window.key(key)
        window.wait_for("Stop")
        window.key("period")
        window.wait_gone("Stop")
        window.wait_result("stopped after")


def test_digits_choose_a_demo(start):
    window = start()
    for digit, title in (("4", "Bank deposits"), ("9", "Adding to 100 000 000"), ("1", "The Download button")):
        window.key(digit)
        window.wait_for(title, role="toggle button", checked=True)
        window.wait_for(title, role="label")


@pytest.fixture
def layout(desktop):
    """`layout("fr")` gives the keyboard the signs of a country."""
    if not shutil.which("setxkbmap"):
        pytest.skip("setxkbmap is not installed")

    def layout(name: str):
        subprocess.run(["setxkbmap", name], env=desktop.env, check=True)

    yield layout
    layout("us")


@pytest.mark.parametrize("country", ["fr", "cz"])
def test_a_layout_without_plain_digits_has_them_by_their_places(start, layout, country):
    layout(country)
    window = start()
    for place, title in ((13, "Bank deposits"), (14, "Busy threads"), (10, "The Download button")):
        window.input.place(place)
        window.wait_for(title, role="toggle button", checked=True)


def test_a_held_key_presents_once(start):
    window = start("--demo", "bank_lock")
    window.input.hold("F11", 1.5)
    window.wait_gone("Present")
    window.key("F11")
    window.wait_for("Present")


def test_keys_go_to_the_field_that_is_edited(start):
    window = start("--demo", "bank_lock")
    window.click("Threads", role="spin button")
    # The number becomes a field as soon as it is clicked.
    window.wait_until(lambda: (node := window.focused()) and node.name == "Threads", "the field has the focus")
    window.key("ctrl+a")
    window.key("9")
    window.key("1")
    window.key("Return")
    window.wait_until(lambda: window.value("Threads", role="spin button") == 91, "91 threads")
    assert window.is_checked("Bank deposits", role="toggle button")
    assert "not run yet" in window.result()


def test_escape_closes_the_newest_dialog(start):
    window = start("--demo", "responsive_ui", "--variant", "worker_thread", "--set", "seconds=0.1")
    window.click("About", role="button")
    window.wait_for("About", role="frame")
    window.click("Download")
    window.wait_for("Notice", role="frame")
    window.key("Escape")
    window.wait_gone("Notice", role="frame")
    assert window.find_all("About", role="frame")
    window.key("Escape")
    window.wait_gone("About", role="frame")


def test_ctrl_and_plus_minus_zero_zoom_everything(start):
    window = start("--demo", "bank_lock")
    normal = window.region("Compare")[3]

    def height(holds):
        window.wait_until(lambda: holds(window.region("Compare")[3]), "it has another size")

    window.key("ctrl+plus")
    height(lambda now: now > normal)
    window.key("ctrl+0")
    height(lambda now: now == normal)
    window.key("ctrl+minus")
    height(lambda now: now < normal)
    window.key("ctrl+0")
    height(lambda now: now == normal)


def go_on(window, begin: str | None, key: str, name: str):
    """Goes with an arrow key from one radio button of a group to another."""
    if begin:
        focus(window, begin, role="radio button")
    for _ in range(10):
        now = window.focused()
        if now and now.name == name:
            return
        window.key(key)
        window.wait_until(lambda: window.focused() not in (None, now), f"{key} moves the focus")
    raise LookupError(f"{key} does not lead to {name!r}")


def focus(window, name: str, **which):
    # Each Tab goes one on: after as many as there are widgets it has been everywhere.
    for _ in window.find_all():
        if tab(window).path == window.find(name, **which).path:
            return
    raise LookupError(f"Tab does not reach {name!r}")
