//! What was seen of tracks with more spans than pixels is kept from picture to picture: a pixel whose spans are
//! over stays as it is, and a long run costs no more to draw than a short one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use egui::{Context, Id};

use crate::lab::trace::log::RunLog;
use crate::widgets::timeline::pixels::Figures;
use crate::widgets::timeline::time_axis::TimeAxis;

/// What a pixel shows of one track.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) figures: Figures,
    /// It is so from this moment of the run on: all that was looked at is over then.
    pub(super) from: Duration,
}

/// A track's pixels that will not change.
#[derive(Debug, Default)]
pub(super) struct SeenTrack {
    pub(super) pixels: Vec<Option<Seen>>,
    /// Whether nothing more will be told.
    pub(super) is_over: bool,
}

/// Those of all tracks of one picture.
#[derive(Default)]
pub(super) struct Looks {
    /// Which recording, along which axis, and how many pixels wide.
    of: Option<(u64, TimeAxis, usize)>,
    tracks: HashMap<usize, SeenTrack>,
    is_over: bool,
}

/// Where the window keeps them.
#[derive(Clone, Default)]
pub(super) struct Kept(Arc<Mutex<Looks>>);

impl Kept {
    pub(super) fn of(ctx: &Context) -> Self {
        ctx.data_mut(|data| {
            data.get_temp_mut_or_default::<Self>(Id::unique("timeline_looks"))
                .clone()
        })
    }

    /// Those that can still be used for a picture of `log` along `axis`.
    pub(super) fn looks(
        &self,
        log: &RunLog,
        axis: &TimeAxis,
        pixels: usize,
    ) -> MutexGuard<'_, Looks> {
        let mut looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of = Some((log.serial(), axis.clone(), pixels));
        if looks.of != of {
            *looks = Looks {
                of,
                ..Looks::default()
            };
        }
        looks.is_over = log.finished().is_some();
        looks
    }
}

impl Looks {
    pub(super) fn track(&mut self, index: usize) -> &mut SeenTrack {
        let track = self.tracks.entry(index).or_default();
        track.is_over = self.is_over;
        track
    }
}
