"""Drives the real window: finds widgets as a screen reader does, works them with a real pointer and keyboard."""

import os
import re
import time
from collections.abc import Callable

from gi.repository import GLib
from PIL import Image

from accessible import AccessibleProgram, Node
from buses import wait_for_signal
from desktop import Desktop
from display import Frames, Input, Region, ask_to_close, give_size, origin, picture, window_of
from processes import Process

RUN_AND_STOP = ("Run", "Stop", "运行", "停止")
REST = 0.6

# The menus that hold widgets, in both languages; all others hold values.
MENUS = {
    **dict.fromkeys(("Run all", "Repeat", "Clear runs", "Undo clear", "全部运行", "清空记录"), ("Compare", "对比")),
    **dict.fromkeys(
        ("Guess first", "Hands", "Slow replay", "Status line", "Language", "Theme", "Class values for all demos", "语言"),
        ("Settings", "设置"),
    ),
}

PATIENCE = 30.0  # only a failure waits that long; a machine under load may be slow


def slowness() -> float:
    """How many times longer than on a machine of its own things may take now: by how many share a core.

    Twice that, for the average of a minute lags behind; ten at most, or a test would wait for minutes.
    """
    return min(max(1.0, 2 * os.getloadavg()[0] / len(os.sched_getaffinity(0))), 10.0)


class Window:
    """The window of a running process. Times are seconds; instants are those of `time.monotonic()`."""

    def __init__(self, desktop: Desktop, process: Process, seconds=PATIENCE):
        self.desktop = desktop
        self.process = process
        self.pid = process.pid
        self.input = Input(desktop.display)
        self._accessible = AccessibleProgram(desktop.accessibility, self.pid)
        self._x_window = self._until(
            lambda: window_of(desktop.display, self.pid) if self._widgets() else None, seconds, "no window appeared"
        )

    # What is there

    def find_all(
        self, name: str | None = None, *, startswith: str | None = None, role: str | None = None
    ) -> list[Node]:
        return [node for node in self._nodes() if _matches(node, name, startswith, role)]

    def find(self, name: str | None = None, *, startswith: str | None = None, role: str | None = None) -> Node:
        """The only widget that matches; none or several is an error."""
        found = self.find_all(name, startswith=startswith, role=role)
        if len(found) != 1:
            wanted = " ".join(str(word) for word in (role, name, startswith and startswith + "…") if word)
            raise LookupError(f"{len(found)} widgets match {wanted!r}; there are:\n{self.outline()}")
        return found[0]

    def names(self, role: str | None = None) -> list[str]:
        return [node.name for node in self._nodes() if node.name and role in (None, node.role)]

    def outline(self) -> str:
        """Everything that a screen reader could say of this window, for messages."""
        return "\n".join(
            f"  {node.role} {node.name!r}{'' if node.is_enabled else ' (disabled)'}"
            for node in self._nodes()
            if node.name
        )

    def is_enabled(self, name: str, **which) -> bool:
        return self.find(name, **which).is_enabled

    def is_checked(self, name: str, **which) -> bool:
        return self.find(name, **which).is_checked

    def focused(self) -> Node | None:
        return next((node for node in self._nodes() if node.is_focused), None)

    def value(self, name: str, **which) -> float:
        return self._accessible.value(self.find(name, **which))

    def text(self, name: str, **which) -> str:
        return self._accessible.text(self.find(name, **which))

    def wait_for(
        self,
        name: str | None = None,
        *,
        startswith: str | None = None,
        role: str | None = None,
        enabled: bool | None = None,
        checked: bool | None = None,
        seconds=PATIENCE,
    ) -> Node:
        """Waits until a widget is there, and in the asked state."""

        def found():
            return next(
                (
                    node
                    for node in self.find_all(name, startswith=startswith, role=role)
                    if enabled in (None, node.is_enabled) and checked in (None, node.is_checked)
                ),
                None,
            )

        return self._until(found, seconds, f"no {role or 'widget'} {name or startswith!r}")

    def wait_gone(self, name: str, *, role: str | None = None, seconds=PATIENCE):
        self._until(lambda: not self.find_all(name, role=role), seconds, f"{name!r} is still there")

    def wait_until(self, holds: Callable[[], object], what: str, seconds=PATIENCE):
        """Waits until `holds()` is true, looking again at every change of the window. Returns what it returned."""
        return self._until(holds, seconds, f"not so: {what}")

    def result(self) -> str:
        """The sentence that says what the last run came to."""
        return self.find(startswith="Result:", role="label").name

    def wait_result(self, pattern: str, seconds=PATIENCE) -> re.Match:
        """Waits until the result reads so; a regular expression."""
        return self.wait_until(lambda: re.search(pattern, self.result()), f"the result reads {pattern!r}", seconds)

    # Pointer and keyboard

    def region(self, name: str | None = None, **which) -> Region:
        """Where a widget is on the screen: left, top, width, height. Without a name, the whole contents."""
        if name is None and not which:
            size = self._x_window.get_geometry()
            return *origin(self.desktop.display, self._x_window), size.width, size.height
        # A widget that is drawn anew while it is asked for its place goes, and comes again.
        return self._until(lambda: self.region_of(self.find(name, **which)), PATIENCE, f"{name!r} has no place")

    def region_of(self, node: Node) -> Region:
        left, top = origin(self.desktop.display, self._x_window)
        x, y, width, height = self._accessible.extents(node)
        return left + x, top + y, width, height

    def click(self, name: str | None = None, *, button=1, **which) -> float:
        """Clicks in the middle of a widget, in the menu that holds it. Returns when the button went down."""
        self.open_menu_with(name, **which)
        if name in RUN_AND_STOP:
            # Just after a change from one to the other, a press does nothing.
            time.sleep(REST)
        self.point_at(name, **which)
        pressed = self.input.press(button)
        self.input.release(button)
        return pressed

    def open_menu_with(self, name: str | None = None, **which):
        """Opens the menu of the page that holds a widget, unless it can be seen."""
        if name is None or self.find_all(name, **which):
            return
        for menu in MENUS.get(name, ("Values", "参数")):
            if self.find_all(menu, role="button"):
                self.click(menu, role="button")
                self.wait_for(name, **which)
                self.wait_still(name, **which)
                return

    def close_menu(self, name: str):
        """Closes the menu that holds a widget."""
        self.key("Escape")
        self.wait_gone(name)

    def press_at(self, name: str | None = None, **which) -> float:
        self.point_at(name, **which)
        return self.input.press()

    def release(self) -> float:
        return self.input.release()

    def wheel(self, name: str | None = None, *, clicks: int, **which):
        """Turns the wheel over a widget: down, or up when negative."""
        self.point_at(name, **which)
        for _ in range(abs(clicks)):
            self.input.press(5 if clicks > 0 else 4)
            self.input.release(5 if clicks > 0 else 4)
        # egui glides to the new place, and what is scrolled in between is lost.
        self.wait_still(name, **which)

    def key(self, combination: str) -> float:
        """`F11`, `ctrl+plus`, `Page_Down`, `5`. Goes to whichever window has the focus. Returns when it went down."""
        return self.input.key(combination)

    def fill(self, name: str, text: str, **which):
        """Replaces what a text field holds. Enter is left to the test."""
        self.click(name, **which)
        # Letters that arrive in the same frame as the click would find no field to go to.
        self.wait_until(lambda: self.find(name, **which).is_focused, f"{name!r} has the focus")
        self.key("ctrl+a")
        for letter in text:
            self.key(letter)

    def scroll_to(self, name: str | None = None, **which):
        """Brings a widget into view: one that is scrolled away has a place, but no pointer reaches it there."""
        with self.frames() as drawn:
            self._accessible.scroll_to(self.find(name, **which))
            drawn.read(seconds=1)
        self.wait_still(name, **which)

    def wait_still(self, name: str | None = None, *, seconds=PATIENCE, **which) -> Region:
        """Waits until a widget has stopped moving, and returns where it is."""
        deadline, place = time.monotonic() + seconds, None
        while place != (place := self.region(name, **which)):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{name!r} still moves after {seconds} s")
            wait_for_signal(0.1)
        return place

    def point_at(self, name: str | None = None, **which):
        x, y, width, height = self.region(name, **which)
        x, y = x + width // 2, y + height // 2
        left, top, window_width, window_height = self.region()
        if not (left <= x < left + window_width and top <= y < top + window_height):
            raise ValueError(f"{name!r} lies outside the window, at {x - left}, {y - top}")
        self.input.move(x, y)

    # What it draws

    def screenshot(self, region: Region | None = None) -> Image.Image:
        return picture(self.desktop.display, region or self.region())

    def resize(self, width: int, height: int):
        """Gives the contents this size."""
        give_size(self.desktop.display, self._x_window, width, height)
        self.wait_until(lambda: self.region()[2:] == (width, height), f"the window is {width} by {height}")

    def frames(self) -> Frames:
        """`with window.frames() as drawn: …`, then `drawn.times` and `drawn.longest_gap()`."""
        return Frames(self.desktop.env["DISPLAY"], self._x_window.id)

    def changes(self, region: Region, seconds: float) -> list[float]:
        """When the pixels of a part of the screen changed, during so many seconds."""
        changed, before = [], self.screenshot(region).tobytes()
        with self.frames() as drawn:
            while (remaining := drawn.began + seconds - time.monotonic()) > 0:
                if drawn.read(remaining) and (now := self.screenshot(region).tobytes()) != before:
                    changed.append(drawn.times[-1])
                    before = now
        return changed

    def wait_at_rest(self, quiet=0.5, seconds=PATIENCE):
        """Waits until nothing has been drawn for a while."""
        deadline = time.monotonic() + seconds
        with self.frames() as drawn:
            while drawn.read(quiet):
                if time.monotonic() > deadline:
                    raise TimeoutError(f"still drawing after {seconds} s")

    # The process

    def descendants(self) -> list[Process]:
        return self.process.descendants()

    def cpu_seconds(self) -> float:
        return self.process.cpu_seconds()

    def threads(self) -> list[str]:
        return self.process.threads()

    def close(self):
        """Asks the window to close, as the cross in its title bar does. `wait_exit` tells when it has."""
        ask_to_close(self.desktop.display, self._x_window)

    def wait_exit(self, seconds=PATIENCE):
        if not self.process.wait(seconds):
            raise TimeoutError(f"process {self.pid} is still there after {seconds} s")

    # Underneath

    def _nodes(self) -> list[Node]:
        return self._accessible.nodes()

    def _widgets(self) -> list[Node]:
        # The frame is there first, and empty; the widgets come with the first picture.
        return self._nodes()[1:]

    def _until(self, condition: Callable[[], object], seconds: float, complaint: str):
        deadline = time.monotonic() + seconds
        while True:
            try:
                if result := condition():
                    return result
            except GLib.Error:
                pass  # a widget, or the whole window, that went while it was asked: look again
            if not self.process.is_alive():
                raise ChildProcessError(f"{complaint}: the program has ended{self._last_words()}")
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                raise TimeoutError(f"{complaint} within {seconds} s; there are:\n{self.outline()}{self._last_words()}")
            wait_for_signal(min(remaining, 0.1))

    def _last_words(self) -> str:
        return ""


def _matches(node: Node, name: str | None, startswith: str | None, role: str | None) -> bool:
    return (
        name in (None, node.name)
        and role in (None, node.role)
        and (startswith is None or node.name.startswith(startswith))
    )
