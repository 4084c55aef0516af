"""What a classroom does to the program. Each fault is a function that tries it once, with chance from `chance`, and
raises `Broken` where a promise of the README is not kept."""

import os
import pwd
import random
import resource
import shutil
import signal
import tempfile
import time
from pathlib import Path

from victim import SIGNALLED, Broken, NotTried, Started, must, runs

# Runs with processes, as small as they may be and still be hurt in the middle.
WITH_PROCESSES = [
    ("sum", "processes", "numbers=20000000 workers=4 pool=64"),
    ("sum", "processes", "numbers=20000000 workers=4 numbers_from=generated"),
    ("sum", "processes", "numbers=4000000 workers=4 numbers_from=list hand_over=pipe"),
    ("sum", "processes", "numbers=20000000 workers=4 numbers_from=list hand_over=shared_memory"),
    ("ping_pong", "private_counters", "words=40"),
    ("ping_pong", "shared_counter", "words=40"),
    ("ping_pong", "queue", "put_pause_max_millis=50"),
    ("downloads", "process_each", "files=3 min_seconds=0.3 max_seconds=0.6"),
    ("event_loop", "one_at_a_time", "connections=8 reply_millis=40"),
    ("event_loop", "one_thread_async", "connections=400 reply_millis=300"),
    ("event_loop", "process_per_core_async", "connections=400 reply_millis=300"),
    ("switching_cost", "processes", "tasks=1,8 slice_micros=100 work_millis=200"),
]
WITHOUT = [
    ("bank_lock", "no_lock", "threads=200 gap_millis=300"),
    ("bank_lock", "mutex", "threads=20"),
    ("cpu_or_io", "cpu_bound", "workers=1,2 tasks=16 task_millis=5"),
    ("global_lock", "global_lock", "seconds=0.3"),
    ("responsive_ui", "worker_thread", "seconds=0.4"),
]


def command(run, *more):
    demo, variant, settings = run
    sets = [word for setting in settings.split() for word in ("--set", setting)]
    return ("run", demo, "--variant", variant, *sets, *more)


def pause(chance, longest):
    """At a moment that nobody chose: the fault itself, and nothing that is waited for."""
    time.sleep(chance.uniform(0, longest))


def worker_killed(binary, folder, chance):
    """A process of a run is killed: the run ends, says which it was and how it ended, and leaves nothing."""
    # Some programs start others with SIGCHLD ignored, and the system then tells nobody how children end.
    before = chance.choice([None, lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN)])
    started = Started(binary, *command(chance.choice(WITH_PROCESSES), "--json"), before=before)
    victims = started.workers()
    pause(chance, 0.3)
    # A program in Rust takes the first SIGSEGV that somebody sends for nothing; SIGABRT it does not hear.
    number = chance.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGABRT])
    victim = chance.choice(victims) if victims else None
    try:
        if victim:
            os.kill(victim, number)
    except ProcessLookupError:
        victim = None
    code, out, complaints = started.end()
    [run] = runs(out)
    must(code == (0 if run["outcome"] == "done" else 1), f"exit code {code} for {run['outcome']}")
    if run["outcome"] == "failed":
        must(str(victim) in run["error"], f"process {victim} was killed, the error says: {run['error']}")
        must("signal" in run["error"], f"the error names no signal: {run['error']}")


def hand_over_cut_short(binary, folder, chance):
    """A process is killed while numbers are handed over through pipes: the run does not go on to serve the others."""
    run = ("sum", "processes", "numbers=50000000 workers=4 numbers_from=list hand_over=pipe")
    started = Started(binary, *command(run, "--json"))
    victims = started.workers()
    pause(chance, 0.1)
    must(len(victims) > 0, "it started no process")
    victim = chance.choice(victims)
    os.kill(victim, signal.SIGKILL)
    begun = time.monotonic()
    code, out, _ = started.end()
    took = time.monotonic() - begun
    [run] = runs(out)
    must(code == 1 and str(victim) in (run["error"] or ""), f"process {victim} was killed, the error says: {run['error']}")
    must(took < 2, f"it took {took:.1f} s to end")


def worker_stopped(binary, folder, chance):
    """A process of a run is stopped for ever: Ctrl-C ends the run at once."""
    started = Started(binary, *command(chance.choice(WITH_PROCESSES), "--json"))
    victims = started.workers()
    pause(chance, 0.2)
    for victim in victims[: chance.randint(1, 4)]:
        try:
            os.kill(victim, signal.SIGSTOP)
        except ProcessLookupError:
            pass
    started.signal(signal.SIGINT)
    code, out, _ = started.end(5)
    must(code in SIGNALLED | {0, 1}, f"exit code {code}")
    if code == 128 + signal.SIGINT:
        runs(out)


def interrupted(binary, folder, chance):
    """Ctrl-C at any moment: the run ends at once, and the output is whole."""
    started = Started(binary, *command(chance.choice(WITH_PROCESSES + WITHOUT), "--json", "--repeat", "3"))
    pause(chance, 0.6)
    started.signal(signal.SIGINT)
    begun = time.monotonic()
    code, out, _ = started.end(10)
    must(code in SIGNALLED | {0}, f"exit code {code}")
    must(time.monotonic() - begun < 5, f"it took {time.monotonic() - begun:.1f} s to end")
    if code != -signal.SIGINT:
        runs(out)


def interrupted_twice(binary, folder, chance):
    """The second Ctrl-C ends the program, whatever it waits for: a process that is stopped, a reader who does not read."""
    read, write = os.pipe()
    os.set_blocking(write, False)
    try:
        while True:
            os.write(write, bytes(1 << 12))
    except BlockingIOError:
        os.set_blocking(write, True)
    started = Started(binary, *command(chance.choice(WITH_PROCESSES + WITHOUT), "--json", "--repeat", "3"), stdout=write)
    os.close(write)
    for victim in started.workers(0.5):
        try:
            os.kill(victim, signal.SIGSTOP)
        except ProcessLookupError:
            pass
    pause(chance, 0.5)
    started.signal(signal.SIGINT)
    pause(chance, 0.3)
    started.signal(signal.SIGINT)
    begun = time.monotonic()
    code, _, _ = started.end(5)
    os.close(read)
    must(code in SIGNALLED, f"exit code {code}")
    must(time.monotonic() - begun < 1, f"it took {time.monotonic() - begun:.1f} s to end")


def terminal_closed(binary, folder, chance):
    """The terminal is closed behind a run that `nohup` has started: the run goes on to its end."""
    started = Started(
        binary,
        *command(("responsive_ui", "worker_thread", "seconds=0.8"), "--json"),
        before=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )
    pause(chance, 0.5)
    started.signal(signal.SIGHUP)
    code, out, _ = started.end()
    [run] = runs(out)
    must(code == 0 and run["outcome"] == "done", f"exit code {code}, {run['outcome']}")


def trace_is_no_file(binary, folder, chance):
    """The trace would go to a pipe that nobody reads, to a folder, or through a link: that is said before anything runs."""
    place = folder / "no_file"
    kept = folder / "kept"
    kept.write_text("kept")
    lay = chance.choice([os.mkfifo, os.mkdir, lambda path: os.symlink(kept, path)])
    lay(place)
    try:
        begun = time.monotonic()
        code, out, complaints = Started(binary, *command(chance.choice(WITHOUT), "--trace", str(place))).end(5)
        must(code == 1 and not out, f"exit code {code}: {out}")
        must("trace cannot be written" in complaints, f"it says: {complaints}")
        must(time.monotonic() - begun < 2, "something ran before")
        must(kept.read_text() == "kept", "the file behind the link is lost")
    finally:
        os.rmdir(place) if lay is os.mkdir else os.unlink(place)


def program_killed(binary, folder, chance):
    """The program is killed: none of its processes outlives it."""
    started = Started(binary, *command(chance.choice(WITH_PROCESSES), "--json", "--repeat", "3"))
    pause(chance, 0.5)
    started.signal(chance.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGHUP]))
    started.end()


def python_hangs(binary, folder, chance):
    """A `python3` that hangs ends with the program, however that goes."""
    stand_in = folder / "python3"
    stand_in.write_text("#!/bin/sh\n/bin/sleep 600 &\nexec /bin/sleep 600\n")
    stand_in.chmod(0o755)
    arguments = chance.choice([("check",), command(("global_lock", "cpython", "seconds=0.1"))])
    started = Started(binary, *arguments, env={"PATH": str(folder)})
    pause(chance, 0.5)
    numbers = [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT]
    started.signal(chance.choice(numbers))
    started.end()


def nobody_reads(binary, folder, chance):
    """Whoever reads the output goes away, as `head` does: the program ends without a complaint."""
    read, write = os.pipe()
    form = chance.choice([(), ("--json",), ("--csv",)])
    started = Started(binary, *command(chance.choice(WITHOUT), *form, "--repeat", "3"), stdout=write)
    os.close(write)
    pause(chance, 0.5)
    os.close(read)
    code, _, complaints = started.end()
    must(code == 0 and not complaints, f"exit code {code}: {complaints}")


def trace_cut_short(binary, folder, chance):
    """The program is killed while it writes a trace: the file is whole up to some run."""
    file = folder / "killed.json"
    file.unlink(missing_ok=True)
    run = chance.choice(WITHOUT[:2])
    started = Started(binary, *command(run, "--repeat", "50", "--trace", str(file)))
    pause(chance, 1.0)
    started.signal(signal.SIGKILL)
    started.end()
    trace_is_whole(file)


def disk_full(binary, folder, chance):
    """The disk is full in the middle of a trace: that is said, and the runs before are kept."""
    file = folder / "full.json"
    file.unlink(missing_ok=True)
    most = chance.randint(1_000, 400_000)

    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    started = Started(binary, *command(WITHOUT[0], "--repeat", "4", "--trace", str(file)), before=limited)
    code, _, complaints = started.end()
    must(code in (0, 1), f"exit code {code}")
    must(code == 0 or "trace cannot be written" in complaints, f"it says: {complaints}")
    trace_is_whole(file)


def trace_is_whole(file):
    if file.exists() and file.stat().st_size:
        runs(file.read_text())


def few_files(binary, folder, chance):
    """There are few open files: the run is refused in words, or works."""
    most = chance.randint(12, 200)

    def limited():
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

    run = chance.choice([
        ("sum", "processes", f"workers={chance.randint(1, 64)} numbers=100000"),
        ("event_loop", "one_thread_async", f"connections={chance.randint(1, 500)}"),
        ("downloads", "process_each", "files=20 min_seconds=0.1 max_seconds=0.2"),
        ("ping_pong", "shared_counter", "words=4"),
    ])
    refused_or_done(Started(binary, *command(run), before=limited))


def few_processes(binary, folder, chance):
    """The user may have few processes: the run is refused in words, or works."""
    user = pwd.getpwnam("nobody")
    most = chance.randint(1, 80)

    def limited():
        resource.setrlimit(resource.RLIMIT_NPROC, (most, most))
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)

    run = chance.choice([
        ("sum", "processes", f"workers={chance.randint(1, 32)} numbers=100000"),
        ("bank_lock", "no_lock", f"threads={chance.randint(1, 100)}"),
        ("cpu_or_io", "io_bound", "workers=1,8,32 task_millis=2"),
        ("downloads", "thread_each", "files=20 min_seconds=0.1 max_seconds=0.2"),
        ("event_loop", "thread_each", f"connections={chance.randint(1, 100)}"),
        ("switching_cost", "processes", "tasks=1,32 work_millis=100"),
    ])
    # The user need not be able to reach the program where it was built.
    with tempfile.TemporaryDirectory() as reachable:
        os.chmod(reachable, 0o755)
        own = shutil.copy(binary, reachable)
        refused_or_done(Started(own, *command(run), before=limited, cwd=reachable))


def little_memory(binary, folder, chance):
    """A control group gives little memory: a list that does not fit is refused in words, or the run works."""
    # Linux has had two kinds; either may be mounted, and belong to root.
    kinds = [("/sys/fs/cgroup/memory", "memory.limit_in_bytes"), ("/sys/fs/cgroup", "memory.max")]
    most = chance.randint(40, 400) << 20
    for root, limit in kinds:
        group = Path(root, f"threadlab-{os.getpid()}")
        try:
            group.mkdir()
        except OSError:
            continue
        try:
            (group / limit).write_text(str(most))
        except OSError:
            group.rmdir()
            continue
        try:
            numbers = chance.randint(1_000_000, 100_000_000)
            variant = chance.choice(["alone", "threads", "processes"])
            run = ("sum", variant, f"numbers={numbers} numbers_from=list")
            refused_or_done(Started(binary, *command(run), before=lambda: (group / "cgroup.procs").write_text("0")))
        finally:
            group.rmdir()
        return
    raise NotTried("no control group for memory can be made here")


def refused_or_done(started):
    code, out, complaints = started.end()
    must(code in (0, 1, 2), f"exit code {code}: {complaints}")
    # A refusal goes to standard error, the failure of a run is its result.
    must(code == 0 or complaints.strip() or "failed: " in out, f"exit code {code} without a word: {out}")


def program_replaced(binary, folder, chance):
    """The program's file is removed or replaced while it runs: its runs go on, or say so."""
    own = folder / "replaced"
    own.unlink(missing_ok=True)
    shutil.copy(binary, own)
    started = Started(own, *command(("sum", "processes", "workers=4 numbers=1000000"), "--json", "--repeat", "20"))
    pause(chance, 0.3)
    own.unlink()
    if chance.random() < 0.5:
        own.write_text("#!/bin/sh\nexit 0\n")
        own.chmod(0o755)
    code, out, _ = started.end()
    outcomes = {run["outcome"] for run in runs(out)}
    must(outcomes == {"done"} and code == 0, f"exit code {code}, {outcomes}")


def bad_words(binary, folder, chance):
    """A command line that makes no sense is refused in words, with exit code 2."""
    letters = "0123456789abcdefxyz-=,._/ \u00e9\u94f6\uff11\u0661\U0001f980'\"\\\t"
    word = "".join(chance.choice(letters) for _ in range(chance.randint(1, 12))).replace("\0", "")
    demo, name = chance.choice([("sum", "workers"), ("bank_lock", "schedule"), ("switching_cost", "tasks"),
                                ("event_loop", "connections"), ("downloads", "max_seconds")])
    arguments = chance.choice([
        ("run", word), ("run", demo, "--variant", word), ("run", demo, "--set", word), ("--zoom", word), (word,),
        ("run", demo, "--set", f"{name}={word}", "--variant", word),
    ])
    code, out, complaints = Started(binary, *arguments).end()
    # Few words by chance make sense: then they ask for help, for the version, or for a window that has no display.
    must(code in (0, 1, 2), f"{arguments}: exit code {code}: {complaints}")
    must(code == 0 or complaints.strip(), f"{arguments}: exit code {code} without a word")


FAULTS = {
    fault.__name__: fault
    for fault in (worker_killed, hand_over_cut_short, worker_stopped, interrupted, interrupted_twice,
                  terminal_closed, program_killed, python_hangs, nobody_reads, trace_cut_short, trace_is_no_file,
                  disk_full, few_files, few_processes, little_memory, program_replaced, bad_words)
}


def try_once(name, binary, folder, seed, round_):
    """Tries a fault once; returns how a promise was broken, or None."""
    folder = folder / name
    folder.mkdir(exist_ok=True)
    try:
        FAULTS[name](binary, folder, random.Random(f"{seed} {name} {round_}"))
    except Broken as broken:
        return str(broken)
    return None
