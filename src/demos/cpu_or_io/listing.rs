//! The code that is shown beside the runs of a variant.

use crate::lab::demo::listing::Piece::{Item, Lines};
use crate::lab::demo::listing::{Code, Pieces, Source, source};

const MOD_RS: Source = source!("mod.rs");
const COMPUTING_RS: Source = source!("computing.rs");
const POOL_RS: Source = source!("pool.rs");

const POOL: Pieces = (
    POOL_RS,
    &[
        Lines("let _starting", "for index in"),
        Item("fn measure("),
        Item("fn serve"),
    ],
);

pub(super) const CPU_BOUND: Code = Code {
    python: include_str!("same_steps/cpu_bound.py"),
    rust: &[
        (COMPUTING_RS, &[Item("fn calibrate")]),
        POOL,
        (MOD_RS, &[Item("Task::Compute { rounds } => {")]),
    ],
};

pub(super) const IO_BOUND: Code = Code {
    python: include_str!("same_steps/io_bound.py"),
    rust: &[POOL, (MOD_RS, &[Item("Task::Wait { time } => {")])],
};
