//! Tests of what comes from the teacher's process, played by a shell.

use super::*;

/// What a process comes to that runs `script`, which stands in for the teacher's window.
fn messages_of(script: &str) -> Vec<Message> {
    let args = ["-c".into(), script.into()];
    let process = NotesProcess::start(Path::new("/bin/sh"), &args, || {}).expect("a shell");
    process.show(Page::default());
    let mut messages = Vec::new();
    while let Some(message) = process.wait() {
        let is_last = matches!(message, Message::Gone(_));
        messages.push(message);
        if is_last {
            break;
        }
    }
    messages
}

const READY: &str = r#"echo '{"ready":{"version":1}}'"#;

#[test]
fn its_lines_come_in_their_order_and_its_end_after_them() {
    let typed = r#"echo '{"typed":"."}'; read page; echo '"closing"'"#;
    assert_eq!(
        messages_of(&format!("{READY}; {typed}")),
        [
            Message::Said(Response::Typed(".".to_owned())),
            Message::Said(Response::Closing),
            Message::Gone(End::Closed),
        ]
    );
}

#[test]
fn garbage_another_version_and_a_crash_are_failures_that_lose_nothing_said_before() {
    let shown = r#"echo '"shown"'"#;
    let said = Message::Said(Response::Shown);
    for (script, before) in [
        (r#"echo '{"ready":{"version":99}}'; read page; sleep 60"#, 0),
        ("echo '\"shown\"'; read page; sleep 60", 0),
        (&format!("{READY}; {shown}; echo nonsense; sleep 60"), 1),
        (&format!("{READY}; {shown}; yes x | tr -d '\\n'"), 1),
        (&format!("{READY}; {shown}; kill -9 $$"), 1),
        (&format!("{READY}; {shown}; exit 3"), 1),
        (&format!("{READY}; {shown}; exec >&-; sleep 60"), 1),
    ] {
        let messages = messages_of(script);
        assert_eq!(
            messages.last(),
            Some(&Message::Gone(End::Failed)),
            "{script}"
        );
        assert_eq!(messages.len(), before + 1, "{script}: {messages:?}");
        assert!(
            messages[..before].iter().all(|message| *message == said),
            "{script}"
        );
    }
}

#[test]
fn pages_do_not_wait_for_a_process_that_does_not_read() {
    let args = ["-c".into(), "exec sleep 60".into()];
    let process = NotesProcess::start(Path::new("/bin/sh"), &args, || {}).unwrap();
    let page = Page {
        question: "?".repeat(1 << 20),
        ..Page::default()
    };
    let began = Instant::now();
    for _ in 0..20 {
        process.show(page.clone());
    }
    assert!(began.elapsed().as_secs() < 20);
    drop(process);
}
