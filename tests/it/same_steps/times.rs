//! Order and kind of times: the same in both languages.

use super::Both;
use super::all_of;
use super::both;
use super::figures;
use super::python;
use super::record;
use super::shown;

#[test]
fn downloads_take_whole_seconds_and_their_sum_or_the_longest() {
    for (min, max) in [("1", "2"), ("0.2", "0.4")] {
        let params = [("files", "2"), ("min_seconds", min), ("max_seconds", max)];
        let least: f64 = min.parse().expect("seconds");
        let all: [Both; 5] = all_of("downloads", &params);
        for (index, both) in all.iter().enumerate() {
            let files = figures(&both.printed, "took ");
            assert_eq!(files.len(), 2, "{}", both.printed);
            let is_whole = files.iter().all(|seconds| [1.0, 2.0].contains(seconds));
            assert!(is_whole || least < 1.0, "{}", both.printed);
            let python = (
                both.figure("all are there after "),
                files.iter().sum(),
                f64::max(files[0], files[1]),
            );
            let names = [
                "total_seconds",
                "sum_of_files_seconds",
                "longest_file_seconds",
            ];
            let [total, sum, longest] = names.map(|name| both.measure(name));
            // Figures are printed to a tenth of a second.
            for (total, sum, longest) in [python, (total, sum, longest)] {
                let expected: f64 = if index == 0 { sum } else { longest };
                assert!(total > expected - 0.11, "{total} s: {}", both.printed);
                // One second is long enough to decide, however busy the machine is.
                let is_at_once = index == 0 || least < 1.0 || total < sum;
                assert!(is_at_once, "{total} s: {}", both.printed);
            }
        }
    }
}

/// A program, its processes started as on systems that can't fork: each reads the file again.
fn spawning(program: &str) -> String {
    format!(
        "import multiprocessing\nmultiprocessing.set_start_method(\"spawn\", force=True)\n{program}"
    )
}

#[test]
fn threads_that_compute_get_as_much_done() {
    let params = [("threads", "3"), ("seconds", "0.3")];
    for variant in ["free_threads", "global_lock", "cpython"] {
        // In the core's time, which is the same whatever else runs here, three threads do the work of one.
        let program = shown("global_lock", variant, &params);
        let (printed, _) = python(&program.replace("perf_counter", "process_time"), "");
        let last = printed.lines().last().expect("a speed-up");
        let speedup = figures(last, "")[0];
        assert!((0.4..2.0).contains(&speedup), "{variant}: {printed}");
        let measures = &record("global_lock", variant, &params)["measures"];
        let busy = measures["cores_busy"].as_f64().expect("cores");
        assert!(busy < 1.3 || variant == "free_threads", "{measures}");
    }
}

/// The tests of `lock.rs` check the same rule.
#[test]
fn who_waited_for_a_whole_interval_gets_the_lock_next() {
    let params = [
        ("threads", "1"),
        ("seconds", "0.1"),
        ("switch_millis", "20"),
    ];
    let program = shown("global_lock", "global_lock", &params);
    let check = "
gil = Gil()
gil.take()
waiting = Thread(target=gil.take)
begin = perf_counter()
waiting.start()
while not gil.is_wanted:
    pass
assert perf_counter() - begin >= SWITCH_MILLIS / 1000
gil.let_go()
assert gil.takings == 2 and gil.is_held and not gil.is_wanted
waiting.join()
gil.let_go()
gil.take()
gil.let_go()
assert gil.takings == 3 and not gil.is_held
";
    python(&format!("{program}{check}"), "");
}

#[test]
fn replies_are_waited_for_at_the_same_time_but_one_at_a_time() {
    let params = [
        ("connections", "10"),
        ("reply_millis", "200"),
        ("handle_millis", "10"),
    ];
    let all: [Both; 4] = all_of("event_loop", &params);
    let of = |index: usize| {
        let both = &all[index];
        [
            both.figure("all replies after "),
            both.measure("total_seconds"),
        ]
    };
    let [one_at_a_time, thread_each, one_thread, per_core] = [0, 1, 2, 3].map(of);
    for index in 0..2 {
        assert!(one_at_a_time[index] >= 2.09, "{one_at_a_time:?}");
        for at_once in [thread_each, one_thread, per_core] {
            assert!(at_once[index] < one_at_a_time[index], "{at_once:?}");
        }
        // Only one reply is handled at a time.
        assert!(one_thread[index] >= 0.29, "{one_thread:?}");
        // Ten at a time would need ten cores.
        let cores = threadlab::lab::machine::cores().min(10) as f64;
        let least = 0.199 + 0.1 / cores;
        assert!(thread_each[index] >= least, "{thread_each:?}");
        assert!(per_core[index] >= 0.199 + 0.01, "{per_core:?}");
    }
}

#[test]
fn starting_processes_is_not_waiting_for_replies() {
    let params = [("connections", "4"), ("reply_millis", "1")];
    let program = shown("event_loop", "process_per_core_async", &params);
    let (printed, took) = python(&spawning(&program), "");
    let waited = figures(&printed, "all replies after ")[0];
    assert!(waited < took.as_secs_f64() / 2.0, "{waited} of {took:?}");
}

#[test]
fn the_work_is_shared_and_turns_are_taken_on_one_core() {
    let params = [
        ("tasks", "1,4"),
        ("slice_micros", "1,1000,10000"),
        ("work_millis", "50"),
    ];
    let program = |variant| shown("switching_cost", variant, &params);
    // In one process the core's time says more than the clock's: it is the same whatever else runs here.
    let by_core = |variant| program(variant).replace("perf_counter", "process_time");
    for (variant, program) in [
        ("threads", by_core("threads")),
        ("processes", spawning(&program("processes"))),
        ("async_tasks", by_core("async_tasks")),
    ] {
        let count_cores = "
if __name__ == '__main__':
    print('cores:', len(os.sched_getaffinity(0)))
";
        let is_told = cfg!(target_os = "linux");
        let (printed, _) = python(&(program + if is_told { count_cores } else { "" }), "");
        let cores = figures(&printed, "cores: ");
        assert_eq!(cores, [1.0][usize::from(!is_told)..], "{variant}");
        let both = Both {
            printed,
            took: Default::default(),
            record: record("switching_cost", variant, &params),
        };
        let tasks = both.points("tasks", "wall_seconds");
        let slices = both.points("slice_micros", "share_switching");
        let shared = figures(&both.printed, " tasks took ");
        let turned = figures(&both.printed, "µs: ");
        // Slices of ten milliseconds leave nothing to take turns with.
        assert_eq!(
            (shared.len(), turned.len()),
            (tasks.len(), slices.len()),
            "{}",
            both.printed
        );
        assert_eq!(turned.len(), 2);
        assert!(turned[0] > turned[1], "{}", both.printed);
        // Coroutines of Rust change too fast for the difference to stand out from noise.
        let is_clear = variant != "async_tasks";
        assert!(slices[0].1 > slices[1].1 || !is_clear, "{slices:?}");
        if variant == "processes" {
            // To make processes takes longer than what they are to compute; turns are taken by those that are there.
            assert!(turned[1] < shared[1], "{}", both.printed);
        }
    }
}

#[test]
fn many_threads_wait_faster_and_compute_as_much() {
    let params = [("workers", "1,8"), ("tasks", "8"), ("task_millis", "50")];
    let waiting = both("cpu_or_io", "io_bound", &params);
    let recorded = waiting.points("workers", "speedup").into_iter();
    let recorded: Vec<f64> = recorded.map(|point| point.1).collect();
    for speedups in [figures(&waiting.printed, "workers: "), recorded] {
        assert_eq!(speedups.len(), 2, "{}", waiting.printed);
        assert!((0.5..2.0).contains(&speedups[0]), "{speedups:?}");
        assert!((2.0..9.0).contains(&speedups[1]), "{speedups:?}");
    }
    // However many threads there are, they have the same work.
    let computing = shown("cpu_or_io", "cpu_bound", &params);
    let (printed, _) = python(&computing.replace("perf_counter", "process_time"), "");
    let same = figures(&printed, "workers: ");
    assert_eq!(same.len(), 2, "{printed}");
    assert!(
        same.iter().all(|share| (0.5..2.0).contains(share)),
        "{printed}"
    );
    let recorded = record("cpu_or_io", "cpu_bound", &params);
    assert_eq!(recorded["points"].as_array().map(Vec::len), Some(2));
}

/// Where adding alone was slowed down, threads that can't compute at the same time seemed to speed it up.
#[test]
fn adding_alone_is_as_fast_as_by_one_thread() {
    let params = [("numbers", "2000000"), ("workers", "1")];
    let seconds = |variant| {
        let program = shown("sum", variant, &params).replace(":.2f", ":.4f");
        // The core's time: it is the same whatever else runs here.
        let program = program.replace("perf_counter", "process_time");
        let runs = (0..5).map(|_| {
            let (printed, _) = python(&program, "");
            let line = printed.lines().nth(1).expect("seconds");
            line.trim_end_matches(" s").parse::<f64>().expect("seconds")
        });
        runs.fold(f64::MAX, f64::min)
    };
    let (alone, thread) = (seconds("alone"), seconds("threads"));
    assert!(alone < thread * 1.4, "{alone} s against {thread} s");
}
