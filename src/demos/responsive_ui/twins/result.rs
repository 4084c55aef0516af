//! What happened to the twins, in a sentence for each.

use std::time::Duration;

use super::{Gone, Moment, Side, Twin};
use crate::lab::demo::Sentence;
use crate::lab::demo::value::Value;
use crate::lab::run::error::signal_name;

/// From here on a wait is told in seconds.
pub const LONG: Duration = Duration::from_secs(1);

/// What is to be said at a moment: of each twin its longest gap and its clicks, or how it ended.
pub fn result(moment: &Moment) -> Vec<Sentence> {
    let sentences = Side::BOTH.map(|side| of_twin(side, &moment[side.index()]));
    sentences.into_iter().flatten().collect()
}

fn of_twin(side: Side, twin: &Twin) -> Vec<Sentence> {
    let named =
        |key: &str| Sentence::new(key).with("twin", Value::Word(side.name().to_uppercase()));
    let mut said = Vec::new();
    if let Some((gone, at)) = twin.gone {
        let by_signal = |key, number: i32| {
            let name = Value::Word(signal_name(number));
            let number = Value::Word(number.to_string());
            named(key).with("number", number).with("name", name)
        };
        let sentence = match gone {
            Gone::Closed => named("responsive_ui-twin-closed"),
            Gone::Killed(signal) => by_signal("responsive_ui-twin-killed", signal),
            Gone::Crashed(signal) => by_signal("responsive_ui-twin-crashed", signal),
            Gone::Failed => named("responsive_ui-twin-failed"),
        };
        let pid = Value::Word(twin.pid.to_string());
        said.push(sentence.with("seconds", seconds(at)).with("pid", pid));
    }
    if twin.since_picture.is_some() {
        let key = match (twin.gone, twin.slowest) {
            // Its last words are said; how it drew until then would only be in their way.
            (Some(_), _) => return said,
            (None, Some(slowest)) if slowest >= LONG => "responsive_ui-twin-result-waited",
            (None, Some(_)) => "responsive_ui-twin-result-answered",
            (None, None) => "responsive_ui-twin-result",
        };
        let mut sentence = named(key)
            .with("gap", seconds(twin.longest_gap))
            .with("clicks", twin.answered);
        if let Some(slowest) = twin.slowest {
            sentence = sentence.with(
                "slowest",
                match slowest >= LONG {
                    true => seconds(slowest),
                    false => Value::from(slowest.as_millis() as u64),
                },
            );
        }
        said.push(sentence);
    }
    said
}

fn seconds(duration: Duration) -> Value {
    let seconds = duration.as_secs_f64();
    Value::Word(match seconds {
        0.095.. => format!("{seconds:.1}"),
        _ => format!("{seconds:.2}"),
    })
}
