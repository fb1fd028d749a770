//! How much of what is paid for is used: machine-hours by how busy they were.

use std::collections::BTreeMap;
use std::ops::{AddAssign, Range};

use serde::{Deserialize, Serialize};

use super::grid::Grid;
use super::memory::best_of_each;
use super::subjects::{Machine, best_series};
use crate::snapshot::{Metric, Series, Subject};

/// Tenths of what a machine has.
pub const TENTHS: usize = 10;

/// vCPU-hours and GiB-hours by utilisation, of the instances that lived in the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Utilisation {
    /// In vCPU-hours.
    pub cpu: Tenths,
    /// In GiB-hours.
    pub memory: Tenths,
}

/// Hours weighted by what the machine has, by how much of it was used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Tenths {
    /// From 0 to 10 %, from 10 to 20 %, … to 100 %.
    pub hours: [f64; TENTHS],
    /// Of which nothing was reported.
    pub unknown: f64,
}

impl Tenths {
    /// All hours that are known.
    #[must_use]
    pub fn known(&self) -> f64 {
        self.hours.iter().sum()
    }

    /// The share of the known hours in which less than so many tenths were used; nothing of nothing.
    #[must_use]
    pub fn share_under(&self, tenths: usize) -> Option<f64> {
        let known = self.known();
        (known > 0.0).then(|| self.hours.iter().take(tenths).sum::<f64>() / known)
    }

    /// So that a plan does not depend on the last bits of sums.
    fn rounded(self) -> Self {
        let round = |hours: f64| (hours * 10.0).round() / 10.0;
        Self {
            hours: self.hours.map(round),
            unknown: round(self.unknown),
        }
    }
}

impl AddAssign for Tenths {
    fn add_assign(&mut self, other: Self) {
        self.hours
            .iter_mut()
            .zip(other.hours)
            .for_each(|(sum, hours)| *sum += hours);
        self.unknown += other.unknown;
    }
}

impl Utilisation {
    /// The same, rounded to a tenth of an hour.
    #[must_use]
    pub fn rounded(self) -> Self {
        Self {
            cpu: self.cpu.rounded(),
            memory: self.memory.rounded(),
        }
    }
}

impl AddAssign for Utilisation {
    fn add_assign(&mut self, other: Self) {
        self.cpu += other.cpu;
        self.memory += other.memory;
    }
}

/// One slot in so many is looked at: a prime that divides neither an hour nor a day, so that over a week every
/// minute of the hour and every hour of the day is looked at as often as any other.
const STEP: usize = 7;

impl Utilisation {
    /// Of every machine of an environment; the average of the group stands for each where that is all there is.
    pub(super) fn of(
        series: &[Series],
        machines: &BTreeMap<&str, Machine<'_>>,
        lives: &BTreeMap<&str, Range<usize>>,
        grid: &Grid,
    ) -> Self {
        let (cpu, memory) = (
            best_series(series, &Metric::CpuPercent, "average"),
            best_of_each(series),
        );
        let mut all = Self::default();
        for (id, machine) in machines {
            let life = lives.get(id).cloned().unwrap_or_default();
            let own = Subject::Instance((*id).to_owned());
            let of = |best: &BTreeMap<&Subject, Vec<&Series>>, highest: bool, weight: f64| {
                let pieces = best
                    .get(&own)
                    .or_else(|| best.get(&Subject::Environment))
                    .map_or(&[][..], Vec::as_slice);
                let percent = grid.stretch(pieces, highest);
                tenths(
                    &percent.samples,
                    percent.first,
                    &life,
                    weight * f64::from(grid.period_seconds) / 3_600.0,
                )
            };
            all.cpu += of(&cpu, false, f64::from(machine.shape.vcpu));
            all.memory += of(&memory, true, machine.shape.memory.gibibytes());
        }
        all
    }

    /// Of machines of which nothing was reported, over so many hours.
    #[must_use]
    pub fn unknown(vcpus: f64, gibibytes: f64, hours: f64) -> Self {
        let of = |amount: f64| Tenths {
            unknown: amount * hours,
            ..Tenths::default()
        };
        Self {
            cpu: of(vcpus),
            memory: of(gibibytes),
        }
    }
}

/// Slots of a life by tenth, each worth `weight`; what was sampled stands for all of it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "float-to-int casts saturate, and a gap is not counted"
)]
fn tenths(samples: &[f32], first: usize, life: &Range<usize>, weight: f64) -> Tenths {
    let mut counts = [0_u32; TENTHS];
    let begin = life.start.max(first) - first;
    let end = life.end.saturating_sub(first).min(samples.len());
    for &sample in samples
        .get(begin..end.max(begin))
        .unwrap_or_default()
        .iter()
        .step_by(STEP)
    {
        if !sample.is_nan() {
            let tenth = ((sample * 0.1) as usize).min(TENTHS - 1);
            if let Some(count) = counts.get_mut(tenth) {
                *count += 1;
            }
        }
    }
    let looked_at = life.len().div_ceil(STEP);
    let known: usize = counts.iter().map(|&count| count as usize).sum();
    // What stands for a slot: all slots of the life over those that were looked at.
    let each = share(life.len(), looked_at.max(known)) * weight;
    Tenths {
        hours: counts.map(|count| f64::from(count) * each),
        unknown: each * count(looked_at.saturating_sub(known)),
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        count(part) / count(whole)
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "2^53 slots are more than any history has"
)]
fn count(slots: usize) -> f64 {
    slots as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_is_known_or_unknown_and_nothing_is_lost() {
        let mut samples = vec![5.0_f32; 700];
        samples[350..].fill(100.0);
        let half = tenths(&samples, 0, &(0..1_400), 2.0);
        assert!(
            (half.known() + half.unknown - 2_800.0).abs() < 1e-9,
            "every slot of the life is somewhere"
        );
        assert!(
            (half.hours[0] - 700.0).abs() < 15.0 && (half.hours[9] - 700.0).abs() < 15.0,
            "{half:?}"
        );
        assert!((half.unknown - 1_400.0).abs() < 15.0, "{half:?}");
        assert!((half.share_under(5).expect("known") - 0.5).abs() < 0.01);
    }

    #[test]
    fn what_was_never_reported_is_unknown_and_no_share_is_made_of_it() {
        let none = tenths(&[], 0, &(0..288), 1.0);
        assert_eq!(
            (none.known(), none.unknown, none.share_under(1)),
            (0.0, 288.0, None)
        );
    }

    #[test]
    fn samples_outside_of_the_life_are_not_counted() {
        let before = tenths(&[50.0; 100], 0, &(100..200), 1.0);
        assert_eq!((before.known(), before.unknown.round()), (0.0, 100.0));
        let late = tenths(&[50.0; 100], 150, &(100..200), 1.0);
        assert!((late.hours[5] - 50.0).abs() < 8.0, "{late:?}");
    }
}
