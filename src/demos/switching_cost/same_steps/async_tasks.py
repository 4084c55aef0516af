import asyncio
from time import perf_counter

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


async def run(tasks):
    begin = perf_counter()
    await asyncio.gather(*tasks)
    return perf_counter() - begin


begin = perf_counter()
compute(1_000_000)  # step: prepare
loops = WORK_MILLIS * 1000 / (perf_counter() - begin)
for count in TASKS:
    tasks = [share(int(loops / count)) for _ in range(count)]
    seconds = asyncio.run(run(tasks))  # step: share
    print(f"{count} tasks took {seconds:.3f} s")
for micros in SLICE_MICROS:
    slices = max(1, WORK_MILLIS * 1000 // micros // SUBJECTS)
    part = int(loops / slices / SUBJECTS)
    tasks = [take_turns(slices, part) for _ in range(SUBJECTS)]
    seconds = asyncio.run(run(tasks))  # step: turns
    print(f"slices of {micros} µs: {seconds:.3f} s")
