//! Dialogs: small windows within the window. They block nothing: the window goes on behind them.

use egui::{Align2, Context, RichText, vec2};

use super::action::Action;
use crate::lab::demo::Sentence;
use crate::lab::demo::value::Value;
use crate::text::Language;
use crate::widgets::look::theme::{SENTENCE, bold_font, font};

/// The subject of a dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// Program, version, lesson, and the lesson's author.
    About,
    /// The download has come to its end.
    DownloadComplete,
}

/// The open dialogs, oldest first, each with a number of its own.
#[derive(Default)]
pub struct Dialogs {
    open: Vec<(u64, Dialog)>,
    opened: u64,
}

impl Dialogs {
    /// Opens a dialog, unless one of the same subject is open already.
    pub fn open(&mut self, dialog: Dialog) {
        if !self.open.iter().any(|(_, open)| *open == dialog) {
            self.opened += 1;
            self.open.push((self.opened, dialog));
        }
    }

    /// Closes the dialog of this number.
    pub fn close(&mut self, number: u64) {
        self.open.retain(|(open, _)| *open != number);
    }

    /// Closes all dialogs.
    pub fn close_all(&mut self) {
        self.open.clear();
    }

    /// The number of the dialog that was opened last.
    pub fn newest(&self) -> Option<u64> {
        self.open.last().map(|(number, _)| *number)
    }

    /// Draws the dialogs. Returns the request to close one of them.
    pub fn ui(&self, ctx: &Context, presenting: bool, language: Language) -> Option<Action> {
        let mut closed = None;
        // A presentation has fewer points, each of them larger.
        let (apart, up, width, small) = match presenting {
            true => (216.0, 30.0, 180.0, 12.0),
            false => (400.0, 110.0, 320.0, 16.0),
        };
        let large = if presenting { 14.0 } else { SENTENCE };
        for (place, &(number, dialog)) in self.open.iter().enumerate() {
            let (title, lines) = match dialog {
                Dialog::About => ("dialog-about", about()),
                Dialog::DownloadComplete => (
                    "dialog-notice",
                    vec![Sentence::new("dialog-download-complete")],
                ),
            };
            // Dialogs stand side by side over the lower pictures, so that the stage and the result stay in sight.
            let area = ctx.content_rect();
            let from_corner = vec2(30.0 + apart * place as f32, up);
            egui::Window::new(RichText::new(language.text(title)).font(bold_font(large)))
                .id(egui::Id::unique(("dialog", number)))
                .pivot(Align2::RIGHT_BOTTOM)
                .default_pos(area.right_bottom() - from_corner)
                .collapsible(false)
                .resizable(false)
                .show(ctx, |ui| {
                    ui.set_max_width(width);
                    for (line, sentence) in lines.iter().enumerate() {
                        let size = if line == 0 { large } else { small };
                        ui.label(RichText::new(language.say(sentence)).font(font(size)));
                    }
                    ui.add_space(4.0);
                    ui.vertical_centered(|ui| {
                        if ui.button(language.text("dialog-ok").as_ref()).clicked() {
                            closed = Some(number);
                        }
                    });
                });
        }
        closed.map(Action::CloseDialog)
    }
}

fn about() -> Vec<Sentence> {
    vec![
        Sentence::new("dialog-about-program")
            .with("version", Value::Word(env!("CARGO_PKG_VERSION").to_owned())),
        Sentence::new("dialog-about-what"),
        Sentence::new("dialog-about-lesson"),
    ]
}
