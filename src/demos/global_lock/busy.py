"""Counts loops in one thread, then in several, and says how far they are.

Threadlab runs this in each Python that it finds: python3 -I -S - THREADS SECONDS. What it prints is
for Threadlab, an object of JSON a line.
"""

import json
import os
import sys
import sysconfig
from threading import Event, Thread
from time import perf_counter, sleep, thread_time

THREADS, SECONDS = int(sys.argv[1]), float(sys.argv[2])
AT_A_TIME = 1000  # loops between two looks at the clock: some ten microseconds


class Counter(Thread):
    """Counts loops from the start until the time is over."""

    start_together = Event()
    until = 0.0

    def __init__(self):
        super().__init__(daemon=True)
        self.loops = 0
        self.cpu = 0.0

    def run(self):
        self.start_together.wait()
        begun = thread_time()
        while True:
            for _ in range(AT_A_TIME):
                pass
            self.loops += AT_A_TIME
            if perf_counter() >= self.until:
                break
        self.cpu = thread_time() - begun


def count(how_many):
    """Lets so many threads count at the same time."""
    Counter.start_together.clear()
    counters = [Counter() for _ in range(how_many)]
    for counter in counters:
        counter.start()
    say(begin=[counter.native_id for counter in counters])
    begun = perf_counter()
    Counter.until = begun + SECONDS
    Counter.start_together.set()
    while (left := Counter.until - perf_counter()) > 0:
        sleep(min(0.1, left))
        say(loops=[counter.loops for counter in counters])
    for counter in counters:
        counter.join()
    say(
        done={
            "loops": [counter.loops for counter in counters],
            "cpu": [counter.cpu for counter in counters],
            "seconds": perf_counter() - begun,
        }
    )


def has_gil():
    """Whether only one thread of this Python runs at a time. Since 3.13 there are some without."""
    if hasattr(sys, "_is_gil_enabled"):
        return sys._is_gil_enabled()
    return not sysconfig.get_config_var("Py_GIL_DISABLED")


def say(**what):
    print(json.dumps(what), flush=True)


say(
    hello={
        "version": list(sys.version_info[:3]),
        # A path need not be text: `ascii` keeps apart what JSON in UTF-8 could not hold.
        "executable": ascii(os.path.realpath(sys.executable)),
        "gil": has_gil(),
    }
)
if hasattr(os, "nice"):
    os.nice(10)  # as Threadlab's own threads that compute
count(1)
count(THREADS)
