"""Each page as it looks, drawn from a stored run so that no clock changes it, beside its reference picture.

`--renew` takes the pictures anew; look at what git says has changed. The runs are in tests/looks/recordings/; the
first line of each page says how its run was made: `threadlab run … --seed 7 --trace FILE`, then gzip.
"""

import gzip
import os
from pathlib import Path
from typing import NamedTuple

import pytest
from desktop import Desktop
from looks import TILE, compare, differing, places, save
from PIL import Image, ImageChops, ImageDraw
from program import Program

FOLDER = Path(__file__).parents[1] / "looks"


class Page(NamedTuple):
    """A page of the window."""

    # The file with the runs, and how they were made; without one the page is as before the first run.
    recording: str | None
    run: str
    variant: str
    # The moment at which the runs are held, in seconds; their end without one.
    at: float | None = None
    keys: tuple[str, ...] = ()


PAGES = {
    "responsive_ui": Page("responsive_ui", "responsive_ui", "ui_thread", at=11),
    "responsive_ui-half": Page("responsive_ui", "responsive_ui", "worker_thread", at=5),
    "downloads": Page("downloads", "downloads", "thread_each"),
    "downloads-half": Page("downloads", "downloads", "one_after_another", at=9),
    "ping_pong": Page("ping_pong", "ping_pong", "shared_counter"),
    "ping_pong-queue": Page("ping_pong", "ping_pong", "queue"),
    "ping_pong-stuck": Page("ping_pong_stuck", "ping_pong --variant queue --set takes=15", "queue"),
    "bank_lock": Page("bank_lock", "bank_lock --variant async_tasks … --variant no_lock", "no_lock"),
    "bank_lock-half": Page("bank_lock", "bank_lock", "no_lock", at=0.012),
    "bank_lock-code": Page("bank_lock", "bank_lock", "mutex", keys=("ctrl+d",)),
    "bank_lock-steps": Page("bank_lock_steps", "bank_lock --variant no_lock --set schedule=ABABAB", "no_lock"),
    "bank_lock-orders": Page(
        "bank_lock_orders", "bank_lock --variant no_lock --set schedule=all --set threads=2", "no_lock"
    ),
    "global_lock": Page("global_lock", "global_lock --set seconds=1", "global_lock"),
    "switching_cost": Page(
        "switching_cost", "switching_cost --set work_millis=100 --set tasks=1,16,256", "threads"
    ),
    "cpu_or_io": Page("cpu_or_io", "cpu_or_io", "cpu_bound"),
    "event_loop": Page("event_loop", "event_loop", "one_thread_async"),
    "event_loop-half": Page("event_loop", "event_loop", "thread_each", at=0.05),
    "sum": Page("sum", "sum", "threads"),
    "sum-killed": Page("sum_killed", "sum --variant processes --set one_aborts=true", "processes"),
    "before-bank_lock": Page(None, "bank_lock", "no_lock"),
    "before-cpu_or_io": Page(None, "cpu_or_io", "cpu_bound"),
}


class Look(NamedTuple):
    """How the window is set up: its size in pixels, and the options of the command line."""

    size: tuple[int, int]
    options: tuple[str, ...]
    pages: tuple[str, ...]


LOOKS = {
    "en-light": Look((1280, 800), ("--lang", "en", "--theme", "light", "--zoom", "1"), tuple(PAGES)),
    "zh-dark": Look((1280, 800), ("--lang", "zh-CN", "--theme", "dark", "--zoom", "1"), tuple(PAGES)),
    "en-light-small": Look(
        (1024, 768),
        ("--lang", "en", "--theme", "light", "--zoom", "2"),
        ("bank_lock", "downloads", "sum", "before-bank_lock"),
    ),
}

CASES = [(page, look) for look, of in LOOKS.items() for page in of.pages]


@pytest.fixture(scope="module")
def screen(tmp_path_factory):
    """A screen on which the largest window has room with its frame."""
    desktop = Desktop(tmp_path_factory.mktemp("screen"), (1440, 900))
    yield desktop
    desktop.close()


@pytest.fixture(scope="module")
def cores():
    """Some questions depend on how many cores there are: the runs had two."""
    allowed = sorted(os.sched_getaffinity(0))
    if len(allowed) < 2:
        pytest.skip("the stored runs had two cores")
    os.sched_setaffinity(0, allowed[:2])
    yield
    os.sched_setaffinity(0, allowed)


def picture_of(page: Page, look: Look, screen: Desktop, binary: Path, folder: Path) -> Image.Image:
    """The page in a window of its own."""
    arguments = ["--demo", page.run.split()[0]]
    if page.recording:
        trace = folder / "trace.json"
        trace.write_bytes(gzip.decompress((FOLDER / "recordings" / f"{page.recording}.json.gz").read_bytes()))
        arguments = ["open", str(trace)]
    if page.at is not None:
        arguments += ["--at", str(page.at)]
    window = Program(screen, binary, *arguments, "--variant", page.variant, *look.options, home=folder / "home")
    try:
        window.resize(*look.size)
        window.wait_at_rest()
        for key in page.keys:
            window.key(key)
            window.wait_at_rest()
        return window.screenshot()
    finally:
        window.kill()


@pytest.mark.parametrize(("page", "look"), CASES, ids=lambda name: name)
def test_a_page_looks_as_it_did(page, look, screen, cores, binary, tmp_path, request):
    picture = picture_of(PAGES[page], LOOKS[look], screen, binary, tmp_path)
    path = FOLDER / f"{page}.{look}.png"
    if request.config.getoption("--renew"):
        save(picture, path)
    wrong = compare(picture, path)
    assert wrong is None, wrong


# What the comparison sees


@pytest.fixture
def reference() -> Image.Image:
    return Image.open(FOLDER / "bank_lock.en-light.png").convert("RGB")


def differs(picture: Image.Image, reference: Image.Image) -> bool:
    return bool(places(differing(picture, reference)))


def test_edges_a_little_aside_or_paler_are_no_difference(reference):
    assert not differs(reference, reference)
    assert not differs(ImageChops.offset(reference, 1, 0), reference)
    assert not differs(reference.point(lambda level: max(level - 20, 0)), reference)


@pytest.mark.parametrize("by", [(3, 0), (0, 3), (-3, 0)])
def test_a_part_that_has_moved_is_seen(reference, by):
    # A button or a word in each place with something in it.
    width, height, seen = 120, 40, 0
    for left in range(300, 1100, 150):
        for top in range(40, 700, 60):
            box = (left, top, left + width, top + height)
            around = reference.crop((left - TILE, top - TILE, left + width + TILE, top + height + TILE))
            part = reference.crop(box)
            if len(part.getcolors(1 << 16)) < 20:
                continue
            moved = around.copy()
            moved.paste(part, (TILE + by[0], TILE + by[1]))
            assert differs(moved, around), box
            seen += 1
    assert seen > 10


def test_a_letter_that_is_another_is_seen(reference):
    # Drawn over an empty place, in the smallest letters that the program has.
    written = [reference.copy(), reference.copy()]
    for picture, word in zip(written, ("read", "reads")):
        draw = ImageDraw.Draw(picture)
        draw.rectangle((400, 20, 480, 40), fill="white")
        draw.text((405, 22), word, fill=(60, 70, 80))
    assert differs(*written)
