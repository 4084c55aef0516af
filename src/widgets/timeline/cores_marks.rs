//! When a run's cores were changed: a line across the lanes, with their number on it.

use egui::{Align2, FontId, Rect, vec2};

use crate::lab::machine::cores::CORES;
use crate::text::Language;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::text_fit::text_line;
use crate::widgets::stage::Snapshot;
use crate::widgets::timeline::paint::Picture;

const TEXT: f32 = 12.0;

/// Paints the changes that were made until the moment that is shown; what the run began with is none.
pub fn paint(
    pen: &Pen,
    picture: &Picture<'_>,
    place: Rect,
    shown: &Snapshot<'_>,
    language: Language,
) {
    let Some(conductor) = shown.log.tracks().first() else {
        return;
    };
    let changes = conductor.instants_of(CORES, shown.now);
    let is_in_view = |at| picture.axis.from <= at && at <= picture.axis.end;
    for change in changes.skip(1).filter(|change| is_in_view(change.at)) {
        let x = picture.axis.x(change.at);
        pen.vline(x, place.y_range(), (1.5, pen.palette.strong));
        let cores = [("cores", change.value.unwrap_or(0).into())];
        let words = language.with("timeline-cores", &cores);
        let font = FontId::proportional(TEXT);
        let words = text_line(pen, words, font, pen.palette.text, 90.0);
        // On the side where there is room.
        let (align, at) = if x + words.size().x + 6.0 < place.right() {
            (Align2::LEFT_TOP, vec2(3.0, 0.0))
        } else {
            (Align2::RIGHT_TOP, vec2(-3.0, 0.0))
        };
        let plate = align.anchor_size(egui::pos2(x, place.top()) + at, words.size());
        pen.rect_filled(plate.expand2(vec2(2.0, 0.0)), 2.0, pen.palette.card);
        pen.galley(plate.min, words, pen.palette.text);
    }
}
