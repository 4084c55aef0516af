//! Where to find a track's spans and instants without looking at all of them.

use std::time::Duration;

use crate::lab::trace::event::{State, Step};

/// So many ended spans lie between one kept sum and the next.
pub(super) const EVERY: usize = 256;

/// Nanoseconds in each of [`State::ALL`].
pub(super) type Nanos = [u64; State::ALL.len()];

/// The spans of a track that have ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Ended {
    /// Their places among the track's spans, by the time of their end.
    pub(super) spans: Vec<u32>,
    /// The sums before each [`EVERY`]-th of them.
    pub(super) sums: Vec<Nanos>,
    /// The sums of all.
    pub(super) sum: Nanos,
    /// When the first ended that was in each state.
    pub(super) first: [Option<Duration>; State::ALL.len()],
}

/// The places of a track's spans, or instants, by step.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct BySteps(Vec<(Step, Vec<u32>)>);

impl BySteps {
    /// Adds the last entry of the list, which is of `step`.
    pub(super) fn push(&mut self, step: Step, place: usize) {
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        match self.0.iter_mut().find(|(known, _)| *known == step) {
            Some((_, places)) => places.push(place),
            None => self.0.push((step, vec![place])),
        }
    }

    /// Inserts one that came late: those behind it move on.
    pub(super) fn insert(&mut self, step: Step, place: usize) {
        let late = u32::try_from(place).unwrap_or(u32::MAX);
        for (_, places) in &mut self.0 {
            let behind = places.partition_point(|known| *known < late);
            places[behind..].iter_mut().for_each(|known| *known += 1);
        }
        self.push(step, place);
        if let Some((_, places)) = self.0.iter_mut().find(|(known, _)| *known == step) {
            places.sort_unstable();
        }
    }

    /// The places of `step`, from the first.
    pub(super) fn of(&self, step: Step) -> &[u32] {
        let found = self.0.iter().find(|(known, _)| *known == step);
        found.map_or(&[], |(_, places)| places)
    }
}
