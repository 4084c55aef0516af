from threading import Semaphore, Thread
from time import perf_counter

THREADS = 4  # param: threads
SECONDS = 2  # param: seconds
SWITCH_MILLIS = 5  # param: switch_millis


def count(me, turns, loops):
    end = perf_counter() + SECONDS
    is_over = False
    while not is_over:
        # Who has the one key may count for a while.
        turns[me].acquire()  # step: wait
        until = perf_counter() + SWITCH_MILLIS / 1000
        while perf_counter() < until:
            loops[me] += 1  # step: count
        is_over = perf_counter() > end
        turns[(me + 1) % len(turns)].release()


def run(threads):
    turns = [Semaphore(0) for _ in range(threads)]
    loops = [0] * threads
    counters = [
        Thread(target=count, args=(me, turns, loops))
        for me in range(threads)
    ]
    for counter in counters:
        counter.start()
    turns[0].release()
    for counter in counters:
        counter.join()
    return sum(loops)


alone = run(1)  # step: alone
together = run(THREADS)  # step: together
print(f"{together / alone:.2f} times the work of one thread")
