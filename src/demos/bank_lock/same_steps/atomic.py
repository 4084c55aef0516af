from itertools import count
from random import sample  # if: failing
from threading import Thread
from time import sleep

THREADS = 100  # param: threads
AMOUNT = 1  # param: amount
GAP_MILLIS = 10  # param: gap_millis
FAILING = 0  # param: failing  # if: failing

# Python has no atomic number. In CPython a counter's next()
# is one step that no other thread can come between.
balances = count(AMOUNT, AMOUNT)
lots = sample(range(THREADS), THREADS)  # if: failing


def deposit():
    sleep(GAP_MILLIS / 1000)  # step: wait
    if lots.pop() < FAILING:  # if: failing
        raise RuntimeError("it fails half-way")  # if: failing
    next(balances)  # step: add


threads = [Thread(target=deposit) for _ in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"the balance is ¥{next(balances) - AMOUNT}")
