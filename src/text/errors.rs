//! Errors in words: they are typed until they come here.

use super::Language;
use crate::lab::demo::param::ParamError;
use crate::lab::demo::value::Value;
use crate::lab::run::error::{ProcessEnd, ProgramFault};
use crate::lab::run::error::{RunError, SpawnKind, SystemRequest};

impl Language {
    /// The reason why a run could not go on.
    pub fn run_error(self, error: &RunError) -> String {
        let word = |text: &str| Value::Word(text.to_owned());
        match error {
            RunError::Cancelled(_) => self.text("error-cancelled").into_owned(),
            RunError::Spawn { what, reason } => {
                let what = self.text(match what {
                    SpawnKind::Thread => "error-what-thread",
                    SpawnKind::WorkerProcess => "error-what-worker-process",
                });
                self.with(
                    "error-spawn",
                    &[("what", word(&what)), ("reason", word(reason))],
                )
            }
            RunError::WorkerDied { pid, how } => self.with(
                "error-worker-died",
                &[
                    ("pid", word(&pid.to_string())),
                    ("how", Value::Word(self.process_end(how))),
                ],
            ),
            RunError::Worker { pid, error } => self.with(
                "error-worker-failed",
                &[
                    ("pid", word(&pid.to_string())),
                    ("message", Value::Word(self.run_error(error))),
                ],
            ),
            RunError::Killed { process, pid } => {
                let noun = self.text(&format!("track-{}", process.noun));
                let process = match process.number {
                    Some(number) => format!("{noun} {number}"),
                    None => noun.into_owned(),
                };
                self.with(
                    "error-killed",
                    &[("process", word(&process)), ("pid", word(&pid.to_string()))],
                )
            }
            RunError::WorkerFailed { pid, message } => self.with(
                "error-worker-failed",
                &[("pid", word(&pid.to_string())), ("message", word(message))],
            ),
            RunError::Memory { bytes, reason } => self.with(
                "error-memory",
                &[("size", Value::Bytes(*bytes)), ("reason", word(reason))],
            ),
            RunError::SharedMemory { reason } => {
                self.with("error-shared-memory", &[("reason", word(reason))])
            }
            RunError::Stuck { waits, losses } => {
                let between = match self {
                    Language::English => "; ",
                    Language::Chinese => "；",
                };
                let waits = waits.iter().map(|wait| self.say(wait));
                let losses = losses.iter().map(|loss| self.run_error(loss));
                let waits: Vec<String> = waits.chain(losses).collect();
                self.with("error-stuck", &[("waits", word(&waits.join(between)))])
            }
            RunError::Program {
                program,
                pid,
                fault,
                last_words,
            } => {
                let fault = ("fault", Value::Word(self.program_fault(fault)));
                let program = ("program", word(program));
                let error = match pid {
                    Some(pid) => self.with(
                        "error-program-pid",
                        &[program, ("pid", word(&pid.to_string())), fault],
                    ),
                    None => self.with("error-program", &[program, fault]),
                };
                match last_words {
                    Some(words) => self.with(
                        "error-last-words",
                        &[("error", Value::Word(error)), ("words", word(words))],
                    ),
                    None => error,
                }
            }
            RunError::System { what, reason } => {
                let what = self.text(match what {
                    SystemRequest::EventLoop => "error-what-an-event-loop",
                    SystemRequest::Connection => "error-what-a-connection",
                    SystemRequest::Pipe => "error-what-a-pipe",
                    SystemRequest::OpenFiles => "error-what-so-many-open-files",
                    SystemRequest::FewerCores => "error-what-fewer-cores",
                });
                self.with(
                    "error-system",
                    &[("what", word(&what)), ("reason", word(reason))],
                )
            }
            RunError::WrongTotal { found, expected } => self.with(
                "error-wrong-total",
                &[
                    ("found", word(&found.to_string())),
                    ("expected", word(&expected.to_string())),
                ],
            ),
        }
    }

    /// The end of a process that should have lived on.
    fn process_end(self, how: &ProcessEnd) -> String {
        match how {
            ProcessEnd::Exited { code } => self.with(
                "error-end-exited",
                &[("code", Value::Word(code.to_string()))],
            ),
            ProcessEnd::Signal { number, name } => self.with(
                "error-end-signal",
                &[
                    ("number", Value::Word(number.to_string())),
                    ("name", Value::Word(name.clone())),
                ],
            ),
            ProcessEnd::ClosedPipe => self.text("error-end-closed-pipe").into_owned(),
            ProcessEnd::Other(words) => words.clone(),
        }
    }

    /// An error of an external program.
    fn program_fault(self, fault: &ProgramFault) -> String {
        let quoting =
            |key: &str, said: &String| self.with(key, &[("said", Value::Word(said.clone()))]);
        match fault {
            ProgramFault::NotStarted(reason) => reason.clone(),
            ProgramFault::Silent(time) => {
                self.with("error-fault-silent", &[("time", Value::from(*time))])
            }
            ProgramFault::Ended(how) => {
                let how = Value::Word(self.process_end(how));
                self.with("error-fault-ended", &[("how", how)])
            }
            ProgramFault::Endless => self.text("error-fault-endless").into_owned(),
            ProgramFault::Nonsense(said) => quoting("error-fault-nonsense", said),
            ProgramFault::WrongMoment(said) => quoting("error-fault-wrong-moment", said),
            ProgramFault::WrongFigures(said) => quoting("error-fault-wrong-figures", said),
        }
    }

    /// An error of a demo's parameter.
    pub fn param_error(self, demo: &str, error: &ParamError) -> String {
        let title =
            |name: &str| Value::Word(self.text(&format!("{demo}-param-{name}")).into_owned());
        match error {
            ParamError::MoreThan {
                name,
                value,
                limit_name,
                limit,
            } => self.with(
                "error-more-than",
                &[
                    ("name", title(name)),
                    ("value", (*value).into()),
                    ("limit_name", title(limit_name)),
                    ("limit", (*limit).into()),
                ],
            ),
            ParamError::LongerThan {
                name,
                seconds,
                limit_name,
                limit,
            } => self.with(
                "error-more-than",
                &[
                    ("name", title(name)),
                    ("value", Value::Seconds(*seconds)),
                    ("limit_name", title(limit_name)),
                    ("limit", Value::Seconds(*limit)),
                ],
            ),
            ParamError::BeyondLimit {
                name,
                value,
                what,
                needed,
                allowed,
                largest,
            } => {
                let what = self.text(&format!("limit-{}", what.replace(' ', "-")));
                self.with(
                    "error-beyond-limit",
                    &[
                        ("name", title(name)),
                        ("value", (*value).into()),
                        ("what", Value::Word(what.into_owned())),
                        ("needed", (*needed).into()),
                        ("allowed", (*allowed).into()),
                        ("largest", (*largest).into()),
                    ],
                )
            }
            ParamError::TooMuchMemory { name, needed, free } => self.with(
                "error-too-much-memory",
                &[
                    ("name", title(name)),
                    ("needed", Value::Bytes(*needed)),
                    ("free", Value::Bytes(*free)),
                ],
            ),
            ParamError::WrongLetter {
                name,
                text,
                at,
                said,
                ..
            } => self.with(
                "error-wrong-letter",
                &[
                    ("name", title(name)),
                    ("text", Value::Word(text.clone())),
                    ("at", (*at).into()),
                    ("why", Value::Word(self.say(said))),
                ],
            ),
            ParamError::Demands {
                name,
                text,
                other,
                allowed,
                value,
            } => self.with(
                "error-demands",
                &[
                    ("name", title(name)),
                    ("text", Value::Word(text.clone())),
                    ("other", title(other)),
                    ("allowed", Value::Word((*allowed).to_owned())),
                    ("value", (*value).into()),
                ],
            ),
            // The window's controls offer only what is allowed: these come from the command line, in English.
            ParamError::Unknown { .. }
            | ParamError::Malformed { .. }
            | ParamError::OutOfRange { .. }
            | ParamError::TooLong { .. }
            | ParamError::NoSuchChoice { .. } => error.to_string(),
        }
    }
}
