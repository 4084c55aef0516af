//! Statistics of several runs. Raw samples are kept by the caller; all here is derived from them.

/// Five numbers that describe a set of samples, in the samples' own unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FiveNumbers {
    /// Smallest sample.
    pub min: f64,
    /// A quarter of the samples are at most this.
    pub lower_quartile: f64,
    /// Half of the samples are at most this.
    pub median: f64,
    /// Three quarters of the samples are at most this.
    pub upper_quartile: f64,
    /// Largest sample.
    pub max: f64,
}

/// Median, quartiles, minimum and maximum, or `None` without samples. Samples that are not numbers
/// (NaN) are left out.
///
/// A quantile that falls between two samples is interpolated linearly: definition 7 of Hyndman and
/// Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996), the default
/// of R and NumPy.
pub fn five_numbers(samples: &[f64]) -> Option<FiveNumbers> {
    let mut sorted: Vec<f64> = samples
        .iter()
        .copied()
        .filter(|sample| !sample.is_nan())
        .collect();
    sorted.sort_by(f64::total_cmp);
    let (&min, &max) = (sorted.first()?, sorted.last()?);
    Some(FiveNumbers {
        min,
        lower_quartile: quantile(&sorted, 0.25),
        median: quantile(&sorted, 0.5),
        upper_quartile: quantile(&sorted, 0.75),
        max,
    })
}

/// The median alone, or `None` without samples.
pub fn median(samples: &[f64]) -> Option<f64> {
    five_numbers(samples).map(|numbers| numbers.median)
}

/// `sorted` is not empty, `share` lies between 0 and 1.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let position = share * (sorted.len() - 1) as f64;
    let below = position.floor() as usize;
    let above = position.ceil() as usize;
    let between = position - below as f64;
    sorted[below] * (1.0 - between) + sorted[above] * between
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn agrees_with_hand_computed_values() {
        assert_eq!(five_numbers(&[]), None);
        assert_eq!(five_numbers(&[f64::NAN]), None);
        let one = five_numbers(&[7.0]).unwrap();
        assert_eq!(
            (
                one.min,
                one.lower_quartile,
                one.median,
                one.upper_quartile,
                one.max
            ),
            (7.0, 7.0, 7.0, 7.0, 7.0)
        );
        // 1 2 3 4: positions 0.75, 1.5, 2.25.
        let four = five_numbers(&[4.0, 1.0, 3.0, 2.0]).unwrap();
        assert_eq!(
            (four.lower_quartile, four.median, four.upper_quartile),
            (1.75, 2.5, 3.25)
        );
        // 10 20 30 40 50: positions 1, 2, 3, all of them samples.
        let five = five_numbers(&[50.0, 10.0, 40.0, 20.0, 30.0]).unwrap();
        assert_eq!(
            (five.lower_quartile, five.median, five.upper_quartile),
            (20.0, 30.0, 40.0)
        );
    }

    proptest! {
        #[test]
        fn the_five_are_in_order_and_shift_with_the_samples(
            samples in prop::collection::vec(-1e6..1e6f64, 1..50),
            shift in -1e3..1e3f64,
        ) {
            let five = five_numbers(&samples).unwrap();
            prop_assert!(five.min <= five.lower_quartile && five.lower_quartile <= five.median);
            prop_assert!(five.median <= five.upper_quartile && five.upper_quartile <= five.max);
            let shifted: Vec<f64> = samples.iter().map(|sample| sample + shift).collect();
            prop_assert!((median(&shifted).unwrap() - five.median - shift).abs() < 1e-6);
        }

        #[test]
        fn the_order_of_samples_does_not_matter(mut samples in prop::collection::vec(-1e6..1e6f64, 1..50)) {
            let before = five_numbers(&samples);
            samples.reverse();
            prop_assert_eq!(five_numbers(&samples), before);
        }
    }
}
