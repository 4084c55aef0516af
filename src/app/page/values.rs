//! Today's values: a button that names them, and opens their controls.

use egui::accesskit::Role;
use egui::{Button, Popup, PopupCloseBehavior, RichText, ScrollArea, Ui, WidgetInfo, vec2};

use super::room::Sizes;
use crate::app::action::{Action, Scope};
use crate::app::view::View;
use crate::lab::demo::param::ParamValue;
use crate::lab::machine::cores;
use crate::widgets::controls::params_ui::params_ui;
use crate::widgets::controls::{button_width, own_ids, set_value};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::text_fit::text_line;
use crate::widgets::look::theme::{bold_font, font};

/// Least width of the controls, in points.
const WIDTH: f32 = 330.0;

impl View<'_> {
    pub(super) fn values_ui(&mut self, ui: &mut Ui, sizes: &Sizes) {
        let palette = Palette::of(ui);
        let demo = self.demos.chosen();
        let language = self.language;
        let values = language.values(demo.id(), demo.variant(), &demo.params());
        let is_lesson = demo.is_lesson();
        // Other values than the lesson's have a mark and bold letters.
        let (text, font) = match is_lesson {
            true => (format!("{values} ⏷"), font(sizes.text - 1.0)),
            false => (format!("• {values} ⏷"), bold_font(sizes.text - 1.0)),
        };
        let padding = 2.0 * ui.spacing().button_padding.x;
        let width = button_width(ui, &text, font.clone()).min(ui.available_width());
        let color = if is_lesson {
            palette.weak
        } else {
            palette.text
        };
        let face = text_line(ui.painter(), text, font, color, width - padding);
        let button = Button::new(face)
            .corner_radius(sizes.control / 2.0)
            .min_size(vec2(width, sizes.control));
        let button = ui.add(button);
        let name = language.text("app-values");
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.as_ref()));
        set_value(&button, &values);
        let button = button.on_hover_text(language.text(match is_lesson {
            true => "app-values-lesson",
            false => "app-values-other",
        }));
        let height = ui.ctx().content_rect().height() * 0.75;
        Popup::from_toggle_button_response(&button)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .show(|ui| {
                ui.set_min_width(WIDTH);
                ScrollArea::vertical()
                    .max_height(height)
                    .min_scrolled_height(height)
                    .show(ui, |ui| self.values_menu_ui(ui));
            });
        self.follow_cores();
    }

    fn values_menu_ui(&mut self, ui: &mut Ui) {
        ui.spacing_mut().interact_size.y = 32.0;
        let runs = self.session.running_of(self.demos.chosen().id()).is_some();
        let demo = self.demos.chosen_mut();
        let variant = demo.variant();
        // While a run goes on, its cores are on the stage.
        let but: &[&str] = if runs { &["cores"] } else { &[] };
        params_ui(ui, demo.demo_mut(), variant, but, self.language);
        self.no_cores_ui(ui);
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| {
            own_ids(ui, "new_draw", |ui| self.new_draw_ui(ui));
            let face = self.language.text("app-reset");
            let reset = own_ids(ui, "reset", |ui| ui.button(face.as_ref()));
            if reset
                .on_hover_text(self.language.text("app-reset-help").as_ref())
                .clicked()
            {
                self.actions.push(Action::ResetParams);
            }
            let id = self.demos.chosen().id();
            own_ids(ui, "class", |ui| self.class_ui(ui, Scope::Demo(id)));
        });
    }

    /// Lets the run that goes on follow the demo's parameter `cores`.
    fn follow_cores(&mut self) {
        let demo = self.demos.chosen();
        if let Some(&ParamValue::Whole(cores)) = demo.params().value("cores") {
            let running = self.session.running_of(demo.id());
            if running.is_some_and(|running| running.cores() != cores) {
                self.actions.push(Action::LimitCores(cores));
            }
        }
    }

    /// Says why there is no control for the cores, if the system can't limit them.
    fn no_cores_ui(&self, ui: &mut Ui) {
        let demo = self.demos.chosen();
        let key = format!("{}-param-cores", demo.id());
        if !cores::can_be_limited() && self.language.has(&key) {
            let why = self.language.text("app-cores-unlimited");
            ui.label(RichText::new(why).color(Palette::of(ui).weak));
        }
    }

    /// Shows the button of the preset for a class; it says whether this demo's parameters are those of the preset.
    pub(crate) fn class_ui(&mut self, ui: &mut Ui, scope: Scope) {
        let (language, enabled) = (self.language, self.may_measure());
        let (name, help) = match scope {
            Scope::Demo(_) => ("app-class", "app-class-help"),
            Scope::AllDemos => ("app-class-all", "app-class-all-help"),
        };
        let name = language.text(name);
        let face = if self.machine.is_measuring() {
            language.text("app-class-measuring").into_owned()
        } else if self.demos.chosen().is_for_class() && scope != Scope::AllDemos {
            format!("✔ {name}")
        } else {
            name.clone().into_owned()
        };
        let width = button_width(ui, &format!("✔ {name}"), font(16.0));
        let button = Button::new(&face).min_size(vec2(width, 0.0));
        let button = ui.add_enabled(enabled, button);
        button.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name.as_ref()));
        if button
            .on_hover_text(language.text(help).as_ref())
            .on_disabled_hover_text(language.text("app-class-wait").as_ref())
            .clicked()
        {
            self.actions.push(Action::Class(scope));
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
}
