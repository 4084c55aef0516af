from itertools import count
from threading import Semaphore, Thread

SCHEDULE = "ABAB"  # whose step is the next
AMOUNT = 1  # param: amount

balances = count(AMOUNT, AMOUNT)
gates = {name: Semaphore(0) for name in SCHEDULE}
done = Semaphore(0)


def deposit(gate):
    gate.acquire()  # step: gate
    pass  # step: wait
    done.release()
    gate.acquire()  # step: gate
    next(balances)  # step: add
    done.release()


threads = [
    Thread(target=deposit, args=(gate,))
    for gate in gates.values()
]
for thread in threads:
    thread.start()
for name in SCHEDULE:
    # Opens one gate, and waits until that step is done.
    gates[name].release()
    done.acquire()
for thread in threads:
    thread.join()
print(f"the balance is ¥{next(balances) - AMOUNT}")
