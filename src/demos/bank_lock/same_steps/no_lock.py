from threading import Thread
from time import sleep

THREADS = 100  # param: threads
AMOUNT = 1  # param: amount
GAP_MILLIS = 10  # param: gap_millis

balance = 0


def deposit():
    global balance
    seen = balance  # step: read
    sleep(GAP_MILLIS / 1000)  # step: wait
    balance = seen + AMOUNT  # step: write


threads = [Thread(target=deposit) for _ in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"the balance is ¥{balance}")
