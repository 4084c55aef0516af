//! The line at the foot of the window: the time to draw, the busy cores, the threads and processes alive.

use std::time::{Duration, Instant};

use egui::{Margin, RichText, Stroke, Ui};
use sysinfo::System;

use crate::lab::demo::value::Value;
use crate::lab::machine;
use crate::lab::machine::cores;
use crate::lab::process::supervised_child::processes_alive;
use crate::text::Language;
use crate::widgets::look::palette::Palette;

/// Time between two questions to the system: more frequent answers would mean nothing.
const REFRESH: Duration = Duration::from_millis(500);

/// The system's latest figures. They are asked for only in frames that are drawn anyway: at rest nothing asks.
pub struct Status {
    system: Option<System>,
    asked: Option<Instant>,
    cores: usize,
    busy: Option<f32>,
    threads: Option<usize>,
}

impl Status {
    /// The line before the system was asked.
    pub fn new(cores: usize) -> Self {
        Self {
            system: System::new().ok(),
            asked: None,
            cores,
            busy: None,
            threads: None,
        }
    }

    /// Asks the system, if the last time is long enough ago.
    pub fn refresh(&mut self, now: Instant) {
        if self.asked.is_some_and(|asked| now - asked < REFRESH) {
            return;
        }
        self.threads = machine::threads_alive();
        if let Some(system) = &mut self.system {
            system.refresh_cpu_usage();
            // Usage is a difference of two looks, so the first has nothing to compare with. It is a share of all cores,
            // also of those that this process may not use.
            let usage = system.global_cpu_usage() / 100.0 * system.cpus().len() as f32;
            self.busy = self.asked.is_some().then_some(usage);
        }
        self.asked = Some(now);
    }

    /// Draws the line. `frame`: how long the latest frame took to draw, unless the window is at rest.
    pub fn ui(&self, ui: &mut Ui, frame: Option<Duration>, on_battery: bool, language: Language) {
        let mut texts = vec![match frame {
            Some(took) => {
                let millis = took.as_millis() as u64;
                language.with("app-status-frame", &[("millis", millis.into())])
            }
            None => language.text("app-status-at-rest").into_owned(),
        }];
        if let Some(busy) = self.busy {
            let busy = Value::Word(format!("{busy:.1}"));
            let figures = [("busy", busy), ("cores", self.cores.into())];
            texts.push(language.with("app-status-cores", &figures));
        }
        if let Some(quota) = machine::quota_below_cores() {
            let limit = [("limit", cores::said(quota))];
            texts.push(language.with("app-status-quota", &limit));
        }
        if let Some(threads) = self.threads {
            let processes = 1 + processes_alive();
            let alive = [("threads", threads.into()), ("processes", processes.into())];
            texts.push(language.with("app-status-alive", &alive));
        }
        if on_battery {
            texts.push(language.text("app-status-battery").into_owned());
        }
        // The line is less high than a control, for it has none.
        ui.spacing_mut().interact_size.y = 18.0;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 28.0;
            for text in texts {
                ui.label(RichText::new(text).small().color(Palette::of(ui).weak));
            }
        });
    }
}

/// The ground behind the line.
pub fn frame(ui: &Ui) -> egui::Frame {
    let palette = Palette::of(ui);
    egui::Frame::new()
        .fill(palette.card)
        .inner_margin(Margin::symmetric(16, 5))
        .stroke(Stroke::new(1.0, palette.border))
}
