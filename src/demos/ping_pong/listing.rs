//! The code that is shown beside the runs of a variant.

use super::PingPong;
use crate::lab::demo::listing::Piece::{Item, Lines};
use crate::lab::demo::listing::{Listing, Piece, Source, source};
use crate::lab::demo::{Demo, VariantId};

const COUNTING: Source = source!("counting.rs");
const PRODUCER_CONSUMER: Source = source!("producer_consumer.rs");
const BROKER: Source = source!("broker.rs");

/// The code of `variant`, with the parameters of `demo`.
pub(super) fn listing(demo: &PingPong, variant: VariantId) -> Listing {
    let (python, rust): (&str, &[(Source, &[Piece])]) = match variant {
        "private_counters" => (
            include_str!("same_steps/private_counters.py"),
            &[(
                COUNTING,
                &[
                    Item("static COUNTER"),
                    Item("fn count_alone"),
                    Item("fn print"),
                    Item("fn pause"),
                    Lines("let run = ", "while ended"),
                ],
            )],
        ),
        "shared_counter" => (
            include_str!("same_steps/shared_counter.py"),
            &[(
                COUNTING,
                &[
                    Item("fn shared_counter"),
                    Item("fn count_together"),
                    Item("fn print"),
                    Item("fn pause"),
                    Lines("let run = ", "while ended"),
                ],
            )],
        ),
        _ => (
            include_str!("same_steps/queue.py"),
            &[
                (PRODUCER_CONSUMER, &[Item("fn put"), Item("fn ask")]),
                (
                    BROKER,
                    &[
                        Lines("let pool = ", "ctx.phase(PUT)"),
                        Lines("broker.start()", "{"),
                        Item("fn take_here"),
                    ],
                ),
            ],
        ),
    };
    Listing::new(python, rust, demo.spec().steps, &demo.params())
}
