//! The lesson about the deposits: its questions, and the sentences about a run.

use super::judgement::{Books, Deposits, Judgement, Outcome, judge};
use super::{BankLock, Schedule, code};
use crate::lab::demo::incident::Incident;
use crate::lab::demo::value::Value;
use crate::lab::demo::verdict::{Finding, Holds, ZONE};
use crate::lab::demo::{Choice, KeyFigure, Lesson, Question, Sentence, VariantId, Vote};
use crate::lab::trace::log::RunLog;
use crate::lab::trace::record::Record;

/// With more deposits than this the answers are shares of them.
const FEW: u64 = 10;

impl Lesson for BankLock {
    fn questions(&self) -> Vec<Question> {
        // The questions have the numbers of the run in them.
        let bank = &BankLock {
            threads: self.threads(),
            ..self.clone()
        };
        match Schedule::read(&bank.schedule) {
            Schedule::Free => free(bank),
            Schedule::Code(code) if bank.threads > 1 => {
                let mut question = balance(bank, bank.threads, "no_lock", "bank_lock-q1-code");
                let code = Value::Word(code.to_owned());
                question.text = question.text.with("code", code);
                vec![question]
            }
            Schedule::All if (2..=3).contains(&bank.threads) => vec![exact_orders(bank)],
            Schedule::Steered if (2..=3).contains(&bank.threads) => in_turns(bank),
            // A single deposit can't be lost: there is nothing to guess.
            Schedule::Code(_) | Schedule::All | Schedule::Steered => Vec::new(),
        }
    }

    fn votes(&self) -> Vec<Vote> {
        Vote::each(&self.questions(), &["no_lock", "mutex"])
    }

    fn result(&self, record: &Record, _earlier: &[&Record]) -> Vec<Sentence> {
        let summary = record.summary();
        let variant = record.info.variant;
        let with_figures = |key: &str| {
            let mut sentence = Sentence::new(key)
                .with("seconds", summary.wall)
                .with("threads", record.info.params.whole("threads"));
            sentence.args.extend(summary.figures());
            sentence
        };
        let books = match judge(record) {
            None => return Vec::new(),
            Some(Judgement::Orders { all, exact }) => {
                let key = if all == exact {
                    "bank_lock-result-orders-exact"
                } else {
                    "bank_lock-result-orders"
                };
                return vec![with_figures(key)];
            }
            Some(Judgement::Deposits(books)) => books,
        };
        if books.in_turns {
            let key = match books.outcome {
                Outcome::Lost => "bank_lock-result-code-lost",
                Outcome::Lucky => "bank_lock-result-code-lucky",
                _ => "bank_lock-result-code-exact",
            };
            let deposits: Option<&Deposits> = record.details();
            let blind = deposits.map_or(0, |deposits| deposits.blind.len());
            let overwrote = [
                "bank_lock-result-overwrote-1",
                "bank_lock-result-overwrote-2",
            ];
            let keys = std::iter::once(key).chain(overwrote.into_iter().take(blind));
            return keys.map(with_figures).collect();
        }
        let key = match (books.outcome, variant) {
            (Outcome::NoneMade, _) => return vec![with_figures("bank_lock-result-none")],
            (Outcome::Alone, _) => "bank_lock-result-alone",
            (Outcome::Lost, "async_tasks") => "bank_lock-result-async_tasks-lost",
            (Outcome::Lost, _) => "bank_lock-result-lost",
            (Outcome::Lucky, _) => "bank_lock-result-lucky",
            (Outcome::Safe, "mutex") => "bank_lock-result-mutex",
            (Outcome::Safe, "short_lock") => "bank_lock-result-short_lock",
            (Outcome::Safe, "async_tasks") => "bank_lock-result-async_tasks",
            (Outcome::Safe, _) => "bank_lock-result-atomic",
        };
        let failed = match variant {
            "mutex" | "short_lock" => "bank_lock-result-failed-locked",
            _ => "bank_lock-result-failed",
        };
        let failed = (books.failed > 0).then_some(failed);
        let keys = std::iter::once(key).chain(failed);
        keys.map(with_figures).collect()
    }

    /// With a lock nobody doubts the balance: the key figure is then the time.
    fn key_figure(&self, record: &Record) -> Option<KeyFigure> {
        Some(match judge(record)? {
            Judgement::Orders { all, exact } => KeyFigure {
                figure: Sentence::new("bank_lock-orders-exact")
                    .with("orders", all)
                    .with("exact", exact),
                words: Sentence::new("bank_lock-orders-right"),
            },
            Judgement::Deposits(books) => {
                let words = |key: &str| Sentence::new(key).with("total", books.expected);
                match books.seconds {
                    Some(seconds) => KeyFigure {
                        figure: Sentence::new("figure-seconds")
                            .with("seconds", Value::Seconds(seconds)),
                        words: words("bank_lock-key-locked").with("balance", books.balance),
                    },
                    None => KeyFigure {
                        figure: Sentence::new("bank_lock-stage-balance")
                            .with("balance", books.balance),
                        words: words("bank_lock-key-balance"),
                    },
                }
            }
        })
    }

    fn incident(&self, record: &Record, log: &RunLog) -> Option<Incident> {
        super::incident::incident(record, log)
    }

    fn full_value(&self, measure: &str) -> Option<f64> {
        let made = self.threads().saturating_sub(self.failing);
        (measure == "balance").then_some((made * self.amount) as f64)
    }
}

/// The question of how many orders lose nothing without a lock.
fn exact_orders(bank: &BankLock) -> Question {
    // The orders of all threads' steps, 6!/(3!·3!) or 9!/(3!·3!·3!).
    let orders: u64 = if bank.threads == 3 { 1_680 } else { 20 };
    let few = orders / 5;
    let choice = |key: &str| Sentence::new(format!("bank_lock-q4-{key}"));
    Question {
        variant: "no_lock",
        text: Sentence::new("bank_lock-q4")
            .with("orders", orders)
            .with("threads", bank.threads),
        choices: vec![
            Choice::new(choice("all").with("orders", orders), Holds::exactly(orders)),
            Choice::new(
                choice("some").with("from", few).with("to", orders - 1),
                Holds::Within(few as f64 - 0.5..orders as f64 - 0.5),
            ),
            Choice::new(
                choice("few").with("orders", few),
                Holds::Within(0.0..few as f64 - 0.5),
            ),
        ],
        find: |record| match judge(record) {
            Some(Judgement::Orders { exact, .. }) => Finding::Count(exact as f64),
            _ => Finding::count(None),
        },
    }
}

/// The questions about threads whose steps the class decides. Without a lock the order matters, so that the question is
/// about one order; with a lock, or with one atomic step, any order gives the same balance.
fn in_turns(bank: &BankLock) -> Vec<Question> {
    let threads = bank.threads as usize;
    let by_turns = code(std::iter::repeat_n(0..threads, 3).flatten());
    let taken = balance(bank, bank.threads, "no_lock", "bank_lock-q5");
    let any_order = |variant: VariantId| {
        let mut question = balance(bank, bank.threads, variant, "bank_lock-q6");
        let variant = Value::Word(variant.to_owned());
        question.text = question.text.with("variant", variant);
        question
    };
    let taken = Question {
        text: taken.text.clone().with("code", Value::Word(by_turns)),
        find: |record| match judge(record) {
            Some(Judgement::Deposits(books)) if took_turns(record) => {
                Finding::Count(books.balance as f64)
            }
            _ => Finding::undecided("bank_lock-undecided-turns"),
        },
        ..taken
    };
    vec![taken, any_order("mutex"), any_order("atomic")]
}

/// Whether the threads took turns, one step each, whichever began.
fn took_turns(record: &Record) -> bool {
    let threads = record.info.params.whole("threads") as usize;
    let deposits: Option<&Deposits> = record.details();
    let code = deposits.and_then(|deposits| deposits.code.as_deref());
    let letters = code.unwrap_or_default().as_bytes();
    let (Some(first), Some(later)) = (letters.get(..threads), letters.get(threads..)) else {
        return false;
    };
    let differ = (1..first.len()).all(|index| !first[..index].contains(&first[index]));
    differ && letters.iter().zip(later).all(|(one, next)| one == next)
}

/// The questions about threads that run as they like.
fn free(bank: &BankLock) -> Vec<Question> {
    let made = bank.threads.saturating_sub(bank.failing);
    let tasks = if bank.await_inside {
        "bank_lock-q3-await"
    } else {
        "bank_lock-q3"
    };
    let mut questions = Vec::new();
    // A single deposit can't be lost: there is nothing to guess.
    if made > 1 {
        questions.push(balance(bank, made, "no_lock", "bank_lock-q1"));
    }
    questions.extend(time_with_lock(bank));
    if made > 1 {
        questions.push(balance(bank, made, "async_tasks", tasks));
    }
    questions
}

/// The question about the balance after `made` deposits without a lock: any number of them may be kept.
fn balance(bank: &BankLock, made: u64, variant: VariantId, text: &str) -> Question {
    let yuan = |deposits: u64| deposits * bank.amount;
    let text_of = |key: &str| Sentence::new(format!("bank_lock-q1-{key}"));
    let choice = |from: u64, to: u64| {
        let text = match from == to {
            true => text_of("exact").with("yuan", yuan(from)),
            false => text_of("range")
                .with("from", yuan(from))
                .with("to", yuan(to)),
        };
        let holds = Holds::Within(yuan(from) as f64 - 0.5..yuan(to) as f64 + 0.5);
        Choice::new(text, holds)
    };
    let less = |than: u64| {
        Choice::new(
            text_of("less").with("yuan", yuan(than)),
            Holds::Within(0.0..yuan(than) as f64 - 0.5),
        )
    };
    let choices = match made {
        0..=4 => (1..=made).rev().map(|kept| choice(kept, kept)).collect(),
        5..=FEW => vec![choice(made, made), less(made)],
        _ => {
            let (some, most) = (made.div_ceil(10), (made * 9).div_ceil(10));
            vec![
                choice(made, made),
                choice(most, made - 1),
                choice(some, most - 1),
                less(some),
            ]
        }
    };
    Question {
        variant,
        text: Sentence::new(text)
            .with("threads", bank.threads)
            .with("failing", bank.failing)
            .with("amount", bank.amount),
        choices,
        find: |record| match judge(record) {
            Some(Judgement::Deposits(books)) => Finding::Count(books.balance as f64),
            _ => Finding::count(None),
        },
    }
}

/// The question about the time with a lock, where each thread waits for those before it. There is no question without a
/// wait: the time is then that of starting the threads. Nor is there one if all answers would be the same time, as with
/// a single thread.
fn time_with_lock(bank: &BankLock) -> Option<Question> {
    let one = bank.gap().as_secs_f64();
    let all = one * bank.threads as f64;
    let mut times = vec![one, all / 10.0, all];
    // A run could not tell times apart that are nearer to each other.
    times.dedup_by(|later, earlier| *later < *earlier * ZONE.powi(4));
    if one == 0.0 || times.len() < 2 {
        return None;
    }
    let seconds =
        |time| Sentence::new("bank_lock-q2-seconds").with("seconds", Value::Seconds(time));
    let another = Sentence::new("bank_lock-q2-another");
    let choices = Choice::by_value(&times, seconds, another);
    Some(Question {
        variant: "mutex",
        text: Sentence::new("bank_lock-q2"),
        choices,
        find: |record| match judge(record) {
            Some(Judgement::Deposits(Books { seconds, .. })) => Finding::measured(seconds),
            _ => Finding::measured(None),
        },
    })
}

#[cfg(test)]
#[path = "lesson_tests.rs"]
mod tests;
