"""Without a display there is one sentence instead of a window."""

import json
import subprocess

import pytest

from desktop import SCREEN


@pytest.mark.parametrize("display", [{}, {"DISPLAY": ""}, {"DISPLAY": ":9999"}])
def test_without_a_display_one_sentence_names_the_way_out(binary, desktop, display):
    without = {name: value for name, value in desktop.env.items() if name != "DISPLAY"}
    ended = subprocess.run([binary], env=without | display, capture_output=True, text=True, timeout=10)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert len(ended.stderr.splitlines()) == 1
    assert "threadlab run" in ended.stderr


def test_a_check_opens_no_window_to_see_that_it_would(binary, desktop):
    ended = subprocess.run([binary, "check", "--json"], env=desktop.env, capture_output=True, text=True, timeout=30)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    display = next(item for item in json.loads(ended.stdout) if item["item"] == "display")
    assert display["mark"] in ("ok", "note")
    width, height = SCREEN
    assert f"{width}×{height}" in display["found"]
