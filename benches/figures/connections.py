"""Figures of waiting for many connections, beside Python's asyncio at the same server."""

import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from bench import Bench
from table import Row, in_turn

CONNECTIONS = 10_000
REPLY_MILLIS = 100
ASYNCIO = Path(__file__).with_name("asyncio_client.py")
MEBIBYTE = 1 << 20


def connections(bench: Bench) -> list[Row]:
    """One thread that waits for ten thousand replies."""
    threads, sizes = [], []

    def threadlab(reply_millis: int) -> float:
        measures = _run(bench, reply_millis)
        threads.append(measures["peak_threads"])
        sizes.append(measures["peak_bytes"] / MEBIBYTE)
        return measures["total_seconds"]

    def asyncio() -> float:
        with _server(bench, REPLY_MILLIS) as port:
            command = [sys.executable, ASYNCIO, str(port), str(CONNECTIONS)]
            return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    ours, at_once, python = in_turn(bench.runs, lambda: threadlab(REPLY_MILLIS), lambda: threadlab(0), asyncio)
    allowed = 1.5 * REPLY_MILLIS / 1000 + at_once
    name = f"{CONNECTIONS} replies after {REPLY_MILLIS} ms"
    return [
        Row(name, ours, "s", python, "Python's asyncio", 1),
        Row(name, ours, "s", allowed, "1.5 × that + replies at once", 1),
        Row("threads that wait for them, at most", max(threads), "", bound=3),
        Row("their memory, at most", max(sizes), "MiB", bound=150),
    ]


def _run(bench: Bench, reply_millis: int) -> dict:
    command = [bench.program("threadlab"), "run", "event_loop", "--variant", "one_thread_async", "--json"]
    for setting in (f"connections={CONNECTIONS}", f"reply_millis={reply_millis}"):
        command += ["--set", setting]
    (run,) = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return run["measures"]


@contextmanager
def _server(bench: Bench, reply_millis: int):
    """Threadlab's own server, in a worker process as Threadlab starts it; the port on which it listens."""
    command = [bench.program("threadlab"), "worker", "event_loop", "--seed", "1"]
    role = {"server": {"reply_millis": reply_millis, "at_once": CONNECTIONS}}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as worker:
        json.dump({"task": {"part": 0, "task": role, "numbers": 0}}, worker.stdin)
        print(file=worker.stdin, flush=True)
        reports = (json.loads(line) for line in worker.stdout)
        yield next(report["message"]["value"] for report in reports if "message" in report)
        # It ends when its standard input does.
        worker.stdin.close()
