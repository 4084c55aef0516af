//! The code that is shown beside the runs of a variant.

use super::schedule::{self, Schedule};
use super::{BankLock, program_counters};
use crate::lab::demo::listing::Piece::Item;
use crate::lab::demo::listing::{Listing, Piece, Source, source};
use crate::lab::demo::{Demo, VariantId};

const COROUTINES: Source = source!("coroutines.rs");
const DEPOSITS: Source = source!("deposits.rs");
const SCHEDULER: Source = source!("scheduler.rs");
const STEPPED: Source = source!("stepped.rs");
const THREAD_GROUP: Source = source!("../../lab/run/thread_group.rs");

/// How a thread waits at its gate.
const AT_THE_GATE: (Source, &[Piece]) = (SCHEDULER, &[Item("fn wait"), Item("fn done(")]);
const RACY_STEPPED: &[(Source, &[Piece])] = &[
    (STEPPED, &[Item("impl Account for RacyAccount")]),
    AT_THE_GATE,
];
const MUTEX_STEPPED: &[(Source, &[Piece])] = &[
    (STEPPED, &[Item("impl Account for TracedMutex")]),
    AT_THE_GATE,
];
const ATOMIC_STEPPED: &[(Source, &[Piece])] = &[
    (STEPPED, &[Item("impl Account for AtomicU64")]),
    AT_THE_GATE,
];
/// How the threads are started and joined.
const STARTED: Piece = Item("fn for_each_thread");
const THREADS: (Source, &[Piece]) = (THREAD_GROUP, &[Item("fn run_each")]);

/// The code of `variant`, with the parameters of `demo`.
pub(super) fn listing(demo: &BankLock, variant: VariantId) -> Listing {
    let (python, rust): (&str, &[(Source, &[Piece])]) = match variant {
        "no_lock" => (
            include_str!("same_steps/no_lock.py"),
            &[(DEPOSITS, &[Item("fn no_lock"), STARTED]), THREADS],
        ),
        "mutex" => (
            include_str!("same_steps/mutex.py"),
            &[(DEPOSITS, &[Item("fn mutex"), STARTED]), THREADS],
        ),
        "short_lock" => (
            include_str!("same_steps/short_lock.py"),
            &[(DEPOSITS, &[Item("fn short_lock"), STARTED]), THREADS],
        ),
        "atomic" => (
            include_str!("same_steps/atomic.py"),
            &[(DEPOSITS, &[Item("fn atomic"), STARTED]), THREADS],
        ),
        _ => (
            include_str!("same_steps/async_tasks.py"),
            &[(
                COROUTINES,
                &[
                    Item("async fn deposit"),
                    Item("async fn pause"),
                    Item("fn async_tasks"),
                ],
            )],
        ),
    };
    // A bank that keeps to a schedule does the same steps one by one, in other functions.
    let (python, rust) = match variant {
        _ if !schedule::applies(&demo.schedule, variant) => (python, rust),
        "no_lock" => (include_str!("same_steps/no_lock_stepped.py"), RACY_STEPPED),
        "mutex" => (include_str!("same_steps/mutex_stepped.py"), MUTEX_STEPPED),
        _ => (include_str!("same_steps/atomic_stepped.py"), ATOMIC_STEPPED),
    };
    Listing::new(
        &in_order(python, demo, variant),
        rust,
        demo.spec().steps,
        &demo.params(),
    )
}

/// `python` with the orders that the bank's schedule asks for in the place of the one in the file.
fn in_order(python: &str, demo: &BankLock, variant: VariantId) -> String {
    const IN_THE_FILE: &str = "SCHEDULES = [";
    let orders = match Schedule::read(&demo.schedule) {
        Schedule::Free => return python.to_owned(),
        Schedule::Code(code) => format!("SCHEDULES = [{code:?}]  # whose step is the next"),
        // The whole order is known when the last step is done.
        Schedule::Steered => r#"SCHEDULES = [input("Whose steps, in order? ")]"#.to_owned(),
        Schedule::All => all_orders(demo, variant),
    };
    let lines = python.lines().map(|line| match line {
        line if line.starts_with(IN_THE_FILE) => orders.as_str(),
        line => line,
    });
    let import = match demo.schedule.as_str() {
        "all" => "from itertools import permutations\n",
        _ => "",
    };
    let lines: String = lines.flat_map(|line| [line, "\n"]).collect();
    format!("{import}{lines}")
}

/// Every order in which every letter can go: with the lock no thread comes between another's steps.
fn all_orders(demo: &BankLock, variant: VariantId) -> String {
    let letters = (0..demo.threads().clamp(2, 3) as usize).map(schedule::letter);
    let steps = program_counters::steps(variant).len();
    if variant == "mutex" {
        let letters: String = letters.collect();
        return format!(
            "SCHEDULES = [\n    \"\".join(name * {steps} for name in order)\n    for order in permutations(\"{letters}\")\n]"
        );
    }
    let all: String = letters
        .flat_map(|letter| std::iter::repeat_n(letter, steps))
        .collect();
    format!("SCHEDULES = sorted(set(permutations(\"{all}\")))")
}
