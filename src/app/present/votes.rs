//! What a lesson votes about: the questions of its demos, one after another.

use crate::app::App;
use crate::app::demo_state::Room;
use crate::app::present::steps::{Stop, order};
use crate::lab::demo::{self, Question, VariantId};
use crate::lab::trace::record::Record;

/// One vote: what is asked about which variant.
pub(super) struct Vote {
    pub(super) variant: VariantId,
    pub(super) question: Option<Question>,
    /// What it needs.
    pub(super) setting: demo::Vote,
}

/// The votes about a demo, in teaching order; one without a question where nothing is asked.
pub(super) fn votes(room: &Room) -> Vec<Vote> {
    let mut votes = room.demo.votes();
    if votes.is_empty() {
        votes.push(demo::Vote::unasked(room.variant));
    }
    let with_question = |setting: demo::Vote| Vote {
        variant: setting.variant,
        question: room.question_of(&setting),
        setting,
    };
    votes.into_iter().map(with_question).collect()
}

impl App {
    /// The stops of a lesson that begins with the demo at `start`.
    pub(super) fn stops(&self, start: usize) -> Vec<Stop> {
        let playlist: Vec<usize> = self
            .settings
            .playlist
            .iter()
            .filter_map(|id| self.rooms.iter().position(|room| room.demo.id() == id))
            .collect();
        let stops_of = |room: usize| {
            let votes = votes(&self.rooms[room]).into_iter().enumerate();
            votes.map(move |(vote, Vote { question, .. })| Stop {
                room,
                vote,
                answers: question.map_or(0, |question| question.choices.len()),
            })
        };
        order(&playlist, start)
            .into_iter()
            .flat_map(stops_of)
            .collect()
    }

    /// The record of the vote that is shown: its variant's latest run, if that had these parameters.
    pub(super) fn presented_record(&self) -> Option<&Record> {
        let room = &self.rooms[self.chosen];
        let finished = self.session.latest_of(room.demo.id(), room.variant)?;
        Some(&finished.record).filter(|record| record.info.params == room.demo.params())
    }

    /// The vote that is shown.
    pub(super) fn presented_vote(&self) -> Option<Vote> {
        let stop = self.presenting.as_ref()?.steps.stop()?;
        votes(&self.rooms[stop.room]).into_iter().nth(stop.vote)
    }

    /// The variant that is voted about.
    pub(super) fn presented_variant(&self) -> Option<VariantId> {
        self.presented_vote().map(|vote| vote.variant)
    }
}
