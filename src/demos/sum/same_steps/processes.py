from multiprocessing import Process, Queue, RawArray
from time import perf_counter

NUMBERS = 100_000_000  # param: numbers
WORKERS = 8  # param: workers
POOL = 0  # param: pool
NUMBERS_FROM = "generated"  # param: numbers_from
HAND_OVER = "range"  # param: hand_over


def work(parts, sums, shared):
    # Takes parts until there are no more.
    for part in iter(parts.get, None):
        if HAND_OVER == "shared_memory":
            part = shared[part.start - 1:part.stop - 1]
        elif HAND_OVER == "range" and NUMBERS_FROM == "list":
            part = list(part)  # step: prepare
        total = 0
        for number in part:
            total += number  # step: add
        sums.put(total)


def main():
    begin = perf_counter()
    numbers = range(1, NUMBERS + 1)
    has_list = HAND_OVER != "range" and NUMBERS_FROM == "list"
    if has_list or HAND_OVER == "pipe":
        numbers = list(numbers)  # step: prepare
    shared = None
    if HAND_OVER == "shared_memory":
        shared = RawArray("Q", NUMBERS)
        shared[:] = numbers  # step: hand_over

    parts, sums = Queue(), Queue()
    given = (parts, sums, shared)
    workers = []
    for _ in range(WORKERS):
        workers.append(Process(target=work, args=given))
        workers[-1].start()  # step: spawn

    # A range travels as two numbers, a list number by number.
    count = max(WORKERS, POOL)
    cuts = [NUMBERS * index // count for index in range(count + 1)]
    for first, end in zip(cuts, cuts[1:]):
        part = range(first + 1, end + 1)
        if HAND_OVER == "pipe":
            part = numbers[first:end]
        parts.put(part)  # step: hand_over
    for _ in range(WORKERS):
        parts.put(None)

    print(sum(sums.get() for _ in range(count)))  # step: collect
    print(f"{perf_counter() - begin:.2f} s")
    for worker in workers:
        worker.join()


if __name__ == "__main__":
    main()
