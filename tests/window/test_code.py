"""The code beside the page: opened with Ctrl+D, what runs, who is where, and that it is remembered."""

WAITS = "sleep(GAP_MILLIS / 1000)"


def test_the_code_that_runs_is_beside_the_page(start):
    window = start("--demo", "bank_lock", "--lang", "en")
    assert not window.find_all("Python", role="radio button")
    window.key("ctrl+d")
    window.wait_for("Python", role="radio button", checked=True)
    window.wait_for("The same steps in Python, to compare; it did not run", role="label")
    window.wait_for("def deposit():", role="label")
    window.click("Rust", role="radio button")
    window.wait_for(startswith="pub(super) fn no_lock(", role="label")
    window.wait_for("src/demos/bank_lock/deposits.rs", role="label")
    # The page is still there, and works.
    window.click("Run")
    window.wait_result("deposits succeeded|nothing was lost")
    window.key("ctrl+d")
    window.wait_gone("Rust", role="radio button")


def test_a_line_is_marked_with_a_click_and_with_another_no_more(start):
    window = start("--demo", "bank_lock", "--lang", "en")
    window.click("Code", role="button")
    window.wait_for(WAITS, role="list item")
    for marked in (True, False):
        window.click(WAITS, role="list item")
        window.wait_for(WAITS, role="list item", checked=marked)


def test_it_is_remembered(start):
    window = start("--demo", "bank_lock", "--lang", "en")
    window.key("ctrl+d")
    window.wait_for("Rust", role="radio button")
    window.click("Rust", role="radio button")
    window.wait_for(startswith="pub(super) fn no_lock(", role="label")
    window.close()
    assert window.wait_exit() == 0
    again = start("--demo", "bank_lock", "--lang", "en")
    again.wait_for("Rust", role="radio button", checked=True)
