//! A figure makes one of the offered answers right, or the run decides nothing, whatever a demo's parameters are.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use threadlab::demos::REGISTRY;
use threadlab::lab::demo::Demo;
use threadlab::lab::demo::param::ParamKind;
use threadlab::lab::demo::verdict::{Finding, Holds, Verdict, ZONE};
use threadlab::text::Language;

/// Parameters by chance, over their whole ranges: small values as often as large ones.
struct ByChance(StdRng);

impl ByChance {
    fn within(&mut self, range: RangeInclusive<f64>) -> f64 {
        let (least, most) = (range.start() + 1.0, range.end() + 1.0);
        let by_factors = self.0.random_range(least.ln()..=most.ln()).exp() - 1.0;
        by_factors.clamp(*range.start(), *range.end())
    }

    fn whole_within(&mut self, range: RangeInclusive<u64>) -> u64 {
        self.within(*range.start() as f64..=*range.end() as f64)
            .round() as u64
    }
}

impl ByChance {
    fn choose(&mut self, demo: &mut dyn Demo) {
        for param in demo.param_list() {
            match param.kind {
                ParamKind::Whole(range, value) => *value = self.whole_within(range),
                ParamKind::Seconds(range, value) => *value = self.within(range),
                ParamKind::Choice(options, value) => {
                    *value = options[self.0.random_range(0..options.len())];
                }
                ParamKind::Signed(range, value) => {
                    let above = self.within(0.0..=(range.end() - range.start()) as f64);
                    *value = range.start() + above.round() as i64;
                }
                ParamKind::Toggle(value) => *value = self.0.random(),
                ParamKind::Sweep { range, values, .. } => {
                    let count = self.0.random_range(1..=6);
                    let any = (0..count).map(|_| self.whole_within(range.clone()));
                    *values = any.collect();
                    values.sort_unstable();
                    values.dedup();
                }
                ParamKind::Text { value, .. } => {
                    // The one text is a schedule: free, all orders, or a code.
                    let schedules = ["", "all", "ABABAB", "AABBCCABC"];
                    *value = schedules[self.0.random_range(0..schedules.len())].to_owned();
                }
            }
        }
    }
}

/// The answers that hold `figure`, by a rule of its own: not by the order of the answers.
fn holding(answers: &[&Holds], figure: f64) -> Vec<usize> {
    let named = |index: &usize| answers[*index].contains(figure);
    let all = 0..answers.len();
    let holding: Vec<usize> = all.clone().filter(named).collect();
    if !holding.is_empty() {
        return holding;
    }
    all.filter(|index| *answers[*index] == Holds::Rest)
        .collect()
}

#[test]
fn whatever_the_parameters_each_figure_makes_one_answer_right_at_most() {
    let mut chance = ByChance(StdRng::seed_from_u64(1));
    for make in REGISTRY.iter().map(|entry| entry.demo) {
        for _ in 0..200 {
            let mut demo = make();
            chance.choose(demo.as_mut());
            for question in demo.questions() {
                let asked = Language::English.say(&question.text);
                let count = question.choices.len();
                assert!((2..=4).contains(&count), "{count} answers: {asked}");
                for language in Language::ALL {
                    let said: BTreeSet<String> = question
                        .choices
                        .iter()
                        .map(|choice| language.say(&choice.text))
                        .collect();
                    assert_eq!(said.len(), count, "two answers are one: {said:?}: {asked}");
                }
                let answers: Vec<&Holds> = question
                    .choices
                    .iter()
                    .map(|choice| &choice.holds)
                    .collect();
                let rests = answers.iter().filter(|holds| ***holds == Holds::Rest);
                assert!(rests.count() <= 1, "{asked}");
                for figure in figures(&answers, &mut chance.0) {
                    let holding = holding(&answers, figure);
                    assert!(
                        holding.len() <= 1,
                        "{figure} makes {holding:?} right: {asked}"
                    );
                    let counted = question.verdict_on(Finding::Count(figure));
                    assert_eq!(
                        counted.right(),
                        holding.first().copied(),
                        "{figure}: {asked}"
                    );
                    // A measured figure decides only what the figures around it would decide as well.
                    if let Verdict::Right(right) = question.verdict_on(Finding::Measured(figure)) {
                        for near in [figure / ZONE, figure, figure * ZONE] {
                            assert_eq!(self::holding(&answers, near), [right], "{near}: {asked}");
                        }
                    }
                }
            }
        }
    }
}

/// Figures on and around all boundaries, and some by chance.
fn figures(answers: &[&Holds], chance: &mut StdRng) -> Vec<f64> {
    let mut figures: Vec<f64> = answers
        .iter()
        .filter_map(|holds| match holds {
            Holds::Within(range) => Some([range.start, range.end]),
            Holds::Rest | Holds::Never => None,
        })
        .flatten()
        .filter(|end| end.is_finite())
        .flat_map(|end| [0.8, 0.9, 1.0, 1.1, 1.2].map(|factor| end * factor))
        .collect();
    figures.extend((0..20).map(|_| chance.random_range(-10.0..20f64).exp()));
    figures
}
