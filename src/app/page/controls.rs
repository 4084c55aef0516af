//! The controls of the chosen demo: variants, buttons, parameters.

use std::time::Duration;

use egui::accesskit::Role;
use egui::{Button, Checkbox, Response, RichText, Ui, WidgetInfo, vec2};

use super::heading::fits_beside_title;
use crate::app::action::Action;
use crate::app::session::scene;
use crate::app::settings::Setting;
use crate::app::view::View;
use crate::lab::demo::VariantId;
use crate::lab::demo::param::ParamValue;
use crate::lab::demo::value::Value;
use crate::lab::machine::cores;
use crate::text::Language;
use crate::widgets::controls::params_ui::params_ui;
use crate::widgets::controls::segmented_ui;
use crate::widgets::controls::{absent, own_ids};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::main_button;
use crate::widgets::stage::Buttons;
use crate::widgets::timeline::lane_menu::kill_menu;

impl View<'_> {
    pub(super) fn controls_ui(&mut self, ui: &mut Ui) {
        ui.horizontal_wrapped(|ui| {
            // The rows lie close: three of them leave the pictures their room in a new window.
            ui.spacing_mut().item_spacing.y = 4.0;
            let demo = self.demos.chosen();
            let language = self.language;
            let title = |id: &str| language.text(&format!("{}-{id}", demo.id())).into_owned();
            let variants: Vec<_> = demo
                .demo()
                .variants()
                .iter()
                .map(|variant| (variant.id, title(variant.id)))
                .collect();
            if let Some(variant) = segmented_ui(ui, demo.variant(), &variants) {
                self.actions.push(Action::ChooseVariant(variant));
            }
            match demo.buttons() {
                Buttons::Run => self.run_buttons_ui(ui),
                Buttons::Download => self.download_buttons_ui(ui),
            }
            let params = self.own_controls_ui(ui);
            // If no parameter has a use, the other settings have none either.
            if params.is_none_or(|params| !params.is_empty()) {
                self.settings_ui(ui, params);
            }
            // Settings for a whole lesson give way if the picture needs the room.
            if params.is_none() && !fits_beside_title(ui.max_rect().width()) {
                self.guessing_ui(ui);
            } else {
                absent(ui, 2);
            }
            self.twins_buttons_ui(ui);
        });
    }

    /// Shows the stage's own controls. Returns the parameters that the stage leaves room for, `None` for all.
    fn own_controls_ui(&mut self, ui: &mut Ui) -> Option<&'static [&'static str]> {
        let can_run = self.session.running().is_none() || self.session.goes_by_input();
        let (scene, stage) = scene::of(self.demos.chosen_mut(), self.session, self.now);
        let view = scene.run_view(self.language, self.heartbeat, false);
        let wish = stage.controls_ui(ui, &view, can_run);
        self.actions.extend(wish.map(Action::Stage));
        stage.params(&view)
    }

    fn settings_ui(&mut self, ui: &mut Ui, shown: Option<&[&str]>) {
        let demo = self.demos.chosen_mut();
        let variant = demo.variant();
        params_ui(ui, demo.demo_mut(), variant, shown, self.language);
        self.cores_ui(ui);
        self.new_draw_ui(ui);
        let reset = ui.button(self.language.text("app-reset").as_ref());
        if reset
            .on_hover_text(self.language.text("app-reset-help").as_ref())
            .clicked()
        {
            self.actions.push(Action::ResetParams);
        }
        self.class_ui(ui);
        if self.demos.chosen().buttons() == Buttons::Run {
            let keys = ["app-slow-replay-setting", "app-slow-replay-help"];
            self.setting_ui(ui, keys, self.settings.slow_replay, Setting::SlowReplay);
        }
    }

    /// Lets the run that goes on follow the demo's parameter `cores`. If the system can't limit the cores, there is no
    /// control, and a sentence says why.
    fn cores_ui(&mut self, ui: &mut Ui) {
        let demo = self.demos.chosen();
        if let Some(&ParamValue::Whole(cores)) = demo.params().value("cores") {
            let running = self.session.running_of(demo.id());
            if running.is_some_and(|running| running.cores() != cores) {
                self.actions.push(Action::LimitCores(cores));
            }
        } else if !cores::can_be_limited()
            && self.language.has(&format!("{}-param-cores", demo.id()))
        {
            let why = self.language.text("app-cores-unlimited");
            ui.label(RichText::new(why).color(Palette::of(ui).weak));
        }
    }

    /// Shows the button of the preset for a class; it says whether this demo's parameters are those of the preset.
    fn class_ui(&mut self, ui: &mut Ui) {
        let (language, enabled) = (self.language, self.may_measure());
        let face = if self.machine.is_measuring() {
            "app-class-measuring"
        } else if self.demos.chosen().is_for_class() {
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
            self.actions.push(Action::Class);
        }
    }

    /// Shows the button that draws anew, if chance is a part of the task: until then every run has the same draw.
    fn new_draw_ui(&mut self, ui: &mut Ui) {
        let demo = self.demos.chosen().demo();
        if demo.draw(0).is_none() {
            return;
        }
        let [face, help] = ["new-draw", "new-draw-help"].map(|name| {
            let key = format!("{}-{name}", demo.id());
            self.language.text(&key).into_owned()
        });
        let can_draw = !self.is_busy();
        let button = ui.add_enabled(can_draw, Button::new(face));
        if button.on_hover_text(help).clicked() {
            self.actions.push(Action::NewDraw);
        }
    }

    /// Shows a check box for a setting that is on or off.
    pub(super) fn setting_ui(
        &mut self,
        ui: &mut Ui,
        [title, help]: [&str; 2],
        mut on: bool,
        setting: fn(bool) -> Setting,
    ) {
        // The colour is set, because a ticked box would have its text in the colour of the tick.
        let face = RichText::new(self.language.text(title)).color(Palette::of(ui).text);
        let response = ui.add(Checkbox::new(&mut on, face));
        let help = self.language.text(help);
        if response.on_hover_text(help.as_ref()).changed() {
            self.actions.push(Action::Set(setting(on)));
        }
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

    fn run_buttons_ui(&mut self, ui: &mut Ui) {
        let palette = Palette::of(ui);
        let demo = self.demos.chosen();
        let language = self.language;
        let here = self.session.running_of(demo.id()).is_some();
        let idle = !self.is_busy();
        let obstacle = self.obstacle(demo.variant());
        let obstacle_to_all = demo
            .all_variants()
            .find_map(|variant| self.obstacle(variant));
        let awaits_guess = self.awaits_guess();
        let can_run = idle && obstacle.is_none() && !awaits_guess;
        let can_run_all = idle && obstacle_to_all.is_none() && !awaits_guess;
        let face = match self.expected() {
            // The time is hidden before a guess, because some questions ask how long a run takes.
            _ if awaits_guess => guess_first("app-run", language),
            Some(expected) => {
                let seconds = Value::Word(language.about_time(expected.as_secs_f64()));
                language.with("app-run-time", &[("seconds", seconds)])
            }
            None => language.text("app-run").into_owned(),
        };
        let plain = |key: &str| Button::new(language.text(key)).min_size(vec2(0.0, 40.0));
        let mut buttons = vec![(
            "app-run",
            can_run,
            main_button(face, palette, can_run),
            Action::Run,
        )];
        if here {
            buttons.push(("app-stop", true, plain("app-stop"), Action::Stop));
        }
        buttons.push((
            "app-run-all",
            can_run_all,
            plain("app-run-all"),
            Action::RunAll,
        ));
        buttons.push((
            "app-repeat",
            can_run_all,
            plain("app-repeat"),
            Action::Repeat,
        ));
        buttons.push(("app-clear", true, plain("app-clear"), Action::Clear));
        for (name, enabled, button, action) in buttons {
            if action == Action::RunAll && !here {
                // Here is the place of Stop, which comes and goes.
                absent(ui, 1);
            }
            let mut response = ui.add_enabled(enabled, button);
            // The accessible name stays while the face shows the time.
            response
                .widget_info(|| WidgetInfo::labeled(Role::Button, enabled, language.text(name)));
            let help = format!("{name}-help");
            if awaits_guess && matches!(action, Action::Run | Action::RunAll | Action::Repeat) {
                response = why_not_ui(response, language);
            } else if language.has(&help) {
                response = response.on_hover_text(language.text(&help).as_ref());
            }
            // The reason why not all variants can be run stands at their buttons: the chosen one may be able to.
            if let Some(why) = &obstacle_to_all
                && matches!(action, Action::RunAll | Action::Repeat)
            {
                response = response.on_disabled_hover_text(why);
            }
            if response.clicked() {
                self.actions.push(action);
            }
        }
        self.kill_ui(ui);
        obstacle_ui(ui, obstacle);
    }

    /// Shows the menu that kills one of the run's processes, as the menu of its lane does, as long as some of them
    /// live.
    fn kill_ui(&mut self, ui: &mut Ui) {
        let running = self.session.running_of(self.demos.chosen().id());
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
        self.actions.extend(killed.map(Action::Kill));
    }

    fn download_buttons_ui(&mut self, ui: &mut Ui) {
        let palette = Palette::of(ui);
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
        let mut button = main_button(face, palette, can_start || self.session.is_freezing())
            .min_size(vec2(190.0, 40.0));
        if self.session.is_freezing() {
            // The button looks pressed, and stays so until the freeze is over.
            button = button.fill(palette.weak);
        }
        let mut response = ui.add_enabled(can_start, button);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, can_start, name.as_ref()));
        if awaits_guess {
            response = why_not_ui(response, language);
        }
        if response.clicked() {
            self.actions.push(Action::Run);
        }
        let about = language.text(&format!("{id}-about"));
        if ui
            .add(Button::new(about.as_ref()).min_size(vec2(0.0, 40.0)))
            .clicked()
        {
            self.actions.push(Action::About);
        }
        obstacle_ui(ui, obstacle);
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

/// Says in a row of its own why nothing can be run: a sentence that began at the row's end and went on below would be
/// hard to read.
fn obstacle_ui(ui: &mut Ui, obstacle: Option<String>) {
    let Some(obstacle) = obstacle else {
        absent(ui, 1);
        return;
    };
    let text = RichText::new(obstacle).color(Palette::of(ui).weak);
    ui.end_row();
    own_ids(ui, "obstacle", |ui| ui.label(text));
    ui.end_row();
}

/// The face of a button that waits for a guess.
fn guess_first(name: &str, language: Language) -> String {
    let name = Value::Word(language.text(name).into_owned());
    language.with("app-run-guess", &[("run", name)])
}

/// Tells the pointer and screen readers that the button waits for a guess.
fn why_not_ui(button: Response, language: Language) -> Response {
    let why = language.text("app-guess-why");
    button.ctx.accesskit_node_builder(button.id, |node| {
        node.set_description(why.as_ref());
    });
    button.on_disabled_hover_text(why.as_ref())
}
