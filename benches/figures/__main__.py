"""Measures Threadlab and prints a table. Started by scripts/measure, which builds what is measured."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The window is opened and worked as in its tests.
sys.path.insert(0, str(ROOT / "tests" / "window"))

import command_line  # noqa: E402
import connections  # noqa: E402
import windows  # noqa: E402
from bench import Bench  # noqa: E402
from table import print_table  # noqa: E402

FIGURES = {
    "events": command_line.events,
    "rest": windows.rest,
    "start": windows.start,
    "memory": windows.memory,
    "press": windows.press,
    "sum": command_line.sums,
    "spawn": command_line.spawn,
    "connections": connections.connections,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/measure")
    parser.add_argument("target", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=" ".join(FIGURES))
    parser.add_argument("--runs", type=int, default=11)
    arguments = parser.parse_args()
    if unknown := set(arguments.figures) - set(FIGURES):
        parser.error(f"no figure is called {', '.join(sorted(unknown))}; there are {' '.join(FIGURES)}")
    if arguments.runs < 1:
        parser.error("--runs is at least 1")
    if (load := os.getloadavg()[0]) > 0.5:
        print(f"This machine is busy with something else (load {load:.1f}): figures will scatter.", file=sys.stderr)

    rows = []
    with tempfile.TemporaryDirectory() as folder, Bench(Path(folder), arguments.target, arguments.runs) as bench:
        for name in arguments.figures or FIGURES:
            print(f"{name} …", file=sys.stderr)
            rows += FIGURES[name](bench)
    print_table(rows)
    return 0 if all(row.is_met for row in rows) else 1


sys.exit(main())
