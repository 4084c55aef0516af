//! Step and state of a thread: its step, in the terms of its demo, and its state, in the terms of the scheduler.

/// The step of a task: `"read"`, `"wait"`, `"write"`. One word serves as text key, as the name in
/// exported traces and as the marker in shown source; it is never a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Step(pub &'static str);

impl Step {
    /// The word itself.
    pub const fn name(self) -> &'static str {
        self.0
    }
}

/// A process is gone before its time. An instant on its lane and on those of its threads; a span, too, on lanes where
/// no span goes on.
pub const LOST: Step = Step("lost");

/// The state of a thread or process with the scheduler, a lock or a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Has work for a core. CPU time ÷ wall time shows whether it had one.
    Running,
    /// Blocked until another task lets go of a lock or fills a queue.
    Waiting,
    /// Inside a critical section, or sending what only one may send.
    Holding,
    /// Waits for time to pass or for input and output; needs no core.
    Sleeping,
    /// The work of this span came to nothing: overwritten, failed or frozen.
    Lost,
}

impl State {
    /// All of them, in the order of the legend.
    pub const ALL: [Self; 5] = [
        State::Running,
        State::Waiting,
        State::Holding,
        State::Sleeping,
        State::Lost,
    ];

    /// Its place in [`State::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The name in exported data.
    pub const fn name(self) -> &'static str {
        match self {
            State::Running => "running",
            State::Waiting => "waiting",
            State::Holding => "holding",
            State::Sleeping => "sleeping",
            State::Lost => "lost",
        }
    }
}
