from multiprocessing import Process, Queue
from queue import Empty, Full
from random import uniform
from time import sleep

PUTS_EACH = 7  # param: puts_each
TAKES = 10  # param: takes
CAPACITY = 0  # param: capacity
PAUSE_MAX = 1000  # param: put_pause_max_millis
TAKE_STARTS = "after_puts"  # param: take_starts
PUT_WAITS = -1  # param: put_timeout_millis
TAKE_WAITS = -1  # param: take_timeout_millis


def patience(millis):
    """Whether to wait at all, and how long at most."""
    return millis != 0, millis / 1000 if millis > 0 else None


def put(queue, word):
    for _ in range(PUTS_EACH):
        try:
            queue.put(word, *patience(PUT_WAITS))  # step: put, room
        except Full:
            print(f"{word}: refused, the queue is full")
        sleep(uniform(0, PAUSE_MAX / 1000))  # step: pause


def take(queue):
    for _ in range(TAKES):
        try:
            word = queue.get(*patience(TAKE_WAITS))  # step: take, word
            print(word)
        except Empty:
            print("refused, the queue is empty")


def main():
    queue = Queue(CAPACITY)  # 0: as many as memory holds
    processes = [
        Process(target=put, args=(queue, "Ping")),
        Process(target=put, args=(queue, "Pong")),
    ]
    if TAKE_STARTS == "at_once":
        processes.append(Process(target=take, args=(queue,)))
    for process in processes:
        process.start()  # step: spawn
    for process in processes:
        process.join()  # step: join
    if TAKE_STARTS == "after_puts":
        take(queue)


if __name__ == "__main__":
    main()
