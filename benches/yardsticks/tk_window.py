"""The least that a window made with tkinter can be, as large as Threadlab's: the lesson's own way."""

import tkinter

window = tkinter.Tk()
window.geometry("1280x800")
tkinter.Label(window, text="Ready").place(x=8, y=8)
window.mainloop()
