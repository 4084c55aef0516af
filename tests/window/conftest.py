"""Fixtures of the tests of the real window. THREADLAB_BIN names the program to test."""

import os
from pathlib import Path

import pytest
from desktop import Desktop
from driver import Program


@pytest.fixture(scope="session")
def desktop(tmp_path_factory):
    desktop = Desktop(tmp_path_factory.mktemp("desktop"))
    yield desktop
    desktop.close()


@pytest.fixture(scope="session")
def binary() -> Path:
    named = os.environ.get("THREADLAB_BIN")
    if not named:
        pytest.fail("set THREADLAB_BIN to the program to test, such as target/debug/threadlab", pytrace=False)
    path = Path(named).resolve()
    if not os.access(path, os.X_OK):
        pytest.fail(f"THREADLAB_BIN is not a program: {path}", pytrace=False)
    return path


@pytest.fixture
def start(desktop, binary, tmp_path):
    """`start("--demo", "bank_lock")` opens the window with settings of its own, fresh for each test."""
    started = []

    def start(*arguments: str, home: Path = tmp_path / "home", **options) -> Program:
        program = Program(desktop, binary, *arguments, home=home, **options)
        started.append(program)
        return program

    yield start
    for program in started:
        program.kill()
