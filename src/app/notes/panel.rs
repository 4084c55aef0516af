//! A page of the teacher's window, drawn: the clock, the step now and the next, the answers with their hands, the
//! talking points. It is read from an arm's length, by one who stands.

use egui::text::LayoutJob;
use egui::{Align, Color32, FontId, Label, Layout, RichText, ScrollArea, Ui, vec2};

use super::page::{AnswerLine, Page, Raised};
use crate::app::guesses::letter;
use crate::app::hands_ui::{HANDS, hands_ui};
use crate::text::Language;
use crate::widgets::controls::own_ids;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::{bold_font, font};

/// The room for which the sizes are made, in points.
pub const ROOM: [f32; 2] = [580.0, 370.0];
/// Sizes of text, in points.
const SMALL: f32 = 12.0;
const TEXT: f32 = 14.0;
const NOW: f32 = 20.0;
/// Width of an answer's letter.
const LETTER: f32 = 20.0;
/// Height of an answer's row: that of the controls for its hands.
const ROW: f32 = 26.0;

/// The time, in words.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// The time of day.
    pub time: String,
    /// The time since the presentation began.
    pub since: String,
}

/// Shows `page`. Returns the hands that were counted in this frame.
pub fn page_ui(ui: &mut Ui, page: &Page, clock: &Clock, language: Language) -> Option<Raised> {
    let panel = Panel {
        page,
        language,
        palette: Palette::of(ui),
    };
    ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
    ui.style_mut().interaction.selectable_labels = false;
    panel.head_ui(ui, clock);
    let area = ScrollArea::vertical().auto_shrink(false);
    let shown = area.show(ui, |ui| {
        panel.step_ui(ui);
        let raised = panel.answers_ui(ui);
        panel.points_ui(ui);
        raised
    });
    shown.inner
}

struct Panel<'page> {
    page: &'page Page,
    language: Language,
    palette: &'static Palette,
}

impl Panel<'_> {
    fn line_ui(&self, ui: &mut Ui, text: &str, font: FontId, color: Color32) {
        if !text.is_empty() {
            let text = RichText::new(text).font(font).color(color);
            ui.add(Label::new(text).wrap());
        }
    }

    fn head_ui(&self, ui: &mut Ui, clock: &Clock) {
        let palette = self.palette;
        ui.horizontal(|ui| {
            self.line_ui(ui, &self.page.title, font(TEXT), palette.weak);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                self.line_ui(ui, &clock.time, bold_font(NOW), palette.text);
                self.line_ui(ui, &clock.since, font(SMALL), palette.weak);
            });
        });
    }

    fn step_ui(&self, ui: &mut Ui) {
        let (page, palette) = (self.page, self.palette);
        self.line_ui(ui, &page.now, bold_font(NOW), palette.text);
        self.line_ui(ui, &page.next, font(TEXT), palette.text);
        self.line_ui(ui, &page.upcoming, font(TEXT), palette.weak);
    }

    fn answers_ui(&self, ui: &mut Ui) -> Option<Raised> {
        let (page, palette) = (self.page, self.palette);
        if page.question.is_empty() {
            return None;
        }
        ui.separator();
        let has = |hands: fn(&AnswerLine) -> Option<u32>| {
            page.answers.iter().any(|answer| hands(answer).is_some())
        };
        let columns = usize::from(has(|answer| answer.first)) + usize::from(has(|it| it.second));
        let names = ["notes-hands", "notes-hands-again"].map(|key| self.language.text(key));
        row_ui(
            ui,
            columns,
            |ui| self.line_ui(ui, &page.question, bold_font(TEXT), palette.text),
            |ui, column| self.line_ui(ui, &names[column], font(SMALL), palette.weak),
        );
        let mut raised = None;
        for (index, answer) in page.answers.iter().enumerate() {
            let letter = letter(index).to_string();
            let is_asked = page
                .counting
                .is_some_and(|counting| counting.answer == index);
            let weight = match answer.is_guess || is_asked {
                true => bold_font(TEXT),
                false => font(TEXT),
            };
            row_ui(
                ui,
                columns,
                |ui| {
                    // In the middle of the row, beside its hands.
                    ui.add_space((ROW - ui.text_style_height(&egui::TextStyle::Body)) / 2.0);
                    ui.horizontal_top(|ui| {
                        let place = ui.max_rect().left();
                        self.line_ui(ui, &letter, bold_font(TEXT), palette.weak);
                        ui.add_space((place + LETTER - ui.cursor().left()).max(0.0));
                        self.line_ui(ui, &answer.text, weight, palette.text);
                    });
                },
                |ui, column| {
                    let hands = [answer.first, answer.second][column];
                    let counts = |hands: &u32| {
                        let counting = page.counting?;
                        (counting.again == (column == 1)).then_some(*hands)
                    };
                    if let Some(hands) = hands.as_ref().and_then(counts) {
                        let change = own_ids(ui, ("hands", index), |ui| {
                            hands_ui(ui, index, hands, self.language)
                        });
                        if change != 0 {
                            let answer = index;
                            raised = Some(Raised { answer, change });
                        }
                    } else if let Some(hands) = hands {
                        self.line_ui(ui, &hands.to_string(), bold_font(TEXT), palette.text);
                    }
                },
            );
        }
        raised
    }

    fn points_ui(&self, ui: &mut Ui) {
        if let Some(points) = &self.page.points {
            ui.separator();
            self.headed_ui(ui, "notes-point", &points.point);
            self.headed_ui(ui, "notes-wrong", &points.wrong);
        }
    }

    /// Shows a heading, and its text on the same line and on the following.
    fn headed_ui(&self, ui: &mut Ui, heading: &str, text: &str) {
        let color = self.palette.text;
        let heading = format!("{} ", self.language.text(heading));
        let mut job = LayoutJob::default();
        for (text, font) in [(heading.as_str(), bold_font(TEXT)), (text, font(TEXT))] {
            job.append(text, 0.0, egui::TextFormat::simple(font, color));
        }
        ui.add(Label::new(job).wrap());
    }
}

/// Shows one row: its text at the left, and the columns of hands at the right.
fn row_ui(
    ui: &mut Ui,
    columns: usize,
    text_ui: impl FnOnce(&mut Ui),
    mut column_ui: impl FnMut(&mut Ui, usize),
) {
    ui.horizontal_top(|ui| {
        let hands = columns as f32 * (HANDS + ui.spacing().item_spacing.x);
        let width = (ui.available_width() - hands).max(0.0);
        let layout = Layout::top_down(Align::Min);
        ui.allocate_ui_with_layout(vec2(width, ROW), layout, |ui| {
            ui.set_min_size(vec2(width, ROW));
            text_ui(ui);
        });
        for column in 0..columns {
            let layout = Layout::left_to_right(Align::Center);
            ui.allocate_ui_with_layout(vec2(HANDS, ROW), layout, |ui| {
                ui.set_min_size(vec2(HANDS, ROW));
                column_ui(ui, column);
            });
        }
    });
}
