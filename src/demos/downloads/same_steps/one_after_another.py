from random import randint
from time import perf_counter, sleep

FILES = 2  # param: files
MIN_SECONDS = 5  # param: min_seconds
MAX_SECONDS = 10  # param: max_seconds


def download(file):
    seconds = randint(MIN_SECONDS, MAX_SECONDS)
    # Sleeping stands in for waiting for the network.
    sleep(seconds)  # step: download
    print(f"{file} is there, it took {seconds:.1f} s")


begin = perf_counter()
for number in range(FILES):
    download(f"file-{number + 1}")
print(f"all are there after {perf_counter() - begin:.1f} s")
