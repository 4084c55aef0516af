//! The code that is shown beside the runs of a variant.

use crate::lab::demo::listing::Piece::Item;
use crate::lab::demo::listing::{Code, Pieces, Source, source};

const ADDING_RS: Source = source!("adding.rs");
const PARTS_RS: Source = source!("parts.rs");
const PROCESSES_RS: Source = source!("processes.rs");
const THREADS_RS: Source = source!("threads.rs");

const ADD_BLOCKS: Pieces = (ADDING_RS, &[Item("for places in blocks(0..len")]);

pub(super) const ALONE: Code = Code {
    python: include_str!("same_steps/alone.py"),
    rust: &[
        (THREADS_RS, &[Item("fn alone"), Item("fn prepare")]),
        (
            ADDING_RS,
            &[Item("fn add_range"), Item("for places in blocks(0..len")],
        ),
        (PARTS_RS, &[Item("let total: u128 = ")]),
    ],
};

pub(super) const THREADS: Code = Code {
    python: include_str!("same_steps/threads.py"),
    rust: &[
        (THREADS_RS, &[Item("for index in 0..count {")]),
        (
            PARTS_RS,
            &[Item("let hand_over = "), Item("for (worker, part) in")],
        ),
        (THREADS_RS, &[Item("fn serve")]),
        ADD_BLOCKS,
        (
            PARTS_RS,
            &[Item("Reply::Sum(sum) => {"), Item("let total: u128 = ")],
        ),
        (THREADS_RS, &[Item("fn prepare")]),
    ],
};

pub(super) const PROCESSES: Code = Code {
    python: include_str!("same_steps/processes.py"),
    rust: &[
        (
            PROCESSES_RS,
            &[
                Item("let made = "),
                Item("let pool = "),
                Item("let copied = "),
                Item("fn add_given"),
            ],
        ),
        (
            PARTS_RS,
            &[Item("let hand_over = "), Item("let total: u128 = ")],
        ),
        ADD_BLOCKS,
    ],
};
