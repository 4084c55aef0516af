//! Guess first: the guess of a class, then the verdict of the run; no run starts before a guess.

use std::collections::BTreeSet;

use egui::Key;
use egui::accesskit::Role;
use threadlab::demos::{Entry, REGISTRY};
use threadlab::lab::demo::Question;
use threadlab::text::Language;
use threadlab::widgets::stage::Buttons;

use crate::filled::small;
use crate::launch::{Opening, showing};
use crate::layout;
use crate::window::Window;

const EN: Language = Language::English;

/// Deposits that are soon over, of which a long gap loses most.
fn bank() -> Opening {
    showing("bank_lock")
        .set("threads", 20)
        .set("gap_millis", 50)
}

fn name(question: &Question, answer: usize, language: Language) -> String {
    let letter = ["A", "B", "C", "D"][answer];
    format!("{letter} {}", language.say(&question.choices[answer].text))
}

/// The demo as the window has it, and the key of the button that starts its runs.
fn started_by(entry: &Entry) -> &'static str {
    match (entry.stage)().buttons() {
        Buttons::Run => "app-run",
        Buttons::Download => "responsive_ui-download",
    }
}

/// Guesses the first answer to every variant's question, runs it, and looks at what is marked.
fn guess_and_run(entry: &Entry, language: Language, pixels: [f32; 2], zoom: f32) {
    let (opening, demo) = small(entry);
    let mut window = opening.language(language).sized(pixels, zoom).open();
    let text = |key: &str| language.text(key).into_owned();
    window.tick(&text("app-guess-first"));
    let start = text(started_by(entry));
    let id = demo.id();
    for variant in demo.variants().iter().map(|variant| variant.id) {
        window.choose(&text(&format!("{id}-{variant}")));
        let mut questions = demo.questions().into_iter();
        let Some(question) = questions.find(|question| question.variant == variant) else {
            assert!(window.can_press(&start), "{variant} waits for no guess");
            continue;
        };
        let what = format!("{id} {variant} in {}", language.tag());
        assert!(!window.can_press(&start), "{what}: run before the guess");
        let why = window.description(Role::Button, &start);
        assert_eq!(why, text("app-guess-why"), "{what}");
        assert_eq!(window.right_answer(), None, "{what}: told before the run");
        layout::check(&mut window, &format!("{what}, before the guess"));

        let guessed = name(&question, 0, language);
        window.choose(&guessed);
        assert!(window.is_chosen(Role::RadioButton, &guessed), "{what}");
        let place = window.node(Role::Button, &start).rect();
        window.press(&start);
        window.until("the run is over", |window| window.can_press(&start));
        window.key(Key::Escape);
        show_end(&mut window, language);
        let known = window.description(Role::RadioButton, &guessed);
        assert!(known.contains(&text("app-your-guess")), "{what}: {known}");
        assert_eq!(window.node(Role::Button, &start).rect().min, place.min);
        if window.right_answer().is_none() {
            let result = window.result();
            assert!(gives_reason(&result, language), "{what}: {result}");
        }
        layout::check(&mut window, &format!("{what}, after the run"));
    }
}

/// Shows the end of a run that is being replayed: its outcome comes with it.
fn show_end(window: &mut Window, language: Language) {
    if window.result() == language.text("app-result-replayed") {
        window.key(Key::Space);
    }
}

/// Whether it is said, at the end, why a run decides nothing.
pub fn gives_reason(said: &str, language: Language) -> bool {
    let end = |text: &str| {
        let letters: Vec<char> = text.chars().collect();
        letters[letters.len().saturating_sub(12)..]
            .iter()
            .collect::<String>()
    };
    include_str!("../../../assets/text/en/threadlab.ftl")
        .lines()
        .filter_map(|line| Some(line.split_once(" = ")?.0))
        .filter(|key| key.contains("-undecided"))
        .any(|key| said.ends_with(&end(&language.text(key))))
}

#[test]
fn a_guess_unlocks_each_run_and_stands_beside_its_outcome() {
    for entry in REGISTRY {
        guess_and_run(entry, EN, [1280.0, 720.0], 1.0);
    }
}

#[test]
fn guess_and_outcome_fit_at_a_zoom_of_one_and_a_half_in_chinese() {
    for entry in REGISTRY {
        guess_and_run(entry, Language::Chinese, [1280.0, 800.0], 1.5);
    }
}

#[test]
fn neither_buttons_nor_keys_run_before_the_guess() {
    let mut window = bank().open();
    assert!(window.can_press("Run"), "a first visitor can run at once");
    window.tick("Guess first");
    for button in ["Run", "Run all", "Repeat"] {
        assert!(!window.could_press(button), "{button}");
        let why = window.in_menu(Role::Button, button, |window| {
            window.description(Role::Button, button)
        });
        assert_eq!(why, EN.text("app-guess-why"), "{button}");
    }
    // The check box has the focus no more, or the keys would be its.
    window
        .harness
        .ctx
        .memory_mut(|memory| memory.stop_text_input());
    for key in [Key::Space, Key::Enter] {
        window.key(key);
        assert!(!window.is_running(), "{key:?}");
    }
    window.choose("B ¥18–19");
    for button in ["Run", "Run all", "Repeat"] {
        assert!(window.could_press(button), "{button}");
    }
    window.tick("Guess first");
    window.choose("Lock");
    assert!(window.can_press("Run"));
}

#[test]
fn the_outcome_comes_with_the_end_of_the_replay_or_a_key() {
    for key in [None, Some(Key::Space)] {
        let mut window = bank().open();
        window.tick("Guess first");
        window.choose("B ¥18–19");
        window.press("Run");
        window.finish();
        let rings = |window: &Window| window.picture_with("Timings: ").unwrap_or_default();
        let before = rings(&window);
        assert_eq!(window.right_answer(), None);
        assert_eq!(window.result(), EN.text("app-result-replayed"));
        if let Some(key) = key {
            window.key(key);
        }
        window.until("the outcome", |window| window.right_answer().is_some());
        assert!(!window.is_running(), "the key has started nothing");
        assert_ne!(rings(&window), before);
        // To play it again keeps nothing back.
        window.press("Play again");
        assert!(window.right_answer().is_some());
    }
}

#[test]
fn run_all_tells_only_what_was_guessed_and_leaves_the_choice() {
    let mut window = bank().open();
    window.tick("Guess first");
    assert!(!window.can_press("Step"), "stepping would tell as well");
    window.choose("B ¥18–19");
    window.press("Run all");
    window.finish();
    show_end(&mut window, EN);
    assert!(window.is_chosen(Role::RadioButton, "No lock"));
    assert!(window.right_answer().is_some());
    window.choose("Lock");
    assert_eq!(window.right_answer(), None);
    assert_eq!(window.result(), "not run yet.");
    assert!(!window.can_press("Run"));
    let lock = (REGISTRY.iter().find(|entry| entry.spec.id == "bank_lock")).expect("the bank");
    let mut demo = (lock.demo)();
    for (name, value) in [("threads", "20"), ("gap_millis", "50")] {
        threadlab::lab::demo::set_param(demo.as_mut(), name, value).expect("a number");
    }
    let mut questions = demo.questions().into_iter();
    let asked = questions.find(|question| question.variant == "mutex");
    window.choose(&name(&asked.expect("a question"), 0, EN));
    assert!(window.right_answer().is_some(), "the run was there already");
    assert!(window.can_press("Run"));
}

/// All that can be read or heard.
fn everything(window: &Window) -> Vec<String> {
    use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
    let nodes = window.harness.query_all(by().predicate(|_| true));
    let heard = nodes.flat_map(|node| {
        let node = node.accesskit_node();
        [node.label(), node.value(), node.description()]
    });
    let texts = layout::all_texts(window);
    let seen = texts
        .iter()
        .map(|(_, text)| Some(text.galley.text().to_owned()));
    heard.chain(seen).flatten().collect()
}

/// Two windows that would answer a question differently, one of them not at all, show the same before the guess.
#[test]
fn nothing_tells_the_answer_before_the_guess() {
    for entry in REGISTRY {
        let (_, demo) = small(entry);
        let text = |key: &str| EN.text(key).into_owned();
        let start = text(started_by(entry));
        let open = || small(entry).0.open();
        let (mut fresh, mut known) = (open(), open());
        // Nothing is asked about some variants, so their runs are shown.
        let mut asked: Vec<(String, Question)> = Vec::new();
        for question in demo.questions() {
            let title = text(&format!("{}-{}", demo.id(), question.variant));
            if asked.iter().all(|(other, _)| *other != title) {
                asked.push((title, question));
            }
        }
        for (title, _) in &asked {
            known.choose(title);
            known.press(&start);
            known.until("the run is over", |window| window.can_press(&start));
            known.key(Key::Escape);
        }
        for window in [&mut fresh, &mut known] {
            window.tick("Guess first");
        }
        for (title, _) in &asked {
            for window in [&mut fresh, &mut known] {
                window.choose(title);
                window.settle();
            }
            assert!(!known.can_press(&start), "{title}");
            assert_eq!(everything(&known), everything(&fresh), "{title}");
        }
        // The answer was there all the time.
        for (title, question) in &asked {
            known.choose(title);
            known.choose(&name(question, 0, EN));
            if known.right_answer().is_none() {
                let result = known.result();
                assert!(gives_reason(&result, EN), "{title}: {result}");
            }
        }
    }
}

#[test]
fn a_guess_counts_for_the_answers_that_it_was_chosen_from() {
    let mut window = bank().open();
    window.tick("Guess first");
    window.choose("C ¥2–17");
    window.set("Threads", 30.0);
    assert!(!window.can_press("Run"), "other answers: guess again");
    assert!(!window.is_chosen(Role::RadioButton, "C ¥3–26"));
    window.set("Threads", 20.0);
    assert!(window.is_chosen(Role::RadioButton, "C ¥2–17"));
    // The gap changes none of the answers.
    window.set("Processing time", 20.0);
    assert!(window.can_press("Run"));
    // The other variants ask something else.
    window.choose("Coroutines");
    assert!(!window.can_press("Run"));
}

#[test]
fn a_guess_after_the_answer_is_none_until_clear_asks_again() {
    let mut window = bank().open();
    window.choose("A ¥20");
    window.press("Run");
    window.finish();
    assert!(window.right_answer().is_some());
    window.node(Role::RadioButton, "B ¥18–19").click();
    window.frame();
    window.frame();
    assert!(window.is_chosen(Role::RadioButton, "A ¥20"));
    window.tick("Guess first");
    assert!(window.can_press("Run"), "the answer is known");

    window.press("Clear runs");
    assert_eq!(window.result(), "not run yet.");
    assert_eq!(window.right_answer(), None);
    assert!(!window.is_chosen(Role::RadioButton, "A ¥20"));
    assert!(!window.can_press("Run"));
}

/// How far down everything stands, to see whether anything jumps.
fn places(window: &Window) -> [f32; 2] {
    ["Run", "Compare"].map(|button| window.node(Role::Button, button).rect().top())
}

#[test]
fn repeated_runs_are_spread_over_the_answers() {
    let opening = showing("bank_lock").set("threads", 20);
    let mut window = opening.set("gap_millis", 10).open();
    window.choose("D less than ¥2");
    let before = places(&window);
    window.press("Repeat");
    window.finish();
    let answers = ["A ¥20", "B ¥18–19", "C ¥2–17", "D less than ¥2"];
    let mut runs = 0;
    for answer in answers {
        let known = window.description(Role::RadioButton, answer);
        let (_, count) = known.rsplit_once("· ").unwrap_or(("", &known));
        let (right, of) = count.split_once(" of ").expect("so many of all");
        assert_eq!(of, "10", "{answer}: {known}");
        runs += right.parse::<u32>().expect("a number");
    }
    assert_eq!(runs, 10);
    assert_eq!(places(&window), before, "the page jumps");
    layout::check(&mut window, "after ten runs");
}

#[test]
fn hands_are_counted_one_by_one_or_not_at_all() {
    let mut window = bank().open();
    assert!(!window.has(Role::Button, "one more hand for B"));
    let before = window.node(Role::Button, "Run").rect();
    window.tick("Hands");
    let after = window.node(Role::Button, "Run").rect();
    assert!(after.top() - before.top() <= 50.0, "one row at most");
    assert!(!window.can_press("one hand less for B"));
    for _ in 0..3 {
        window.press("one more hand for B");
    }
    window.press("one hand less for B");
    assert_eq!(window.number("hands for B"), 2.0);
    window.set("hands for B", 40.0);
    assert_eq!(window.number("hands for B"), 40.0);
    layout::check(&mut window, "with hands");
    window.tick("Hands");
    assert!(!window.has(Role::Button, "one more hand for B"));
}

#[test]
fn the_lessons_questions_come_one_after_another_with_what_they_need() {
    let mut window = showing("sum").set("numbers", 100_000).open();
    window.press("Next question");
    assert!(window.is_chosen(Role::RadioButton, "Processes"));
    assert!(window.label_with("told only where to start").is_some());
    window.press("Next question");
    assert!(window.label_with("sent through pipes").is_some());
    assert_eq!(window.number("Numbers"), 100_000.0);
    window.press("Next question");
    assert!(window.label_with("told only where to start").is_some());

    let mut window = showing("switching_cost").set("tasks", "1,1024").open();
    window.press("Next question");
    assert!(window.label_with("shared by 1024 threads").is_some());
    window.press("Next question");
    assert!(window.label_with("switch every 3 µs").is_some());
}

#[test]
fn every_vote_asks_what_it_says() {
    for entry in REGISTRY {
        let demo = (entry.demo)();
        let votes = demo.votes();
        let asked = votes.iter().filter(|vote| vote.question.is_some()).count();
        let mut window = showing(demo.id()).open();
        assert!(asked > 0, "{}", demo.id());
        if asked == 1 {
            continue;
        }
        let mut seen = BTreeSet::new();
        for _ in 0..asked {
            window.press("Next question");
            let texts = layout::all_texts(&window);
            let mut texts = texts.iter().map(|(_, text)| text.galley.text());
            seen.extend(
                texts
                    .find(|text| text.starts_with("Question "))
                    .map(str::to_owned),
            );
        }
        let all = (1..=asked).map(|number| format!("Question {number} of {asked} →"));
        assert!(seen.iter().cloned().eq(all), "{}: {seen:?}", demo.id());
    }
}
