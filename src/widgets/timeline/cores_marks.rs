//! When a run's cores were changed: a line across the lanes, with their number on it.

use egui::{Align2, FontId, Painter, Rect, vec2};

use crate::lab::machine::cores::CORES;
use crate::text::Language;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::text_line::text_line;
use crate::widgets::stage::Snapshot;
use crate::widgets::timeline::paint::Picture;

const TEXT: f32 = 12.0;

/// Paints the changes that were made until the moment that is shown; what the run began with is none.
pub fn paint(
    painter: &Painter,
    picture: &Picture<'_>,
    place: Rect,
    shown: &Snapshot<'_>,
    language: Language,
    palette: &Palette,
) {
    let Some(conductor) = shown.log.tracks().first() else {
        return;
    };
    let changes = conductor.instants_of(CORES, shown.now);
    let is_in_view = |at| picture.axis.from <= at && at <= picture.axis.end;
    for change in changes.skip(1).filter(|change| is_in_view(change.at)) {
        let x = picture.axis.x(change.at);
        painter.vline(x, place.y_range(), (1.5, palette.strong));
        let cores = [("cores", change.value.unwrap_or(0).into())];
        let words = language.with("timeline-cores", &cores);
        let font = FontId::proportional(TEXT);
        let words = text_line(painter, words, font, palette.text, 90.0);
        // On the side where there is room.
        let (align, at) = if x + words.size().x + 6.0 < place.right() {
            (Align2::LEFT_TOP, vec2(3.0, 0.0))
        } else {
            (Align2::RIGHT_TOP, vec2(-3.0, 0.0))
        };
        let plate = align.anchor_size(egui::pos2(x, place.top()) + at, words.size());
        painter.rect_filled(plate.expand2(vec2(2.0, 0.0)), 2.0, palette.card);
        painter.galley(plate.min, words, palette.text);
    }
}
