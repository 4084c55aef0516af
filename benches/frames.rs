//! The cost of a frame must not grow with the number of events: a long recording beside a short one, of as many threads
//! and on the same page.
#![expect(clippy::print_stdout, reason = "it is for this that it is run")]

use std::process::ExitCode;

mod page;

/// How many times as much a frame may cost.
const MOST: f64 = 1.2;

fn main() -> ExitCode {
    let events = [10_000, 1_000_000];
    let costs = page::frame_costs(events);
    for (events, cost) in events.iter().zip(costs) {
        println!(
            "frame of {events} events: {:.2} ms",
            cost.as_secs_f64() * 1e3
        );
    }
    let ratio = costs[1].as_secs_f64() / costs[0].as_secs_f64();
    println!("ratio: {ratio:.2}, at most {MOST}");
    ExitCode::from(u8::from(ratio > MOST))
}
