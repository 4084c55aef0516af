//! The watcher of both twins: turns their messages into a run's log, which is drawn like that of any other run.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::log_writer::LogWriter;
use super::protocol::{Button, Sign};
use super::twin_process::{End, Message};
use super::{ANSWERED, GONE, Gone, QUEUED, Side, TWINS, TWINS_OF, UNKNOWN};
use crate::lab::demo::param::Params;
use crate::lab::run::{Outcome, RunInfo};
use crate::lab::trace::log::RunLog;

/// How long twins at rest are remembered.
const REST_KEPT: Duration = Duration::from_secs(60);

/// The progress of a twin's task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Task {
    Idle,
    /// The click on its button was sent.
    Asked,
    Busy,
    Done,
}

/// The state of one twin, on which the meaning of its next messages depends.
struct Watched {
    pid: u32,
    task: Task,
    gone: bool,
    /// When each click that waits for its answer was sent.
    sent: HashMap<u64, Instant>,
    waiting: u64,
    drawn_since_done: bool,
    /// When it has drawn its latest picture.
    drawn: Option<Instant>,
    /// When its clock was started, with its second hand upright.
    started: Option<Instant>,
    is_open: bool,
    clock_error: Duration,
}

/// Both twins, and the log of their messages since a download or a click began it.
pub struct Watcher {
    /// The run that the log belongs to.
    pub info: RunInfo,
    writer: LogWriter,
    twins: [Watched; 2],
}

impl Watcher {
    /// Watches twins that are being opened, with these process ids.
    pub fn begin(now: Instant, pids: [u32; 2], params: Params) -> Self {
        let twins = pids.map(|pid| Watched {
            pid,
            task: Task::Idle,
            gone: false,
            sent: HashMap::new(),
            waiting: 0,
            drawn_since_done: false,
            drawn: None,
            started: None,
            is_open: false,
            clock_error: Duration::ZERO,
        });
        let mut watcher = Self {
            info: RunInfo {
                demo: TWINS_OF,
                variant: TWINS,
                params,
                seed: 0,
            },
            writer: LogWriter::begin(now),
            twins,
        };
        watcher.restart(now);
        watcher
    }

    /// The log until now.
    pub fn log(&self) -> &RunLog {
        &self.writer.log
    }

    /// Time in the log; it stands still once the run is over.
    pub fn now(&self, clock: Instant) -> Duration {
        let finished = self.log().finished().map(|(at, _)| *at);
        finished.unwrap_or_else(|| self.writer.since(clock))
    }

    /// Whether a twin does its task, or has been asked to.
    pub fn is_busy(&self) -> bool {
        let busy = |twin: &Watched| !twin.gone && matches!(twin.task, Task::Asked | Task::Busy);
        self.twins.iter().any(busy)
    }

    /// Whether a twin has shown a picture.
    pub fn is_open(&self, side: Side) -> bool {
        self.twins[side.index()].is_open
    }

    /// A download of both begins, with these parameters: the log starts anew.
    pub fn download(&mut self, now: Instant, params: Params) {
        self.info.params = params;
        for twin in &mut self.twins {
            twin.task = Task::Asked;
        }
        self.restart(now);
    }

    /// A click was sent to a twin. After the end of a run a new log begins with it.
    pub fn sent(&mut self, side: Side, number: u64, at: Instant) {
        if self.writer.is_closed() {
            self.forget_tasks();
            self.restart(at);
        }
        self.twins[side.index()].sent.insert(number, at);
    }

    /// The program closes the twins.
    pub fn stop(&mut self, now: Instant) {
        if !self.writer.is_closed() {
            self.writer.close(now, Outcome::Cancelled);
        }
        for side in Side::BOTH {
            self.twins[side.index()].gone = true;
        }
    }

    /// Begins the log anew once the twins have been at rest for a while.
    pub fn forget_rest(&mut self, now: Instant) {
        let clicked = |twin: &Watched| !twin.sent.is_empty() || twin.waiting > 0;
        if !self.writer.is_closed()
            && !self.is_busy()
            && !self.twins.iter().any(clicked)
            && self.writer.since(now) > REST_KEPT
        {
            self.restart(now);
        }
    }

    /// Takes in a message from a twin.
    pub fn take(&mut self, side: Side, message: Message) {
        match message {
            Message::ClockPlaced { started, error } => {
                let twin = &mut self.twins[side.index()];
                (twin.started, twin.clock_error) = (Some(started), error);
                self.writer.clock_placed(side, error);
            }
            Message::Sign(at, sign) => self.take_sign(side, at, sign),
            Message::Gone(at, end) => self.take_end(side, at, &end),
        }
        self.finish_if_over();
    }

    fn take_sign(&mut self, side: Side, at: Instant, sign: Sign) {
        if sign == Sign::Began && (self.writer.is_closed() || !self.is_busy()) {
            // Download was clicked with the mouse, in the twin itself. The log begins with the picture that shows the
            // click: a frozen twin draws no other for a long time.
            self.forget_tasks();
            let drawn = self.twins[side.index()].drawn;
            self.restart(drawn.unwrap_or(at));
            if let Some(drawn) = drawn {
                self.picture(side, drawn);
            }
        }
        let twin = &mut self.twins[side.index()];
        match sign {
            Sign::Began => twin.task = Task::Busy,
            Sign::Ended => (twin.task, twin.drawn_since_done) = (Task::Done, false),
            Sign::Picture => {
                twin.is_open = true;
                twin.drawn_since_done = true;
                twin.drawn = Some(at);
            }
            Sign::Queued {
                button: Button::About,
                ..
            } => twin.waiting += 1,
            Sign::Queued { .. } | Sign::Answered { .. } | Sign::Closing => {}
        }
        if self.writer.is_closed() || at < self.writer.origin {
            return;
        }
        match sign {
            Sign::Picture => self.picture(side, at),
            Sign::Queued {
                number,
                button: Button::About,
            } => {
                self.writer.instant(at, side, QUEUED, number as i64);
            }
            Sign::Queued { .. } | Sign::Closing => {}
            Sign::Answered { number, clicks } => self.answered(side, at, number, clicks),
            Sign::Began => self.writer.task_began(side, at),
            Sign::Ended => self.writer.task_ended(side, at),
        }
    }

    fn picture(&mut self, side: Side, at: Instant) {
        let started = self.twins[side.index()].started;
        let life = at.saturating_duration_since(started.unwrap_or(at));
        self.writer.picture(side, at, life);
    }

    fn answered(&mut self, side: Side, at: Instant, number: Option<u64>, clicks: u64) {
        let twin = &mut self.twins[side.index()];
        let sent = number.and_then(|number| twin.sent.remove(&number));
        if number.is_some() {
            twin.waiting = twin.waiting.saturating_sub(1);
        }
        let wait = sent.map_or(UNKNOWN, |sent| {
            let wait = at.saturating_duration_since(sent).as_nanos();
            i64::try_from(wait).unwrap_or(i64::MAX)
        });
        for _ in 0..clicks {
            self.writer.instant(at, side, ANSWERED, wait);
        }
    }

    fn take_end(&mut self, side: Side, at: Instant, end: &End) {
        let twin = &mut self.twins[side.index()];
        twin.gone = true;
        twin.sent.clear();
        twin.waiting = 0;
        if self.writer.is_closed() {
            return;
        }
        let gone = match end {
            End::Closed => Gone::Closed,
            End::Signal(number) => Gone::by_signal(*number),
            End::Failed(_) => Gone::Failed,
        };
        self.writer.gone(side, at, gone);
    }

    /// Ends the run once every twin has ended, or has done its task, answered its clicks and drawn a picture.
    fn finish_if_over(&mut self) {
        let settled = |twin: &Watched| match twin.task {
            _ if twin.gone => true,
            Task::Idle => true,
            Task::Done => twin.waiting == 0 && twin.sent.is_empty() && twin.drawn_since_done,
            Task::Asked | Task::Busy => false,
        };
        let has_run = self.twins.iter().any(|twin| twin.task != Task::Idle);
        let all_gone = self.twins.iter().all(|twin| twin.gone);
        let is_over = all_gone || (has_run && self.twins.iter().all(settled));
        if is_over && !self.writer.is_closed() {
            let now = self.writer.origin + self.log().end();
            self.writer.close(now, Outcome::Done);
        }
    }

    fn forget_tasks(&mut self) {
        for twin in &mut self.twins {
            twin.task = Task::Idle;
        }
    }

    fn restart(&mut self, now: Instant) {
        self.writer = LogWriter::begin(now);
        for twin in &mut self.twins {
            // Clicks that are answered later were sent before this log began.
            twin.waiting = 0;
            twin.sent.clear();
        }
        for side in Side::BOTH {
            let twin = &self.twins[side.index()];
            self.writer.open(side, twin.pid, twin.clock_error);
            if twin.gone {
                self.writer.instant(now, side, GONE, Gone::Closed.number());
            }
        }
    }
}
