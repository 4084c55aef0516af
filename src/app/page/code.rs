//! The code beside the page (`Ctrl+D`): what is shown of it, and where.

use std::sync::Arc;
use std::time::Instant;

use egui::accesskit::Role;
use egui::{
    Align, Button, CentralPanel, Context, Key, Layout, Margin, Modifiers, Panel, Rect, RichText,
    Ui, WidgetInfo, vec2,
};

use crate::app::App;
use crate::app::command::Command;
use crate::app::page::question::fits_beside_title;
use crate::app::session::scene;
use crate::app::sidebar;
use crate::lab::demo::listing::Listing;
use crate::lab::demo::param::Params;
use crate::lab::demo::{DemoId, VariantId};
use crate::text::Language;
use crate::widgets::code::{Code, CodeAction, code_ui};
use crate::widgets::controls::own_ids::named;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::font;

/// Size of the letters, in points: a little smaller than text, for lines are long.
const SIZE: f32 = 13.0;
/// The part of the window beside the list that the code has.
const SHARE: f32 = 0.4;
/// A page narrower than this is of no use: the code is then shown in its place.
const NARROWEST_PAGE: f32 = 640.0;
/// In windows narrower than this the list shows numbers alone while the code is shown.
const LIST_NARROW_BELOW: f32 = 1500.0;

/// The listing that was shown last, so that it is not cut out anew for every picture.
#[derive(Default)]
pub(crate) struct Cut(Option<(DemoId, VariantId, Params, Arc<Listing>)>);

/// Ctrl+D, wherever the focus is. Returns whether it was pressed.
pub(crate) fn is_asked_for(ctx: &Context) -> bool {
    ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::D))
}

/// The code's ground.
fn frame(ui: &Ui) -> egui::Frame {
    egui::Frame::new()
        .fill(Palette::of(ui).card)
        .inner_margin(Margin {
            left: 10,
            right: 4,
            top: 10,
            bottom: 0,
        })
}

impl App {
    /// The code of the chosen variant, with the parameters as they are set.
    pub(crate) fn listing(&mut self) -> Arc<Listing> {
        let room = &self.rooms[self.chosen];
        let (id, variant, params) = (room.demo.id(), room.variant, room.demo.params());
        if let Some((known, of, with, listing)) = &self.cut.0
            && (*known, *of, with) == (id, variant, &params)
        {
            return Arc::clone(listing);
        }
        let listing = Arc::new(room.demo.listing(variant));
        self.cut.0 = Some((id, variant, params, Arc::clone(&listing)));
        listing
    }

    /// Shows it in letters of `size`, and takes the wishes of whoever looks at it.
    pub(crate) fn code_ui(&mut self, ui: &mut Ui, size: f32) {
        let listing = self.listing();
        let (scene, _) = scene::of(&mut self.rooms[self.chosen], &self.session);
        let shown = scene.shown(Instant::now());
        let code = Code {
            listing: &listing,
            tab: self.settings.code_tab,
            // While another variant runs, its threads are not in this code.
            shown: shown.filter(|shown| shown.info.variant == scene.variant),
            marked: self.marked,
            size,
            language: self.language,
        };
        match code_ui(ui, &code) {
            Some(CodeAction::Tab(tab)) => self.commands.push(Command::CodeTab(tab)),
            Some(CodeAction::Mark(marked)) => self.commands.push(Command::Mark(marked)),
            None => {}
        }
    }

    /// In narrower windows the list shows numbers alone.
    pub(crate) fn list_narrow_below(&self) -> f32 {
        if self.settings.code {
            LIST_NARROW_BELOW
        } else {
            sidebar::NARROW_BELOW
        }
    }

    /// Shows the code, if it is to be shown: at the right, or where there is too little room for both in the
    /// page's place. Returns whether there is room for the page.
    pub(crate) fn leaves_room_for_page(&mut self, ui: &mut Ui) -> bool {
        if !self.settings.code {
            return true;
        }
        let room = ui.available_width();
        let width = (room * SHARE).floor();
        let is_room = room - width >= NARROWEST_PAGE;
        if is_room {
            Panel::right("code")
                .resizable(false)
                .exact_size(width)
                .frame(frame(ui))
                .show(ui, |ui| self.code_pane_ui(ui));
        } else {
            CentralPanel::default()
                .frame(frame(ui))
                .show(ui, |ui| self.code_pane_ui(ui));
        }
        is_room
    }

    /// The pane beside the page.
    fn code_pane_ui(&mut self, ui: &mut Ui) {
        let corner = ui.max_rect();
        self.code_ui(ui, SIZE);
        // In the corner beside the tabs, and after them for whoever goes there with Tab.
        let corner = Rect::from_min_max(corner.right_top() - vec2(44.0, 0.0), corner.max);
        let mut ui = ui.new_child(
            named("code_close")
                .max_rect(corner)
                .layout(Layout::right_to_left(Align::Min)),
        );
        ui.add_space(6.0);
        let close =
            ui.add(Button::new(RichText::new("✘").font(font(16.0))).min_size(vec2(34.0, 34.0)));
        let name = self.language.text("app-code-close");
        close.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.as_ref()));
        if close.on_hover_text(name.as_ref()).clicked() {
            self.commands.push(Command::ShowCode(false));
        }
    }

    /// At the right of the demo's title: which section of the lesson it belongs to, and the button that
    /// shows the code.
    pub(super) fn beside_title_ui(&mut self, ui: &mut Ui) {
        let language: Language = self.language;
        let width = ui.max_rect().width();
        let id = self.rooms[self.chosen].demo.id();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let shows = self.settings.code;
            let name = language.text("app-code");
            let palette = Palette::of(ui);
            let (color, fill) = if shows {
                (palette.on_strong, palette.strong)
            } else {
                (palette.text, palette.card)
            };
            let face = RichText::new(name.as_ref()).font(font(15.0)).color(color);
            let button = ui.add(Button::new(face).fill(fill).min_size(vec2(0.0, 30.0)));
            button.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.as_ref()));
            if button
                .on_hover_text(language.text("app-code-help").as_ref())
                .clicked()
            {
                self.commands.push(Command::ShowCode(!shows));
            }
            self.next_question_ui(ui);
            if fits_beside_title(width) {
                self.guessing_ui(ui);
            }
            let lesson = language.text(&format!("{id}-lesson"));
            let lay_out = |text: &str| {
                let painter = ui.painter();
                painter.layout_no_wrap(text.to_owned(), font(14.0), palette.weak)
            };
            let mut galley = lay_out(&lesson);
            if galley.size().x > ui.available_width() {
                // Beside a long title there is room for the section's number alone.
                galley = lay_out(lesson.split(" · ").next().unwrap_or_default());
            }
            // Beside one that fills the line there is room for nothing.
            if galley.size().x <= ui.available_width() {
                ui.label(galley);
            }
        });
    }
}
