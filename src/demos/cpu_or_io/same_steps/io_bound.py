from concurrent.futures import ThreadPoolExecutor
from time import perf_counter, sleep

WORKERS = [1, 2, 4, 8, 16, 32]  # param: workers
TASKS = 64  # param: tasks
TASK_MILLIS = 20  # param: task_millis


def wait(_):
    # As for a disk or for the network.
    sleep(TASK_MILLIS / 1000)  # step: wait


def measure(workers):
    # Who has done a task takes the next one.
    with ThreadPoolExecutor(workers) as pool:  # step: spawn
        begin = perf_counter()
        for _ in pool.map(wait, range(TASKS)):
            pass  # step: round
        return perf_counter() - begin


alone = measure(1)
for workers in WORKERS:
    speedup = alone / measure(workers)
    print(f"{workers} workers: {speedup:.2f} times as fast")
