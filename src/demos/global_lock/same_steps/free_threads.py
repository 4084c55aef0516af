from threading import Thread
from time import perf_counter

THREADS = 4  # param: threads
SECONDS = 2  # param: seconds


class Counter(Thread):
    def run(self):
        # Nothing here waits for another thread. Whether
        # Python makes it wait all the same: see "Python".
        self.loops = 0
        end = perf_counter() + SECONDS
        while perf_counter() < end:
            self.loops += 1  # step: count


def count(threads):
    counters = [Counter() for _ in range(threads)]
    for counter in counters:
        counter.start()
    for counter in counters:
        counter.join()
    return sum(counter.loops for counter in counters)


alone = count(1)  # step: alone
together = count(THREADS)  # step: together
print(f"{together / alone:.2f} times the work of one thread")
