//! Variants, buttons and parameters: what a person can do with the chosen demo.

use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Button, Checkbox, Response, RichText, Ui, WidgetInfo, vec2};

use crate::app::App;
use crate::app::Room;
use crate::app::command::Command;
use crate::app::page::question::fits_beside_title;
use crate::app::session::scene;
use crate::lab::demo::VariantId;
use crate::lab::demo::value::Value;
use crate::text::Language;
use crate::widgets::controls::own_ids::{absent, own_ids};
use crate::widgets::controls::params_ui::params_ui;
use crate::widgets::controls::segmented_ui::segmented_ui;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::main_button;
use crate::widgets::stage::{Buttons, RunView};

impl App {
    pub(super) fn controls_ui(&mut self, ui: &mut Ui) {
        ui.horizontal_wrapped(|ui| {
            // Three rows of them leave the pictures their room in a new window.
            ui.spacing_mut().item_spacing.y = 4.0;
            let room = &self.rooms[self.chosen];
            let language = self.language;
            let title = |id: &str| {
                language
                    .text(&format!("{}-{id}", room.demo.id()))
                    .into_owned()
            };
            let variants: Vec<_> = room
                .demo
                .variants()
                .iter()
                .map(|variant| (variant.id, title(variant.id)))
                .collect();
            if let Some(variant) = segmented_ui(ui, room.variant, &variants) {
                self.commands.push(Command::ChooseVariant(variant));
            }
            match room.stage.buttons() {
                Buttons::Run => self.run_buttons_ui(ui),
                Buttons::Download => self.download_buttons_ui(ui),
            }
            let params = self.own_controls_ui(ui);
            // Where no parameter has a use, the rest has none either.
            if params.is_none_or(|params| !params.is_empty()) {
                self.settings_ui(ui, params);
            }
            // Where the picture needs the room, what is set once for a lesson can wait.
            if params.is_none() && !fits_beside_title(ui.max_rect().width()) {
                self.guessing_ui(ui);
            } else {
                absent(ui, 2);
            }
            self.twins_buttons_ui(ui);
        });
    }

    /// What the picture has of its own. Returns the parameters that it leaves room for, if not for all.
    fn own_controls_ui(&mut self, ui: &mut Ui) -> Option<&'static [&'static str]> {
        let can_run = self.session.running().is_none() || self.session.is_steered();
        let (scene, stage) = scene::of(&mut self.rooms[self.chosen], &self.session);
        let view = RunView {
            demo: scene.demo,
            variant: scene.variant,
            language: self.language,
            shown: scene.shown(Instant::now()),
            heartbeat: &self.heartbeat,
            freezing: self.armed,
            presenting: false,
        };
        let wish = stage.controls_ui(ui, &view, can_run);
        self.commands.extend(wish.map(Command::Picture));
        stage.params(&view)
    }

    fn settings_ui(&mut self, ui: &mut Ui, shown: Option<&[&str]>) {
        let room = &mut self.rooms[self.chosen];
        params_ui(ui, room.demo.as_mut(), room.variant, shown, self.language);
        self.cores_ui(ui);
        self.new_draw_ui(ui);
        let reset = ui.button(self.language.text("app-reset").as_ref());
        if reset
            .on_hover_text(self.language.text("app-reset-help").as_ref())
            .clicked()
        {
            self.commands.push(Command::ResetParams);
        }
        self.class_ui(ui);
        let room = &self.rooms[self.chosen];
        if room.stage.buttons() == Buttons::Run {
            let keys = ["app-slow-replay-setting", "app-slow-replay-help"];
            let on = self.setting_ui(ui, keys, self.settings.slow_replay);
            self.commands.extend(on.map(Command::SlowReplay));
        }
    }

    /// Draws anew, where chance is a part of the task: until then every run has the same.
    fn new_draw_ui(&mut self, ui: &mut Ui) {
        let demo = self.rooms[self.chosen].demo.as_ref();
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
            self.commands.push(Command::NewDraw);
        }
    }

    /// A check box; returns what it was changed to.
    pub(super) fn setting_ui(
        &self,
        ui: &mut Ui,
        [title, help]: [&str; 2],
        mut on: bool,
    ) -> Option<bool> {
        // A ticked box would have its text in the colour of the tick.
        let face = RichText::new(self.language.text(title)).color(Palette::of(ui).text);
        let setting = ui.add(Checkbox::new(&mut on, face));
        let help = self.language.text(help);
        setting.on_hover_text(help.as_ref()).changed().then_some(on)
    }

    /// Why `variant` can't be run now: another demo is running, or the parameters don't go together.
    pub(crate) fn obstacle(&self, room: &Room, variant: VariantId) -> Option<String> {
        let (id, language) = (room.demo.id(), self.language);
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
        // A run uses what the check looks for, and asking the system takes time from what is measured.
        if self.session.running().is_some() {
            return None;
        }
        let error = room.demo.check(variant).err()?;
        Some(language.with(
            "app-result-refused",
            &[("error", Value::Word(language.param_error(id, &error)))],
        ))
    }

    fn run_buttons_ui(&mut self, ui: &mut Ui) {
        let palette = Palette::of(ui);
        let room = &self.rooms[self.chosen];
        let language = self.language;
        let here = self.session.running_of(room.demo.id()).is_some();
        let idle = !self.is_busy();
        let obstacle = self.obstacle(room, room.variant);
        let obstacle_to_all = room
            .all_variants()
            .find_map(|variant| self.obstacle(room, variant));
        let awaits_guess = self.awaits_guess(room);
        let can_run = idle && obstacle.is_none() && !awaits_guess;
        let can_run_all = idle && obstacle_to_all.is_none() && !awaits_guess;
        let face = match self.expected(room) {
            // How long it takes is what some questions ask.
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
            Command::Run,
        )];
        if here {
            buttons.push(("app-stop", true, plain("app-stop"), Command::Stop));
        }
        buttons.push((
            "app-run-all",
            can_run_all,
            plain("app-run-all"),
            Command::RunAll,
        ));
        buttons.push((
            "app-repeat",
            can_run_all,
            plain("app-repeat"),
            Command::Repeat,
        ));
        buttons.push(("app-clear", true, plain("app-clear"), Command::Clear));
        for (name, enabled, button, command) in buttons {
            if command == Command::RunAll && !here {
                // Stop comes before it, and goes.
                absent(ui, 1);
            }
            let mut response = ui.add_enabled(enabled, button);
            // The name stays while the face tells the time.
            response
                .widget_info(|| WidgetInfo::labeled(Role::Button, enabled, language.text(name)));
            let help = format!("{name}-help");
            if awaits_guess && matches!(command, Command::Run | Command::RunAll | Command::Repeat) {
                response = why_not_ui(response, language);
            } else if language.has(&help) {
                response = response.on_hover_text(language.text(&help).as_ref());
            }
            // Why not all of them, beside the one that can be run, is only of interest to who wants that.
            if let Some(why) = &obstacle_to_all
                && matches!(command, Command::RunAll | Command::Repeat)
            {
                response = response.on_disabled_hover_text(why);
            }
            if response.clicked() {
                self.commands.push(command);
            }
        }
        self.kill_one_ui(ui);
        obstacle_ui(ui, obstacle);
    }

    fn download_buttons_ui(&mut self, ui: &mut Ui) {
        let palette = Palette::of(ui);
        let room = &self.rooms[self.chosen];
        let (id, language) = (room.demo.id(), self.language);
        let obstacle = self.obstacle(room, room.variant);
        let awaits_guess = self.awaits_guess(room);
        let can_start = self.session.running().is_none()
            && !self.armed
            && !self.session.twins.are_busy()
            && obstacle.is_none()
            && !awaits_guess;
        let name = language.text(&format!("{id}-download"));
        // While it runs, the face counts down; the name stays.
        let length = room.demo.expected(room.variant).unwrap_or_default();
        let left = self.session.running_of(id).map_or(length, |running| {
            let length = Duration::from_secs_f64(running.info().params.seconds("seconds"));
            length.saturating_sub(running.now())
        });
        let left = self.session.twins.left(Instant::now()).unwrap_or(left);
        let face = if awaits_guess {
            guess_first(&format!("{id}-download"), language)
        } else {
            let unit = language.text("unit-seconds");
            format!("{name} · {:.1} {unit}", left.as_secs_f64())
        };
        let mut button =
            main_button(face, palette, can_start || self.armed).min_size(vec2(190.0, 40.0));
        if self.armed {
            // Pressed, and so it will look until the freeze is over.
            button = button.fill(palette.weak);
        }
        let mut response = ui.add_enabled(can_start, button);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, can_start, name.as_ref()));
        if awaits_guess {
            response = why_not_ui(response, language);
        }
        if response.clicked() {
            self.commands.push(Command::Run);
        }
        let about = language.text(&format!("{id}-about"));
        if ui
            .add(Button::new(about.as_ref()).min_size(vec2(0.0, 40.0)))
            .clicked()
        {
            self.commands.push(Command::About);
        }
        obstacle_ui(ui, obstacle);
    }

    /// How long a run will take: as long as the last one like it did, or else as the parameters and this
    /// machine tell.
    pub(crate) fn expected(&self, room: &Room) -> Option<Duration> {
        let like_it = self.session.comparable(room.demo.id(), &room.demo.params());
        let mut like_it = like_it.into_iter().rev();
        let last = like_it.find(|record| record.is_done() && record.info.variant == room.variant);
        self.machine
            .times
            .expected(room.demo.as_ref(), room.variant, last)
    }
}

/// Why nothing can be run, in a row of its own: a sentence that began at the row's end and went on below would be
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

/// Why it waits, for the pointer and for screen readers.
fn why_not_ui(button: Response, language: Language) -> Response {
    let why = language.text("app-guess-why");
    button.ctx.accesskit_node_builder(button.id, |node| {
        node.set_description(why.as_ref());
    });
    button.on_disabled_hover_text(why.as_ref())
}
