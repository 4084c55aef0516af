from random import randint
from threading import Thread
from time import perf_counter, sleep

FILES = 2  # param: files
MIN_SECONDS = 5  # param: min_seconds
MAX_SECONDS = 10  # param: max_seconds


def download(file):
    seconds = randint(MIN_SECONDS, MAX_SECONDS)
    sleep(seconds)  # step: download
    print(f"{file} is there, it took {seconds:.1f} s")


begin = perf_counter()
threads = []
for number in range(FILES):
    name = f"file-{number + 1}"
    # A function, and what it is to be called with.
    thread = Thread(target=download, args=(name,))
    thread.start()  # step: spawn
    threads.append(thread)
for thread in threads:
    thread.join()  # step: join
print(f"all are there after {perf_counter() - begin:.1f} s")
