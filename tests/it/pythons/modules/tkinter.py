"""Stands in for tkinter where there is no display: presses each button once, and prints what labels say."""

import time

buttons = []
timers = []


class Tk:
    def after(self, millis, function):
        timers.append((time.monotonic() + millis / 1000, function))

    def mainloop(self):
        for button in buttons:
            button.command()
        end = time.monotonic() + 1
        while timers and time.monotonic() < end:
            due, function = timers.pop(0)
            time.sleep(max(0, due - time.monotonic()))
            function()


class Label:
    def __init__(self, window, text):
        pass

    def config(self, text):
        print(text)

    def pack(self):
        pass


class Button:
    def __init__(self, window, text, command):
        self.command = command
        buttons.append(self)

    def config(self, state):
        assert state in ("normal", "disabled")

    def pack(self):
        pass
