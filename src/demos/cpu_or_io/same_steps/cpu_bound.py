from multiprocessing.pool import ThreadPool
from time import perf_counter, thread_time

WORKERS = [1, 2, 4, 8, 16, 32]  # param: workers
TASKS = 64  # param: tasks
TASK_MILLIS = 20  # param: task_millis


def compute(loops):
    for _ in range(loops):
        pass  # step: compute


def measure(workers, loops):
    # The threads are there before the clock begins.
    with ThreadPool(workers) as pool:  # step: spawn
        begin = perf_counter()
        # Who has done a task takes the next one.
        pool.map(compute, [loops] * TASKS, chunksize=1)  # step: round
        return perf_counter() - begin


begin = thread_time()
compute(1_000_000)  # step: prepare
loops = int(TASK_MILLIS * 1000 / (thread_time() - begin))
alone = measure(1, loops)
for workers in WORKERS:
    seconds = alone if workers == 1 else measure(workers, loops)
    print(f"{workers} workers: {alone / seconds:.2f} times as fast")
# Threads of most Pythons compute one at a time, see demo 5: there
# Pool instead of ThreadPool, of processes, is what uses all cores.
