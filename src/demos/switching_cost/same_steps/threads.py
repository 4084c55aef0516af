from threading import Barrier, Semaphore, Thread
from time import perf_counter

TASKS = [1, 16, 256, 1024, 4096]  # param: tasks
SLICE_MICROS = [1, 3, 10, 100, 1000]  # param: slice_micros
WORK_MILLIS = 1000  # param: work_millis
SUBJECTS = 5


def compute(loops):
    for _ in range(loops):
        pass


def share(gate, loops):
    gate.wait()  # step: start
    compute(loops)  # step: compute


def take_turns(me, turns, slices, loops):
    for _ in range(slices):
        turns[me].acquire()
        compute(loops)  # step: turns
        turns[(me + 1) % SUBJECTS].release()


def run(work, arguments):
    threads = [Thread(target=work, args=it) for it in arguments]
    begin = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return perf_counter() - begin


begin = perf_counter()
compute(1_000_000)  # step: prepare
loops = WORK_MILLIS * 1000 / (perf_counter() - begin)
for tasks in TASKS:
    part = (Barrier(tasks), int(loops / tasks))
    seconds = run(share, [part] * tasks)  # step: share
    print(f"{tasks} tasks took {seconds:.3f} s")
for micros in SLICE_MICROS:
    slices = max(1, WORK_MILLIS * 1000 // micros // SUBJECTS)
    turns = [Semaphore(me == 0) for me in range(SUBJECTS)]
    rest = (turns, slices, int(loops / slices / SUBJECTS))
    all_five = [(me, *rest) for me in range(SUBJECTS)]
    seconds = run(take_turns, all_five)  # step: turns
    print(f"slices of {micros} µs: {seconds:.3f} s")
