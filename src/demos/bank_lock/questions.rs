//! What the class is asked about the deposits, and what is said afterwards.

use super::{BankLock, Schedule};
use crate::lab::demo::{Choice, KeyFigure, Question, Sentence, VariantId};
use crate::lab::record::Record;
use crate::lab::value::Value;
use crate::lab::verdict::{Finding, Holds};

pub(super) fn questions(bank: &BankLock) -> Vec<Question> {
    // What is asked is what will run.
    let bank = &BankLock {
        threads: bank.threads(),
        ..bank.clone()
    };
    match Schedule::read(&bank.schedule) {
        Schedule::Free => free(bank),
        Schedule::Code(code) => {
            let mut question = balance(bank, "no_lock", "bank_lock-q1-code");
            let code = Value::Word(code.to_owned());
            question.text = question.text.with("code", code);
            vec![question]
        }
        Schedule::All if bank.threads <= 3 => vec![exact_orders(bank)],
        // What comes out is the class's own doing.
        Schedule::All | Schedule::Steered => Vec::new(),
    }
}

/// In how many of all orders nothing is lost, without a lock.
fn exact_orders(bank: &BankLock) -> Question {
    // Of the letters of all threads' steps: 6!/(3!·3!) or 9!/(3!·3!·3!).
    let orders: u64 = if bank.threads == 3 { 1_680 } else { 20 };
    let choice = |key: &str, count: u64, range| Choice {
        text: Sentence::new(format!("bank_lock-q4-{key}")).with("orders", count),
        holds: Holds::Within(range),
    };
    Question {
        variant: "no_lock",
        text: Sentence::new("bank_lock-q4")
            .with("orders", orders)
            .with("threads", bank.threads),
        choices: vec![
            choice("all", orders, orders as f64..f64::INFINITY),
            choice("half", orders / 2, orders as f64 / 5.0..orders as f64),
            choice("few", orders / 5, 0.0..orders as f64 / 5.0),
        ],
        find: |record| Finding::count(record.figure("orders_exact")),
    }
}

/// Where the threads run as they like.
fn free(bank: &BankLock) -> Vec<Question> {
    let threads = "bank_lock-q1";
    let tasks = if bank.await_inside {
        "bank_lock-q3-await"
    } else {
        "bank_lock-q3"
    };
    let mut questions = vec![balance(bank, "no_lock", threads)];
    // A single thread takes as long with the lock as without: there is nothing to choose from.
    if bank.threads > 1 {
        questions.push(time_with_lock(bank));
    }
    questions.push(balance(bank, "async_tasks", tasks));
    questions
}

/// How much money there will be, without a lock.
fn balance(bank: &BankLock, variant: VariantId, text: &str) -> Question {
    let total = bank.threads * bank.amount;
    let (most, few) = (total * 9 / 10, total / 10);
    let choice = |key: &str, range| Choice {
        text: Sentence::new(format!("bank_lock-q1-{key}")),
        holds: Holds::Within(range),
    };
    let mut choices = vec![choice("all", total as f64..f64::INFINITY)];
    choices[0].text.args.push(("total", Value::from(total)));
    if few > bank.amount {
        let mut nearly_all = choice("most", most as f64..total as f64);
        nearly_all.text = nearly_all
            .text
            .with("from", most)
            .with("to", total - bank.amount);
        let mut half = choice("half", few as f64..most as f64);
        half.text = half.text.with("half", total / 2);
        let mut hardly_any = choice("few", 0.0..few as f64);
        hardly_any.text = hardly_any.text.with("few", few);
        choices.extend([nearly_all, half, hardly_any]);
    } else {
        // Of so little money only all or less than all can be told apart.
        let mut less = choice("less", 0.0..total as f64);
        less.text = less.text.with("total", total);
        choices.push(less);
    }
    Question {
        variant,
        text: Sentence::new(text)
            .with("threads", bank.threads)
            .with("amount", bank.amount),
        choices,
        find: |record| Finding::count(record.figure("balance")),
    }
}

fn time_with_lock(bank: &BankLock) -> Question {
    let one = bank.gap().as_secs_f64().max(0.001);
    let all = one * bank.threads as f64;
    let tenth = all / 10.0;
    let mut times = vec![one, tenth, all];
    times.dedup_by(|later, earlier| *later < *earlier * 2.0);
    // Each time is right up to half-way (as factors go) to the next.
    let mut from = 0.0;
    let choices = times
        .iter()
        .enumerate()
        .map(|(index, &seconds)| {
            let to = times
                .get(index + 1)
                .map_or(f64::INFINITY, |next| (seconds * next).sqrt());
            let text =
                Sentence::new("bank_lock-q2-seconds").with("seconds", Value::Seconds(seconds));
            Choice {
                text,
                holds: Holds::Within(std::mem::replace(&mut from, to)..to),
            }
        })
        .collect();
    Question {
        variant: "mutex",
        text: Sentence::new("bank_lock-q2"),
        choices,
        find: |record| Finding::measured(record.figure("wall_seconds")),
    }
}

/// With a lock nobody doubts the balance: there it is the time that matters.
pub(super) fn key_figure(record: &Record) -> Option<KeyFigure> {
    let params = &record.info.params;
    let measure = |name| record.summary().measure(name).cloned();
    if let (Some(orders), Some(exact)) = (measure("orders"), measure("orders_exact")) {
        return Some(KeyFigure {
            figure: Sentence::new("bank_lock-orders-exact")
                .with("orders", orders)
                .with("exact", exact),
            words: Sentence::new("bank_lock-orders-right"),
        });
    }
    let made = params.whole("threads") as f64 - record.figure("deposits_failed")?;
    let total = made as u64 * params.whole("amount");
    let balance = record.summary().measure("balance")?.clone();
    let words = |key: &str| Sentence::new(key).with("total", total);
    Some(match record.info.variant {
        "mutex" | "short_lock" if measure("code").is_none() => KeyFigure {
            figure: Sentence::new("figure-seconds").with("seconds", record.wall()),
            words: words("bank_lock-key-locked").with("balance", balance),
        },
        _ => KeyFigure {
            figure: Sentence::new("bank_lock-stage-balance").with("balance", balance),
            words: words("bank_lock-key-balance"),
        },
    })
}

pub(super) fn result(record: &Record) -> Vec<Sentence> {
    let summary = record.summary();
    let with_figures = |key: &str| {
        let mut sentence = Sentence::new(key)
            .with("seconds", summary.wall)
            .with("threads", record.info.params.whole("threads"));
        sentence
            .args
            .extend(summary.measures.iter().chain(&summary.details).cloned());
        sentence
    };
    let lost = record.figure("deposits_lost").unwrap_or(0.0);
    if record.figure("orders").is_some() {
        let all_exact = record.figure("orders") == record.figure("orders_exact");
        return vec![with_figures(if all_exact {
            "bank_lock-result-orders-exact"
        } else {
            "bank_lock-result-orders"
        })];
    }
    if summary.measure("code").is_some() {
        let mut sentences = vec![with_figures(match record.info.variant {
            _ if lost > 0.0 => "bank_lock-result-code-lost",
            "no_lock" => "bank_lock-result-code-lucky",
            _ => "bank_lock-result-code-exact",
        })];
        let overwritten = [
            ("over_1", "bank_lock-result-overwrote-1"),
            ("over_2", "bank_lock-result-overwrote-2"),
        ];
        let said = overwritten
            .into_iter()
            .filter(|(over, _)| summary.measure(over).is_some());
        sentences.extend(said.map(|(_, key)| with_figures(key)));
        return sentences;
    }
    let mut sentences = vec![match record.info.variant {
        "no_lock" if lost == 0.0 => with_figures("bank_lock-result-lucky"),
        "no_lock" => with_figures("bank_lock-result-lost"),
        "mutex" => with_figures("bank_lock-result-mutex"),
        "short_lock" => with_figures("bank_lock-result-short_lock"),
        "async_tasks" if lost > 0.0 => with_figures("bank_lock-result-async_tasks-lost"),
        "async_tasks" if record.info.params.toggle("await_inside") => {
            with_figures("bank_lock-result-async_tasks-alone")
        }
        "async_tasks" => with_figures("bank_lock-result-async_tasks"),
        _ => with_figures("bank_lock-result-atomic"),
    }];
    if record.figure("deposits_failed").unwrap_or(0.0) > 0.0 {
        let locked = matches!(record.info.variant, "mutex" | "short_lock");
        sentences.push(with_figures(if locked {
            "bank_lock-result-failed-locked"
        } else {
            "bank_lock-result-failed"
        }));
    }
    sentences
}
