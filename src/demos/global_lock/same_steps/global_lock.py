from threading import Condition, Lock, Thread
from time import perf_counter

THREADS = 4  # param: threads
SECONDS = 2  # param: seconds
SWITCH_MILLIS = 5  # param: switch_millis


class Gil:
    def __init__(self):
        lock = Lock()
        self.free, self.taken = Condition(lock), Condition(lock)
        self.is_held = self.is_wanted = False
        self.takings = 0

    def take(self):
        with self.free:
            while self.is_held:
                before = self.takings
                self.free.wait(SWITCH_MILLIS / 1000)  # step: wait
                # Was it the same holder all the time?
                if self.is_held and self.takings == before:
                    self.is_wanted = True
            self.is_held, self.is_wanted = True, False
            self.takings += 1
            self.taken.notify_all()

    def let_go(self):
        with self.free:
            mine, self.is_held = self.takings, False
            self.free.notify()
            # Who asked has it next: this one waits until then.
            while self.is_wanted and self.takings == mine:
                self.taken.wait()


def count(gil, end, sums):
    loops = 0
    while perf_counter() < end:
        gil.take()
        while not gil.is_wanted and perf_counter() < end:
            for _ in range(1000):
                pass  # step: count
            loops += 1000
        gil.let_go()
    sums.append(loops)


def run(threads):
    """Loops a second of all threads together."""
    begin, sums, counters = perf_counter(), [], []
    given = (Gil(), begin + SECONDS, sums)
    for _ in range(threads):
        counters.append(Thread(target=count, args=given))
        counters[-1].start()
    for counter in counters:
        counter.join()
    return sum(sums) / (perf_counter() - begin)


alone = run(1)  # step: alone
together = run(THREADS)  # step: together
print(f"{together / alone:.2f} times the work of one thread")
