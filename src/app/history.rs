//! Runs of a file: they are shown as if they had just ended.

use std::time::Duration;

use super::demo_state::Demos;
use super::session::Session;
use crate::export::trace_reader::RecordedRun;

/// Takes in `runs`, oldest first, held at the moment `at` or else at their end. Each demo has the values and the variant
/// of its latest run then; of the shown one `variant` is chosen, if it has that.
pub fn take_in(
    runs: Vec<RecordedRun>,
    at: Option<Duration>,
    variant: Option<&str>,
    demos: &mut Demos,
    session: &mut Session,
) {
    for run in runs {
        let info = &run.record.info;
        if let Some(demo) = demos.get_mut(info.demo) {
            for (name, value) in &info.params.0 {
                // Of more cores than this machine has, all of its own are left.
                demo.set(name, &value.to_string());
            }
            demo.choose(info.variant);
        }
        session.take_in(run, at);
    }
    let shown = demos.chosen_mut();
    if let Some(variant) = { shown.all_variants() }.find(|known| Some(*known) == variant) {
        shown.choose(variant);
    }
}
