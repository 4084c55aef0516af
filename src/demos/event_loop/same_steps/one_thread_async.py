import asyncio
from multiprocessing import Process, Queue
from time import perf_counter, thread_time

CONNECTIONS = 100  # param: connections
REPLY_MILLIS = 100  # param: reply_millis
HANDLE_MILLIS = 0  # param: handle_millis


async def answer(reader, writer):
    await reader.read(1)
    await asyncio.sleep(REPLY_MILLIS / 1000)  # step: serve
    writer.write(b"+")
    writer.close()


async def serve(addresses):
    where = {"host": "127.0.0.1", "port": 0, "backlog": CONNECTIONS}
    server = await asyncio.start_server(answer, **where)
    addresses.put(server.sockets[0].getsockname())
    await server.serve_forever()


async def ask(host, port):
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(b"?")
    # The thread is given away until the reply is there.
    await reader.read(1)  # step: wait
    # Only time for which this thread has a core counts.
    end = thread_time() + HANDLE_MILLIS / 1000
    while thread_time() < end:
        pass  # step: handle
    writer.close()


async def collect(address):
    begin = perf_counter()
    asks = [ask(*address) for _ in range(CONNECTIONS)]
    # Goes from one coroutine that can go on to the next.
    await asyncio.gather(*asks)  # step: loop
    print(f"all replies after {perf_counter() - begin:.2f} s")


def run(coroutine, *arguments):
    asyncio.run(coroutine(*arguments))


if __name__ == "__main__":
    addresses = Queue()
    given = (serve, addresses)
    Process(target=run, args=given, daemon=True).start()  # step: spawn
    run(collect, addresses.get())
