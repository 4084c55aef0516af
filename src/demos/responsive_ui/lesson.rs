//! The lesson about the Download button: its questions, and the sentences about a run.

use std::time::Duration;

use super::ResponsiveUi;
use crate::lab::demo::value::Value;
use crate::lab::demo::verdict::{Finding, Holds, Verdict};
use crate::lab::demo::{Choice, KeyFigure, Lesson, Question, Sentence, VariantId};
use crate::lab::trace::record::{AboutClick, Record};

/// The length of a gap, in seconds, from which on a window seems to hang and a click on it to be ignored.
const FELT: f64 = 0.5;

/// The window during a run, as a person felt it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Window {
    /// The window stood still.
    Froze,
    /// The window went on drawing.
    WentOn,
    /// Some people would have felt the longest gap, others not.
    Between,
}

impl Window {
    /// The window's behaviour, judged by the longest time without a picture.
    pub(super) fn of(gap: Duration) -> Self {
        let ranges = [Holds::Within(0.0..FELT), Holds::Within(FELT..f64::INFINITY)];
        match Verdict::of(Finding::Measured(gap.as_secs_f64()), &ranges).right() {
            Some(0) => Self::WentOn,
            Some(_) => Self::Froze,
            None => Self::Between,
        }
    }
}

/// The time until the click on About was answered.
fn about(record: &Record) -> Finding {
    match record.host.about {
        None => Finding::undecided("responsive_ui-undecided-nobody"),
        Some(AboutClick::Answered { clicked, opened }) => {
            Finding::Measured(opened.saturating_sub(clicked).as_secs_f64())
        }
        // The length of the wait is unknown, but it lasted until the task was done.
        Some(AboutClick::AfterFreeze { .. }) => Finding::Count(f64::INFINITY),
    }
}

impl Lesson for ResponsiveUi {
    fn questions(&self) -> Vec<Question> {
        let at = (self.seconds * 3.0).round() / 10.0;
        let answer =
            |key: &str, holds| Choice::new(Sentence::new(format!("responsive_ui-q-{key}")), holds);
        let ask = |variant: VariantId, key: &str| Question {
            variant,
            text: Sentence::new(key)
                .with("seconds", Value::Seconds(self.seconds))
                .with("at", Value::Word(at.to_string())),
            choices: vec![
                answer("at-once", Holds::Within(0.0..FELT)),
                answer("after", Holds::Rest),
                answer("lost", Holds::Never),
                answer("crash", Holds::Never),
            ],
            find: about,
        };
        vec![
            ask("ui_thread", "responsive_ui-q1"),
            ask("worker_thread", "responsive_ui-q2"),
        ]
    }

    /// The sentences about a run. `earlier` are the runs before it with the same parameters; the latest of the other
    /// variant is compared with it.
    fn result(&self, record: &Record, earlier: &[&Record]) -> Vec<Sentence> {
        let variant = record.info.variant;
        let other = earlier
            .iter()
            .rev()
            .find(|other| other.is_done() && other.info.variant != variant);
        let windows = [Some(record), other.copied()]
            .map(|record| record.map(|record| Window::of(record.host.longest_frame_gap)));
        let is_lesson = match variant {
            "ui_thread" => windows == [Some(Window::Froze), Some(Window::WentOn)],
            _ => windows == [Some(Window::WentOn), Some(Window::Froze)],
        };
        let window = Window::of(record.host.longest_frame_gap);
        let key = match (variant, window) {
            ("ui_thread", Window::Froze) if is_lesson => {
                "responsive_ui-result-ui_thread-froze-both"
            }
            ("ui_thread", Window::Froze) => "responsive_ui-result-ui_thread-froze",
            ("ui_thread", Window::WentOn) => "responsive_ui-result-ui_thread-went-on",
            ("ui_thread", Window::Between) => "responsive_ui-result-ui_thread-between",
            (_, Window::WentOn) if is_lesson => "responsive_ui-result-worker_thread-went-on-both",
            (_, Window::WentOn) => "responsive_ui-result-worker_thread-went-on",
            (_, Window::Froze) => "responsive_ui-result-worker_thread-froze",
            (_, Window::Between) => "responsive_ui-result-worker_thread-between",
        };
        let mut sentence = Sentence::new(key)
            .with("gap", record.host.longest_frame_gap)
            .with("clicks", record.host.clicks_waiting);
        if let Some(other) = other.filter(|_| is_lesson) {
            sentence = sentence.with("other", other.host.longest_frame_gap);
        }
        let mut sentences = vec![sentence];
        let about = match record.host.about {
            None => None,
            Some(AboutClick::Answered { clicked, opened }) => Some(
                Sentence::new("responsive_ui-result-about")
                    .with("took", opened.saturating_sub(clicked)),
            ),
            Some(AboutClick::AfterFreeze { .. }) => {
                Some(Sentence::new("responsive_ui-result-about-after"))
            }
        };
        sentences.extend(about);
        sentences
    }

    fn key_figure(&self, record: &Record) -> Option<KeyFigure> {
        // A run that did not come to its end has no such measure.
        record.figure("longest_frame_gap_seconds")?;
        let gap = record.host.longest_frame_gap;
        let words = match Window::of(gap) {
            Window::Froze => "responsive_ui-key-frozen",
            Window::WentOn | Window::Between => "responsive_ui-key-went-on",
        };
        Some(KeyFigure {
            figure: Sentence::new("figure-seconds").with("seconds", gap),
            words: Sentence::new(words).with("clicks", record.host.clicks_waiting),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lab::demo::Work;

    use crate::lab::run::{Outcome, Summary};

    fn record(
        demo: &ResponsiveUi,
        variant: VariantId,
        gap: f64,
        about: Option<AboutClick>,
    ) -> Record {
        let mut record = Record::done(demo, variant, Summary::default());
        record.host.longest_frame_gap = Duration::from_secs_f64(gap);
        record.host.clicks_waiting = 2;
        record.host.about = about;
        if let Outcome::Done(summary) = &mut record.outcome {
            demo.measure_host(summary, &record.host);
        }
        record
    }

    fn answered(took: f64) -> Option<AboutClick> {
        let clicked = Duration::from_millis(30);
        Some(AboutClick::Answered {
            clicked,
            opened: clicked + Duration::from_secs_f64(took),
        })
    }

    fn ticked(demo: &ResponsiveUi, record: &Record) -> Option<String> {
        let mut questions = demo.questions().into_iter();
        let question = questions.find(|question| question.variant == record.info.variant)?;
        let right = question.verdict(record)?.right()?;
        Some(question.choices[right].text.key.clone())
    }

    #[test]
    fn what_is_ticked_is_what_became_of_the_click() {
        let demo = ResponsiveUi::default();
        let after = Some(AboutClick::AfterFreeze {
            opened: Duration::from_secs(10),
        });
        let frozen = |about| ticked(&demo, &record(&demo, "ui_thread", 10.0, about));
        assert_eq!(frozen(after).unwrap(), "responsive_ui-q-after");
        assert_eq!(frozen(None), None, "nobody clicked About");
        assert_eq!(frozen(answered(0.01)).unwrap(), "responsive_ui-q-at-once");
    }

    /// If drawing is slow, pictures come every 100 ms: that is as long as the shortest download.
    #[test]
    fn a_slow_picture_is_no_freeze() {
        let demo = ResponsiveUi { seconds: 0.1 };
        let run = record(&demo, "worker_thread", 0.1, answered(0.1));
        assert_eq!(ticked(&demo, &run).unwrap(), "responsive_ui-q-at-once");
        assert_eq!(
            ResponsiveUi::default().result(&run, &[])[0].key,
            "responsive_ui-result-worker_thread-went-on"
        );
    }

    #[test]
    fn both_are_compared_only_where_one_froze_and_the_other_did_not() {
        let demo = ResponsiveUi { seconds: 0.3 };
        let first = record(&demo, "ui_thread", 0.3, None);
        let second = record(&demo, "worker_thread", 0.03, None);
        let said = ResponsiveUi::default().result(&second, &[&first]);
        assert_eq!(said[0].key, "responsive_ui-result-worker_thread-went-on");
        let frozen = record(&demo, "ui_thread", 3.0, None);
        let said = ResponsiveUi::default().result(&second, &[&frozen]);
        assert_eq!(
            said[0].key,
            "responsive_ui-result-worker_thread-went-on-both"
        );
    }

    proptest! {
        #[test]
        fn figure_and_sentence_say_the_same_of_the_window(
            gap in 0.001..20.0f64,
            variant in prop::sample::select(vec!["ui_thread", "worker_thread"]),
        ) {
            let run = record(&ResponsiveUi::default(), variant, gap, None);
            let window = Window::of(run.host.longest_frame_gap);
            let figure = ResponsiveUi::default().key_figure(&run).expect("it is done").words.key;
            let sentence = ResponsiveUi::default().result(&run, &[]).remove(0).key;
            prop_assert_eq!(figure.ends_with("frozen"), window == Window::Froze);
            prop_assert_eq!(sentence.ends_with("froze"), window == Window::Froze);
            prop_assert_eq!(sentence.ends_with("went-on"), window == Window::WentOn);
        }
    }
}
