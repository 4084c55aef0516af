//! The code that is shown beside the runs of a variant.

use super::ResponsiveUi;
use crate::lab::demo::listing::Piece::Item;
use crate::lab::demo::listing::{Listing, Piece, Source, source};
use crate::lab::demo::{Demo, VariantId};

const ROOM: Source = source!("mod.rs");
const RUN: Source = source!("../../lab/run/mod.rs");

/// The code of `variant`, with the parameters of `demo`.
pub(super) fn listing(demo: &ResponsiveUi, variant: VariantId) -> Listing {
    let (python, rust): (&str, &[(Source, &[Piece])]) = match variant {
        "ui_thread" => (
            include_str!("same_steps/ui_thread.py"),
            &[
                (ROOM, &[Item("fn download")]),
                (
                    RUN,
                    &[Item("fn start_inline("), Item("fn start_inline_with")],
                ),
            ],
        ),
        _ => (
            include_str!("same_steps/worker_thread.py"),
            &[(ROOM, &[Item("fn download")]), (RUN, &[Item("fn start(")])],
        ),
    };
    Listing::new(python, rust, demo.spec().steps, &demo.params())
}
