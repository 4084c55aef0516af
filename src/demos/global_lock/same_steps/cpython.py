import sys
from threading import Thread
from time import perf_counter

THREADS = 4  # param: threads
SECONDS = 2  # param: seconds


def count(loops, me):
    end = perf_counter() + SECONDS
    while perf_counter() < end:
        loops[me] += 1  # step: count


def run(threads):
    loops = [0] * threads
    counters = [
        Thread(target=count, args=(loops, me))
        for me in range(threads)
    ]
    for counter in counters:
        counter.start()
    for counter in counters:
        counter.join()
    return sum(loops)


# What ran is busy.py, which also tells how far it is.
print("Python", sys.version.split()[0])
alone = run(1)  # step: alone
together = run(THREADS)  # step: together
print(f"{together / alone:.2f} times the work of one thread")
