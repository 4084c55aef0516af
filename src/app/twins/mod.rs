//! Side by side: two small windows in two processes of their own, watched from here.

mod buttons;
mod clicks;
mod place;
mod window;

use std::ffi::OsString;
use std::path::Path;
use std::time::{Duration, Instant};

use egui::{Context, ViewportCommand};

use crate::app::session::playhead::{Playback, Recording};
use crate::demos::responsive_ui::twins::outside::{Heard, Twin};
use crate::demos::responsive_ui::twins::wire::Button;
use crate::demos::responsive_ui::twins::{Side, Watch, moments, result};
use crate::lab::demo::param::Params;
use crate::lab::demo::value::Value;
use crate::lab::demo::{DemoId, Sentence};
use crate::lab::run::error::RunError;
use crate::text::Language;
use crate::widgets::playhead::Seek;
use crate::widgets::stage::Snapshot;

pub use window::{TwinOptions, open};

/// The twins of this window, and what they told last.
#[derive(Default)]
pub(super) struct Twins {
    pair: Option<[Option<Twin>; 2]>,
    watch: Option<Watch>,
    refused: Option<RunError>,
    /// The hand of what they told; at its end if nobody has moved it.
    playback: Option<Playback>,
    /// They have just come, and with them the focus.
    have_focus: bool,
}

impl Twins {
    /// Whether there are any now.
    pub(super) fn are_open(&self) -> bool {
        self.pair.is_some()
    }

    /// Whether one of them does its task.
    pub(super) fn are_busy(&self) -> bool {
        self.are_open() && self.watch.as_ref().is_some_and(Watch::is_busy)
    }

    /// What they told last, at the moment of the clock; what is over stays as it ended. It is about the
    /// demo `id`, if about any.
    pub(super) fn shown(&self, id: DemoId, clock: Instant) -> Option<Snapshot<'_>> {
        let watch = self.watch.as_ref().filter(|watch| watch.info.demo == id)?;
        let recording = recording(watch, clock);
        let at_end = Playback::at_end();
        let playback = self.playback.as_ref().unwrap_or(&at_end);
        Some(Snapshot {
            info: &watch.info,
            log: recording.log,
            now: playback.moment(clock, recording.end),
            slowed: playback.factor(clock, recording.end),
            held: playback.is_held(),
            window: playback.window(clock, &recording),
            incident: None,
            record: None,
            earlier: &[],
        })
    }

    /// Does what is asked of the hand of what they told, if that is what is shown of `demo`.
    pub(super) fn turn(&mut self, demo: DemoId, turn: Seek, clock: Instant) -> bool {
        let Some(watch) = self.watch.as_ref().filter(|watch| watch.info.demo == demo) else {
            return false;
        };
        let playback = self.playback.get_or_insert_with(Playback::at_end);
        playback.turn(turn, clock, &recording(watch, clock));
        true
    }

    /// Whether they need one picture after the other: their hands go round, or what they told is played.
    pub(super) fn move_on(&self, clock: Instant) -> bool {
        let plays = |watch: &Watch| {
            let end = watch.now(clock);
            let playback = self.playback.as_ref();
            playback.is_some_and(|playback| playback.moves(clock, end))
        };
        self.are_open() || self.watch.as_ref().is_some_and(plays)
    }

    /// How much of their download is left.
    pub(super) fn left(&self, clock: Instant) -> Option<Duration> {
        let watch = self.watch.as_ref().filter(|_| self.are_busy())?;
        let length = Duration::from_secs_f64(watch.info.params.seconds("seconds"));
        Some(length.saturating_sub(watch.now(clock)))
    }

    /// What happened to them, in words.
    pub(super) fn result(&self, id: DemoId, clock: Instant, language: Language) -> Option<String> {
        if let Some(error) = &self.refused {
            let error = Value::Word(language.run_error(error));
            return Some(language.with("app-result-failed", &[("error", error)]));
        }
        let watch = self.watch.as_ref().filter(|watch| watch.info.demo == id)?;
        if self.are_busy() {
            return Some(language.text("app-result-running").into_owned());
        }
        let said = result(&moments(watch.log(), watch.now(clock)));
        if said.is_empty() {
            let opening = Sentence::new("responsive_ui-twin-stage-opening");
            return Some(language.say(&opening));
        }
        Some(language.say_all(&said))
    }

    /// Starts both. `args` are those of each.
    pub(super) fn open(&mut self, program: &Path, args: [Vec<OsString>; 2], params: Params) {
        self.close();
        self.forget();
        let mut twins = Vec::new();
        for (side, args) in Side::BOTH.into_iter().zip(args) {
            match Twin::start(program, &args, &format!("read-twin-{}", side.name())) {
                Ok(twin) => twins.push(twin),
                Err(error) => {
                    self.refused = Some(error);
                    return;
                }
            }
        }
        let Ok(pair) = <[Twin; 2]>::try_from(twins) else {
            return;
        };
        let pids = [pair[0].pid(), pair[1].pid()];
        self.watch = Some(Watch::begin(Instant::now(), pids, params));
        self.pair = Some(pair.map(Some));
        self.have_focus = true;
    }

    /// Ends both; what they told stays to be seen.
    pub(super) fn close(&mut self) {
        if self.pair.take().is_some()
            && let Some(watch) = &mut self.watch
        {
            watch.stop(Instant::now());
        }
    }

    /// What they told is to be seen no more, if they are closed.
    pub(super) fn forget(&mut self) {
        if self.pair.is_none() {
            (self.watch, self.refused, self.playback) = (None, None, None);
        }
    }

    /// One click on the same button of both, at the same time.
    pub(super) fn click_both(&mut self, button: Button) {
        let (Some(pair), Some(watch)) = (&mut self.pair, &mut self.watch) else {
            return;
        };
        self.playback = None;
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

    /// Both begin their downloads, which take as long as `params` say.
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

    /// Takes in what they have told since the last frame.
    pub(super) fn advance(&mut self, ctx: &Context, now: Instant) {
        let (Some(pair), Some(watch)) = (&mut self.pair, &mut self.watch) else {
            return;
        };
        for (side, twin) in Side::BOTH.into_iter().zip(pair.iter_mut()) {
            let heard: Vec<Heard> = twin.iter().flat_map(Twin::drain).collect();
            for heard in heard {
                if matches!(heard, Heard::Gone(..)) {
                    *twin = None;
                }
                watch.take(side, heard);
            }
        }
        watch.forget_rest(now);
        if pair.iter().all(Option::is_none) {
            self.pair = None;
        }
        // Keys go to this window again, and one hand is enough; the twins stay above it.
        let came = Side::BOTH.into_iter().all(|side| watch.is_open(side));
        if came && std::mem::take(&mut self.have_focus) {
            ctx.send_viewport_cmd(ViewportCommand::Focus);
        }
    }
}

/// What twins have told, as its hand sees it.
fn recording(watch: &Watch, clock: Instant) -> Recording<'_> {
    Recording {
        log: watch.log(),
        end: watch.now(clock),
        live: watch.log().finished().is_none(),
    }
}
