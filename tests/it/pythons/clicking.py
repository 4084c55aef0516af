"""Runs a program that has a window, and clicks what it shows as a hand does: Download, and About while that goes on.

Prints what the window's label says, one text a line, and ends when it has said two.
"""

import runpy
import sys
import time
import tkinter
from threading import Event, Thread

from Xlib import X
from Xlib.display import Display
from Xlib.ext.xtest import fake_input

download_began = Event()
buttons = []
said = []


def sleep(seconds, sleep=time.sleep):
    download_began.set()
    sleep(seconds)


class Label(tkinter.Label):
    def config(self, **options):
        super().config(**options)
        print(options["text"], flush=True)
        said.append(options["text"])
        if len(said) == 2:
            self.after_idle(self.quit)


class Button(tkinter.Button):
    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        buttons.append(self)


def mainloop(window, mainloop=tkinter.Tk.mainloop):
    window.update()
    places = {
        button["text"]: (
            button.winfo_rootx() + button.winfo_width() // 2,
            button.winfo_rooty() + button.winfo_height() // 2,
        )
        for button in buttons
    }
    Thread(target=click_both, args=(places,), daemon=True).start()
    mainloop(window)


def click_both(places):
    display = Display()
    click(display, places["Download"])
    download_began.wait()
    click(display, places["About"])


def click(display, place):
    x, y = place
    fake_input(display, X.MotionNotify, x=x, y=y)
    fake_input(display, X.ButtonPress, 1)
    fake_input(display, X.ButtonRelease, 1)
    display.sync()


time.sleep = sleep
tkinter.Label, tkinter.Button, tkinter.Tk.mainloop = Label, Button, mainloop
runpy.run_path(sys.argv[1], run_name="__main__")
