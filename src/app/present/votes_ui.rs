//! The class's votes beside the outcome: the hands for each answer, before the neighbours talked and after.

use egui::accesskit::Role;
use egui::{Align2, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::text::{SMALLEST, shrunk};
use crate::app::guesses::{Ballot, Guess, letter};
use crate::app::view::View;
use crate::lab::demo::Question;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::{bold_font, font};

/// Height of a row, of the row of letters above, and of a bar.
const ROW: f32 = 18.0;
const HEAD: f32 = 18.0;
const BAR: f32 = 8.0;
/// Width of a number.
const NUMBER: f32 = 26.0;

impl View<'_> {
    /// Shows the hands of each vote on `question`, with `outcome`, which says in words which answer is `right`.
    pub(super) fn votes_ui(
        &self,
        ui: &mut Ui,
        area: Rect,
        question: &Question,
        right: Option<usize>,
        outcome: &str,
    ) {
        let palette = Palette::of(ui);
        let votes = self.votes_said(&self.presented_guess());
        let title = shrunk(ui, area, outcome, &(SMALLEST..=15.0), false, palette.text);
        let top = area.top() + title.size().y + 6.0;
        let place = area.with_max_y(top + HEAD + ROW * votes.len() as f32);
        ui.painter().galley(area.min, title, palette.text);

        let answers = question.choices.len();
        let labels: Vec<_> = votes
            .iter()
            .map(|(label, _)| {
                let label = label.clone();
                ui.painter()
                    .layout_no_wrap(label, font(SMALLEST), palette.weak)
            })
            .collect();
        let widest = labels.iter().map(|label| label.size().x);
        let left = area.left() + widest.fold(0.0, f32::max) + 12.0;
        let width = (area.right() - left) / answers.max(1) as f32;
        let hands = votes.iter().flat_map(|(_, vote)| vote.hands);
        let most = hands.max().unwrap_or(0).max(1);
        let mut said = vec![outcome.to_owned()];
        for answer in 0..answers {
            let x = left + width * answer as f32;
            let column = Rect::from_x_y_ranges(x..=x + width - 4.0, top..=place.bottom());
            let is_right = right == Some(answer);
            if is_right {
                let ground = column.expand2(vec2(2.0, 2.0));
                ui.painter().rect_filled(ground, 4.0, palette.faint);
            }
            let mark = if is_right { " ✔" } else { "" };
            ui.painter().text(
                column.min + vec2(2.0, 0.0),
                Align2::LEFT_TOP,
                format!("{}{mark}", letter(answer)),
                bold_font(14.0),
                palette.text,
            );
        }
        for (row, ((label, vote), galley)) in votes.iter().zip(labels).enumerate() {
            let middle = top + HEAD + ROW * (row as f32 + 0.5);
            let at = pos2(area.left(), middle - galley.size().y / 2.0);
            ui.painter().galley(at, galley, palette.weak);
            let mut counts = Vec::new();
            for (answer, hands) in vote.hands.into_iter().take(answers).enumerate() {
                let x = left + width * answer as f32 + 2.0;
                ui.painter().text(
                    pos2(x, middle),
                    Align2::LEFT_CENTER,
                    hands.to_string(),
                    font(SMALLEST),
                    palette.text,
                );
                let longest = (width - NUMBER - 12.0).max(0.0);
                let length = longest * hands as f32 / most as f32;
                let bar =
                    Rect::from_min_size(pos2(x + NUMBER, middle - BAR / 2.0), vec2(length, BAR));
                ui.painter().rect_filled(bar, 2.0, palette.strong);
                counts.push(format!("{} {hands}", letter(answer)));
            }
            said.push(format!("{label}  {}", counts.join("  ")));
        }
        let response = ui.allocate_rect(place, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, said.join("\n")));
    }

    /// The votes of a guess in their order, with their names.
    fn votes_said(&self, guess: &Guess) -> Vec<(String, Ballot)> {
        let name = |key: &str| self.language.text(key).into_owned();
        let mut votes = match guess.first {
            Some(first) => vec![
                (name("present-vote-first"), first),
                (name("present-vote-again"), guess.vote),
            ],
            None => vec![(name("app-hands"), guess.vote)],
        };
        // A vote that a letter has decided has no hands.
        votes.retain(|(_, vote)| vote.all_hands() > 0);
        votes
    }
}
