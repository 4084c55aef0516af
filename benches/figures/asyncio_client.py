"""Many connections with Python's asyncio, as the variant `one_thread_async` of `event_loop` has them.

`asyncio_client.py PORT CONNECTIONS` asks the server at PORT on every connection and waits for all replies, on
one thread. Prints the seconds from before the first connection is opened until the last reply is in.

It does as Threadlab does, in the leanest way that asyncio offers (a `Protocol`, no streams): one byte each
way, bursts of which the last connection asks to be greeted, a reset at the end so that no port stays taken.
"""

import asyncio
import gc
import resource
import socket
import struct
import sys
import time

ASK, ASK_AND_GREET = b"?", b"!"
BURST = 1024
RESET = struct.pack("ii", 1, 0)


class Connection(asyncio.Protocol):
    def __init__(self, greet: bool, loop: asyncio.AbstractEventLoop):
        self.ready = loop.create_future()
        self.replied = loop.create_future()
        self.greet = greet

    def connection_made(self, transport: asyncio.Transport):
        self.transport = transport
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        transport.write(ASK_AND_GREET if self.greet else ASK)
        if not self.greet:
            self.ready.set_result(None)

    def data_received(self, data: bytes):
        if self.greet and not self.ready.done():
            self.ready.set_result(None)
            data = data[1:]
        if data:
            self.replied.set_result(None)
            self.transport.abort()

    def connection_lost(self, error: Exception | None):
        for future in (self.ready, self.replied):
            if not future.done():
                future.set_exception(error or ConnectionError("closed before its reply"))


async def collect(port: int, connections: int):
    loop = asyncio.get_running_loop()

    async def open_one(greet: bool) -> asyncio.Future:
        _, connection = await loop.create_connection(lambda: Connection(greet, loop), "127.0.0.1", port)
        await connection.ready
        return connection.replied

    replies = []
    for begin in range(0, connections, BURST):
        last = min(begin + BURST, connections) - 1
        replies += await asyncio.gather(*(open_one(number == last) for number in range(begin, last + 1)))
    await asyncio.gather(*replies)


def main():
    port, connections = map(int, sys.argv[1:])
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    # Looking for garbage among thousands of futures would take a good part of the time.
    gc.disable()
    begun = time.perf_counter()
    asyncio.run(collect(port, connections))
    print(time.perf_counter() - begun)


if __name__ == "__main__":
    main()
