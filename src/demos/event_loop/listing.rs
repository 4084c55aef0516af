//! The code that is shown beside the runs of a variant.

use super::EventLoop;
use crate::lab::demo::listing::Piece::Item;
use crate::lab::demo::listing::{Listing, Piece, Source, source};
use crate::lab::demo::{Demo, VariantId};

const ASYNC: Source = source!("async_client.rs");
const BLOCKING: Source = source!("blocking_clients.rs");
const PROCESSES: Source = source!("processes.rs");
const SERVER: Source = source!("server.rs");

/// The code of `variant`, with the parameters of `demo`.
pub(super) fn listing(demo: &EventLoop, variant: VariantId) -> Listing {
    let (python, rust): (&str, &[(Source, &[Piece])]) = match variant {
        "one_at_a_time" => (
            include_str!("same_steps/one_at_a_time.py"),
            &[
                (
                    PROCESSES,
                    &[Item("let (mut pool, port)"), Item("let mut waiting = ")],
                ),
                (BLOCKING, &[Item("fn one_at_a_time"), Item("fn connection")]),
                (SERVER, &[Item("async fn answer")]),
            ],
        ),
        "thread_each" => (
            include_str!("same_steps/thread_each.py"),
            &[
                (
                    PROCESSES,
                    &[Item("let (mut pool, port)"), Item("let mut waiting = ")],
                ),
                (
                    BLOCKING,
                    &[Item("for (index, number) in"), Item("fn connection")],
                ),
                (SERVER, &[Item("async fn answer")]),
            ],
        ),
        "one_thread_async" => (
            include_str!("same_steps/one_thread_async.py"),
            &[
                (
                    PROCESSES,
                    &[Item("let (mut pool, port)"), Item("let mut waiting = ")],
                ),
                (
                    ASYNC,
                    &[
                        Item("tokio::select! {"),
                        Item("async fn reply"),
                        Item("fn handle("),
                    ],
                ),
                (SERVER, &[Item("async fn answer")]),
            ],
        ),
        _ => (
            include_str!("same_steps/process_per_core_async.py"),
            &[
                (
                    PROCESSES,
                    &[
                        Item("let (mut pool, port)"),
                        Item("let mut waiting = "),
                        Item("for (index, numbers) in shares"),
                    ],
                ),
                (
                    ASYNC,
                    &[
                        Item("tokio::select! {"),
                        Item("async fn reply"),
                        Item("fn handle("),
                    ],
                ),
                (SERVER, &[Item("async fn answer")]),
            ],
        ),
    };
    Listing::new(python, rust, demo.spec().steps, &demo.params())
}
