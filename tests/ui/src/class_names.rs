//! The pictures of the other demos as a class sees them: each thing has its name.

use crate::class_pictures::{Recorded, all_pictures};

#[test]
fn survey() {
    let only = std::env::var("DEMO").unwrap_or_default();
    for (id, variants, set) in [
        (
            "responsive_ui",
            &["ui_thread", "worker_thread"][..],
            &[("seconds", "0.1")][..],
        ),
        (
            "cpu_or_io",
            &["cpu_bound", "io_bound"],
            &[("workers", "1,2,4"), ("tasks", "64"), ("task_millis", "1")],
        ),
        (
            "ping_pong",
            &["private_counters", "shared_counter", "queue"],
            &[("gap_millis", "1"), ("put_pause_max_millis", "1")],
        ),
        (
            "sum",
            &["alone", "threads", "processes"],
            &[("numbers", "1000000"), ("workers", "2")],
        ),
        (
            "sum",
            &["threads", "processes"],
            &[("numbers", "1000000"), ("workers", "8")],
        ),
        (
            "sum",
            &["threads", "processes"],
            &[("numbers", "1000000"), ("workers", "40")],
        ),
        (
            "switching_cost",
            &["threads"],
            &[
                ("tasks", "1,4,16,64"),
                ("slice_micros", "10,100,1000"),
                ("work_millis", "40"),
            ],
        ),
        (
            "global_lock",
            &["free_threads", "global_lock", "cpython"],
            &[("seconds", "0.2"), ("threads", "2")],
        ),
        (
            "global_lock",
            &["free_threads", "global_lock", "cpython"],
            &[("seconds", "0.2"), ("threads", "8")],
        ),
        (
            "event_loop",
            &[
                "one_at_a_time",
                "thread_each",
                "one_thread_async",
                "process_per_core_async",
            ],
            &[("connections", "20"), ("reply_millis", "20")],
        ),
        (
            "event_loop",
            &["thread_each", "one_thread_async", "process_per_core_async"],
            &[("connections", "500"), ("reply_millis", "20")],
        ),
    ] {
        if !id.contains(&only) {
            continue;
        }
        let runs: Vec<_> = variants
            .iter()
            .map(|variant| Recorded::of(id, variant, set))
            .collect();
        for (index, run) in runs.iter().enumerate() {
            let earlier: Vec<_> = runs[..=index].iter().map(|run| &run.record).collect();
            all_pictures(run, &earlier, |language, room, pictures| {
                if std::env::var("TEXTS").is_ok() {
                    for (at, texts) in pictures.iter().enumerate() {
                        if at == 3 || at == 6 {
                            let words: Vec<_> = texts
                                .iter()
                                .map(|text| format!("{}({})", text.text, text.size))
                                .collect();
                            eprintln!(
                                "TEXTS {id} {} {set:?} {language:?} {room:?} {at}: {}",
                                run.record.info.variant,
                                words.join(" | ")
                            );
                        }
                    }
                }
            });
        }
    }
}
