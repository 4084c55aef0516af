//! The window: a list of demos, and the page of the chosen one.

mod calibration;
mod carry_out;
mod command;
mod cores;
mod demo_state;
mod dialogs;
mod guesses;
mod keys;
mod kill;
mod opening;
mod page;
mod present;
mod presses;
mod redraw_pacing;
mod session;
mod settings;
mod sidebar;
mod spotlight;
mod status;
pub mod tour;
mod twins;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use egui::{CentralPanel, Context, Panel, RawInput, Ui, Visuals};

use crate::demos::REGISTRY;
use crate::lab::demo::{RedrawPolicy, set_param};
use crate::lab::machine;
use crate::lab::run::Lab;
use crate::lab::trace::track::WakeReason;
use crate::text::Language;
use crate::widgets::heartbeat_ui::Heartbeat;
use crate::widgets::look::fonts;
use crate::widgets::look::theme;
use crate::widgets::stage::Marked;

pub use egui::ThemePreference as Theme;

pub use opening::{Options, open, play, try_to_open, was_opened};
pub use twins::{TwinOptions, open as open_twin};

use calibration::class::Machine;
use command::Command;
use demo_state::Room;
use dialogs::Dialogs;
use guesses::Guesses;
use page::code::Cut;
use present::Presenting;
use presses::Presses;
use redraw_pacing::Pacing;
use session::Session;
use settings::Settings;
use status::Status;
use tour::Touring;

/// The window's state.
pub struct App {
    rooms: Vec<Room>,
    chosen: usize,
    session: Session,
    language: Language,
    settings: Settings,
    /// Where the zoom was asked for on the command line, none is remembered.
    zoom_given: bool,
    commands: Vec<Command>,
    armed: bool,
    dialogs: Dialogs,
    guesses: Guesses,
    machine: Machine,
    /// The step that is marked in timeline and code.
    marked: Option<Marked>,
    /// The presentation that goes on.
    presenting: Option<Presenting>,
    spotlight: bool,
    cut: Cut,
    heartbeat: Heartbeat,
    pacing: Pacing,
    fits_screen: bool,
    frames_drawn: u32,
    /// Whether the latest [`eframe::App::logic`] was followed by a picture.
    drawn: bool,
    status: Status,
    /// The tour, if this window plays one.
    touring: Option<Touring>,
}

impl App {
    /// The window's state before its first frame.
    pub fn new(
        ctx: &Context,
        storage: Option<&dyn eframe::Storage>,
        options: Options,
        program: PathBuf,
    ) -> Self {
        let settings = Settings::load(storage);
        fonts::install(ctx);
        theme::install(ctx);
        Presses::install(ctx);
        ctx.set_theme(options.theme.unwrap_or(settings.theme));
        ctx.set_zoom_factor(settings::within(options.zoom.unwrap_or(settings.zoom)));
        let pacing = Pacing::default();
        let wake = {
            let (ctx, gate) = (ctx.clone(), pacing.gate.clone());
            Arc::new(move |news| match news {
                WakeReason::Events => ctx.request_repaint_after(gate.ask()),
                WakeReason::Finished => ctx.request_repaint(),
            })
        };
        let lab = Lab {
            program,
            failpoint: None,
            attended: true,
            wake,
        };
        let mut app = Self {
            rooms: REGISTRY.iter().map(Room::new).collect(),
            chosen: 0,
            session: Session::new(lab),
            language: options
                .language
                .or(settings.language)
                .unwrap_or_else(Language::of_system),
            zoom_given: options.zoom.is_some(),
            settings,
            commands: Vec::new(),
            armed: false,
            dialogs: Dialogs::default(),
            guesses: Guesses::default(),
            machine: Machine::default(),
            marked: None,
            presenting: None,
            spotlight: false,
            cut: Cut::default(),
            heartbeat: Heartbeat::starting(Instant::now()),
            pacing,
            fits_screen: false,
            frames_drawn: 0,
            drawn: true,
            status: Status::new(machine::cores()),
            touring: None,
        };
        app.set_up(&options);
        app
    }

    fn set_up(&mut self, options: &Options) {
        let wanted = options.demo.as_deref().or(self.settings.demo.as_deref());
        if let Some(index) = self
            .rooms
            .iter()
            .position(|room| Some(room.demo.id()) == wanted)
        {
            self.chosen = index;
        }
        let room = &mut self.rooms[self.chosen];
        if let Some(variant) = room
            .demo
            .variants()
            .iter()
            .find(|variant| Some(variant.id) == options.variant.as_deref())
        {
            room.variant = variant.id;
        }
        for (name, value) in &options.set {
            // The command line has checked them; what it let through is in range.
            drop(set_param(room.demo.as_mut(), name, value));
        }
    }

    /// Remembers how large all is drawn; in a presentation that is up to the screen.
    fn follow_zoom(&mut self, ctx: &Context) {
        if self.presenting.is_some() {
            return;
        }
        let (now, zoom) = (ctx.zoom_factor(), settings::within(ctx.zoom_factor()));
        if now != zoom {
            ctx.set_zoom_factor(zoom);
        }
        if !self.zoom_given {
            self.settings.zoom = zoom;
        }
    }

    /// While several variants run one after another, the chosen one is the one that runs: picture,
    /// result and choice are then always of the same run.
    fn follow_run(&mut self) {
        let Some(running) = self.session.running().filter(|_| self.session.is_in_turn()) else {
            return;
        };
        let (id, variant) = (running.info().demo, running.info().variant);
        if let Some(room) = self.rooms.iter_mut().find(|room| room.demo.id() == id) {
            room.variant = variant;
        }
    }

    /// The list, the page, and the line at the foot.
    fn window_ui(&mut self, ui: &mut Ui) {
        Panel::bottom("status")
            .resizable(false)
            .frame(status::frame(ui))
            .show(ui, |ui| self.status_ui(ui));
        let narrow = ui.available_width() < self.list_narrow_below();
        Panel::left("demos")
            .resizable(false)
            .exact_size(if narrow { 64.0 } else { 248.0 })
            .frame(sidebar::frame(ui))
            .show(ui, |ui| self.sidebar_ui(ui, narrow));
        if self.leaves_room_for_page(ui) {
            CentralPanel::default()
                .frame(page::frame())
                .show(ui, |ui| self.page_ui(ui));
        }
    }
}

impl eframe::App for App {
    /// Every frame before it is drawn, and while the window is hidden: commands are carried out, the
    /// run's events taken in.
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        let now = Instant::now();
        self.follow_zoom(ctx);
        self.pacing.frame_began(
            now,
            self.session
                .running()
                .is_none_or(|running| running.pace() == RedrawPolicy::Smooth),
        );
        // The first frame is drawn before the window is on the screen.
        if !self.fits_screen && self.frames_drawn > 1 {
            self.fits_screen = opening::fit_to_screen(ctx);
        }
        if std::mem::take(&mut self.armed) {
            self.start_armed();
        }
        for command in std::mem::take(&mut self.commands) {
            self.apply(ctx, command);
        }
        let hidden = self.is_hidden(ctx);
        let ended = self.session.advance(self.settings.slow_replay, hidden);
        self.notice(ended);
        self.session.twins.advance(ctx, now);
        self.follow_machine(ctx, now, ended);
        self.follow_run();
        self.follow_dissection(now);
        self.tour(ctx, now);
        self.status.refresh(now);
        self.follow_presented(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.drawn = true;
        let (pressed, wait) = (Presses::arrived(ui.ctx()), Presses::wait(ui.ctx()));
        let began = Instant::now();
        self.heartbeat.frame_begins(began, pressed);
        let stepped = keys::handle(ui.ctx(), self);
        // egui tells screen readers of a window without a name.
        ui.ctx()
            .accesskit_node_builder(egui::accesskit_root_id(), |root| {
                root.set_label("Threadlab");
            });

        if self.presenting.is_some() {
            self.present_ui(ui);
        } else {
            self.window_ui(ui);
        }
        self.dialogs_ui(ui.ctx());
        if self.spotlight {
            spotlight::paint(ui.ctx());
        }
        self.presented(ui.ctx(), stepped || wait);

        self.frames_drawn = self.frames_drawn.saturating_add(1);
        let now = Instant::now();
        self.session.painted(now, pressed, wait);
        // As it was before anything was drawn: a replay that ends while it is being drawn needs one more picture.
        let pace = self.pace(began);
        // Events of a run whose picture is held are taken in now and then, and show in nothing.
        let rest = match self.holds_picture() {
            true => RedrawPolicy::Quiet,
            false => RedrawPolicy::Smooth,
        };
        let interval = self.pacing.frame_ended(now, pace.unwrap_or(rest));
        let over = self
            .session
            .running()
            .is_some_and(session::Running::is_over);
        let opening = !self.fits_screen && self.frames_drawn < 4;
        if !self.commands.is_empty() || over || opening || wait {
            ui.ctx().request_repaint();
        } else if pace == Some(RedrawPolicy::Smooth) {
            ui.ctx().request_repaint_after(interval);
        }
    }

    /// The page's ground: clearing with it costs a software renderer less than painting it over another.
    fn clear_color(&self, visuals: &Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn raw_input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        if self.touring.is_some() {
            tour::hands_off(ctx, input);
        }
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        // What a tour chose nobody wants back.
        if self.touring.is_none() {
            self.settings.save(storage);
        }
    }

    /// Widgets' own memory (scroll positions) starts afresh; what is remembered is in the settings.
    fn persist_egui_memory(&self) -> bool {
        false
    }
}
