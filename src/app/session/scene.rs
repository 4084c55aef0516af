//! What the window shows of a demo: the run that goes on, or else the latest of the chosen variant, at
//! the moment of the clock or of the replay.

use std::time::{Duration, Instant};

use crate::app::Room;
use crate::app::session::playhead::Recording;
use crate::app::session::{Finished, Running, Session};
use crate::lab::demo::incident::Incident;
use crate::lab::demo::{Demo, VariantId};
use crate::lab::trace::record::Record;
use crate::widgets::stage::{Snapshot, Stage};

/// A demo and the run that is shown of it.
pub(crate) struct Scene<'app> {
    /// The demo with its present parameters.
    pub(crate) demo: &'app dyn Demo,
    /// The variant that is chosen.
    pub(crate) variant: VariantId,
    /// The run of this demo that goes on.
    pub(crate) running: Option<&'app Running>,
    /// Or else the latest of the chosen variant.
    pub(crate) finished: Option<&'app Finished>,
    /// What the two small windows told last, which is shown before all else.
    pub(crate) twins: Option<Snapshot<'app>>,
    /// Finished runs with the shown one's parameters.
    earlier: Vec<&'app Record>,
}

/// What is shown of `room`, and the picture to draw it with.
pub(crate) fn of<'app>(
    room: &'app mut Room,
    session: &'app Session,
) -> (Scene<'app>, &'app mut dyn Stage) {
    let id = room.demo.id();
    let running = session.running_of(id);
    let finished = session
        .latest_of(id, room.variant)
        .filter(|_| running.is_none());
    let info = running
        .map(|running| running.info())
        .or(finished.map(|finished| &finished.info));
    let earlier = info
        .map(|info| session.comparable(id, &info.params))
        .unwrap_or_default();
    let scene = Scene {
        demo: room.demo.as_ref(),
        variant: room.variant,
        running,
        finished,
        twins: session.twins.shown(id, Instant::now()),
        earlier,
    };
    (scene, room.stage.as_mut())
}

impl Scene<'_> {
    /// The run that is shown, at the moment that is shown.
    pub(crate) fn shown(&self, clock: Instant) -> Option<Snapshot<'_>> {
        if self.twins.is_some() {
            return self.twins;
        }
        let (info, recording, playback, record) = match (self.running, self.finished) {
            (Some(running), _) => {
                let (recording, playback) = (running.recording(), &running.playback);
                (running.info(), recording, playback, None)
            }
            (None, Some(finished)) => {
                let recording = Recording::of_finished(&finished.log);
                let record = Some(&finished.record);
                (&finished.info, recording, &finished.playback, record)
            }
            (None, None) => return None,
        };
        Some(Snapshot {
            info,
            log: recording.log,
            now: playback.moment(clock, recording.end),
            slowed: playback.factor(clock, recording.end),
            held: playback.is_held(),
            window: playback.window(clock, &recording),
            incident: playback.incident(clock),
            record,
            earlier: &self.earlier,
        })
    }

    /// What went wrong in the run that is over, to be replayed event by event.
    pub(crate) fn incident(&self) -> Option<Incident> {
        let finished = self.finished?;
        self.demo.incident(&finished.record, &finished.log)
    }

    /// When this window drew during the run that is shown.
    pub(crate) fn frames(&self) -> Option<&[Duration]> {
        if self.twins.is_some() {
            return None;
        }
        self.running
            .map(|running| &running.frames[..])
            .or(self.finished.map(|finished| &finished.frames[..]))
    }
}
