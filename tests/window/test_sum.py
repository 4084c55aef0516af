"""The sum: real worker processes, and none of them left behind."""

import re

import pytest
from driver import slowness

HUGE = 10_000_000_000


def sum_of(start, variant: str, **params):
    settings = [word for name, value in params.items() for word in ("--set", f"{name}={value}")]
    return start("--demo", "sum", "--variant", variant, *settings)


@pytest.fixture
def long_run(start):
    """A run of three worker processes that takes seconds, with the processes."""
    window = sum_of(start, "processes", numbers=HUGE, workers=3)
    window.click("Run")
    window.wait_for("Stop")
    workers = window.wait_until(lambda: len(found := window.descendants()) == 3 and found, "three workers")
    return window, workers


def assert_all_gone(workers):
    for worker in workers:
        assert worker.wait(2 * slowness()), f"worker {worker.pid} is still there"


def test_each_variant_finds_the_total(start):
    numbers = 1_000_000
    window = sum_of(start, "alone", numbers=numbers, workers=3)
    window.click("Run")
    assert digits(window.wait_result(r"the total is ([\d\s,]+)")[1]) == numbers * (numbers + 1) // 2
    for title, workers in (("Threads", "3 threads"), ("Processes", "3 processes")):
        window.click(title, role="radio button")
        window.wait_for(title, role="radio button", checked=True)
        window.click("Run")
        window.wait_result(workers)
        window.wait_for("Run", enabled=True)
    assert not window.descendants()


def digits(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def pids_shown(window) -> set[int]:
    return {int(pid) for name in window.names("image") for pid in re.findall(r"PID (\d+)", name)}


def test_the_pids_shown_are_those_of_its_child_processes(long_run):
    window, workers = long_run
    shown = window.wait_until(lambda: len(found := pids_shown(window)) == 3 and found, "three PIDs")
    assert shown == {worker.pid for worker in workers}
    for worker in workers:
        assert worker.command_line()[1:3] == ["worker", "sum"]


def test_a_killed_worker_makes_the_run_fail_and_is_named(long_run):
    window, workers = long_run
    workers[1].kill()
    window.wait_result(rf"failed: worker process {workers[1].pid} ended .*SIGKILL")
    window.wait_for("Run", enabled=True)
    window.wait_gone("Stop")
    assert_all_gone(workers)
    assert not window.descendants()


def test_stop_ends_all_workers_at_once(long_run):
    window, workers = long_run
    window.click("Stop")
    window.wait_result("stopped after", 2 * slowness())
    window.wait_for("Run", enabled=True)
    assert_all_gone(workers)
    assert not window.descendants()


def test_closing_the_window_leaves_no_process(long_run):
    window, workers = long_run
    window.close()
    assert window.wait_exit(2 * slowness()) == 0
    assert_all_gone(workers)
