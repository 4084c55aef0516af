from time import perf_counter

NUMBERS = 100_000_000  # param: numbers
NUMBERS_FROM = "generated"  # param: numbers_from
HAND_OVER = "range"  # param: hand_over


# In a function, as in the other programs: outside of one Python
# looks up names in a dictionary, which takes twice as long.
def add(numbers):
    total = 0
    for number in numbers:
        total += number  # step: add
    return total


begin = perf_counter()
numbers = range(1, NUMBERS + 1)
# In memory first wherever processes are handed all of them.
if NUMBERS_FROM == "list" or HAND_OVER != "range":
    numbers = list(numbers)  # step: prepare
print(add(numbers))  # step: collect
print(f"{perf_counter() - begin:.2f} s")
