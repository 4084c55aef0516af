//! The window: a list of demos, and the page of the chosen one.

mod action;
mod calibration;
mod carry_out;
mod demo_state;
mod dialogs;
mod guesses;
mod hands_ui;
mod history;
mod key_press;
mod keys;
mod notes;
mod opening;
mod page;
mod part;
mod present;
mod presses;
mod redraw_pacing;
mod run_button;
mod session;
mod settings;
mod settings_ui;
mod sidebar;
mod spotlight;
mod status;
pub mod tour;
mod twins;
mod view;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use egui::{CentralPanel, Context, Panel, RawInput, Ui, Visuals};

use crate::lab::demo::{DemoId, RedrawPolicy, VariantId};
use crate::lab::machine;
use crate::lab::run::Lab;
use crate::lab::trace::track::WakeReason;
use crate::text::Language;
use crate::widgets::look::fonts;
use crate::widgets::look::theme;
use crate::widgets::stage::{Buttons, Marked};

pub use egui::ThemePreference as Theme;

pub use notes::{NotesOptions, open as open_notes};
pub use opening::{Options, try_to_open, was_opened};
pub use twins::{TwinOptions, open as open_twin};

use action::Action;
use calibration::Machine;
use demo_state::Demos;
use dialogs::{Dialog, Dialogs};
use guesses::Guesses;
use notes::Notes;
use notes::page::Raised;
use part::Part;
use present::{Presentation, Presenting};
use presses::Presses;
use redraw_pacing::Frames;
use run_button::RunButton;
use session::Session;
use settings::Settings;
use status::Status;
use tour::{Plan, Touring};
use view::View;

/// The window, made of parts each of which changes itself.
pub struct App {
    demos: Demos,
    session: Session,
    settings: Settings,
    language: Language,
    guesses: Guesses,
    machine: Machine,
    run_button: RunButton,
    /// The step that is marked in timeline and code alike.
    marked: Option<Marked>,
    /// The part of the page that is shown in the place that parts share.
    part: Part,
    /// The demo and the number of its run that were shown in the frame before.
    shown: (DemoId, Option<u64>),
    dialogs: Dialogs,
    spotlight: bool,
    status: Status,
    /// The presentation that goes on.
    presenting: Option<Presenting>,
    /// The lesson that a presentation was left in, for the next to take it up.
    lesson: Option<Presentation>,
    /// The teacher's window.
    notes: Notes,
    /// The tour, if this window plays one.
    touring: Option<Touring>,
    /// The actions asked for since the latest frame began.
    actions: Vec<Action>,
    frames: Frames,
}

/// Opens the window and returns when it is closed.
pub fn open(options: Options, program: PathBuf) -> Result<(), eframe::Error> {
    opening::run(|creation| App::new(&creation.egui_ctx, creation.storage, options, program))
}

/// Opens the window for a tour, and returns when the tour is over or the window closed. The window looks as `options`
/// say, or else as at its first start: the remembered settings are the user's, not the tour's.
pub fn play(plan: Plan, options: Options, program: PathBuf) -> Result<(), eframe::Error> {
    opening::run(|creation| {
        let mut app = App::new(&creation.egui_ctx, None, options, program);
        app.touring = Some(Touring::begin(&creation.egui_ctx, plan, &mut app.demos));
        app
    })
}

impl App {
    /// Lets the question be about the shown run, where that has values of its own. A presentation asks its votes' own
    /// questions.
    fn ask_about_shown(&mut self) {
        let demo = self.demos.chosen();
        let running = self.session.running_of(demo.id());
        let latest = self.session.latest(demo).map(|finished| &finished.info);
        let shown = running.map(|running| running.info()).or(latest);
        let shown = shown.filter(|_| self.presenting.is_none());
        self.demos.chosen_mut().ask_about(shown);
    }

    /// Makes the window before its first frame.
    pub fn new(
        ctx: &Context,
        storage: Option<&dyn eframe::Storage>,
        options: Options,
        program: PathBuf,
    ) -> Self {
        let mut settings = Settings::load(storage);
        settings.zoom_given = options.zoom.is_some();
        fonts::install(ctx);
        theme::install(ctx);
        Presses::install(ctx);
        ctx.set_theme(options.theme.unwrap_or(settings.theme));
        ctx.set_zoom_factor(settings::within(options.zoom.unwrap_or(settings.zoom)));
        let mut frames = Frames::default();
        // A run that is held takes the window's own clock along.
        options
            .at
            .into_iter()
            .for_each(|at| frames.hold_heartbeat(at));
        let wake = {
            let (ctx, gate) = (ctx.clone(), frames.gate());
            Arc::new(move |news| match news {
                WakeReason::Events => ctx.request_repaint_after(gate.ask()),
                WakeReason::Finished => ctx.request_repaint(),
            })
        };
        let notes = Notes::new(program.clone());
        let lab = Lab {
            program,
            failpoint: None,
            attended: true,
            wake,
        };
        let shown = options.demo.as_deref().or(settings.demo.as_deref());
        let language = options.language.or(settings.language);
        let variant = options.variant.as_deref();
        let mut demos = Demos::set_up(shown, variant, &options.set);
        let mut session = Session::new(lab);
        history::take_in(options.runs, options.at, variant, &mut demos, &mut session);
        Self {
            demos,
            session,
            settings,
            language: language.unwrap_or_else(Language::of_system),
            guesses: Guesses::default(),
            machine: Machine::default(),
            run_button: RunButton::default(),
            marked: None,
            part: Part::default(),
            shown: ("", None),
            dialogs: Dialogs::default(),
            spotlight: false,
            status: Status::new(machine::cores()),
            presenting: None,
            lesson: None,
            notes,
            touring: None,
            actions: Vec::new(),
            frames,
        }
    }

    /// The parts as the frame of the moment `now` shows them.
    fn view(&mut self, now: Instant) -> View<'_> {
        View {
            now,
            language: self.language,
            demos: &mut self.demos,
            session: &self.session,
            settings: &self.settings,
            guesses: &self.guesses,
            machine: &self.machine,
            heartbeat: self.frames.heartbeat(),
            marked: self.marked,
            part: self.part,
            dialogs: &self.dialogs,
            newest_dialog: self.dialogs.newest(),
            spotlight: self.spotlight,
            presenting: self.presenting.as_ref(),
            notes_beside: self.notes.is_beside(),
            notes_lost: self.notes.is_lost(),
            on_tour: self.touring.is_some(),
            actions: &mut self.actions,
        }
    }

    /// Follows a run that has just ended: its time shows this machine's speed, and a dialog says that the download is
    /// complete.
    fn run_ended(&mut self, (id, variant): (DemoId, VariantId)) {
        let Some(finished) = self.session.latest_of(id, variant) else {
            return;
        };
        self.machine.times.learn(&finished.record);
        let mut demos = self.demos.all().iter();
        let is_download = demos.any(|demo| demo.id() == id && demo.buttons() == Buttons::Download);
        let is_watched = self.presenting.as_ref().is_none_or(Presenting::watches_run);
        if is_download && finished.record.is_done() && is_watched {
            self.dialogs.open(Dialog::DownloadComplete);
        }
    }

    /// Ends a mark with the run that it was made in. A mark made before any run is for the next.
    fn end_mark(&mut self) {
        let demo = self.demos.chosen();
        let shown = (demo.id(), self.session.shown_number(demo));
        let before = std::mem::replace(&mut self.shown, shown);
        let is_over = before.0 != shown.0 || before.1.is_some() && before.1 != shown.1;
        // A presentation marks steps of its own.
        if is_over && self.presenting.is_none() {
            self.marked = None;
        }
    }

    /// Draws the list, the page, and the line at the foot if it was asked for.
    fn window_ui(&mut self, ui: &mut Ui, now: Instant) {
        let pace = self.session.pace(self.demos.chosen(), now);
        let took = pace.map(|_| self.frames.latest_took());
        let (on_battery, language) = (self.machine.is_on_battery(), self.language);
        let window = ui.available_size();
        if self.settings.status_line {
            Panel::bottom("status")
                .resizable(false)
                .frame(status::frame(ui))
                .show(ui, |ui| self.status.ui(ui, took, on_battery, language));
        }
        let mut view = self.view(now);
        let narrow = ui.available_width() < view.list_narrow_below();
        Panel::left("demos")
            .resizable(false)
            .exact_size(if narrow { 52.0 } else { 236.0 })
            .frame(sidebar::frame(ui))
            .show(ui, |ui| view.sidebar_ui(ui, narrow));
        if view.leaves_room_for_page(ui) {
            CentralPanel::default()
                .frame(page::frame(window))
                .show(ui, |ui| view.page_ui(ui, window));
        }
    }
}

impl eframe::App for App {
    /// Carries out actions and takes in the run's events: before every frame is drawn, and while the window is hidden.
    fn logic(&mut self, ctx: &Context, frame: &mut eframe::Frame) {
        let now = Instant::now();
        if self.presenting.is_none() {
            // In a presentation the zoom is up to the screen.
            self.settings.follow_zoom(ctx);
        }
        let running = self.session.running();
        let alone = running.is_none_or(|running| running.pace() == RedrawPolicy::Smooth);
        self.frames.begin(ctx, now, alone);
        if self.session.is_busy() {
            self.frames.let_heartbeat_go();
        }
        self.session.begin_freeze();
        // The moment is read anew, because a freeze has taken its time.
        let now = Instant::now();
        for action in std::mem::take(&mut self.actions) {
            self.carry_out(ctx, action, now);
        }
        let hidden = self.frames.are_hidden(ctx);
        let slow_replay = self.settings.slow_replay;
        if Presses::have_come(ctx) {
            self.session.await_presses();
        }
        if let Some(ended) = self.session.advance(now, slow_replay, hidden) {
            self.run_ended(ended);
        }
        self.session.twins_mut().advance(ctx, now);
        // A presentation keeps the values of its votes.
        if self.presenting.is_none()
            && let Some(scope) = self.machine.take_measured()
        {
            self.demos
                .set_for_class(scope, |id| self.machine.times.slowness(id));
        }
        let is_busy = self.view(now).is_busy();
        self.machine.refresh_battery(ctx, now, !is_busy);
        let runs_here = self.session.running_of(self.demos.chosen().id()).is_some();
        if self.run_button.follow(runs_here, now) {
            // Where parts share a place, a run is first seen on the stage.
            self.part = Part::Stage;
        }
        self.end_mark();
        if let Some(marked) = self.session.marked_by_incident(self.demos.chosen(), now) {
            self.marked = marked;
        }
        if let Some(touring) = &mut self.touring {
            let window = (&self.demos, &self.session, self.language);
            touring.advance(ctx, now, window, &mut self.dialogs, &mut self.actions);
        }
        self.ask_about_shown();
        self.status.refresh(now);
        if let Some(presenting) = &mut self.presenting {
            presenting.follow(ctx, &self.demos, self.session.is_busy(), now);
        }
        self.follow_notes(ctx, frame, now);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let (pressed, wait) = (Presses::arrived(ui.ctx()), Presses::wait(ui.ctx()));
        // The button that the clicker clicks aims anew in each picture that has one.
        Presses::aim(ui.ctx(), None);
        let now = Instant::now();
        self.frames.draw(now);
        let stepped = keys::handle(ui.ctx(), &mut self.view(now));
        // egui announces a window without a name to screen readers.
        ui.ctx()
            .accesskit_node_builder(egui::accesskit_root_id(), |root| {
                root.set_label("Threadlab");
            });

        if self.presenting.is_some() {
            self.view(now).present_ui(ui);
        } else {
            self.window_ui(ui, now);
            let closed = self.dialogs.ui(ui.ctx(), self.language);
            self.actions.extend(closed);
        }
        if self.spotlight {
            spotlight::paint(ui.ctx());
        }
        if let Some(presenting) = &mut self.presenting {
            let came = stepped || wait || pressed > 0;
            presenting.presented(ui.ctx(), came, Instant::now());
        }

        let drawn = Instant::now();
        self.session.painted(drawn, pressed, wait);
        // The pace is that of the moment before drawing: a replay that ended meanwhile needs one more picture.
        let pace = self.session.pace(self.demos.chosen(), now);
        // A run whose picture is held needs no frames for its events, which are taken in now and then.
        let rest = match self.session.holds_picture(self.demos.chosen()) {
            true => RedrawPolicy::Quiet,
            false => RedrawPolicy::Smooth,
        };
        let interval = self.frames.end(drawn, pace.unwrap_or(rest));
        let running = self.session.running();
        let over = running.is_some_and(session::Running::is_over);
        let asked = !self.actions.is_empty() || self.session.is_freezing();
        if asked || over || wait || self.frames.are_opening() {
            ui.ctx().request_repaint();
        } else if pace == Some(RedrawPolicy::Smooth) {
            ui.ctx().request_repaint_after(interval);
        }
    }

    /// Clears with the page's ground: that costs a software renderer less than painting it over another colour.
    fn clear_color(&self, visuals: &Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn raw_input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        if self.touring.is_some() {
            tour::hands_off(ctx, input);
        }
        let raised = self.notes.take_in(ctx, &mut input.events);
        let raise = |Raised { answer, change }| Action::Raise { answer, change };
        self.actions.extend(raised.into_iter().map(raise));
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        // A tour's choices are not remembered.
        if self.touring.is_none() {
            self.settings.save(storage);
        }
    }

    /// Lets egui's own memory (scroll positions) start afresh; only the settings are remembered.
    fn persist_egui_memory(&self) -> bool {
        false
    }
}
