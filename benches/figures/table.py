"""Figures beside their yardsticks."""

import statistics
import sys
from dataclasses import dataclass


@dataclass
class Row:
    """One line of the table. `bound` is for the ratio where there is a yardstick, else for the figure itself."""

    name: str
    figure: float
    unit: str
    yardstick: float | None = None
    beside: str = ""
    bound: float | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        return self.figure / self.yardstick if self.yardstick else None

    @property
    def is_met(self) -> bool:
        if self.bound is None:
            return True
        value = self.figure if self.yardstick is None else self.ratio
        return value >= self.bound if self.at_least else value <= self.bound

    def cells(self) -> list[str]:
        target = "" if self.bound is None else f"{'≥' if self.at_least else '≤'} {self.bound:g}"
        yardstick = "" if self.yardstick is None else f"{self.yardstick:.4g} {self.unit}"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        missed = "" if self.is_met else "MISSED"
        return [self.name, f"{self.figure:.4g} {self.unit}", yardstick, self.beside, ratio, target, missed]


def in_turn(runs: int, *measures) -> list[float]:
    """Runs every measure once, then all of them again, so that what else the machine does hits all alike.

    The first round fills the caches and does not count. Returns the median of each.
    """
    rounds = []
    for number in range(runs + 1):
        if sys.stderr.isatty():
            print(f"\r  round {number} of {runs} ", end="", file=sys.stderr, flush=True)
        rounds.append([measure() for measure in measures])
    if sys.stderr.isatty():
        print("\r" + " " * 24, end="\r", file=sys.stderr)
    return [statistics.median(results) for results in zip(*rounds[1:])]


def print_table(rows: list[Row]):
    lines = [["figure", "Threadlab", "beside", "", "ratio", "target", ""], *(row.cells() for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines)]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())
