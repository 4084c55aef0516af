//! Tests of the lesson about Ping and Pong.

use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::lab::demo::value::Value;
use crate::lab::run::Summary;

/// The key of the right answer if `left` words are left, and the answer's number.
fn right(demo: &PingPong, left: u64) -> Option<(String, Option<f64>)> {
    let summary = Summary {
        measures: vec![
            ("pings", Value::from(1u64)),
            ("pongs", Value::from(2u64)),
            ("left_in_queue", Value::from(left)),
        ],
        wall: Duration::from_secs(1),
        ..Summary::default()
    };
    let record = Record::done(demo, "queue", summary);
    let shown = PingPong::default().key_figure(&record)?.figure.args[0]
        .1
        .as_f64();
    assert_eq!(shown, Some(left as f64));
    let question = demo.questions().pop()?;
    let right = question.verdict(&record)?.right()?;
    let text = &question.choices[right].text;
    let number = text.args.first().and_then(|(_, number)| number.as_f64());
    Some((text.key.replace("ping_pong-q-", ""), number))
}

#[test]
fn a_queue_that_refuses_leaves_what_an_answer_names() {
    for capacity in [2, 3] {
        let demo = PingPong {
            take_starts: "at_once",
            capacity,
            put_timeout_millis: 0,
            ..PingPong::default()
        };
        let named = Some(("number".to_owned(), Some(capacity as f64)));
        assert_eq!(right(&demo, capacity), named);
        assert_eq!(right(&demo, 1), Some(("another".to_owned(), None)));
    }
    let demo = PingPong {
        take_starts: "at_once",
        take_timeout_millis: 100,
        ..PingPong::default()
    };
    for left in 4..=14 {
        let (key, number) = right(&demo, left).expect("it decides");
        let is_named = [4, 14].contains(&left);
        assert_eq!(key, if is_named { "number" } else { "another" });
        assert_eq!(number, is_named.then_some(left as f64));
    }
}

#[test]
fn a_run_in_which_nobody_can_go_on_never_ends() {
    for take_timeout_millis in [-1, 100] {
        let demo = PingPong {
            take_starts: "at_once",
            take_timeout_millis,
            ..PingPong::default()
        };
        let question = demo.questions().pop().expect("asked");
        let right = question.verdict_on(Finding::Count(NEVER)).right();
        let text = &question.choices[right.expect("it decides")].text;
        assert_eq!(text.key, "ping_pong-q-never");
    }
}

proptest! {
    /// One answer holds any number of words that such a queue can leave.
    #[test]
    fn what_can_be_left_is_offered(
        puts_each in 1..50u64,
        takes in 0..120u64,
        capacity in 0..60u64,
        at_once: bool,
        put_timeout_millis in -1..2i64,
        take_timeout_millis in -1..2i64,
        share in 0.0..=1.0f64,
    ) {
        let demo = PingPong {
            puts_each,
            takes,
            capacity,
            take_starts: if at_once { "at_once" } else { "after_puts" },
            put_timeout_millis,
            take_timeout_millis,
            ..PingPong::default()
        };
        let puts = 2 * puts_each;
        let room = if capacity > 0 { capacity } else { u64::MAX };
        let can_refuse = room < puts && put_timeout_millis >= 0 || take_timeout_millis >= 0;
        let left = match (at_once, can_refuse) {
            (true, true) => (share * puts.min(room) as f64).round() as u64,
            (true, false) => puts.saturating_sub(takes),
            (false, _) => puts.min(room).saturating_sub(takes),
        };
        let (key, number) = right(&demo, left).expect("it decides");
        prop_assert!(number == Some(left as f64) || key == "another");
    }
}
