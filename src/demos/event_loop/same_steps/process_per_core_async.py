import asyncio
from multiprocessing import Barrier, Process, Queue, cpu_count
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
    await reader.read(1)  # step: wait
    # Only time for which this thread has a core counts.
    end = thread_time() + HANDLE_MILLIS / 1000
    while thread_time() < end:
        pass  # step: handle
    writer.close()


async def collect(address, count, gate):
    gate.wait()
    asks = [ask(*address) for _ in range(count)]
    await asyncio.gather(*asks)  # step: loop
    gate.wait()


def run(coroutine, *arguments):
    asyncio.run(coroutine(*arguments))


def main():
    addresses = Queue()
    given = (serve, addresses)
    Process(target=run, args=given, daemon=True).start()
    address = addresses.get()
    cores = min(cpu_count(), CONNECTIONS)
    gate = Barrier(cores + 1)
    for core in range(cores):
        count = (CONNECTIONS + core) // cores
        given = (collect, address, count, gate)
        Process(target=run, args=given).start()  # step: spawn
    gate.wait()  # All processes are there,
    begin = perf_counter()
    gate.wait()  # and all replies.
    print(f"all replies after {perf_counter() - begin:.2f} s")


if __name__ == "__main__":
    main()
