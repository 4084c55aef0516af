import time
import tkinter
from queue import Empty, Queue
from threading import Thread

SECONDS = 10  # param: seconds


def work():
    # Runs on a thread of its own.
    time.sleep(SECONDS)  # step: download
    news.put("Download complete!")


def download():
    button.config(state="disabled")
    Thread(target=work, daemon=True).start()


def look_for_news():
    # Only the window's own thread may touch the window.
    try:
        notice.config(text=news.get(block=False))
        button.config(state="normal")
    except Empty:
        pass
    window.after(100, look_for_news)


def about():
    notice.config(text="Threadlab")


news = Queue()
window = tkinter.Tk()
notice = tkinter.Label(window, text="Click Download, then About.")
notice.pack()
button = tkinter.Button(window, text="Download", command=download)
button.pack()
tkinter.Button(window, text="About", command=about).pack()
look_for_news()
window.mainloop()
