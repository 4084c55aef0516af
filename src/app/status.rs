//! The line at the foot of the window: how long it takes to draw, how many cores are busy, what is alive.

use std::time::{Duration, Instant};

use egui::{Margin, RichText, Stroke, Ui};
use sysinfo::System;

use super::App;
use crate::lab::demo::value::Value;
use crate::lab::machine;
use crate::lab::machine::cores;
use crate::lab::process::supervised_child::processes_alive;
use crate::widgets::look::palette::Palette;

/// How often the system is asked; more often its answers would mean nothing.
const REFRESH: Duration = Duration::from_millis(500);

/// What the system said last. It is asked only in frames that are drawn anyway: at rest nothing asks.
pub struct Status {
    system: Option<System>,
    asked: Option<Instant>,
    cores: usize,
    busy: Option<f32>,
    threads: Option<usize>,
}

impl Status {
    /// Nothing asked yet.
    pub fn new(cores: usize) -> Self {
        Self {
            system: System::new().ok(),
            asked: None,
            cores,
            busy: None,
            threads: None,
        }
    }

    /// Asks, if the last time is long enough ago.
    pub fn refresh(&mut self, now: Instant) {
        if self.asked.is_some_and(|asked| now - asked < REFRESH) {
            return;
        }
        self.threads = machine::threads_alive();
        if let Some(system) = &mut self.system {
            system.refresh_cpu_usage();
            // Usage is a difference of two looks: the first has nothing to compare with.
            // It is a share of all cores, also of those that this process may not use.
            let usage = system.global_cpu_usage() / 100.0 * system.cpus().len() as f32;
            self.busy = self.asked.is_some().then_some(usage);
        }
        self.asked = Some(now);
    }
}

/// The line's ground.
pub fn frame(ui: &Ui) -> egui::Frame {
    let palette = Palette::of(ui);
    egui::Frame::new()
        .fill(palette.card)
        .inner_margin(Margin::symmetric(16, 5))
        .stroke(Stroke::new(1.0, palette.border))
}

impl App {
    pub(super) fn status_ui(&self, ui: &mut Ui) {
        let now = Instant::now();
        let mut texts = vec![match self.pace(now) {
            Some(_) => {
                let millis = self.pacing.asked_to_drawn().as_millis() as u64;
                self.language
                    .with("app-status-frame", &[("millis", millis.into())])
            }
            None => self.language.text("app-status-at-rest").into_owned(),
        }];
        let status = &self.status;
        if let Some(busy) = status.busy {
            let busy = Value::Word(format!("{busy:.1}"));
            texts.push(self.language.with(
                "app-status-cores",
                &[("busy", busy), ("cores", status.cores.into())],
            ));
        }
        if let Some(quota) = machine::quota_below_cores() {
            let limit = [("limit", cores::said(quota))];
            texts.push(self.language.with("app-status-quota", &limit));
        }
        if let Some(threads) = status.threads {
            let processes = 1 + processes_alive();
            let alive = [("threads", threads.into()), ("processes", processes.into())];
            texts.push(self.language.with("app-status-alive", &alive));
        }
        if self.machine.battery.is_in_use() {
            let battery = self.language.text("app-status-battery");
            texts.push(battery.into_owned());
        }
        // No control stands here: the line need not be as high as one.
        ui.spacing_mut().interact_size.y = 18.0;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 28.0;
            for text in texts {
                ui.label(RichText::new(text).small().color(Palette::of(ui).weak));
            }
        });
    }
}
