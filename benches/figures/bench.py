"""What the figures are taken with: the programs that were built, and a desktop of their own."""

from functools import cached_property
from pathlib import Path

from desktop import Desktop


class Bench:
    def __init__(self, folder: Path, target: Path, runs: int):
        self.folder = folder
        self.target = target
        self.runs = runs

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # Only if it was opened: not every figure needs one.
        if "desktop" in self.__dict__:
            self.desktop.close()

    def program(self, name: str) -> str:
        return str(self.target / "release" / name)

    @cached_property
    def desktop(self) -> Desktop:
        place = self.folder / "desktop"
        place.mkdir()
        return Desktop(place)
