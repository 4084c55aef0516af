"""The driver's own instruments, tried on things whose behaviour is known: a drawn window, a sleeping process."""

import os
import subprocess
import time

import pytest
from display import Frames, Input, next_x_event, origin, picture
from processes import Process
from Xlib import XK, X
from Xlib.display import Display

RED, BLUE = 0xFF0000, 0x0000FF


@pytest.fixture
def client(desktop):
    """A plain red window, drawn by this test over a connection of its own."""
    display = Display(desktop.env["DISPLAY"])
    events = X.ExposureMask | X.ButtonPressMask | X.KeyPressMask | X.FocusChangeMask
    screen = display.screen()
    window = screen.root.create_window(0, 0, 200, 100, 0, screen.root_depth, background_pixel=RED, event_mask=events)
    window.map()
    display.sync()
    await_event(display, X.FocusIn)
    yield display, window
    display.close()


def await_event(display, kind):
    while event := next_x_event(display, 5):
        if event.type == kind:
            return event
    raise TimeoutError(f"no event {kind}")


def test_each_picture_is_counted_once_and_in_time(desktop, client):
    display, window = client
    paint = window.create_gc(foreground=BLUE)
    with Frames(desktop.env["DISPLAY"], window.id) as drawn:
        painted = []
        for _ in range(5):
            painted.append(time.monotonic())
            window.fill_rectangle(paint, 0, 0, 200, 100)
            display.sync()
            assert drawn.read(seconds=5)
            drawn.read(seconds=0.05)  # nobody draws: a report that came twice would come now
    assert len(drawn.times) == 5
    assert all(abs(seen - done) < 0.03 for seen, done in zip(drawn.times, painted))
    assert 0.04 < drawn.longest_gap() < 0.5


def test_a_picture_shows_what_is_on_the_screen(desktop, client):
    display, window = client
    window.fill_rectangle(window.create_gc(foreground=BLUE), 0, 0, 100, 100)
    display.sync()
    left, top = origin(desktop.display, window)
    shown = picture(desktop.display, (left, top, 200, 100))
    assert shown.getpixel((50, 50)) == (0, 0, 255)
    assert shown.getpixel((150, 50)) == (255, 0, 0)


def test_pointer_and_keyboard_reach_the_window(desktop, client):
    display, window = client
    left, top = origin(desktop.display, window)
    hand = Input(desktop.display)
    hand.move(left + 30, top + 40)
    hand.press()
    hand.release()
    pressed = await_event(display, X.ButtonPress)
    assert (pressed.event_x, pressed.event_y) == (30, 40)
    hand.key("ctrl+plus")
    keys = [await_event(display, X.KeyPress) for _ in range(3)]
    assert keys[-1].state & X.ControlMask and keys[-1].state & X.ShiftMask
    assert display.keycode_to_keysym(keys[-1].detail, 1) == XK.string_to_keysym("plus")


def test_a_killed_process_is_told_from_a_reaped_one():
    parent = subprocess.Popen(["sh", "-c", "sleep 60 & echo $!; exec sleep 60"], stdout=subprocess.PIPE, text=True)
    try:
        pid = int(parent.stdout.readline())
        (child,) = Process.of(parent.pid).descendants()
        assert child.pid == pid and child.is_alive()
        child.kill()
        assert child.wait(seconds=5)
        assert not child.is_alive() and child.is_zombie()
    finally:
        parent.kill()
        parent.wait()
        parent.stdout.close()
    assert Process.of(parent.pid) is None


def test_cpu_time_is_that_of_the_work_not_of_the_clock():
    me = Process.of(os.getpid())
    cpu_before, clock_before = me.cpu_seconds(), time.process_time()
    while time.process_time() - clock_before < 0.2:
        pass
    assert me.cpu_seconds() - cpu_before == pytest.approx(0.2, abs=0.05)
