//! What whoever watches a run tells its job while it goes on.

use crossbeam_channel::{Receiver, Sender, unbounded};

/// One such word. A job that does not listen leaves it unread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Steer {
    /// The task of this number, from 0, may do its next step.
    Step(usize),
}

/// The channel between the two. Both ends live as long as the run: neither finds the other gone.
pub(crate) struct Steering {
    pub(crate) tx: Sender<Steer>,
    pub(crate) rx: Receiver<Steer>,
}

impl Default for Steering {
    fn default() -> Self {
        // Whoever watches must never wait: the window draws on the same thread.
        let (tx, rx) = unbounded();
        Self { tx, rx }
    }
}
