"""Without a display there is one sentence instead of a window."""

import subprocess

import pytest


@pytest.mark.parametrize("display", [{}, {"DISPLAY": ""}, {"DISPLAY": ":9999"}])
def test_without_a_display_one_sentence_names_the_way_out(binary, desktop, display):
    without = {name: value for name, value in desktop.env.items() if name != "DISPLAY"}
    ended = subprocess.run([binary], env=without | display, capture_output=True, text=True, timeout=10)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert len(ended.stderr.splitlines()) == 1
    assert "threadlab run" in ended.stderr
