//! Each demo opens in each language, theme and size, with everything there and nothing cut off.

use std::process::Command;

use egui::Key;
use egui::accesskit::Role;
use threadlab::app::Theme;
use threadlab::demos::{Entry, REGISTRY};
use threadlab::lab::demo::Demo;
use threadlab::text::Language;
use threadlab::widgets::stage::Buttons;

use crate::launch::{SIZES, program, showing};
use crate::layout;
use crate::window::Window;

/// Opens every demo, and looks at each of its variants in each size.
fn open_all(language: Language) {
    for entry in REGISTRY {
        for theme in [Theme::Light, Theme::Dark] {
            let demo = (entry.demo)();
            for variant in demo.variants() {
                let id = demo.id();
                let opening = showing(id).language(language).theme(theme);
                let mut window = opening.open();
                window.choose(&language.text(&format!("{id}-{}", variant.id)));
                check_names(&window, entry, demo.as_ref(), variant.id, language);
                // Letters are as wide in the dark.
                let sizes = if theme == Theme::Light {
                    &SIZES[..]
                } else {
                    &SIZES[..1]
                };
                for size in sizes {
                    window.resize(size);
                    let tag = language.tag();
                    let what = format!("{id} {} in {tag}, {theme:?}, {size}", variant.id);
                    layout::check(&mut window, &what);
                }
            }
        }
    }
}

fn check_names(window: &Window, entry: &Entry, demo: &dyn Demo, variant: &str, language: Language) {
    let id = demo.id();
    let text = |key: &str| language.text(&format!("{id}-{key}"));
    assert_eq!(window.title(), text("title"));
    for other in demo.variants() {
        let is_chosen = window.is_chosen(Role::RadioButton, &text(other.id));
        assert_eq!(is_chosen, other.id == variant, "{}", other.id);
    }
    let questions = demo.questions();
    if let Some(question) = questions
        .iter()
        .find(|question| question.variant == variant)
    {
        assert!(window.has(Role::Label, &language.say(&question.text)));
        for (choice, letter) in question.choices.iter().zip('A'..) {
            let choice = format!("{letter} {}", language.say(&choice.text));
            assert!(!window.is_chosen(Role::RadioButton, &choice), "{choice}");
        }
    }
    let (buttons, missing) = match (entry.stage)().buttons() {
        Buttons::Run => (
            ["app-run", "app-compare", "app-values"].as_slice(),
            "app-stop",
        ),
        Buttons::Download => (
            ["responsive_ui-download", "responsive_ui-about"].as_slice(),
            "app-run",
        ),
    };
    for button in buttons {
        assert!(window.can_press(&language.text(button)), "{button}");
    }
    assert!(
        !window.has(Role::Button, &language.text(missing)),
        "{missing}"
    );
    assert_eq!(window.result(), language.text("app-result-none"));
}

#[test]
fn all_is_there_in_english() {
    open_all(Language::English);
}

#[test]
fn all_is_there_in_chinese() {
    open_all(Language::Chinese);
}

/// Teachers' scripts and screen readers know these words.
#[test]
fn the_names_that_others_rely_on_stay() {
    let radios = |window: &Window, names: &[&str]| {
        for name in names {
            assert!(window.has(Role::RadioButton, name), "{name}");
        }
    };
    let buttons = |window: &Window, names: &[&str]| {
        for name in names {
            assert!(window.has(Role::Button, name), "{name}");
        }
    };
    let english = showing("responsive_ui").open();
    radios(&english, &["On the UI thread", "On a worker thread"]);
    buttons(
        &english,
        &["Download", "About", "Values", "Settings", "Present"],
    );
    let titles = [
        "The Download button",
        "Two downloads",
        "Ping and Pong",
        "Bank deposits",
        "Busy threads",
        "Homework",
        "Computing or waiting",
        "Many connections",
        "Adding to 100 000 000",
    ];
    buttons(&english, &titles);
    assert!(english.label_with("Result:").is_some());
    drop(english);

    let chinese = showing("responsive_ui").language(Language::Chinese).open();
    buttons(&chinese, &["下载", "关于"]);
    assert!(chinese.label_with("结果:").is_some());
    drop(chinese);

    let bank = showing("bank_lock").open();
    buttons(&bank, &["Run", "Compare", "Values"]);
    drop(bank);
    let menus = [
        ("Compare", &["Run all", "Repeat", "Clear runs"][..]),
        ("Values", &["Lesson values", "Class values"]),
        ("Settings", &["Language", "Theme"]),
    ];
    for (menu, names) in menus {
        let mut bank = showing("bank_lock").open();
        bank.press(menu);
        buttons(&bank, names);
    }
    let mut bank = showing("bank_lock").open();
    bank.press("Settings");
    for name in ["Guess first", "Hands", "Slow replay", "Status line"] {
        assert!(bank.has(Role::CheckBox, name), "{name}");
    }
}

/// A script that reads `threadlab list --json` finds the controls by the titles given there.
#[test]
fn controls_are_called_as_the_command_line_lists_them() {
    let list = Command::new(program()).args(["list", "--json"]).output();
    let list = list.expect("the list").stdout;
    let list: serde_json::Value = serde_json::from_slice(&list).expect("JSON");
    let demos = list.as_array().expect("an array");
    assert_eq!(demos.len(), REGISTRY.len());
    for demo in demos {
        let mut window = showing(demo["id"].as_str().unwrap()).open();
        assert_eq!(window.title(), demo["title"].as_str().unwrap());
        for variant in demo["variants"].as_array().unwrap() {
            window.node(Role::RadioButton, variant["title"].as_str().unwrap());
        }
        for parameter in demo["parameters"].as_array().unwrap() {
            let title = parameter["title"].as_str().unwrap();
            // A parameter that matters to some variants is there while one of these is chosen.
            if let Some(only) = parameter["only"].as_array() {
                let variants = demo["variants"].as_array().unwrap();
                for variant in variants {
                    window.choose(variant["title"].as_str().unwrap());
                    window.press("Values");
                    let is_there = is_parameter(&window, title);
                    window.key(Key::Escape);
                    assert_eq!(is_there, only.contains(&variant["id"]), "{title}");
                }
                let first = variants.iter().find(|variant| variant["id"] == only[0]);
                window.choose(first.unwrap()["title"].as_str().unwrap());
            }
            window.press("Values");
            assert!(is_parameter(&window, title), "{title}");
            window.key(Key::Escape);
            if parameter["default"].is_number() {
                let default = parameter["default"].as_f64().unwrap();
                assert_eq!(window.number(title), default, "{title}");
            }
        }
    }
}

/// Whether a control of this name is among the values: a field, a box to tick, or a group of choices.
fn is_parameter(window: &Window, title: &str) -> bool {
    let roles = [
        Role::SpinButton,
        Role::TextInput,
        Role::CheckBox,
        Role::RadioGroup,
        Role::Group,
    ];
    roles.into_iter().any(|role| window.has(role, title))
}
