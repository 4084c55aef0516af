import asyncio

DEPOSITS = 100  # param: threads
AMOUNT = 1  # param: amount
GAP_MILLIS = 10  # param: gap_millis
AWAIT_INSIDE = False  # param: await_inside

balance = 0


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
    balance = seen + AMOUNT  # step: write


async def main():
    await asyncio.gather(*(deposit() for _ in range(DEPOSITS)))


asyncio.run(main())
print(f"the balance is ¥{balance}")
