//! The menu `Compare`: all variants once, all variants ten times, and a graph without runs.

use egui::accesskit::Role;
use egui::{Align, Button, Layout, Popup, RichText, Ui, WidgetInfo, vec2};

use super::room::Sizes;
use super::run_buttons::why_not_ui;
use crate::app::action::Action;
use crate::app::view::View;
use crate::widgets::controls::{button_width, set_value};
use crate::widgets::look::theme::font;

/// Width of the menu, in points.
const MENU: f32 = 260.0;

impl View<'_> {
    pub(super) fn compare_ui(&mut self, ui: &mut Ui, sizes: &Sizes) {
        let language = self.language;
        let name = language.text("app-compare");
        let face = self.compare_face();
        let size = vec2(self.compare_width(ui, sizes), sizes.control);
        ui.spacing_mut().button_padding.x = 4.0;
        let text = RichText::new(&face).font(font(sizes.text));
        let button = ui.add(Button::new(text).min_size(size));
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.as_ref()));
        set_value(&button, &face);
        Popup::menu(&button).show(|ui| {
            ui.set_width(MENU);
            ui.with_layout(Layout::top_down_justified(Align::Min), |ui| {
                self.compare_menu_ui(ui);
            });
        });
    }

    /// The width of the button, which its face does not change.
    pub(super) fn compare_width(&self, ui: &Ui, sizes: &Sizes) -> f32 {
        let face = format!("{} ⏷", self.language.text("app-compare"));
        button_width(ui, &face, font(sizes.text))
    }

    /// How far several runs in turn have come, or else the menu's name.
    fn compare_face(&self) -> String {
        let here = self.session.running_of(self.demos.chosen().id());
        match here.and_then(|_| self.session.progress()) {
            Some((done, all)) => {
                let figures = [("done", done.into()), ("all", all.into())];
                self.language.with("app-progress", &figures)
            }
            None => format!("{} ⏷", self.language.text("app-compare")),
        }
    }

    fn compare_menu_ui(&mut self, ui: &mut Ui) {
        let language = self.language;
        let demo = self.demos.chosen();
        let obstacle = demo
            .all_variants()
            .find_map(|variant| self.obstacle(variant));
        let awaits_guess = self.awaits_guess();
        let has_runs = self.session.count(demo.id()) > 0;
        let can_run_all = !self.is_busy() && obstacle.is_none() && !awaits_guess;
        let items = [
            ("app-run-all", can_run_all, Action::RunAll),
            ("app-repeat", can_run_all, Action::Repeat),
            match self.can_undo_clear() {
                true => ("app-clear-undo", true, Action::UndoClear),
                false => ("app-clear", has_runs, Action::Clear),
            },
        ];
        for (key, enabled, action) in items {
            let face = match action {
                Action::Repeat => language.text("app-repeat-face"),
                _ => language.text(key),
            };
            let button = Button::new(face.as_ref()).min_size(vec2(0.0, 34.0));
            let mut item = ui.add_enabled(enabled, button);
            item.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, language.text(key)));
            if matches!(action, Action::Clear | Action::UndoClear) {
                let help = language.text(&format!("{key}-help"));
                item = item.on_hover_text(help.as_ref());
            } else if awaits_guess {
                item = why_not_ui(item, language);
            } else if let Some(why) = &obstacle {
                // Not all variants can be run: the chosen one may be able to.
                item = item.on_disabled_hover_text(why);
            } else {
                let help = language.text(&format!("{key}-help"));
                item = item.on_hover_text(help.as_ref());
            }
            if item.clicked() {
                self.actions.push(action);
                ui.close();
            }
        }
    }
}
