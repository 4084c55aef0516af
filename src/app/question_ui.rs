//! The head of the page: the demo's title, its question, and the answers to choose from.

use egui::{Frame, Margin, RichText, Stroke, Ui, vec2};

use super::App;
use crate::lab::demo::Question;
use crate::lab::record::Record;
use crate::text::Language;
use crate::widgets::palette::Ink;
use crate::widgets::theme::{SENTENCE, bold_font, font};

/// Height of a row of answers, with the gap below it.
const CHOICES: f32 = 42.0;

impl App {
    pub(super) fn heading_ui(&mut self, ui: &mut Ui) {
        let room = &self.rooms[self.chosen];
        let title = self.language.text(&format!("{}-title", room.demo.id()));
        ui.horizontal(|ui| {
            ui.heading(title.as_ref());
            self.beside_title_ui(ui);
        });
        let room = &self.rooms[self.chosen];
        let asked = room.question();
        let any = || room.demo.questions().into_iter().next();
        if let Some(question) = asked.clone().or_else(any) {
            let text = RichText::new(self.language.say(&question.text))
                .font(font(SENTENCE))
                .color(Ink::of(ui).weak);
            ui.label(text);
        }
        if let Some(question) = asked {
            let record = self
                .session
                .latest_of(room.demo.id(), room.variant)
                .map(|finished| &finished.record);
            let comparable = record
                .filter(|record| record.is_decided() && record.info.params == room.demo.params());
            choices_ui(ui, &question, comparable, self.language);
        } else {
            // Nothing is asked of this variant, but what lies below must not jump from under the pointer.
            ui.add_space(CHOICES);
        }
    }
}

/// A question's answers; after a run the right one is marked.
fn choices_ui(ui: &mut Ui, question: &Question, record: Option<&Record>, language: Language) {
    let ink = Ink::of(ui);
    let right = record.and_then(|record| question.right_choice(record));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
        for (index, choice) in question.choices.iter().enumerate() {
            let is_right = right == Some(index);
            let letter = char::from(b'A' + index as u8);
            let mut text = format!("{letter}  {}", language.say(&choice.text));
            let (font, color, edge) = if is_right {
                text.push_str(" ✔");
                (bold_font(16.0), ink.text, Stroke::new(2.0, ink.strong))
            } else {
                (font(16.0), ink.weak, Stroke::new(1.0, ink.border))
            };
            let frame = Frame::new()
                .stroke(edge)
                .corner_radius(7)
                .inner_margin(Margin::symmetric(10, 3));
            let galley = ui
                .painter()
                .layout_no_wrap(text.clone(), font.clone(), color);
            // Into too short a rest of a row a frame would squeeze its text, letter below letter.
            let width = galley.size().x + frame.total_margin().sum().x;
            if index > 0 && ui.available_size_before_wrap().x < width {
                ui.end_row();
            }
            frame.show(ui, |ui| {
                let label = ui.label(RichText::new(&text).font(font).color(color));
                if is_right {
                    label.on_hover_text(language.text("app-right").as_ref());
                }
            });
        }
    });
}
