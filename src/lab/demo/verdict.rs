//! The verdict of a run on a question, and of runs on a comparison: the rules that the tick at an answer, the key
//! figure, the sentences and the stage's caption have in common. A demo judges a record by them once.
//!
//! A measured figure within ×1.15 of a boundary decides nothing; a count always decides. Computing threads that had under
//! 85 % of the core time that they could use were disturbed, and decide nothing either. A run that decides nothing says
//! why, and one that was disturbed is compared with no other.

use std::ops::Range;

use crate::lab::demo::Sentence;

/// Two runs of the same work differ by a few per cent. A measured figure that this factor would carry into
/// another answer decides nothing; a count has no such zone.
pub const ZONE: f64 = 1.15;

/// "About" a value ends at this many times the value, or half-way (as factors go) to the next answer.
const ABOUT: f64 = 1.5;

/// Work that takes this many times as long takes longer, and one that takes this fraction is faster; in
/// between it takes about as long.
pub const CHANGED: f64 = 1.3;

/// Threads that compute and got less than this share of the core time that their limit allowed were disturbed
/// by other programs.
pub const UNDISTURBED: f64 = 0.85;

/// The figure of a run that a question asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// It was counted, and is exact.
    Count(f64),
    /// It was measured, and the next run's will differ a little: a time, a factor, a size.
    Measured(f64),
    /// The run decides nothing, for this reason.
    Undecided(Sentence),
}

impl Finding {
    /// A count; without one the run decides nothing.
    pub fn count(figure: Option<f64>) -> Self {
        figure.map_or_else(Self::missing, Self::Count)
    }

    /// A measured figure; without one the run decides nothing.
    pub fn measured(figure: Option<f64>) -> Self {
        figure.map_or_else(Self::missing, Self::Measured)
    }

    /// Undecided, for the reason with this text key.
    pub fn undecided(key: &str) -> Self {
        Self::Undecided(Sentence::new(key))
    }

    fn missing() -> Self {
        Self::undecided("app-undecided")
    }
}

/// The figures that make an answer right.
#[derive(Clone, Debug, PartialEq)]
pub enum Holds {
    /// Figures in this range.
    Within(Range<f64>),
    /// Figures that no other answer holds: "another number".
    Rest,
    /// No figure, for an answer such as "the program crashes": no run that came to its end makes it right.
    Never,
}

impl Holds {
    /// Whether `figure` is among those that are named.
    pub fn contains(&self, figure: f64) -> bool {
        matches!(self, Self::Within(range) if range.contains(&figure))
    }

    /// One whole number.
    pub fn exactly(number: u64) -> Self {
        Self::Within(number as f64 - 0.5..number as f64 + 0.5)
    }
}

/// The verdict of a run on a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It makes the answer with this index right.
    Right(usize),
    /// It decides nothing, for this reason.
    Undecided(Sentence),
}

impl Verdict {
    /// The verdict of `finding` on these answers.
    pub fn of<'choice>(
        finding: Finding,
        answers: impl IntoIterator<Item = &'choice Holds>,
    ) -> Self {
        let (least, most) = match finding {
            Finding::Undecided(why) => return Self::Undecided(why),
            Finding::Count(count) => (count, count),
            Finding::Measured(figure) => (figure / ZONE, figure * ZONE),
        };
        let mut rest = None;
        for (index, holds) in answers.into_iter().enumerate() {
            match holds {
                Holds::Within(range) if range.contains(&least) && range.contains(&most) => {
                    return Self::Right(index);
                }
                Holds::Within(range) if range.start <= most && least < range.end => {
                    return Self::Undecided(Sentence::new("app-undecided-between"));
                }
                Holds::Rest => rest = Some(index),
                Holds::Within(_) | Holds::Never => {}
            }
        }
        rest.map_or_else(
            || Self::Undecided(Sentence::new("app-undecided-none")),
            Self::Right,
        )
    }

    /// The index of the right answer.
    pub fn right(&self) -> Option<usize> {
        match self {
            Self::Right(answer) => Some(*answer),
            Self::Undecided(_) => None,
        }
    }
}

/// Ranges for answers that each stand for about a value, given in any order: each ends half-way (as factors go) to
/// the next value, and at the latest at ×1.5. What lies outside is for an answer that holds the rest.
pub fn about(values: &[f64]) -> Vec<Holds> {
    let end = |value: f64, neighbour: Option<f64>, limit: f64| {
        let half_way = neighbour.map(|neighbour| (value * neighbour).sqrt());
        half_way.map_or(limit, |half_way| match limit > value {
            true => half_way.min(limit),
            false => half_way.max(limit),
        })
    };
    let range = |&value: &f64| {
        let smaller = values.iter().copied().filter(|other| *other < value);
        let larger = values.iter().copied().filter(|other| *other > value);
        let from = end(value, smaller.max_by(f64::total_cmp), value / ABOUT);
        let to = end(value, larger.min_by(f64::total_cmp), value * ABOUT);
        Holds::Within(from..to)
    };
    values.iter().map(range).collect()
}

/// Ranges for answers that say how many times as fast: "up to ×2", "up to ×8", for `levels` in ascending order. The
/// first begins where work is [`Faster`](Change::Faster), each ends where a run that reaches its level is still decided.
pub fn up_to(levels: &[f64]) -> Vec<Holds> {
    let mut from = CHANGED;
    let range = |&level: &f64| {
        let to = (level * ZONE * ZONE).max(from);
        Holds::Within(std::mem::replace(&mut from, to)..to)
    };
    levels.iter().map(range).collect()
}

/// A comparison of work with other work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It took less than 1/1.3 of the time, or is within reach of it.
    Faster,
    /// It took about as long.
    Same,
    /// It took more than 1.3 times as long, or is within reach of it.
    Slower,
    /// A further run could say one or the other.
    Undecided,
}

impl Change {
    /// The change for work that is `speedup` times as fast.
    pub fn of(speedup: f64) -> Self {
        let answers = [Self::Faster, Self::Same, Self::Slower];
        let verdict = Verdict::of(Finding::Measured(speedup), &answers.map(Self::holds));
        verdict.right().map_or(Self::Undecided, |at| answers[at])
    }

    /// The speed-ups that make this change right; none for [`Undecided`](Self::Undecided).
    pub fn holds(self) -> Holds {
        match self {
            Self::Faster => Holds::Within(CHANGED..f64::INFINITY),
            Self::Same => Holds::Within(1.0 / CHANGED..CHANGED),
            Self::Slower => Holds::Within(0.0..1.0 / CHANGED),
            Self::Undecided => Holds::Never,
        }
    }
}

/// Whether threads that compute were disturbed: they got `core_seconds` of the `allowed` ones. Both are as long as the
/// run, times the cores that were used and that could have been.
pub fn is_disturbed(core_seconds: f64, allowed: f64) -> bool {
    core_seconds < UNDISTURBED * allowed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn right(finding: Finding, answers: &[Holds]) -> Option<usize> {
        Verdict::of(finding, answers).right()
    }

    #[test]
    fn a_measured_figure_near_a_boundary_decides_nothing() {
        let answers = [Holds::Within(0.0..1.0), Holds::Within(1.0..10.0)];
        assert_eq!(right(Finding::Measured(0.86), &answers), Some(0));
        for near in [0.88, 1.0, 1.14] {
            assert_eq!(right(Finding::Measured(near), &answers), None, "{near}");
        }
        assert_eq!(right(Finding::Measured(1.16), &answers), Some(1));
        // Beyond all answers, and near the end of the last one.
        assert_eq!(right(Finding::Measured(20.0), &answers), None);
        assert_eq!(right(Finding::Measured(9.0), &answers), None);
    }

    #[test]
    fn a_count_has_no_zone() {
        let answers = [Holds::exactly(10), Holds::exactly(11), Holds::Rest];
        assert_eq!(right(Finding::Count(10.0), &answers), Some(0));
        assert_eq!(right(Finding::Count(11.0), &answers), Some(1));
        assert_eq!(right(Finding::Count(12.0), &answers), Some(2));
        assert_eq!(right(Finding::count(None), &answers), None);
    }

    #[test]
    fn the_rest_begins_beyond_the_zone() {
        let mut answers = about(&[0.01, 1.0]);
        answers.push(Holds::Rest);
        assert_eq!(right(Finding::Measured(1.1), &answers), Some(1));
        assert_eq!(right(Finding::Measured(1.6), &answers), None);
        assert_eq!(right(Finding::Measured(2.46), &answers), Some(2));
        assert_eq!(right(Finding::Measured(0.1), &answers), Some(2));
        // A choice that no run makes right is right of none.
        assert_eq!(right(Finding::Measured(2.46), &[Holds::Never]), None);
    }

    #[test]
    fn a_speed_up_is_up_to_the_level_that_it_reaches() {
        let answers: Vec<Holds> = [Change::Slower.holds(), Change::Same.holds()]
            .into_iter()
            .chain(up_to(&[2.0, 8.0]))
            .collect();
        let right = |speedup| right(Finding::Measured(speedup), &answers);
        assert_eq!(right(0.5), Some(0));
        assert_eq!(right(1.12), Some(1));
        assert_eq!(right(1.38), None);
        assert_eq!(right(1.52), Some(2));
        assert_eq!(right(2.0), Some(2));
        assert_eq!(right(3.5), Some(3));
        assert_eq!(right(8.0), Some(3));
        assert_eq!(right(34.8), None);
    }

    #[test]
    fn a_change_is_what_its_range_says() {
        assert_eq!(Change::of(0.7), Change::Undecided);
        assert_eq!(Change::of(0.6), Change::Slower);
        assert_eq!(Change::of(1.0), Change::Same);
        assert_eq!(Change::of(1.4), Change::Undecided);
        assert_eq!(Change::of(1.6), Change::Faster);
    }

    proptest! {
        #[test]
        fn about_a_value_holds_it_and_no_other(
            mut values in prop::collection::vec(1e-3..1e4f64, 1..5),
        ) {
            // A run could not decide between answers that are nearer to each other.
            values.sort_by(f64::total_cmp);
            values.dedup_by(|later, earlier| *later < *earlier * ZONE.powi(4));
            let answers = about(&values);
            for (index, value) in values.iter().enumerate() {
                prop_assert_eq!(right(Finding::Measured(*value), &answers), Some(index));
            }
        }
    }
}
