//! A window without a display: it draws when it is asked to, as the real one does, and a test finds
//! in it what a person or a screen reader would.

use std::sync::RwLockReadGuard;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use egui::accessibility::is_input;
use egui::accesskit::{Role, Toggled};
use egui::{Key, Pos2, Rect, Vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use egui_kittest::{Harness, Node};
use threadlab::app::App;
use threadlab::text::Language;

use crate::guess::gives_reason;
use crate::launch::Size;

/// The keys of the digits, each at its own place.
pub const DIGITS: [Key; 10] = [
    Key::Num0,
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
];

/// No test waits longer than this for anything.
const PATIENCE: Duration = Duration::from_secs(30);

/// The faces of the button that runs and stops, in both languages.
const RUNS: [&str; 2] = ["Run", "运行"];
const STOPS: [&str; 2] = ["Stop", "停止"];
/// How long a press does nothing after a change between them, and a little more.
const REST: Duration = Duration::from_millis(520);

/// The menus of the page and of the list, in both languages.
const MENUS: [&str; 8] = [
    "Compare", "Values", "Settings", "Variant", "对比", "参数", "设置", "做法",
];

/// An open window. Dropping it closes it.
pub struct Window {
    pub harness: Harness<'static, App>,
    /// When someone asked for a frame: the window itself, or a thread with news.
    asked: Receiver<Instant>,
    /// When the next frame is due, as far as someone has asked for one.
    due: Option<Instant>,
    /// Whether a run went on in the latest frame, and when that changed.
    running: (bool, Instant),
    /// Dropped last: until then no other test is alone.
    _company: Option<RwLockReadGuard<'static, ()>>,
}

/// How the window draws.
impl Window {
    /// The window, drawn until it is at rest. `asked` records requests for a frame.
    pub fn new(
        harness: Harness<'static, App>,
        asked: Receiver<Instant>,
        company: Option<RwLockReadGuard<'static, ()>>,
    ) -> Self {
        let mut window = Self {
            harness,
            asked,
            due: Some(Instant::now()),
            running: (false, Instant::now() - REST),
            _company: company,
        };
        window.settle();
        window
    }

    /// Draws a frame now (one for each event that waits, if any do).
    pub fn frame(&mut self) {
        // As a real window does: a frame fulfils all that was asked for before it.
        self.asked.try_iter().for_each(drop);
        self.harness.step();
        self.due = self.asked.try_iter().min();
        let running = STOPS.into_iter().any(|stop| self.has(Role::Button, stop));
        if running != self.running.0 {
            self.running = (running, Instant::now());
        }
    }

    /// Draws when it is asked to, until a press of Run or Stop counts: just after a change it does not.
    fn rest(&mut self) {
        let deadline = self.running.1 + REST;
        while Instant::now() < deadline && self.next_frame(deadline) {}
    }

    /// Waits until a frame is asked for and due, and draws it. Returns whether that was before `deadline`.
    pub fn next_frame(&mut self, deadline: Instant) -> bool {
        loop {
            let until = self.due.map_or(deadline, |due| due.min(deadline));
            let wait = until.saturating_duration_since(Instant::now());
            match self.asked.recv_timeout(wait) {
                Ok(asked) => self.due = Some(self.due.map_or(asked, |due| due.min(asked))),
                Err(_) if self.due.is_some_and(|due| due <= Instant::now()) => {
                    self.frame();
                    return true;
                }
                Err(_) => return false,
            }
        }
    }

    /// Draws when it is asked to, until `reached`.
    #[track_caller]
    pub fn until(&mut self, what: &str, reached: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !reached(self) {
            assert!(
                self.next_frame(deadline),
                "waited in vain until {what}; the window says {:#?}",
                self.labels()
            );
        }
        self.harness.check_accessibility();
    }

    /// Draws until the run that is shown is over, and those that were to come.
    #[track_caller]
    pub fn finish(&mut self) {
        self.until("the run is over", |window| !window.is_running());
    }

    /// Draws until no frame is requested any more.
    #[track_caller]
    pub fn settle(&mut self) {
        self.until("nobody asks for a frame", |window| window.due.is_none());
    }
}

/// The actions of a person.
impl Window {
    /// Clicks a button, and draws until the click is carried out, just before the next frame.
    #[track_caller]
    pub fn press(&mut self, button: &str) {
        self.click(Role::Button, button);
    }

    /// Clicks a radio button.
    #[track_caller]
    pub fn choose(&mut self, variant: &str) {
        self.click(Role::RadioButton, variant);
    }

    #[track_caller]
    fn click(&mut self, role: Role, name: &str) {
        let opened = self.open_menu_with(role, name);
        self.click_here(role, name);
        self.close_menu(opened);
    }

    /// Opens the menu of the page that holds a control of this name, unless it can be seen. Returns whether it did.
    #[track_caller]
    pub fn open_menu_with(&mut self, role: Role, name: &str) -> bool {
        if self.has(role, name) {
            return false;
        }
        for menu in MENUS {
            if self.has(Role::Button, menu) {
                self.click_here(Role::Button, menu);
                if self.has(role, name) {
                    return true;
                }
                self.key(Key::Escape);
            }
        }
        panic!(
            "no menu holds {name}; there are {:#?}",
            self.enabled_controls()
        );
    }

    /// Looks at a control, in the menu that holds it if it can't be seen.
    #[track_caller]
    pub fn in_menu<R>(&mut self, role: Role, name: &str, look: impl FnOnce(&mut Self) -> R) -> R {
        let opened = self.open_menu_with(role, name);
        let seen = look(self);
        self.close_menu(opened);
        seen
    }

    /// Whether the button of this name, in a menu if it can't be seen, can be pressed.
    #[track_caller]
    pub fn could_press(&mut self, button: &str) -> bool {
        self.in_menu(Role::Button, button, |window| window.can_press(button))
    }

    /// Closes the menu that was `opened` for one control, as a click beside it does.
    fn close_menu(&mut self, opened: bool) {
        if opened && egui::Popup::is_any_open(&self.harness.ctx) {
            self.key(Key::Escape);
        }
    }

    #[track_caller]
    fn click_here(&mut self, role: Role, name: &str) {
        if RUNS.contains(&name) || STOPS.contains(&name) {
            self.rest();
        }
        let node = self.node(role, name);
        assert!(!node.accesskit_node().is_disabled(), "{name} is disabled");
        node.click();
        self.frame();
        // A click is carried out before the next frame. A pointer that stayed would open a tooltip.
        self.harness.remove_cursor();
        self.frame();
    }

    /// Clicks a check box.
    #[track_caller]
    pub fn tick(&mut self, name: &str) {
        self.click(Role::CheckBox, name);
    }

    /// Scrolls at a place by two fingers on a touchpad, which the page follows at once: it would glide after
    /// a wheel.
    #[track_caller]
    pub fn scroll(&mut self, over: Pos2, delta: Vec2) {
        use egui::TouchPhase::{End, Move, Start};
        self.harness.hover_at(over);
        for (phase, delta) in [(Start, Vec2::ZERO), (Move, delta), (End, Vec2::ZERO)] {
            self.harness.event(egui::Event::MouseWheel {
                unit: egui::MouseWheelUnit::Point,
                delta,
                phase,
                source: egui::MouseWheelSource::Wheel,
                modifiers: egui::Modifiers::NONE,
            });
            self.frame();
        }
        self.harness.remove_cursor();
        self.frame();
    }

    /// Gives the window another size and zoom.
    pub fn resize(&mut self, size: &Size) {
        self.harness.ctx.set_zoom_factor(size.zoom);
        self.harness.set_size(size.points());
        // Widgets beside and below others find their place one frame after them.
        self.frame();
        self.frame();
    }

    /// Presses and releases a key.
    pub fn key(&mut self, key: Key) {
        self.harness.key_press(key);
        if key == Key::Period {
            // A keyboard sends the character, too.
            self.harness.event(egui::Event::Text(".".to_owned()));
        }
        self.frame();
        self.frame();
    }

    /// Sets a number field, as assistive technology does.
    #[track_caller]
    pub fn set(&mut self, field: &str, value: f64) {
        let opened = self.open_menu_with(Role::SpinButton, field);
        self.node(Role::SpinButton, field)
            .set_value_accesskit(value);
        self.frame();
        // Widgets before the field have been drawn with the old number.
        self.frame();
        self.close_menu(opened);
    }
}

/// Everything that can be seen.
impl Window {
    #[track_caller]
    pub fn node<'tree>(&'tree self, role: Role, name: &'tree str) -> Node<'tree> {
        self.harness.get_by_role_and_label(role, name)
    }

    pub fn has(&self, role: Role, name: &str) -> bool {
        let named = by().role(role).predicate(|node| match role {
            Role::Label => node.value().as_deref() == Some(name),
            _ => node.label().as_deref() == Some(name),
        });
        self.harness.query_all(named).next().is_some()
    }

    /// Whether the button of this name is there and can be pressed.
    pub fn can_press(&self, button: &str) -> bool {
        let named = by()
            .role(Role::Button)
            .predicate(|node| node.label().as_deref() == Some(button) && !node.is_disabled());
        self.harness.query_all(named).next().is_some()
    }

    /// Whether a run of the shown demo goes on.
    pub fn is_running(&self) -> bool {
        self.has(Role::Button, "Stop")
    }

    #[track_caller]
    pub fn is_chosen(&self, role: Role, name: &str) -> bool {
        self.node(role, name).accesskit_node().toggled() == Some(Toggled::True)
    }

    /// The names of all controls that can be used now.
    pub fn enabled_controls(&self) -> Vec<String> {
        let controls = self
            .harness
            .query_all(by().predicate(|node| is_input(node.role()) && !node.is_disabled()));
        controls
            .filter_map(|control| control.accesskit_node().label())
            .collect()
    }

    /// The name of the control that has the focus.
    pub fn focused(&self) -> Option<String> {
        let mut nodes = self
            .harness
            .query_all(by().predicate(|node| node.is_focused()));
        nodes.find_map(|node| node.accesskit_node().label())
    }

    /// The number that a field stands at.
    #[track_caller]
    pub fn number(&mut self, field: &str) -> f64 {
        let opened = self.open_menu_with(Role::SpinButton, field);
        let node = self.node(Role::SpinButton, field);
        let number = node.accesskit_node().numeric_value().expect("a number");
        self.close_menu(opened);
        number
    }

    /// All texts, label by label, in the tree's order.
    pub fn labels(&self) -> Vec<String> {
        let labels = self.harness.query_all_by_role(Role::Label);
        labels
            .filter_map(|label| label.accesskit_node().value())
            .collect()
    }

    /// The page's title, as its demo is called.
    pub fn title(&self) -> String {
        let demos = self.harness.query_all(
            by().role(Role::Button)
                .predicate(|node| node.toggled() == Some(Toggled::True)),
        );
        let chosen: Vec<_> = demos
            .filter_map(|demo| demo.accesskit_node().label())
            .collect();
        let [title] = chosen.as_slice() else {
            panic!("one demo is chosen, not {chosen:?}");
        };
        assert!(self.has(Role::Label, title), "the list says {title}");
        title.clone()
    }

    /// The description of a control that a screen reader says beside its name.
    #[track_caller]
    pub fn description(&self, role: Role, name: &str) -> String {
        let node = self.node(role, name);
        node.accesskit_node().description().unwrap_or_default()
    }

    /// The answer that the latest run made right: the only one that is marked so.
    #[track_caller]
    pub fn right_answer(&self) -> Option<String> {
        let says = Language::ALL.map(|language| language.text("app-right"));
        let answers = self.harness.query_all_by_role(Role::RadioButton);
        let mut right = answers.filter_map(|answer| {
            let node = answer.accesskit_node();
            let known = node.description().unwrap_or_default();
            let is_right = says.iter().any(|right| known.contains(right.as_ref()));
            is_right.then(|| node.label().unwrap_or_default())
        });
        let first = right.next();
        assert_eq!(right.next(), None, "two answers are right");
        first
    }

    /// Fails unless the latest run made an answer right, or its result (in English) says that it did not: times on a
    /// busy machine may lie between two answers, or tell nothing.
    #[track_caller]
    pub fn is_judged(&self) {
        let right = self.right_answer();
        assert_ne!(right.is_some(), self.is_undecided(), "{:?}", self.labels());
    }

    /// Whether the result ends with the reason why the latest run decides nothing.
    #[track_caller]
    pub fn is_undecided(&self) -> bool {
        gives_reason(&self.result(), Language::English)
    }

    /// The first picture whose words hold `part`, in words.
    pub fn picture_with(&self, part: &str) -> Option<String> {
        let pictures = self.harness.query_all_by_role(Role::Image);
        let mut words = pictures.filter_map(|picture| picture.accesskit_node().label());
        words.find(|words| words.contains(part))
    }

    /// The first label that holds `part`.
    pub fn label_with(&self, part: &str) -> Option<String> {
        self.labels().into_iter().find(|label| label.contains(part))
    }

    /// The text of the result's label, after `Result:`.
    #[track_caller]
    pub fn result(&self) -> String {
        let labels = self.labels();
        let result = labels.iter().find_map(|label| {
            let heading = label
                .strip_prefix("Result:")
                .or(label.strip_prefix("结果:"));
            heading.map(|result| result.trim().to_owned())
        });
        result.unwrap_or_else(|| panic!("no result among {labels:#?}"))
    }

    /// The whole window, in points.
    pub fn area(&self) -> Rect {
        self.harness.ctx.content_rect()
    }
}
