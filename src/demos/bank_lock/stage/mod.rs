//! The picture: the balance, a coin for each deposit, and the columns that the threads go through; of few threads, a
//! large card for each.

mod cards;
mod coins;
mod columns;
mod lettered;
mod lost_update;
mod moment;
mod orders;
mod step_ui;
mod taking_turns;
mod tree;
mod turns;
mod walk;

use egui::{Rect, Ui, vec2};

use crate::lab::demo::VariantId;
use crate::lab::demo::param::Params;
use crate::lab::demo::value::Value;
use crate::lab::run::RunInfo;
use crate::text::Language;
use crate::widgets::look::pen::Pen;
use crate::widgets::stage::{RunView, Snapshot, Stage, StageAction, describe};

use super::judgement::{Judgement, Outcome, judge};
use super::{Schedule, steps};
use lost_update::LostUpdate;
use moment::{Fate, Moment, Plan};
use orders::Orders;
use taking_turns::TakingTurns;
use tree::Place;
use turns::Turns;

/// A picture narrower than this has smaller figures, for its columns need the room.
const NARROW: f32 = 600.0;
/// The smallest sentence about the balance, in points; in less room there is a shorter one.
const SMALLEST_LINE: f32 = 11.0;
/// Height from which there is room for the legend of coins; the sentence above them has the counts that matter.
const LEGEND_FROM: f32 = 300.0;

/// The picture's view state.
pub struct Picture {
    /// Threads of the next run that goes step by step.
    threads: usize,
    /// The branch of the tree of orders that is walked.
    branch: Option<Place>,
}

impl Default for Picture {
    fn default() -> Self {
        Self {
            threads: 2,
            branch: None,
        }
    }
}

/// All that the picture shows.
struct Scene {
    language: Language,
    variant: VariantId,
    plan: Plan,
    moment: Moment,
    /// Whether there is a run to show. The picture before the first run hints at nothing that may go wrong.
    begun: bool,
    balance: String,
    /// The sentence about the balance, and a shorter one for a narrow picture.
    line: String,
    short_line: Option<String>,
    gap_millis: u64,
    /// Whether the columns say how many threads are in them; a class can count the squares.
    is_counted: bool,
}

impl Stage for Picture {
    fn controls_ui(
        &mut self,
        ui: &mut Ui,
        view: &RunView<'_>,
        can_run: bool,
    ) -> Option<StageAction> {
        step_ui::controls_ui(ui, view, can_run, &mut self.threads)
    }

    fn asks_about(&self, run: &RunInfo, chosen: &Params) -> bool {
        let schedule = |params: &Params| Schedule::read(params.text("schedule")).is_of_buttons();
        schedule(&run.params) && !schedule(chosen)
    }

    fn stage_ui(&mut self, ui: &mut Ui, view: &RunView<'_>) {
        let (pen, room, response) = view.canvas(ui);
        let share = match view.presenting || room.width() < NARROW {
            true => 0.36,
            false => 0.38,
        };
        let (left, right) = room.split_left_right_at_fraction(share);
        let left = left.with_max_x(left.right() - pen.gap(24.0));
        let all = view.shown.as_ref().filter(|shown| {
            let schedule = shown.info.params.text("schedule");
            Schedule::read(schedule) == Schedule::All && !steps(shown.info.variant).is_empty()
        });
        if let Some(shown) = all {
            let orders = Orders::of(shown, view.language);
            self.branch = orders.show_ui(ui, &pen, &response, self.branch, view.presenting);
            describe(&response, || orders.words(self.branch));
            return;
        }
        let scene = Scene::of(view);
        let lost_update = view.shown.as_ref().and_then(|shown| {
            let replay = shown.incident?;
            LostUpdate::of(shown, &replay, &scene)
        });
        if let Some(lost_update) = lost_update {
            describe(&response, || scene.words(&lost_update.words()));
            lost_update.paint(&pen, room, &scene, view.presenting);
            return;
        }
        let turns = view.shown.as_ref().and_then(|shown| {
            let turns = turns(shown)?;
            Some(TakingTurns::of(turns, shown.log, shown.now, &scene))
        });
        if let Some(turns) = turns {
            describe(&response, || scene.words(&turns.words()));
            turns.paint(&pen, room, &scene, view.presenting);
            return;
        }
        describe(&response, || scene.words(&scene.columns_in_words()));
        if view.presenting {
            scene.paint_deposits(&pen, left, true);
        } else {
            scene.paint_account(&pen, left);
        }
        columns::paint(&pen, right, &scene);
    }
}

impl Scene {
    fn of(view: &RunView<'_>) -> Self {
        let (params, variant) = view.params_and_variant();
        let plan = Plan::of(&params);
        let moment = match view.shown {
            Some(shown) => Moment::of(shown.log, variant, plan, shown.now),
            None => Moment::before(plan),
        };
        let language = view.language;
        Self {
            language,
            variant,
            plan,
            begun: view.shown.is_some(),
            balance: yuan(language, moment.balance),
            line: line(language, variant, plan, &moment, view.shown.as_ref()),
            short_line: short_line(language, &moment, view.shown.as_ref()),
            gap_millis: params.whole("gap_millis"),
            is_counted: !view.presenting,
            moment,
        }
    }

    /// The whole picture in words: the account, and these on the threads.
    fn words(&self, threads: &str) -> String {
        let account = self.language.text("bank_lock-stage-account");
        format!("{account} {}; {}; {threads}", self.balance, self.line)
    }

    /// The deposits and the columns in words.
    fn columns_in_words(&self) -> String {
        let mut words: Vec<String> = coins::legend(self)
            .into_iter()
            .map(|(_, text)| text)
            .collect();
        for (title, beads) in columns::titles(self).into_iter().zip(&self.moment.columns) {
            words.push(format!("{title} {}", beads.len()));
        }
        words.join("; ")
    }

    /// Paints the account's balance as large as `area` allows, and above it its name where there is room.
    fn paint_balance(&self, pen: &Pen, area: Rect) {
        let name = pen.line_height(15.0);
        let mut figure = area;
        if area.height() >= 3.0 * name {
            let account = self.language.text("bank_lock-stage-account");
            pen.write_in(area, account, pen.weak(15.0));
            figure.min.y += name + pen.gap(6.0);
        }
        figure.max.y = figure.bottom().min(figure.top() + pen.gap(150.0));
        pen.number(figure, self.balance.as_str(), pen.palette.text);
    }

    /// Writes the sentence about the balance at the top of `area`.
    fn write_line(&self, pen: &Pen, area: Rect) {
        let look = pen.bold(19.0);
        let wide = pen.layout_line(self.line.as_str(), look.clone()).size().x;
        let is_long = wide * SMALLEST_LINE > area.width() * look.0.size;
        let short = self.short_line.as_ref().filter(|_| is_long);
        pen.write_in(area, short.unwrap_or(&self.line).as_str(), look);
    }

    fn paint_account(&self, pen: &Pen, area: Rect) {
        let gap = pen.gap(6.0);
        let failed = self.moment.count(Fate::Failed) > 0;
        let legend = failed || area.height() >= LEGEND_FROM;
        let [label, line] = [15.0, 19.0].map(|usual| pen.line_height(usual));
        let room = area.height() - label - line - legend_height(pen, legend) - 5.0 * gap;
        // The coins get the room that they need and the balance gets the rest, within bounds.
        let (least, most) = ((room * 0.35).max(45.0), room * 0.55);
        let coins = vec2(area.width(), (room - least).max(0.0));
        let coins = coins::size(pen, self.moment.fates.len(), coins);
        let height = (room - coins.y).clamp(least, most.max(least));
        let figure = area.with_max_y(area.top() + label + gap + height);
        self.paint_balance(pen, figure);

        let below = area.with_min_y(figure.bottom() + 2.0 * gap);
        self.paint_deposits(pen, below, legend);
    }

    /// The deposits: a sentence, a coin for each, and the legend of coins where there is room for it.
    fn paint_deposits(&self, pen: &Pen, area: Rect, has_legend: bool) {
        let gap = pen.gap(6.0);
        let line = pen.line_height(19.0);
        let below = legend_height(pen, has_legend);
        self.write_line(pen, area);
        let room = vec2(
            area.width(),
            (area.height() - line - below - 2.0 * gap).max(0.0),
        );
        let size = coins::size(pen, self.moment.fates.len(), room);
        let coins = Rect::from_min_size(area.min + vec2(0.0, line + gap), size);
        let legend = Rect::from_min_size(
            coins.left_bottom() + vec2(0.0, gap),
            vec2(area.width(), below),
        );
        coins::paint(pen, coins, self);
        if has_legend {
            coins::paint_legend(pen, legend, self);
        }
    }
}

/// An amount of money.
fn yuan(language: Language, yuan: i64) -> String {
    language.with("bank_lock-stage-balance", &[("balance", yuan.into())])
}

/// Height of the legend, if there is one.
fn legend_height(pen: &Pen, has_legend: bool) -> f32 {
    match has_legend {
        true => pen.line_height(14.0),
        false => 0.0,
    }
}

/// The turns of a run whose threads take turns; `None` for other runs.
fn turns(shown: &Snapshot<'_>) -> Option<Turns> {
    let (params, variant) = (&shown.info.params, shown.info.variant);
    let takes_turns = !params.text("schedule").is_empty() && !steps(variant).is_empty();
    takes_turns.then(|| {
        let threads = params.whole("threads") as usize;
        Turns::of(shown.log, variant, threads, shown.now)
    })
}

/// The deposits that are made so far, in a few words.
fn short_line(language: Language, moment: &Moment, shown: Option<&Snapshot<'_>>) -> Option<String> {
    shown.filter(|shown| shown.complete_record().is_none())?;
    let lost = moment.count(Fate::Lost);
    let made = moment.count(Fate::Kept) + lost;
    let figures = [("made", made.into()), ("lost", lost.into())];
    Some(language.with("bank_lock-stage-made-short", &figures))
}

fn line(
    language: Language,
    variant: VariantId,
    plan: Plan,
    moment: &Moment,
    shown: Option<&Snapshot<'_>>,
) -> String {
    let threads = ("threads", Value::from(plan.threads));
    let Some(shown) = shown else {
        let amount = ("amount", Value::from(plan.amount));
        let ready = match variant {
            "async_tasks" => "bank_lock-stage-ready-tasks",
            _ => "bank_lock-stage-ready",
        };
        return language.with(ready, &[threads, amount]);
    };
    // The outcome comes from the record, as everywhere on the page.
    let record = shown.complete_record();
    let Some(Judgement::Deposits(books)) = record.and_then(judge) else {
        let lost = moment.count(Fate::Lost);
        let made = moment.count(Fate::Kept) + lost;
        let key = match lost {
            0 => "bank_lock-stage-made",
            _ => "bank_lock-stage-made-lost",
        };
        let figures = [("made", made.into()), threads, ("lost", lost.into())];
        return language.with(key, &figures);
    };
    match books.outcome {
        Outcome::Lost => {
            let missing = books.expected.saturating_sub(books.balance);
            language.with(
                "bank_lock-stage-missing",
                &[
                    ("expected", books.expected.into()),
                    ("missing", missing.into()),
                ],
            )
        }
        _ => language.text("bank_lock-stage-right").into_owned(),
    }
}
