import asyncio
from multiprocessing import Process, cpu_count
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
    await reader.read(1)  # step: wait
    end = perf_counter() + HANDLE_MILLIS / 1000
    while perf_counter() < end:
        pass  # step: handle
    writer.close()


async def collect(address, count):
    asks = [ask(*address) for _ in range(count)]
    await asyncio.gather(*asks)  # step: loop


def wait(address, count):
    asyncio.run(collect(address, count))


async def main():
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    address = server.sockets[0].getsockname()
    cores = min(cpu_count(), CONNECTIONS)
    waiting = []
    for core in range(cores):
        count = (CONNECTIONS + core) // cores
        waiting.append(Process(target=wait, args=(address, count)))
    begin = perf_counter()
    for process in waiting:
        process.start()  # step: spawn
    for process in waiting:
        # join() would stop the server, which is in this thread.
        await asyncio.to_thread(process.join)
    print(f"all replies after {perf_counter() - begin:.2f} s")


if __name__ == "__main__":
    asyncio.run(main())
