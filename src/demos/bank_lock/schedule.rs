//! Schedules: the order of the threads' steps, as a short code such as `ABABAB` with a letter per step. The rules only;
//! the threads that keep to them are in [`stepped`](super::stepped).

use super::BankLock;
use super::program_counters::{Next, ProgramCounters};
use crate::lab::demo::param::ParamError;
use crate::lab::demo::value::Value;
use crate::lab::demo::{Sentence, VariantId};
use crate::lab::trace::event::Step;

/// Variants whose deposits have several steps, as a schedule needs.
pub(super) const VARIANTS: &[VariantId] = &["no_lock", "mutex", "atomic"];
/// The most letters of a code. The longest right one has twelve; of a longer one the first wrong letter is named.
pub(super) const LONGEST: usize = 32;
/// Two threads can get in each other's way, and the orders of more than three can't be counted in class.
const THREADS: std::ops::RangeInclusive<usize> = 2..=3;

/// The letter of a thread, counted from 0.
pub fn letter(thread: usize) -> char {
    char::from(b'A'.saturating_add(u8::try_from(thread).unwrap_or(u8::MAX)))
}

/// The value of the parameter `schedule`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schedule<'text> {
    /// Threads run as they like.
    Free,
    /// Every possible order, one after another.
    All,
    /// The class chooses each step, in the window only.
    Steered,
    /// The order of this code.
    Code(&'text str),
}

impl<'text> Schedule<'text> {
    /// Reads the parameter's value.
    pub fn read(text: &'text str) -> Self {
        match text {
            "" => Schedule::Free,
            "all" => Schedule::All,
            "step" => Schedule::Steered,
            code => Schedule::Code(code),
        }
    }

    /// Whether buttons of the picture choose it, too: `Step` and `All orders`.
    pub fn is_of_buttons(self) -> bool {
        matches!(self, Schedule::Steered | Schedule::All)
    }

    /// How many threads a code of threads' letters has: two, or three if there is a C in it.
    pub fn threads(self) -> Option<u64> {
        match self {
            Schedule::Code(code) if code.chars().all(|letter| matches!(letter, 'A'..='C')) => {
                Some(threads_of(code) as u64)
            }
            _ => None,
        }
    }
}

fn threads_of(code: &str) -> usize {
    if code.contains('C') { 3 } else { 2 }
}

/// Whether a run of `variant` keeps to this schedule; others run as if there were none.
pub(super) fn applies(schedule: &str, variant: VariantId) -> bool {
    !schedule.is_empty() && VARIANTS.contains(&variant)
}

/// Letters are capitals and have nothing between them, however they were typed; the words are small.
pub(super) fn tidy(schedule: &mut String) {
    let tidy: String = match schedule.trim().to_ascii_lowercase() {
        word if word == "all" || word == "step" => word,
        code => code
            .chars()
            .filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | ','))
            .map(|letter| letter.to_ascii_uppercase())
            .collect(),
    };
    if *schedule != tidy {
        *schedule = tidy;
    }
}

/// The reason why a letter can't stand where it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    NoThread(char),
    Finished(usize),
    Waits(usize, usize),
    Ends(usize, Step),
}

impl Fault {
    /// The reason in English, and as a sentence that every language has.
    fn said(self) -> (String, Sentence) {
        let word = |letter: char| Value::Word(letter.to_string());
        match self {
            Fault::NoThread(wrong) => (
                format!("`{wrong}` is no thread: there are A and B, or A, B and C"),
                Sentence::new("bank_lock-code-no-thread").with("letter", word(wrong)),
            ),
            Fault::Finished(thread) => (
                format!("{} has no step left", letter(thread)),
                Sentence::new("bank_lock-code-finished").with("thread", word(letter(thread))),
            ),
            Fault::Waits(thread, holder) => (
                format!(
                    "{} waits for the lock, which {} holds",
                    letter(thread),
                    letter(holder)
                ),
                Sentence::new("bank_lock-code-waits")
                    .with("thread", word(letter(thread)))
                    .with("holder", word(letter(holder))),
            ),
            Fault::Ends(thread, step) => (
                format!(
                    "the code ends, but {} still has to {}",
                    letter(thread),
                    step.name()
                ),
                Sentence::new("bank_lock-code-ends")
                    .with("thread", word(letter(thread)))
                    .with("step", Value::Word(step.name().to_owned())),
            ),
        }
    }
}

/// The threads of a code's letters, or the number of the wrong letter (from 1) and the reason.
fn parse(variant: VariantId, code: &str) -> Result<Vec<usize>, (usize, Fault)> {
    let threads = threads_of(code);
    let mut counters = ProgramCounters::new(variant, threads);
    let mut turns = Vec::with_capacity(code.len());
    for (index, found) in code.chars().enumerate() {
        let fault = match (0..threads).find(|thread| letter(*thread) == found) {
            None => Fault::NoThread(found),
            Some(thread) => match counters.next(thread) {
                Next::Step(_) => {
                    counters.go(thread);
                    turns.push(thread);
                    continue;
                }
                Next::WaitsFor(holder) => Fault::Waits(thread, holder),
                Next::Finished => Fault::Finished(thread),
            },
        };
        return Err((index + 1, fault));
    }
    match (0..threads).find_map(|thread| Some((thread, counters.ahead(thread)?))) {
        None => Ok(turns),
        Some((thread, step)) => Err((turns.len() + 1, Fault::Ends(thread, step))),
    }
}

/// The threads of a code's letters, in their order.
pub(super) fn turns(variant: VariantId, code: &str) -> Result<Vec<usize>, ParamError> {
    parse(variant, code).map_err(|(at, fault)| {
        let (why, said) = fault.said();
        ParamError::WrongLetter {
            name: "schedule",
            text: code.to_owned(),
            at,
            why,
            said: Box::new(said),
        }
    })
}

/// Whether a run of `variant` could keep to the bank's schedule.
pub(super) fn check(bank: &BankLock, variant: VariantId) -> Result<(), ParamError> {
    if !applies(&bank.schedule, variant) {
        return Ok(());
    }
    let demands = |other, allowed, value| ParamError::Demands {
        name: "schedule",
        text: bank.schedule.clone(),
        other,
        allowed,
        value,
    };
    match Schedule::read(&bank.schedule) {
        Schedule::All if !THREADS.contains(&(bank.threads as usize)) => {
            return Err(demands("threads", "2–3", bank.threads));
        }
        Schedule::Free | Schedule::All => {}
        // In the window the button `Step` starts it; typed, it is a code like any other.
        Schedule::Code(_) | Schedule::Steered => drop(turns(variant, &bank.schedule)?),
    }
    if bank.failing > 0 {
        // A thread that panics would leave the letters of its other steps without meaning.
        return Err(demands("failing", "0", bank.failing));
    }
    Ok(())
}

/// The code of these threads' turns.
pub fn code(turns: impl IntoIterator<Item = usize>) -> String {
    turns.into_iter().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{READ, UNLOCK, WAIT, orders};
    use super::*;

    #[track_caller]
    fn wrong(variant: VariantId, code: &str) -> (usize, Fault) {
        parse(variant, code).expect_err(code)
    }

    #[test]
    fn a_code_is_right_if_each_letter_can_go_and_none_is_missing() {
        assert_eq!(parse("no_lock", "ABABAB"), Ok(vec![0, 1, 0, 1, 0, 1]));
        assert_eq!(parse("mutex", "BBBBAAAA"), Ok(vec![1, 1, 1, 1, 0, 0, 0, 0]));
        assert_eq!(parse("atomic", "CBAABC"), Ok(vec![2, 1, 0, 0, 1, 2]));
    }

    #[test]
    fn a_wrong_letter_is_known_by_its_place() {
        assert_eq!(wrong("no_lock", "AB?"), (3, Fault::NoThread('?')));
        assert_eq!(wrong("no_lock", "ABÄ"), (3, Fault::NoThread('Ä')));
        // Without a C there are two threads; a D is never one.
        assert_eq!(wrong("no_lock", "D"), (1, Fault::NoThread('D')));
        assert_eq!(wrong("no_lock", "AAABA"), (5, Fault::Finished(0)));
        assert_eq!(wrong("atomic", "AAA"), (3, Fault::Finished(0)));
        assert_eq!(wrong("mutex", "AB"), (2, Fault::Waits(1, 0)));
        assert_eq!(wrong("mutex", "AAAABCCBBB"), (6, Fault::Waits(2, 1)));
        assert_eq!(wrong("no_lock", "A"), (2, Fault::Ends(0, WAIT)));
        assert_eq!(wrong("no_lock", "AAACCC"), (7, Fault::Ends(1, READ)));
        assert_eq!(wrong("mutex", "AAA"), (4, Fault::Ends(0, UNLOCK)));
    }

    #[test]
    fn all_orders_are_counted_and_each_is_right() {
        for (variant, threads, count) in [
            ("no_lock", 2, 20),
            ("no_lock", 3, 1_680),
            ("atomic", 2, 6),
            ("atomic", 3, 90),
            // From lock to unlock no other thread has a step: only the order of the threads differs.
            ("mutex", 2, 2),
            ("mutex", 3, 6),
        ] {
            let mut all = orders(variant, threads);
            assert_eq!(all.len(), count, "{variant} {threads}");
            for order in &all {
                let code = code(order.iter().copied());
                assert_eq!(parse(variant, &code).as_ref(), Ok(order), "{code}");
            }
            all.dedup();
            assert_eq!(all.len(), count);
        }
    }

    #[test]
    fn what_is_typed_is_tidied_up() {
        for (typed, tidied) in [
            ("ababab", "ABABAB"),
            (" ab ab-AB, ", "ABABAB"),
            ("ALL", "all"),
            ("Step", "step"),
            ("ä", "ä"),
            ("", ""),
        ] {
            let mut schedule = typed.to_owned();
            tidy(&mut schedule);
            assert_eq!(schedule, tidied, "{typed}");
            tidy(&mut schedule);
            assert_eq!(schedule, tidied, "{typed} twice");
        }
    }
}
