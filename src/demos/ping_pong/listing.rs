//! The code that is shown beside the runs of a variant.

use crate::lab::demo::listing::Piece::{Item, Lines};
use crate::lab::demo::listing::{Code, Source, source};

const COUNTING_RS: Source = source!("counting.rs");
const PRODUCER_CONSUMER_RS: Source = source!("producer_consumer.rs");
const BROKER_RS: Source = source!("broker.rs");

pub(super) const PRIVATE_COUNTERS: Code = Code {
    python: include_str!("same_steps/private_counters.py"),
    rust: &[(
        COUNTING_RS,
        &[
            Item("static COUNTER"),
            Item("fn count_alone"),
            Item("fn print"),
            Item("fn pause"),
            Lines("let run = ", "while ended"),
        ],
    )],
};

pub(super) const SHARED_COUNTER: Code = Code {
    python: include_str!("same_steps/shared_counter.py"),
    rust: &[(
        COUNTING_RS,
        &[
            Item("fn shared_counter"),
            Item("fn count_together"),
            Item("fn print"),
            Item("fn pause"),
            Lines("let run = ", "while ended"),
        ],
    )],
};

pub(super) const QUEUE: Code = Code {
    python: include_str!("same_steps/queue.py"),
    rust: &[
        (PRODUCER_CONSUMER_RS, &[Item("fn put"), Item("fn ask")]),
        (
            BROKER_RS,
            &[
                Lines("let pool = ", "ctx.phase(PUT)"),
                Lines("broker.start()", "{"),
                Item("fn take_here"),
            ],
        ),
    ],
};
