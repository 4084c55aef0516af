//! The towers: a block for each thread's finished work, stacked by process, beside the work of one thread alone.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Align, Align2, Galley, Rect, Stroke, pos2, vec2};

use super::Scene;
use super::columns::{Column, Stands};
use super::moment::Tower;
use crate::lab::trace::event::State;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::{paint_state, paint_state_text};
use crate::widgets::look::theme::font;

/// The widest slot of a column, in units of the usual size.
const WIDEST: f32 = 240.0;
/// The lowest block with a number, in points.
const LOWEST_NUMBERED: f32 = 17.0;

/// Paints all towers on a common ground.
pub(super) fn paint(pen: &Pen, area: Rect, scene: &Scene) {
    // Few columns stand close together, because they are to be compared.
    let count = scene.columns.len().max(1) as f32;
    let slot = (area.width() / count).min(pen.gap(WIDEST));
    let names: Vec<_> = scene
        .columns
        .iter()
        .map(|it| names(pen, it, slot))
        .collect();
    let highest = |index: usize| {
        let heights = names.iter().map(|names| names[index].size().y);
        // Only a class's names have several lines.
        heights.filter(|_| pen.is_for_class()).fold(0.0, f32::max)
    };
    let has_notes = scene.columns.iter().any(|column| !column.note.is_empty());
    let note = if has_notes {
        pen.line_height(14.0).max(highest(1))
    } else {
        0.0
    };
    let name = pen.line_height(16.0).max(highest(0));
    let foot = name + note + pen.gap(4.0);
    let head = pen.line_height(19.0);
    let columns = Rect::from_min_max(
        pos2(area.left(), area.top() + head),
        pos2(area.right(), area.bottom() - foot),
    );
    let columns = columns.with_max_x(columns.left() + slot * count);

    // A unit is the height, in points, of the work of one thread alone. There is room for a tower as high as the class
    // may have hoped for, and towers under the label of a slow replay stay below it.
    let hoped = scene.plan.threads.min(scene.plan.cores) as f32;
    let mut unit = columns.height() / hoped.max(1.0);
    for (index, column) in scene.columns.iter().enumerate() {
        let right = columns.left() + slot * (index as f32 + 1.0);
        let corner = if right > area.right() - pen.corner.x {
            pen.corner.y
        } else {
            0.0
        };
        unit = unit.min((columns.height() - corner) / height(column).max(1.0));
    }

    let line = columns.bottom() - unit;
    let width = (slot * 0.62).min(pen.gap(150.0));
    let place = |index: usize| {
        let center = columns.left() + slot * (index as f32 + 0.5);
        Rect::from_min_max(
            pos2(center - width / 2.0, columns.top()),
            pos2(center + width / 2.0, columns.bottom()),
        )
    };
    for (index, (column, names)) in scene.columns.iter().zip(names).enumerate() {
        let place = place(index);
        paint_column(pen, place, column, unit);
        let mut below = pos2(place.center().x, place.bottom() + pen.gap(4.0));
        for text in names {
            match text.job.halign {
                Align::Center => pen.galley(below, text, pen.palette.text),
                _ => _ = pen.put(below, Align2::CENTER_TOP, text),
            }
            below.y += name;
        }
    }
    let ground = Stroke::new(2.0, pen.palette.text);
    pen.hline(columns.x_range(), columns.bottom(), ground);
    // The line is painted over the towers, which would hide it.
    pen.hline(columns.x_range(), line, Stroke::new(2.0, pen.palette.weak));
    // The numbers are painted over the line, which would strike out that of a tower that ends just below it.
    for (index, column) in scene.columns.iter().enumerate() {
        paint_number(pen, place(index), slot, column, unit);
    }
}

fn height(column: &Column) -> f32 {
    match &column.stands {
        Stands::Alone(_) => 1.0,
        Stands::Tower(tower) => tower.height(),
        Stands::Earlier => column.speedup.unwrap_or(0.0) as f32,
    }
}

/// The name of a column and the note on it, for a slot of this width; a class's in several lines rather than small.
fn names(pen: &Pen, column: &Column, slot: f32) -> [Arc<Galley>; 2] {
    let texts = [
        (&column.name, pen.bold(16.0)),
        (&column.note, pen.weak(14.0)),
    ];
    texts.map(|(text, look)| match pen.is_for_class() {
        false => pen.fit(text, look, slot * 0.96),
        true => {
            let (font, color) = look;
            let mut job = LayoutJob::simple(text.clone(), font, color, slot * 0.96);
            job.halign = Align::Center;
            pen.layout_job(job)
        }
    })
}

fn paint_column(pen: &Pen, place: Rect, column: &Column, unit: f32) {
    let height = height(column) * unit;
    let top = place.bottom() - height;
    match &column.stands {
        Stands::Alone(share) => {
            pen.frame(
                place.with_min_y(top),
                0.0,
                pen.palette.background,
                1.5,
                pen.palette.weak,
            );
            let done = place.with_min_y(place.bottom() - share * unit);
            if done.height() >= 1.0 {
                paint_state(pen, done, State::Running, None);
            }
        }
        Stands::Earlier => {
            let tower = place.with_min_y(top);
            pen.frame(tower, 0.0, pen.palette.faint, 1.5, pen.palette.weak);
        }
        Stands::Tower(tower) => paint_blocks(pen, place, tower, unit),
    }
}

/// Paints the number of a tower above it, on a ground of its own.
fn paint_number(pen: &Pen, place: Rect, slot: f32, column: &Column, unit: f32) {
    let Some(number) = column.number() else {
        return;
    };
    let number = pen.fit(number, pen.bold(19.0), slot * 0.96);
    let top = place.bottom() - height(column) * unit;
    let above = pos2(place.center().x, top - pen.gap(2.0));
    pen.put_on_plate(
        above,
        Align2::CENTER_BOTTOM,
        number,
        vec2(pen.gap(3.0), 0.0),
        place.expand(slot),
    );
}

fn paint_blocks(pen: &Pen, place: Rect, tower: &Tower, unit: f32) {
    let mut bottom = place.bottom();
    for (index, block) in tower.blocks.iter().enumerate() {
        let top = bottom - block.height * unit;
        let rect = Rect::from_min_max(pos2(place.left(), top), pos2(place.right(), bottom));
        bottom = top;
        if rect.height() < 0.5 {
            continue;
        }
        let gap = if rect.height() > 4.0 { 1.0 } else { 0.0 };
        let rect = rect.shrink2(vec2(0.0, gap / 2.0));
        paint_state(pen, rect, block.state, Some(block.share));
        // A block that holds the key needs no number, and the line of one thread alone must not strike a number out.
        let to_line = (rect.center().y - (place.bottom() - unit)).abs();
        let is_free = block.state != State::Holding && to_line > LOWEST_NUMBERED / 2.0;
        if rect.height() >= LOWEST_NUMBERED && is_free {
            let size = font(pen.text_size(13.0).min(rect.height() * 0.75).floor());
            let number = (index + 1).to_string();
            paint_state_text(pen, rect, block.state, Some(block.share), number, size);
        }
    }
}
