//! The code that is shown beside the runs of a variant.

use crate::lab::demo::listing::Piece::{Item, Lines};
use crate::lab::demo::listing::{Code, Source, source};

const COUNTING_RS: Source = source!("counting.rs");
const CPYTHON_RS: Source = source!("cpython.rs");
const LOCK_RS: Source = source!("lock.rs");

pub(super) const FREE_THREADS: Code = Code {
    python: include_str!("same_steps/free_threads.py"),
    rust: &[(
        COUNTING_RS,
        &[
            Item("fn go_round"),
            Item("fn free_threads"),
            Item("fn go_on"),
            Item("fn compare"),
            Item("let counted = "),
        ],
    )],
};

pub(super) const GLOBAL_LOCK: Code = Code {
    python: include_str!("same_steps/global_lock.py"),
    rust: &[
        (
            COUNTING_RS,
            &[
                Item("fn one_lock"),
                Lines("let stretch = |step", "let compared"),
            ],
        ),
        (LOCK_RS, &[Item("fn take"), Item("impl Drop for Key")]),
    ],
};

pub(super) const CPYTHON: Code = Code {
    python: include_str!("same_steps/cpython.py"),
    rust: &[(CPYTHON_RS, &[Item("fn work"), Item("fn stretch")])],
};
