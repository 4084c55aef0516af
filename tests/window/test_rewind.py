"""The timeline's hand, with pointer and keyboard; a picture held while its run goes on; a lost update, replayed."""

import re

import pytest

HAND = {"name": "Moment shown", "role": "slider"}


def after_a_run(start, *arguments: str):
    """The bank with few threads, at the end of a run."""
    bank = start("--demo", "bank_lock", "--set", "threads=20", "--set", "gap_millis=100", *arguments)
    bank.click("Slow replay", role="check box")
    bank.wait_for("Slow replay", role="check box", checked=False)
    bank.close_menu("Slow replay")
    bank.click("Run")
    bank.wait_result("succeeded, yet the balance is|nothing was lost")
    bank.wait_for("Replay slowly" if "mutex" not in arguments else "Run", enabled=True)
    return bank


def stage(bank) -> str:
    return bank.find(startswith="Account balance", role="image").name


def place(bank, share: float) -> tuple[int, int]:
    left, top, width, height = bank.region(**HAND)
    return left + int(width * share), top + height // 3


def now(bank) -> float:
    return bank.value(**HAND)


def wait_now(bank, holds, what: str):
    bank.wait_until(lambda: holds(now(bank)), what)


@pytest.fixture
def bank(start):
    return after_a_run(start)


def test_a_drag_takes_the_stage_along(bank):
    end = now(bank)
    assert "deposits made" not in stage(bank)
    bank.input.move(*place(bank, 0.95))
    bank.input.press()
    for share in (0.9, 0.7, 0.5):
        bank.input.move(*place(bank, share))
    bank.wait_until(lambda: "of 20 deposits made" in stage(bank), "the stage is at a moment before the end")
    bank.input.release()
    bank.wait_for(startswith="paused at ")
    # The stage may say the same for each place on the way.
    bank.wait_until(lambda: 0.3 * end < now(bank) < 0.7 * end, "the hand is half-way")
    bank.wait_at_rest()


def test_keys_step_zoom_and_play(bank):
    end = now(bank)
    bank.input.move(*place(bank, 0.5))
    bank.input.press()
    bank.input.release()
    bank.wait_until(lambda: bank.find(**HAND).is_focused, "the hand has the focus")
    bank.key("Home")
    wait_now(bank, lambda at: at == 0, "at the beginning")
    bank.key("Right")
    wait_now(bank, lambda at: at > 0, "at the first event")
    bank.key("End")
    wait_now(bank, lambda at: at == end, "at the end")
    bank.key("Left")
    wait_now(bank, lambda at: at < end, "at the event before")

    assert not bank.is_enabled("Show all")
    bank.key("plus")
    bank.wait_for("Show all", enabled=True)
    bank.key("0")
    bank.wait_for("Show all", enabled=False)

    bank.key("Home")
    bank.key("space")
    bank.wait_for(startswith="slow replay ×")
    bank.key("space")
    bank.wait_for(startswith="paused at ")
    bank.wait_at_rest()


def test_the_wheel_zooms(bank):
    bank.input.move(*place(bank, 0.5))
    result = bank.region(startswith="Result:", role="label")
    for _ in range(3):
        bank.input.press(4)
        bank.input.release(4)
    bank.wait_for("Show all", enabled=True)
    assert bank.region(startswith="Result:", role="label") == result
    bank.click("Show all")
    bank.wait_for("Show all", enabled=False)


def test_a_picture_is_held_while_its_run_goes_on(start):
    bank = start("--demo", "bank_lock", "--variant", "mutex", "--set", "gap_millis=10000")
    bank.click("Run")
    bank.wait_for("Pause")
    bank.click("Pause")
    held = bank.wait_for(startswith="paused at ").name
    assert held.endswith("; the run goes on")
    bank.wait_at_rest()
    assert bank.find_all("Stop"), "the run goes on"
    bank.click("Back to the running clock")
    bank.wait_for("Pause")
    assert not bank.find_all(startswith="paused at ")
    bank.click("Stop")
    bank.wait_result("stopped after")
    # What was stopped can be rewound.
    bank.click("Step back")
    bank.wait_for(startswith="paused at ")


def test_a_lost_update_is_replayed_step_by_step(start):
    bank = after_a_run(start)
    first, second = re.search(r"threads (\d+) and (\d+) both read", bank.result()).groups()
    bank.click("Replay slowly")
    bank.wait_for("replay, not to scale")
    opening = bank.wait_for(startswith="threads ").name
    assert {first, second} == set(re.findall(r"\d+", opening.split("deposit")[0]))
    bank.key("Home")
    for step in range(1, 7):
        bank.key("Right")
        bank.wait_for(f"{step} of 6")
    bank.wait_for(startswith=f"thread {second} writes ")
    assert "is lost" in bank.find(startswith=f"thread {second} writes ").name
    bank.key("Left")
    bank.wait_for("5 of 6")
    bank.wait_at_rest()
    bank.key("Escape")
    bank.wait_for("Replay slowly")
    assert not bank.find_all("replay, not to scale")
