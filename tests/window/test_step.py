"""Bank deposits step by step: the class decides with keys and buttons which thread does its next step."""

import pytest


@pytest.fixture
def steps(start):
    def open_with(*arguments):
        bank = start("--demo", "bank_lock", *arguments)
        bank.click("Step", role="button")
        says(bank, "Who goes first?")
        return bank

    return open_with


def says(bank, part: str):
    bank.wait_until(
        lambda: any(part in node.name for node in bank.find_all(role="image")), f"the picture says “{part}”"
    )


def take_turns(bank, letters: str, code=""):
    for letter in letters:
        code += letter
        bank.key(letter.lower())
        says(bank, f"; {code};")


def test_keys_make_a_code_and_the_balance_follows(steps):
    bank = steps()
    take_turns(bank, "ABABA")
    bank.key("b")
    bank.wait_result(r"ABABAB leaves ¥1, .*B had read ¥0, so it wrote ¥1 over the ¥1 of A\.")
    bank.wait_gone("Stop")
    bank.key("BackSpace")
    says(bank, "; ABABA;")
    bank.click("Undo", role="button")
    says(bank, "; ABAB;")


def test_a_thread_waits_for_the_lock_until_the_other_lets_go(steps):
    bank = steps("--variant", "mutex")
    bank.click("Thread A", role="button")
    says(bank, "; A;")
    bank.click("Thread B", role="button")
    says(bank, "B waits for the lock")
    assert not bank.is_enabled("Thread B", role="button")
    # One after the other is seen: of two clicks in one frame a button takes one.
    for code in ("AA", "AAA", "AAAAB"):
        bank.click("Thread A", role="button")
        says(bank, f"; {code};")
    bank.key("period")
    bank.wait_result("stopped after")


def test_all_orders(steps):
    bank = steps()
    bank.click("3 threads", role="radio button")
    bank.wait_for("Thread C", role="button")
    bank.click("All orders", role="button")
    bank.wait_result("all 1680 orders of 3 threads were run: 6 end with the right balance")
    says(bank, "2 yuan: 270 orders, AAABBCBCC for one")


def test_a_typed_code_is_run(start):
    bank = start("--demo", "bank_lock")
    bank.fill("Schedule", "aabbb", role="entry")
    bank.wait_for(startswith="not started: Schedule AABBB: at letter 6")
    bank.fill("Schedule", "aaabbb", role="entry")
    # The reason why not is gone now, and all below it has moved.
    bank.wait_for("Run", enabled=True)
    bank.wait_still("Run")
    bank.click("Run")
    bank.wait_result("AAABBB loses nothing: ¥2")


def test_a_code_is_copied_from_one_window_into_another(start):
    one = start("--demo", "bank_lock")
    one.fill("Schedule", "abab", role="entry")
    one.wait_until(lambda: one.text("Schedule", role="entry") == "ABAB", "the code is there")
    one.key("ctrl+a")
    one.key("ctrl+c")
    other = start("--demo", "bank_lock")
    other.click("Schedule", role="entry")
    other.wait_until(lambda: other.find("Schedule", role="entry").is_focused, "the field has the focus")
    other.key("ctrl+a")
    other.key("ctrl+v")
    other.wait_until(lambda: other.text("Schedule", role="entry") == "ABAB", "the code is pasted")
