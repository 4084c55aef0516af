//! The code that is shown beside the runs of a variant.

use crate::lab::demo::listing::Piece::Item;
use crate::lab::demo::listing::{Code, Pieces, Source, source};

const FILE_RS: Source = source!("file.rs");
const PROCESSES_RS: Source = source!("processes.rs");
const COROUTINES_RS: Source = source!("coroutines.rs");
const THREADS_RS: Source = source!("threads.rs");

const DOWNLOAD: Pieces = (FILE_RS, &[Item("fn download")]);

pub(super) const ONE_AFTER_ANOTHER: Code = Code {
    python: include_str!("same_steps/one_after_another.py"),
    rust: &[(THREADS_RS, &[Item("fn one_after_another")]), DOWNLOAD],
};

pub(super) const PROCESS_EACH: Code = Code {
    python: include_str!("same_steps/process_each.py"),
    rust: &[
        (PROCESSES_RS, &[Item("fn process_each"), Item("fn perform")]),
        DOWNLOAD,
    ],
};

pub(super) const THREAD_EACH: Code = Code {
    python: include_str!("same_steps/thread_each.py"),
    rust: &[
        (
            THREADS_RS,
            &[
                Item("fn thread_each"),
                Item("fn start_and_join"),
                Item("fn on_own_track"),
            ],
        ),
        DOWNLOAD,
    ],
};

pub(super) const TASK_STRUCT: Code = Code {
    python: include_str!("same_steps/task_struct.py"),
    rust: &[
        (
            THREADS_RS,
            &[
                Item("fn task_struct"),
                Item("struct DownloadTask"),
                Item("impl<'run> DownloadTask"),
                Item("fn start_and_join"),
                Item("fn on_own_track"),
            ],
        ),
        DOWNLOAD,
    ],
};

pub(super) const ASYNC_TASKS: Code = Code {
    python: include_str!("same_steps/async_tasks.py"),
    rust: &[
        (COROUTINES_RS, &[Item("fn async_tasks")]),
        (FILE_RS, &[Item("async fn download_async")]),
    ],
};
