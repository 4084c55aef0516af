import asyncio
from random import randint
from time import perf_counter

FILES = 2  # param: files
MIN_SECONDS = 5  # param: min_seconds
MAX_SECONDS = 10  # param: max_seconds


async def download(file):
    seconds = randint(MIN_SECONDS, MAX_SECONDS)
    # At an await the thread is free for other coroutines.
    await asyncio.sleep(seconds)  # step: download
    print(f"{file} is there, it took {seconds:.1f} s")


async def main():
    files = [f"file-{number + 1}" for number in range(FILES)]
    await asyncio.gather(*map(download, files))


begin = perf_counter()
# The event loop: this one thread runs all coroutines.
asyncio.run(main())  # step: loop
print(f"all are there after {perf_counter() - begin:.1f} s")
