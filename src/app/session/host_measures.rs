//! The measures that this window takes of a run: its frames, presses that waited, clicks on About.

use std::time::Instant;

use super::Session;
use crate::lab::demo::RunsOn;
use crate::lab::trace::record::AboutClick;

/// The most frames after a freeze in which waiting presses are looked for, even if the pressing goes on.
const FRAMES_TO_THAW: u32 = 12;

/// The most frames of this window that are kept for one run's timeline: a minute at 60 a second.
const FRAMES_KEPT: usize = 4_000;

/// The most clicks that are kept for one run's pictures.
const CLICKS_KEPT: usize = 1_000;

impl Session {
    /// Notes that a frame of this window was drawn, with which `presses` of the pointer came. `wait`: earlier presses
    /// are still to be handled.
    pub fn painted(&mut self, at: Instant, presses: u64, wait: bool) {
        if self.is_freezing() {
            self.before_freeze += presses;
        }
        let Some(running) = &mut self.running else {
            return;
        };
        let presses = presses + std::mem::take(&mut self.before_freeze);
        if running.variant.runs_on == RunsOn::UiThread && running.outcome.is_some() {
            // Presses that came right before the freeze have waited for all of it.
            running.clicks_waiting += presses;
            // The presses may come in several portions: a frame that brings none shows that the last has come.
            if presses > 0 {
                running.frames_to_close = (running.frames_since_outcome + 3).min(FRAMES_TO_THAW);
            }
            if wait {
                running.frames_to_close = running
                    .frames_to_close
                    .max(running.frames_since_outcome + 2);
            }
        }
        if let Some(clicked) = running.about_clicked.take() {
            running.about = Some(AboutClick::Answered {
                clicked: running.on_stopwatch(clicked),
                opened: running.on_stopwatch(at),
            });
        }
        // A click after the end of a run that left the window alone is not about that run.
        if running.variant.runs_on == RunsOn::UiThread || running.outcome.is_none() {
            let room = CLICKS_KEPT - running.clicks.len();
            let moment = running.on_stopwatch(at);
            let clicks = std::iter::repeat_n(moment, room.min(presses as usize));
            running.clicks.extend(clicks);
        }
        running.meter.painted(at);
        if running.frames.len() < FRAMES_KEPT {
            running.frames.push(running.on_stopwatch(at));
        }
        running.frames_since_outcome += u32::from(running.outcome.is_some());
    }

    /// Keeps the record of a frozen run open for one more picture: presses have come with the input of this frame.
    pub fn await_presses(&mut self) {
        if let Some(running) = &mut self.running
            && running.variant.runs_on == RunsOn::UiThread
            && running.is_over()
        {
            let one_more = (running.frames_since_outcome + 1).min(FRAMES_TO_THAW);
            running.frames_to_close = running.frames_to_close.max(one_more);
        }
    }

    /// Notes that About was opened for a click that came with the frame which began at `clicked`. The first such click
    /// of a run is kept, while the run goes on.
    pub fn about_opened(&mut self, clicked: Instant) {
        let Some(running) = &mut self.running else {
            return;
        };
        if running.about.is_some() {
            return;
        }
        match running.variant.runs_on {
            // A dialog that opened during such a run was clicked before the run's end: the window showed nothing else.
            RunsOn::UiThread => {
                let opened = running.on_stopwatch(Instant::now());
                running.about = Some(AboutClick::AfterFreeze { opened });
            }
            RunsOn::OwnThread if running.outcome.is_none() => running.about_clicked = Some(clicked),
            RunsOn::OwnThread => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use crossbeam_channel::{Receiver, unbounded};

    use super::*;
    use crate::app::session::Running;
    use crate::demos;
    use crate::lab::demo::{Demo, set_param};
    use crate::lab::run::Lab;

    /// No runs yet, and the channel that its runs wake.
    fn session() -> (Session, Receiver<()>) {
        let (wake, woken) = unbounded();
        let session = Session::new(Lab {
            program: Default::default(),
            failpoint: None,
            attended: true,
            wake: Arc::new(move |_| wake.send(()).unwrap_or_default()),
        });
        (session, woken)
    }

    /// The download, 0.2 s long.
    fn download() -> Box<dyn Demo> {
        let mut demo = (demos::find("responsive_ui").unwrap().demo)();
        set_param(demo.as_mut(), "seconds", "0.2").unwrap();
        demo
    }

    /// The click on About in the record of a run of `variant`: `during` happens while the run goes on, `after` at its
    /// end.
    fn about(
        variant: &'static str,
        during: impl FnOnce(&mut Session),
        after: impl FnOnce(&mut Session),
    ) -> Option<AboutClick> {
        let (mut session, woken) = session();
        session.start(download().as_ref(), [variant]);
        during(&mut session);
        while !session.running().is_some_and(Running::is_over) {
            session.painted(Instant::now(), 0, false);
            assert!(session.advance(Instant::now(), false, false).is_none());
            woken.recv_timeout(Duration::from_secs(10)).ok();
        }
        after(&mut session);
        while session.advance(Instant::now(), false, false).is_none() {
            session.painted(Instant::now(), 0, false);
        }
        let finished = session.latest_of("responsive_ui", variant);
        finished.unwrap().record.host.about
    }

    /// The moments of the clicks of a run of `variant`, one while it goes on and two at its end, and the run's end.
    fn clicks(variant: &'static str) -> (Vec<Duration>, Duration) {
        let (mut session, woken) = session();
        session.start(download().as_ref(), [variant]);
        let mut presses = 1;
        while !session.running().is_some_and(Running::is_over) {
            session.painted(Instant::now(), std::mem::take(&mut presses), false);
            assert!(session.advance(Instant::now(), false, false).is_none());
            woken.recv_timeout(Duration::from_secs(10)).ok();
        }
        session.painted(Instant::now(), 2, false);
        while session.advance(Instant::now(), false, false).is_none() {
            session.painted(Instant::now(), 0, false);
        }
        let finished = session.latest_of("responsive_ui", variant).unwrap();
        (finished.clicks.clone(), finished.log.end())
    }

    #[test]
    fn a_finished_run_keeps_its_clicks_and_which_of_them_waited() {
        let (answered, end) = clicks("worker_thread");
        assert!(
            matches!(answered[..], [at] if at < end),
            "{answered:?} until {end:?}"
        );
        let (waited, end) = clicks("ui_thread");
        assert!(waited.len() >= 2, "{waited:?}");
        assert!(
            waited.iter().all(|at| *at >= end),
            "{waited:?} after {end:?}"
        );
    }

    #[test]
    fn runs_follow_each_other_while_nobody_sees_the_window() {
        let (mut session, woken) = session();
        let demo = download();
        session.start(demo.as_ref(), ["worker_thread"; 3]);
        session.painted(Instant::now(), 0, false);
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            session.advance(Instant::now(), false, true);
            if session.running().is_none() {
                break;
            }
            woken.recv_deadline(deadline).unwrap();
        }
        let records = session.comparable(demo.id(), &demo.params());
        assert_eq!(records.len(), 3);
        for record in records {
            let gap = record.host.longest_frame_gap;
            assert!(
                gap < Duration::from_millis(200),
                "{gap:?} without a picture"
            );
        }
    }

    fn click(session: &mut Session) {
        session.about_opened(Instant::now());
    }

    #[test]
    fn a_record_keeps_what_a_click_on_about_came_to() {
        let length = Duration::from_millis(200);
        let answered = about("worker_thread", click, click);
        let Some(AboutClick::Answered { clicked, opened }) = answered else {
            panic!("{answered:?}");
        };
        assert!(clicked <= opened && clicked < length, "{answered:?}");
        let frozen = about("ui_thread", |_| {}, click);
        assert!(
            matches!(frozen, Some(AboutClick::AfterFreeze { opened }) if opened >= length),
            "{frozen:?}"
        );
        for variant in ["worker_thread", "ui_thread"] {
            assert_eq!(about(variant, |_| {}, |_| {}), None);
        }
        // A click after the end of the task is not about the task.
        assert_eq!(about("worker_thread", |_| {}, click), None);
    }
}
