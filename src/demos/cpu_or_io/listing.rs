//! The code that is shown beside the runs of a variant.

use super::CpuOrIo;
use crate::lab::demo::listing::Piece::{Item, Lines};
use crate::lab::demo::listing::{Listing, Piece, Source, source};
use crate::lab::demo::{Demo, VariantId};

const ROOM: Source = source!("mod.rs");
const COMPUTING: Source = source!("computing.rs");
const POOL: Source = source!("pool.rs");

/// The code of `variant`, with the parameters of `demo`.
pub(super) fn listing(demo: &CpuOrIo, variant: VariantId) -> Listing {
    let (python, rust): (&str, &[(Source, &[Piece])]) = match variant {
        "cpu_bound" => (
            include_str!("same_steps/cpu_bound.py"),
            &[
                (COMPUTING, &[Item("fn calibrate")]),
                (
                    POOL,
                    &[
                        Lines("let _starting", "for index in"),
                        Item("fn measure("),
                        Item("fn serve"),
                    ],
                ),
                (ROOM, &[Item("Task::Compute { rounds } => {")]),
            ],
        ),
        _ => (
            include_str!("same_steps/io_bound.py"),
            &[
                (
                    POOL,
                    &[
                        Lines("let _starting", "for index in"),
                        Item("fn measure("),
                        Item("fn serve"),
                    ],
                ),
                (ROOM, &[Item("Task::Wait { time } => {")]),
            ],
        ),
    };
    Listing::new(python, rust, demo.spec().steps, &demo.params())
}
