//! The list of demos, with language and theme at its foot.

use egui::accesskit::Role;
use egui::{
    Align, Button, Layout, Margin, RichText, ScrollArea, Stroke, ThemePreference, Ui, WidgetInfo,
    vec2,
};

use crate::app::action::Action;
use crate::app::settings::Setting;
use crate::app::view::View;
use crate::lab::trace::event::State;
use crate::text::Language;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::{bold_font, font};

/// Width of the window, in points, below which the list shows the demos' numbers alone; a larger zoom leaves fewer
/// points.
pub const NARROW_BELOW: f32 = 1000.0;

/// Height of a demo's row with much room and with little, in points.
const HIGHEST_ROW: f32 = 42.0;
const LOWEST_ROW: f32 = 24.0;
/// Distance between two rows.
const ROW_GAP: f32 = 4.0;

/// How many buttons stand at the foot: language, theme, presenting.
const FOOT_BUTTONS: f32 = 3.0;

/// The ground behind the list.
pub fn frame(ui: &Ui) -> egui::Frame {
    let palette = Palette::of(ui);
    egui::Frame::new()
        .fill(palette.card)
        .inner_margin(Margin::symmetric(10, 12))
        .stroke(Stroke::new(1.0, palette.border))
}

impl View<'_> {
    pub(super) fn sidebar_ui(&mut self, ui: &mut Ui, narrow: bool) {
        ui.spacing_mut().button_padding.x = 10.0;
        ui.with_layout(Layout::bottom_up(Align::Min), |ui| {
            self.squeeze_foot(ui);
            self.foot_ui(ui, narrow);
            ui.with_layout(Layout::top_down_justified(Align::Min), |ui| {
                let bottom = ui.max_rect().bottom();
                ScrollArea::vertical().show(ui, |ui| {
                    if !narrow {
                        ui.label(
                            RichText::new(self.language.text("app-name")).font(bold_font(22.0)),
                        );
                        ui.label(
                            RichText::new(self.language.text("app-subtitle"))
                                .small()
                                .color(Palette::of(ui).weak),
                        );
                        ui.add_space(6.0);
                    }
                    let height = self.row_height(ui, bottom - ui.cursor().top());
                    for index in 0..self.demos.all().len() {
                        self.demo_ui(ui, index, narrow, height);
                    }
                });
            });
        });
    }

    /// Sets the buttons at the foot closer where the rows of the demos need the room.
    fn squeeze_foot(&self, ui: &mut Ui) {
        let rows = self.demos.all().len() as f32 * (LOWEST_ROW + ROW_GAP);
        let foot = FOOT_BUTTONS * (ui.spacing().interact_size.y + ui.spacing().item_spacing.y);
        if ui.available_height() < rows + foot {
            ui.spacing_mut().interact_size.y = LOWEST_ROW;
            ui.spacing_mut().button_padding.y = 0.0;
            ui.spacing_mut().item_spacing.y = 2.0;
        }
    }

    /// Height of a demo's row with which all fit into `room`, if that is possible at all.
    fn row_height(&self, ui: &mut Ui, room: f32) -> f32 {
        ui.spacing_mut().item_spacing.y = ROW_GAP;
        let share = room / self.demos.all().len() as f32 - ui.spacing().item_spacing.y;
        let height = share.floor().clamp(LOWEST_ROW, HIGHEST_ROW);
        ui.spacing_mut().interact_size.y = height;
        ui.spacing_mut().button_padding.y = 0.0;
        height
    }

    fn demo_ui(&mut self, ui: &mut Ui, index: usize, narrow: bool, height: f32) {
        let palette = Palette::of(ui);
        let demo = &self.demos.all()[index];
        let id = demo.id();
        let title = self.language.text(&format!("{id}-title"));
        let chosen = index == self.demos.index();
        let number = demo.number() % 10;
        let face = if narrow {
            number.to_string()
        } else {
            format!("{number}  {title}")
        };
        let font = if chosen { bold_font(16.0) } else { font(16.0) };
        let text = RichText::new(face).font(font).color(palette.text);
        let button = Button::new(text)
            .fill(if chosen { palette.faint } else { palette.card })
            .stroke(Stroke::NONE)
            .min_size(vec2(ui.available_width(), height));
        let response = ui.add(button);
        response.widget_info(|| {
            WidgetInfo::selected(Role::Button, ui.is_enabled(), chosen, title.as_ref())
        });
        let response = if narrow {
            response.on_hover_text(title.as_ref())
        } else {
            response
        };
        if self.session.running_of(id).is_some() {
            let at = response.rect.right_center() - vec2(9.0, 0.0);
            ui.painter()
                .circle_filled(at, 5.0, palette.state(State::Running));
        }
        if chosen {
            let mut mark = response.rect;
            mark.max.x = mark.min.x + 4.0;
            ui.painter().rect_filled(mark, 2.0, palette.strong);
        }
        if response.clicked() {
            self.actions.push(Action::ChooseDemo(index));
        }
    }

    fn foot_ui(&mut self, ui: &mut Ui, narrow: bool) {
        let themes = [
            (ThemePreference::Light, "app-theme-light"),
            (ThemePreference::Dark, "app-theme-dark"),
            (ThemePreference::System, "app-theme-system"),
        ];
        let language = self.language;
        let theme = ui.ctx().options(|options| options.theme_preference);
        let theme = themes
            .iter()
            .position(|(preference, _)| *preference == theme)
            .unwrap_or(0);
        let (theme_face, language_face) = if narrow {
            let other = if language == Language::English {
                "中"
            } else {
                "EN"
            };
            ("◐".to_owned(), other.to_owned())
        } else {
            (
                language.text(themes[theme].1).into_owned(),
                Language::ALL.map(Language::own_name).join(" · "),
            )
        };
        let present_face = if narrow {
            "F11".to_owned()
        } else {
            format!("{} · F11", language.text("app-present"))
        };
        if self.foot_button(ui, present_face, "app-present") {
            self.actions.push(Action::Present);
        }
        if self.foot_button(ui, theme_face, "app-theme") {
            let next = Setting::Theme(themes[(theme + 1) % themes.len()].0);
            self.actions.push(Action::Set(next));
        }
        if self.foot_button(ui, language_face, "app-language") {
            let at = Language::ALL
                .iter()
                .position(|other| *other == language)
                .unwrap_or(0);
            let next = Setting::Language(Language::ALL[(at + 1) % Language::ALL.len()]);
            self.actions.push(Action::Set(next));
        }
    }

    /// Shows a button whose face is the present choice, and whose name is the choice's subject.
    fn foot_button(&self, ui: &mut Ui, face: String, name: &str) -> bool {
        let name = self.language.text(name);
        let button = Button::new(
            RichText::new(face)
                .font(font(14.0))
                .color(Palette::of(ui).weak),
        )
        .fill(Palette::of(ui).card)
        .stroke(Stroke::NONE)
        .min_size(vec2(
            ui.available_width(),
            ui.spacing().interact_size.y.min(30.0),
        ));
        let response = ui.add(button);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name.as_ref()));
        response.on_hover_text(name.as_ref()).clicked()
    }
}
