from multiprocessing.pool import ThreadPool
from time import perf_counter, sleep

WORKERS = [1, 2, 4, 8, 16, 32]  # param: workers
TASKS = 64  # param: tasks
TASK_MILLIS = 20  # param: task_millis


def wait(_):
    # As for a disk or for the network.
    sleep(TASK_MILLIS / 1000)  # step: wait


def measure(workers):
    # The threads are there before the clock begins.
    with ThreadPool(workers) as pool:  # step: spawn
        begin = perf_counter()
        # Who has done a task takes the next one.
        pool.map(wait, range(TASKS), chunksize=1)  # step: round
        return perf_counter() - begin


alone = measure(1)
for workers in WORKERS:
    seconds = alone if workers == 1 else measure(workers)
    print(f"{workers} workers: {alone / seconds:.2f} times as fast")
