//! The button that runs the chosen variant and stops the run, and the two of the lesson's little window.

use std::time::Duration;

use egui::accesskit::Role;
use egui::{Button, Response, RichText, Ui, WidgetInfo, vec2};

use super::controls::fitting_size;
use super::room::Sizes;
use crate::app::action::Action;
use crate::app::view::View;
use crate::lab::demo::value::Value;
use crate::text::Language;
use crate::widgets::controls::{own_ids, set_value};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::{font, main_button};

impl View<'_> {
    /// Shows `Run`, or `Stop` in the same place while a run of this demo goes on.
    pub(super) fn run_button_ui(&mut self, ui: &mut Ui, sizes: &Sizes) {
        let demo = self.demos.chosen();
        let language = self.language;
        let runs = self.session.running_of(demo.id()).is_some();
        let awaits_guess = self.awaits_guess();
        let obstacle = self.obstacle(demo.variant());
        let enabled = runs || !self.is_busy() && obstacle.is_none() && !awaits_guess;
        let name = if runs { "app-stop" } else { "app-run" };
        let face = match self.expected() {
            _ if runs => language.text(name).into_owned(),
            // The time is hidden before a guess, because some questions ask how long a run takes.
            _ if awaits_guess => guess_first(name, language),
            Some(expected) => {
                let seconds = Value::Word(language.about_time(expected.as_secs_f64()));
                language.with("app-run-time", &[("seconds", seconds)])
            }
            None => language.text(name).into_owned(),
        };
        let name = language.text(name);
        let mut response = own_ids(ui, "run", |ui| {
            main_button_ui(ui, &face, &name, sizes, enabled, false)
        });
        if awaits_guess && !runs {
            response = why_not_ui(response, language);
        } else if let Some(why) = obstacle {
            response = response.on_disabled_hover_text(why);
        }
        if response.clicked() {
            self.actions.push(Action::RunOrStop);
        }
    }

    /// Shows `Download` and `About`, as in the lesson's little window.
    pub(super) fn download_buttons_ui(&mut self, ui: &mut Ui, sizes: &Sizes) {
        let demo = self.demos.chosen();
        let (id, language) = (demo.id(), self.language);
        let obstacle = self.obstacle(demo.variant());
        let awaits_guess = self.awaits_guess();
        let can_start = !self.session.is_busy()
            && !self.session.twins().are_busy()
            && obstacle.is_none()
            && !awaits_guess;
        let name = language.text(&format!("{id}-download"));
        // The face counts down while the task runs; the name stays.
        let length = demo.demo().expected(demo.variant()).unwrap_or_default();
        let left = self.session.running_of(id).map_or(length, |running| {
            let length = Duration::from_secs_f64(running.info().params.seconds("seconds"));
            length.saturating_sub(running.time(self.now))
        });
        let left = self.session.twins().left(self.now).unwrap_or(left);
        let face = if awaits_guess {
            guess_first(&format!("{id}-download"), language)
        } else {
            let unit = language.text("unit-seconds");
            format!("{name} · {:.1} {unit}", left.as_secs_f64())
        };
        let freezes = self.session.is_freezing();
        let mut response = main_button_ui(ui, &face, &name, sizes, can_start, freezes);
        if awaits_guess {
            response = why_not_ui(response, language);
        } else if let Some(why) = obstacle {
            response = response.on_disabled_hover_text(why);
        }
        if response.clicked() {
            self.actions.push(Action::Run);
        }
        let about = RichText::new(language.text(&format!("{id}-about"))).font(font(sizes.text));
        let about = Button::new(about).min_size(vec2(0.0, sizes.control));
        if ui.add(about).clicked() {
            self.actions.push(Action::About);
        }
    }

    /// How long a run will take: as long as the last one like it, or else as long as the parameters and this machine
    /// suggest.
    pub fn expected(&self) -> Option<Duration> {
        let demo = self.demos.chosen();
        let mut like_it = self.session.runs_like(demo).into_iter().rev();
        let last = like_it.find(|record| record.is_done() && record.info.variant == demo.variant());
        self.machine
            .times
            .expected(demo.demo(), demo.variant(), last)
    }
}

/// Shows the row's main button, of the same size whatever its face. A button that `freezes` the window looks pressed,
/// and stays so until the freeze is over.
fn main_button_ui(
    ui: &mut Ui,
    face: &str,
    name: &str,
    sizes: &Sizes,
    enabled: bool,
    freezes: bool,
) -> Response {
    let palette = Palette::of(ui);
    ui.spacing_mut().button_padding.x = 6.0;
    let size = fitting_size(ui, face, 17.0, sizes.run);
    let mut button = main_button(face, size, palette, enabled || freezes);
    if freezes {
        button = button.fill(palette.weak);
    }
    let button = button.min_size(vec2(sizes.run, sizes.control));
    let response = ui.add_enabled(enabled, button);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    if face != name {
        set_value(&response, face);
    }
    response
}

/// The face of a button that waits for a guess.
fn guess_first(name: &str, language: Language) -> String {
    let name = Value::Word(language.text(name).into_owned());
    language.with("app-run-guess", &[("run", name)])
}

/// Tells the pointer and screen readers that the button waits for a guess.
pub(super) fn why_not_ui(button: Response, language: Language) -> Response {
    let why = language.text("app-guess-why");
    button.ctx.accesskit_node_builder(button.id, |node| {
        node.set_description(why.as_ref());
    });
    button.on_disabled_hover_text(why.as_ref())
}
