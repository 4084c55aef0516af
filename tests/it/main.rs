//! What the lab and its demos do, seen from outside: one binary, so that it links once.

mod headless;
mod sum;
mod worker;
