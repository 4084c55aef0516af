from time import perf_counter

NUMBERS = 100_000_000  # param: numbers
NUMBERS_FROM = "generated"  # param: numbers_from


# In a function, as in the other programs: outside of one Python
# looks up names in a dictionary, which takes twice as long.
def add(numbers):
    total = 0
    for number in numbers:
        total += number  # step: add
    return total


begin = perf_counter()
numbers = range(1, NUMBERS + 1)
if NUMBERS_FROM == "list":
    numbers = list(numbers)  # step: prepare
print(add(numbers))  # step: collect
print(f"{perf_counter() - begin:.2f} s")
