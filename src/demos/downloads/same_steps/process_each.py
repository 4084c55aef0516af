from multiprocessing import Process
from os import getpid
from random import randint
from time import perf_counter, sleep

FILES = 2  # param: files
MIN_SECONDS = 5  # param: min_seconds
MAX_SECONDS = 10  # param: max_seconds


def download(file):
    seconds = randint(MIN_SECONDS, MAX_SECONDS)
    sleep(seconds)  # step: download
    print(f"{file}: process {getpid()} took {seconds:.1f} s")


def main():
    begin = perf_counter()
    processes = []
    for number in range(FILES):
        name = f"file-{number + 1}"
        process = Process(target=download, args=(name,))
        process.start()  # step: spawn
        processes.append(process)
    for process in processes:
        process.join()  # step: join
    print(f"all are there after {perf_counter() - begin:.1f} s")


# A new process may read this file again: only the first one
# is "__main__" and starts others.
if __name__ == "__main__":
    main()
