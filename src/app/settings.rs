//! What is remembered from one start to the next.

use egui::ThemePreference;
use serde::{Deserialize, Serialize};

use crate::text::Language;
use crate::widgets::code_ui::Tab;

/// The demos that fit into 45 minutes.
const LESSON: [&str; 6] = [
    "responsive_ui",
    "downloads",
    "bank_lock",
    "global_lock",
    "cpu_or_io",
    "sum",
];

/// The key under which the settings are stored.
const KEY: &str = "threadlab";

/// Everything that is remembered. A start with options (`--lang`, `--theme` …) does not change it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// `None` until someone chooses: the system's.
    pub language: Option<Language>,
    /// Light, dark, or the system's.
    pub theme: ThemePreference,
    /// 1.0 is normal size.
    pub zoom: f32,
    /// The demo that was shown last.
    pub demo: Option<String>,
    /// Whether short runs are played again, slowed down.
    pub slow_replay: bool,
    /// The demos of a lesson, in the order in which they are presented.
    pub playlist: Vec<String>,
    /// Whether the code is shown beside the page.
    pub code: bool,
    /// Which code.
    pub code_tab: Tab,
    /// Whether a run waits for a guess.
    pub guess_first: bool,
    /// Whether raised hands are counted.
    pub count_hands: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            theme: ThemePreference::System,
            zoom: 1.0,
            demo: None,
            slow_replay: true,
            playlist: LESSON.map(str::to_owned).to_vec(),
            code: false,
            code_tab: Tab::default(),
            // Whoever sees the program for the first time shall find a button that can be pressed.
            guess_first: false,
            count_hands: false,
        }
    }
}

impl Settings {
    /// What was stored, or the defaults if nothing was or it can't be read.
    pub fn load(storage: Option<&dyn eframe::Storage>) -> Self {
        storage
            .and_then(|storage| eframe::get_value(storage, KEY))
            .unwrap_or_default()
    }

    /// Takes a demo into the lesson, as its last, or leaves it out.
    pub fn tick(&mut self, demo: &str) {
        let before = self.playlist.len();
        self.playlist.retain(|id| id != demo);
        if self.playlist.len() == before {
            self.playlist.push(demo.to_owned());
        }
    }

    /// Lets a demo of the lesson change places with the one before it, or the one after it.
    pub fn shift(&mut self, demo: &str, earlier: bool) {
        let Some(at) = self.playlist.iter().position(|id| id == demo) else {
            return;
        };
        let other = if earlier {
            at.checked_sub(1)
        } else {
            Some(at + 1)
        };
        if let Some(other) = other.filter(|other| *other < self.playlist.len()) {
            self.playlist.swap(at, other);
        }
    }

    /// Stores them.
    pub fn save(&self, storage: &mut dyn eframe::Storage) {
        eframe::set_value(storage, KEY, self);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lesson_is_put_together_demo_by_demo() {
        let mut settings = Settings::default();
        settings.tick("downloads");
        settings.tick("event_loop");
        settings.shift("event_loop", true);
        settings.shift("responsive_ui", true);
        settings.shift("sum", false);
        settings.shift("bank_lock", false);
        settings.shift("unknown", true);
        assert_eq!(
            settings.playlist,
            [
                "responsive_ui",
                "global_lock",
                "bank_lock",
                "cpu_or_io",
                "event_loop",
                "sum"
            ]
        );
    }
}
