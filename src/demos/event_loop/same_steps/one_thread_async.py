import asyncio
from time import perf_counter

CONNECTIONS = 100  # param: connections
REPLY_MILLIS = 100  # param: reply_millis
HANDLE_MILLIS = 0  # param: handle_millis


async def answer(reader, writer):
    await reader.read(1)
    await asyncio.sleep(REPLY_MILLIS / 1000)  # step: serve
    writer.write(b"+")
    writer.close()


async def ask(host, port):
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(b"?")
    # The thread is given away until the reply is there.
    await reader.read(1)  # step: wait
    end = perf_counter() + HANDLE_MILLIS / 1000
    while perf_counter() < end:
        pass  # step: handle
    writer.close()


async def main():
    # Here the server is in the same thread.
    start = asyncio.start_server
    server = await start(answer, "127.0.0.1", 0)  # step: spawn
    address = server.sockets[0].getsockname()
    begin = perf_counter()
    asks = [ask(*address) for _ in range(CONNECTIONS)]
    # Goes from one coroutine that can go on to the next.
    await asyncio.gather(*asks)  # step: loop
    print(f"all replies after {perf_counter() - begin:.2f} s")


asyncio.run(main())
