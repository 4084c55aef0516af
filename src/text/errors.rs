//! What went wrong, in words: errors are typed until they come here.

use super::Language;
use crate::lab::error::RunError;
use crate::lab::param::ParamError;
use crate::lab::value::Value;

impl Language {
    /// Why a run could not go on.
    pub fn run_error(self, error: &RunError) -> String {
        let word = |text: &str| Value::Word(text.to_owned());
        match error {
            RunError::Cancelled(_) => self.text("error-cancelled").into_owned(),
            RunError::Spawn { what, reason } => {
                let what = self.text(&format!("error-what-{}", what.replace(' ', "-")));
                self.with(
                    "error-spawn",
                    &[("what", word(&what)), ("reason", word(reason))],
                )
            }
            RunError::WorkerDied { pid, how } => self.with(
                "error-worker-died",
                &[("pid", word(&pid.to_string())), ("how", word(how))],
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
            RunError::Stuck { waits } => {
                let between = match self {
                    Language::English => "; ",
                    Language::Chinese => "；",
                };
                let waits: Vec<String> = waits.iter().map(|(_, wait)| self.say(wait)).collect();
                self.with("error-stuck", &[("waits", word(&waits.join(between)))])
            }
            RunError::Program { program, reason } => self.with(
                "error-program",
                &[("program", word(program)), ("reason", word(reason))],
            ),
            RunError::System { what, reason } => {
                let what = self.text(&format!("error-what-{}", what.replace(' ', "-")));
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

    /// What is wrong with a demo's parameter.
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
