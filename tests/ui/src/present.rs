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
use crate::window::{DIGITS, Window};

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
    ("ping_pong", "gap_millis", "2"),
    ("ping_pong", "put_pause_max_millis", "50"),
];

/// The ways to go on.
#[derive(Clone, Copy, Debug)]
enum Way {
    Key(Key),
    /// A click on the foot's button.
    Pointer,
}

const CLICKER: [Way; 1] = [Way::Key(Key::PageDown)];
const WAYS: [Way; 4] = [
    Way::Key(Key::ArrowRight),
    Way::Key(Key::Space),
    Way::Pointer,
    Way::Key(Key::PageDown),
];

/// A window that presents a demo, the demo's title, and the ways to go on: each press takes the next of them.
struct Presented {
    window: Window,
    language: Language,
    title: String,
    ways: &'static [Way],
    presses: usize,
}

impl Presented {
    /// A presentation at the first step about `demo`, whether it is in the lesson or not.
    fn opened(demo: &str, language: Language, pixels: [f32; 2]) -> Self {
        let mut class = Self::with_plan(demo, language, pixels, |_| {});
        let place = REGISTRY.iter().position(|entry| entry.spec.id == demo);
        // The tenth demo has the digit 0.
        class
            .window
            .key(DIGITS[(place.expect("a demo") + 1) % DIGITS.len()]);
        class.window.frame();
        class
    }

    /// A presentation at its plan, with `demo` as the next, of a window that was `prepared`.
    fn with_plan(
        demo: &str,
        language: Language,
        pixels: [f32; 2],
        prepare: impl FnOnce(&mut Window),
    ) -> Self {
        let mut opening = showing(demo).language(language).sized(pixels, 1.0);
        for (id, name, value) in SHORT {
            if *id == demo {
                opening = opening.set(name, value);
            }
        }
        let mut window = opening.open();
        prepare(&mut window);
        window.key(Key::F11);
        // As a real window does: at another zoom the same pixels are fewer points.
        let is_narrow = pixels[0] / pixels[1] < 1.5;
        let zoom = pixels[1] / if is_narrow { NARROW_HEIGHT } else { HEIGHT };
        window.harness.set_size(vec2(pixels[0], pixels[1]) / zoom);
        window.frame();
        window.frame();
        assert!((window.harness.ctx.zoom_factor() - zoom).abs() < 0.01);
        Self {
            window,
            language,
            title: language.text(&format!("{demo}-title")).into_owned(),
            ways: &CLICKER,
            presses: 0,
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
            || self.window.has(Role::Button, &download)
                && !self.window.can_press(&download)
                && !self.says("present-over")
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

    /// Presses once to go on.
    fn press_on(&mut self) {
        match self.next_way() {
            Way::Key(key) => self.window.key(key),
            Way::Pointer => self.press_at(self.language.text("present-on").as_ref()),
        }
    }

    fn next_way(&mut self) -> Way {
        self.presses += 1;
        self.ways[self.presses % self.ways.len()]
    }

    /// Clicks on a button as a hand does.
    fn press_at(&mut self, button: &str) {
        self.window.press(button);
        self.window.frame();
    }

    /// Goes on to the next step, and over a run.
    #[track_caller]
    fn forward(&mut self) {
        self.press_on();
        // The notice at a download's end would lie over what is looked at.
        if self.is_running() {
            self.check("running");
            // The class performs the experiment.
            if self.says("present-download") {
                match self.next_way() {
                    Way::Key(key) => self.window.key(key),
                    Way::Pointer => {
                        self.press_at(self.language.text("responsive_ui-about").as_ref());
                    }
                }
            }
            let language = self.language;
            let over = |window: &Window| {
                let labels = window.labels();
                let says = |key: &str| labels.contains(&language.text(key).into_owned());
                let download = language.text("responsive_ui-download");
                !says("present-running")
                    && !says("present-comparing")
                    && (!window.has(Role::Button, &download)
                        || window.can_press(&download)
                        || says("present-over"))
            };
            self.window.until("the run is over", over);
            self.window.settle();
            // The lesson's little window is still there, with its notice.
            if self.says("present-over") {
                self.check("over");
                self.press_on();
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

/// Walks through all votes about `demo` in these ways.
fn walk(demo: &str, language: Language, pixels: [f32; 2], ways: &'static [Way]) {
    let mut class = Presented::opened(demo, language, pixels);
    class.ways = ways;
    // While a short run is played again, and after that.
    let waits = ways.len() == 1;
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
        class.check("stage");
        if waits {
            class.window.settle();
            class.check("stage at rest");
        }
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

/// Walks through all demos twice: with a clicker, and with each press in another of all ways.
fn rehearse(language: Language, pixels: [f32; 2]) {
    for ways in [&CLICKER, &WAYS[..]] {
        for entry in REGISTRY {
            walk(entry.spec.id, language, pixels, ways);
        }
    }
}

#[test]
fn a_rehearsal_in_english() {
    rehearse(Language::English, [1280.0, 720.0]);
}

#[test]
fn a_rehearsal_in_chinese() {
    rehearse(Language::Chinese, [1280.0, 720.0]);
}

#[test]
fn a_rehearsal_in_english_on_four_to_three() {
    rehearse(Language::English, [1024.0, 768.0]);
}

#[test]
fn a_rehearsal_in_chinese_on_four_to_three() {
    rehearse(Language::Chinese, [1024.0, 768.0]);
}

#[test]
fn and_on_a_larger_projector() {
    for demo in ["bank_lock", "downloads"] {
        for language in Language::ALL {
            walk(demo, language, [1920.0, 1080.0], &CLICKER);
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
        class.window.key(Key::Home);
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

/// A presented bank whose hands are counted, at the step where hands go up for the first answer.
fn counted(language: Language, pixels: [f32; 2]) -> Presented {
    let hands = language.text("app-hands");
    let mut class =
        Presented::with_plan("bank_lock", language, pixels, |window| window.tick(&hands));
    class.press_on();
    class.press_on();
    class
}

/// Raises so many hands for each answer, and goes on to the step after them.
fn vote(class: &mut Presented, hands: &[u32]) {
    for count in hands {
        for _ in 0..*count {
            class.window.key(Key::ArrowUp);
        }
        class.check("hands");
        class.press_on();
    }
}

#[test]
fn a_class_that_disagrees_talks_and_votes_again() {
    for language in Language::ALL {
        for pixels in [[1280.0, 720.0], [1024.0, 768.0]] {
            let mut class = counted(language, pixels);
            vote(&mut class, &[2, 3, 1, 0]);
            assert!(
                class.says("present-neighbour"),
                "{:?}",
                class.window.labels()
            );
            class.check("neighbour");
            // A step back is the same vote again.
            class.window.key(Key::PageUp);
            class.press_on();
            class.press_on();
            vote(&mut class, &[0, 0, 1, 3]);
            assert!(class.can_run(), "{:?}", class.window.labels());
            class.check("ready");
            class.forward();
            class.check("number");
            let votes = class.picture();
            for said in ["A 2  B 3  C 1  D 0", "A 0  B 0  C 1  D 3"] {
                assert!(votes.contains(said), "{said}: {votes}");
            }
        }
    }
}

#[test]
fn a_class_that_agrees_or_is_not_to_vote_again_goes_on() {
    let mut class = counted(Language::English, [1280.0, 720.0]);
    vote(&mut class, &[7, 1, 1, 1]);
    assert!(class.can_run(), "{:?}", class.window.labels());

    let once = |window: &mut Window| {
        window.tick("Hands");
        window.tick("Second vote");
    };
    let (language, pixels) = (Language::English, [1280.0, 720.0]);
    let mut class = Presented::with_plan("bank_lock", language, pixels, once);
    class.press_on();
    class.press_on();
    vote(&mut class, &[1, 1, 1, 1]);
    assert!(class.can_run(), "{:?}", class.window.labels());
}

#[test]
fn hands_are_counted_by_the_pointer_and_by_a_held_key_too() {
    let mut class = counted(Language::English, [1280.0, 720.0]);
    let more = "one more hand for A";
    class.press_at(more);
    class.press_at(more);
    class.press_at("one hand less for A");
    let mut held = presses(Key::ArrowUp, 1);
    let up = held.pop().expect("a release");
    let held = [vec![held.swap_remove(0); 3], vec![up]].concat();
    class.window.harness.input_mut().events.extend(held);
    // A press in each frame, and a frame that shows the last.
    for _ in 0..5 {
        class.window.frame();
    }
    // The button that was clicked has not kept the focus.
    assert_eq!(class.window.focused(), None);
    let painted = |class: &Presented, text: &str| {
        all_texts(&class.window)
            .iter()
            .any(|(_, shape)| shape.galley.text() == text)
    };
    assert!(painted(&class, "4"));
}

#[test]
fn the_end_has_all_guesses_and_outcomes_on_pages() {
    for (language, pixels) in [
        (Language::English, [1280.0, 720.0]),
        (Language::Chinese, [1024.0, 768.0]),
    ] {
        {
            let mut class = Presented::opened("cpu_or_io", language, pixels);
            let is_end = |class: &Presented| {
                class.says("present-end-hint") || class.says("present-end-more")
            };
            let mut asked = 0_usize;
            for _ in 0..400 {
                if is_end(&class) {
                    break;
                }
                let asks = class.says("present-thinking");
                class.forward();
                if asks {
                    asked += 1;
                    class.window.key(Key::A);
                }
            }
            assert!(asked > 3, "{asked} questions");
            let mut pages = 0;
            loop {
                class.check("end");
                pages += 1;
                let is_last = class.says("present-end-hint");
                class.press_on();
                if is_last {
                    break;
                }
            }
            assert!(class.says("present-end-hint"));
            assert!(
                pages >= asked.div_ceil(3),
                "{pages} pages for {asked} questions"
            );
        }
    }
}

#[test]
fn the_plan_is_a_key_away_from_every_step() {
    let mut class = Presented::opened("bank_lock", Language::English, [1280.0, 720.0]);
    class.forward();
    class.window.key(Key::Home);
    assert!(class.window.has(Role::CheckBox, &class.title));
    class.press_on();
    assert!(class.asks());
}

#[test]
fn a_key_that_is_held_leads_on_by_one_step() {
    for key in [Key::PageDown, Key::ArrowRight, Key::Space] {
        let mut class = Presented::opened("bank_lock", Language::English, [1280.0, 720.0]);
        let down = presses(key, 1).swap_remove(0);
        let held = vec![down; 6];
        class.window.harness.input_mut().events.extend(held);
        for _ in 0..8 {
            class.window.frame();
        }
        let labels = class.window.labels();
        let at_first = |label: &String| label.starts_with("Hands up for A.");
        assert!(labels.iter().any(at_first), "{labels:?}");
    }
}

#[test]
fn leaving_brings_back_what_was_asked_and_set() {
    let opening = showing("bank_lock").variant("mutex").set("gap_millis", 2);
    let mut window = opening.sized([1280.0, 720.0], 1.0).open();
    let before = window.labels();
    window.key(Key::F11);
    // Another demo, and then another variant and the question about it. Where hands go up, digits answer.
    let keys = [
        Key::Num5,
        Key::PageDown,
        Key::Home,
        Key::Num4,
        Key::PageDown,
    ];
    for key in keys {
        window.key(key);
    }
    window.key(Key::F11);
    window.frame();
    assert_eq!(window.labels(), before);
    // The lesson goes on where it was left.
    window.key(Key::F11);
    let labels = window.labels();
    let at_first = |label: &String| label.starts_with("Hands up for A.");
    assert!(labels.iter().any(at_first), "{labels:?}");
}
