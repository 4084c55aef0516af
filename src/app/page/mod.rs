//! The page of the chosen demo, from top to bottom: title and question, controls, the stage, the
//! timeline beside the timing graph, what happened.

pub(crate) mod code;
mod controls;
mod incident;
mod pictures;
mod question;
mod result;

use egui::{Align, Frame, Layout, Margin, ScrollArea, Ui, UiBuilder, Vec2};

use super::App;
use crate::widgets::controls::own_ids::own_ids;
use crate::widgets::look::theme::card;
use result::result_ui;

/// The page's margins; the room at the right is the scroll bar's. Its ground is the window's.
pub fn frame() -> Frame {
    Frame::new().inner_margin(Margin {
        left: 20,
        right: 6,
        top: 8,
        bottom: 0,
    })
}

impl App {
    pub(super) fn page_ui(&mut self, ui: &mut Ui) {
        let height = ui.available_height();
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(ui.available_width() - 14.0);
            let id = self.rooms[self.chosen].demo.id();
            own_ids(ui, (id, "heading"), |ui| self.heading_ui(ui));
            own_ids(ui, (id, "controls"), |ui| self.controls_ui(ui));
            let above = ui.cursor().top() - ui.min_rect().top();
            // The stage gets what the others leave, so these are measured first.
            let result = self.result_galley(ui);
            let card_height = result.size().y + card(ui).total_margin().sum().y;
            let gaps = 3.0 * ui.spacing().item_spacing.y;
            let room = height - above - card_height - gaps;
            own_ids(ui, (id, "pictures"), |ui| self.pictures_ui(ui, room));
            result_ui(ui, result);
        });
    }
}

/// A card of exactly this size, edges included.
pub(super) fn sized_card<R>(ui: &mut Ui, size: Vec2, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    let frame = card(ui);
    let inside = rect - frame.total_margin();
    ui.painter().add(frame.paint(inside));
    let mut ui = ui.new_child(
        UiBuilder::new()
            .max_rect(inside)
            .layout(Layout::top_down(Align::Min)),
    );
    ui.shrink_clip_rect(rect);
    contents(&mut ui)
}
