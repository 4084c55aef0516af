//! Sums a list with rayon. Prints two figures in seconds: making the list and adding it, adding it alone.

use std::time::Instant;

use rayon::prelude::*;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let numbers: u64 = std::env::args()
        .nth(1)
        .ok_or("how many numbers?")?
        .parse()?;
    // All of rayon's threads are there before the clock starts.
    rayon::broadcast(|_| ());
    let begun = Instant::now();
    let list: Vec<u64> = (1..=numbers).collect();
    let listed = Instant::now();
    let sum: u64 = list.par_iter().sum();
    let summed = Instant::now();
    assert_eq!(sum, numbers * (numbers + 1) / 2);
    println!(
        "{} {}",
        (summed - begun).as_secs_f64(),
        (summed - listed).as_secs_f64()
    );
    Ok(())
}
