//! The trace of a run: events on tracks, the log that they fill, and the record that remains.

pub mod event;
pub mod frame_meter;
pub mod log;
pub mod record;
pub mod span_sequence;
pub mod stats;
pub mod step;
pub mod traced_mutex;
pub mod track;
pub mod track_info;
