from queue import Queue
from threading import Thread
from time import perf_counter

NUMBERS = 100_000_000  # param: numbers
WORKERS = 8  # param: workers
POOL = 0  # param: pool
NUMBERS_FROM = "generated"  # param: numbers_from


def work(parts, sums):
    # Takes parts until there are no more.
    for part in iter(parts.get, None):
        total = 0
        for number in part:
            total += number  # step: add
        sums.put(total)


begin = perf_counter()
numbers = range(1, NUMBERS + 1)
if NUMBERS_FROM == "list":
    numbers = list(numbers)  # step: prepare

parts, sums = Queue(), Queue()
for _ in range(WORKERS):
    Thread(target=work, args=(parts, sums)).start()  # step: spawn

count = max(WORKERS, POOL)
cuts = [NUMBERS * index // count for index in range(count + 1)]
for first, end in zip(cuts, cuts[1:]):
    parts.put(numbers[first:end])  # step: hand_over
for _ in range(WORKERS):
    parts.put(None)

print(sum(sums.get() for _ in range(count)))  # step: collect
print(f"{perf_counter() - begin:.2f} s")
# Threads of most Pythons compute one at a time, see demo 5.
