"""Bank deposits: the four variants, slow replay, and another demo chosen meanwhile."""

import re

import pytest
from driver import slowness

VARIANTS = {
    "No lock": r"(succeeded, yet the balance is ¥\d|nothing was lost this time: ¥100 )",
    "Lock": r"nothing was lost: ¥100, .*One thread at a time",
    "Short lock": r"nothing was lost: ¥100, .*only to read and write",
    "Atomic": r"nothing was lost: ¥100, .*one step",
}


def choose(bank, title: str):
    bank.click(title, role="radio button")
    # The page is another one then, and its buttons may be elsewhere.
    bank.wait_for(title, role="radio button", checked=True)


@pytest.fixture
def bank(start):
    return start("--demo", "bank_lock")


def test_each_variant_says_what_happened(bank):
    for title, sentence in VARIANTS.items():
        choose(bank, title)
        bank.click("Run")
        bank.wait_result(sentence)
        bank.wait_for("Run", enabled=True)
    assert [title for title in VARIANTS if bank.is_checked(title)] == ["Atomic"]


def test_run_all_fills_the_graph_and_clear_empties_it(bank):
    bank.click("Run all")
    graph = bank.wait_until(lambda: (words := graph_in_words(bank)).count("balance") == 5 and words, "five bars")
    assert all(title in graph for title in VARIANTS)
    assert re.search(r"Lock, balance \(¥\) 100\b", graph)
    bank.wait_for("Run", enabled=True)
    bank.click("Clear runs")
    # The stage has the graph's room again.
    bank.wait_until(lambda: not graph_in_words(bank), "the graph is gone")
    bank.click("Undo clear")
    bank.wait_until(lambda: graph_in_words(bank).count("balance") == 5, "its runs are back")


def graph_in_words(bank) -> str:
    # Before the first run the stage has the graph's room.
    graphs = bank.find_all(startswith="Timings:", role="image")
    return graphs[0].name if graphs else ""


def test_a_short_run_is_played_again_slowly(bank):
    choose(bank, "Atomic")
    bank.click("Run")
    bank.wait_for(startswith="slow replay ×")
    bank.wait_for("Play again", role="button")
    assert not bank.find_all(startswith="slow replay ×")
    bank.click("Play again")
    bank.wait_for(startswith="slow replay ×")

    bank.click("Slow replay", role="check box")
    bank.wait_for("Slow replay", role="check box", checked=False)
    bank.close_menu("Slow replay")
    bank.click("Run")
    bank.wait_for("Play again", role="button")
    assert not bank.find_all(startswith="slow replay ×")


def test_stop_is_there_only_while_it_runs_and_ends_it_at_once(start):
    bank = start("--demo", "bank_lock", "--variant", "mutex", "--set", "gap_millis=10000")
    assert not bank.find_all("Stop")
    bank.click("Run")
    bank.wait_for("Stop")
    bank.click("Stop")
    bank.wait_result("stopped after", 2 * slowness())
    bank.wait_gone("Stop")
    assert bank.is_enabled("Run")


def test_stop_ends_a_repetition_as_a_whole(start):
    bank = start("--demo", "bank_lock", "--set", "gap_millis=10000")
    bank.click("Repeat")
    bank.wait_for("Stop")
    bank.click("Stop")
    bank.wait_result("stopped after", 2 * slowness())
    bank.wait_at_rest()
    assert not bank.find_all("Stop"), "the next run has begun"
    assert bank.is_enabled("Run")


def test_another_demo_chosen_meanwhile_waits_and_the_run_goes_on(start):
    bank = start("--demo", "bank_lock", "--variant", "mutex", "--set", "gap_millis=20")
    bank.click("Run")
    bank.wait_for("Stop")
    bank.click("The Download button", role="toggle button")
    bank.wait_for("“Bank deposits” is running")
    assert not bank.is_enabled("Download")
    bank.click("Bank deposits", role="toggle button")
    bank.wait_for("Stop")
    bank.wait_result(VARIANTS["Lock"])

    bank.click("The Download button", role="toggle button")
    bank.wait_for("Download", enabled=True)


def test_closed_in_mid_run_it_ends_at_once(start):
    bank = start("--demo", "bank_lock", "--variant", "mutex", "--set", "gap_millis=10000")
    bank.click("Run")
    bank.wait_for("Stop")
    bank.close()
    assert bank.wait_exit(2 * slowness()) == 0
