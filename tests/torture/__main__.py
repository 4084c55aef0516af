"""Tries every fault over and over, and prints a table: fault, tried, broken. See scripts/torture."""

import argparse
import random
import sys
import tempfile
from pathlib import Path

import faults
from victim import NotTried


def main():
    parser = argparse.ArgumentParser(prog="scripts/torture")
    parser.add_argument("binary", type=Path)
    parser.add_argument("faults", nargs="*", metavar="FAULT", help=f"some of: {' '.join(faults.FAULTS)}")
    parser.add_argument("--rounds", type=int, default=100, help="how often each is tried (100)")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32), help="the chance of an earlier call")
    asked = parser.parse_intermixed_args()
    if unknown := [name for name in asked.faults if name not in faults.FAULTS]:
        parser.error(f"no such fault: {' '.join(unknown)}; there are: {' '.join(faults.FAULTS)}")
    names = asked.faults or list(faults.FAULTS)
    tried, broken = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
    print(f"seed {asked.seed}")
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            for number in range(asked.rounds):
                try:
                    how = faults.try_once(name, asked.binary.resolve(), Path(folder), asked.seed, number)
                except NotTried as why:
                    print(f"{name}: not tried, {why}")
                    break
                tried[name] += 1
                if how:
                    broken[name] += 1
                    print(f"{name}, round {number}: {how}", flush=True)
    width = max(map(len, names))
    print(f"\n{'fault':{width}}  tried  broken")
    for name in names:
        print(f"{name:{width}}  {tried[name]:5}  {broken[name]:6}")
    return int(any(broken.values()))


if __name__ == "__main__":
    sys.exit(main())
