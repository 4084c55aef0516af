"""The teacher's window: a process of its own that follows the presentation, counts hands, and hurts nobody by its end."""

import re
import signal
import time

import pytest
from driver import slowness

CLOCK = re.compile(r"\d\d:\d\d:\d\d")


@pytest.fixture
def teach(start):
    """`teach("--demo", …)` presents, opens the teacher's window with N, and returns both."""

    def present(*arguments):
        window = start("--lang", "en", *arguments)
        window.open_menu_with("Hands", role="check box")
        window.click("Hands", role="check box")
        window.close_menu("Hands")
        window.wait_at_rest()
        window.key("F11")
        window.wait_for(startswith="PageDown: begin with", role="label")
        window.key("n")
        teacher = window.twin()
        teacher.wait_for("The plan", role="label")
        # The keys go to the window that came last, and are sent on.
        window.key("Page_Down")
        teacher.wait_for("The question", role="label")
        return window, teacher

    return present


def hands_up(window, teacher):
    window.key("Page_Down")
    teacher.wait_for(startswith="Hands for A", role="label")
    teacher.wait_for("hands for A", role="spin button")


def clock(teacher) -> str:
    return next(name for name in teacher.names("label") if CLOCK.fullmatch(name))


def is_presenting(window) -> bool:
    return bool(window.find_all("Next step", role="button"))


def test_hands_that_are_counted_there_arrive(teach):
    window, teacher = teach("--demo", "bank_lock")
    hands_up(window, teacher)
    for _ in range(3):
        teacher.key("Up")
    teacher.wait_until(lambda: teacher.value("hands for A", role="spin button") == 3, "three hands for A")
    window.key("Page_Down")
    teacher.wait_for(startswith="Hands for B", role="label")
    teacher.click("one more hand for B", role="button")
    teacher.wait_until(lambda: teacher.value("hands for B", role="spin button") == 1, "one hand for B")
    for answer in "CD":
        window.key("Page_Down")
        teacher.wait_for(startswith=f"Hands for {answer}", role="label")
    # Three of four agree: no second vote. What most hands went up for is the guess.
    window.key("Page_Down")
    window.wait_for("Run", role="button", enabled=True)
    guess = next(name for name in window.names("radio button") if name.startswith("A"))
    window.wait_for(guess, role="radio button", checked=True)


def test_its_end_is_noticed_and_hurts_nothing(teach):
    window, teacher = teach("--demo", "bank_lock")
    teacher.process.kill(signal.SIGKILL)
    window.wait_for(startswith="The teacher’s window is gone.", role="label")
    window.key("Page_Down")
    window.wait_for(startswith="Hands for A", role="label")
    window.key("n")
    again = window.twin()
    again.wait_for("Hands up", role="label")
    again.close()
    again.wait_exit()
    window.wait_for(startswith="Hands for A", role="label")
    window.key("n")
    third = window.twin()
    third.wait_for("Hands up", role="label")
    for _ in range(2):
        window.key("Escape")
    window.wait_until(lambda: not is_presenting(window), "the presentation is left")
    window.wait_until(lambda: not third.process.is_alive(), "the teacher's window has ended with it")


def test_its_clock_goes_on_while_the_presentation_is_frozen(teach):
    seconds = round(4 * slowness(), 1)
    window, teacher = teach("--demo", "responsive_ui", "--set", f"seconds={seconds}")
    for _ in range(5):
        window.key("Page_Down")
    teacher.wait_for("Ready to run", role="label")
    window.key("Page_Down")
    teacher.wait_for("The run", role="label")
    began = clock(teacher)
    teacher.wait_until(lambda: clock(teacher) > began, "the clock goes on")
    assert teacher.find_all("The run", role="label"), "the freeze was over"
    # A press is sent on in the freeze, and is a click on About after it.
    window.key("Page_Down")
    teacher.wait_for("The run is over", role="label", seconds=seconds + 20)


def test_it_draws_once_a_second_and_costs_next_to_nothing(teach):
    _, teacher = teach("--demo", "bank_lock")
    teacher.wait_at_rest(0.3)
    with teacher.frames() as drawn:
        before, began = teacher.process.cpu_seconds(), time.monotonic()
        drawn.read(seconds=0)
        while time.monotonic() < began + 5:
            drawn.read(seconds=0.5)
        spent = teacher.process.cpu_seconds() - before
    assert 4 <= len(drawn.times) <= 7, drawn.times
    assert spent < 0.1 * 5 * slowness(), f"{spent} s of CPU time in 5 s"
