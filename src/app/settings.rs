//! The settings, which are remembered from one start to the next.

use std::ops::RangeInclusive;

use egui::{Context, ThemePreference};
use serde::{Deserialize, Serialize};

use crate::demos;
use crate::text::Language;
use crate::widgets::code::Tab;

/// The demos of a first lesson: so many fit into 45 minutes.
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

/// The version of the stored form. It goes up when a field gets another meaning.
const VERSION: u32 = 1;

/// Least and greatest zoom.
const ZOOM: RangeInclusive<f32> = 0.5..=4.0;

/// The remembered settings. A start with options (`--lang`, `--theme` …) does not change them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Settings {
    /// The version of the form in which the settings are stored.
    version: u32,
    /// The chosen language; `None` until one is chosen, which means the system's.
    pub language: Option<Language>,
    /// The theme: light, dark, or the system's.
    pub theme: ThemePreference,
    /// The zoom; 1.0 is normal size.
    pub zoom: f32,
    /// The demo that was shown last.
    pub demo: Option<String>,
    /// Whether short runs are played again, slowed down.
    pub slow_replay: bool,
    /// The demos of a lesson, in the order in which they are presented.
    pub playlist: Vec<String>,
    /// Whether the code is shown beside the page.
    pub code: bool,
    /// The kind of code that is shown.
    pub code_tab: Tab,
    /// Whether a run waits for a guess.
    pub guess_first: bool,
    /// Whether raised hands are counted.
    pub count_hands: bool,
    /// Whether a class that disagrees talks and votes again, in a presentation.
    pub vote_again: bool,
    /// Whether the line at the window's foot is shown.
    pub status_line: bool,
    /// The zoom that was given on the command line, which is not remembered.
    #[serde(skip)]
    pub zoom_given: bool,
}

/// One setting with its new value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Setting {
    /// The language of all text.
    Language(Language),
    /// The theme: light, dark, or the system's.
    Theme(ThemePreference),
    /// Whether short runs are played again by themselves, slowed down.
    SlowReplay(bool),
    /// Whether the code is shown beside the page.
    Code(bool),
    /// The kind of code that is shown.
    CodeTab(Tab),
    /// Whether a run waits for a guess.
    GuessFirst(bool),
    /// Whether raised hands are counted.
    CountHands(bool),
    /// Whether a class that disagrees talks and votes again, in a presentation.
    VoteAgain(bool),
    /// Whether the line at the window's foot is shown.
    StatusLine(bool),
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: VERSION,
            language: None,
            theme: ThemePreference::System,
            zoom: 1.0,
            demo: None,
            slow_replay: true,
            playlist: LESSON.map(str::to_owned).to_vec(),
            code: false,
            code_tab: Tab::default(),
            // At the first start there must be a button that can be pressed at once.
            guess_first: false,
            count_hands: false,
            vote_again: true,
            status_line: false,
            zoom_given: false,
        }
    }
}

impl Settings {
    /// The stored settings. A field that was not stored, or can't be read, has its default.
    pub fn load(storage: Option<&dyn eframe::Storage>) -> Self {
        let mut settings = Self::default();
        let Some(storage) = storage else {
            return settings;
        };
        // A structure of one field reads that field alone, so that a broken field does not spoil the others.
        macro_rules! read {
            ($($field:ident: $kind:ty,)*) => {$({
                #[derive(Deserialize)]
                struct Only {
                    $field: $kind,
                }
                if let Some(stored) = eframe::get_value::<Only>(storage, KEY) {
                    settings.$field = stored.$field;
                }
            })*};
        }
        read! {
            language: Option<Language>,
            theme: ThemePreference,
            zoom: f32,
            demo: Option<String>,
            slow_replay: bool,
            playlist: Vec<String>,
            code: bool,
            code_tab: Tab,
            guess_first: bool,
            count_hands: bool,
            vote_again: bool,
            status_line: bool,
        }
        settings.zoom = within(settings.zoom);
        settings.playlist.retain(|id| demos::find(id).is_some());
        settings
    }

    /// Changes one setting.
    pub fn set(&mut self, setting: Setting) {
        match setting {
            Setting::Language(language) => self.language = Some(language),
            Setting::Theme(theme) => self.theme = theme,
            Setting::SlowReplay(on) => self.slow_replay = on,
            Setting::Code(on) => self.code = on,
            Setting::CodeTab(tab) => self.code_tab = tab,
            Setting::GuessFirst(on) => self.guess_first = on,
            Setting::CountHands(on) => self.count_hands = on,
            Setting::VoteAgain(on) => self.vote_again = on,
            Setting::StatusLine(on) => self.status_line = on,
        }
    }

    /// Remembers the demo that is shown.
    pub fn remember_demo(&mut self, demo: &str) {
        self.demo = Some(demo.to_owned());
    }

    /// Remembers the window's zoom, and keeps it within bounds.
    pub fn follow_zoom(&mut self, ctx: &Context) {
        let zoom = within(ctx.zoom_factor());
        if zoom != ctx.zoom_factor() {
            ctx.set_zoom_factor(zoom);
        }
        if !self.zoom_given {
            self.zoom = zoom;
        }
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

    /// Stores the settings.
    pub fn save(&self, storage: &mut dyn eframe::Storage) {
        eframe::set_value(storage, KEY, self);
    }
}

/// The zoom nearest to `zoom` at which the window can be drawn and read.
pub fn within(zoom: f32) -> f32 {
    match zoom.is_finite() && zoom > 0.0 {
        true => zoom.clamp(*ZOOM.start(), *ZOOM.end()),
        false => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use eframe::Storage;

    use super::*;

    #[derive(Default)]
    struct Stored(HashMap<String, String>);

    impl Storage for Stored {
        fn get_string(&self, key: &str) -> Option<String> {
            self.0.get(key).cloned()
        }

        fn set_string(&mut self, key: &str, value: String) {
            self.0.insert(key.to_owned(), value);
        }

        fn remove_string(&mut self, key: &str) {
            self.0.remove(key);
        }

        fn flush(&mut self) {}
    }

    /// Settings of which none is as at the first start.
    fn chosen() -> Settings {
        Settings {
            version: VERSION,
            language: Some(Language::Chinese),
            theme: ThemePreference::Dark,
            zoom: 1.5,
            demo: Some("sum".to_owned()),
            slow_replay: false,
            playlist: vec!["sum".to_owned(), "downloads".to_owned()],
            code: true,
            code_tab: Tab::Rust,
            guess_first: true,
            count_hands: true,
            vote_again: false,
            status_line: true,
            zoom_given: false,
        }
    }

    /// The settings read back after `change` was made to the stored text of [`chosen`].
    fn read(change: impl FnOnce(String) -> String) -> Settings {
        let mut stored = Stored::default();
        chosen().save(&mut stored);
        let text = change(stored.get_string(KEY).unwrap());
        stored.set_string(KEY, text);
        Settings::load(Some(&stored))
    }

    #[test]
    fn what_is_stored_is_read() {
        assert_eq!(read(|text| text), chosen());
        assert_eq!(Settings::load(None), Settings::default());
        assert_eq!(read(|_| "{".to_owned()), Settings::default());
        assert!(read(|text| text).version == 1);
    }

    #[test]
    fn an_unknown_word_resets_its_own_field_alone() {
        let default = Settings::default();
        for (known, unknown, expected) in [
            (
                "theme:Dark",
                "theme:Sepia",
                Settings {
                    theme: default.theme,
                    ..chosen()
                },
            ),
            (
                "zh-CN",
                "tlh",
                Settings {
                    language: None,
                    ..chosen()
                },
            ),
            (
                "code_tab:rust",
                "code_tab:cobol",
                Settings {
                    code_tab: default.code_tab,
                    ..chosen()
                },
            ),
            (
                "code:true",
                "code:7",
                Settings {
                    code: default.code,
                    ..chosen()
                },
            ),
            (
                "guess_first:true,",
                "",
                Settings {
                    guess_first: default.guess_first,
                    ..chosen()
                },
            ),
            ("(", "(from_a_later_version:[(Yes)],", chosen()),
            (
                "\"downloads\"",
                "\"uploads\"",
                Settings {
                    playlist: vec!["sum".to_owned()],
                    ..chosen()
                },
            ),
        ] {
            let changed = read(|text| {
                assert!(text.contains(known), "{text}");
                text.replacen(known, unknown, 1)
            });
            assert_eq!(changed, expected, "{unknown}");
        }
    }

    #[test]
    fn whatever_zoom_is_stored_the_window_can_be_drawn() {
        for (stored, read_as) in [
            ("0", 1.0),
            ("-1", 1.0),
            ("NaN", 1.0),
            ("inf", 1.0),
            ("-inf", 1.0),
            ("0.01", 0.5),
            ("9", 4.0),
            ("2.5", 2.5),
        ] {
            let settings = read(|text| text.replace("zoom:1.5", &format!("zoom:{stored}")));
            assert_eq!(
                settings,
                Settings {
                    zoom: read_as,
                    ..chosen()
                },
                "{stored}"
            );
        }
    }

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
