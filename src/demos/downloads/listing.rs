//! The code that is shown beside the runs of a variant.

use super::Downloads;
use crate::lab::demo::listing::Piece::Item;
use crate::lab::demo::listing::{Listing, Piece, Source, source};
use crate::lab::demo::{Demo, VariantId};

const FILE_RS: Source = source!("file.rs");
const PROCESSES: Source = source!("processes.rs");
const COROUTINES: Source = source!("coroutines.rs");
const THREADS: Source = source!("threads.rs");

/// The code of `variant`, with the parameters of `demo`.
pub(super) fn listing(demo: &Downloads, variant: VariantId) -> Listing {
    let (python, rust): (&str, &[(Source, &[Piece])]) = match variant {
        "one_after_another" => (
            include_str!("same_steps/one_after_another.py"),
            &[
                (THREADS, &[Item("fn one_after_another")]),
                (FILE_RS, &[Item("fn download")]),
            ],
        ),
        "process_each" => (
            include_str!("same_steps/process_each.py"),
            &[
                (PROCESSES, &[Item("fn process_each"), Item("fn perform")]),
                (FILE_RS, &[Item("fn download")]),
            ],
        ),
        "thread_each" => (
            include_str!("same_steps/thread_each.py"),
            &[
                (
                    THREADS,
                    &[
                        Item("fn thread_each"),
                        Item("fn start_and_join"),
                        Item("fn on_own_track"),
                    ],
                ),
                (FILE_RS, &[Item("fn download")]),
            ],
        ),
        "task_struct" => (
            include_str!("same_steps/task_struct.py"),
            &[
                (
                    THREADS,
                    &[
                        Item("fn task_struct"),
                        Item("struct DownloadTask"),
                        Item("impl<'run> DownloadTask"),
                        Item("fn start_and_join"),
                        Item("fn on_own_track"),
                    ],
                ),
                (FILE_RS, &[Item("fn download")]),
            ],
        ),
        _ => (
            include_str!("same_steps/async_tasks.py"),
            &[
                (COROUTINES, &[Item("fn async_tasks")]),
                (FILE_RS, &[Item("async fn download_async")]),
            ],
        ),
    };
    // As the times are drawn: whole seconds between whole bounds, otherwise any time.
    let python = if demo.has_whole_bounds() {
        python.to_owned()
    } else {
        python.replace("randint", "uniform")
    };
    Listing::new(&python, rust, demo.spec().steps, &demo.params())
}
