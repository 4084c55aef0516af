//! Killing one of a run's processes from the row of buttons, wherever its lane may be.

use egui::{Button, Ui, vec2};

use super::App;
use super::command::Command;
use crate::widgets::controls::own_ids::absent;
use crate::widgets::timeline::lane_menu::kill_menu;

impl App {
    /// A button that is there as long as the shown demo's run has processes that live.
    pub(super) fn kill_one_ui(&mut self, ui: &mut Ui) {
        let id = self.rooms[self.chosen].demo.id();
        let running = self.session.running_of(id);
        let Some((running, living)) = running
            .map(|running| (running, running.living()))
            .filter(|(_, living)| !living.is_empty())
        else {
            absent(ui, 1);
            return;
        };
        let face = self.language.text("kill-one");
        let button = ui
            .add(Button::new(face).min_size(vec2(0.0, 40.0)))
            .on_hover_text(self.language.text("kill-one-help").as_ref());
        let killed = kill_menu(&button, running.log.tracks(), &living, self.language);
        self.commands.extend(killed.map(Command::Kill));
    }
}
