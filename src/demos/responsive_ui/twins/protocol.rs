//! The protocol between a twin and the process that watches it: one JSON object a line, requests on the
//! twin's standard input, responses on its standard output.
//!
//! ```text
//! twin     {"ready":{"version":2,"clock_error":57}}      its window exists
//! watcher  "clock"                                       asks for the time on its clock, unless the command line gave it an origin
//! twin     {"clock":{"nanos":81234567}}                  answered at once, by the thread that reads
//! watcher  {"seconds":{"seconds":10.0}}                  how long the next download takes
//! watcher  {"click":{"number":3,"button":"about"}}       clicks that button
//! twin     {"sign":{"at":90000000,"sign":{"queued":{"number":3,"button":"about"}}}}
//! twin     {"sign":{"at":95000000,"sign":{"answered":{"number":3,"clicks":1}}}}
//! twin     {"sign":{"at":95000000,"sign":"picture"}}
//! ```
//!
//! Times are nanoseconds on the twin's clock; the lines are in the order of these times.

use serde::{Deserialize, Serialize};

/// Raised whenever a line changes its meaning; both ends must agree.
pub(super) const VERSION: u32 = 2;

/// A button in a twin's window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Button {
    /// Starts the task.
    Download,
    /// Says what the window is; the answer that a click waits for.
    About,
}

/// A line to the twin.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// Asks for the twin's clock: the handshake that places its times on ours.
    Clock,
    /// The length of the downloads to come, in seconds.
    Seconds {
        /// More than zero.
        seconds: f64,
    },
    /// A click, to be put into the window's queue of events.
    Click {
        /// Counted from 1, so that each answer belongs to one click.
        number: u64,
        /// The button to click.
        button: Button,
    },
}

/// A sign of life.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// The window has drawn a picture.
    Picture,
    /// A requested click lies in the window's queue of events.
    Queued {
        /// Its number.
        number: u64,
        /// The button that it is for.
        button: Button,
    },
    /// Clicks on About were answered: the picture that shows it is drawn.
    Answered {
        /// The requested click; `None` for clicks of the mouse.
        number: Option<u64>,
        /// How many: one if it was requested.
        clicks: u64,
    },
    /// The task has begun.
    Began,
    /// The task has ended.
    Ended,
    /// The window is being closed.
    Closing,
}

/// A line from the twin.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Response {
    Ready {
        version: u32,
        /// How exactly it knows its origin, in nanoseconds; none if it counts from its own start.
        #[serde(default)]
        clock_error: Option<u64>,
    },
    Clock {
        nanos: u64,
    },
    Sign {
        at: u64,
        sign: Sign,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_are_those_of_the_description() {
        let requests = [
            (Request::Clock, r#""clock""#),
            (
                Request::Seconds { seconds: 10.0 },
                r#"{"seconds":{"seconds":10.0}}"#,
            ),
            (
                Request::Click {
                    number: 3,
                    button: Button::About,
                },
                r#"{"click":{"number":3,"button":"about"}}"#,
            ),
        ];
        for (request, line) in requests {
            assert_eq!(serde_json::to_string(&request).unwrap(), line);
            assert_eq!(serde_json::from_str::<Request>(line).unwrap(), request);
        }
        let sign = |at, sign| Response::Sign { at, sign };
        let queued = Sign::Queued {
            number: 3,
            button: Button::About,
        };
        let answered = Sign::Answered {
            number: Some(3),
            clicks: 1,
        };
        let responses = [
            (
                Response::Ready {
                    version: 2,
                    clock_error: Some(57),
                },
                r#"{"ready":{"version":2,"clock_error":57}}"#,
            ),
            (Response::Clock { nanos: 5 }, r#"{"clock":{"nanos":5}}"#),
            (
                sign(6, Sign::Picture),
                r#"{"sign":{"at":6,"sign":"picture"}}"#,
            ),
            (
                sign(7, queued),
                r#"{"sign":{"at":7,"sign":{"queued":{"number":3,"button":"about"}}}}"#,
            ),
            (
                sign(8, answered),
                r#"{"sign":{"at":8,"sign":{"answered":{"number":3,"clicks":1}}}}"#,
            ),
        ];
        for (response, line) in responses {
            assert_eq!(serde_json::to_string(&response).unwrap(), line);
            assert_eq!(serde_json::from_str::<Response>(line).unwrap(), response);
        }
    }
}
