"""What keeps the window from opening, or takes its display away, is said in one sentence, and nothing panics."""

import json
import os
import socket
import subprocess
from contextlib import contextmanager

import pytest
from desktop import SCREEN, Desktop
from program import Program
from Xlib import Xatom
from Xlib.display import Display


def said(binary, env: dict[str, str], *arguments: str) -> str:
    """What the program says that opens no window."""
    ended = subprocess.run([binary, *arguments], env=env, capture_output=True, text=True, timeout=30)
    assert ended.returncode == 1, ended
    assert ended.stdout == "", ended
    assert len(ended.stderr.splitlines()) == 1, ended.stderr
    assert "panicked" not in ended.stderr
    assert "threadlab run" in ended.stderr
    return ended.stderr


def checked(binary, env: dict[str, str]) -> dict[str, dict]:
    """What `check` found, item by item."""
    ended = subprocess.run([binary, "check", "--json"], env=env, capture_output=True, text=True, timeout=60)
    assert "panicked" not in ended.stderr
    return {item["item"]: item for item in json.loads(ended.stdout)}


@contextmanager
def x_server(env: dict[str, str], *options: str):
    """An X server of its own; the variables with which a program finds it."""
    ours, theirs = os.pipe()
    command = ["setpriv", "--pdeathsig", "TERM", "Xvfb", "-displayfd", str(theirs), "-nolisten", "tcp", "-noreset"]
    silent = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen([*command, *options], pass_fds=[theirs], **silent)
    os.close(theirs)
    try:
        with os.fdopen(ours) as ready:
            number = ready.readline().strip()
        yield env | {"DISPLAY": f":{number}"}
    finally:
        server.kill()
        server.wait()


@pytest.mark.parametrize("display", [{}, {"DISPLAY": ""}, {"DISPLAY": ":9999"}])
def test_without_a_display_one_sentence_names_the_way_out(binary, desktop, display):
    without = {name: value for name, value in desktop.env.items() if name != "DISPLAY"}
    said(binary, without | display)


@pytest.mark.parametrize("files", [6, 8])
def test_too_few_open_files_are_called_so_and_nothing_missing(binary, desktop, files):
    limited = ["sh", "-c", f'ulimit -n {files}; exec "$0"', str(binary)]
    ended = subprocess.run(limited, env=desktop.env, capture_output=True, text=True, timeout=30)
    assert ended.returncode == 1, ended
    assert len(ended.stderr.splitlines()) == 1, ended.stderr
    assert f"no more than {files} files open" in ended.stderr


@pytest.mark.parametrize("factor", ["1,5", "0", "-1", "nan", "zwei", "1e400", "1e6"])
def test_a_scale_factor_that_is_none_is_quoted(binary, desktop, factor):
    env = desktop.env | {"WINIT_X11_SCALE_FACTOR": factor}
    assert f"WINIT_X11_SCALE_FACTOR is `{factor}`" in said(binary, env)
    found = checked(binary, env)
    assert found["display"]["mark"] == "problem"
    assert factor in found["display"]["found"]
    assert {"cores", "python3", "fonts"} <= found.keys()


@pytest.mark.parametrize("dpi", ["\t0", "0", "-96", "nan", "inf", "1e6"])
def test_a_setting_of_the_desktop_that_makes_no_sense_is_named(binary, desktop, dpi):
    with x_server(desktop.env) as env:
        connection = Display(env["DISPLAY"])
        root = connection.screen().root
        root.change_property(Xatom.RESOURCE_MANAGER, Xatom.STRING, 8, f"Xft.dpi:{dpi}\n".encode())
        connection.sync()
        assert "Xft.dpi" in said(binary, env)
        assert checked(binary, env)["display"]["mark"] == "problem"


def test_an_extension_that_the_x_server_lacks_is_named(binary, desktop):
    # The two others that the window needs cannot be left out of this server.
    with x_server(desktop.env, "-extension", "RANDR") as env:
        assert "RANDR" in said(binary, env)
        found = checked(binary, env)
        assert "RANDR" in found["display"]["found"]
        assert {"cores", "python3", "fonts"} <= found.keys()


def test_a_screen_of_too_few_colours_is_not_taken_for_a_lack_of_opengl(binary, desktop):
    with x_server(desktop.env, "-screen", "0", "1280x800x8") as env:
        found = checked(binary, env)
        assert "8 bits of colour" in found["display"]["found"]


def test_a_display_that_takes_the_process_with_it_ends_no_check(binary, desktop):
    # This server breaks when it is asked for what it lacks, and Xlib then ends the program.
    with x_server(desktop.env, "-extension", "XFIXES") as env:
        found = checked(binary, env)
        assert found["display"]["mark"] == "problem"
        assert {"cores", "python3", "fonts"} <= found.keys()


def test_a_display_that_says_nothing_ends_no_check(binary, desktop):
    with socket.socket() as silent:
        # Displays of other machines are at 6000 and their number.
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        env = desktop.env | {"DISPLAY": f"127.0.0.1:{silent.getsockname()[1] - 6000}"}
        found = checked(binary, env)
        assert "took longer" in found["display"]["found"]
        assert {"cores", "python3", "fonts"} <= found.keys()


def test_a_check_opens_no_window_to_see_that_it_would(binary, desktop):
    ended = subprocess.run([binary, "check", "--json"], env=desktop.env, capture_output=True, text=True, timeout=30)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    display = next(item for item in json.loads(ended.stdout) if item["item"] == "display")
    assert display["mark"] in ("ok", "note")
    width, height = SCREEN
    assert f"{width}×{height}" in display["found"]


def ends_with_a_sentence_when_its_display_ends(binary, tmp_path, get_ready, *options):
    desktop = Desktop(tmp_path)
    try:
        window = Program(desktop, binary, *options, home=tmp_path / "home")
        try:
            get_ready(window)
            desktop.end_display()
            assert window.wait_exit() == 1
            errors = window.errors()
        finally:
            window.kill()
    finally:
        desktop.close()
    assert "panicked" not in errors
    assert desktop.env["DISPLAY"] in errors


@pytest.mark.parametrize("variant", ["worker_thread", "ui_thread"])
def test_a_display_that_ends_ends_the_window_with_a_sentence(binary, tmp_path, variant):
    def begin(window):
        window.click("Download")
        # In one of the two variants the window is frozen by now.
        window.wait_for("Download", role="button", enabled=False)

    options = ["--demo", "responsive_ui", "--variant", variant, "--set", "seconds=2"]
    ends_with_a_sentence_when_its_display_ends(binary, tmp_path, begin, *options)


def test_a_display_that_ends_ends_a_window_at_rest_with_a_sentence(binary, tmp_path):
    ends_with_a_sentence_when_its_display_ends(binary, tmp_path, Program.wait_at_rest)
