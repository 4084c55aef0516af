from time import perf_counter

NUMBERS = 100_000_000  # param: numbers
NUMBERS_FROM = "generated"  # param: numbers_from

begin = perf_counter()
numbers = range(1, NUMBERS + 1)
if NUMBERS_FROM == "list":
    numbers = list(numbers)  # step: prepare

total = 0
for number in numbers:
    total += number  # step: add

print(total)  # step: collect
print(f"{perf_counter() - begin:.2f} s")
