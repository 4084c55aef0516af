"""Figures of the lab and of the command line: events, the sum, worker processes."""

import json
import subprocess

from bench import Bench
from table import Row, in_turn

NUMBERS = 100_000_000
WORKERS = 8
# The lab's computing threads run at this priority, so the yardstick does: next to anything else that
# runs on this machine, it would otherwise get more of the cores.
AS_THE_LAB_RUNS = ["nice", "-n", "10"]


def events(bench: Bench) -> list[Row]:
    """What telling an event costs, beside one look at the clock."""
    # The lab alone is built in a minute; in a folder of its own, for with a benchmark cargo builds the program too
    # and would leave one without a window where the other figures look for it.
    folder = bench.target / "lab-alone"
    criterion = ["cargo", "bench", "--quiet", "-p", "threadlab", "--no-default-features", "--bench", "events"]
    subprocess.run([*criterion, "--target-dir", folder], check=True, stdout=subprocess.DEVNULL)

    def nanos(case: str) -> float:
        estimates = folder / "criterion" / case / "new" / "estimates.json"
        return json.loads(estimates.read_text())["median"]["point_estimate"]

    rows = []
    for threads, bound in ((1, 4), (8, None)):
        clock = nanos(f"events_{threads}/clock")
        word = "1 thread" if threads == 1 else f"{threads} threads at once"
        for case, name, count in (
            ("instant", "an instant", 1),
            ("waiting_span", "a waiting span, per event", 2),
            ("running_span", "a running span, per event", 2),
        ):
            # A running span asks the system twice for the thread's CPU time, which no clock does.
            target = None if case == "running_span" else bound
            figure = nanos(f"events_{threads}/{case}") / count
            rows.append(Row(f"{name}, {word}", figure, "ns", clock, "Instant::now()", target))
    return rows


def sums(bench: Bench) -> list[Row]:
    """Adding a list in threads, beside rayon's par_iter().sum() over the same list."""
    ours, rayon = {}, {}

    def threadlab(phase: str) -> float:
        if phase == "total":
            (run,) = _run(bench, "threads", "numbers_from=list")
            ours["compute"] = run["phases"]["compute"]
            return run["wall_seconds"]
        return ours[phase]

    def par_iter(phase: str) -> float:
        if phase == "total":
            command = [*AS_THE_LAB_RUNS, bench.program("par_iter_sum"), str(NUMBERS)]
            printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
            rayon["total"], rayon["compute"] = map(float, printed)
        return rayon[phase]

    total, total_rayon, compute, compute_rayon = in_turn(
        bench.runs,
        lambda: threadlab("total"),
        lambda: par_iter("total"),
        lambda: threadlab("compute"),
        lambda: par_iter("compute"),
    )
    per_second = NUMBERS / 1e6
    beside = "rayon par_iter().sum()"
    return [
        Row("sum of a list in threads, compute", per_second / compute, "M/s", per_second / compute_rayon, beside, 0.9, True),
        Row("sum of a list in threads, total", per_second / total, "M/s", per_second / total_rayon, beside, 0.9, True),
    ]


def spawn(bench: Bench) -> list[Row]:
    """Having worker processes ready, beside starting and ending as many of the smallest programs."""

    def threadlab() -> float:
        (run,) = _run(bench, "processes")
        return 1000 * run["phases"]["spawn"]

    def smallest() -> float:
        command = [bench.program("spawn_true"), str(WORKERS)]
        return 1000 * float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    ours, yardstick = in_turn(bench.runs, threadlab, smallest)
    return [Row(f"{WORKERS} worker processes ready", ours, "ms", yardstick, f"{WORKERS} × /bin/true", 4)]


def _run(bench: Bench, variant: str, *settings: str) -> list[dict]:
    command = [bench.program("threadlab"), "run", "sum", "--variant", variant, "--json"]
    for setting in (f"numbers={NUMBERS}", f"workers={WORKERS}", *settings):
        command += ["--set", setting]
    runs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    for run in runs:
        run["phases"] = {phase["name"]: phase["seconds"] for phase in run["phases"]}
    return runs
