//! How often frames are drawn. A picture costs CPU time, on a machine without a graphics card a lot of it, and
//! the CPU may be the very thing that is shown.
//!
//! Input is drawn at once. Runs that sleep are drawn every 16, 33 or 100 ms, by what a frame costs here; while cores are
//! timed the next frame comes no sooner than 20 times the CPU time of the last one. At rest nothing is drawn.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;
use egui::Context;

use super::opening::fit_to_screen;
use crate::lab::demo::RedrawPolicy;
use crate::widgets::heartbeat_ui::Heartbeat;

/// A gate for the threads that wake the window, shared with them: the earliest moment of the next frame that they may
/// ask for, and when the first of them asked.
#[derive(Clone)]
pub struct Gate {
    epoch: Instant,
    opens: Arc<AtomicU64>,
    asked: Arc<AtomicU64>,
}

impl Gate {
    fn new(epoch: Instant) -> Self {
        Self {
            epoch,
            opens: Arc::default(),
            asked: Arc::default(),
        }
    }

    /// Asks for a frame, from a thread that has something to show. Returns how long to wait before that frame.
    pub fn ask(&self) -> Duration {
        let now = self.nanos(Instant::now());
        // Only the first request counts: the frame for the others is already on its way.
        self.asked
            .compare_exchange(0, now.max(1), Ordering::Relaxed, Ordering::Relaxed)
            .ok();
        Duration::from_nanos(self.opens.load(Ordering::Relaxed).saturating_sub(now))
    }

    fn open_at(&self, at: Instant) {
        self.opens.store(self.nanos(at), Ordering::Relaxed);
    }

    fn nanos(&self, at: Instant) -> u64 {
        u64::try_from(at.saturating_duration_since(self.epoch).as_nanos()).unwrap_or(u64::MAX)
    }
}

/// The pace of frames, derived from the measured cost of one.
pub struct Pacing {
    /// The gate for the threads that wake the window.
    pub gate: Gate,
    cost: Duration,
    interval: Duration,
    frame_began: Instant,
    cpu_began: Option<ProcessTime>,
    delay: Option<Duration>,
    asked_to_drawn: Duration,
}

impl Default for Pacing {
    fn default() -> Self {
        let now = Instant::now();
        Self {
            gate: Gate::new(now),
            cost: Duration::from_millis(4),
            interval: Duration::from_millis(16),
            frame_began: now,
            cpu_began: None,
            delay: None,
            asked_to_drawn: Duration::ZERO,
        }
    }
}

impl Pacing {
    /// Notes that a frame begins. `alone`: nothing else in this process computes, so all CPU time since the last frame
    /// began was spent on that frame, painting included.
    pub fn frame_began(&mut self, now: Instant, alone: bool) {
        let cpu = ProcessTime::try_now().ok();
        if let (true, Some(before)) = (alone, self.cpu_began)
            && let Ok(spent) = before.try_elapsed()
        {
            // The cost is a moving average: one expensive frame (new glyphs, a new texture) is not the rule.
            self.cost = (self.cost * 3 + spent) / 4;
        }
        (self.cpu_began, self.frame_began) = (cpu, now);
        // An event that is reported while this frame is drawn waits as others do, or each slow frame would be followed
        // by another at once.
        self.gate.open_at(now + self.interval);
        let asked = self.gate.asked.swap(0, Ordering::Relaxed);
        let since_asked = self.gate.nanos(now).saturating_sub(asked);
        self.delay = (asked > 0).then(|| Duration::from_nanos(since_asked));
    }

    /// Notes that the frame is drawn. Returns how soon a run of this pace may ask for the next.
    pub fn frame_ended(&mut self, now: Instant, pace: RedrawPolicy) -> Duration {
        let interval = interval(self.cost, pace);
        self.interval = interval;
        self.gate.open_at(now + interval);
        self.asked_to_drawn =
            now.saturating_duration_since(self.frame_began) + self.delay.unwrap_or_default();
        interval
    }

    /// How long the latest frame took until it was drawn: from a thread's asking for it, or else from its beginning.
    pub fn asked_to_drawn(&self) -> Duration {
        self.asked_to_drawn
    }
}

/// Time between the frames that a run asks for, if one of them costs `cost` of CPU time.
fn interval(cost: Duration, pace: RedrawPolicy) -> Duration {
    let millis = Duration::from_millis;
    match pace {
        // However expensive a picture is, one a second shows that the run goes on.
        RedrawPolicy::Quiet => (cost * 20).clamp(millis(16), millis(1000)),
        RedrawPolicy::Smooth if cost < millis(4) => millis(16),
        RedrawPolicy::Smooth if cost < millis(15) => millis(33),
        RedrawPolicy::Smooth => millis(100),
    }
}

/// This window's frames: their cost, their number, and whether they are seen.
pub struct Frames {
    pacing: Pacing,
    heartbeat: Heartbeat,
    /// The heartbeat of a moment that is held, in the place of the present one.
    held: Option<Heartbeat>,
    count: u32,
    fits_screen: bool,
    /// Whether the latest [`eframe::App::logic`] was followed by a picture.
    drawn: bool,
}

impl Default for Frames {
    fn default() -> Self {
        Self {
            pacing: Pacing::default(),
            heartbeat: Heartbeat::starting(Instant::now()),
            held: None,
            count: 0,
            fits_screen: false,
            drawn: true,
        }
    }
}

impl Frames {
    /// The gate for the threads that wake the window.
    pub fn gate(&self) -> Gate {
        self.pacing.gate.clone()
    }

    /// The frames of this window, for the demo that shows them.
    pub fn heartbeat(&self) -> &Heartbeat {
        self.held.as_ref().unwrap_or(&self.heartbeat)
    }

    /// Shows the heartbeat of the moment `at` after the window was opened, until it is let go.
    pub fn hold_heartbeat(&mut self, at: Duration) {
        let mut held = Heartbeat::starting(self.heartbeat.opened);
        held.frame_begins(held.opened + at);
        held.last_gap = Duration::from_millis(16);
        self.held = Some(held);
    }

    /// Shows the present heartbeat from now on.
    pub fn let_heartbeat_go(&mut self) {
        self.held = None;
    }

    /// When the latest frame that was drawn began.
    pub fn latest_began(&self) -> Instant {
        self.heartbeat.frame_began
    }

    /// How long the latest frame took.
    pub fn latest_took(&self) -> Duration {
        self.pacing.asked_to_drawn()
    }

    /// Notes that a frame begins. `alone`: see [`Pacing::frame_began`].
    pub fn begin(&mut self, ctx: &Context, now: Instant, alone: bool) {
        self.pacing.frame_began(now, alone);
        // The first frame is drawn before the window is on the screen.
        if !self.fits_screen && self.count > 1 {
            self.fits_screen = fit_to_screen(ctx);
        }
    }

    /// Whether the window is minimised, wholly covered, or not asked for pictures by the desktop, so that no picture
    /// follows. The measures of its pictures pause then.
    pub fn are_hidden(&mut self, ctx: &Context) -> bool {
        let seen = ctx.input(|input| input.raw.viewport().visible());
        let hidden = !std::mem::take(&mut self.drawn) || seen == Some(false);
        if hidden {
            self.heartbeat.pause();
        }
        hidden
    }

    /// Notes that drawing begins.
    pub fn draw(&mut self, now: Instant) {
        self.drawn = true;
        self.heartbeat.frame_begins(now);
    }

    /// Notes that the frame is drawn. Returns how soon a run of this pace may ask for the next.
    pub fn end(&mut self, now: Instant, pace: RedrawPolicy) -> Duration {
        self.count = self.count.saturating_add(1);
        self.pacing.frame_ended(now, pace)
    }

    /// Whether the window has just been opened, and frames are needed to fit it to the screen.
    pub fn are_opening(&self) -> bool {
        !self.fits_screen && self.count < 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dear_frames_are_rare() {
        let interval = |cost, pace| interval(Duration::from_millis(cost), pace).as_millis();
        assert_eq!(interval(1, RedrawPolicy::Smooth), 16);
        assert_eq!(interval(10, RedrawPolicy::Smooth), 33);
        assert_eq!(interval(75, RedrawPolicy::Smooth), 100);
        assert_eq!(interval(10, RedrawPolicy::Quiet), 200);
        assert_eq!(interval(75, RedrawPolicy::Quiet), 1000);
    }

    #[test]
    fn the_gate_keeps_early_askers_waiting() {
        let mut pacing = Pacing::default();
        pacing.frame_ended(Instant::now(), RedrawPolicy::Quiet);
        let wait = pacing.gate.ask();
        assert!(
            wait > Duration::from_millis(60) && wait <= Duration::from_millis(80),
            "{wait:?}"
        );
        pacing.frame_began(Instant::now(), false);
        assert!(pacing.delay.is_some());
        // Asking while a frame is drawn does not bring another at once either.
        let wait = pacing.gate.ask();
        assert!(wait > Duration::from_millis(60), "{wait:?}");
    }
}
