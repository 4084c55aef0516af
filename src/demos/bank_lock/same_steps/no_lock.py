from random import sample  # if: failing
from threading import Thread
from time import sleep

THREADS = 100  # param: threads
AMOUNT = 1  # param: amount
GAP_MILLIS = 10  # param: gap_millis
FAILING = 0  # param: failing  # if: failing

balance = 0
lots = sample(range(THREADS), THREADS)  # if: failing


def deposit():
    global balance
    seen = balance  # step: read
    sleep(GAP_MILLIS / 1000)  # step: wait
    if lots.pop() < FAILING:  # if: failing
        raise RuntimeError("it fails half-way")  # if: failing
    balance = seen + AMOUNT  # step: write


threads = [Thread(target=deposit) for _ in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"the balance is ¥{balance}")
