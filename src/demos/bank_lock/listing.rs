//! The code that is shown beside the runs of a variant.

use super::{BankLock, schedule};
use crate::lab::demo::{Demo, VariantId};
use crate::lab::listing::Piece::Item;
use crate::lab::listing::{Listing, Piece, Plan, Source, source};

const ROOM: Source = source!("mod.rs");
const COROUTINES: Source = source!("coroutines.rs");
const DEPOSITS: Source = source!("deposits.rs");
const GATES: Source = source!("gates.rs");
const STEPPED: Source = source!("stepped.rs");

/// How a thread waits at its gate.
const AT_THE_GATE: &[Piece] = &[Item("fn step_from"), Item("fn wait")];
const RACY_BY_TURNS: &[(Source, &[Piece])] = &[
    (STEPPED, &[Item("impl Account for RacyAccount")]),
    (GATES, AT_THE_GATE),
];
const MUTEX_BY_TURNS: &[(Source, &[Piece])] = &[
    (STEPPED, &[Item("impl Account for Mutex")]),
    (GATES, AT_THE_GATE),
];
const ATOMIC_BY_TURNS: &[(Source, &[Piece])] = &[
    (STEPPED, &[Item("impl Account for AtomicU64")]),
    (GATES, AT_THE_GATE),
];

/// The code of `variant`, with the parameters of `demo`.
pub(super) fn listing(demo: &BankLock, variant: VariantId) -> Listing {
    let (python, rust): (&str, &[(Source, &[Piece])]) = match variant {
        "no_lock" => (
            include_str!("same_steps/no_lock.py"),
            &[(
                DEPOSITS,
                &[
                    Item("fn no_lock"),
                    Item("fn reading("),
                    Item("fn waiting"),
                    Item("fn writing("),
                ],
            )],
        ),
        "mutex" => (
            include_str!("same_steps/mutex.py"),
            &[(
                DEPOSITS,
                &[
                    Item("fn mutex"),
                    Item("fn locking"),
                    Item("fn writing_held"),
                ],
            )],
        ),
        "short_lock" => (
            include_str!("same_steps/short_lock.py"),
            &[(
                DEPOSITS,
                &[
                    Item("fn short_lock"),
                    Item("fn waiting"),
                    Item("fn locking"),
                    Item("fn writing_held"),
                ],
            )],
        ),
        "atomic" => (
            include_str!("same_steps/atomic.py"),
            &[(DEPOSITS, &[Item("fn atomic"), Item("fn waiting")])],
        ),
        _ => (
            include_str!("same_steps/async_tasks.py"),
            &[
                (
                    COROUTINES,
                    &[Item("async fn deposit"), Item("async fn waiting")],
                ),
                (DEPOSITS, &[Item("fn reading("), Item("fn writing(")]),
            ],
        ),
    };
    // A bank that keeps to a schedule does the same steps one by one, in other functions.
    let (python, rust) = match variant {
        _ if !schedule::applies(&demo.schedule, variant) => (python, rust),
        "no_lock" => (include_str!("same_steps/no_lock_stepped.py"), RACY_BY_TURNS),
        "mutex" => (include_str!("same_steps/mutex_stepped.py"), MUTEX_BY_TURNS),
        _ => (
            include_str!("same_steps/atomic_stepped.py"),
            ATOMIC_BY_TURNS,
        ),
    };
    let plan = Plan {
        python,
        rust,
        steps_in: ROOM,
        steps: demo.steps(),
    };
    Listing::new(&plan, &demo.params())
}
