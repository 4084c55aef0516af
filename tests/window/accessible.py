"""What a screen reader is told about a window, over AT-SPI.

The protocol is spoken directly rather than through libatspi: that library caches names and states in the
test's own process, and reads a tree of 200 widgets in a thousand calls, while the window goes on changing.
`GetItems` returns the whole tree as it was at one moment.
"""

from dataclasses import dataclass

from gi.repository import GLib

from buses import Bus

# Numbers of the protocol, for the roles and states that egui makes use of.
ROLES = {
    7: "check box", 11: "combo box", 16: "dialog", 23: "frame", 27: "image", 29: "label", 32: "list item",
    35: "menu item",
    39: "panel", 40: "password text", 42: "progress bar", 43: "button", 44: "radio button", 48: "scroll bar",
    49: "scroll pane", 51: "slider", 52: "spin button", 61: "text", 62: "toggle button", 69: "window",
    75: "application", 79: "entry", 83: "heading", 88: "link",
}  # fmt: skip
CHECKED, ENABLED, FOCUSED, PRESSED, SELECTED, SHOWING = 4, 8, 12, 20, 23, 25

WINDOW_COORDINATES = 1
SCROLL_ANYWHERE = 6


@dataclass(frozen=True)
class Node:
    """A widget as it was when the tree was read."""

    name: str
    role: str
    states: int
    path: str

    def _has(self, *states: int) -> bool:
        return any(self.states >> state & 1 for state in states)

    @property
    def is_enabled(self) -> bool:
        return self._has(ENABLED)

    @property
    def is_checked(self) -> bool:
        """True for a ticked check box, the chosen radio button, and a toggle button that is down."""
        return self._has(CHECKED, PRESSED, SELECTED)

    @property
    def is_focused(self) -> bool:
        return self._has(FOCUSED)


class AccessibleProgram:
    """The accessible side of one process."""

    def __init__(self, bus: Bus, pid: int):
        self._bus = bus
        self._pid = pid
        self._address: str | None = None

    def nodes(self) -> list[Node]:
        """Every window and widget, parents before children; empty while the process has not announced itself."""
        cache = "/org/a11y/atspi/cache", "org.a11y.atspi.Cache", "GetItems"
        if self._address is None:
            address = self._find()
            if address is None:
                return []
            try:
                # A process announces itself before it can answer, and a call in between is lost without a word.
                self._bus.call(address, *cache, millis=300)
            except GLib.Error:
                return []
            self._address = address
        (items,) = self._bus.call(self._address, *cache)
        return [
            Node(name, ROLES.get(role, f"role {role}"), low | high << 32, path)
            # The first item is the program itself; its windows follow.
            for (_, path), _, _, _, _, _, name, role, _, (low, high) in items[1:]
        ]

    def extents(self, node: Node) -> tuple[int, int, int, int]:
        """Left, top, width, height in pixels from the top left corner of the window's contents."""
        return self._ask(node, "org.a11y.atspi.Component", "GetExtents", "(u)", WINDOW_COORDINATES)[0]

    def value(self, node: Node) -> float:
        """The number that a slider, spin button or progress bar stands at."""
        number = "org.a11y.atspi.Value", "CurrentValue"
        return self._ask(node, "org.freedesktop.DBus.Properties", "Get", "(ss)", *number)[0]

    def text(self, node: Node) -> str:
        """What a text field holds."""
        return self._ask(node, "org.a11y.atspi.Text", "GetText", "(ii)", 0, -1)[0]

    def scroll_to(self, node: Node):
        """Asks that the widget be scrolled into view."""
        self._ask(node, "org.a11y.atspi.Component", "ScrollTo", "(u)", SCROLL_ANYWHERE)

    def _ask(self, node: Node, interface: str, method: str, signature: str, *arguments) -> tuple:
        return self._bus.call(self._address, node.path, interface, method, signature, *arguments)

    def _find(self) -> str | None:
        desktop = "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root"
        (programs,) = self._bus.call(*desktop, "org.a11y.atspi.Accessible", "GetChildren")
        for address, _ in programs:
            try:
                if self._bus.pid_behind(address) == self._pid:
                    return address
            except GLib.Error:
                pass  # ended since the list was made
        return None
