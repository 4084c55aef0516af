from queue import Queue
from threading import Thread
from time import perf_counter

NUMBERS = 100_000_000  # param: numbers
WORKERS = 8  # param: workers
POOL = 0  # param: pool
NUMBERS_FROM = "generated"  # param: numbers_from
HAND_OVER = "range"  # param: hand_over


def work(numbers, parts, sums):
    # Takes parts until there are no more.
    for first, end in iter(parts.get, None):
        total = 0
        for number in numbers[first:end]:
            total += number  # step: add
        sums.put(total)


begin = perf_counter()
numbers = range(1, NUMBERS + 1)
# In memory first wherever processes are handed all of them.
if NUMBERS_FROM == "list" or HAND_OVER != "range":
    numbers = list(numbers)  # step: prepare

parts, sums = Queue(), Queue()
given = (numbers, parts, sums)
for _ in range(WORKERS):
    Thread(target=work, args=given).start()  # step: spawn

# All threads see the numbers: where a part begins and ends will do.
count = max(WORKERS, POOL)
cuts = [NUMBERS * index // count for index in range(count + 1)]
for first, end in zip(cuts, cuts[1:]):
    parts.put((first, end))  # step: hand_over
for _ in range(WORKERS):
    parts.put(None)

print(sum(sums.get() for _ in range(count)))  # step: collect
print(f"{perf_counter() - begin:.2f} s")
# Threads of most Pythons compute one at a time, see demo 5.
