//! Every answer to every question, in each width and with everything that a class may learn of it: no word over another.

use egui::{Rect, Sense, UiBuilder, Vec2, pos2, vec2};
use egui_kittest::Harness;
use threadlab::demos::REGISTRY;
use threadlab::text::Language;
use threadlab::widgets::controls::answer_ui::{Answer, answer_ui};
use threadlab::widgets::look::{fonts, theme};

use crate::layout;

/// Height of an answer, and size of its text, in a large window and in a small one.
const SIZES: [(f32, f32); 2] = [(42.0, 16.0), (34.0, 13.0)];
/// Widths of an answer without the hands: from four in a row of a narrow page to two in a row of a wide one.
const WIDTHS: [f32; 9] = [
    140.0, 155.0, 170.0, 190.0, 210.0, 240.0, 280.0, 340.0, 460.0,
];
/// Least distance of letters from the edge of their answer; next to the thick edge of a guess, less would look like one
/// stroke.
const EDGE: f32 = 2.5;
/// The part of an answer's width that the counted hands take.
const HANDS: f32 = 102.0;

/// Whether an answer was guessed, whether it was right, and in how many runs.
type State = (bool, bool, Option<(u32, u32)>);

/// All states of an answer, guessed or not, right or not, with and without several runs.
fn states() -> impl Iterator<Item = State> {
    let runs = [None, Some((0, 2)), Some((2, 2)), Some((10, 12))];
    let marks = [(false, false), (false, true), (true, false), (true, true)];
    let each = marks.into_iter();
    each.flat_map(move |(guess, right)| runs.map(|runs| (guess, right, runs)))
}

/// The texts of all answers, with their letters.
fn answers(language: Language) -> Vec<(char, String)> {
    let demos = REGISTRY.iter().map(|entry| (entry.demo)());
    let questions = demos.flat_map(|demo| demo.questions());
    let choices = questions.flat_map(|question| question.choices);
    let mut all: Vec<_> = choices
        .zip(('A'..='D').cycle())
        .map(|(choice, letter)| (letter, language.say(&choice.text)))
        .collect();
    all.sort();
    all.dedup();
    all
}

/// Draws answers one below the other. Returns which words run into others, or out of their answer.
fn faults(all: Vec<Answer>, size: Vec2, kept: f32, language: Language) -> Vec<String> {
    let mut harness = Harness::builder()
        .with_size(vec2(size.x, size.y * all.len() as f32))
        .with_context_setup(|ctx| {
            fonts::install(ctx);
            theme::install(ctx);
        })
        .build_ui(move |ui| {
            let whole = UiBuilder::new().max_rect(ui.ctx().content_rect());
            let mut ui = ui.new_child(whole);
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            for answer in &all {
                answer_ui(&mut ui, answer, size, kept, Sense::hover(), language);
            }
        });
    harness.step();
    let mut faults = Vec::new();
    let texts: Vec<_> = layout::texts_of(&harness.output().shapes)
        .into_iter()
        .map(|(_, text)| (text.galley.text(), text.visual_bounding_rect()))
        .collect();
    for (index, (text, rect)) in texts.iter().enumerate() {
        let above = (rect.center().y / size.y).floor() * size.y;
        let place = Rect::from_min_size(pos2(0.0, above), size);
        if !place.shrink(EDGE).contains_rect(*rect) {
            faults.push(format!("“{text}” at {rect:?} is not within {place:?}"));
        }
        // An answer's words come one after the other: letter, text, mark and captions.
        for (other, at) in &texts[index.saturating_sub(4)..index] {
            if layout::overlap(*rect, *at) {
                faults.push(format!("“{text}” at {rect:?} is over “{other}” at {at:?}"));
            }
        }
    }
    faults
}

#[test]
fn captions_and_answers_never_run_into_each_other() {
    let mut all = Vec::new();
    for language in [Language::English, Language::Chinese] {
        for (height, text_size) in SIZES {
            let answer =
                |(letter, text): &(char, String), (is_guess, is_right, runs): State| Answer {
                    letter: *letter,
                    text: text.clone(),
                    size: text_size,
                    is_guess,
                    is_right,
                    open: runs.is_none(),
                    runs,
                };
            for (width, kept) in WIDTHS
                .map(|width| [(width, 0.0), (width + HANDS, HANDS)])
                .concat()
            {
                let answers = answers(language);
                let each = answers
                    .iter()
                    .flat_map(|text| states().map(move |state| answer(text, state)));
                let faults = faults(each.collect(), vec2(width, height), kept, language);
                all.extend(
                    faults
                        .into_iter()
                        .map(|fault| format!("{} in {width}×{height}: {fault}", language.tag())),
                );
            }
        }
    }
    assert!(
        all.is_empty(),
        "{}:\n{}",
        all.len(),
        all[..all.len().min(20)].join("\n")
    );
}
