"""A window as the X server knows it: where it is, what it shows, when it draws; and the pointer and keyboard."""

import select
import time

from PIL import Image
from Xlib import XK, X, Xatom
from Xlib.display import Display
from Xlib.ext import damage, xtest
from Xlib.protocol.event import ClientMessage

MODIFIERS = {"ctrl": "Control_L", "shift": "Shift_L", "alt": "Alt_L"}
Region = tuple[int, int, int, int]


def next_x_event(display: Display, seconds: float):
    """The next event of this connection, or None when the time is up."""
    deadline = time.monotonic() + seconds
    while not display.pending_events():
        remaining = deadline - time.monotonic()
        if remaining <= 0 or not select.select([display], [], [], remaining)[0]:
            return None
    return display.next_event()


def window_of(display: Display, pid: int):
    """The window of a process that the window manager has taken in, or None."""
    root = display.screen().root
    listed = root.get_full_property(display.intern_atom("_NET_CLIENT_LIST"), Xatom.WINDOW)
    for number in listed.value if listed else []:
        window = display.create_resource_object("window", number)
        owner = window.get_full_property(display.intern_atom("_NET_WM_PID"), Xatom.CARDINAL)
        if owner and owner.value[0] == pid:
            return window
    return None


class Input:
    """Pointer and keyboard. What is pressed here reaches a window the way a hand's does."""

    def __init__(self, display: Display):
        self._display = display

    def move(self, x: int, y: int):
        xtest.fake_input(self._display, X.MotionNotify, x=x, y=y)
        self._display.sync()

    def press(self, button=1) -> float:
        at = self._send(X.ButtonPress, button)
        self._wait_until_button(button, down=True)
        return at

    def release(self, button=1) -> float:
        at = self._send(X.ButtonRelease, button)
        self._wait_until_button(button, down=False)
        return at

    def _wait_until_button(self, button: int, down: bool, seconds=10):
        """Waits until the press or release has taken place.

        At each press a window manager holds the pointer still until it has looked at it and passed it on; what
        comes meanwhile waits in the server. A hand is slower than that. Presses that come faster get lost there
        now and then: openbox keeps one for itself, and the window never learns of it.
        """
        deadline = time.monotonic() + seconds
        mask = X.Button1Mask << (button - 1)
        while bool(self._display.screen().root.query_pointer().mask & mask) != down:
            if time.monotonic() > deadline:
                raise TimeoutError(f"button {button} is not {'down' if down else 'up'} after {seconds} s")

    def key(self, combination: str) -> float:
        """Presses and releases `F11`, `ctrl+plus`, `Page_Down`, `a`; the names are X's keysyms."""
        *modifiers, name = combination.split("+")
        codes = [self._key_code(MODIFIERS[modifier])[0] for modifier in modifiers]
        code, shifted = self._key_code(name)
        if shifted and "shift" not in modifiers:
            codes.append(self._key_code("Shift_L")[0])
        for modifier in codes:
            self._send(X.KeyPress, modifier)
        pressed = self._send(X.KeyPress, code)
        self._send(X.KeyRelease, code)
        for modifier in reversed(codes):
            self._send(X.KeyRelease, modifier)
        return pressed

    def place(self, code: int):
        """Presses and releases the key at a place, whatever the layout has there: the digits' row is 10 to 19."""
        self._send(X.KeyPress, code)
        self._send(X.KeyRelease, code)

    def hold(self, name: str, seconds: float):
        """Holds a key down, so that the server repeats it."""
        code, _ = self._key_code(name)
        self._send(X.KeyPress, code)
        time.sleep(seconds)
        self._send(X.KeyRelease, code)

    def _key_code(self, name: str) -> tuple[int, bool]:
        keysym = XK.string_to_keysym(name) or (ord(name) if len(name) == 1 else 0)
        places = sorted(self._display.keysym_to_keycodes(keysym), key=lambda place: place[1])
        if not places or places[0][1] > 1:
            raise ValueError(f"no key of this keyboard makes {name!r}")
        code, level = places[0]
        return code, level == 1

    def _send(self, kind: int, detail: int) -> float:
        at = time.monotonic()
        xtest.fake_input(self._display, kind, detail)
        self._display.sync()
        return at


def origin(display: Display, window) -> tuple[int, int]:
    """Where on the screen the window's contents begin, inside the frame that the window manager drew."""
    place = window.translate_coords(display.screen().root, 0, 0)
    # The X protocol answers "the root seen from the window".
    return -place.x, -place.y


def picture(display: Display, region: Region) -> Image.Image:
    """What the class sees in this part of the screen."""
    root = display.screen().root.get_geometry()
    left, top, width, height = region
    right, bottom = min(left + width, root.width), min(top + height, root.height)
    left, top = max(left, 0), max(top, 0)
    size = right - left, bottom - top
    pixels = display.screen().root.get_image(left, top, *size, X.ZPixmap, 0xFFFFFFFF)
    return Image.frombuffer("RGB", size, pixels.data, "raw", "BGRX", 0, 1)


def give_size(display: Display, window, width: int, height: int):
    """Takes a window out of its maximized state and gives its contents this size."""
    root = display.screen().root
    axes = [display.intern_atom(f"_NET_WM_STATE_MAXIMIZED_{axis}") for axis in ("HORZ", "VERT")]
    restored = ClientMessage(
        window=window, client_type=display.intern_atom("_NET_WM_STATE"), data=(32, [0, *axes, 2, 0])
    )
    root.send_event(restored, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
    window.configure(x=0, y=0, width=width, height=height)
    display.sync()


def ask_to_close(display: Display, window):
    """What the cross in the title bar does: the program is asked, and may take its time."""
    root = display.screen().root
    asked = ClientMessage(
        window=window, client_type=display.intern_atom("_NET_CLOSE_WINDOW"), data=(32, [X.CurrentTime, 2, 0, 0, 0])
    )
    root.send_event(asked, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
    display.sync()


class Frames:
    """When a window drew, told by the X server itself: each new picture is one report of damage.

    Times are those of `time.monotonic()`, to a few milliseconds.
    """

    def __init__(self, display_name: str, window_id: int):
        self._display = Display(display_name)
        self._display.damage_query_version()
        window = self._display.create_resource_object("window", window_id)
        self._damage = window.damage_create(damage.DamageReportRawRectangles)
        self._display.sync()
        # The first report is of what the window shows already.
        while self._display.pending_events():
            self._display.next_event()
        self.times: list[float] = []

    def __enter__(self):
        self.began = time.monotonic()
        return self

    def __exit__(self, *_):
        self.read()
        self.ended = time.monotonic()
        self._display.close()

    def read(self, seconds: float = 0) -> bool:
        """Takes in what was reported, waiting for the first report. False if there was none."""
        report = next_x_event(self._display, seconds)
        arrived = report is not None
        while report is not None:
            at = self._on_our_clock(report.timestamp)
            # A picture sent in strips is one frame.
            if not self.times or at - self.times[-1] > 0.002:
                self.times.append(at)
            report = next_x_event(self._display, 0)
        return arrived

    @staticmethod
    def _on_our_clock(server_millis: int) -> float:
        # The server counts the same clock in milliseconds, in 32 bits.
        now = time.monotonic()
        age = (int(now * 1000) - server_millis + (1 << 31)) % (1 << 32) - (1 << 31)
        return now - age / 1000

    def longest_gap(self) -> float:
        """The longest stretch without a new picture while this was watching, in seconds."""
        times = [self.began, *self.times, self.ended]
        return max(later - earlier for earlier, later in zip(times, times[1:]))
