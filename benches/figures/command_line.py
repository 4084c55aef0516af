"""Figures of the lab and of the command line: events, the sum, worker processes."""

import json
import os
import statistics
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
    command = ["cargo", "bench", "--quiet", "-p", "threadlab", "--no-default-features", "--bench", "events"]
    command += ["--target-dir", folder, "--", "--quiet"]
    environment = os.environ | {"CRITERION_HOME": str(folder / "criterion")}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)

    def nanos(case: str) -> float:
        estimates = folder / "criterion" / case / "new" / "estimates.json"
        return json.loads(estimates.read_text())["median"]["point_estimate"]

    rows = []
    for threads, bound in ((1, 4), (8, None)):
        case = f"events_{threads}"
        told = "one thread" if threads == 1 else f"{threads} threads at once"
        clock = nanos(f"{case}/clock")
        rows += [
            Row(f"instant, {told}", nanos(f"{case}/instant"), "ns", clock, "Instant::now()", bound),
            # Its beginning and its end are an event each.
            Row(f"span, {told}, per event", nanos(f"{case}/waiting_span") / 2, "ns", clock, "Instant::now()", bound),
            # Only the system knows what CPU time a thread has had: a call of it dwarfs the event.
            Row(
                f"running span, {told}, per event",
                nanos(f"{case}/running_span") / 2,
                "ns",
                nanos(f"{case}/cpu_clock"),
                "ThreadTime::now()",
            ),
        ]
    return rows


def sums(bench: Bench) -> list[Row]:
    """Adding a list in threads, beside rayon's `par_iter().sum()` over the same list. Both have their threads ready."""
    adding: dict[str, list[float]] = {"threadlab": [], "rayon": []}

    def threadlab() -> float:
        (run,) = _run(bench, "threads", "numbers_from=list")
        # A thread adds as soon as it has its part, while others still wait for theirs.
        adding["threadlab"].append(run["phases"]["hand_over"] + run["phases"]["compute"])
        return run["wall_seconds"]

    def rayon() -> float:
        command = [*AS_THE_LAB_RUNS, bench.program("par_iter_sum"), str(NUMBERS)]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        total, alone = map(float, printed.split())
        adding["rayon"].append(alone)
        return total

    totals = in_turn(bench.runs, threadlab, rayon)
    # The first round does not count here either.
    addings = [statistics.median(each[1:]) for each in adding.values()]
    rows = []
    for name, seconds in (("adding a list in threads", addings), ("making and adding a list", totals)):
        ours, yardstick = (NUMBERS / 1e6 / each for each in seconds)
        rows.append(Row(name, ours, "M/s", yardstick, "rayon par_iter().sum()", 0.9, True))
    return rows


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
