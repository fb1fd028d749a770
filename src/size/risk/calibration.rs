//! Which factor on the start was enough, in so many of the weeks whose end is known.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Resource, Stratum, Trial, prior};
use crate::policy::Risk;

/// What a fleet's own weeks, and the shipped prior, say about the weeks to come.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    known: BTreeMap<(Resource, Stratum), Scores>,
}

/// Scores of one stratum, by which its risk is met.
#[derive(Debug, Clone, PartialEq)]
struct Scores {
    /// Its own and the prior's, ascending.
    all: Vec<f64>,
    own: usize,
}

/// A factor and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[schemars(rename = "LearntFactor")]
pub struct Factor {
    /// On the start of a fit.
    pub value: f64,
    /// The fleet's own weeks behind it.
    pub own: usize,
    /// Weeks of the shipped prior behind it.
    pub prior: usize,
}

impl Calibration {
    /// Learns from weeks whose end is known.
    pub fn of<'a>(trials: impl IntoIterator<Item = &'a Trial>) -> Self {
        let mut own: BTreeMap<(Resource, Stratum), Vec<f64>> = BTreeMap::new();
        for trial in trials {
            own.entry((trial.resource, trial.stratum()))
                .or_default()
                .push(trial.score());
        }
        let with_prior = |(resource, stratum)| {
            let mut all = own.remove(&(resource, stratum)).unwrap_or_default();
            let own = all.len();
            all.extend(prior_beside(own, prior::scores(resource, stratum)));
            all.sort_unstable_by(f64::total_cmp);
            ((resource, stratum), Scores { all, own })
        };
        let strata = Resource::ALL
            .into_iter()
            .flat_map(|resource| Stratum::all(resource).map(move |stratum| (resource, stratum)));
        Self {
            known: strata.map(with_prior).collect(),
        }
    }

    /// For each of `folds` folds what was known at its origin: the folds before it, whose judging days
    /// had ended by then. The last one, for "now", knows them all.
    #[must_use]
    pub fn by_fold(trials: &[Trial], folds: usize) -> Vec<Self> {
        (0..=folds)
            .map(|fold| Self::of(trials.iter().filter(|trial| trial.fold < fold)))
            .collect()
    }

    /// The smallest factor that was enough in all but `risk` of the weeks of `stratum`: of `n` scores the
    /// one of rank ceil((n + 1) (1 - risk)), which is what makes the next week, if it is exchangeable with
    /// these, exceed it with a probability of at most `risk`. Of fewer scores than that rank, the highest: `n`
    /// weeks cannot promise less than 1 / (n + 1).
    ///
    /// Source: Lei et al., Distribution-Free Predictive Inference for Regression, JASA 113 (2018), section 2.
    #[must_use]
    pub fn factor(&self, resource: Resource, stratum: Stratum, risk: Risk) -> Factor {
        let Some(Scores { all, own }) = self.known.get(&(resource, stratum)) else {
            return Factor {
                value: 1.0,
                own: 0,
                prior: 0,
            };
        };
        let value = all.get(rank(all.len(), risk) - 1).copied().unwrap_or(1.0);
        Factor {
            value,
            own: *own,
            prior: all.len() - own,
        }
    }
}

/// So many weeks of one's own are enough: their highest promises one in fifty, the smallest risk that is asked for by
/// default, and no others' weeks have to be believed.
const ENOUGH: usize = 49;

/// Of the prior's scores, evenly spread, as many as the own weeks fall short of being enough.
fn prior_beside(own: usize, prior: &[f64]) -> impl Iterator<Item = f64> {
    let count = prior.len() * ENOUGH.saturating_sub(own) / ENOUGH;
    (0..count).filter_map(move |index| {
        let place = (2 * index + 1) * prior.len() / (2 * count);
        prior.get(place).copied()
    })
}

/// From one on, at most `count`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rank between 1 and n"
)]
#[expect(
    clippy::cast_precision_loss,
    reason = "2^53 weeks are more than any fleet has"
)]
fn rank(count: usize, risk: Risk) -> usize {
    // The tolerance keeps 0.9 x 10 (9.000000000000002 in binary, some day) from becoming rank 10.
    let rank = ((count + 1) as f64 * (1.0 - risk.get()) - 1e-9).ceil() as usize;
    rank.clamp(1, count.max(1))
}

#[cfg(test)]
mod tests {
    use super::super::Fit;
    use super::*;
    use proptest::prelude::*;

    fn risk(text: &str) -> Risk {
        text.parse::<f64>()
            .map(|value| Risk::new(value).expect("in range"))
            .expect("a number")
    }

    fn trial(needed: f64, fold: usize) -> Trial {
        let fit = Fit {
            start: 1.0,
            least: 0.0,
            most: 100.0,
            stratum: Stratum::of(Resource::Cpu, 3.0),
            days_before_shift: 0,
        };
        Trial {
            resource: Resource::Cpu,
            fold,
            fit,
            needed,
        }
    }

    #[test]
    fn the_rank_is_the_conformal_one() {
        // ceil(10 x 0.9) = 9 of 9; ceil(20 x 0.9) = 18 of 19; ceil(100 x 0.95) = 95 of 99.
        for (count, text, expected) in [
            (9, "0.1", 9),
            (19, "0.1", 18),
            (99, "0.05", 95),
            (8, "0.1", 8),
            (0, "0.1", 1),
        ] {
            assert_eq!(rank(count, risk(text)), expected, "{count} at {text}");
        }
    }

    #[test]
    fn a_fleet_of_its_own_outweighs_the_prior() {
        let stratum = Stratum::of(Resource::Cpu, 3.0);
        let shipped = Calibration::of([]).factor(Resource::Cpu, stratum, risk("0.1"));
        assert_eq!((shipped.own, shipped.prior), (0, 40));
        let weeks = |count: usize| {
            let weeks: Vec<Trial> = (0..count).map(|_| trial(7.0, 0)).collect();
            Calibration::of(&weeks).factor(Resource::Cpu, stratum, risk("0.02"))
        };
        // A year of one app is enough, whatever tail the prior has; half of it counts beside half of the prior.
        assert_eq!(
            (weeks(49).value, weeks(49).own, weeks(49).prior),
            (7.0, 49, 0)
        );
        assert_eq!((weeks(24).own, weeks(24).prior), (24, 20));
    }

    #[test]
    fn a_fold_knows_only_folds_before_it() {
        let trials: Vec<Trial> = (0..2_000)
            .map(|number| trial(if number < 1_000 { 2.0 } else { 9.0 }, number / 1_000))
            .collect();
        let by_fold = Calibration::by_fold(&trials, 2);
        let value = |fold: usize| {
            by_fold[fold]
                .factor(Resource::Cpu, Stratum::of(Resource::Cpu, 3.0), risk("0.1"))
                .value
        };
        assert_eq!(by_fold[0], Calibration::of([]));
        assert_eq!((value(1), value(2)), (2.0, 9.0));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// The promise itself, by counting: of exchangeable weeks, drawn apart from those learnt from, no more
        /// than the risk exceeds the factor, but for chance: 0.02 are seven standard deviations or more of so many weeks.
        #[test]
        fn exchangeable_weeks_keep_the_risk(seed in 0_u64..1_000, text in prop::sample::select(vec!["0.1", "0.05", "0.2"])) {
            let mut state = seed.wrapping_mul(2).wrapping_add(1);
            let mut draw = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                #[expect(clippy::cast_precision_loss, reason = "chance")]
                let uniform = (state >> 11) as f64 / (1_u64 << 53) as f64;
                0.2 - uniform.ln()
            };
            let learnt: Vec<Trial> = (0..40_000).map(|_| trial(draw(), 0)).collect();
            let factor = Calibration::of(&learnt).factor(Resource::Cpu, Stratum::of(Resource::Cpu, 3.0), risk(text));
            let later = 40_000_u32;
            let over = (0..later).filter(|_| trial(draw(), 1).is_violated_by(factor.value)).count();
            #[expect(clippy::cast_precision_loss, reason = "few")]
            let share = over as f64 / f64::from(later);
            prop_assert!((share - risk(text).get()).abs() < 0.02, "{share}");
        }
    }
}
