from random import randint
from threading import Thread
from time import perf_counter, sleep

FILES = 2  # param: files
MIN_SECONDS = 5  # param: min_seconds
MAX_SECONDS = 10  # param: max_seconds


class Download(Thread):
    """A thread that knows which file it is for."""

    def __init__(self, number):
        super().__init__(name=f"file-{number}")
        self.seconds = randint(MIN_SECONDS, MAX_SECONDS)

    def run(self):
        # start() makes the thread, and the thread calls this.
        sleep(self.seconds)  # step: download
        print(f"{self.name} took {self.seconds:.1f} s")


begin = perf_counter()
downloads = [Download(number + 1) for number in range(FILES)]
for download in downloads:
    download.start()  # step: spawn
for download in downloads:
    download.join()  # step: join
print(f"all are there after {perf_counter() - begin:.1f} s")
