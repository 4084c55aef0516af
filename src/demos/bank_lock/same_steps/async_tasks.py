import asyncio
from random import sample  # if: failing

DEPOSITS = 100  # param: threads
AMOUNT = 1  # param: amount
GAP_MILLIS = 10  # param: gap_millis
AWAIT_INSIDE = False  # param: await_inside
FAILING = 0  # param: failing  # if: failing

balance = 0
lots = sample(range(DEPOSITS), DEPOSITS)  # if: failing


async def wait():
    # Meanwhile the one thread does other coroutines' work.
    await asyncio.sleep(GAP_MILLIS / 1000)  # step: wait


async def deposit():
    global balance
    if not AWAIT_INSIDE:
        await wait()
    seen = balance  # step: read
    if AWAIT_INSIDE:
        await wait()
    if lots.pop() < FAILING:  # if: failing
        raise RuntimeError("it fails half-way")  # if: failing
    balance = seen + AMOUNT  # step: write


async def main():
    deposits = [deposit() for _ in range(DEPOSITS)]
    # One that fails leaves the others alone.
    await asyncio.gather(*deposits, return_exceptions=True)


asyncio.run(main())
print(f"the balance is ¥{balance}")
