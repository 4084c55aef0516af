//! The scene of a demo in the window: the run that goes on, or else the latest of the chosen variant, at the moment of
//! the clock or of the replay.

use std::time::{Duration, Instant};

use egui::Vec2;

use super::playhead::Recording;
use super::{Finished, Running, Session};
use crate::app::demo_state::DemoState;
use crate::lab::demo::{Demo, VariantId};
use crate::lab::trace::record::Record;
use crate::text::Language;
use crate::widgets::heartbeat_ui::Heartbeat;
use crate::widgets::stage::{RunView, Snapshot, Stage};

/// The runs of a demo that are kept back, because they would tell an answer before its guess.
#[derive(Clone, Default)]
pub struct KeptBack<'app> {
    /// The variants whose questions were not guessed.
    pub variants: Vec<VariantId>,
    /// The record of a run that is being replayed for the first time.
    pub unseen: Option<&'app Record>,
}

impl KeptBack<'_> {
    /// Whether this run's outcome may be told.
    pub fn allows(&self, record: &Record) -> bool {
        let is_unseen = self
            .unseen
            .is_some_and(|unseen| std::ptr::eq(unseen, record));
        !is_unseen && self.allows_variant(record.info.variant)
    }

    /// Whether runs of this variant may be told.
    pub fn allows_variant(&self, variant: VariantId) -> bool {
        !self.variants.contains(&variant)
    }
}

/// A demo, and the run of it that is shown.
pub struct Scene<'app> {
    /// The demo with its present parameters.
    pub demo: &'app dyn Demo,
    /// The chosen variant.
    pub variant: VariantId,
    /// The run of this demo that goes on.
    pub running: Option<&'app Running>,
    /// The latest run of the chosen variant, if none goes on.
    pub finished: Option<&'app Finished>,
    /// The two small windows, which are shown before all else.
    twins: Option<Snapshot<'app>>,
    /// Finished runs with the same parameters as the shown run.
    earlier: Vec<&'app Record>,
    freezing: bool,
    now: Instant,
}

/// The scene of `demo` at the moment `now`, without the runs that are `kept_back`, and the stage that draws its picture.
pub fn of<'app>(
    demo: &'app mut DemoState,
    session: &'app Session,
    kept_back: &KeptBack<'_>,
    now: Instant,
) -> (Scene<'app>, &'app mut dyn Stage) {
    let variant = demo.variant();
    let (demo, stage) = demo.with_stage();
    (Scene::of(demo, variant, session, kept_back, now), stage)
}

impl<'app> Scene<'app> {
    /// The scene of `demo` at the moment `now`, without the runs that are `kept_back`.
    pub fn of(
        demo: &'app dyn Demo,
        variant: VariantId,
        session: &'app Session,
        kept_back: &KeptBack<'_>,
        now: Instant,
    ) -> Self {
        let running = session.running_of(demo.id());
        let finished = session
            .latest_of(demo.id(), variant)
            .filter(|_| running.is_none() && kept_back.allows_variant(variant));
        let info = running
            .map(|running| running.info())
            .or(finished.map(|finished| &finished.info));
        let mut earlier = info
            .map(|info| session.comparable(demo.id(), &info.params))
            .unwrap_or_default();
        earlier.retain(|record| kept_back.allows(record));
        Self {
            demo,
            variant,
            running,
            finished,
            twins: session.twins().snapshot(demo.id(), now),
            earlier,
            freezing: session.freezes_for(demo.id()),
            now,
        }
    }

    /// Whether the two small windows are shown.
    pub fn shows_twins(&self) -> bool {
        self.twins.is_some()
    }

    /// The shown run at the shown moment.
    pub fn snapshot(&self) -> Option<Snapshot<'_>> {
        if self.twins.is_some() {
            return self.twins;
        }
        let (snapshot, record) = match (self.running, self.finished) {
            (Some(running), _) => {
                let recording = running.recording(self.now);
                let playhead = &running.playhead;
                (
                    playhead.snapshot(self.now, running.info(), &recording),
                    None,
                )
            }
            (None, Some(finished)) => {
                let recording = Recording::of_finished(&finished.log);
                let playhead = &finished.playhead;
                let snapshot = playhead.snapshot(self.now, &finished.info, &recording);
                (snapshot, Some(&finished.record))
            }
            (None, None) => return None,
        };
        Some(Snapshot {
            record,
            earlier: &self.earlier,
            ..snapshot
        })
    }

    /// The snapshot from which the demo's picture is drawn.
    pub fn run_view<'a>(
        &'a self,
        language: Language,
        heartbeat: &'a Heartbeat,
        presenting: bool,
    ) -> RunView<'a> {
        RunView {
            demo: self.demo,
            variant: self
                .running
                .map_or(self.variant, |running| running.info().variant),
            language,
            shown: self.snapshot(),
            heartbeat,
            freezing: self.freezing,
            corner: Vec2::ZERO,
            clicks: self.clicks(),
            unguessed: Vec::new(),
            presenting,
        }
    }

    /// The moments when this window learned of clicks during the shown run.
    pub fn clicks(&self) -> &[Duration] {
        let clicks = self.running.map(|running| &running.clicks[..]);
        let clicks = clicks.or(self.finished.map(|finished| &finished.clicks[..]));
        clicks.filter(|_| self.twins.is_none()).unwrap_or_default()
    }

    /// The moments when this window drew during the shown run.
    pub fn frames(&self) -> Option<&[Duration]> {
        if self.twins.is_some() {
            return None;
        }
        self.running
            .map(|running| &running.frames[..])
            .or(self.finished.map(|finished| &finished.frames[..]))
    }
}
