//! The preset for a class: every demo gets waits and sizes that suit one, measured on this machine.

use std::time::Instant;

use egui::accesskit::Role;
use egui::{Button, Context, Ui, WidgetInfo};

use crate::app::App;
use crate::app::calibration::Calibration;
use crate::app::calibration::battery::Battery;
use crate::app::calibration::run_estimate::Times;
use crate::app::command::Command;
use crate::lab::demo::{DemoId, VariantId};

/// What is known of the machine that this window runs on.
#[derive(Default)]
pub struct Machine {
    /// How long runs take on it.
    pub times: Times,
    /// What measures how fast it is, meanwhile.
    calibration: Option<Calibration>,
    /// Whether it runs on its battery.
    pub battery: Battery,
}

impl App {
    /// Starts measuring, unless a run goes on: each would disturb the other.
    pub(crate) fn prepare_class(&mut self, ctx: &Context) {
        if self.may_measure() {
            let ctx = ctx.clone();
            let wake = move || ctx.request_repaint();
            self.machine.calibration = Some(Calibration::start(wake));
        }
    }

    /// Before each picture: learns from the run that has just ended, sets all demos as soon as it is known how
    /// fast this machine is, and asks now and then for its battery.
    pub(crate) fn follow_machine(
        &mut self,
        ctx: &Context,
        now: Instant,
        ended: Option<(DemoId, VariantId)>,
    ) {
        let is_busy = self.is_busy();
        let machine = &mut self.machine;
        if let Some(finished) = ended.and_then(|(id, variant)| self.session.latest_of(id, variant))
        {
            machine.times.learn(&finished.record);
        }
        let measured = machine.calibration.as_ref().and_then(Calibration::outcome);
        if let Some(slowness) = measured {
            machine.calibration = None;
            machine.times.measured(slowness);
            for room in &mut self.rooms {
                let slowness = machine.times.slowness(room.demo.id());
                room.for_class(slowness);
            }
        }
        let ctx = ctx.clone();
        let wake = move || ctx.request_repaint();
        machine.battery.refresh(now, !is_busy, wake);
    }

    /// Whether the cores are taken: by a run, or by what measures how fast they are.
    pub(crate) fn is_busy(&self) -> bool {
        self.session.running().is_some() || self.armed || self.machine.calibration.is_some()
    }

    fn may_measure(&self) -> bool {
        !self.is_busy() && !self.session.twins.are_busy()
    }

    /// The button; it says whether this demo stands as the preset set it.
    pub(crate) fn class_ui(&mut self, ui: &mut Ui) {
        let (language, enabled) = (self.language, self.may_measure());
        let face = if self.machine.calibration.is_some() {
            "app-class-measuring"
        } else if self.rooms[self.chosen].is_for_class() {
            "app-class-set"
        } else {
            "app-class"
        };
        let button = ui.add_enabled(enabled, Button::new(language.text(face)));
        let name = language.text("app-class");
        button.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name.as_ref()));
        let help = language.text("app-class-help");
        if button
            .on_hover_text(help.as_ref())
            .on_disabled_hover_text(language.text("app-class-wait").as_ref())
            .clicked()
        {
            self.commands.push(Command::Class);
        }
    }
}
