//! Cores pulled out while a run goes on: the parameter `cores` acts at once.

use egui::{RichText, Ui};

use super::App;
use super::command::Command;
use crate::lab::demo::param::ParamValue;
use crate::lab::machine::cores;
use crate::widgets::look::palette::Palette;

impl App {
    /// Follows the parameter of the shown demo. Where the system has no affinity there is no control, and
    /// this says why.
    pub(super) fn cores_ui(&mut self, ui: &mut Ui) {
        let demo = &self.rooms[self.chosen].demo;
        if let Some(&ParamValue::Whole(cores)) = demo.params().value("cores") {
            let running = self.session.running_of(demo.id());
            if running.is_some_and(|running| running.cores() != cores) {
                self.commands.push(Command::LimitCores(cores));
            }
        } else if !cores::can_be_limited()
            && self.language.has(&format!("{}-param-cores", demo.id()))
        {
            let why = self.language.text("app-cores-unlimited");
            ui.label(RichText::new(why).color(Palette::of(ui).weak));
        }
    }
}
