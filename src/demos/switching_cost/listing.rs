//! The code that is shown beside the runs of a variant.

use super::SwitchingCost;
use crate::lab::demo::listing::Piece::{Item, Lines};
use crate::lab::demo::listing::{Listing, Piece, Source, source};
use crate::lab::demo::{Demo, VariantId};

const COROUTINES: Source = source!("coroutines.rs");
const PROCESSES: Source = source!("processes.rs");
const SWEEP: Source = source!("sweep.rs");
const THREADS: Source = source!("threads.rs");
const TURNS_RS: Source = source!("turns.rs");

/// The code of `variant`, with the parameters of `demo`.
pub(super) fn listing(demo: &SwitchingCost, variant: VariantId) -> Listing {
    let (python, rust): (&str, &[(Source, &[Piece])]) = match variant {
        "threads" => (
            include_str!("same_steps/threads.py"),
            &[
                (
                    SWEEP,
                    &[
                        Item("let pace = "),
                        Item("let mut share = "),
                        Item("let turned = "),
                    ],
                ),
                (
                    THREADS,
                    &[
                        Item("fn do_share"),
                        Item("let _running = track.running(TURNS)"),
                        Item("impl Token for Hold"),
                    ],
                ),
                (TURNS_RS, &[Item("for _ in 0..turns.turns")]),
            ],
        ),
        "processes" => (
            include_str!("same_steps/processes.py"),
            &[
                (
                    SWEEP,
                    &[
                        Item("let pace = "),
                        Item("let mut share = "),
                        Item("let turned = "),
                    ],
                ),
                (PROCESSES, &[Lines("let ((meter, before)", "};")]),
                (TURNS_RS, &[Item("for _ in 0..turns.turns")]),
            ],
        ),
        _ => (
            include_str!("same_steps/async_tasks.py"),
            &[
                (
                    SWEEP,
                    &[
                        Item("let pace = "),
                        Item("let mut share = "),
                        Item("let turned = "),
                    ],
                ),
                (
                    COROUTINES,
                    &[Item("let tasks: Vec<_>"), Item("let subjects = ")],
                ),
            ],
        ),
    };
    Listing::new(python, rust, demo.spec().steps, &demo.params())
}
