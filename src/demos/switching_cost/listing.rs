//! The code that is shown beside the runs of a variant.

use crate::lab::demo::listing::Piece::{Item, Lines};
use crate::lab::demo::listing::{Code, Pieces, Source, source};

const COROUTINES_RS: Source = source!("coroutines.rs");
const PROCESSES_RS: Source = source!("processes.rs");
const SWEEP_RS: Source = source!("sweep.rs");
const THREADS_RS: Source = source!("threads.rs");
const TURNS_RS: Source = source!("turns.rs");

const SWEEP: Pieces = (
    SWEEP_RS,
    &[
        Item("let pace = "),
        Item("let mut share = "),
        Item("let turned = "),
    ],
);
const TURNS: Pieces = (TURNS_RS, &[Item("for _ in 0..turns.turns")]);

pub(super) const THREADS: Code = Code {
    python: include_str!("same_steps/threads.py"),
    rust: &[
        SWEEP,
        (
            THREADS_RS,
            &[
                Item("fn do_share"),
                Item("let _running = track.running(TURNS)"),
                Item("impl Token for Hold"),
            ],
        ),
        TURNS,
    ],
};

pub(super) const PROCESSES: Code = Code {
    python: include_str!("same_steps/processes.py"),
    rust: &[
        SWEEP,
        (PROCESSES_RS, &[Lines("let ((meter, before)", "};")]),
        TURNS,
    ],
};

pub(super) const ASYNC_TASKS: Code = Code {
    python: include_str!("same_steps/async_tasks.py"),
    rust: &[
        SWEEP,
        (
            COROUTINES_RS,
            &[Item("let tasks: Vec<_>"), Item("let subjects = ")],
        ),
    ],
};
