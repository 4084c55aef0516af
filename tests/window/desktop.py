"""A desktop of its own for the tests: display, session bus, accessibility bus and window manager.

Nothing of the machine's own desktop is used or changed, and all of it ends with the tests.
"""

import os
import subprocess
import time
from pathlib import Path

from gi.repository import GLib
from Xlib import X
from Xlib.display import Display

from buses import Bus
from display import next_x_event
from processes import Process, end

SCREEN = (1280, 800)
# A display or bus of the machine's own must not leak in: the program would prefer it to ours.
NOT_INHERITED = "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "AT_SPI_BUS_ADDRESS", "NO_AT_BRIDGE", "XAUTHORITY"


class Desktop:
    def __init__(self, folder: Path, size: tuple[int, int] = SCREEN):
        self.size = size
        runtime = folder / "run"
        runtime.mkdir(mode=0o700)
        self.env = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
        self.env |= home_variables(folder / "home")
        self.env |= {"XDG_RUNTIME_DIR": str(runtime), "XDG_SESSION_TYPE": "x11", "GSETTINGS_BACKEND": "memory"}
        # The tests read English, whatever is spoken where they run.
        self.env["LC_ALL"] = "C.UTF-8"
        self._children: list[subprocess.Popen] = []
        self._on_demand: list[Process] = []
        try:
            self._start_display()
            self._start_window_manager()
            self._start_buses()
        except BaseException:
            self.close()
            raise

    def close(self):
        """Ends every process of the desktop, those that the buses started on demand included."""
        everyone = [descendant for service in self._on_demand for descendant in service.descendants()] + self._on_demand
        for child in reversed(self._children):
            child.terminate()
        for child in self._children:
            child.wait(timeout=10)
        end(everyone)

    def end_display(self):
        """The X server is gone at once, as when it crashes or a connection over a network breaks."""
        self._children[0].kill()
        self._children[0].wait()

    def _start_display(self):
        width, height = self.size
        screen = ["-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"]
        # The server itself picks a number that is free, so that test sessions do not collide.
        number = self._start_and_read(["Xvfb", "-displayfd", "{fd}", *screen])
        self.env["DISPLAY"] = f":{number}"
        self.display = Display(self.env["DISPLAY"])

    def _start_window_manager(self, seconds=10):
        root = self.display.screen().root
        root.change_attributes(event_mask=X.PropertyChangeMask)
        self._start(["openbox", "--sm-disable"])
        announced = self.display.intern_atom("_NET_SUPPORTING_WM_CHECK")
        deadline = time.monotonic() + seconds
        while root.get_full_property(announced, X.AnyPropertyType) is None:
            if not next_x_event(self.display, deadline - time.monotonic()):
                raise TimeoutError("openbox did not take over the display")
        root.change_attributes(event_mask=X.NoEventMask)

    def _start_buses(self):
        daemon = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address={fd}"]
        self.env["DBUS_SESSION_BUS_ADDRESS"] = self._start_and_read(daemon)
        session = Bus(self.env["DBUS_SESSION_BUS_ADDRESS"])
        self._on_demand.append(Process.of(session.start_service("org.a11y.Bus")))
        (address,) = session.call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
        self.accessibility = Bus(address)
        self._on_demand.append(Process.of(self.accessibility.start_service("org.a11y.atspi.Registry")))
        self.accessibility.watch("org.a11y.atspi.Event.Object")
        # A program builds its accessible tree only once somebody reads it, and this is how it learns of that.
        listening = "org.a11y.Status", "IsEnabled", GLib.Variant("b", True)
        session.call("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set", "(ssv)", *listening)

    def _start(self, command: list[str], **options):
        # Should the tests be killed, the kernel ends the service.
        command = ["setpriv", "--pdeathsig", "TERM", *command]
        silent = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._children.append(subprocess.Popen(command, env=self.env, **silent, **options))

    def _start_and_read(self, command: list[str]) -> str:
        """Starts a service and waits for the line that it writes to `{fd}` when it is ready."""
        ours, theirs = os.pipe()
        with os.fdopen(ours) as ready:
            self._start([word.format(fd=theirs) for word in command], pass_fds=[theirs])
            os.close(theirs)
            line = ready.readline().strip()
        if not line:
            raise RuntimeError(f"{command[0]} ended before it was ready")
        return line


def home_variables(home: Path) -> dict[str, str]:
    """Where a program keeps its settings: all of it under one folder."""
    return {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_STATE_HOME": str(home / "state"),
    }
