from multiprocessing import Process, Value
from time import sleep

WORDS = 10  # param: words
GAP_MILLIS = 10  # param: gap_millis


def print_words(word, counter):
    while True:
        # Looking and counting on must be one step.
        with counter.get_lock():
            if counter.value >= WORDS:
                return
            counter.value += 1
        print(word, flush=True)  # step: print
        sleep(GAP_MILLIS / 1000)  # step: pause


def main():
    # A number in memory that both processes see.
    counter = Value("i", 0)
    processes = [
        Process(target=print_words, args=("Ping", counter)),
        Process(target=print_words, args=("Pong", counter)),
    ]
    for process in processes:
        process.start()  # step: spawn
    for process in processes:
        process.join()  # step: join


if __name__ == "__main__":
    main()
