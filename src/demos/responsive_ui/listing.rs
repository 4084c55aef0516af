//! The code that is shown beside the runs of a variant.

use crate::lab::demo::listing::Piece::Item;
use crate::lab::demo::listing::{Code, Source, source};

const MOD_RS: Source = source!("mod.rs");
const RUN_RS: Source = source!("../../lab/run/mod.rs");

pub(super) const UI_THREAD: Code = Code {
    python: include_str!("same_steps/ui_thread.py"),
    rust: &[
        (MOD_RS, &[Item("fn download")]),
        (
            RUN_RS,
            &[Item("fn start_inline("), Item("fn start_inline_with")],
        ),
    ],
};

pub(super) const WORKER_THREAD: Code = Code {
    python: include_str!("same_steps/worker_thread.py"),
    rust: &[
        (MOD_RS, &[Item("fn download")]),
        (RUN_RS, &[Item("fn start(")]),
    ],
};
