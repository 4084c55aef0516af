from threading import Semaphore, Thread

SCHEDULES = ["ABABAB"]  # whose step is the next
AMOUNT = 1  # param: amount

done = Semaphore(0)


def deposit(gate):
    global balance
    gate.acquire()  # step: gate
    seen = balance  # step: read
    done.release()
    gate.acquire()  # step: gate
    pass  # step: wait
    done.release()
    gate.acquire()  # step: gate
    balance = seen + AMOUNT  # step: write
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
    print(f"{''.join(schedule)}: the balance is ¥{balance}")
