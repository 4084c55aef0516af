//! The class is the scheduler: a run goes on by input, step by step.

use threadlab::demos::bank_lock::LOCK;
use threadlab::lab::demo::VariantId;
use threadlab::lab::demo::value::Value;
use threadlab::lab::run::Input;
use threadlab::lab::run::Outcome;

use crate::headless::{Watched, demo, lab, said};
use crate::schedule::{count, letters, scheduled};

/// A run that goes on by input, step by step.
struct Steered(Watched);

impl Steered {
    fn start(variant: VariantId, threads: &str) -> Self {
        let demo = demo("bank_lock", &[("threads", threads), ("schedule", "step")]);
        Self(Watched::start(&lab(), demo.as_ref(), variant))
    }

    fn press(&self, keys: &str) {
        for key in keys.bytes() {
            self.0.run.send_input(Input::Step(usize::from(key - b'A')));
        }
    }

    #[track_caller]
    fn until_code(&mut self, code: &str) {
        if code.is_empty() {
            return;
        }
        self.0.until(|log| {
            let is_open = log
                .tracks()
                .iter()
                .any(|track| track.info.name.noun == "run");
            is_open && letters(log) == code
        });
    }

    /// Waits until a thread is blocked at the lock.
    fn until_blocked(&mut self, thread: u32) {
        self.0.until(|log| {
            let mut tracks = log.tracks().iter();
            let track = tracks.find(|track| track.info.name.number == Some(thread));
            let last = track.and_then(|track| track.spans.last());
            last.is_some_and(|span| span.step == LOCK && span.end.is_none())
        });
    }
}

#[test]
fn whoever_watches_is_the_scheduler() {
    for _ in 0..100 {
        let mut class = Steered::start("no_lock", "2");
        class.press("AB");
        class.until_code("AB");
        class.press("ABAB");
        let Outcome::Done(summary) = class.0.finish() else {
            panic!("{:?}", class.0.log.finished());
        };
        assert_eq!(count(&summary, "balance"), Some(1));
        assert_eq!(
            said(&summary, "code"),
            Some(Value::Word("ABABAB".to_owned()))
        );
    }
}

#[test]
fn a_thread_that_meets_a_held_lock_is_blocked_and_gets_it_later() {
    for _ in 0..200 {
        let mut class = Steered::start("mutex", "2");
        // B's letter comes after A's unlock, and pressing B meanwhile changes nothing.
        class.press("ABBB");
        class.until_code("A");
        class.until_blocked(2);
        class.press("AAA");
        class.until_code("AAAAB");
        class.press("BBB");
        let Outcome::Done(summary) = class.0.finish() else {
            panic!("{:?}", class.0.log.finished());
        };
        assert_eq!(count(&summary, "balance"), Some(2));
        // The steps make a code that can be typed.
        let Some(Value::Word(code)) = said(&summary, "code") else {
            panic!("no code");
        };
        assert_eq!(code, "AAAABBBB");
        let (again, _) = scheduled("mutex", &code, "2");
        assert_eq!(count(&again, "balance"), Some(2));
    }
}

#[test]
fn of_two_that_are_blocked_one_gets_the_lock_and_the_code_says_which() {
    for _ in 0..100 {
        let mut class = Steered::start("mutex", "3");
        class.press("ABCAAA");
        class.0.until(|log| {
            let is_open = log
                .tracks()
                .iter()
                .any(|track| track.info.name.noun == "run");
            is_open && letters(log).len() == 5
        });
        let code = letters(&class.0.log);
        let next = code.chars().last().expect("a letter");
        assert!(["AAAAB", "AAAAC"].contains(&code.as_str()), "{code}");
        class.press(&next.to_string().repeat(3));
        let last = if next == 'B' { 'C' } else { 'B' };
        class.press(&last.to_string().repeat(3));
        let Outcome::Done(summary) = class.0.finish() else {
            panic!("{:?}", class.0.log.finished());
        };
        assert_eq!(count(&summary, "balance"), Some(3));
    }
}

#[test]
fn a_stop_reaches_threads_at_their_gates_and_at_the_lock() {
    for round in 0..200 {
        let (variant, keys, code) = [
            ("no_lock", "", ""),
            ("no_lock", "ABA", "ABA"),
            ("mutex", "ABC", "A"),
            ("mutex", "AABC", "AA"),
            ("atomic", "AB", "AB"),
        ][round % 5];
        let mut class = Steered::start(variant, "3");
        class.press(keys);
        class.until_code(code);
        if variant == "mutex" {
            class.until_blocked(3);
        }
        class.0.run.cancel();
        let outcome = class.0.finish();
        assert!(matches!(outcome, Outcome::Cancelled(_)), "{outcome:?}");
        // None was left in the middle of anything.
        let open = class.0.log.tracks().iter().flat_map(|track| &track.spans);
        assert_eq!(open.filter(|span| span.end.is_none()).count(), 0);
    }
}
