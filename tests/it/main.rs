//! What the program, the lab and the demos do, seen from outside: one binary, so that it links once.

mod cli;
mod headless;
mod seed;
mod sum;
mod worker;
