//! What is remembered from one start to the next.

use egui::ThemePreference;
use serde::{Deserialize, Serialize};

use crate::text::Language;

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
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            theme: ThemePreference::System,
            zoom: 1.0,
            demo: None,
            slow_replay: true,
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

    /// Stores them.
    pub fn save(&self, storage: &mut dyn eframe::Storage) {
        eframe::set_value(storage, KEY, self);
    }
}
