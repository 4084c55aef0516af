//! The timeline's lanes and axis: where they lie, how they are painted, and what lies under the pointer.

use std::sync::Arc;
use std::time::Duration;

use egui::emath::GuiRounding as _;
use egui::{Align2, Color32, FontId, Galley, Mesh, Rect, Shape, Vec2, pos2, vec2};

use crate::lab::trace::event::{State, TrackName};
use crate::lab::trace::log::{LoggedSpan, TrackLog};
use crate::text::Language;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::{SMALLEST_PATTERN, paint_state};
use crate::widgets::look::text_fit::text_line;
use crate::widgets::stage::{Marked, Snapshot};
use crate::widgets::timeline::axis::STRIP_HEIGHT;
use crate::widgets::timeline::lanes::{Block, NAMED_LANE, blocks};
use crate::widgets::timeline::looks::{Kept, Looks};
use crate::widgets::timeline::pixels::{PixelRow, Segment, visible};
use crate::widgets::timeline::time_axis::{SHORTEST, TimeAxis, live_end};
use crate::widgets::timeline::words;

const TEXT: f32 = 12.0;
const AXIS_HEIGHT: f32 = 20.0;
/// Width at which a short span can be seen from the last row.
pub(super) const VISIBLE: f32 = 3.0;
/// Up to so many tracks in a row each can be told apart; in a crowd the majority is shown.
const FEW: usize = 3;
/// From one stripe to the next across waiting hairlines.
const STRIPE_PERIOD: f32 = 10.0;
/// Between marks: a mark is a moment, but not every moment gets one, or they would be a solid bar.
const MARK_SPACING: f32 = 4.0;

/// A lane of moments rather than spans: the frames that a window drew.
#[derive(Clone, Copy)]
pub struct Marks<'marks> {
    /// The lane's name.
    pub name: TrackName,
    /// The moments, on the run's stopwatch, by time.
    pub at: &'marks [Duration],
}

/// The lanes and where they lie.
pub struct Picture<'run> {
    pub(super) shown: &'run Snapshot<'run>,
    pub(super) language: Language,
    marks: Option<Marks<'run>>,
    /// Points per pixel of the screen.
    pixel: f32,
    pub(super) room: Rect,
    pub(super) axis: TimeAxis,
    /// The last moment that could be shown.
    pub(super) end: Duration,
    marks_height: f32,
    pub(super) blocks: Vec<Block>,
    /// Whether there is room for the numbers of processes in their names.
    pids: bool,
    /// Where the lanes end and the axis begins.
    pub(super) bottom: f32,
    /// Below the axis: where what is shown lies in the whole.
    pub(super) strip: f32,
}

impl<'run> Picture<'run> {
    /// Lays the picture out within `room`, of which it takes up the width and as much height as it needs.
    pub fn new(
        pen: &Pen,
        room: Rect,
        shown: &'run Snapshot<'run>,
        language: Language,
        expected: Option<Duration>,
        marks: Option<Marks<'run>>,
    ) -> Self {
        let pixel = 1.0 / pen.pixels_per_point();
        let room = room.round_to_pixels(pen.pixels_per_point());
        let tracks = shown.log.tracks();
        let strip = match (shown.window, shown.incident) {
            (Some(_), None) => STRIP_HEIGHT,
            _ => 0.0,
        };
        let height = room.height() - AXIS_HEIGHT - strip;
        let marks_height = match marks {
            Some(_) => (height / (tracks.len() + 1) as f32).clamp(NAMED_LANE, 26.0),
            None => 0.0,
        };
        let apart: Vec<usize> = shown.incident.map_or_else(Vec::new, |incident| {
            let tracks = incident.tracks.iter();
            tracks.map(|track| track.0 as usize).collect()
        });
        let blocks = blocks(tracks, &apart, height - marks_height, pixel);
        let lanes = blocks
            .iter()
            .map(|block| block.top + block.height())
            .fold(0.0, f32::max);
        let end = match shown.log.finished() {
            Some(_) => shown.log.end(),
            None => live_end(shown.now, expected),
        };
        let widest = |pids| {
            let marks = marks.map(|marks| words::name(&marks.name, language));
            let names = blocks
                .iter()
                .map(|block| words::block_name(block, tracks, language, pids))
                .chain(marks)
                .map(|name| line(pen, name, room.width()).size().x);
            names.fold(0.0, f32::max)
        };
        let pids = widest(true) <= room.width() * 0.3;
        let names = widest(pids).min(room.width() * 0.36);
        let left = (room.left() + names + 8.0).round_to_pixels(pen.pixels_per_point());
        let axis = match (shown.incident, shown.window) {
            (Some(incident), _) => TimeAxis::not_to_scale(left, room.right(), incident.keyframes),
            (None, Some((from, to))) => TimeAxis::between(left, room.right(), from, to),
            (None, None) => TimeAxis::new(left, room.right(), end),
        };
        Self {
            shown,
            language,
            marks,
            pixel,
            room,
            axis,
            end: end.max(SHORTEST),
            marks_height,
            blocks,
            pids,
            bottom: room.top() + marks_height + lanes,
            strip,
        }
    }

    /// What it takes up of its room.
    pub fn size(&self) -> Vec2 {
        vec2(
            self.room.width(),
            self.bottom + AXIS_HEIGHT + self.strip - self.room.top(),
        )
    }

    /// Where the hand can be taken: lanes and axis, without the names.
    pub fn reach(&self) -> Rect {
        let size = self.size();
        Rect::from_min_size(self.room.min, size).with_min_x(self.axis.left)
    }

    /// The picture in words.
    pub fn describe(&self) -> String {
        words::describe(self.shown, self.end, self.language)
    }

    /// The place of one row of a block.
    pub(super) fn row(&self, block: &Block, row: usize) -> Rect {
        let top = self.room.top() + self.marks_height + block.top + block.row * row as f32;
        Rect::from_min_max(
            pos2(self.axis.left, top),
            pos2(self.axis.right, top + block.row),
        )
    }

    /// Paints everything up to the moment that is shown.
    pub fn paint(&self, pen: &Pen, marked: Option<Marked>) {
        self.paint_axis(pen);
        self.paint_marks(pen);
        let pixels = ((self.axis.right - self.axis.left) / self.pixel).max(1.0) as usize;
        let kept = Kept::of(pen.ctx());
        let mut looks = kept.looks(self.shown.log, &self.axis, pixels);
        let mut pixel_row = PixelRow::new(pixels);
        let mut hairlines = Mesh::default();
        for block in &self.blocks {
            let middle = self.row(block, 0).top() + block.height() / 2.0;
            let name = words::block_name(block, self.shown.log.tracks(), self.language, self.pids);
            self.paint_name(pen, name, middle);
            for row in 0..block.rows {
                let tracks = &block.tracks[block.tracks_in(row)];
                let place = self.row(block, row);
                let bar = place.shrink2(vec2(0.0, gap(place.height()) / 2.0));
                match tracks {
                    &[only] if bar.height() >= SMALLEST_PATTERN => {
                        let row = (&mut pixel_row, &mut *looks);
                        self.paint_lane(pen, bar, only, row, pixels);
                    }
                    _ => {
                        for segment in self.segments((&mut pixel_row, &mut looks), tracks) {
                            let rect = self.pixels(place, &segment);
                            add_hairline(&mut hairlines, rect, &segment, pen.palette);
                        }
                    }
                }
            }
        }
        pen.add(Shape::mesh(hairlines));
        self.paint_veil(pen);
        self.paint_marked(pen, marked);
        self.paint_hand(pen);
    }

    fn segments(&self, row: (&mut PixelRow, &mut Looks), tracks: &[usize]) -> Vec<Segment> {
        let (row, looks) = row;
        let shortest = if tracks.len() <= FEW { VISIBLE } else { 1.0 };
        row.clear((shortest / self.pixel) as usize);
        for &index in tracks {
            let track = &self.shown.log.tracks()[index];
            row.add(track, &self.axis, self.shown.now, looks.track(index));
        }
        row.segments()
    }

    fn paint_lane(
        &self,
        pen: &Pen,
        bar: Rect,
        track: usize,
        row: (&mut PixelRow, &mut Looks),
        pixels: usize,
    ) {
        pen.hline(bar.x_range(), bar.center().y, (1.0, pen.palette.faint));
        let log = &self.shown.log.tracks()[track];
        let (open, begun) = visible(log, &self.axis, self.shown.now);
        if begun.len() * 8 <= pixels {
            let spans: Vec<_> = open.chain(begun).collect();
            self.paint_spans(pen, bar, &spans);
            return;
        }
        for segment in self.segments(row, &[track]) {
            let rect = self.pixels(bar, &segment);
            paint_state(pen, rect, segment.state, segment.share);
        }
    }

    fn pixels(&self, bar: Rect, segment: &Segment) -> Rect {
        let x = |pixel: usize| self.axis.left + pixel as f32 * self.pixel;
        Rect::from_x_y_ranges(x(segment.from)..=x(segment.to), bar.y_range())
    }

    /// Each span by itself; the short ones last, or their long neighbours would cover them.
    fn paint_spans(&self, pen: &Pen, bar: Rect, spans: &[&LoggedSpan]) {
        for short in [false, true] {
            for span in spans {
                let rect = self.span_rect(bar, span);
                if (rect.width() < VISIBLE) == short {
                    let state = span.state_at(self.shown.now);
                    let share = span.share_of_core().filter(|_| state == State::Running);
                    paint_state(pen, rect, state, share);
                }
            }
        }
    }

    /// What of a track is to be seen.
    pub(super) fn begun<'log>(&self, track: &'log TrackLog) -> &'log [LoggedSpan] {
        let now = self.shown.now;
        let begun = track.spans.partition_point(|span| span.begin <= now);
        &track.spans[..begun]
    }

    /// The place of a span in its lane, wide enough to be seen.
    pub(super) fn span_rect(&self, bar: Rect, span: &LoggedSpan) -> Rect {
        let now = self.shown.now;
        let left = self.axis.x(span.begin).min(self.axis.right - 1.5);
        let right = self.axis.x(span.end.unwrap_or(now).min(now));
        Rect::from_x_y_ranges(left..=right.max(left + 1.5), bar.y_range())
    }

    fn paint_name(&self, pen: &Pen, name: String, middle: f32) {
        let galley = line(pen, name, self.axis.left - self.room.left() - 8.0);
        let place = Align2::LEFT_CENTER.anchor_size(pos2(self.room.left(), middle), galley.size());
        pen.galley_with_override_text_color(place.min, galley, pen.palette.weak);
    }

    fn paint_marks(&self, pen: &Pen) {
        let Some(marks) = self.marks else {
            return;
        };
        let top = self.room.top();
        let middle = top + self.marks_height / 2.0;
        self.paint_name(pen, words::name(&marks.name, self.language), middle);
        let half = (self.marks_height - gap(self.marks_height)) / 2.0;
        let mut ticks = Mesh::default();
        let mut free_from = f32::NEG_INFINITY;
        for &at in marks
            .at
            .iter()
            .filter(|at| (self.axis.from..=self.shown.now.min(self.axis.end)).contains(*at))
        {
            let x = self.axis.x(at).round_to_pixels(1.0 / self.pixel);
            if x >= free_from {
                let size = Vec2::new(1.5, half * 2.0);
                let tick = Rect::from_center_size(pos2(x, middle), size);
                ticks.add_colored_rect(tick, pen.palette.state(State::Running));
                free_from = x + MARK_SPACING;
            }
        }
        pen.add(Shape::mesh(ticks));
    }
}

/// Between a row and the next. Hairlines touch, or there would be as much gap as line.
pub(super) fn gap(row: f32) -> f32 {
    match row {
        12.0.. => 4.0,
        6.0.. => 1.0,
        _ => 0.0,
    }
}

/// A piece of a hairline. Waiting ones are striped together, across the lines.
fn add_hairline(mesh: &mut Mesh, rect: Rect, segment: &Segment, palette: &Palette) {
    if segment.state != State::Waiting || rect.width() < STRIPE_PERIOD {
        mesh.add_colored_rect(rect, palette.fill(segment.state, segment.share));
        return;
    }
    mesh.add_colored_rect(rect, palette.tint(State::Waiting, 0.45));
    let slant = rect.center().y;
    let mut left = ((rect.left() + slant) / STRIPE_PERIOD).floor() * STRIPE_PERIOD - slant;
    while left < rect.right() {
        let stripe = left.max(rect.left())..=(left + STRIPE_PERIOD * 0.6).min(rect.right());
        if stripe.start() < stripe.end() {
            let stripe = Rect::from_x_y_ranges(stripe, rect.y_range());
            mesh.add_colored_rect(stripe, palette.state(State::Waiting));
        }
        left += STRIPE_PERIOD;
    }
}

pub(super) fn line(pen: &Pen, text: String, width: f32) -> Arc<Galley> {
    let color = Color32::PLACEHOLDER;
    text_line(pen, text, FontId::proportional(TEXT), color, width)
}
