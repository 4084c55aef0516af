from random import sample  # if: failing
from threading import Lock, Thread
from time import sleep

THREADS = 100  # param: threads
AMOUNT = 1  # param: amount
GAP_MILLIS = 10  # param: gap_millis
FAILING = 0  # param: failing  # if: failing

balance = 0
lock = Lock()
lots = sample(range(THREADS), THREADS)  # if: failing


def deposit():
    global balance
    sleep(GAP_MILLIS / 1000)  # step: wait
    # Only reading and writing need the lock.
    with lock:  # step: lock
        seen = balance  # step: read
        if lots.pop() < FAILING:  # if: failing
            raise RuntimeError("it fails half-way")  # if: failing
        balance = seen + AMOUNT  # step: write


threads = [Thread(target=deposit) for _ in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"the balance is ¥{balance}")
