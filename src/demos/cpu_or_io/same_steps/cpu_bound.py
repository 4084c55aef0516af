from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

WORKERS = [1, 2, 4, 8, 16, 32]  # param: workers
TASKS = 64  # param: tasks
TASK_MILLIS = 20  # param: task_millis


def compute(loops):
    for _ in range(loops):
        pass  # step: compute


def measure(workers, loops):
    # Who has done a task takes the next one.
    with ThreadPoolExecutor(workers) as pool:  # step: spawn
        begin = perf_counter()
        for _ in pool.map(compute, [loops] * TASKS):
            pass  # step: round
        return perf_counter() - begin


begin = perf_counter()
compute(1_000_000)  # step: prepare
loops = int(TASK_MILLIS * 1000 / (perf_counter() - begin))
alone = measure(1, loops)
for workers in WORKERS:
    speedup = alone / measure(workers, loops)
    print(f"{workers} workers: {speedup:.2f} times as fast")
# Threads of most Pythons compute one at a time, see demo 5:
# there ProcessPoolExecutor is what uses all cores.
