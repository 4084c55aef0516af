//! What the window shows of a demo: the run that goes on, or else the latest of the chosen variant, at
//! the moment of the clock or of the replay.

use std::time::{Duration, Instant};

use super::Room;
use super::session::{Finished, Running, Session};
use crate::lab::demo::{Demo, VariantId};
use crate::lab::record::Record;
use crate::widgets::stage::{Shown, Stage};

/// A demo and the run that is shown of it.
pub(super) struct Scene<'app> {
    /// The demo with its present parameters.
    pub(super) demo: &'app dyn Demo,
    /// The variant that is chosen.
    pub(super) variant: VariantId,
    /// The run of this demo that goes on.
    pub(super) running: Option<&'app Running>,
    /// Or else the latest of the chosen variant.
    pub(super) finished: Option<&'app Finished>,
    /// Finished runs with the shown one's parameters.
    earlier: Vec<&'app Record>,
}

/// What is shown of `room`, and the picture to draw it with.
pub(super) fn of<'app>(
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
        earlier,
    };
    (scene, room.stage.as_mut())
}

impl Scene<'_> {
    /// The run that is shown, at the moment that is shown.
    pub(super) fn shown(&self, clock: Instant) -> Option<Shown<'_>> {
        let live = self.running.map(|running| Shown {
            info: running.info(),
            log: &running.log,
            now: running.now(),
            slowed: None,
            record: None,
            earlier: &self.earlier,
        });
        live.or_else(|| {
            self.finished.map(|finished| {
                let end = finished.log.end();
                Shown {
                    info: &finished.info,
                    log: &finished.log,
                    now: finished.replay.hand(clock, end),
                    slowed: finished.replay.factor(clock, end),
                    record: Some(&finished.record),
                    earlier: &self.earlier,
                }
            })
        })
    }

    /// When this window drew during the run that is shown.
    pub(super) fn frames(&self) -> Option<&[Duration]> {
        self.running
            .map(|running| &running.frames[..])
            .or(self.finished.map(|finished| &finished.frames[..]))
    }
}
