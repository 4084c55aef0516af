from threading import Lock, Semaphore, Thread

SCHEDULE = "AAAABBBB"  # whose step is the next
AMOUNT = 1  # param: amount

balance = 0
lock = Lock()
gates = {name: Semaphore(0) for name in SCHEDULE}
done = Semaphore(0)


def deposit(gate):
    global balance
    gate.acquire()  # step: gate
    lock.acquire()  # step: lock
    done.release()
    gate.acquire()  # step: gate
    seen = balance  # step: read
    done.release()
    gate.acquire()  # step: gate
    balance = seen + AMOUNT  # step: write
    done.release()
    gate.acquire()  # step: gate
    lock.release()  # step: unlock
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
print(f"the balance is ¥{balance}")
