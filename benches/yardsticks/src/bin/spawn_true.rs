//! Starts `/bin/true` so many times at once, waits for all of them, and prints how many seconds that took.

use std::process::Command;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let processes: usize = std::env::args()
        .nth(1)
        .ok_or("how many processes?")?
        .parse()?;
    let begun = Instant::now();
    let children: Vec<_> = (0..processes)
        .map(|_| Command::new("/bin/true").spawn())
        .collect::<Result<_, _>>()?;
    for mut child in children {
        child.wait()?;
    }
    println!("{}", begun.elapsed().as_secs_f64());
    Ok(())
}
