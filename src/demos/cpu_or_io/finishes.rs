//! When the tasks of a round were done. A record keeps it, so that the tray of the other kind can be
//! filled beside the one that is shown, from a common zero, when that run's events are long gone.

use std::time::Duration;

/// Of so many tasks the picture shows each; of more nothing is kept.
const SHOWN: usize = 400;

/// When each task of a round was done, since the round began, the earliest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Finishes(Vec<Duration>);

impl Finishes {
    /// In whatever order they come.
    pub(super) fn new(mut done: Vec<Duration>) -> Self {
        done.sort_unstable();
        Self(done)
    }

    /// How long the round took.
    pub(super) fn wall(&self) -> Duration {
        self.0.last().copied().unwrap_or_default()
    }

    /// Tasks that were done by `time`.
    #[cfg(feature = "window")]
    pub(super) fn done_by(&self, time: Duration) -> usize {
        self.0.partition_point(|done| *done <= time)
    }
}

/// The rounds of a run in one word: `threads:microseconds,…;…`.
pub(super) fn told(rounds: &[(u64, Finishes)]) -> String {
    let kept = rounds.iter().filter(|(_, round)| round.0.len() <= SHOWN);
    let said = kept.map(|(workers, round)| {
        let micros: Vec<_> = round
            .0
            .iter()
            .map(|done| done.as_micros().to_string())
            .collect();
        format!("{workers}:{}", micros.join(","))
    });
    said.collect::<Vec<_>>().join(";")
}

/// The round of `workers` threads that such a word tells of.
#[cfg(feature = "window")]
pub(super) fn heard(told: &str, workers: u64) -> Option<Finishes> {
    let rounds = told.split(';').filter_map(|round| round.split_once(':'));
    let (_, micros) = { rounds }.find(|(count, _)| count.parse() == Ok(workers))?;
    let done = micros
        .split(',')
        .map(|micros| Some(Duration::from_micros(micros.parse().ok()?)));
    Some(Finishes(done.collect::<Option<_>>()?))
}

#[cfg(all(test, feature = "window"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_heard() {
        let millis =
            |all: &[u64]| Finishes::new(all.iter().copied().map(Duration::from_millis).collect());
        let (one, two) = (millis(&[20, 40]), millis(&[21, 20]));
        let told = told(&[(1, one.clone()), (32, two.clone())]);
        assert_eq!(told, "1:20000,40000;32:20000,21000");
        assert_eq!(heard(&told, 1), Some(one));
        assert_eq!(heard(&told, 2), None);
        assert_eq!(two.wall(), Duration::from_millis(21));
        assert_eq!(two.done_by(Duration::from_millis(20)), 1);
    }

    #[test]
    fn of_many_tasks_nothing_is_kept() {
        assert_eq!(told(&[(1, Finishes(vec![Duration::ZERO; SHOWN + 1]))]), "");
        assert_eq!(heard("", 1), None);
    }
}
