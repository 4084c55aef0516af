"""Presenting: the whole screen, a lesson walked with one button, and the window as it was afterwards."""

import os
import signal

import pytest
from buses import wait_for_signal
from desktop import SCREEN
from gi.repository import Gio, GLib

THINK = "Think for yourself first.   PageDown: hands up"
SCREEN_SAVER = "org.freedesktop.ScreenSaver"
INTERFACE = f"""
<node><interface name="{SCREEN_SAVER}">
  <method name="Inhibit"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="u" direction="out"/></method>
  <method name="UnInhibit"><arg type="u" direction="in"/></method>
</interface></node>"""


def present(window):
    window.wait_at_rest()
    window.key("F11")
    window.wait_for(startswith="PageDown: begin with", role="label")
    window.key("Page_Down")
    window.wait_for(THINK, role="label")
    window.wait_until(lambda: covers_the_screen(window), "the window covers the screen")


def covers_the_screen(window) -> bool:
    return window.region() == (0, 0, *SCREEN)


def hands_up_to_run(window):
    """One button, from the question to the run."""
    for letter in "ABCD":
        window.key("Page_Down")
        window.wait_for(startswith=f"Hands up for {letter}.", role="label")
    window.key("Page_Down")
    window.wait_for("Run", role="button", enabled=True)
    window.key("Page_Down")


def from_number_to_stage(window):
    window.wait_until(lambda: window.find_all(startswith="Right:", role="label"), "the outcome is told")
    window.wait_at_rest()
    window.key("Page_Down")
    window.wait_for("Why? Ask your neighbour.", role="label")
    window.key("Page_Down")
    window.wait_for(startswith="Result:", role="label")


def test_one_button_walks_two_votes(start):
    window = start("--demo", "bank_lock", "--theme", "dark")
    present(window)
    assert window.find(startswith="100 threads deposit ¥1 each, without a lock")
    hands_up_to_run(window)
    from_number_to_stage(window)
    window.key("Page_Down")
    # Two threads, event by event.
    window.wait_for(startswith="PageDown: code", role="label")
    window.key("Page_Down")
    window.wait_for("Python", role="radio button", checked=True)
    window.key("Page_Down")
    window.wait_until(
        lambda: not window.find_all(startswith="100 threads deposit") and window.find_all(THINK),
        "the next question",
    )
    hands_up_to_run(window)
    from_number_to_stage(window)
    assert "One thread at a time" in window.result()
    for _ in range(3):
        window.key("Page_Up")
    window.wait_for("Run", role="button", enabled=True)


def test_leaving_brings_back_the_window(start):
    window = start("--demo", "bank_lock", "--variant", "mutex", "--theme", "dark", "--zoom", "1.1")
    before, picture = window.region(), window.screenshot().getpixel((700, 5))
    present(window)
    window.key("Escape")
    window.wait_for("Esc again to leave", role="label")
    window.key("Page_Down")
    window.wait_gone("Esc again to leave")
    window.key("Escape")
    window.wait_for("Esc again to leave", role="label")
    window.key("Escape")
    window.wait_for("Present", role="button")
    window.wait_until(lambda: window.region() == before, "the window is as large as it was")
    window.wait_at_rest()
    assert window.screenshot().getpixel((700, 5)) == picture
    assert window.is_checked("Bank deposits", role="toggle button")
    assert window.is_checked("Lock", role="radio button")


def test_the_button_presents_and_the_full_stop_blanks(start):
    window = start("--demo", "downloads")
    window.click("Present", role="button")
    window.wait_for(startswith="PageDown: begin with", role="label")
    window.wait_until(lambda: covers_the_screen(window), "the window covers the screen")
    window.key("period")
    window.wait_for("The screen is dark. Any key brings it back.")
    window.wait_at_rest()
    assert window.screenshot().getextrema() == ((0, 0), (0, 0), (0, 0))
    # The key that brings it back does nothing else.
    window.key("Page_Down")
    window.wait_for(startswith="PageDown: begin with", role="label")


def test_the_class_answers_with_a_letter_and_is_told(start):
    window = start("--demo", "bank_lock")
    present(window)
    # A clicker's b darkens the screen, but answers where answers are asked for.
    window.key("b")
    window.wait_for("The screen is dark. Any key brings it back.")
    window.key("Page_Down")
    window.wait_for(THINK, role="label")
    window.key("Page_Down")
    window.wait_for(startswith="Hands up for A.", role="label")
    window.key("b")
    window.wait_for(startswith="Your guess: B.", role="label")
    window.key("Page_Down")
    window.wait_for("Run", role="button", enabled=True)
    window.key("F5")
    window.wait_until(lambda: window.find_all(startswith="Your guess", role="label"), "guess and outcome")


def test_a_run_that_is_stuck_ends_with_a_press_and_is_made_again(start):
    window = start("--demo", "ping_pong", "--set", "gap_millis=200")
    present(window)
    # It is not in the lesson, and comes in by its digit.
    window.key("3")
    window.wait_for("Ping and Pong", role="label")
    hands_up_to_run(window)
    workers = window.wait_until(lambda: len(found := window.descendants()) == 2 and found, "two workers")
    os.kill(workers[0].pid, signal.SIGSTOP)
    window.wait_for("This takes too long.   PageDown: end it", role="label")
    window.key("Page_Down")
    window.wait_for("Again", role="button", enabled=True)
    # Nothing was answered, so there is nothing to be explained.
    assert not window.find_all("PageDown: why?", role="label")
    window.key("F5")
    window.wait_for("PageDown: why?", role="label")


def before_download(window):
    """The lesson's download, with all hands counted: the next key starts it."""
    present(window)
    for letter in "ABCD":
        window.key("Page_Down")
        window.wait_for(startswith=f"Hands up for {letter}.", role="label")
    window.key("Page_Down")
    window.wait_for("Download", role="button", enabled=True)
    window.wait_at_rest()


def freeze(window):
    """Starts the download. Returns when the window's last picture before the freeze is on the screen."""
    with window.frames() as drawn:
        window.key("Page_Down")
        drawn.read(seconds=5)


def result_of_download(window) -> str:
    """From the little window to the result."""
    window.wait_for("PageDown: the answer", role="label")
    assert window.find_all("About", role="frame")
    assert window.find_all("Notice", role="frame")
    window.key("Page_Down")
    from_number_to_stage(window)
    return window.result()


@pytest.mark.parametrize("key", ["Page_Down", "Right", "space"])
def test_presses_during_a_freeze_are_clicks_on_about(start, key):
    window = start("--demo", "responsive_ui", "--set", "seconds=2")
    before_download(window)
    freeze(window)
    for _ in range(3):
        window.key(key)
    assert "3 clicks waited" in result_of_download(window)


def test_presses_on_and_on_do_not_lead_on(start):
    window = start("--demo", "responsive_ui", "--set", "seconds=1")
    before_download(window)
    freeze(window)
    with window.frames() as drawn:
        while not drawn.read(seconds=0.2):
            window.key("Page_Down")
    # Nobody stops at once.
    for _ in range(2):
        window.key("Page_Down")
        window.wait_until(lambda: window.find_all(startswith="PageDown: ", role="label"), "the press is handled")
    assert "waited" in result_of_download(window)


def test_a_held_key_clicks_once(start):
    window = start("--demo", "responsive_ui", "--set", "seconds=2")
    before_download(window)
    freeze(window)
    window.input.hold("Page_Down", seconds=1)
    assert "1 click waited" in result_of_download(window)


def test_a_press_while_a_worker_thread_downloads_opens_about_at_once(start):
    window = start("--demo", "responsive_ui", "--set", "seconds=3")
    before_download(window)
    window.key("Page_Down")
    window.wait_for("PageDown: the answer", role="label")
    window.key("Page_Down")
    # On to the next vote, about the worker thread.
    window.wait_gone("PageDown: the answer")
    while not window.find_all("PageDown: Download", role="label"):
        window.wait_at_rest()
        window.key("Page_Down")
        window.wait_at_rest()
    window.key("Page_Down")
    window.wait_for("PageDown: click About", role="label")
    window.key("Page_Down")
    window.wait_for("About", role="frame")
    assert not window.find_all("Notice", role="frame")
    assert window.find_all("PageDown: click About", role="label")


@pytest.fixture
def screen_saver(desktop):
    """A desktop's screen saver, which remembers what it was asked."""
    address = desktop.env["DBUS_SESSION_BUS_ADDRESS"]
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    connection = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
    connection.set_exit_on_close(False)
    asked = []

    def answer(_connection, _sender, _path, _interface, method, arguments, invocation):
        asked.append((method, *arguments.unpack()))
        invocation.return_value(GLib.Variant("(u)", (7,)) if method == "Inhibit" else None)

    node = Gio.DBusNodeInfo.new_for_xml(INTERFACE)
    connection.register_object("/org/freedesktop/ScreenSaver", node.interfaces[0], answer, None, None)
    Gio.bus_own_name_on_connection(connection, SCREEN_SAVER, Gio.BusNameOwnerFlags.NONE, None, None)
    for _ in range(5):
        wait_for_signal(0.05)
    yield asked
    connection.close_sync(None)


def test_the_screen_stays_awake_meanwhile(start, screen_saver):
    window = start("--demo", "bank_lock")
    assert not screen_saver
    present(window)
    window.wait_until(lambda: screen_saver, "the desktop is asked")
    assert screen_saver == [("Inhibit", "Threadlab", "Presenting")]
    window.key("F11")
    window.wait_until(lambda: len(screen_saver) > 1, "the desktop is told that it is over")
    assert screen_saver[1] == ("UnInhibit", 7)


def test_the_spotlight_darkens_all_but_a_disc_around_the_pointer(start):
    window = start("--demo", "downloads", "--theme", "light")
    window.wait_at_rest()
    left, top, width, height = window.region()
    spot, elsewhere = (left + width // 2, top + height // 2), (20, height - 40)

    def brightness(at):
        return sum(window.screenshot().getpixel(at))

    before = brightness(elsewhere)
    window.input.move(*spot)
    window.key("ctrl+s")
    window.wait_until(lambda: brightness(elsewhere) < before / 2, "the corner is dark")
    at_spot = spot[0] - left, spot[1] - top
    assert brightness(at_spot) > before / 2
    # It follows the pointer.
    window.input.move(left + elsewhere[0], top + elsewhere[1])
    window.wait_until(lambda: brightness(elsewhere) == before, "the corner is bright")
    assert brightness(at_spot) < before / 2
    window.key("Escape")
    window.wait_until(lambda: brightness(at_spot) > before / 2, "all is bright")
