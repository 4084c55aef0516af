//! The preset for a class, and the time on the button.

use threadlab::demos::REGISTRY;
use threadlab::text::Language;
use threadlab::widgets::stage::Buttons;

use crate::launch::showing;
use crate::layout;
use crate::window::Window;

/// The seconds that the main button promises.
fn promised(window: &Window, language: Language) -> Option<f64> {
    let (before, units) = match language {
        Language::English => ("Run · ≈ ", [(" ms", 1e-3), (" s", 1.0)]),
        Language::Chinese => ("运行 · ≈ ", [(" 毫秒", 1e-3), (" 秒", 1.0)]),
    };
    let seconds = |time: &str| {
        let mut units = units.iter();
        units
            .find_map(|(unit, length)| Some(time.strip_suffix(unit)?.parse::<f64>().ok()? * length))
    };
    let texts = layout::all_texts(window);
    let mut faces = texts.iter().map(|(_, text)| text.galley.text());
    faces.find_map(|face| seconds(face.strip_prefix(before)?))
}

#[test]
fn one_button_sets_every_demo_for_a_class_and_reset_undoes_it() {
    let mut window = showing("sum").variant("alone").open();
    let (numbers, time) = (
        window.number("Numbers"),
        promised(&window, Language::English),
    );
    assert!(time.is_some());
    window.press("Class values for all demos");
    // Until then the button of the run can't be pressed either.
    window.until("it is measured", |window| window.can_press("Run"));
    let seconds = promised(&window, Language::English).expect("a time");
    let at_most = window.number("Numbers") >= 1e10;
    assert!(at_most || (2.6..5.4).contains(&seconds), "{seconds} s");
    layout::check(&mut window, "set for a class");
    // And so are all the others.
    window.press("Two downloads");
    assert_eq!(window.number("Longest"), 4.0);
    window.press("Lesson values");
    assert_eq!(window.number("Longest"), 10.0);
    window.press("Adding to 100 000 000");
    window.press("Lesson values");
    assert_eq!(window.number("Numbers"), numbers);
}

#[test]
fn nothing_is_measured_while_a_run_goes_on() {
    let opening = showing("bank_lock").variant("mutex");
    let mut window = opening.set("threads", 60).set("gap_millis", 1000).open();
    window.press("Run");
    assert!(!window.could_press("Class values"));
    window.press("Stop");
    window.finish();
    assert!(window.could_press("Class values"));
}

#[test]
fn the_main_button_never_is_without_a_time() {
    for entry in REGISTRY {
        if (entry.stage)().buttons() != Buttons::Run {
            continue;
        }
        let demo = (entry.demo)();
        for language in Language::ALL {
            let mut window = showing(demo.id()).language(language).open();
            for variant in demo.variants() {
                let title = language.text(&format!("{}-{}", demo.id(), variant.id));
                window.choose(&title);
                let what = format!("{} {}", demo.id(), variant.id);
                assert!(promised(&window, language).is_some(), "{what}");
            }
            assert!(window.could_press(&language.text("app-class")));
        }
    }
}
