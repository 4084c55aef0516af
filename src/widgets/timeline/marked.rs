//! What stands out on the timeline: the marked step, and in the replay of a mishap those who took part.

use egui::{Rect, Stroke, StrokeKind, pos2};

use crate::lab::trace::event::TrackId;
use crate::widgets::look::pen::Pen;
use crate::widgets::stage::Marked;
use crate::widgets::timeline::paint::{Picture, gap};
use crate::widgets::timeline::pixels::visible;

/// In lower lanes than this an outline would hide what it is around.
const LOWEST_OUTLINED: f32 = 6.0;
/// The other spans of a marked step are outlined if they are not more than this on a track.
const MOST_OUTLINED: usize = 64;
/// How much of what is beside the point is left.
const VEIL: f32 = 0.72;

impl Picture<'_> {
    /// Outlines the marked span in ink, and more finely the others of its step.
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

    /// Pales the lanes of those who have nothing to do with the mishap that is replayed.
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
