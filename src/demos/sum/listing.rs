//! The code that is shown beside the runs of a variant.

use super::Sum;
use crate::lab::demo::listing::Piece::Item;
use crate::lab::demo::listing::{Listing, Piece, Source, source};
use crate::lab::demo::{Demo, VariantId};

const ADDING: Source = source!("adding.rs");
const PARTS: Source = source!("parts.rs");
const PROCESSES: Source = source!("processes.rs");
const THREADS: Source = source!("threads.rs");

/// The code of `variant`, with the parameters of `demo`.
pub(super) fn listing(demo: &Sum, variant: VariantId) -> Listing {
    let (python, rust): (&str, &[(Source, &[Piece])]) = match variant {
        "alone" => (
            include_str!("same_steps/alone.py"),
            &[
                (THREADS, &[Item("fn alone"), Item("fn prepare")]),
                (
                    ADDING,
                    &[Item("fn add_range"), Item("for places in blocks(0..len")],
                ),
                (PARTS, &[Item("let total: u128 = ")]),
            ],
        ),
        "threads" => (
            include_str!("same_steps/threads.py"),
            &[
                (THREADS, &[Item("for index in 0..count {")]),
                (
                    PARTS,
                    &[Item("let hand_over = "), Item("for (worker, part) in")],
                ),
                (THREADS, &[Item("fn serve")]),
                (ADDING, &[Item("for places in blocks(0..len")]),
                (
                    PARTS,
                    &[Item("Reply::Sum(sum) => {"), Item("let total: u128 = ")],
                ),
                (THREADS, &[Item("fn prepare")]),
            ],
        ),
        _ => (
            include_str!("same_steps/processes.py"),
            &[
                (
                    PROCESSES,
                    &[
                        Item("let made = "),
                        Item("let pool = "),
                        Item("let copied = "),
                        Item("fn add_given"),
                    ],
                ),
                (
                    PARTS,
                    &[Item("let hand_over = "), Item("let total: u128 = ")],
                ),
                (ADDING, &[Item("for places in blocks(0..len")]),
            ],
        ),
    };
    Listing::new(python, rust, demo.spec().steps, &demo.params())
}
