//! The steps of a presentation up to the end of a run: question, answers, the run itself. A step has at most three
//! things at a time, and nothing smaller than 12 points, which are 32 pixels of a screen of 720.

use std::ops::RangeInclusive;

use egui::accesskit::Role;
use egui::{
    Button, CentralPanel, Color32, Frame, Margin, Rect, RichText, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use crate::app::action::Action;
use crate::app::guesses::letter;
use crate::app::present::foot_ui::foot_place;
use crate::app::present::steps::Step;
use crate::app::present::text::{HINT, SMALLEST, paint_answer, write};
use crate::app::presses::Presses;
use crate::app::session::scene;
use crate::app::view::View;
use crate::lab::demo::Question;
use crate::lab::demo::value::Value;
use crate::text::{Language, factor};
use crate::widgets::controls::named;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::theme::{font, main_button};
use crate::widgets::stage::{Buttons, Snapshot};
use crate::widgets::timeline::axis::say_time;

/// Range of sizes of a question's text, in points.
const QUESTION: RangeInclusive<f32> = 13.0..=20.0;

/// Distance from the screen's edges to text, and to a picture.
const MARGIN: Vec2 = vec2(26.0, 20.0);
const NARROW: Vec2 = vec2(12.0, 12.0);
/// The least width of a screen on which text keeps [`MARGIN`].
const WIDE: f32 = 440.0;

impl View<'_> {
    pub(crate) fn present_ui(&mut self, ui: &mut Ui) {
        let screen = ui.max_rect();
        let Some(presenting) = self.presenting else {
            return;
        };
        let (step, blank) = (presenting.step(), presenting.blank);
        let progress = presenting.steps.progress();
        if blank {
            let response = ui.allocate_rect(screen, Sense::hover());
            let words = self.language.text("present-blank");
            response.widget_info(|| WidgetInfo::labeled(Role::Image, true, words.as_ref()));
            ui.painter().rect_filled(screen, 0.0, Color32::BLACK);
            return;
        }
        let frame = Frame::new().inner_margin(Margin::ZERO);
        CentralPanel::default().frame(frame).show(ui, |ui| {
            let palette = Palette::of(ui);
            let margin = match step {
                // A picture needs all the room that there is.
                Step::Running | Step::Over | Step::Stage | Step::Autopsy | Step::Code => NARROW,
                _ if screen.width() < WIDE => vec2(NARROW.x, MARGIN.y),
                _ => MARGIN,
            };
            let foot = foot_place(screen, margin.x);
            let area = screen.shrink2(margin).with_max_y(foot.top() - 4.0);
            match step {
                Step::Plan => self.plan_ui(ui, area),
                Step::Question => self.question_step_ui(ui, area),
                Step::Hands(answer) | Step::HandsAgain(answer) => {
                    self.hands_step_ui(ui, area, answer);
                }
                Step::Neighbour => self.neighbour_step_ui(ui, area),
                Step::Ready => self.ready_step_ui(ui, area),
                Step::Running | Step::Over => self.running_step_ui(ui, area),
                Step::Number => self.number_step_ui(ui, area),
                Step::Why => self.why_step_ui(ui, area),
                Step::Stage => self.stage_step_ui(ui, area),
                Step::Autopsy => self.presented_stage_ui(ui, area),
                Step::Code => self.code_step_ui(ui, area),
                Step::End(page) => self.end_step_ui(ui, area, page),
            }
            let done = Rect::from_min_max(
                pos2(screen.left(), screen.bottom() - 2.0),
                pos2(screen.left() + screen.width() * progress, screen.bottom()),
            );
            ui.painter().rect_filled(done, 0.0, palette.weak);
            self.step_foot_ui(ui, foot);
        });
        // What was clicked does not keep the focus, or the next Space would press it again.
        if ui.input(|input| input.pointer.any_released()) {
            ui.memory_mut(|memory| {
                if let Some(focused) = memory.focused() {
                    memory.surrender_focus(focused);
                }
            });
        }
    }

    /// Shows the question by itself, below the demo's title.
    fn question_step_ui(&mut self, ui: &mut Ui, area: Rect) {
        let palette = Palette::of(ui);
        let demo = self.demos.chosen();
        let title = self.language.text(&format!("{}-title", demo.id()));
        let title = write(ui, area, title, &HINT, false, palette.weak);
        if let Some(question) = self.presented_question() {
            let below = area.with_min_y(title.rect.bottom() + 14.0);
            let text = self.language.say(&question.text);
            write(ui, below, text, &(14.0..=28.0), true, palette.text);
        }
    }

    fn ready_step_ui(&mut self, ui: &mut Ui, area: Rect) {
        let decided = self.presented_guess().vote.answer;
        let below = Rect::from_min_max(pos2(area.left(), area.bottom() - 38.0), area.max);
        let upper = self.above_dialogs(ui, area.with_max_y(below.top() - 10.0));
        if let Some(question) = self.presented_question() {
            self.answers_ui(ui, upper, &question, decided);
        } else {
            let palette = Palette::of(ui);
            let demo = self.demos.chosen();
            let id = demo.id();
            let title = self.language.text(&format!("{id}-title"));
            let title = write(ui, upper, title, &HINT, false, palette.weak);
            // Nothing is asked about this variant: the others are compared with it.
            let below = upper.with_min_y(title.rect.bottom() + 14.0);
            let variant = self.language.text(&format!("{id}-{}", demo.variant()));
            write(ui, below, variant, &(14.0..=28.0), true, palette.text);
        }
        self.start_buttons_ui(ui, below);
    }

    /// Shows the question and its answers; `outlined` is the answer that hands are raised for, or that was decided for.
    pub(super) fn answers_ui(
        &mut self,
        ui: &mut Ui,
        area: Rect,
        question: &Question,
        outlined: Option<usize>,
    ) {
        const GAP: f32 = 9.0;
        let guess = self.presented_guess();
        let palette = Palette::of(ui);
        let head = area.with_max_y(area.top() + 84.0);
        let text = self.language.say(&question.text);
        let head = write(ui, head, text, &QUESTION, true, palette.text);
        let top = (head.rect.bottom() + 12.0).max(area.top() + 62.0);
        let rows = question.choices.len().div_ceil(2) as f32;
        let height = ((area.bottom() - top + GAP) / rows - GAP).min(44.0);
        let size = vec2((area.width() - GAP) / 2.0, height);
        for (index, choice) in question.choices.iter().enumerate() {
            let at = vec2((index % 2) as f32, (index / 2) as f32) * (size + vec2(GAP, GAP));
            let place = Rect::from_min_size(pos2(area.left(), top) + at, size);
            let text = self.language.say(&choice.text);
            let is_outlined = outlined == Some(index);
            let response =
                ui.interact(place, ui.scope_id().with(("answer", index)), Sense::click());
            response.widget_info(|| {
                let name = format!("{}  {text}", letter(index));
                WidgetInfo::selected(Role::RadioButton, true, is_outlined, name)
            });
            if response.clicked() {
                self.actions.push(Action::Guess(index));
            }
            let hands = guess.vote.hands[index];
            let hands = (self.settings.count_hands && hands > 0).then_some(hands);
            paint_answer(ui, place, index, text, hands, is_outlined);
        }
    }

    /// Shows the button that starts the run, or the two of the lesson's little window.
    fn start_buttons_ui(&mut self, ui: &mut Ui, area: Rect) {
        let palette = Palette::of(ui);
        let demo = self.demos.chosen();
        let (id, language) = (demo.id(), self.language);
        let is_download = demo.buttons() == Buttons::Download;
        let name = self.start_button_name();
        let idle = !self.session.is_busy() && self.offers_run();
        // How long other runs take may be the answer to the question; the download's length stands in it.
        let left = self.session.running_of(id).map(|running| {
            let length = demo.demo().expected(demo.variant()).unwrap_or_default();
            length.saturating_sub(running.time(self.now))
        });
        let face = match left.filter(|_| is_download) {
            Some(left) => {
                let unit = language.text("unit-seconds");
                format!("{name} · {:.1} {unit}", left.as_secs_f64())
            }
            None => name.clone(),
        };
        let mut ui = ui.new_child(named("start").max_rect(area));
        ui.horizontal(|ui| {
            let button = main_button(face, 17.0, palette, idle || self.session.is_freezing())
                .min_size(vec2(150.0, 36.0));
            let response = ui.add_enabled(idle, button);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, idle, name.as_str()));
            if response.clicked() {
                self.actions.push(Action::Run);
            }
            if is_download {
                let about = RichText::new(language.text(&format!("{id}-about")));
                let about = Button::new(about.font(font(17.0))).min_size(vec2(90.0, 36.0));
                let about = ui.add(about);
                if about.clicked() {
                    self.actions.push(Action::About);
                }
                if self.clicks_about() {
                    Presses::aim(ui.ctx(), Some(about.rect.center()));
                }
            }
        });
    }

    /// Whether a press of the clicker is a click on About: while the lesson's download is about to begin, goes on, and
    /// has not settled.
    fn clicks_about(&self) -> bool {
        let Some(presenting) = self.presenting else {
            return false;
        };
        let begins = |action: &Action| matches!(action, Action::NextStep | Action::Run);
        match presenting.step() {
            Step::Ready => self.actions.iter().any(begins),
            Step::Running => !self.is_stuck(),
            Step::Over => !presenting.is_settled(),
            _ => false,
        }
    }

    /// The name of the button that starts the presented run.
    pub(super) fn start_button_name(&self) -> String {
        let demo = self.demos.chosen();
        let key = match demo.buttons() {
            Buttons::Download => format!("{}-download", demo.id()),
            Buttons::Run => "app-run".to_owned(),
        };
        self.language.text(&key).into_owned()
    }

    /// Shows the run while it goes on, as large as the screen allows; the lesson's little window keeps its buttons.
    fn running_step_ui(&mut self, ui: &mut Ui, area: Rect) {
        if let Some(left) = self.stuck_in().filter(|left| !left.is_zero()) {
            // A run that is stuck asks for no picture, and one says that it is.
            ui.ctx().request_repaint_after(left);
        }
        if self.demos.chosen().buttons() == Buttons::Run {
            self.presented_stage_ui(ui, area);
            return;
        }
        let buttons = area.with_min_y(area.bottom() - 36.0);
        let stage = self.above_dialogs(ui, area.with_max_y(buttons.top() - 4.0));
        self.presented_stage_ui(ui, stage);
        self.start_buttons_ui(ui, buttons);
    }

    /// Shows the demo's own picture in `area`, on a card; a line below it says that a slow replay goes on, if one does.
    pub(super) fn presented_stage_ui(&mut self, ui: &mut Ui, area: Rect) {
        let palette = Palette::of(ui);
        let language = self.language;
        let (unguessed, kept_back) = (self.unguessed(), self.kept_back());
        let demo = self.demos.chosen_mut();
        let (scene, stage) = scene::of(demo, self.session, &kept_back, self.now);
        let mut view = scene.run_view(language, self.heartbeat, true);
        view.unguessed = unguessed;
        let shown = view.shown;
        let edge = Stroke::new(1.0, palette.border);
        ui.painter()
            .rect(area, 5.0, palette.card, edge, StrokeKind::Inside);
        let mut inside = area.shrink2(vec2(8.0, 6.0));
        let label = shown.and_then(|shown| pace_said(&shown, language));
        // The room for that line stays, or the picture would jump at the replay's end.
        let has_foot = label.is_some() || shown.is_some_and(|shown| shown.record.is_some());
        if let Some(text) = label {
            let foot = inside.with_min_y(inside.bottom() - 15.0);
            write(ui, foot, text, &(SMALLEST..=SMALLEST), true, palette.text);
        }
        if has_foot {
            inside.max.y -= 16.0;
        }
        let mut ui = ui.new_child(UiBuilder::new().max_rect(inside));
        ui.shrink_clip_rect(area);
        stage.stage_ui(&mut ui, &view);
    }
}

/// How the moment that is shown came about, if it is not the clock's: in a slow replay, or held.
fn pace_said(shown: &Snapshot<'_>, language: Language) -> Option<String> {
    if let Some(slowed) = shown.slowed {
        let figure = [("factor", Value::Word(factor(slowed)))];
        return Some(match slowed > 1.0 {
            true => language.with("app-slow-replay", &figure),
            false => language.text("app-replay").into_owned(),
        });
    }
    let at = [("at", Value::Word(say_time(shown.now, language)))];
    shown.held.then(|| language.with("app-paused", &at))
}
