"""Every demo in the real window: each of its variants runs to its end, says what happened, and leaves no process."""

import json
import subprocess

import pytest
from driver import PATIENCE, slowness

# So little that a run takes moments. The Download button has no Run and tests of its own.
SMALL = {
    "downloads": {"min_seconds": 0.1, "max_seconds": 0.2},
    "ping_pong": {"gap_millis": 1, "put_pause_max_millis": 5},
    "bank_lock": {"threads": 10},
    "global_lock": {"threads": 2, "seconds": 0.2},
    "switching_cost": {"tasks": "1,4", "slice_micros": "100", "work_millis": 50},
    "cpu_or_io": {"workers": "1,2", "tasks": 8, "task_millis": 5},
    "event_loop": {"connections": 10, "reply_millis": 20},
    "sum": {"numbers": 1_000_000, "workers": 2},
}
# So much that a run takes long enough to be stopped.
LARGE = {
    "downloads": {"min_seconds": 60, "max_seconds": 60},
    "ping_pong": {"words": 1000, "gap_millis": 1000},
    "bank_lock": {"gap_millis": 10_000},
    "global_lock": {"seconds": 30},
    "switching_cost": {"work_millis": 10_000},
    "cpu_or_io": {"task_millis": 1000},
    "event_loop": {"reply_millis": 10_000},
}


def demos(binary) -> dict[str, dict]:
    listed = subprocess.run([binary, "list", "--json"], check=True, capture_output=True, text=True)
    return {demo["id"]: demo for demo in json.loads(listed.stdout)}


def opened(start, demo: str, params: dict):
    settings = [word for name, value in params.items() for word in ("--set", f"{name}={value}")]
    return start("--demo", demo, "--lang", "en", *settings)


def test_every_demo_is_tried_here(binary):
    assert set(SMALL) == set(demos(binary)) - {"responsive_ui"}
    # A sum is stopped in test_sum.py.
    assert set(LARGE) == set(SMALL) - {"sum"}


@pytest.mark.parametrize("demo", SMALL)
def test_each_variant_runs_and_says_what_happened(start, binary, demo):
    window = opened(start, demo, SMALL[demo])
    for variant in demos(binary)[demo]["variants"]:
        window.click(variant["title"], role="radio button")
        window.wait_for(variant["title"], role="radio button", checked=True)
        window.wait_result("^Result: not run yet")
        window.click("Run")
        window.wait_result(r"^Result: (?!not run yet|running)", 2 * PATIENCE)
        assert "failed" not in window.result() and "panicked" not in window.result(), window.result()
        window.wait_for("Run", enabled=True)
        window.wait_gone("Stop")
    assert not window.descendants()


@pytest.mark.parametrize("demo", LARGE)
def test_stop_ends_a_run_at_once(start, demo):
    window = opened(start, demo, LARGE[demo])
    window.click("Run")
    window.wait_for("Stop")
    window.click("Stop")
    window.wait_result("stopped after", 2 * slowness())
    window.wait_for("Run", enabled=True)
    assert not window.descendants()
