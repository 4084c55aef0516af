import time
import tkinter

SECONDS = 10  # param: seconds


def download():
    # Called by the thread that draws the window.
    time.sleep(SECONDS)  # step: download
    notice.config(text="Download complete!")


def about():
    notice.config(text="Threadlab")


window = tkinter.Tk()
notice = tkinter.Label(window, text="Click Download, then About.")
notice.pack()
for name, clicked in (("Download", download), ("About", about)):
    tkinter.Button(window, text=name, command=clicked).pack()

# Waits for clicks, calls what was clicked, and draws.
window.mainloop()
