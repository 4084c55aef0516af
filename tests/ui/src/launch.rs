//! The opening of a test's window: its options, its size, and whether other tests may have windows open.

use std::fmt::{self, Display, Formatter};
use std::path::PathBuf;
use std::sync::mpsc::channel;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Instant;

use egui::Vec2;
use egui_kittest::Harness;
use threadlab::app::App;
use threadlab::app::Options;
use threadlab::app::Theme;
use threadlab::text::Language;

use crate::window::Window;

/// Tests that count what the whole process has (threads, worker processes) must be alone in it.
static COMPANY: RwLock<()> = RwLock::new(());

/// Waits until no window of another test is open, and keeps it so.
pub fn alone() -> RwLockWriteGuard<'static, ()> {
    COMPANY.write().unwrap_or_else(PoisonError::into_inner)
}

/// The program, which worker processes are started from. It is built before these tests, but not by
/// them: it is another package's.
pub fn program() -> PathBuf {
    let test = std::env::current_exe().expect("the path of this test");
    let name = format!("threadlab{}", std::env::consts::EXE_SUFFIX);
    let program = test.parent().and_then(|deps| deps.parent());
    let program = program
        .expect("tests lie in target/PROFILE/deps")
        .join(name);
    assert!(
        program.exists(),
        "{} does not exist. Build it first: cargo build --workspace",
        program.display()
    );
    program
}

/// A window's size, and how much larger than normal all is drawn.
pub struct Size {
    /// Pixels of the window.
    pub pixels: [f32; 2],
    pub zoom: f32,
}

/// The sizes in which nothing may be cut off: as the window opens first, and on a projector.
pub const SIZES: [Size; 5] = [
    size([1280.0, 800.0], 1.0),
    size([1280.0, 720.0], 1.0),
    size([1280.0, 720.0], 1.5),
    size([1280.0, 720.0], 2.0),
    size([1024.0, 768.0], 2.0),
];

const fn size(pixels: [f32; 2], zoom: f32) -> Size {
    Size { pixels, zoom }
}

impl Size {
    /// At a zoom of 1.5 fewer points fit into as many pixels.
    pub fn points(&self) -> Vec2 {
        Vec2::from(self.pixels) / self.zoom
    }
}

impl Display for Size {
    fn fmt(&self, text: &mut Formatter<'_>) -> fmt::Result {
        let [width, height] = self.pixels;
        write!(text, "{width}×{height} at {}", self.zoom)
    }
}

/// The options and the size of a window, for a test to open it.
pub struct Opening {
    /// The options as the command line would give them.
    pub options: Options,
    /// Pixels of the window.
    pub pixels: [f32; 2],
}

/// The window at 1280×800 in English, showing `demo`.
pub fn showing(demo: &str) -> Opening {
    Opening {
        options: Options {
            demo: Some(demo.to_owned()),
            language: Some(Language::English),
            ..Options::default()
        },
        pixels: [1280.0, 800.0],
    }
}

impl Opening {
    pub fn variant(mut self, variant: &str) -> Self {
        self.options.variant = Some(variant.to_owned());
        self
    }

    pub fn set(mut self, name: &str, value: impl ToString) -> Self {
        self.options.set.push((name.to_owned(), value.to_string()));
        self
    }

    pub fn language(mut self, language: Language) -> Self {
        self.options.language = Some(language);
        self
    }

    pub fn theme(mut self, theme: Theme) -> Self {
        self.options.theme = Some(theme);
        self
    }

    /// `pixels` are the screen's; at a zoom of 1.5 fewer points fit into them.
    pub fn sized(mut self, pixels: [f32; 2], zoom: f32) -> Self {
        self.pixels = pixels;
        self.options.zoom = Some(zoom);
        self
    }

    /// Opens it, and draws until it is at rest.
    pub fn open(self) -> Window {
        let company = COMPANY.read().unwrap_or_else(PoisonError::into_inner);
        self.open_in(Some(company))
    }

    /// Opens it in a test that is [`alone`], and draws until it is at rest.
    pub fn open_alone(self) -> Window {
        self.open_in(None)
    }

    fn open_in(self, company: Option<RwLockReadGuard<'static, ()>>) -> Window {
        let zoom = self.options.zoom.unwrap_or(1.0);
        let theme = match self.options.theme {
            Some(Theme::Dark) => egui::Theme::Dark,
            _ => egui::Theme::Light,
        };
        let (ask, asked) = channel();
        let options = self.options;
        let harness = Harness::builder()
            .with_size(self.pixels.map(|pixels| pixels / zoom))
            .with_theme(theme)
            .with_step_dt(1.0 / 60.0)
            .with_context_setup(move |ctx| {
                ctx.set_request_repaint_callback(move |info| {
                    // A test that is over listens no more.
                    ask.send(Instant::now() + info.delay).ok();
                });
            })
            .build_eframe(|creation| App::new(&creation.egui_ctx, None, options, program()));
        Window::new(harness, asked, company)
    }
}
