//! The code that is shown beside the runs of a variant.

use super::schedule::{self, Schedule};
use super::{BankLock, program_counters};
use crate::lab::demo::listing::Piece::Item;
use crate::lab::demo::listing::{Code, Listing, Piece, Pieces, Source, source};
use crate::lab::demo::{Demo, VariantId};

const COROUTINES_RS: Source = source!("coroutines.rs");
const DEPOSITS_RS: Source = source!("deposits.rs");
const SCHEDULER_RS: Source = source!("scheduler.rs");
const STEPPED_RS: Source = source!("stepped.rs");
const THREAD_GROUP_RS: Source = source!("../../lab/run/thread_group.rs");

/// How the threads are started and joined.
const STARTED: Piece = Item("fn for_each_thread");
const THREADS: Pieces = (THREAD_GROUP_RS, &[Item("fn run_each")]);
/// How a thread waits at its gate.
const AT_THE_GATE: Pieces = (SCHEDULER_RS, &[Item("fn wait"), Item("fn done(")]);

pub(super) const NO_LOCK: Code = Code {
    python: include_str!("same_steps/no_lock.py"),
    rust: &[(DEPOSITS_RS, &[Item("fn no_lock"), STARTED]), THREADS],
};

pub(super) const MUTEX: Code = Code {
    python: include_str!("same_steps/mutex.py"),
    rust: &[(DEPOSITS_RS, &[Item("fn mutex"), STARTED]), THREADS],
};

pub(super) const SHORT_LOCK: Code = Code {
    python: include_str!("same_steps/short_lock.py"),
    rust: &[(DEPOSITS_RS, &[Item("fn short_lock"), STARTED]), THREADS],
};

pub(super) const ATOMIC: Code = Code {
    python: include_str!("same_steps/atomic.py"),
    rust: &[(DEPOSITS_RS, &[Item("fn atomic"), STARTED]), THREADS],
};

pub(super) const ASYNC_TASKS: Code = Code {
    python: include_str!("same_steps/async_tasks.py"),
    rust: &[(
        COROUTINES_RS,
        &[
            Item("async fn deposit"),
            Item("async fn pause"),
            Item("fn async_tasks"),
        ],
    )],
};

const NO_LOCK_STEPPED: Code = Code {
    python: include_str!("same_steps/no_lock_stepped.py"),
    rust: &[
        (STEPPED_RS, &[Item("impl Account for RacyAccount")]),
        AT_THE_GATE,
    ],
};

const MUTEX_STEPPED: Code = Code {
    python: include_str!("same_steps/mutex_stepped.py"),
    rust: &[
        (STEPPED_RS, &[Item("impl Account for TracedMutex")]),
        AT_THE_GATE,
    ],
};

const ATOMIC_STEPPED: Code = Code {
    python: include_str!("same_steps/atomic_stepped.py"),
    rust: &[
        (STEPPED_RS, &[Item("impl Account for AtomicU64")]),
        AT_THE_GATE,
    ],
};

/// With a schedule the bank does the same steps one by one, in other functions and in the orders asked for.
pub(super) fn listing(bank: &BankLock, variant: VariantId, code: Code) -> Listing {
    let stepped = match variant {
        "no_lock" => Some(NO_LOCK_STEPPED),
        "mutex" => Some(MUTEX_STEPPED),
        "atomic" => Some(ATOMIC_STEPPED),
        _ => None,
    };
    let (python, rust) = match stepped.filter(|_| bank.is_scheduled()) {
        Some(stepped) => (in_order(stepped.python, bank, variant), stepped.rust),
        None => (code.python.to_owned(), code.rust),
    };
    Listing::new(&python, rust, bank.spec().steps, &bank.params())
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

/// Every possible order of the steps: with the lock no thread comes between another's steps.
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
