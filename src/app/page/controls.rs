//! The one row of controls: variants, the button that runs, what compares variants, today's values.

use egui::accesskit::Role;
use egui::{Align, Layout, Ui};

use super::room::Sizes;
use crate::app::action::Action;
use crate::app::view::View;
use crate::lab::demo::VariantId;
use crate::lab::demo::value::Value;
use crate::widgets::controls::{
    button_width, drop_down_ui, name_group, segmented_ui, segmented_width,
};
use crate::widgets::look::theme::{bold_font, font};
use crate::widgets::stage::Buttons;

/// Least width of the button of the values, whose face is cut where the row is short.
const LEAST_VALUES: f32 = 88.0;
/// Greatest width of the variants as a drop-down.
const DROP_DOWN: f32 = 230.0;

impl View<'_> {
    pub(super) fn controls_ui(&mut self, ui: &mut Ui, sizes: &Sizes) {
        ui.horizontal(|ui| {
            let demo = self.demos.chosen();
            let language = self.language;
            let title = |id: &str| language.text(&format!("{}-{id}", demo.id())).into_owned();
            let variants: Vec<_> = demo
                .demo()
                .variants()
                .iter()
                .map(|variant| (variant.id, title(variant.id)))
                .collect();
            let gap = ui.spacing().item_spacing.x;
            let others = self.buttons_width(ui, sizes) + LEAST_VALUES + 2.0 * gap;
            let room = ui.available_width() - others;
            let name = language.text("app-variants");
            // While several variants run in turn, the one that runs has a mark; the choice stays.
            let running = self.running_variant();
            let chosen = if segmented_width(ui, &variants) <= room {
                segmented_ui(ui, &name, demo.variant(), &variants, running)
            } else {
                drop_down_ui(ui, &name, demo.variant(), &variants, room.min(DROP_DOWN))
            };
            self.actions.extend(chosen.map(Action::ChooseVariant));
            match demo.buttons() {
                Buttons::Run => {
                    self.run_button_ui(ui, sizes);
                    self.compare_ui(ui, sizes);
                }
                Buttons::Download => self.download_buttons_ui(ui, sizes),
            }
            // The values stand at the row's end, in the room that is left.
            let rest = ui.available_size();
            ui.allocate_ui_with_layout(rest, Layout::right_to_left(Align::Center), |ui| {
                self.values_ui(ui, sizes);
            });
            name_group(ui, Role::Group, &self.language.text("app-controls"));
        });
    }

    /// The width of the buttons between the variants and the values.
    fn buttons_width(&self, ui: &Ui, sizes: &Sizes) -> f32 {
        let gap = ui.spacing().item_spacing.x;
        let second = match self.demos.chosen().buttons() {
            Buttons::Run => self.compare_width(ui, sizes),
            Buttons::Download => {
                let about = format!("{}-about", self.demos.chosen().id());
                button_width(ui, &self.language.text(&about), font(sizes.text))
            }
        };
        sizes.run + gap + second
    }

    /// The reason why `variant` can't be run now: another demo is running, or the parameters don't go together.
    pub fn obstacle(&self, variant: VariantId) -> Option<String> {
        let (demo, language) = (self.demos.chosen().demo(), self.language);
        let id = demo.id();
        if let Some(running) = self
            .session
            .running()
            .filter(|running| running.info().demo != id)
        {
            let title = language
                .text(&format!("{}-title", running.info().demo))
                .into_owned();
            return Some(language.with("app-busy-elsewhere", &[("demo", Value::Word(title))]));
        }
        // The check is left out during a run: a run uses the resources that the check looks for, and asking the system
        // would take time from the run.
        if self.session.running().is_some() {
            return None;
        }
        let error = demo.check(variant).err()?;
        Some(language.with(
            "app-result-refused",
            &[("error", Value::Word(language.param_error(id, &error)))],
        ))
    }
}

/// The largest size of bold text up to `usual` in which `text` fits a button of this width.
pub(super) fn fitting_size(ui: &Ui, text: &str, usual: f32, width: f32) -> f32 {
    let needed = button_width(ui, text, bold_font(usual));
    let padding = 2.0 * ui.spacing().button_padding.x;
    if needed <= width {
        usual
    } else {
        (usual * (width - padding) / (needed - padding))
            .floor()
            .max(11.0)
    }
}
