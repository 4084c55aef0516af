//! The legend of states: swatches with the names of states.

use std::sync::Arc;

use egui::{FontId, Galley, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::lab::trace::event::State;
use crate::text::Language;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::state_look::paint_state;

const TEXT: f32 = 13.0;
const SWATCH: egui::Vec2 = vec2(18.0, 10.0);
const BESIDE: f32 = 5.0;
const BETWEEN: egui::Vec2 = vec2(12.0, 2.0);

/// Shows swatches with the names of `states`: full names if they fit in one line, else short ones in as many lines as
/// they take. A tooltip has the full name.
pub fn legend_ui(ui: &mut Ui, language: Language, states: &[State]) {
    let pen = Pen::of(ui);
    let names = names(ui, language, states);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = BETWEEN;
        for (&state, name) in states.iter().zip(names) {
            let full = language.text(&format!("state-{}", state.name()));
            // Swatch and name are one widget, or a line could break between them.
            let size = vec2(width(&name), name.size().y);
            let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
            let middle = pos2(rect.left() + SWATCH.x / 2.0, rect.center().y);
            let swatch = Rect::from_center_size(middle, SWATCH);
            paint_state(&pen, swatch, state, None);
            let beside = pos2(swatch.right() + BESIDE, rect.top());
            pen.galley(beside, name, pen.palette.weak);
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, full.as_ref()));
            response.on_hover_text(full.as_ref());
        }
    });
}

/// The height of [`legend_ui`], in points.
pub fn legend_height(ui: &Ui, language: Language, states: &[State]) -> f32 {
    let names = names(ui, language, states);
    let Some(first) = names.first() else {
        return 0.0;
    };
    let mut lines = 1.0;
    let mut used = 0.0;
    for name in &names {
        if used > 0.0 && used + width(name) > ui.available_width() {
            lines += 1.0;
            used = 0.0;
        }
        used += width(name) + BETWEEN.x;
    }
    lines * (first.size().y + BETWEEN.y)
}

fn names(ui: &Ui, language: Language, states: &[State]) -> Vec<Arc<Galley>> {
    let names = |prefix: &str| -> Vec<Arc<Galley>> {
        states
            .iter()
            .map(|state| {
                let text = language.text(&format!("{prefix}-{}", state.name()));
                let font = FontId::proportional(TEXT);
                ui.painter()
                    .layout_no_wrap(text.into_owned(), font, Palette::of(ui).weak)
            })
            .collect()
    };
    let full = names("state");
    let total: f32 = full.iter().map(|name| width(name) + BETWEEN.x).sum();
    if total - BETWEEN.x <= ui.available_width() {
        full
    } else {
        names("timeline-state")
    }
}

fn width(name: &Galley) -> f32 {
    SWATCH.x + BESIDE + name.size().x
}
