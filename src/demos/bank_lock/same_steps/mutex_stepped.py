from threading import Lock, Semaphore, Thread

SCHEDULES = ["AAAABBBB"]  # whose step is the next
AMOUNT = 1  # param: amount

lock = Lock()
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


for schedule in SCHEDULES:
    balance = 0
    gates = {name: Semaphore(0) for name in schedule}
    threads = [
        Thread(target=deposit, args=(gate,))
        for gate in gates.values()
    ]
    for thread in threads:
        thread.start()
    for name in schedule:
        # Opens one gate, and waits until that step is done.
        gates[name].release()
        done.acquire()
    for thread in threads:
        thread.join()
    print(f"{schedule}: the balance is ¥{balance}")
