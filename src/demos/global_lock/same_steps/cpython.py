import sys
from threading import Thread
from time import perf_counter

THREADS = 4  # param: threads
SECONDS = 2  # param: seconds


def count(end, sums):
    # Each counts for itself, and writes down its sum at the end.
    loops = 0
    while perf_counter() < end:
        for _ in range(1000):
            pass  # step: count
        loops += 1000
    sums.append(loops)


def run(threads):
    """Loops a second of all threads together."""
    begin, sums = perf_counter(), []
    counters = [
        Thread(target=count, args=(begin + SECONDS, sums))
        for _ in range(threads)
    ]
    for counter in counters:
        counter.start()
    for counter in counters:
        counter.join()
    return sum(sums) / (perf_counter() - begin)


# What ran is busy.py, which also tells how far it is.
print("Python", sys.version.split()[0])
alone = run(1)  # step: alone
together = run(THREADS)  # step: together
print(f"{together / alone:.2f} times the work of one thread")
