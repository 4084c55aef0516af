//! The picture: the balance, a coin for each deposit, and the columns that the threads go through; of few threads, a
//! large card for each.

mod account;
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

use egui::Ui;

use crate::lab::demo::VariantId;
use crate::lab::demo::param::Params;
use crate::lab::demo::value::Value;
use crate::lab::run::RunInfo;
use crate::text::Language;
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
    /// Whether the picture is shown to a class, which reads nothing small.
    presenting: bool,
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
            lost_update.paint(&pen, room, &scene);
            return;
        }
        let turns = view.shown.as_ref().and_then(|shown| {
            let turns = turns(shown)?;
            Some(TakingTurns::of(turns, shown.log, shown.now, &scene))
        });
        if let Some(turns) = turns {
            describe(&response, || scene.words(&turns.words()));
            turns.paint(&pen, room, &scene);
            return;
        }
        describe(&response, || scene.words(&scene.columns_in_words()));
        account::paint(&pen, left, &scene);
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
            presenting: view.presenting,
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
}

/// An amount of money.
fn yuan(language: Language, yuan: i64) -> String {
    language.with("bank_lock-stage-balance", &[("balance", yuan.into())])
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

/// The sentence about the balance in a few words.
fn short_line(language: Language, moment: &Moment, shown: Option<&Snapshot<'_>>) -> Option<String> {
    let record = shown?.complete_record();
    if let Some(Judgement::Deposits(books)) = record.and_then(judge) {
        let missing = books.expected.saturating_sub(books.balance);
        return Some(match books.outcome {
            Outcome::Lost => language.with(
                "bank_lock-stage-missing-short",
                &[("missing", missing.into())],
            ),
            _ => language.text("bank_lock-stage-right-short").into_owned(),
        });
    }
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
