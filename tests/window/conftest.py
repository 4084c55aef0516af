"""Fixtures of the tests of the real window. THREADLAB_BIN names the program to test."""

import os
from pathlib import Path

import pytest
from desktop import Desktop
from program import Program

PROGRAMS = pytest.StashKey[list[Program]]()


def pytest_addoption(parser):
    parser.addoption("--renew", action="store_true", help="take the reference pictures of test_looks.py anew")


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
def start(desktop, binary, tmp_path, request):
    """`start("--demo", "bank_lock")` opens the window with settings of its own, fresh for each test."""
    started = request.node.stash.setdefault(PROGRAMS, [])

    def start(*arguments: str, home: Path = tmp_path / "home", **options) -> Program:
        program = Program(desktop, binary, *arguments, home=home, **options)
        started.append(program)
        return program

    yield start
    for program in started:
        program.kill()
    complaints = [program.errors() for program in started if program.errors()]
    assert not complaints, "the program wrote to standard error:\n" + "\n".join(complaints)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    """Of a test that failed, keeps what its windows said and showed at that moment."""
    report = (yield).get_result()
    if report.when != "call" or not report.failed:
        return
    for number, program in enumerate(item.stash.get(PROGRAMS, []), 1):
        folder = item.funcargs["tmp_path"] / f"window-{number}"
        folder.mkdir()
        report.sections.append((f"window {number}", program.keep_evidence(folder)))
