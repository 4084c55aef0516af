//! The program: the window, a run in the terminal, or a worker process of either.

fn main() {}
