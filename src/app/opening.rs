//! Opening a window of this program: with which options, how large, on which display server.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use egui::{Context, ThemePreference, Vec2, ViewportBuilder, ViewportCommand, WindowLevel, vec2};

use crate::export::trace_reader::RecordedRun;
use crate::text::Language;
use crate::widgets::look::fonts;
use crate::widgets::look::theme;

/// The command line's choices for the window. They were checked before: the words are known, the values in range.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The demo to show.
    pub demo: Option<String>,
    /// The variant to choose.
    pub variant: Option<String>,
    /// Parameters to set.
    pub set: Vec<(String, String)>,
    /// The language for this time only; the remembered one if `None`.
    pub language: Option<Language>,
    /// The theme for this time only: light, dark or the system's.
    pub theme: Option<ThemePreference>,
    /// The zoom for this time only; 1.0 is normal size.
    pub zoom: Option<f32>,
    /// Finished runs to begin with, oldest first.
    pub runs: Vec<RecordedRun>,
    /// The moment at which these are shown; their end if `None`.
    pub at: Option<Duration>,
}

/// Opens the window with what `app` makes, and returns when it is closed.
pub fn run<App: eframe::App>(
    app: impl FnOnce(&eframe::CreationContext<'_>) -> App,
) -> Result<(), eframe::Error> {
    eframe::run_native(
        "threadlab",
        native(true),
        Box::new(|creation| {
            set_opened();
            Ok(Box::new(app(creation)))
        }),
    )
}

/// Opens a small window of a process of its own with what `app` makes, and returns when it is closed.
pub(super) fn run_small<App: eframe::App + 'static>(
    viewport: ViewportBuilder,
    theme: ThemePreference,
    app: impl FnOnce(&eframe::CreationContext<'_>) -> io::Result<App>,
) -> Result<(), eframe::Error> {
    eframe::run_native(
        "threadlab",
        options(viewport.with_icon(icon())),
        Box::new(move |creation| {
            set_opened();
            let ctx = &creation.egui_ctx;
            fonts::install(ctx);
            theme::install(ctx);
            ctx.set_theme(theme);
            Ok(Box::new(app(creation)?))
        }),
    )
}

/// The first pictures of a small window, until it is on the screen.
#[derive(Default)]
pub(super) struct Arrival {
    pictures: u32,
}

impl Arrival {
    /// How many pictures are drawn before the window is on the screen.
    const PICTURES: u32 = 3;

    /// Notes that a picture was drawn, and asks for the next if the window is not yet on the screen; there it lies
    /// `above` the others. Returns whether it is on the screen.
    pub(super) fn drawn(&mut self, ctx: &Context, above: bool) -> bool {
        if self.pictures >= Self::PICTURES {
            return true;
        }
        self.pictures += 1;
        if above {
            // The request comes this late, because a window manager heeds only requests for a window that it knows. A
            // window that lies wholly behind another would not be drawn at all.
            ctx.send_viewport_cmd(ViewportCommand::WindowLevel(WindowLevel::AlwaysOnTop));
        }
        ctx.request_repaint();
        false
    }
}

/// Whether a window of this process was opened.
pub fn was_opened() -> bool {
    OPENED.load(Ordering::Relaxed)
}

static OPENED: AtomicBool = AtomicBool::new(false);

/// Notes that the window is there: an error from now on is not one of opening it.
fn set_opened() {
    OPENED.store(true, Ordering::Relaxed);
}

/// Does all that opening the window takes, but does not show it. Returns the size of the screen in pixels, if the
/// system tells it. It is for a process that opens no other window.
pub fn try_to_open() -> Result<Option<(u32, u32)>, eframe::Error> {
    let mut screen = None;
    let ended = eframe::run_native(
        "threadlab",
        native(false),
        Box::new(|creation| {
            // Display, window and OpenGL are there by now: without them this function is not called.
            let monitor = creation
                .winit_window()
                .and_then(|window| window.current_monitor());
            screen = Some(monitor.map(|monitor| monitor.size().into()));
            Err("seen".into())
        }),
    );
    match (screen, ended) {
        (Some(screen), _) => Ok(screen),
        (None, ended) => ended.map(|()| None),
    }
}

fn native(visible: bool) -> eframe::NativeOptions {
    let viewport = ViewportBuilder::default()
        .with_title("Threadlab")
        .with_app_id("threadlab")
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([480.0, 360.0])
        .with_visible(visible)
        .with_icon(icon());
    options(viewport)
}

/// The options with which every window of this program is opened.
fn options(viewport: ViewportBuilder) -> eframe::NativeOptions {
    eframe::NativeOptions {
        viewport,
        // eframe would store the size divided by the zoom, and open a smaller window each time.
        persist_window: false,
        renderer: eframe::Renderer::Glow,
        // Flat shapes with feathered edges need none of these, and a software renderer pays for each.
        multisampling: 0,
        depth_buffer: 0,
        stencil_buffer: 0,
        // No gradient is drawn whose bands would have to be hidden.
        dithering: false,
        #[cfg(target_os = "linux")]
        event_loop_builder: Some(Box::new(prefer_x11)),
        ..Default::default()
    }
}

/// Prefers X11 if there is a display of it: a Wayland compositor disconnects a client that does not read its events,
/// and one demo freezes its window.
#[cfg(target_os = "linux")]
fn prefer_x11<T>(builder: &mut winit::event_loop::EventLoopBuilder<T>) {
    use winit::platform::x11::EventLoopBuilderExtX11;
    if std::env::var_os("DISPLAY").is_some_and(|display| !display.is_empty()) {
        builder.with_x11();
    }
}

fn icon() -> egui::IconData {
    eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png")).unwrap_or_default()
}

/// Share of the screen that a window may fill which is not maximized.
const SHARE: f32 = 0.88;
/// The largest size at which a window opens; a larger one would be hard to overlook.
const LARGEST: Vec2 = vec2(1680.0, 1050.0);

/// Gives the window as much of the screen as is sensible: all of a small one, as a projector of 1280 by 720 has, most
/// of a larger one. The size of its frame is known only once it is on the screen. Returns whether it was known.
pub(super) fn fit_to_screen(ctx: &Context) -> bool {
    let (frame, screen) =
        ctx.input(|input| (input.viewport().outer_rect, input.viewport().monitor_size));
    let (Some(frame), Some(screen)) = (frame, screen) else {
        return false;
    };
    let room = screen * SHARE;
    let size = room.min(LARGEST);
    if frame.width() > room.x || frame.height() > room.y {
        ctx.send_viewport_cmd(ViewportCommand::Maximized(true));
    } else if size.x > frame.width() && size.y > frame.height() {
        ctx.send_viewport_cmd(ViewportCommand::InnerSize(size));
        let corner = (screen - size) / 2.0;
        ctx.send_viewport_cmd(ViewportCommand::OuterPosition(corner.to_pos2()));
    }
    true
}
