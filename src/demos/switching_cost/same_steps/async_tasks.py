import asyncio
import os
from time import perf_counter, thread_time

TASKS = [1, 16, 256, 1024, 4096]  # param: tasks
SLICE_MICROS = [1, 3, 10, 100, 1000]  # param: slice_micros
WORK_MILLIS = 1000  # param: work_millis
SUBJECTS = 5


def compute(loops):
    for _ in range(loops):
        pass


async def share(loops):
    compute(loops)  # it never awaits


async def take_turns(slices, loops):
    for _ in range(slices):
        compute(loops)
        # The others, one after another, then this one again.
        await asyncio.sleep(0)


async def run(work, count, *arguments):
    begin = perf_counter()
    await asyncio.gather(*(work(*arguments) for _ in range(count)))
    return perf_counter() - begin


# One core for all of them, where the system lets us choose.
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
begin = thread_time()
compute(1_000_000)  # step: prepare
loops = WORK_MILLIS * 1000 / (thread_time() - begin)
for count in TASKS:
    part = int(loops / count)
    seconds = asyncio.run(run(share, count, part))  # step: share
    print(f"{count} tasks took {seconds:.3f} s")
for micros in SLICE_MICROS:
    slices = WORK_MILLIS * 1000 // micros // SUBJECTS
    if slices < 2:
        break  # too long to take turns
    part = int(loops / slices / SUBJECTS)
    turned = run(take_turns, SUBJECTS, slices, part)
    seconds = asyncio.run(turned)  # step: turns
    print(f"slices of {micros} µs: {seconds:.3f} s")
