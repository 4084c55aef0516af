from multiprocessing import Process, Queue
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


def main():
    begin = perf_counter()
    numbers = range(1, NUMBERS + 1)
    if NUMBERS_FROM == "list":
        numbers = list(numbers)  # step: prepare

    parts, sums = Queue(), Queue()
    for _ in range(WORKERS):
        Process(target=work, args=(parts, sums)).start()  # step: spawn

    # A range travels as two numbers, a list number by number.
    count = max(WORKERS, POOL)
    cuts = [NUMBERS * index // count for index in range(count + 1)]
    for first, end in zip(cuts, cuts[1:]):
        parts.put(numbers[first:end])  # step: hand_over
    for _ in range(WORKERS):
        parts.put(None)

    print(sum(sums.get() for _ in range(count)))  # step: collect
    print(f"{perf_counter() - begin:.2f} s")


if __name__ == "__main__":
    main()
