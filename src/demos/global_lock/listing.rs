//! The code that is shown beside the runs of a variant.

use super::GlobalLock;
use crate::lab::demo::listing::Piece::{Item, Lines};
use crate::lab::demo::listing::{Listing, Piece, Source, source};
use crate::lab::demo::{Demo, VariantId};

const COUNTING: Source = source!("counting.rs");
const CPYTHON: Source = source!("cpython.rs");
const LOCK: Source = source!("lock.rs");

/// The code of `variant`, with the parameters of `demo`.
pub(super) fn listing(demo: &GlobalLock, variant: VariantId) -> Listing {
    let (python, rust): (&str, &[(Source, &[Piece])]) = match variant {
        "free_threads" => (
            include_str!("same_steps/free_threads.py"),
            &[(
                COUNTING,
                &[
                    Item("fn go_round"),
                    Item("fn free_threads"),
                    Item("fn go_on"),
                    Item("fn compare"),
                    Item("let counted = "),
                ],
            )],
        ),
        "global_lock" => (
            include_str!("same_steps/global_lock.py"),
            &[
                (
                    COUNTING,
                    &[
                        Item("fn one_lock"),
                        Lines("let stretch = |step", "let compared"),
                    ],
                ),
                (LOCK, &[Item("fn take"), Item("impl Drop for Key")]),
            ],
        ),
        _ => (
            include_str!("same_steps/cpython.py"),
            &[(CPYTHON, &[Item("fn work"), Item("fn stretch")])],
        ),
    };
    Listing::new(python, rust, demo.spec().steps, &demo.params())
}
