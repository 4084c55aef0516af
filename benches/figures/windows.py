"""Figures of the window: at rest, opening, memory, and the answer to a press while all cores are busy."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench import Bench
from buses import Bus
from desktop import home_variables
from display import Frames, next_x_event, origin, picture
from program import Program
from gi.repository import GLib
from processes import Process
from table import Row, in_turn
from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.ext import damage

YARDSTICKS = Path(__file__).resolve().parents[1] / "yardsticks"
REST_SECONDS = 10
# What is on the screen before a window paints over it; no window here has a pixel of this colour.
BACKGROUND, BACKGROUND_RGB = 0xFF00FF, (0xFF, 0x00, 0xFF)
PATIENCE = 20.0


def start(bench: Bench) -> list[Row]:
    """From the start of the process to its first picture on the screen."""
    ours, smallest, tk = in_turn(bench.runs, *(_to_first_picture(bench, command) for command in _commands(bench)))
    return [
        Row("start to first picture", ours, "ms", smallest, "smallest eframe window", 1.2),
        Row("start to first picture", ours, "ms", tk, "smallest tkinter window"),
    ]


def memory(bench: Bench) -> list[Row]:
    """Memory of the window, some seconds after it has opened."""
    rows = []
    for field, name in (("Rss", "resident memory"), ("Pss", "proportional memory")):
        measures = (_memory(bench, command, field) for command in _commands(bench))
        ours, smallest, tk = in_turn(min(bench.runs, 3), *measures)
        rows.append(Row(name, ours, "MB", smallest, "smallest eframe window", 1.4 if field == "Rss" else None))
        rows.append(Row(name, ours, "MB", tk, "smallest tkinter window"))
    return rows


def rest(bench: Bench) -> list[Row]:
    """What the window does when nothing runs."""
    _tell_of_screen_reader(bench, False)
    with _Opened(bench, _commands(bench)[0]) as opened:
        opened.wait_for_picture()
        opened.wait_still(2)
        with Frames(bench.desktop.env["DISPLAY"], opened.window.id) as drawn:
            before = opened.cpu_seconds()
            time.sleep(REST_SECONDS)
            spent = opened.cpu_seconds() - before
    return [
        Row(f"frames in {REST_SECONDS} s at rest", len(drawn.times), "", bound=0),
        Row("one core's time at rest", 100 * spent / REST_SECONDS, "%", bound=0.2),
    ]


def press(bench: Bench) -> list[Row]:
    """From a press of the pointer to the picture that answers it, while worker processes fill all cores."""
    _tell_of_screen_reader(bench, True)
    numbers = "numbers=10000000000"
    arguments = "--lang", "en", "--demo", "sum", "--variant", "processes", "--set", numbers
    program = Program(bench.desktop, Path(bench.program("threadlab")), *arguments, home=bench.folder / "home")
    try:
        presses = 3 * bench.runs
        idle = [_answer(program) for _ in range(presses)]
        busy: list[float] = []
        while len(busy) < presses:
            program.click("Run", role="button")
            program.wait_until(lambda: len(program.descendants()) == 8, "all workers are there", PATIENCE)
            while len(busy) < presses:
                answer = _answer(program)
                # Without workers at the end the cores may have been free for a part of the time.
                if not program.descendants():
                    break
                busy.append(answer)
            program.wait_for("Run", role="button", enabled=True, seconds=PATIENCE)
        print(f"  idle {_spread(idle)}; busy {_spread(busy)}", file=sys.stderr)
    finally:
        program.kill()
    ours, yardstick = (1000 * statistics.median(answers) for answers in (busy, idle))
    return [Row("press to picture, 8 worker processes adding", ours, "ms", yardstick, "the same, nothing running", 2)]


def _spread(seconds: list[float]) -> str:
    ordered = [f"{1000 * each:.0f}" for each in sorted(seconds)]
    return f"{ordered[0]} … {ordered[len(ordered) // 2]} … {ordered[-1]} ms"


def _answer(program: Program) -> float:
    """Presses where nothing happens but that the window draws: on the variant that is chosen already."""
    program.point_at("Processes", role="radio button")
    _wait_still(program, 0.15)
    with program.frames() as drawn:
        pressed = program.input.press()
        if not drawn.read(PATIENCE):
            raise TimeoutError("a press was not answered")
        answered = drawn.times[0]
    program.release()
    return answered - pressed


def _wait_still(program: Program, seconds: float):
    """Waits until nothing was drawn for so long, at most one second: a run may go on drawing."""
    deadline = time.monotonic() + 1
    with program.frames() as drawn:
        while drawn.read(seconds) and time.monotonic() < deadline:
            pass


def _commands(bench: Bench) -> list[list[str]]:
    return [
        [bench.program("threadlab")],
        [bench.program("smallest_window")],
        # The system's own Python is what runs this.
        [sys.executable, str(YARDSTICKS / "tk_window.py")],
    ]


def _tell_of_screen_reader(bench: Bench, is_there: bool):
    """Programs build their accessible tree for a screen reader only. Most desktops have none; the pointer
    of these figures needs one, to find what to press."""
    session = Bus(bench.desktop.env["DBUS_SESSION_BUS_ADDRESS"])
    told = "org.a11y.Status", "IsEnabled", GLib.Variant("b", is_there)
    session.call("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set", "(ssv)", *told)


def _to_first_picture(bench: Bench, command: list[str]):
    def measure() -> float:
        _tell_of_screen_reader(bench, False)
        with _Opened(bench, command) as opened:
            return 1000 * (opened.wait_for_picture() - opened.began)

    return measure


def _memory(bench: Bench, command: list[str], field: str):
    def measure() -> float:
        _tell_of_screen_reader(bench, False)
        with _Opened(bench, command) as opened:
            opened.wait_for_picture()
            opened.wait_still(2)
            lines = Path(f"/proc/{opened.process.pid}/smaps_rollup").read_text().splitlines()
            (kilobytes,) = (int(line.split()[1]) for line in lines if line.startswith(f"{field}:"))
            return kilobytes / 1000

    return measure


class _Opened:
    """A program with a window, watched from its start."""

    def __init__(self, bench: Bench, command: list[str]):
        self._display = Display(bench.desktop.env["DISPLAY"])
        self._display.damage_query_version()
        self._root = self._display.screen().root
        # The window manager's list of windows, which may be late, is a property of the root.
        self._root.change_attributes(background_pixel=BACKGROUND, event_mask=X.PropertyChangeMask)
        self._root.clear_area()
        self._root.damage_create(damage.DamageReportRawRectangles)
        self._display.sync()
        while next_x_event(self._display, 0):
            pass
        self.window = None
        home = bench.folder / "fresh"
        environment = bench.desktop.env | home_variables(home)
        self.began = time.monotonic()
        self.process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        deadline = time.monotonic() + PATIENCE
        while self._windows() and time.monotonic() < deadline:
            next_x_event(self._display, 0.05)
        self._display.close()

    def wait_for_picture(self) -> float:
        """When the screen first showed what the program painted into its window."""
        deadline = self.began + PATIENCE
        while next_x_event(self._display, deadline - time.monotonic()):
            at = time.monotonic()
            while self._display.pending_events():
                self._display.next_event()
            if self._is_painted():
                return at
        raise TimeoutError(f"{self.process.args[0]} painted nothing")

    def wait_still(self, seconds: float):
        """Waits until nothing on the screen has changed for so long."""
        while next_x_event(self._display, seconds):
            pass

    def cpu_seconds(self) -> float:
        """What all its threads have used, to the nanosecond: /proc/PID/stat counts in hundredths."""
        tasks = Path(f"/proc/{self.process.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9

    def _is_painted(self) -> bool:
        """The window shows, in its upper left corner, something on a ground: its text."""
        windows = self._windows()
        if not windows:
            return False
        self.window = self._display.create_resource_object("window", windows[0])
        left, top = origin(self._display, self.window)
        colours = picture(self._display, (left + 4, top + 4, 200, 160)).getcolors(200 * 160)
        seen = {colour for _, colour in colours}
        return len(seen) > 1 and BACKGROUND_RGB not in seen

    def _windows(self) -> list[int]:
        """Those that the window manager has taken in. There is no other than ours on this desktop."""
        listed = self._root.get_full_property(self._display.intern_atom("_NET_CLIENT_LIST"), Xatom.WINDOW)
        return list(listed.value) if listed else []
