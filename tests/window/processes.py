"""What the kernel says about a process, read from /proc."""

import os
import select
import signal
import time
from dataclasses import dataclass
from pathlib import Path

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def stat(pid: int) -> list[str] | None:
    """The fields of /proc/PID/stat from `state` on, or None if there is no such process."""
    try:
        # The second field is the program's name in brackets, which may itself hold spaces and brackets.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


@dataclass(frozen=True)
class Process:
    """A process: the pid alone would name another one once the kernel has given it away again."""

    pid: int
    started: int

    @staticmethod
    def of(pid: int) -> "Process | None":
        fields = stat(pid)
        return fields and Process(pid, int(fields[19]))

    def _stat(self) -> list[str]:
        fields = stat(self.pid)
        if fields is None or int(fields[19]) != self.started:
            raise ProcessLookupError(f"process {self.pid} has ended")
        return fields

    def is_alive(self) -> bool:
        """False for a zombie too: it has ended, and only waits for its parent to take notice."""
        try:
            return self._stat()[0] not in "ZX"
        except ProcessLookupError:
            return False

    def is_zombie(self) -> bool:
        try:
            return self._stat()[0] == "Z"
        except ProcessLookupError:
            return False

    def cpu_seconds(self) -> float:
        """User and system time of all its threads, without its children's."""
        fields = self._stat()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND

    def resident_bytes(self) -> int:
        return int(self._stat()[21]) * os.sysconf("SC_PAGE_SIZE")

    def threads(self) -> list[str]:
        """The names of its threads, which Linux cuts at 15 bytes."""
        names = []
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            try:
                names.append((task / "comm").read_text().rstrip("\n"))
            except (FileNotFoundError, ProcessLookupError):
                pass  # ended since the folder was read
        return names

    def command_line(self) -> list[str]:
        return Path(f"/proc/{self.pid}/cmdline").read_text().split("\0")[:-1]

    def descendants(self) -> "list[Process]":
        """Its children and theirs, zombies included; none once it has ended, for then they are another's."""
        if Process.of(self.pid) != self:
            return []
        children: dict[int, list[int]] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and (fields := stat(int(entry.name))):
                children.setdefault(int(fields[1]), []).append(int(entry.name))
        found, to_visit = [], [self.pid]
        while to_visit:
            for pid in children.get(to_visit.pop(), []):
                if process := Process.of(pid):
                    found.append(process)
                    to_visit.append(pid)
        return found

    def kill(self, signal_number=signal.SIGKILL):
        if self.is_alive():
            os.kill(self.pid, signal_number)

    def wait(self, seconds: float) -> bool:
        """Waits until it has ended, whoever its parent is. False if it is still there."""
        deadline = time.monotonic() + seconds
        try:
            handle = os.pidfd_open(self.pid)
        except ProcessLookupError:
            return True
        try:
            # The handle is opened after the pid was noted, so it might already be another process's.
            return not self.is_alive() or bool(select.select([handle], [], [], max(0, deadline - time.monotonic()))[0])
        finally:
            os.close(handle)


def end(processes: list[Process]):
    """Ends the ones that are still there, at once."""
    for process in processes:
        process.kill()
    for process in processes:
        process.wait(seconds=5)
