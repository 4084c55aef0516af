//! The pixels of a timeline's row if spans are narrower than pixels or tracks share a row: each pixel shows the state
//! in which most of its time was spent.
//!
//! Tracks with more spans than pixels are looked at in a few places per pixel, and what was seen is kept from frame
//! to frame: a pixel whose spans are over stays as it is, and a long run costs no more to draw than a short one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use egui::{Context, Id};

use crate::lab::trace::event::State;
use crate::lab::trace::log::{LoggedSpan, RunLog, TrackLog};
use crate::widgets::timeline::axis::TimeAxis;

/// The states in the order of preference when two take equally long: the rarer comes first.
const STATES: [State; 5] = [
    State::Lost,
    State::Holding,
    State::Waiting,
    State::Running,
    State::Sleeping,
];
/// Indexes behind the states: running time of which the CPU share is known, and the CPU time in it.
const MEASURED: usize = STATES.len();
const CPU: usize = MEASURED + 1;
pub(super) type Figures = [f32; CPU + 1];
/// The most places per pixel in which a track is looked at if it has more spans than this, so that a long run costs no
/// more than a wide picture.
const LOOKS_PER_PIXEL: usize = 4;

/// Neighbouring pixels that show the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    /// The first pixel.
    pub from: usize,
    /// The pixel after the last.
    pub to: usize,
    /// The state that the pixels show.
    pub state: State,
    /// CPU time ÷ wall time of a running stretch, in eighths, if it was measured.
    pub share: Option<f32>,
}

/// One row of pixels, filled track by track.
pub struct PixelRow {
    /// Time of each state in each pixel, in pixels, followed by the two extra figures.
    time: Vec<Figures>,
    /// Time of spans that cover whole pixels, as differences to the pixel before: a long span costs two entries.
    steps: Vec<Figures>,
    tracks: usize,
    shortest: usize,
}

impl PixelRow {
    /// An empty row.
    pub fn new(pixels: usize) -> Self {
        Self {
            time: vec![Figures::default(); pixels],
            steps: vec![Figures::default(); pixels + 1],
            tracks: 0,
            shortest: 1,
        }
    }

    /// Empties the row. Each span of a track with few spans will be shown at least `shortest` pixels wide.
    pub fn clear(&mut self, shortest: usize) {
        self.time.fill(Figures::default());
        self.steps.fill(Figures::default());
        self.tracks = 0;
        self.shortest = shortest.max(1);
    }

    /// Adds the states of `track` until `now` that lie on `axis`, which is as wide as the row. `seen` holds the pixels
    /// of the track that were looked at in earlier pictures.
    pub fn add(&mut self, track: &TrackLog, axis: &TimeAxis, now: Duration, seen: &mut SeenTrack) {
        self.tracks += 1;
        let pixels = self.time.len();
        let per_point = pixels as f32 / (axis.right - axis.left).max(1.0);
        let pixel = |at| (axis.x(at) - axis.left) * per_point;
        let (open, spans) = visible(track, axis, now);
        if spans.len() > LOOKS_PER_PIXEL * pixels {
            self.look_at(track, axis, now, seen);
            return;
        }
        // A track with few spans shows each of them, however short it is.
        let sparse = spans.len() * 8 <= pixels;
        let shortest = if sparse { self.shortest as f32 } else { 1.0 };
        let mut around: Vec<State> = Vec::new();
        for span in open.chain(spans) {
            let state = span.state_at(now);
            let from = pixel(span.begin);
            let to = pixel(span.end.unwrap_or(now).min(now));
            around.truncate(usize::from(span.depth));
            if let Some(&outer) = around.last() {
                self.cover(from, to, -1.0, outer, None);
            }
            around.push(state);
            let share = shown_share(span);
            if to - from < shortest && (sparse || state == State::Lost) {
                // The span counts twice, to be seen beside whatever else is in these pixels.
                let first = from.floor().min(pixels as f32 - shortest);
                self.cover(first, first + shortest, 2.0, state, share);
            } else {
                self.cover(from, to, 1.0, state, share);
            }
        }
    }

    fn look_at(&mut self, track: &TrackLog, axis: &TimeAxis, now: Duration, seen: &mut SeenTrack) {
        let looks = LOOKS_PER_PIXEL * self.time.len();
        let place = |look: usize| {
            let share = (look as f32 + 0.5) / looks as f32;
            axis.at(axis.left + (axis.right - axis.left) * share)
        };
        let mut begun = 0;
        let pixels = self.time.len();
        seen.pixels.resize(pixels, None);
        // The pixel of this moment is the last that shows anything; rounding may make it the next one.
        let per_point = pixels as f32 / (axis.right - axis.left).max(1.0);
        let until = ((axis.x(now) - axis.left) * per_point) as usize + 2;
        let both = self.time.iter_mut().zip(&mut seen.pixels);
        for (pixel, (sum, kept)) in both.enumerate().take(until) {
            let known = kept.filter(|kept| kept.from <= now);
            let figures = match known {
                Some(known) => known.figures,
                None => {
                    let mut found = Seen {
                        figures: Figures::default(),
                        from: Duration::ZERO,
                    };
                    for look in pixel * LOOKS_PER_PIXEL..(pixel + 1) * LOOKS_PER_PIXEL {
                        let at = place(look);
                        if at > now {
                            found.from = Duration::MAX;
                            break;
                        }
                        let span = track.next_span_at(&mut begun, at);
                        let end = span.map_or(at, |span| span.end.unwrap_or(Duration::MAX));
                        // Until a later event is told, more events of this pixel may come.
                        let is_told = seen.is_over || begun < track.spans.len();
                        found.from = found.from.max(if is_told { end } else { Duration::MAX });
                        if let Some(span) = span {
                            let weight = 1.0 / LOOKS_PER_PIXEL as f32;
                            let (state, share) = (span.state_at(now), shown_share(span));
                            add_figures(&mut found.figures, weight, state, share);
                        }
                    }
                    // Figures kept at a later moment stay, because they are right again from that moment on.
                    if kept.is_none() && found.from <= now {
                        *kept = Some(found);
                    }
                    found.figures
                }
            };
            for (sum, figure) in sum.iter_mut().zip(figures) {
                *sum += figure;
            }
        }
    }

    /// Adds `weight` for each pixel from `from` to `to`.
    fn cover(&mut self, from: f32, to: f32, weight: f32, state: State, share: Option<f32>) {
        let pixels = self.time.len();
        let (from, to) = (from.max(0.0), to.min(pixels as f32));
        if from >= to {
            return;
        }
        let (first, last) = (from as usize, to as usize);
        if first == last {
            add_figures(&mut self.time[first], weight * (to - from), state, share);
            return;
        }
        let head = (first + 1) as f32 - from;
        add_figures(&mut self.time[first], weight * head, state, share);
        add_figures(&mut self.steps[first + 1], weight, state, share);
        add_figures(&mut self.steps[last], -weight, state, share);
        if let Some(figures) = self.time.get_mut(last) {
            add_figures(figures, weight * (to - last as f32), state, share);
        }
    }

    /// The row's segments, from left to right.
    pub fn segments(&self) -> Vec<Segment> {
        let mut found: Vec<Segment> = Vec::new();
        let mut whole = Figures::default();
        for (pixel, (part, step)) in self.time.iter().zip(&self.steps).enumerate() {
            let mut figures = *part;
            for ((figure, whole), step) in figures.iter_mut().zip(&mut whole).zip(step) {
                *whole += step;
                *figure += *whole;
            }
            let Some((state, share)) = self.shown(&figures) else {
                continue;
            };
            match found.last_mut() {
                Some(last) if last.to == pixel && last.state == state && last.share == share => {
                    last.to = pixel + 1;
                }
                _ => found.push(Segment {
                    from: pixel,
                    to: pixel + 1,
                    state,
                    share,
                }),
            }
        }
        found
    }

    fn shown(&self, figures: &Figures) -> Option<(State, Option<f32>)> {
        let busy: f32 = figures[..MEASURED].iter().sum();
        // A sum of many parts is a little off, so a little less than half counts as half.
        if busy < 0.499 * self.tracks as f32 {
            return None;
        }
        let mut most = 0;
        for index in 1..MEASURED {
            if figures[index] > figures[most] + 1e-3 {
                most = index;
            }
        }
        let state = STATES[most];
        let measured = state == State::Running && figures[MEASURED] > 1e-3;
        let share = measured.then(|| (figures[CPU] / figures[MEASURED] * 8.0).round() / 8.0);
        Some((state, share))
    }
}

/// The spans of a track that can be seen: those that go on at the axis's left edge, outer ones first, and
/// those that begin on it until `now`.
pub fn visible<'log>(
    track: &'log TrackLog,
    axis: &TimeAxis,
    now: Duration,
) -> (
    impl Iterator<Item = &'log LoggedSpan> + use<'log>,
    &'log [LoggedSpan],
) {
    let until = now.min(axis.end);
    let begun = match now < axis.from {
        true => 0,
        false => track.spans.partition_point(|span| span.begin <= until),
    };
    let first = if axis.from.is_zero() {
        0
    } else {
        track.spans.partition_point(|span| span.begin <= axis.from)
    };
    let around = match first.min(begun) {
        0 => Vec::new(),
        _ => track.spans_around(axis.from),
    };
    let open = around.into_iter().map(|index| &track.spans[index]);
    (open, &track.spans[first.min(begun)..begun])
}

fn shown_share(span: &LoggedSpan) -> Option<f32> {
    (span.state == State::Running)
        .then(|| span.share_of_core())
        .flatten()
}

fn add_figures(figures: &mut Figures, amount: f32, state: State, share: Option<f32>) {
    let index = STATES.iter().position(|&known| known == state);
    figures[index.unwrap_or_default()] += amount;
    if let Some(share) = share {
        figures[MEASURED] += amount;
        figures[CPU] += amount * share;
    }
}

/// The figures of one track in one pixel, as they were seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) figures: Figures,
    /// The moment of the run from which on the figures hold: all spans that were looked at are over then.
    pub(super) from: Duration,
}

/// A track's pixels that will not change.
#[derive(Debug, Default)]
pub(super) struct SeenTrack {
    pub(super) pixels: Vec<Option<Seen>>,
    /// Whether the run is over.
    pub(super) is_over: bool,
}

/// The pixels of all tracks of one timeline.
#[derive(Default)]
pub(super) struct Looks {
    /// The recording, its axis, and the width in pixels to which the tracks belong.
    of: Option<(u64, TimeAxis, usize)>,
    tracks: HashMap<usize, SeenTrack>,
    is_over: bool,
}

/// The looks that the window keeps from picture to picture.
#[derive(Clone, Default)]
pub(super) struct Kept(Arc<Mutex<Looks>>);

impl Kept {
    pub(super) fn of(ctx: &Context) -> Self {
        ctx.data_mut(|data| {
            data.get_temp_mut_or_default::<Self>(Id::unique("timeline_looks"))
                .clone()
        })
    }

    /// The looks for a timeline of `log` along `axis`: the kept ones if they belong to the same timeline, else new
    /// ones.
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

#[cfg(test)]
#[path = "pixels_tests.rs"]
mod tests;
