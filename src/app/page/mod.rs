//! The page of the chosen demo, from top to bottom: title and question, controls, the stage, the
//! timeline beside the timing graph, the result.

mod code;
mod controls;
mod heading;
mod pictures;
mod result;

use egui::{Frame, Margin, ScrollArea, Ui};

use crate::app::view::View;
use crate::widgets::controls::own_ids;
use crate::widgets::look::theme::card;
use result::result_ui;

/// The page's margins; the room at the right is the scroll bar's. The page has the window's ground.
pub fn frame() -> Frame {
    Frame::new().inner_margin(Margin {
        left: 20,
        right: 6,
        top: 8,
        bottom: 0,
    })
}

impl View<'_> {
    pub(super) fn page_ui(&mut self, ui: &mut Ui) {
        let height = ui.available_height();
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(ui.available_width() - 14.0);
            let id = self.demos.chosen().id();
            own_ids(ui, (id, "heading"), |ui| self.heading_ui(ui));
            own_ids(ui, (id, "controls"), |ui| self.controls_ui(ui));
            let above = ui.cursor().top() - ui.min_rect().top();
            // The stage gets the height that the other parts leave, so these are measured first.
            let result = self.result_galley(ui);
            let card_height = result.size().y + card(ui).total_margin().sum().y;
            let gaps = 3.0 * ui.spacing().item_spacing.y;
            let room = height - above - card_height - gaps;
            own_ids(ui, (id, "pictures"), |ui| self.pictures_ui(ui, room));
            result_ui(ui, result);
        });
    }
}
