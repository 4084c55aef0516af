//! The buttons for the twins, and how they are opened.

use std::ffi::OsString;

use egui::{Align, Button, Context, Layout, Pos2, Rect, RichText, Ui, vec2};

use super::place::{Place, places};
use crate::app::App;
use crate::app::command::Command;
use crate::demos::responsive_ui::twins::Side;
use crate::lab::demo::Demo;
use crate::text::Language;
use crate::widgets::controls::own_ids::named;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::bold_font;
use crate::widgets::stage::Buttons;

impl App {
    /// `Side by side`, at the right end of its row, and what can be done with the twins once they are there.
    pub(in crate::app) fn twins_buttons_ui(&mut self, ui: &mut Ui) {
        if self.rooms[self.chosen].stage.buttons() != Buttons::Download {
            return;
        }
        let (palette, language) = (Palette::of(ui), self.language);
        let open = self.session.twins.are_open();
        let key = "responsive_ui-side-by-side";
        let font = egui::TextStyle::Button.resolve(ui.style());
        let face = language.text(key).into_owned();
        let galley = ui.painter().layout_no_wrap(face, font, palette.text);
        let needed = galley.size().x + 2.0 * ui.spacing().button_padding.x;
        let free = ui.available_size_before_wrap().x - needed - ui.spacing().item_spacing.x;
        if free > 0.0 {
            ui.add_space(free);
        }
        let mut button = Button::new(language.text(key)).min_size(vec2(0.0, 40.0));
        if open {
            button = button.fill(palette.faint);
        }
        let response = ui.add(button);
        let help = language.text("responsive_ui-side-by-side-help");
        if response.on_hover_text(help.as_ref()).clicked() {
            self.commands.push(Command::SideBySide);
        }
    }

    /// `Click both`, in the corner of the stage's card, while they are open.
    pub(in crate::app) fn click_both_ui(&mut self, ui: &mut Ui, corner: Pos2) {
        if !self.twins_do_it() {
            return;
        }
        let language = self.language;
        let mut ui = ui.new_child(
            named("click-both")
                .max_rect(Rect::from_min_max(
                    corner + vec2(-240.0, 8.0),
                    corner + vec2(-12.0, 48.0),
                ))
                .layout(Layout::right_to_left(Align::Min)),
        );
        let face = RichText::new(language.text("responsive_ui-click-both")).font(bold_font(17.0));
        let response = ui.add(Button::new(face).min_size(vec2(0.0, 36.0)));
        let help = language.text("responsive_ui-click-both-help");
        if response.on_hover_text(help.as_ref()).clicked() {
            self.commands.push(Command::ClickBoth);
        }
    }

    /// Opens them, or ends them if they are open.
    pub(in crate::app) fn side_by_side(&mut self, ctx: &Context) {
        if self.session.twins.are_open() {
            self.session.twins.close();
            return;
        }
        let zoom = ctx.zoom_factor();
        let (window, screen) = ctx.input(|input| {
            let viewport = input.viewport();
            (viewport.outer_rect, viewport.monitor_size)
        });
        let places = places(
            window.map(|rect| rect * zoom),
            screen.map(|size| size * zoom),
        );
        let demo = self.rooms[self.chosen].demo.as_ref();
        let dark = ctx.theme() == egui::Theme::Dark;
        let args =
            Side::BOTH.map(|side| arguments(side, demo, self.language, dark, places[side.index()]));
        let params = demo.params();
        self.session.open_twins(args, params);
    }
}

impl App {
    /// Whether Download is for the twins: while they are open, it starts both.
    pub(in crate::app) fn twins_do_it(&self) -> bool {
        let room = &self.rooms[self.chosen];
        self.session.twins.are_open() && room.stage.buttons() == Buttons::Download
    }

    /// Both begin, with the parameters as they are now.
    pub(in crate::app) fn download_in_twins(&mut self) {
        let demo = &self.rooms[self.chosen].demo;
        if demo.check(self.rooms[self.chosen].variant).is_ok() {
            self.session.twins.download(demo.params());
        }
    }
}

/// The command line of a twin, as `cli/twin.rs` reads it.
fn arguments(
    side: Side,
    demo: &dyn Demo,
    language: Language,
    dark: bool,
    place: Place,
) -> Vec<OsString> {
    let mut args = vec!["twin".to_owned(), side.name().to_owned()];
    let mut option = |name: &str, value: String| args.extend([format!("--{name}"), value]);
    option("seconds", demo.params().seconds("seconds").to_string());
    option("lang", language.tag().to_owned());
    option("theme", if dark { "dark" } else { "light" }.to_owned());
    option("size", format!("{},{}", place.size.x, place.size.y));
    if let Some(at) = place.position {
        option("at", format!("{},{}", at.x, at.y));
    }
    args.into_iter().map(OsString::from).collect()
}
