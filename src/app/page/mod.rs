//! The page of the chosen demo, from top to bottom: title and question, answers, one row of controls, the stage, the
//! timeline beside the timing graph, the result.

mod answers;
mod code;
mod compare;
mod controls;
mod corner;
mod heading;
mod pictures;
mod result;
mod room;
mod run_buttons;
mod run_values;
mod values;

use egui::{Frame, ScrollArea, Ui, Vec2, vec2};

use crate::app::view::View;
use crate::widgets::controls::own_ids;
use room::{Room, Sizes};

/// The page's margins in a window of this size. The page has the window's ground.
pub fn frame(window: Vec2) -> Frame {
    Frame::new().inner_margin(Sizes::of_window(window).page)
}

impl View<'_> {
    /// Draws the page in a window of the size `window`.
    pub(super) fn page_ui(&mut self, ui: &mut Ui, window: Vec2) {
        let sizes = Sizes::of_window(window);
        let room = ui.max_rect();
        // Only a window smaller than any classroom's makes the page scroll.
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = sizes.gap;
            ui.spacing_mut().interact_size.y = sizes.control;
            ui.spacing_mut().button_padding = sizes.padding;
            let id = self.demos.chosen().id();
            own_ids(ui, (id, "heading"), |ui| self.heading_ui(ui, &sizes));
            own_ids(ui, (id, "controls"), |ui| self.controls_ui(ui, &sizes));
            let above = ui.cursor().top() - ui.min_rect().top();
            let result = sizes.result_height() + sizes.gap;
            let free = vec2(room.width(), room.height() - above - result);
            let room = Room::divide(free, &sizes, self.has_run());
            own_ids(ui, (id, "pictures"), |ui| {
                self.pictures_ui(ui, &room, &sizes);
            });
            own_ids(ui, (id, "result"), |ui| self.result_ui(ui, &sizes));
        });
    }

    /// Whether this demo has a run to show in timeline and graph. Runs that are kept back leave no trace.
    fn has_run(&self) -> bool {
        let demo = self.demos.chosen();
        let (id, kept_back) = (demo.id(), self.kept_back());
        let mut runs = self.session.records(id);
        runs.any(|record| kept_back.allows_variant(record.info.variant))
            || self.session.running_of(id).is_some()
            || self.session.runs_in_twins(demo)
    }
}
