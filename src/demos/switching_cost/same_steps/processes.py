import os
from multiprocessing import Barrier, Process, Semaphore
from time import perf_counter, thread_time

TASKS = [1, 16, 256, 1024, 4096]  # param: tasks
SLICE_MICROS = [1, 3, 10, 100, 1000]  # param: slice_micros
WORK_MILLIS = 1000  # param: work_millis
SUBJECTS = 5


def compute(loops):
    for _ in range(loops):
        pass


def share(gate, _, loops):
    gate.wait()  # step: start
    compute(loops)  # step: compute
    gate.wait()


def take_turns(gate, me, turns, slices, loops):
    gate.wait()
    for _ in range(slices):
        turns[me].acquire()
        compute(loops)  # step: turns
        turns[(me + 1) % SUBJECTS].release()
    gate.wait()


def run(count, work, *rest):
    gate = Barrier(count + 1)
    tasks = []
    begin = perf_counter()
    for me in range(count):
        tasks.append(Process(target=work, args=(gate, me, *rest)))
        tasks[-1].start()
    gate.wait()
    ready = perf_counter()
    gate.wait()
    end = perf_counter()
    for task in tasks:
        task.join()
    return end - begin, end - ready


def main():
    # One core for all of them, where the system lets us choose.
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
    begin = thread_time()
    compute(1_000_000)  # step: prepare
    loops = WORK_MILLIS * 1000 / (thread_time() - begin)
    for count in TASKS:
        if count > 500:
            break  # more would need too many open files
        part = int(loops / count)
        seconds, _ = run(count, share, part)  # step: share
        print(f"{count} tasks took {seconds:.3f} s")
    for micros in SLICE_MICROS:
        slices = WORK_MILLIS * 1000 // micros // SUBJECTS
        if slices < 2:
            break  # too long to take turns
        part = int(loops / slices / SUBJECTS)
        turns = [Semaphore(me == 0) for me in range(SUBJECTS)]
        given = (turns, slices, part)
        _, seconds = run(SUBJECTS, take_turns, *given)  # step: turns
        print(f"slices of {micros} µs: {seconds:.3f} s")


if __name__ == "__main__":
    main()
