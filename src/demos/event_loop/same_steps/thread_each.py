import socket
from multiprocessing import Process, Queue
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from time import perf_counter, sleep, thread_time

CONNECTIONS = 100  # param: connections
REPLY_MILLIS = 100  # param: reply_millis
HANDLE_MILLIS = 0  # param: handle_millis


class Answer(StreamRequestHandler):
    def handle(self):
        self.rfile.read(1)
        sleep(REPLY_MILLIS / 1000)  # step: serve
        self.wfile.write(b"+")


def serve(addresses):
    ThreadingTCPServer.request_queue_size = CONNECTIONS
    with ThreadingTCPServer(("127.0.0.1", 0), Answer) as server:
        addresses.put(server.server_address)
        server.serve_forever()


def ask(address):
    with socket.create_connection(address) as connection:
        connection.sendall(b"?")
        connection.recv(1)  # step: wait
    # Only time for which this thread has a core counts.
    end = thread_time() + HANDLE_MILLIS / 1000
    while thread_time() < end:
        pass  # step: handle


def main():
    addresses = Queue()
    server = Process(target=serve, args=(addresses,), daemon=True)
    server.start()  # step: spawn
    address = addresses.get()
    begin = perf_counter()
    threads = []
    for _ in range(CONNECTIONS):
        thread = Thread(target=ask, args=(address,))
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    print(f"all replies after {perf_counter() - begin:.2f} s")


if __name__ == "__main__":
    main()
