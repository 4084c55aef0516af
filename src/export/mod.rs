//! Exports: records as JSON and as CSV, histories as traces. Knows no demo: the names of
//! fields and columns come with the record, or from the demo that is handed in.

pub mod atomic_file;
pub mod csv;
pub mod json;
pub mod known;
pub mod perfetto;
#[cfg(feature = "window")]
pub mod picture;
mod stored;
pub mod trace_file;
pub mod trace_reader;
