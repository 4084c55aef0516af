from multiprocessing import Process
from time import sleep

WORDS = 10  # param: words
GAP_MILLIS = 10  # param: gap_millis

counter = 0


def print_words(word):
    global counter
    while counter < WORDS:
        counter += 1
        print(word, flush=True)  # step: print
        sleep(GAP_MILLIS / 1000)  # step: pause


def main():
    processes = [
        Process(target=print_words, args=("Ping",)),
        Process(target=print_words, args=("Pong",)),
    ]
    for process in processes:
        process.start()  # step: spawn
    for process in processes:
        process.join()  # step: join


if __name__ == "__main__":
    main()
