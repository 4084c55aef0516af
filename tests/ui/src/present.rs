//! A presentation as the last row sees it: every step of every demo, on projectors of two sizes, in both
//! languages. Nothing smaller than 32 pixels of 720, the figure at least 120, three things at most.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Rect, ThemePreference, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use threadlab::demos::REGISTRY;
use threadlab::lab::demo::value::Value;
use threadlab::text::Language;

use crate::guess::gives_reason;
use crate::launch::showing;
use crate::layout::all_texts;
use crate::window::Window;

/// The keys of the demos, in their order.
const DIGITS: [Key; 10] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
    Key::Num0,
];
/// The height of the line at a step's foot, which every step has.
const FOOT: f32 = 30.0;
/// Points from top to bottom of a wide screen while presenting.
const HEIGHT: f32 = 270.0;
/// The same of a screen of 4 : 3.
const NARROW_HEIGHT: f32 = 288.0;
/// Edges are smoothed, and places rounded to whole pixels.
const TOLERANCE: f32 = 1.5;

/// Parameters of short runs that still look as the lesson's do.
const SHORT: &[(&str, &str, &str)] = &[
    ("responsive_ui", "seconds", "0.6"),
    ("downloads", "min_seconds", "0.3"),
    ("downloads", "max_seconds", "0.6"),
    ("bank_lock", "gap_millis", "2"),
    ("global_lock", "seconds", "0.2"),
    ("cpu_or_io", "task_millis", "1"),
    ("sum", "numbers", "1000000"),
    ("switching_cost", "tasks", "1,16,64"),
    ("switching_cost", "slice_micros", "1,100,1000"),
    ("switching_cost", "work_millis", "30"),
    ("event_loop", "connections", "20"),
];

/// A window that presents a demo, and the demo's title.
struct Presented {
    window: Window,
    language: Language,
    title: String,
}

impl Presented {
    fn opened(demo: &str, language: Language, pixels: [f32; 2]) -> Self {
        let mut opening = showing(demo).language(language).sized(pixels, 1.0);
        for (id, name, value) in SHORT {
            if *id == demo {
                opening = opening.set(name, value);
            }
        }
        let mut window = opening.open();
        window.key(Key::F11);
        // As a real window does: at another zoom the same pixels are fewer points.
        let is_narrow = pixels[0] / pixels[1] < 1.5;
        let zoom = pixels[1] / if is_narrow { NARROW_HEIGHT } else { HEIGHT };
        window.harness.set_size(vec2(pixels[0], pixels[1]) / zoom);
        window.frame();
        window.frame();
        assert!((window.harness.ctx.zoom_factor() - zoom).abs() < 0.01);
        // From the plan to the demo, whether it is in the lesson or not.
        let place = REGISTRY.iter().position(|entry| entry.spec.id == demo);
        window.key(DIGITS[place.expect("a demo")]);
        window.frame();
        Self {
            window,
            language,
            title: language.text(&format!("{demo}-title")).into_owned(),
        }
    }

    fn says(&self, key: &str) -> bool {
        let said = self.language.text(key);
        self.window.labels().contains(&said.into_owned())
    }

    /// Whether the present step is this demo's question, by itself.
    fn asks(&self) -> bool {
        self.says("present-thinking") && self.window.labels().contains(&self.title)
    }

    fn is_running(&self) -> bool {
        let download = self.language.text("responsive_ui-download");
        self.says("present-running")
            || self.says("present-comparing")
            || self.window.has(Role::Button, &download) && !self.window.can_press(&download)
    }

    /// The words of the picture that is shown.
    fn picture(&self) -> String {
        let all = self.window.harness.query_all(by().role(Role::Image));
        let words = all.filter_map(|node| node.accesskit_node().label());
        words.collect::<Vec<_>>().join("; ")
    }

    fn can_run(&self) -> bool {
        ["app-run", "responsive_ui-download"]
            .iter()
            .any(|key| self.window.can_press(&self.language.text(key)))
    }

    #[track_caller]
    fn forward(&mut self) {
        self.window.key(Key::PageDown);
        // The notice at a download's end would lie over what is looked at.
        if self.is_running() {
            self.check("running");
            // The class performs the experiment.
            if self.says("present-download") {
                self.window.key(Key::PageDown);
            }
            let language = self.language;
            let over = |window: &Window| {
                let labels = window.labels();
                let says = |key: &str| labels.contains(&language.text(key).into_owned());
                let download = language.text("responsive_ui-download");
                !says("present-running")
                    && !says("present-comparing")
                    && (!window.has(Role::Button, &download) || window.can_press(&download))
            };
            self.window.until("the run is over", over);
            self.window.settle();
            // The lesson's little window is still there, with its notice.
            if self.says("present-over") {
                self.check("over");
                self.window.key(Key::PageDown);
            }
        }
    }

    /// Checks the rules that hold for each step.
    #[track_caller]
    fn check(&self, step: &str) {
        let what = format!("{} ({}), {step}", self.title, self.language.tag());
        let mut faults = Vec::new();
        let mut seen: Vec<(&str, Rect)> = Vec::new();
        let texts = all_texts(&self.window);
        for (clip, shape) in &texts {
            let (text, rect) = (shape.galley.text(), shape.visual_bounding_rect());
            if text.trim().is_empty() || !rect.is_finite() {
                continue;
            }
            let size = font_sizes(shape).fold(f32::INFINITY, f32::min);
            if size < 11.99 {
                faults.push(format!("“{text}” is only {size} points high"));
            }
            let room = clip.intersect(self.window.area()).expand(TOLERANCE);
            if shape.galley.elided || !room.contains_rect(rect) {
                faults.push(format!("“{text}” at {rect:?} is cut off by {room:?}"));
            }
            for (other, place) in &seen {
                let common = rect.intersect(*place);
                if common.width() > TOLERANCE && common.height() > TOLERANCE {
                    faults.push(format!(
                        "“{text}” at {rect:?} is over “{other}” at {place:?}"
                    ));
                }
            }
            seen.push((text, rect));
        }
        let things = self.things();
        if things.len() > 3 {
            faults.push(format!("{} things: {things:#?}", things.len()));
        }
        assert!(faults.is_empty(), "{what}:\n{}", faults.join("\n"));
    }

    /// The code may go on below the screen, but it is large.
    #[track_caller]
    fn check_code(&self) {
        assert!(
            self.window.has(Role::RadioButton, "Python"),
            "{:?}",
            self.window.labels()
        );
        for (_, shape) in all_texts(&self.window) {
            let size = font_sizes(shape).fold(f32::INFINITY, f32::min);
            assert!(size >= 11.99, "“{}”: {size} points", shape.galley.text());
        }
    }

    /// Everything that can be seen: texts, pictures, the answers, the buttons.
    fn things(&self) -> Vec<String> {
        let dialogs = self.window.harness.query_all(by().role(Role::Window));
        let dialogs: Vec<Rect> = dialogs.map(|dialog| dialog.rect()).collect();
        let in_dialog = |node: &egui_kittest::Node<'_>| {
            dialogs
                .iter()
                .any(|dialog| dialog.contains(node.rect().center()))
        };
        let named = |role| {
            let nodes = self.window.harness.query_all(by().role(role));
            let above_foot = |node: &egui_kittest::Node<'_>| {
                node.rect().bottom() < self.window.area().bottom() - FOOT
            };
            let beside_dialogs = |node: &egui_kittest::Node<'_>| !in_dialog(node);
            nodes.filter(above_foot).filter(beside_dialogs).map(|node| {
                let node = node.accesskit_node();
                node.value().or(node.label()).unwrap_or_default()
            })
        };
        let mut things: Vec<String> = named(Role::Label).chain(named(Role::Image)).collect();
        things.extend(
            named(Role::RadioButton)
                .next()
                .map(|_| "answers".to_owned()),
        );
        things.extend(dialogs.first().map(|_| "dialogs".to_owned()));
        things.extend(named(Role::Button).next().map(|_| "buttons".to_owned()));
        things
    }
}

fn font_sizes(shape: &egui::epaint::TextShape) -> impl Iterator<Item = f32> {
    let sections = shape.galley.job.sections.iter();
    sections.map(|section| section.format.font_id.size)
}

/// The presented download's first vote, with all hands counted: the next key starts the run.
fn before_download(language: Language, pixels: [f32; 2]) -> Presented {
    let mut class = Presented::opened("responsive_ui", language, pixels);
    while !class.can_run() {
        class.forward();
    }
    class
}

/// Presses and releases of a key, as they come after a freeze.
fn presses(key: Key, times: usize) -> Vec<Event> {
    let press = |pressed| Event::Key {
        key,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    vec![[press(true), press(false)]; times].concat()
}

/// Runs the download on the UI thread with `came` as the input that waited for its end, and draws until all is settled.
fn freeze(class: &mut Presented, came: Vec<Event>) {
    class.window.key(Key::PageDown);
    // The last picture, then the freeze.
    class.window.frame();
    class.window.frame();
    class.window.harness.input_mut().events.extend(came);
    class.window.frame();
    class.window.settle();
}

#[test]
fn presses_in_a_freeze_are_clicks_on_about_and_none_leads_on() {
    for language in [Language::English, Language::Chinese] {
        for pixels in [[1280.0, 720.0], [1024.0, 768.0]] {
            for key in [Key::PageDown, Key::ArrowRight, Key::Space] {
                let mut class = before_download(language, pixels);
                freeze(&mut class, presses(key, 3));
                assert!(class.says("present-over"), "{:?}", class.window.labels());
                for dialog in ["dialog-about", "dialog-notice"] {
                    let title = language.text(dialog);
                    assert!(class.window.has(Role::Window, &title), "{title}");
                }
                class.check("over, with both dialogs");
                let picture = class.picture();
                assert!(picture.contains('3'), "{picture}");
                class.window.key(Key::PageDown);
                class.window.frame();
                assert!(
                    !class
                        .window
                        .has(Role::Window, &language.text("dialog-notice"))
                );
                assert!(!class.says("present-over"));
                class.check("number");
            }
        }
    }
}

#[test]
fn no_other_input_that_waited_for_the_thaw_leads_anywhere() {
    let mut class = before_download(Language::English, [1280.0, 720.0]);
    let on = class.window.node(Role::Button, "Next step").rect().center();
    let click = [true, false].map(|pressed| Event::PointerButton {
        pos: on,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    });
    let keys = [
        Key::Num3,
        Key::A,
        Key::F5,
        Key::PageUp,
        Key::ArrowLeft,
        Key::Enter,
    ];
    let mut came = click.to_vec();
    came.extend(keys.into_iter().flat_map(|key| presses(key, 1)));
    came.extend(click);
    freeze(&mut class, came);
    assert!(class.says("present-over"), "{:?}", class.window.labels());
    assert!(!class.window.has(Role::Window, "About"));
    assert!(class.window.has(Role::Window, "Notice"));
}

#[test]
fn a_held_key_clicks_once() {
    let mut class = before_download(Language::English, [1280.0, 720.0]);
    let down = presses(Key::PageDown, 1).swap_remove(0);
    freeze(&mut class, vec![down; 4]);
    assert!(class.says("present-over"), "{:?}", class.window.labels());
    let picture = class.picture();
    assert!(
        picture.contains("1 click") && !picture.contains("4 click"),
        "{picture}"
    );
}

/// Walks through all votes about `demo` with one button.
fn walk(demo: &str, language: Language, pixels: [f32; 2]) {
    let mut class = Presented::opened(demo, language, pixels);
    let mut votes = 0;
    while class.asks() || class.can_run() {
        votes += 1;
        assert!(votes < 10, "the same question again and again");
        for _ in 0..6 {
            if class.can_run() {
                break;
            }
            class.check("asked");
            class.forward();
        }
        class.check("ready");
        class.forward();
        // The number.
        class.check("number");
        let largest = all_texts(&class.window)
            .iter()
            .flat_map(|(_, shape)| font_sizes(shape).collect::<Vec<_>>())
            .fold(0.0, f32::max);
        let told = class.window.labels();
        // A run that was disturbed has no figure.
        let is_disturbed = told.iter().any(|said| gives_reason(said, language));
        assert!(
            is_disturbed || largest * 720.0 / HEIGHT >= 120.0,
            "{demo}: {largest} in {told:?}"
        );
        class.forward();
        if class.says("present-why") {
            class.check("why");
            class.forward();
        }
        // While a short run is played again, and after that.
        class.check("stage");
        class.window.settle();
        class.check("stage at rest");
        assert!(
            class
                .window
                .label_with(&class.language.text("app-result"))
                .is_some()
        );
        class.window.key(Key::G);
        class.check("graph");
        class.window.key(Key::G);
        class.forward();
        if !class.window.has(Role::RadioButton, "Python") {
            class.check("autopsy");
            class.forward();
        }
        class.check_code();
        class.forward();
    }
    assert!(votes > 0, "{demo} asks nothing");
}

#[test]
fn every_step_can_be_read_from_the_last_row() {
    for entry in REGISTRY {
        walk(entry.spec.id, Language::English, [1280.0, 720.0]);
    }
}

#[test]
fn in_chinese_too() {
    for entry in REGISTRY {
        walk(entry.spec.id, Language::Chinese, [1280.0, 720.0]);
    }
}

#[test]
fn and_on_a_larger_projector() {
    for demo in ["bank_lock", "downloads"] {
        for language in Language::ALL {
            walk(demo, language, [1920.0, 1080.0]);
        }
    }
}

#[test]
fn the_setting_chooses_the_theme_and_light_is_shown_where_it_is_the_systems() {
    let shown = [
        (ThemePreference::Light, egui::Theme::Light),
        (ThemePreference::Dark, egui::Theme::Dark),
        (ThemePreference::System, egui::Theme::Light),
    ];
    for (chosen, expected) in shown {
        let mut window = showing("sum").open();
        window.harness.ctx.set_theme(chosen);
        window.key(Key::F11);
        assert_eq!(window.harness.ctx.theme(), expected, "{chosen:?}");
        window.key(Key::Escape);
        window.key(Key::Escape);
        let after = window
            .harness
            .ctx
            .options(|options| options.theme_preference);
        assert_eq!(after, chosen);
    }
}

#[test]
fn the_plan_fits_and_can_be_changed() {
    for language in Language::ALL {
        let mut class = Presented::opened("bank_lock", language, [1280.0, 720.0]);
        class.window.key(Key::PageUp);
        class.window.key(Key::PageUp);
        // Its controls are for the teacher: not counted as things to look at.
        let texts = all_texts(&class.window);
        for (clip, shape) in texts {
            let rect = shape.visual_bounding_rect();
            assert!(
                clip.expand(TOLERANCE).contains_rect(rect),
                "{}",
                shape.galley.text()
            );
            assert!(font_sizes(shape).all(|size| size >= 12.0));
        }
        let sum = language.text("sum-title").into_owned();
        let demo = [("demo", Value::Word(sum.clone()))];
        let earlier = language.with("present-earlier", &demo);
        assert!(class.window.can_press(&earlier));
        class.window.press(&earlier);
        class.window.tick(&sum);
        assert!(!class.window.can_press(&earlier));
    }
}

#[test]
fn leaving_brings_the_window_back() {
    let mut class = Presented::opened("sum", Language::English, [1280.0, 720.0]);
    class.window.key(Key::Escape);
    assert!(class.says("present-leaving"));
    class.window.key(Key::Escape);
    class.window.harness.set_size(vec2(1280.0, 720.0));
    class.window.frame();
    assert_eq!(class.window.harness.ctx.zoom_factor(), 1.0);
    assert_eq!(class.window.title(), "Adding to 100 000 000");
    assert!(class.window.can_press("Present"));
}
