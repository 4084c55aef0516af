//! Paints the timeline: lanes, axis and playhead, and what stands out on them.

use std::sync::Arc;

use egui::emath::GuiRounding as _;
use egui::{
    Align2, Color32, FontId, Galley, Mesh, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2,
};

use super::Layout;
use super::pixels::{Kept, Looks, PixelRow, Segment, visible};
use super::{VISIBLE, words};
use crate::lab::machine::cores::CORES;
use crate::lab::trace::event::{State, TrackId};
use crate::lab::trace::log::LoggedSpan;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::{SMALLEST_PATTERN, paint_state};
use crate::widgets::look::text_fit::text_line;
use crate::widgets::look::theme::bold_font;
use crate::widgets::stage::Marked;

const TEXT: f32 = 12.0;
/// The most tracks in a row that can be told apart; in a larger crowd the majority is shown.
const FEW: usize = 3;
/// Distance from one stripe to the next across waiting hairlines, in points.
const STRIPE_PERIOD: f32 = 10.0;
/// Least distance between two marks, in points: closer ones are left out, or they would be a solid bar.
const MARK_SPACING: f32 = 4.0;
/// Least distance between ticks, in points; wide enough for `0.0005 ms`.
const TICK_SPACING: f32 = 72.0;
/// Least distance between the words of a tick and the next tick's, in points.
const TICK_GAP: f32 = 12.0;
/// Half the width of the grip at the playhead's upper end, and its height.
const GRIP: egui::Vec2 = vec2(5.0, 6.0);
/// The lowest lane with outlines: in a lower one they would hide the spans.
const LOWEST_OUTLINED: f32 = 6.0;
/// The most spans of a marked step that are outlined on a track.
const MOST_OUTLINED: usize = 64;
/// How opaque the veil over lanes beside the incident is.
const VEIL: f32 = 0.72;

impl Layout<'_> {
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
        self.paint_playhead(pen);
        self.paint_core_changes(pen);
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

    /// Paints each span by itself; the short ones come last, or their long neighbours would cover them.
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
        self.paint_clicks(pen, middle, half);
    }

    /// Paints the clicks on the lane of moments: those that were answered as dots, and those that waited as rings before
    /// the run's end. When they were made is not known, so that they stand in a row, as they did in the queue.
    fn paint_clicks(&self, pen: &Pen, middle: f32, half: f32) {
        let radius = half.clamp(3.0, 8.0);
        let seen = self.axis.from..=self.axis.end;
        for at in self.answered_clicks().filter(|at| seen.contains(at)) {
            let edge = Stroke::new(1.5, pen.palette.card);
            let color = pen.palette.state(State::Running);
            pen.circle(pos2(self.axis.x(at), middle), radius, color, edge);
        }
        let waited = self.waited_clicks();
        let end = self.shown.log.end();
        if waited == 0 || !seen.contains(&end) {
            return;
        }
        let stroke = Stroke::new(2.5, pen.palette.state(State::Lost));
        let step = 2.0 * radius + 2.0;
        let fits = ((self.axis.right - self.axis.left) / step) as usize;
        let mut left = self.axis.x(end) - 1.0;
        for _ in 0..waited.min(fits) {
            let center = pos2(left - radius, middle);
            pen.circle_stroke(center, radius - stroke.width / 2.0, stroke);
            left -= step;
        }
        let words = [("count", waited.into())];
        let words = self.language.with("timeline-clicks-waited", &words);
        let room = left - 6.0 - self.axis.left;
        let words = line(pen, words, room);
        // Half a sentence would say nothing.
        if !words.elided {
            let place = Align2::RIGHT_CENTER.anchor_size(pos2(left - 4.0, middle), words.size());
            pen.galley_with_override_text_color(place.min, words, pen.palette.text);
        }
    }
}

/// The changes of the run's cores.
impl Layout<'_> {
    /// Paints a line across the lanes at each moment when the number of cores was changed, with that number on it. The
    /// number that the run began with gets no line.
    fn paint_core_changes(&self, pen: &Pen) {
        let Some(conductor) = self.shown.log.tracks().first() else {
            return;
        };
        let (top, bottom) = (self.room.top(), self.room.top() + self.size().y);
        let changes = conductor.instants_of(CORES, self.shown.now);
        let is_in_view = |at| self.axis.from <= at && at <= self.axis.end;
        for change in changes.skip(1).filter(|change| is_in_view(change.at)) {
            let x = self.axis.x(change.at);
            pen.vline(x, top..=bottom, (1.5, pen.palette.strong));
            let cores = [("cores", change.value.unwrap_or(0).into())];
            let words = self.language.with("timeline-cores", &cores);
            let font = FontId::proportional(TEXT);
            let words = text_line(pen, words, font, pen.palette.text, 90.0);
            // The words stand on the side where there is room.
            let (align, at) = if x + words.size().x + 6.0 < self.room.right() {
                (Align2::LEFT_TOP, pos2(x + 3.0, top))
            } else {
                (Align2::RIGHT_TOP, pos2(x - 3.0, top))
            };
            pen.put_on_plate(at, align, words, vec2(2.0, 0.0), Rect::EVERYTHING);
        }
    }
}

/// The axis and the playhead.
impl Layout<'_> {
    /// Paints the line below the lanes, and the ticks with their times. On an axis that is not to scale the ticks have
    /// numbers, because a time would say nothing of the distance.
    pub(super) fn paint_axis(&self, pen: &Pen) {
        let axis = &self.axis;
        pen.hline(
            axis.left..=axis.right,
            self.bottom,
            (1.0, pen.palette.border),
        );
        let say = |at| axis.say(at, self.language);
        let widest = line(pen, say(axis.end), f32::INFINITY).size().x;
        let ticks = axis.ticks(TICK_SPACING.max(widest + TICK_GAP));
        let playhead = self.playhead_words(pen).map(|(place, _)| place);
        for (number, at) in ticks.into_iter().enumerate() {
            let x = axis.x(at);
            pen.vline(
                x,
                self.room.top()..=self.bottom + 4.0,
                (1.0, pen.palette.faint),
            );
            let words = match axis.is_to_scale() {
                true => say(at),
                false => (number + 1).to_string(),
            };
            let galley = line(pen, words, TICK_SPACING.max(widest));
            let half = galley.size().x / 2.0;
            let middle = x.clamp(axis.left + half.min(4.0), self.room.right() - half);
            let place = Rect::from_min_size(pos2(middle - half, self.bottom + 4.0), galley.size());
            // A tick's words give way to the playhead's, which say its moment.
            if playhead.is_none_or(|playhead| !playhead.expand2(vec2(4.0, 0.0)).intersects(place)) {
                pen.galley_with_override_text_color(place.min, galley, pen.palette.weak);
            }
        }
        if self.strip > 0.0 {
            self.paint_strip(pen);
        }
    }

    /// Paints all of the time as a thin line, and on it the part that is shown.
    fn paint_strip(&self, pen: &Pen) {
        let axis = &self.axis;
        let bottom = self.room.top() + self.size().y;
        let whole = Rect::from_min_max(pos2(axis.left, bottom - 4.0), pos2(axis.right, bottom));
        pen.rect_filled(whole, 2.0, pen.palette.faint);
        let x = |at: std::time::Duration| {
            let share = (at.as_secs_f64() / self.end.as_secs_f64()).min(1.0) as f32;
            axis.left + whole.width() * share
        };
        // Even a very small part must be seen.
        let left = x(axis.from).min(axis.right - 4.0);
        let part = whole
            .with_min_x(left)
            .with_max_x(x(axis.end).max(left + 4.0));
        pen.rect_filled(part, 2.0, pen.palette.weak);
    }

    /// Paints the playhead with its moment in words; at the end of the run only its grip.
    pub(super) fn paint_playhead(&self, pen: &Pen) {
        let now = self.shown.now;
        if now < self.axis.from || now > self.axis.end {
            return;
        }
        let (x, top) = (self.axis.x(now), self.room.top() - 2.0);
        if !self.shown.is_complete() {
            pen.vline(x, top..=self.bottom + 4.0, (1.5, pen.palette.text));
        }
        let grip = vec![
            pos2(x - GRIP.x, top),
            pos2(x + GRIP.x, top),
            pos2(x, top + GRIP.y),
        ];
        pen.add(Shape::convex_polygon(
            grip,
            pen.palette.strong,
            Stroke::NONE,
        ));
        if let Some((place, words)) = self.playhead_words(pen) {
            pen.rect_filled(place, 3.0, pen.palette.strong);
            let at = Align2::CENTER_CENTER.anchor_size(place.center(), words.size());
            pen.galley(at.min, words, pen.palette.on_strong);
        }
    }

    /// The playhead's moment in words, and the ground of these words below the axis.
    fn playhead_words(&self, pen: &Pen) -> Option<(Rect, std::sync::Arc<egui::Galley>)> {
        let now = self.shown.now;
        if self.shown.is_complete() || now < self.axis.from || now > self.axis.end {
            return None;
        }
        let words = self.axis.say_exactly(now, self.language);
        let words = pen.layout_no_wrap(words, bold_font(TEXT), pen.palette.on_strong);
        let size = vec2(words.size().x + 10.0, 16.0);
        let half = size.x / 2.0;
        let x = self.axis.x(now);
        let middle = x.clamp(
            self.room.left() + half,
            (self.room.right() - half).max(half),
        );
        let place = Rect::from_center_size(pos2(middle, self.bottom + 4.0 + size.y / 2.0), size);
        Some((place, words))
    }
}

/// The lanes and spans that stand out: those of the marked step, and in the replay of an incident those that take part.
impl Layout<'_> {
    /// Outlines the marked span, and with a finer line the others of its step.
    pub(super) fn paint_marked(&self, pen: &Pen, marked: Option<Marked>) {
        let Some(marked) = marked else { return };
        for block in &self.blocks {
            for row in 0..block.rows {
                let place = self.row(block, row);
                let bar = place.shrink2(egui::vec2(0.0, gap(place.height()) / 2.0));
                for &track in &block.tracks[block.tracks_in(row)] {
                    self.outline(pen, bar, track, marked);
                }
            }
        }
    }

    fn outline(&self, pen: &Pen, bar: Rect, track: usize, marked: Marked) {
        let log = &self.shown.log.tracks()[track];
        let chosen = marked.span.filter(|(id, _)| id.0 as usize == track);
        let chosen = chosen.and_then(|(_, index)| log.spans.get(index));
        if bar.height() >= LOWEST_OUTLINED {
            let (open, begun) = visible(log, &self.axis, self.shown.now);
            let same = open.chain(begun).filter(|span| span.step == marked.step);
            for span in same.take(MOST_OUTLINED) {
                let place = self.span_rect(bar, span);
                pen.rect_stroke(
                    place,
                    1.0,
                    Stroke::new(1.0, pen.palette.weak),
                    StrokeKind::Inside,
                );
            }
        }
        let is_seen = |begin| begin <= self.shown.now && begin <= self.axis.end;
        if let Some(span) = chosen.filter(|span| is_seen(span.begin)) {
            let place = self.span_rect(bar, span);
            let stroke = Stroke::new(2.0, pen.palette.text);
            pen.rect_stroke(place, 2.0, stroke, StrokeKind::Outside);
        }
    }

    /// Pales the lanes that take no part in the incident that is replayed.
    pub(super) fn paint_veil(&self, pen: &Pen) {
        for block in &self.blocks {
            let beside = |track: &usize| self.shown.is_beside(TrackId(*track as u32));
            if block.tracks.iter().any(beside) {
                let top = self.row(block, 0).top();
                let lanes = Rect::from_min_max(
                    pos2(self.axis.left, top),
                    pos2(self.axis.right, top + block.height()),
                );
                pen.rect_filled(lanes, 0.0, pen.palette.card.gamma_multiply(VEIL));
            }
        }
    }
}

/// The gap between a row and the next. Hairlines touch, or there would be as much gap as line.
pub(super) fn gap(row: f32) -> f32 {
    match row {
        12.0.. => 4.0,
        6.0.. => 1.0,
        _ => 0.0,
    }
}

/// Adds a piece of a hairline. Waiting hairlines get common stripes, which run across the lines.
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
