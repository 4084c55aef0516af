//! Tests of child processes.

use super::*;

#[test]
fn a_line_is_read_up_to_its_end_or_its_limit() {
    let mut output: &[u8] = b"one\n\nfour\nlonger\nlast";
    let mut buffer = Vec::new();
    let mut next = || match read_line(&mut output, 5, &mut buffer) {
        Some(Line::Whole(line)) => format!("whole {}", String::from_utf8_lossy(line).trim_end()),
        Some(Line::TooLong(line)) => format!("too long {}", String::from_utf8_lossy(line)),
        Some(Line::Unfinished(line)) => format!("unfinished {}", String::from_utf8_lossy(line)),
        None => "the end".to_owned(),
    };
    let read: Vec<_> = (0..7).map(|_| next()).collect();
    let expected = [
        "whole one",
        "whole ",
        "whole four",
        "too long longe",
        "whole r",
        "unfinished last",
        "the end",
    ];
    assert_eq!(read, expected);
}

#[cfg(unix)]
mod with_processes {
    use std::os::unix::process::ExitStatusExt;

    use crossbeam_channel::{Receiver, Sender, unbounded};
    use rustix::process::{Pid, Signal, kill_process, test_kill_process, test_kill_process_group};

    use super::*;

    const LIMIT: Duration = Duration::from_secs(60);

    /// Records each line and the end.
    struct Recorder(Sender<String>, Sender<ChildEnd>);

    impl Listener for Recorder {
        fn line(&mut self, line: Line<'_>) -> ControlFlow<()> {
            let (Line::Whole(line) | Line::TooLong(line) | Line::Unfinished(line)) = line;
            let line = String::from_utf8_lossy(line).trim_end().to_owned();
            if line == "nonsense" {
                return ControlFlow::Break(());
            }
            self.0.send(line).ok();
            ControlFlow::Continue(())
        }

        fn ended(self, _at: Instant, end: ChildEnd) {
            self.1.send(end).ok();
        }
    }

    struct Shell {
        child: SupervisedChild,
        // A shell whose standard input closes would end.
        _stdin: ChildStdin,
        lines: Receiver<String>,
        ends: Receiver<ChildEnd>,
    }

    impl Shell {
        fn of(script: &str, children: Option<&Children>) -> Self {
            let mut command = Command::new("/bin/sh");
            command.args(["-c", script]);
            let (mut child, pipes) = SupervisedChild::spawn(&mut command, children).unwrap();
            let ((line, lines), (end, ends)) = (unbounded(), unbounded());
            let recorder = Recorder(line, end);
            let thread = "read-shell".to_owned();
            child.listen(thread, pipes.stdout, 64, recorder).unwrap();
            Self {
                child,
                _stdin: pipes.stdin,
                lines,
                ends,
            }
        }

        /// A shell that has begun to wait for ever.
        fn waiting(children: Option<&Children>) -> Self {
            let shell = Self::of("echo begun; exec sleep 1000", children);
            assert_eq!(shell.line(), "begun");
            shell
        }

        fn line(&self) -> String {
            self.lines.recv_timeout(LIMIT).unwrap()
        }

        fn end(&self) -> ChildEnd {
            self.ends.recv_timeout(LIMIT).unwrap()
        }
    }

    fn id(pid: u32) -> Pid {
        Pid::from_raw(i32::try_from(pid).unwrap()).unwrap()
    }

    fn exited(code: i32) -> ChildEnd {
        ChildEnd::Status(std::process::ExitStatus::from_raw(code << 8))
    }

    #[test]
    fn who_ended_it_and_how_is_known() {
        for _ in 0..20 {
            let children = Children::default();
            assert_eq!(Shell::of("exit 3", None).end(), exited(3));

            let shell = Shell::waiting(None);
            kill_process(id(shell.child.pid()), Signal::KILL).unwrap();
            let end = shell.end();
            assert!(
                matches!(&end, ChildEnd::Status(status) if status.signal() == Some(9)),
                "{end:?}"
            );

            let shell = Shell::waiting(Some(&children));
            let pid = shell.child.pid();
            assert_eq!(children.living(), [pid]);
            assert!(children.kill_by_user(pid));
            assert!(children.living().is_empty());
            assert_eq!(shell.end(), ChildEnd::KilledByUser);
            assert!(!children.kill_by_user(pid), "it has been reaped");

            let shell = Shell::waiting(Some(&children));
            shell.child.kill();
            children.kill_by_user(shell.child.pid());
            assert_eq!(shell.end(), ChildEnd::KilledByProgram);

            let shell = Shell::of("echo nonsense; exec sleep 1000", None);
            assert_eq!(shell.end(), ChildEnd::KilledByProgram);

            children.kill_all();
            let late = Shell::of("exec sleep 1000", Some(&children));
            assert_eq!(late.end(), ChildEnd::KilledByProgram);
        }
    }

    #[test]
    fn one_that_closes_its_output_and_goes_on_is_killed_for_that() {
        let shell = Shell::of("exec >&-; exec sleep 1000", None);
        assert_eq!(shell.end(), ChildEnd::ClosedPipe);
    }

    #[test]
    fn one_that_has_ended_before_it_is_killed_has_ended_by_itself() {
        let mut groups = Vec::new();
        for _ in 0..50 {
            let children = Children::default();
            // Its own child holds the output open, so that its reader does not know yet.
            let shell = Shell::of("sleep 1000 & echo $!; exit 3", Some(&children));
            shell.line();
            while !children.living().is_empty() {
                std::thread::yield_now();
            }
            assert!(!children.kill_by_user(shell.child.pid()), "it has ended");
            assert_eq!(shell.end(), exited(3));
            groups.push(id(shell.child.pid()));
        }
        // All that they have started ends with them; the system waits for that in its own time.
        let until = Instant::now() + LIMIT;
        while groups
            .iter()
            .any(|group| test_kill_process_group(*group).is_ok())
        {
            assert!(Instant::now() < until, "one of {groups:?} is left");
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_kill_waits_for_nobody_who_waits_and_the_end_is_told_to_all() {
        for _ in 0..100 {
            let children = Children::default();
            let mut shell = Shell::waiting(Some(&children));
            let pid = shell.child.pid();
            std::thread::scope(|scope| {
                let wait = || shell.child.wait();
                let waiting: Vec<_> = (0..3)
                    .map(|_| {
                        let thread = Builder::new().name("waits".to_owned());
                        thread.spawn_scoped(scope, wait).unwrap()
                    })
                    .collect();
                std::thread::yield_now();
                // With the child's lock held while it is waited for, none of these would ever return.
                assert_eq!(children.living(), [pid]);
                children.with_each_living(&mut |living| assert_eq!(living, pid));
                assert!(children.kill_by_user(pid));
                for thread in waiting {
                    assert_eq!(thread.join().unwrap(), ChildEnd::KilledByUser);
                }
            });
            assert!(test_kill_process(id(pid)).is_err(), "it has been reaped");
            assert_eq!(shell.child.end(), ChildEnd::KilledByUser);
            assert_eq!(shell.end(), ChildEnd::KilledByUser);
        }
    }

    #[test]
    fn a_drop_waits_for_nobody_and_leaves_nothing() {
        // A process that left the group holds the output, so the reader goes on for as long as that lives.
        let shell = Shell::of("setsid sleep 1000 & echo $!; wait", None);
        let stranger = id(shell.line().parse().unwrap());
        let begun = Instant::now();
        let ends = shell.ends.clone();
        drop(shell);
        assert!(begun.elapsed() < Duration::from_secs(10));
        kill_process(stranger, Signal::KILL).ok();
        assert_eq!(ends.recv_timeout(LIMIT), Ok(ChildEnd::KilledByProgram));
    }
}
