//! A twin's own window: Download, About, and a second hand that moves only when it draws.
//!
//! A click that the watching process requests is put into the window's queue of events just as a click of
//! the mouse is: a thread receives it and wakes winit's event loop, through the same proxy by which the
//! system's own events wake it; the loop, on the UI thread, takes it up before its next picture and hands
//! it to egui as a pointer's press and release on the button. Only the UI thread
//! empties either queue, once it is no longer busy: a requested click waits exactly as long as one made
//! with the mouse at the same moment.

use std::sync::Arc;
use std::time::Instant;

use egui::{
    CentralPanel, Context, Margin, RawInput, Rect, RichText, Sense, ThemePreference, Ui, vec2,
};

use super::clicks::Clicks;
use crate::app::opening::{self, Arrival};
use crate::app::presses::{self, Presses};
use crate::app::redraw_pacing::Pacing;
use crate::demos::responsive_ui::stage::shapes::paint_clock;
use crate::demos::responsive_ui::twins::Side;
use crate::demos::responsive_ui::twins::protocol::{Request, Sign};
use crate::demos::responsive_ui::twins::reporter::Reporter;
use crate::lab::demo::{Demo, RedrawPolicy, set_param};
use crate::lab::run::{self, Lab, RunHandle};
use crate::lab::trace::event::{EventKind, State};
use crate::text::Language;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::pen::Pen;
use crate::widgets::look::theme::{bold_font, font};

/// The options of a twin's window.
#[derive(Clone, Debug)]
pub struct TwinOptions {
    /// The side of this twin.
    pub side: Side,
    /// How long the download takes, in seconds.
    pub seconds: f64,
    /// Language of all that it says.
    pub language: Language,
    /// Light or dark.
    pub theme: ThemePreference,
    /// Size of the window in points, its frame left out.
    pub size: [f32; 2],
    /// The moment when the twin was started, on the clock that all processes of the system share, if they share one.
    pub origin: Option<u64>,
    /// Left and top of the window's frame, in points; the desktop's choice if `None`.
    pub at: Option<[f32; 2]>,
}

/// Opens the twin's window and returns when it is closed.
pub fn open(options: TwinOptions, demo: Box<dyn Demo>) -> Result<(), eframe::Error> {
    let title = options.language.text(options.side.title());
    // The window stays above the main one, which a click would otherwise bring before it.
    let mut viewport = egui::ViewportBuilder::default()
        .with_title(title.as_ref())
        .with_app_id("threadlab")
        .with_inner_size(options.size)
        .with_min_inner_size([260.0, 150.0])
        .with_always_on_top()
        .with_active(false);
    if let Some(at) = options.at {
        viewport = viewport.with_position(at);
    }
    opening::run_small(viewport, options.theme, |creation| {
        let ctx = &creation.egui_ctx;
        Presses::install(ctx);
        let wake = ctx.clone();
        let reporter = Reporter::open(options.origin, move || wake.request_repaint())?;
        Ok(TwinWindow::new(options, demo, reporter))
    })
}

struct TwinWindow {
    arrival: Arrival,
    side: Side,
    language: Language,
    demo: Box<dyn Demo>,
    reporter: Reporter,
    pacing: Pacing,
    clicks: Clicks,
    /// The length of the task whose Download was clicked, in seconds; the picture that shows the click comes before the
    /// task begins.
    armed: Option<f64>,
    run: Option<RunHandle>,
    done: bool,
    closing: bool,
}

impl TwinWindow {
    fn new(options: TwinOptions, demo: Box<dyn Demo>, reporter: Reporter) -> Self {
        let mut window = Self {
            arrival: Arrival::default(),
            side: options.side,
            language: options.language,
            demo,
            reporter,
            pacing: Pacing::default(),
            clicks: Clicks::default(),
            armed: None,
            run: None,
            done: false,
            closing: false,
        };
        window.set_seconds(options.seconds);
        window
    }

    fn set_seconds(&mut self, seconds: f64) {
        // The value is valid: the main window sends it, which has the same demo with the same limits.
        drop(set_param(
            self.demo.as_mut(),
            "seconds",
            &seconds.to_string(),
        ));
    }

    fn is_busy(&self) -> bool {
        self.armed.is_some() || self.run.is_some()
    }

    /// Starts the task itself: the very same job for both twins.
    fn start(&mut self) {
        let lab = Lab {
            program: Default::default(),
            failpoint: None,
            attended: true,
            wake: Arc::new(|_| {}),
        };
        self.reporter.send(Sign::Began);
        let variant = self.side.variant();
        match self.side {
            Side::A => {
                drop(run::start_inline(&lab, self.demo.as_ref(), variant, 0));
                self.ended();
            }
            Side::B => self.run = Some(run::start(&lab, self.demo.as_ref(), variant, 0)),
        }
    }

    fn ended(&mut self) {
        self.reporter.send(Sign::Ended);
        (self.run, self.done) = (None, true);
    }

    fn buttons_ui(&mut self, ui: &mut Ui) {
        let (language, busy) = (self.language, self.is_busy());
        ui.horizontal(|ui| {
            let text = |key: &str| RichText::new(language.text(key)).font(font(16.0));
            let size = vec2(
                (ui.available_width() - ui.spacing().item_spacing.x) / 2.0,
                34.0,
            );
            let button = egui::Button::new(text("responsive_ui-download")).min_size(size);
            let download = ui.add_enabled(!busy, button);
            let about = ui.add(egui::Button::new(text("responsive_ui-about")).min_size(size));
            self.clicks.about(&about);
            if self.clicks.download(&download) {
                let seconds = self.demo.params().seconds("seconds");
                (self.armed, self.done) = (Some(seconds), false);
            }
        });
    }

    /// Draws the second hand, and beside it About's answers.
    fn face_ui(&self, ui: &mut Ui, began: Instant) {
        let (rect, _) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
        let radius = (rect.height() / 2.0 - 4.0).min(rect.width() * 0.24);
        let center = rect.left_center() + vec2(radius + 8.0, 0.0);
        let life = began.saturating_duration_since(self.reporter.opened());
        // A frozen window draws nothing, so it can show the freeze only in the picture before.
        let frozen = self.armed.is_some() && self.side == Side::A;
        let state = if frozen { State::Lost } else { State::Running };
        paint_clock(&Pen::of(ui), center, radius, life.as_secs_f32(), state);
        let said = Rect::from_min_max(rect.min + vec2(2.0 * radius + 28.0, 0.0), rect.max);
        let mut lines = Vec::new();
        if self.is_busy() {
            lines.push(
                self.language
                    .text("responsive_ui-twin-downloading")
                    .into_owned(),
            );
        } else if self.done {
            lines.push(self.language.text("dialog-download-complete").into_owned());
        }
        if self.clicks.answered > 0 {
            let clicks = [("clicks", self.clicks.answered.into())];
            lines.push(self.language.with("responsive_ui-twin-about", &clicks));
        }
        let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(said));
        ui.vertical(|ui| {
            for line in lines {
                ui.label(RichText::new(line).font(bold_font(18.0)));
            }
        });
    }
}

impl eframe::App for TwinWindow {
    fn raw_input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        while let Some(request) = self.reporter.next_request() {
            match request {
                Request::Seconds { seconds } => self.set_seconds(seconds),
                Request::Click { number, button } => self.clicks.request(number, button),
                Request::Clock => {}
            }
        }
        let clicked = Presses::wait(ctx) || input.events.iter().any(presses::is_press);
        self.clicks
            .inject(&mut input.events, clicked, self.is_busy());
        if self.clicks.wait() {
            ctx.request_repaint();
        }
    }

    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.pacing.frame_began(Instant::now(), true);
        if ctx.input(|input| input.viewport().close_requested()) && !self.closing {
            self.closing = true;
            self.reporter.send(Sign::Closing);
        }
        if let Some(seconds) = self.armed.take().filter(|_| !self.closing) {
            self.set_seconds(seconds);
            self.start();
        }
        let is_finished = |run: &mut RunHandle| {
            let mut events = run.drain().into_iter();
            events.any(|event| matches!(event.kind, EventKind::Finished(_)))
        };
        if self.run.as_mut().is_some_and(is_finished) {
            self.ended();
        }
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let began = Instant::now();
        let title = self.language.text(self.side.title());
        ui.ctx()
            .accesskit_node_builder(egui::accesskit_root_id(), |root| {
                root.set_label(title.as_ref());
            });
        let frame = egui::Frame::new()
            .fill(Palette::of(ui).card)
            .inner_margin(Margin::same(10));
        CentralPanel::default().frame(frame).show(ui, |ui| {
            // The title is repeated here, because some desktops give their windows no titles.
            ui.label(RichText::new(title.as_ref()).font(bold_font(15.0)));
            egui::Panel::bottom("buttons")
                .frame(egui::Frame::NONE)
                .show_separator_line(false)
                .show(ui, |ui| self.buttons_ui(ui));
            self.face_ui(ui, began);
        });
        let interval = self
            .pacing
            .frame_ended(Instant::now(), RedrawPolicy::Smooth);
        if ui.ctx().will_discard() {
            // This picture is drawn once more before it is shown.
            return;
        }
        // It stays above the main window.
        if !self.arrival.drawn(ui.ctx(), true) {
            return;
        }
        self.reporter.send(Sign::Picture);
        for answer in self.clicks.answers() {
            self.reporter.send(answer);
        }
        if self.armed.is_some() || self.clicks.wait() || Presses::wait(ui.ctx()) {
            ui.ctx().request_repaint();
        } else {
            ui.ctx().request_repaint_after(interval);
        }
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}
