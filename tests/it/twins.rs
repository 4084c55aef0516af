//! Two windows watched from outside: their messages become a run's log, and every end of theirs is a result.

use std::time::{Duration, Instant};

use threadlab::demos::responsive_ui::twins::protocol::{Button, Sign};
use threadlab::demos::responsive_ui::twins::twin_process::{End, Message};
use threadlab::demos::responsive_ui::twins::{Gone, Side, Twin, Watcher, moments, result};
use threadlab::lab::demo::param::Params;
use threadlab::lab::run::Outcome;
use threadlab::text::Language;

use crate::headless::demo;

fn params(seconds: &str) -> Params {
    demo("responsive_ui", &[("seconds", seconds)]).params()
}

/// Twins that are open, and a download of 10 s that begins at second 1 of their lives.
struct Story {
    watch: Watcher,
    opened: Instant,
    origin: Instant,
}

impl Story {
    fn begin() -> Self {
        let opened = Instant::now();
        let mut watch = Watcher::begin(opened, [7, 8], params("10"));
        let error = Duration::from_micros(50);
        for side in Side::BOTH {
            let placed = Message::ClockPlaced {
                started: opened,
                error,
            };
            watch.take(side, placed);
        }
        let origin = opened + Duration::from_secs(1);
        let mut story = Self {
            watch,
            opened,
            origin,
        };
        story.watch.download(origin, params("10"));
        story
    }

    fn at(&self, millis: u64) -> Instant {
        self.origin + Duration::from_millis(millis)
    }

    fn sign(&mut self, side: Side, millis: u64, sign: Sign) {
        self.watch.take(side, Message::Sign(self.at(millis), sign));
    }

    fn click(&mut self, side: Side, number: u64, millis: u64) {
        self.watch.sent(side, number, self.at(millis));
        let button = Button::About;
        self.sign(side, millis + 1, Sign::Queued { number, button });
    }

    fn answer(&mut self, side: Side, number: u64, millis: u64) {
        let answered = Sign::Answered {
            number: Some(number),
            clicks: 1,
        };
        self.sign(side, millis, answered);
    }

    fn gone(&mut self, side: Side, millis: u64, end: End) {
        self.watch.take(side, Message::Gone(self.at(millis), end));
    }

    /// A draws until 100 ms, then does its task; B draws every 50 ms. Each gets a click at second 3.
    fn until_second(&mut self, second: u64) {
        self.sign(Side::A, 100, Sign::Picture);
        self.sign(Side::A, 101, Sign::Began);
        self.sign(Side::B, 101, Sign::Began);
        for millis in (50..1000 * second).step_by(50) {
            self.sign(Side::B, millis, Sign::Picture);
            if millis == 3000 {
                self.click(Side::A, 1, millis);
                self.click(Side::B, 1, millis);
                self.answer(Side::B, 1, millis + 21);
            }
        }
    }

    fn both_end(&mut self) {
        self.until_second(10);
        for side in Side::BOTH {
            self.sign(side, 10_101, Sign::Ended);
            self.sign(side, 10_120, Sign::Picture);
        }
        assert!(self.watch.log().finished().is_none(), "a click still waits");
        self.answer(Side::A, 1, 10_130);
    }

    fn twin(&self, side: Side, millis: u64) -> Twin {
        let now = Duration::from_millis(millis);
        moments(self.watch.log(), now)[side.index()].clone()
    }

    fn said(&self) -> String {
        let now = self.watch.now(self.at(1_000_000));
        Language::English.say_all(&result(&moments(self.watch.log(), now)))
    }
}

#[test]
fn one_freezes_with_its_click_while_the_other_answers() {
    let mut story = Story::begin();
    story.until_second(7);
    assert!(story.watch.is_busy());
    let (a, b) = (story.twin(Side::A, 6950), story.twin(Side::B, 6960));
    assert_eq!(a.since_picture, Some(Duration::from_millis(6850)));
    assert_eq!((a.waiting, a.answered, a.slowest), (1, 0, None));
    assert_eq!(b.since_picture, Some(Duration::from_millis(10)));
    assert_eq!((b.waiting, b.answered), (0, 1));
    assert_eq!(b.slowest, Some(Duration::from_millis(21)));
    assert!(a.is_busy && b.is_busy);
    // The second hand stands where the last picture left it, on the twin's own clock.
    let life = story.at(100).duration_since(story.opened).as_secs_f32();
    assert!((a.hand - life).abs() < 0.01, "{}", a.hand);
    // A run that is over can be looked at again: at second 2 there had been no click.
    assert_eq!(story.twin(Side::A, 2000).waiting, 0);
    assert_eq!(story.twin(Side::B, 2000).answered, 0);
}

#[test]
fn the_run_is_over_when_all_that_waited_is_answered() {
    let mut story = Story::begin();
    story.both_end();
    let (at, outcome) = story.watch.log().finished().expect("it is over");
    assert_eq!(*at, Duration::from_millis(10_130));
    assert!(matches!(outcome, Outcome::Done(_)));
    assert_eq!(story.watch.now(story.at(60_000)), *at);
    assert_eq!(
        story.said(),
        "Twin A drew nothing for 10.0 s, and 1 click waited 7.1 s. \
         Twin B’s longest time without a picture was 0.2 s, and it answered 1 click in 21 ms."
    );
}

#[test]
fn after_a_run_the_next_click_begins_a_log_of_its_own() {
    let mut story = Story::begin();
    story.both_end();
    story.sign(Side::A, 11_000, Sign::Picture);
    assert_eq!(story.twin(Side::A, 60_000).answered, 1, "nothing is added");
    story.watch.sent(Side::A, 2, story.at(12_000));
    assert!(story.watch.log().finished().is_none());
    assert_eq!(
        story.twin(Side::A, 0),
        Twin {
            pid: 7,
            ..Twin::default()
        }
    );
    assert!(!story.watch.is_busy());
}

#[test]
fn a_twin_that_is_killed_or_closed_is_a_result_and_the_other_goes_on() {
    for (end, gone, said) in [
        (End::Closed, Gone::Closed, "Twin A was closed after 3.2 s."),
        (
            End::Signal(9),
            Gone::Killed(9),
            "Twin A was ended from outside after 3.2 s (process 7, signal 9, SIGKILL)",
        ),
        (
            End::Signal(11),
            Gone::Crashed(11),
            "Twin A crashed after 3.2 s (process 7, signal 11, SIGSEGV)",
        ),
        (
            End::Failed("exit status: 101".into()),
            Gone::Failed,
            "Twin A could not go on after 3.2 s (process 7)",
        ),
    ] {
        let mut story = Story::begin();
        story.until_second(4);
        story.gone(Side::A, 3200, end);
        let a = story.twin(Side::A, 3950);
        assert_eq!(a.gone, Some((gone, Duration::from_millis(3200))));
        assert!(!a.is_busy, "its task ended with it");
        assert_eq!(a.waiting, 1, "its click is never answered");
        assert!(story.watch.is_busy(), "the other goes on");
        story.sign(Side::B, 10_000, Sign::Ended);
        story.sign(Side::B, 10_010, Sign::Picture);
        assert!(story.watch.log().finished().is_some());
        let all = story.said();
        assert!(
            all.starts_with(said) && all.contains("Twin B’s longest"),
            "{all}"
        );
    }
}

#[test]
fn a_stop_ends_the_run_as_cancelled() {
    let mut story = Story::begin();
    story.until_second(4);
    story.watch.stop(story.at(4000));
    let (_, outcome) = story.watch.log().finished().expect("it is over");
    assert!(matches!(outcome, Outcome::Cancelled(_)));
    assert!(!story.watch.is_busy());
}

#[test]
fn a_twin_that_freezes_by_a_click_of_its_own_has_shown_a_picture() {
    let opened = Instant::now();
    let mut watch = Watcher::begin(opened, [7, 8], params("10"));
    let at = |millis| opened + Duration::from_millis(millis);
    for side in Side::BOTH {
        watch.take(side, Message::Sign(at(4_990), Sign::Picture));
    }
    watch.take(Side::A, Message::Sign(at(5_000), Sign::Began));
    watch.take(Side::B, Message::Sign(at(5_020), Sign::Picture));
    let [frozen, other] = moments(watch.log(), watch.now(at(8_000)));
    assert_eq!(frozen.since_picture, Some(Duration::from_millis(3_010)));
    assert!(frozen.is_busy && !other.is_busy);
}

#[test]
fn a_download_that_somebody_clicks_in_a_twin_itself_begins_a_log_too() {
    let opened = Instant::now();
    let mut watch = Watcher::begin(opened, [7, 8], params("10"));
    let at = opened + Duration::from_secs(5);
    watch.take(Side::B, Message::Sign(at, Sign::Began));
    assert!(watch.is_busy());
    assert_eq!(
        watch.now(at + Duration::from_secs(1)),
        Duration::from_secs(1)
    );
    watch.take(
        Side::B,
        Message::Sign(at + Duration::from_secs(2), Sign::Ended),
    );
    watch.take(
        Side::B,
        Message::Sign(at + Duration::from_secs(3), Sign::Picture),
    );
    assert!(watch.log().finished().is_some());
}

/// A twin that is a shell: what the watching end makes of a real child process.
#[cfg(unix)]
mod child {
    use std::ffi::OsString;
    use std::path::Path;

    use threadlab::demos::responsive_ui::twins::twin_process::TwinProcess;
    #[cfg(target_os = "linux")]
    use threadlab::lab::run::thread_reaper;

    use super::*;
    use crate::headless::LIMIT;

    /// Answers each click 5 ms later; `first` is done before all else.
    fn shell(first: &str) -> TwinProcess {
        let script = format!(
            r#"
            echo '{{"ready":{{"version":2}}}}'
            {first}
            while read -r line; do
                case "$line" in
                    '"clock"') echo '{{"clock":{{"nanos":1000000}}}}' ;;
                    *click*)
                        echo '{{"sign":{{"at":2000000,"sign":{{"queued":{{"number":1,"button":"about"}}}}}}}}'
                        echo '{{"sign":{{"at":7000000,"sign":{{"answered":{{"number":1,"clicks":1}}}}}}}}'
                        ;;
                    *) echo '{{"sign":{{"at":8000000,"sign":"closing"}}}}'; exit 0 ;;
                esac
            done"#
        );
        let args = ["-c", &script].map(OsString::from);
        TwinProcess::start(Path::new("/bin/sh"), &args, "read-twin").expect("a shell")
    }

    fn hear(twin: &TwinProcess, wanted: impl Fn(&Message) -> bool) -> Message {
        loop {
            let heard = twin.wait(LIMIT).expect("something is heard");
            if wanted(&heard) {
                return heard;
            }
            assert!(!matches!(heard, Message::Gone(..)), "{heard:?}");
        }
    }

    fn end(twin: &TwinProcess) -> End {
        match hear(twin, |heard| matches!(heard, Message::Gone(..))) {
            Message::Gone(_, end) => end,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn its_clock_is_placed_and_its_signs_come_on_ours() {
        let before = Instant::now();
        let mut twin = shell("");
        let placed = hear(&twin, |heard| matches!(heard, Message::ClockPlaced { .. }));
        let Message::ClockPlaced { started, error } = placed else {
            panic!("{placed:?}");
        };
        assert!(error < before.elapsed());
        assert_eq!(twin.click(Button::About), 1);
        let queued = hear(&twin, |heard| matches!(heard, Message::Sign(..)));
        let Message::Sign(at, Sign::Queued { number: 1, .. }) = queued else {
            panic!("{queued:?}");
        };
        assert!(at >= started && at <= Instant::now());
        let answered = hear(&twin, |heard| matches!(heard, Message::Sign(..)));
        assert!(matches!(answered, Message::Sign(later, Sign::Answered { .. }) if later >= at));
        twin.set_seconds(2.0);
        assert_eq!(end(&twin), End::Closed);
    }

    #[test]
    fn one_that_talks_while_nobody_hears_it_is_ended() {
        let talking = r#"
            read -r line
            echo '{"clock":{"nanos":1000000}}'
            exec yes '{"sign":{"at":2000000,"sign":"picture"}}'"#;
        let twin = shell(talking);
        let pid = rustix::process::Pid::from_raw(twin.pid() as i32).expect("an id");
        let begun = Instant::now();
        while rustix::process::test_kill_process(pid).is_ok() {
            assert!(begun.elapsed() < LIMIT, "it talks on");
            std::thread::yield_now();
        }
        assert!(matches!(end(&twin), End::Failed(how) if how.contains("more than is heard")));
    }

    #[test]
    fn it_may_be_killed_fail_or_talk_nonsense() {
        assert_eq!(end(&shell("kill -9 $$")), End::Signal(9));
        assert!(matches!(end(&shell("exit 101")), End::Failed(how) if how.contains("101")));
        assert!(matches!(end(&shell("echo hello")), End::Failed(_)));
        let newer = r#"echo '{"ready":{"version":9}}'"#;
        assert!(matches!(end(&shell(newer)), End::Failed(how) if how.contains('9')));
        assert_eq!(end(&shell("exit 0")), End::Closed);
        // This end kills it then, and no desktop does.
        let mute = "exec >&-; exec sleep 1000";
        assert!(matches!(end(&shell(mute)), End::Failed(how) if how.contains("closed its output")));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn dropped_it_is_killed_whatever_it_does() {
        let twin = shell("exec sleep 1000");
        let pid = twin.pid();
        drop(twin);
        let deadline = Instant::now() + LIMIT;
        while Path::new(&format!("/proc/{pid}")).exists() {
            assert!(Instant::now() < deadline, "process {pid} is left");
            thread_reaper::finish(Duration::from_millis(20));
        }
    }
}
