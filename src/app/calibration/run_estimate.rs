//! How long a run will take on this machine, by its parameters and by the time that earlier runs took.

use std::collections::HashMap;
use std::time::Duration;

use crate::demos;
use crate::lab::demo::{Demo, DemoId, RedrawPolicy, VariantId, take_params};
use crate::lab::trace::record::Record;

/// The shortest run from which others are predicted: starting and ending is too large a part of a shorter one.
const TELLING: Duration = Duration::from_millis(50);

/// The least estimate: no run takes no time at all.
const LEAST: Duration = Duration::from_millis(1);

/// How many times longer runs take on this machine than their parameters suggest.
#[derive(Default)]
pub struct Times {
    /// How many times slower than on an ordinary machine a demo computes, if that was measured.
    measured: HashMap<DemoId, f64>,
    /// How many times longer than estimated the latest run of a variant took, if the variant computes.
    seen: HashMap<(DemoId, VariantId), f64>,
}

impl Times {
    /// Takes in a measurement of this machine.
    pub fn measured(&mut self, slowness: Vec<(DemoId, f64)>) {
        self.measured.extend(slowness);
    }

    /// The slowness of this machine for `demo`; 1 until it is measured.
    pub fn slowness(&self, demo: DemoId) -> f64 {
        self.measured.get(demo).copied().unwrap_or(1.0)
    }

    /// Learns from a run that came to its end, if its variant computes: a run that sleeps takes as long here as
    /// anywhere.
    pub fn learn(&mut self, record: &Record) {
        let (id, variant) = (record.info.demo, record.info.variant);
        let Some(entry) = demos::find(id).filter(|_| record.is_done()) else {
            return;
        };
        let mut demo = (entry.demo)();
        take_params(demo.as_mut(), &record.info.params);
        if let Some(expected) = ordinary(demo.as_ref(), variant)
            && computes(demo.as_ref(), variant)
            && record.wall() >= TELLING
        {
            let times = record.wall().div_duration_f64(expected);
            self.seen.insert((id, variant), times);
        }
    }

    /// How long a run of `variant` with the present parameters will take; `last` is the latest run that had these.
    pub fn expected(
        &self,
        demo: &dyn Demo,
        variant: VariantId,
        last: Option<&Record>,
    ) -> Option<Duration> {
        if let Some(last) = last {
            return Some(last.wall());
        }
        let times = match self.seen.get(&(demo.id(), variant)) {
            Some(seen) => *seen,
            None if demo.slowness().is_some() => self.slowness(demo.id()),
            None => 1.0,
        };
        let expected = ordinary(demo, variant)?;
        // A time too long for a `Duration` is not worth a promise.
        Duration::try_from_secs_f64(expected.as_secs_f64() * times).ok()
    }
}

fn ordinary(demo: &dyn Demo, variant: VariantId) -> Option<Duration> {
    demo.expected(variant).map(|expected| expected.max(LEAST))
}

fn computes(demo: &dyn Demo, variant: VariantId) -> bool {
    let mut variants = demo.variants().into_iter();
    variants.any(|known| known.id == variant && known.redraw == RedrawPolicy::Quiet)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::demo::set_param;
    use crate::lab::run::Summary;

    fn with(id: &str, name: &str, value: &str) -> Box<dyn Demo> {
        let mut demo = (demos::find(id).unwrap().demo)();
        set_param(demo.as_mut(), name, value).unwrap();
        demo
    }

    fn record(demo: &dyn Demo, variant: VariantId, seconds: f64) -> Record {
        let summary = Summary {
            wall: Duration::from_secs_f64(seconds),
            ..Summary::default()
        };
        Record::done(demo, variant, summary)
    }

    fn seconds(times: &Times, demo: &dyn Demo, variant: VariantId) -> f64 {
        times.expected(demo, variant, None).unwrap().as_secs_f64()
    }

    #[test]
    fn what_computes_takes_as_much_longer_as_it_did_before() {
        let mut times = Times::default();
        let (few, many) = (
            with("sum", "numbers", "100000000"),
            with("sum", "numbers", "1000000000"),
        );
        assert!((seconds(&times, few.as_ref(), "alone") - 0.1).abs() < 0.001);
        times.measured(vec![("sum", 3.0)]);
        assert!((seconds(&times, many.as_ref(), "alone") - 3.0).abs() < 0.01);
        // A run counts for more than a measurement.
        times.learn(&record(few.as_ref(), "alone", 0.2));
        assert!((seconds(&times, many.as_ref(), "alone") - 2.0).abs() < 0.01);
        // A run says nothing of the other variants.
        let threads = seconds(&times, many.as_ref(), "threads");
        let ordinary = many.expected("threads").unwrap().as_secs_f64();
        assert!((threads - 3.0 * ordinary).abs() < 0.01);
        // A run that was over at once predicts nothing.
        times.learn(&record(
            with("sum", "numbers", "10").as_ref(),
            "alone",
            0.01,
        ));
        assert!((seconds(&times, many.as_ref(), "alone") - 2.0).abs() < 0.01);
    }

    #[test]
    fn what_sleeps_takes_what_its_parameters_say() {
        let mut times = Times::default();
        let bank = with("bank_lock", "gap_millis", "10");
        times.learn(&record(bank.as_ref(), "mutex", 1.7));
        let slower = with("bank_lock", "gap_millis", "20");
        let expected = slower.expected("mutex");
        assert_eq!(times.expected(slower.as_ref(), "mutex", None), expected);
        let last = record(slower.as_ref(), "mutex", 2.1);
        let expected = times.expected(slower.as_ref(), "mutex", Some(&last));
        assert_eq!(expected, Some(Duration::from_secs_f64(2.1)));
        let at_once = with("bank_lock", "gap_millis", "0");
        let expected = times.expected(at_once.as_ref(), "no_lock", None);
        assert_eq!(expected, Some(LEAST), "nothing takes no time");
    }
}
