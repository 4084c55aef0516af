from itertools import count
from threading import Thread
from time import sleep

THREADS = 100  # param: threads
AMOUNT = 1  # param: amount
GAP_MILLIS = 10  # param: gap_millis

# Python has no atomic number. In CPython a counter's next()
# is one step that no other thread can come between.
balances = count(AMOUNT, AMOUNT)


def deposit():
    sleep(GAP_MILLIS / 1000)  # step: wait
    next(balances)  # step: add


threads = [Thread(target=deposit) for _ in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"the balance is ¥{next(balances) - AMOUNT}")
