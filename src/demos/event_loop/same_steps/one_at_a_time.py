import socket
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from time import perf_counter, sleep

CONNECTIONS = 100  # param: connections
REPLY_MILLIS = 100  # param: reply_millis
HANDLE_MILLIS = 0  # param: handle_millis


class Answer(StreamRequestHandler):
    def handle(self):
        self.rfile.read(1)
        sleep(REPLY_MILLIS / 1000)  # step: serve
        self.wfile.write(b"+")


def ask(address):
    with socket.create_connection(address) as connection:
        connection.sendall(b"?")
        connection.recv(1)  # step: wait
    end = perf_counter() + HANDLE_MILLIS / 1000
    while perf_counter() < end:
        pass  # step: handle


ThreadingTCPServer.request_queue_size = CONNECTIONS
server = ThreadingTCPServer(("127.0.0.1", 0), Answer)
Thread(target=server.serve_forever).start()  # step: spawn

begin = perf_counter()
for _ in range(CONNECTIONS):
    ask(server.server_address)
print(f"all replies after {perf_counter() - begin:.2f} s")
server.shutdown()
