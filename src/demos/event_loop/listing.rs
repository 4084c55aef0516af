//! The code that is shown beside the runs of a variant.

use crate::lab::demo::listing::Piece::Item;
use crate::lab::demo::listing::{Code, Pieces, Source, source};

const ASYNC_CLIENT_RS: Source = source!("async_client.rs");
const BLOCKING_CLIENTS_RS: Source = source!("blocking_clients.rs");
const PROCESSES_RS: Source = source!("processes.rs");
const SERVER_RS: Source = source!("server.rs");

const STARTED: Pieces = (
    PROCESSES_RS,
    &[Item("let (mut pool, port)"), Item("let mut waiting = ")],
);
const LOOP: Pieces = (
    ASYNC_CLIENT_RS,
    &[
        Item("tokio::select! {"),
        Item("async fn reply"),
        Item("fn handle("),
    ],
);
const ANSWER: Pieces = (SERVER_RS, &[Item("async fn answer")]);

pub(super) const ONE_AT_A_TIME: Code = Code {
    python: include_str!("same_steps/one_at_a_time.py"),
    rust: &[
        STARTED,
        (
            BLOCKING_CLIENTS_RS,
            &[Item("fn one_at_a_time"), Item("fn connection")],
        ),
        ANSWER,
    ],
};

pub(super) const THREAD_EACH: Code = Code {
    python: include_str!("same_steps/thread_each.py"),
    rust: &[
        STARTED,
        (
            BLOCKING_CLIENTS_RS,
            &[Item("for (index, number) in"), Item("fn connection")],
        ),
        ANSWER,
    ],
};

pub(super) const ONE_THREAD_ASYNC: Code = Code {
    python: include_str!("same_steps/one_thread_async.py"),
    rust: &[STARTED, LOOP, ANSWER],
};

pub(super) const PROCESS_PER_CORE_ASYNC: Code = Code {
    python: include_str!("same_steps/process_per_core_async.py"),
    rust: &[
        (
            PROCESSES_RS,
            &[
                Item("let (mut pool, port)"),
                Item("let mut waiting = "),
                Item("for (index, numbers) in shares"),
            ],
        ),
        LOOP,
        ANSWER,
    ],
};
