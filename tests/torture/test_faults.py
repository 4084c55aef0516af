"""Each fault a few times. `scripts/torture` tries them for long."""

import os
from pathlib import Path

import faults
import pytest
from victim import NotTried

ROUNDS = 4


@pytest.mark.parametrize("name", faults.FAULTS)
def test_promises_are_kept(name, tmp_path):
    binary = Path(os.environ["THREADLAB_BIN"]).resolve()
    # Another chance in each call: what it was stands in the message.
    seed = int.from_bytes(os.urandom(4), "big")
    try:
        broken = [faults.try_once(name, binary, tmp_path, seed, number) for number in range(ROUNDS)]
    except NotTried as why:
        pytest.skip(str(why))
    assert broken == [None] * ROUNDS, f"scripts/torture {name} --seed {seed} --rounds {ROUNDS}"
