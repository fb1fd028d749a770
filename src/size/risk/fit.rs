//! Where a request or a limit starts from.

use super::level_shift::last_level;
use super::{Resource, Stratum, Training};
use crate::policy;
use crate::size::censored::FURTHEST;

/// The start of a CPU request or a memory limit, and which others it is like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::size) struct Fit {
    /// Cores that were enough for all but half an hour of a day since the last level shift; bytes: the highest
    /// sample. A small part of the machine if that is more.
    pub(in crate::size) start: f64,
    /// The number is never under this: memory that was needed once is needed again.
    pub(in crate::size) least: f64,
    /// The number is never over this: the machine had no more.
    pub(in crate::size) most: f64,
    /// Whom it is like.
    pub(in crate::size) stratum: Stratum,
    /// Days at the beginning that were left out, because the app was another one then.
    pub(in crate::size) days_before_shift: usize,
}

/// The least start, as a share of the machine: a machine that did next to nothing says nothing about
/// ratios. An operating system alone takes about a tenth of a small machine's memory.
const IDLE_CPU_SHARE: f64 = 0.01;
/// Of the CPU samples so many per cent are at or under the start. The rest, half an hour a day, is starts,
/// deployments and backups: with CPU that nobody else wants they go as fast as they did, and no pod reserves for
/// them around the clock.
const CPU_START_PERCENTILE: f64 = 98.0;
const IDLE_MEMORY_SHARE: f64 = 0.1;

impl Fit {
    pub(in crate::size) fn of(training: &Training<'_>, rules: &policy::Sizing) -> Self {
        match training.resource {
            Resource::Cpu => Self::of_cpu(training, rules),
            Resource::Memory => Self::of_memory(training),
        }
    }

    fn of_cpu(training: &Training<'_>, rules: &policy::Sizing) -> Self {
        let days: Vec<f64> = training.days().collect();
        let days_before_shift = last_level(&days);
        let recent = training.without_days(days_before_shift);
        let peak = recent.max();
        // What wanted more than it had is not known to stop there, but a factor of idle apps is no measure of it.
        let is_cut_off =
            recent.share_from(rules.saturation_percent.get()) > rules.saturation_share.get();
        let has = training.capacity * if is_cut_off { FURTHEST } else { 1.0 };
        Self {
            start: recent
                .percentile(CPU_START_PERCENTILE)
                .max(IDLE_CPU_SHARE * training.capacity),
            least: 0.0,
            most: has.max(peak),
            stratum: Stratum::of(Resource::Cpu, ratio(recent.usual_max(), recent.needed())),
            days_before_shift,
        }
    }

    /// Memory has no level shifts: a leak that a deployment reset looks just like one.
    fn of_memory(training: &Training<'_>) -> Self {
        let peak = training.max();
        let lowest = training
            .days()
            .filter(|day| !day.is_nan())
            .map(|day| day / 100.0 * training.capacity)
            .fold(peak, f64::min);
        Self {
            start: peak.max(IDLE_MEMORY_SHARE * training.capacity),
            least: peak,
            most: training.capacity.max(peak),
            stratum: Stratum::of(Resource::Memory, ratio(peak, lowest)),
            days_before_shift: 0,
        }
    }

    /// The same, where more was seen before the days that it is made from: memory that was needed once is
    /// needed again.
    pub(in crate::size) fn never_under(self, ever: f64) -> Self {
        Self {
            least: self.least.max(ever),
            most: self.most.max(ever),
            ..self
        }
    }

    /// What is enough if the week after may need `factor` times the start.
    pub(in crate::size) fn request(&self, factor: f64) -> f64 {
        (self.start * factor).max(self.least).min(self.most)
    }
}

/// Nothing over nothing is as calm as can be.
fn ratio(peak: f64, usual: f64) -> f64 {
    if peak > 0.0 { peak / usual } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::super::Usage;
    use super::*;

    /// Two-hourly samples on a machine of 100.
    fn fit(resource: Resource, percent: Vec<f32>) -> Fit {
        let rules = policy::defaults().expect("the shipped policy").sizing;
        Fit::of(&Usage::new(resource, percent, 7_200, 100.0).whole(), &rules)
    }

    fn days(levels: &[(f32, usize)]) -> Vec<f32> {
        levels
            .iter()
            .flat_map(|&(level, days)| vec![level; 12 * days])
            .collect()
    }

    #[test]
    fn cpu_starts_from_what_was_enough_since_the_last_shift() {
        let mut samples = days(&[(60.0, 7), (10.0, 7)]);
        samples[12 * 13] = 30.0;
        let fit = fit(Resource::Cpu, samples);
        // One of 84 samples is less than 2 %: the 83rd is 10.
        assert_eq!(
            (fit.start, fit.least, fit.most, fit.days_before_shift),
            (10.0, 0.0, 100.0, 7)
        );
        // 30 is the p99 of 84 samples, so peak and p99 are the same.
        assert_eq!(fit.stratum, Stratum::of(Resource::Cpu, 1.0));
    }

    #[test]
    fn one_reading_moves_no_cpu_request() {
        // Every twenty minutes: 1008 of two weeks, of which one may be chance.
        let rules = policy::defaults().expect("the shipped policy").sizing;
        let fit = |readings: &[f32]| {
            let mut percent = vec![10.0; 72 * 14];
            percent[100..100 + readings.len()].copy_from_slice(readings);
            Fit::of(
                &Usage::new(Resource::Cpu, percent, 1_200, 100.0).whole(),
                &rules,
            )
        };
        let (calm, once) = (fit(&[]), fit(&[100.7]));
        assert_eq!((once.start, once.stratum), (calm.start, calm.stratum));
        assert_eq!(once.request(5.0), calm.request(5.0));
        // Twice is what the app does.
        assert_eq!(fit(&[100.7, 95.0]).stratum, Stratum::of(Resource::Cpu, 9.5));
    }

    #[test]
    fn memory_keeps_every_peak() {
        let fit = fit(Resource::Memory, days(&[(60.0, 9), (20.0, 5)]));
        assert_eq!(
            (fit.start, fit.least, fit.days_before_shift),
            (60.0, 60.0, 0)
        );
        assert_eq!(fit.stratum, Stratum::of(Resource::Memory, 3.0));
        assert_eq!(
            [0.5, 1.2, 9.0].map(|factor| fit.request(factor).round()),
            [60.0, 72.0, 100.0]
        );
    }

    #[test]
    fn a_machine_that_was_full_is_no_bound() {
        // Two of 168 samples at the ceiling are more than 1 %; before a level shift they do not count.
        let mut samples = days(&[(60.0, 14)]);
        samples[..2].fill(99.0);
        assert_eq!(fit(Resource::Cpu, samples.clone()).most, 400.0);
        samples[0] = 60.0;
        assert_eq!(fit(Resource::Cpu, samples).most, 100.0);
        assert_eq!(
            fit(Resource::Cpu, days(&[(99.0, 7), (10.0, 7)])).most,
            100.0
        );
    }

    #[test]
    fn a_machine_that_did_nothing_still_has_a_start() {
        let fit = fit(Resource::Cpu, days(&[(0.0, 14)]));
        assert_eq!(
            (fit.start, fit.stratum),
            (1.0, Stratum::of(Resource::Cpu, 1.0))
        );
    }
}
