//! The foot of every step: the next thing to do and its key, and buttons for the pointer.

use std::time::Duration;

use egui::accesskit::Role;
use egui::{Button, Label, Rect, RichText, Ui, WidgetInfo, pos2, vec2};

use super::steps::Step;
use super::text::{HINT, shrunk};
use crate::app::action::Action;
use crate::app::guesses::letter;
use crate::app::view::View;
use crate::lab::demo::value::Value;
use crate::widgets::controls::{named, own_ids};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::bold_font;
use crate::widgets::stage::Buttons;

/// Height of the foot, and its distance from the screen's lower edge.
const HEIGHT: f32 = 20.0;
const BELOW: f32 = 7.0;

/// Width of a button for the pointer, and its distance from the next.
const BUTTON: f32 = 24.0;
const GAP: f32 = 4.0;

/// How long the buttons stay after the pointer has moved.
const SHOWN_FOR: Duration = Duration::from_millis(2500);

/// The place of the foot, `margin` points from the screen's sides.
pub(super) fn foot_place(screen: Rect, margin: f32) -> Rect {
    let bottom = screen.bottom() - BELOW;
    Rect::from_min_max(
        pos2(screen.left() + margin, bottom - HEIGHT),
        pos2(screen.right() - margin, bottom),
    )
}

impl View<'_> {
    /// Shows the next thing to do, or how to leave after one press of Escape, and the buttons for the pointer.
    pub(super) fn step_foot_ui(&mut self, ui: &mut Ui, foot: Rect) {
        let palette = Palette::of(ui);
        let buttons = 3.0 * BUTTON + 2.0 * GAP;
        let left = foot.with_max_x(foot.right() - buttons - 6.0);
        let is_leaving = self.presenting.is_some_and(|presenting| presenting.leaving);
        if is_leaving {
            let galley =
                ui.painter()
                    .layout_no_wrap(self.foot_said(), bold_font(14.0), palette.on_strong);
            let at = Rect::from_min_size(left.min + vec2(8.0, 0.0), galley.size());
            let plate = at.expand2(vec2(8.0, 2.0));
            ui.painter().rect_filled(plate, 6.0, palette.strong);
            ui.put(at, Label::new(galley));
        } else {
            let galley = shrunk(ui, left, self.foot_said(), &HINT, false, palette.weak);
            let at = left.min + vec2(0.0, (HEIGHT - galley.size().y).max(0.0) / 2.0);
            ui.put(Rect::from_min_size(at, galley.size()), Label::new(galley));
        }
        self.pointer_buttons_ui(ui, foot.with_min_x(foot.right() - buttons));
    }

    /// Shows the buttons that lead back, on and out. They are painted while the pointer moves; screen readers always
    /// find them.
    fn pointer_buttons_ui(&mut self, ui: &mut Ui, place: Rect) {
        let moved = self
            .presenting
            .and_then(|presenting| presenting.pointer_moved);
        let still = moved.map(|moved| self.now.saturating_duration_since(moved));
        let rest = still.and_then(|still| SHOWN_FOR.checked_sub(still));
        let is_shown = rest.is_some_and(|rest| !rest.is_zero());
        if let Some(rest) = rest {
            ui.ctx().request_repaint_after(rest);
        }
        let buttons = [
            ("←", "present-back", Action::PreviousStep),
            ("→", "present-on", Action::NextStep),
            ("✖", "present-leave", Action::Present),
        ];
        for (index, (face, name, action)) in buttons.into_iter().enumerate() {
            let left = place.left() + (BUTTON + GAP) * index as f32;
            let at = Rect::from_min_size(pos2(left, place.top()), vec2(BUTTON, place.height()));
            let mut ui = ui.new_child(named(name).max_rect(at));
            ui.spacing_mut().button_padding = vec2(0.0, 0.0);
            if !is_shown {
                ui.set_opacity(0.0);
            }
            let face = RichText::new(face).font(bold_font(16.0));
            let name = self.language.text(name);
            let response = own_ids(&mut ui, ("step-button", index), |ui| {
                ui.add(Button::new(face).min_size(at.size()))
            });
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.as_ref()));
            if response.clicked() {
                self.actions.push(action);
            }
        }
    }

    /// The words at the foot: what has happened just now, or the next thing to do.
    pub(super) fn foot_said(&self) -> String {
        let is_leaving = self.presenting.is_some_and(|presenting| presenting.leaving);
        let key = match is_leaving {
            true => "present-leaving",
            false if self.notes_lost => "notes-lost",
            false => return self.next_said(),
        };
        self.language.text(key).into_owned()
    }

    /// The next thing to do at the present step, and its key.
    fn next_said(&self) -> String {
        let language = self.language;
        let Some(presenting) = self.presenting else {
            return String::new();
        };
        let text = |key: &str| language.text(key).into_owned();
        let step = presenting.step();
        match step {
            Step::Plan => match presenting.steps.stop() {
                Some(stop) => {
                    let number = u64::from(self.demos.all()[stop.demo].number());
                    language.with("present-plan-next", &[("number", Value::from(number))])
                }
                None => text("present-code-last"),
            },
            Step::Question => text("present-thinking"),
            Step::Hands(answer) | Step::HandsAgain(answer) => {
                let is_last = answer + 1 == self.presented_answers();
                let key = match (presenting.steps.decided(), self.settings.count_hands) {
                    (Some(_), _) => "present-decided",
                    (None, true) if is_last => "present-count-last",
                    (None, true) => "present-count",
                    (None, false) if is_last => "present-hands-last",
                    (None, false) => "present-hands",
                };
                let letter = [("letter", Value::Word(letter(answer).to_string()))];
                language.with(key, &letter)
            }
            Step::Neighbour => text("present-neighbour-next"),
            Step::Ready => {
                let button = [("button", Value::Word(self.start_button_name()))];
                language.with("present-ready", &button)
            }
            Step::Running => text(self.running_said()),
            // Until the end has settled the key clicks on.
            Step::Over if !presenting.is_settled() => text("present-download"),
            Step::Over => text("present-over"),
            Step::Number if self.offers_again() => text("present-number-again"),
            Step::Number if self.facts().is_answered => text("present-number-why"),
            Step::Number | Step::Why => text("present-number-stage"),
            Step::Stage if self.facts().has_incident => text("present-stage-autopsy"),
            Step::Stage | Step::Autopsy => text("present-stage"),
            Step::Code => text(match presenting.steps.next_stop() {
                Some(_) => "present-code",
                None => "present-code-last",
            }),
            Step::End(page) if page + 1 < self.end_pages() => text("present-end-more"),
            Step::End(_) => text("present-end-hint"),
        }
    }

    fn running_said(&self) -> &'static str {
        let running = self.session.running();
        let is_other =
            running.is_some_and(|running| self.presented_variant() != Some(running.info().variant));
        match self.demos.chosen().buttons() {
            _ if self.is_stuck() => "present-stuck",
            Buttons::Download => "present-download",
            Buttons::Run if is_other => "present-comparing",
            Buttons::Run => "present-running",
        }
    }
}
