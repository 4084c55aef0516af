"""A window together with the process that a test started for it."""

import subprocess
from pathlib import Path

from gi.repository import GLib
from Xlib.error import XError

from desktop import Desktop, home_variables
from display import Input, window_of
from driver import PATIENCE, Window
from processes import Process, end


class Program(Window):
    def __init__(self, desktop: Desktop, binary: Path, *arguments: str, home: Path, seconds=PATIENCE):
        # Where the test before left the pointer, it might touch something.
        Input(desktop.display).move(desktop.size[0] // 2, 0)
        home.mkdir(parents=True, exist_ok=True)
        self._errors = home / "stderr.txt"
        with self._errors.open("wb") as errors, (home / "stdout.txt").open("wb") as output:
            self._child = subprocess.Popen(
                [binary, *arguments],
                env=desktop.env | home_variables(home),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
            )
        try:
            super().__init__(desktop, Process.of(self._child.pid), seconds)
        except BaseException:
            self.kill()
            raise

    def wait_exit(self, seconds=PATIENCE) -> int:
        """The exit code; negative when a signal ended it."""
        return self._child.wait(timeout=seconds)

    def twin(self, seconds=PATIENCE) -> Window:
        """The window of a child process, when there is one."""
        found = self.wait_until(
            lambda: [child for child in self.descendants() if window_of(self.desktop.display, child.pid)],
            "a child process has a window",
            seconds,
        )
        return Window(self.desktop, found[0])

    def keep_evidence(self, folder: Path) -> str:
        """Writes down what the window says and shows, as far as it still does. Returns where."""
        kept = []
        try:
            (folder / "outline.txt").write_text(self.outline())
            kept.append(folder / "outline.txt")
            # All of the screen: what went wrong may be another window in front of this one.
            self.screenshot((0, 0, *self.desktop.size)).save(folder / "screen.png")
            kept.append(folder / "screen.png")
        except (GLib.Error, XError, OSError) as gone:
            return f"{kept}, no more: {gone}"
        return "\n".join(map(str, kept))

    def errors(self) -> str:
        return self._errors.read_text(errors="replace")

    def kill(self):
        """Ends it and its workers without asking."""
        workers = self.descendants()
        self._child.kill()
        self._child.wait()
        end(workers)

    def _last_words(self) -> str:
        return f"\nstandard error:\n{self.errors()}"
