//! The menu of the settings, at the foot of the list.

use egui::accesskit::Role;
use egui::{
    Button, Checkbox, Grid, Popup, PopupCloseBehavior, Response, RichText, Sense, TextStyle,
    ThemePreference, Ui, WidgetInfo, vec2,
};

use super::action::{Action, Scope};
use super::settings::Setting;
use super::view::View;
use crate::text::Language;
use crate::widgets::controls::set_value;
use crate::widgets::look::palette::Palette;

/// Width of the controls with a value on their face.
const VALUE: f32 = 120.0;
/// How much a step of the zoom changes it.
const ZOOM_STEP: f32 = 0.1;

/// The themes in the order in which a click goes through them.
const THEMES: [(ThemePreference, &str); 3] = [
    (ThemePreference::Light, "app-theme-light"),
    (ThemePreference::Dark, "app-theme-dark"),
    (ThemePreference::System, "app-theme-system"),
];

impl View<'_> {
    /// Opens the settings at their button.
    pub(super) fn settings_ui(&mut self, button: &Response) {
        Popup::from_toggle_button_response(button)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .show(|ui| {
                let settings = self.settings;
                let ticks = [
                    (
                        "app-guess-first",
                        settings.guess_first,
                        Setting::GuessFirst as fn(bool) -> Setting,
                    ),
                    ("app-hands", settings.count_hands, Setting::CountHands),
                    ("app-vote-again", settings.vote_again, Setting::VoteAgain),
                    (
                        "app-slow-replay-setting",
                        settings.slow_replay,
                        Setting::SlowReplay,
                    ),
                    ("app-status-line", settings.status_line, Setting::StatusLine),
                ];
                for (key, on, setting) in ticks {
                    self.tick_ui(ui, key, on, setting);
                }
                Grid::new("settings")
                    .num_columns(2)
                    .spacing(vec2(16.0, 8.0))
                    .show(ui, |ui| {
                        self.language_ui(ui);
                        self.theme_ui(ui);
                        self.zoom_ui(ui);
                    });
                ui.add_space(4.0);
                self.class_ui(ui, Scope::AllDemos);
            });
    }

    /// Shows a box to tick for a setting that is on or off.
    fn tick_ui(&mut self, ui: &mut Ui, key: &str, mut on: bool, setting: fn(bool) -> Setting) {
        // The colour is set, because a ticked box would have its text in the colour of the tick.
        let face = RichText::new(self.language.text(key)).color(Palette::of(ui).text);
        let response = ui.add(Checkbox::new(&mut on, face));
        let help = self.language.text(&format!("{key}-help"));
        if response.on_hover_text(help.as_ref()).changed() {
            self.actions.push(Action::Set(setting(on)));
        }
    }

    fn language_ui(&mut self, ui: &mut Ui) {
        let face = self.language.own_name();
        if self.value_ui(ui, "app-language", face) {
            let all = Language::ALL;
            let at = all.iter().position(|other| *other == self.language);
            let next = all[(at.unwrap_or(0) + 1) % all.len()];
            self.actions.push(Action::Set(Setting::Language(next)));
        }
    }

    fn theme_ui(&mut self, ui: &mut Ui) {
        let now = ui.ctx().options(|options| options.theme_preference);
        let at = THEMES.iter().position(|(theme, _)| *theme == now);
        let at = at.unwrap_or(0);
        let face = self.language.text(THEMES[at].1);
        if self.value_ui(ui, "app-theme", &face) {
            let next = THEMES[(at + 1) % THEMES.len()].0;
            self.actions.push(Action::Set(Setting::Theme(next)));
        }
    }

    /// Shows the zoom with a button at either side; a click on it brings back the normal size.
    fn zoom_ui(&mut self, ui: &mut Ui) {
        let zoom = ui.ctx().zoom_factor();
        title_ui(ui, &self.language.text("app-zoom"));
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let percent = format!("{:.0} %", zoom * 100.0);
            let steps = [
                ("–", "app-zoom-out", zoom - ZOOM_STEP, 28.0),
                (percent.as_str(), "app-zoom", 1.0, VALUE - 64.0),
                ("+", "app-zoom-in", zoom + ZOOM_STEP, 28.0),
            ];
            ui.spacing_mut().button_padding.x = 2.0;
            for (face, key, zoom, width) in steps {
                let button = ui.add(Button::new(face).min_size(vec2(width, 0.0)));
                let name = self.language.text(key);
                button.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.as_ref()));
                if key == "app-zoom" {
                    set_value(&button, &percent);
                }
                if button.clicked() {
                    self.actions.push(Action::Zoom(zoom));
                }
            }
        });
        ui.end_row();
    }

    /// Shows a row with a button whose face is the setting's value, and whose name is the setting's. Returns whether
    /// it was clicked.
    fn value_ui(&self, ui: &mut Ui, key: &str, face: &str) -> bool {
        let name = self.language.text(key);
        title_ui(ui, &name);
        let button = ui.add(Button::new(face).min_size(vec2(VALUE, 0.0)));
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.as_ref()));
        set_value(&button, face);
        ui.end_row();
        button.clicked()
    }
}

/// Paints a row's title. Screen readers read it as the name of the control beside it.
fn title_ui(ui: &mut Ui, title: &str) {
    let font = TextStyle::Body.resolve(ui.style());
    let color = Palette::of(ui).text;
    let galley = ui.painter().layout_no_wrap(title.to_owned(), font, color);
    let (place, _) = ui.allocate_exact_size(galley.size(), Sense::hover());
    ui.painter().galley(place.min, galley, color);
}
