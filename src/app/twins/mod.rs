//! The twins, side by side: two small windows in two processes of their own, started and watched from here.

mod buttons;
mod clicks;
mod place;
mod window;

use std::ffi::OsString;
use std::path::Path;
use std::time::{Duration, Instant};

use egui::{Context, Theme, ViewportCommand};

use super::session::playhead::{Playhead, Recording};
use crate::demos::responsive_ui::twins::protocol::Button;
use crate::demos::responsive_ui::twins::twin_process::{Message, TwinProcess};
use crate::demos::responsive_ui::twins::{Side, Watcher, moments, result};
use crate::lab::demo::param::Params;
use crate::lab::demo::value::Value;
use crate::lab::demo::{Demo, DemoId, Sentence};
use crate::lab::run::error::RunError;
use crate::text::Language;
use crate::widgets::playhead::Seek;
use crate::widgets::stage::Snapshot;
use place::Place;

pub use window::{TwinOptions, open};

/// The twins of this window, and their latest reports.
#[derive(Default)]
pub(super) struct Twins {
    pair: Option<[Option<TwinProcess>; 2]>,
    watch: Option<Watcher>,
    refused: Option<RunError>,
    /// The playhead of their picture.
    playhead: Playhead,
    /// Whether they have just come, and the focus with them.
    have_focus: bool,
}

impl Twins {
    /// Whether there are twins now.
    pub(super) fn are_open(&self) -> bool {
        self.pair.is_some()
    }

    /// Whether one of the twins does its task.
    pub(super) fn are_busy(&self) -> bool {
        self.are_open() && self.watch.as_ref().is_some_and(Watcher::is_busy)
    }

    /// The twins' run, if it is about this demo. A run that is over stays as it ended.
    pub(super) fn snapshot(&self, demo: DemoId, now: Instant) -> Option<Snapshot<'_>> {
        let watch = self
            .watch
            .as_ref()
            .filter(|watch| watch.info.demo == demo)?;
        Some(
            self.playhead
                .snapshot(now, &watch.info, &recording(watch, now)),
        )
    }

    /// Moves the playhead of the twins' run. Returns whether that run is the one shown of `demo`.
    pub(super) fn seek(&mut self, demo: DemoId, seek: Seek, now: Instant) -> bool {
        let Some(watch) = self.watch.as_ref().filter(|watch| watch.info.demo == demo) else {
            return false;
        };
        self.playhead.seek(seek, now, &recording(watch, now));
        true
    }

    /// Whether the twins' picture needs one frame after another: their hands go round, or their run is replayed.
    pub(super) fn move_on(&self, now: Instant) -> bool {
        let plays = |watch: &Watcher| self.playhead.moves(now, watch.now(now));
        self.are_open() || self.watch.as_ref().is_some_and(plays)
    }

    /// The rest of the time that their download takes.
    pub(super) fn left(&self, now: Instant) -> Option<Duration> {
        let watch = self.watch.as_ref().filter(|_| self.are_busy())?;
        let length = Duration::from_secs_f64(watch.info.params.seconds("seconds"));
        Some(length.saturating_sub(watch.now(now)))
    }

    /// The result of the twins' run, in words.
    pub(super) fn result(&self, id: DemoId, now: Instant, language: Language) -> Option<String> {
        if let Some(error) = &self.refused {
            let error = Value::Word(language.run_error(error));
            return Some(language.with("app-result-failed", &[("error", error)]));
        }
        let watch = self.watch.as_ref().filter(|watch| watch.info.demo == id)?;
        if self.are_busy() {
            return Some(language.text("app-result-running").into_owned());
        }
        let said = result(&moments(watch.log(), watch.now(now)));
        if said.is_empty() {
            let opening = Sentence::new("responsive_ui-twin-stage-opening");
            return Some(language.say(&opening));
        }
        Some(language.say_all(&said))
    }

    /// Starts both twins, if there is room for them.
    pub(super) fn open(
        &mut self,
        program: &Path,
        ctx: &Context,
        demo: &dyn Demo,
        language: Language,
    ) {
        self.close();
        self.forget();
        let mut twins = Vec::new();
        for (side, place) in Side::BOTH.into_iter().zip(place::beside(ctx)) {
            let args = arguments(side, demo, language, ctx.theme(), place);
            match TwinProcess::start(program, &args, &format!("read-twin-{}", side.name())) {
                Ok(twin) => twins.push(twin),
                Err(error) => {
                    self.refused = Some(error);
                    return;
                }
            }
        }
        let Ok(pair) = <[TwinProcess; 2]>::try_from(twins) else {
            return;
        };
        let pids = [pair[0].pid(), pair[1].pid()];
        self.watch = Some(Watcher::begin(Instant::now(), pids, demo.params()));
        self.pair = Some(pair.map(Some));
        self.have_focus = true;
    }

    /// Ends both twins; their run stays to be seen.
    pub(super) fn close(&mut self) {
        if self.pair.take().is_some()
            && let Some(watch) = &mut self.watch
        {
            watch.stop(Instant::now());
        }
    }

    /// Forgets the twins' run, if they are closed.
    pub(super) fn forget(&mut self) {
        if self.pair.is_none() {
            (self.watch, self.refused) = (None, None);
            self.playhead = Playhead::default();
        }
    }

    /// Requests one click on the same button of both twins, at the same time.
    pub(super) fn click_both(&mut self, button: Button) {
        let (Some(pair), Some(watch)) = (&mut self.pair, &mut self.watch) else {
            return;
        };
        self.playhead = Playhead::default();
        for (side, twin) in Side::BOTH.into_iter().zip(pair) {
            if let Some(twin) = twin {
                let at = Instant::now();
                let number = twin.click(button);
                if button == Button::About {
                    watch.sent(side, number, at);
                }
            }
        }
    }

    /// Begins the downloads of both twins, which take as long as `params` say.
    pub(super) fn download(&mut self, params: Params) {
        if self.are_busy() {
            return;
        }
        let (Some(pair), Some(watch)) = (&self.pair, &mut self.watch) else {
            return;
        };
        for twin in pair.iter().flatten() {
            twin.set_seconds(params.seconds("seconds"));
        }
        watch.download(Instant::now(), params);
        self.click_both(Button::Download);
    }

    /// Takes in the twins' reports since the last frame.
    pub(super) fn advance(&mut self, ctx: &Context, now: Instant) {
        let (Some(pair), Some(watch)) = (&mut self.pair, &mut self.watch) else {
            return;
        };
        for (side, twin) in Side::BOTH.into_iter().zip(pair.iter_mut()) {
            let messages: Vec<Message> = twin.iter().flat_map(TwinProcess::drain).collect();
            for message in messages {
                if matches!(message, Message::Gone(..)) {
                    *twin = None;
                }
                watch.take(side, message);
            }
        }
        watch.forget_rest(now);
        if pair.iter().all(Option::is_none) {
            self.pair = None;
        }
        // The keys go back to this window, so that one hand is enough; the twins stay above it.
        let came = Side::BOTH.into_iter().all(|side| watch.is_open(side));
        if came && std::mem::take(&mut self.have_focus) {
            ctx.send_viewport_cmd(ViewportCommand::Focus);
        }
    }
}

/// The recording of the twins' run, as the playhead sees it.
fn recording(watch: &Watcher, now: Instant) -> Recording<'_> {
    Recording {
        log: watch.log(),
        end: watch.now(now),
        live: watch.log().finished().is_none(),
    }
}

/// The command line of a twin, as `cli/twin.rs` reads it.
fn arguments(
    side: Side,
    demo: &dyn Demo,
    language: Language,
    theme: Theme,
    place: Place,
) -> Vec<OsString> {
    let mut args = vec!["twin".to_owned(), side.name().to_owned()];
    let mut option = |name: &str, value: String| args.extend([format!("--{name}"), value]);
    option("seconds", demo.params().seconds("seconds").to_string());
    option("lang", language.tag().to_owned());
    let theme = match theme {
        Theme::Dark => "dark",
        Theme::Light => "light",
    };
    option("theme", theme.to_owned());
    option("size", format!("{},{}", place.size.x, place.size.y));
    if let Some(at) = place.position {
        option("at", format!("{},{}", at.x, at.y));
    }
    args.into_iter().map(OsString::from).collect()
}
