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

impl Dialog {
    /// The key of its title.
    pub fn title(self) -> &'static str {
        match self {
            Self::About => "dialog-about",
            Self::DownloadComplete => "dialog-notice",
        }
    }

    /// Its sentences. The first says what matters.
    pub fn lines(self) -> Vec<Sentence> {
        match self {
            Self::About => about(),
            Self::DownloadComplete => vec![Sentence::new("dialog-download-complete")],
        }
    }
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

    /// The dialogs that are open, oldest first, each with its number.
    pub fn all(&self) -> &[(u64, Dialog)] {
        &self.open
    }

    /// Draws the dialogs. Returns the request to close one of them.
    pub fn ui(&self, ctx: &Context, language: Language) -> Option<Action> {
        let mut closed = None;
        for (place, &(number, dialog)) in self.open.iter().enumerate() {
            // Dialogs stand side by side over the lower pictures, so that the stage and the result stay in sight.
            let area = ctx.content_rect();
            let from_corner = vec2(30.0 + 400.0 * place as f32, 110.0);
            egui::Window::new(
                RichText::new(language.text(dialog.title())).font(bold_font(SENTENCE)),
            )
            .id(egui::Id::unique(("dialog", number)))
            .pivot(Align2::RIGHT_BOTTOM)
            .default_pos(area.right_bottom() - from_corner)
            .collapsible(false)
            .resizable(false)
            .show(ctx, |ui| {
                ui.set_max_width(320.0);
                for (line, sentence) in dialog.lines().iter().enumerate() {
                    let size = if line == 0 { SENTENCE } else { 16.0 };
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
