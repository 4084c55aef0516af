"""Starts the program by its command line, hurts it, and looks at what it leaves."""

import json
import os
import secrets
import signal
import subprocess
import time
from pathlib import Path

MARK = "THREADLAB_TORTURE"
# A run of these faults takes a second or two. Nobody in class would wait longer than this.
LIMIT = 30.0
# Processes that are killed, or hear that their program is gone, end within this; a busy machine needs some of it.
ENDING = 10.0
SIGNALLED = {-signal.SIGINT, 128 + signal.SIGINT}


class Broken(Exception):
    """A promise was not kept; the message says which, and how."""


class NotTried(Exception):
    """The fault can't be tried on this machine; the message says why."""


class Started:
    """The program at work. What it starts inherits a mark in its environment, by which it is found wherever it went."""

    def __init__(self, binary, *arguments, stdout=subprocess.PIPE, env=None, cwd=None, before=None):
        self.mark = secrets.token_hex(8)
        self.arguments = arguments
        environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
        environment |= {MARK: self.mark} | (env or {})

        def prepare():
            # Ignored in the background of a shell, and then the program ignores them too.
            for number in (signal.SIGINT, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)
            if before:
                before()

        self.process = subprocess.Popen(
            [str(binary), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=cwd,
            preexec_fn=prepare,
        )

    @property
    def pid(self):
        return self.process.pid

    def signal(self, number):
        if self.process.poll() is None:
            self.process.send_signal(number)

    def others(self):
        """The processes that the program has started, and those that they have."""
        entry = f"{MARK}={self.mark}".encode()
        found = []
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit() or int(folder.name) == self.pid:
                continue
            try:
                marked = entry in (folder / "environ").read_bytes().split(b"\0")
                # A zombie has ended; its parent has not asked yet.
                state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if marked and state != "Z":
                found.append(int(folder.name))
        return found

    def workers(self, limit=5.0):
        """Waits until there are others, or the program has ended."""
        until = time.monotonic() + limit
        while time.monotonic() < until and self.process.poll() is None:
            if found := self.others():
                return found
        return []

    def end(self, limit=LIMIT):
        """Waits for the end; returns exit code, output and complaints. Nothing may be left then."""
        try:
            out, complaints = self.process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            left = self.others()
            self.process.kill()
            self.process.communicate()
            raise Broken(f"it hangs, with the processes {left}") from None
        finally:
            self._leaves_nothing()
        out, complaints = (out or b"").decode(errors="replace"), complaints.decode(errors="replace")
        if "panicked" in complaints or self.process.returncode in (101, -signal.SIGABRT, -signal.SIGSEGV):
            raise Broken(f"it panicked ({self.process.returncode}): {complaints.strip()}")
        return self.process.returncode, out, complaints

    def _leaves_nothing(self):
        until = time.monotonic() + ENDING
        while left := self.others():
            if time.monotonic() > until:
                names = [Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode() for pid in left]
                for pid in left:
                    os.kill(pid, signal.SIGKILL)
                raise Broken(f"it left processes: {names}")
            time.sleep(0.01)


def runs(output):
    """The runs of `--json`. A program that was interrupted closes the list too."""
    try:
        return json.loads(output)
    except ValueError as error:
        raise Broken(f"its output is no JSON ({error}): {output[-200:]!r}") from None


def must(condition, otherwise):
    if not condition:
        raise Broken(otherwise)
