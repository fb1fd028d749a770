//! The two bills shared out among the environments: which ones the saving comes from.
//!
//! A line of an environment's own is its own. Everything else of today (shared balancers, what the policy adds)
//! is shared by what environments cost themselves, everything else of after (nodes, control planes, add-ons) by
//! what their pods request of a node, CPU or memory, whichever is more. Such a share is a rule, not a
//! measurement: take one app away and the nodes do not shrink by it. The rows add up to the bills, to the cent.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::price::Bill;
use crate::units::Money;

/// An environment's part of both bills.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct AppSaving {
    /// As bills call it.
    pub environment: String,
    /// Its part of the bill of today.
    pub today: Money,
    /// Its part of the bill of after.
    pub after: Money,
    /// `today` less `after`.
    pub saving: Money,
}

/// An environment, and what its pods take of a node in millionths: nothing if it does not move.
pub(super) struct EnvironmentWeight<'a> {
    pub(super) label: &'a str,
    pub(super) weight: u64,
}

/// Both bills by environment, the largest saving first; nothing where there is no environment.
pub(super) fn of(
    environments: &[EnvironmentWeight<'_>],
    today: &Bill,
    after: &Bill,
) -> Vec<AppSaving> {
    // Of today the rest follows what environments cost themselves.
    let of_today = parts(environments, today, |_, own| {
        u64::try_from(own.nanos()).unwrap_or(0)
    });
    let of_after: BTreeMap<&str, Money> = parts(environments, after, |one, _| one.weight)
        .into_iter()
        .map(|part| (part.label, part.all))
        .collect();
    let row = |part: EnvironmentShare<'_>| {
        let after = of_after.get(part.label).copied().unwrap_or_default();
        AppSaving {
            environment: part.label.to_owned(),
            today: part.all,
            after,
            saving: part.all - after,
        }
    };
    let mut rows: Vec<AppSaving> = of_today.into_iter().map(row).collect();
    rows.sort_by(|a, b| (b.saving, &a.environment).cmp(&(a.saving, &b.environment)));
    rows
}

/// An environment's part of a bill.
struct EnvironmentShare<'a> {
    label: &'a str,
    /// How much of what is nobody's own falls to it, beside the others.
    weight: u64,
    /// What lines name it as their subject, and then its share of the rest.
    all: Money,
}

fn parts<'a>(
    environments: &[EnvironmentWeight<'a>],
    bill: &Bill,
    weight: impl Fn(&EnvironmentWeight<'a>, Money) -> u64,
) -> Vec<EnvironmentShare<'a>> {
    let mut sums: BTreeMap<String, Money> = BTreeMap::new();
    for line in &bill.lines {
        if let Some(amount) = line.amount {
            *sums.entry(line.subject.to_string()).or_default() += amount;
        }
    }
    let part = |one: &EnvironmentWeight<'a>| {
        let own = sums.get(one.label).copied().unwrap_or_default();
        EnvironmentShare {
            label: one.label,
            weight: weight(one, own),
            all: own,
        }
    };
    let mut parts: Vec<EnvironmentShare<'_>> = environments.iter().map(part).collect();
    share_rest(&mut parts, bill.total);
    parts
}

/// Gives each its part of what is left of `total`: by weight, evenly where nothing weighs anything. What rounding
/// leaves over or lacks is settled with the first ones, a cent each.
fn share_rest(parts: &mut [EnvironmentShare<'_>], total: Money) {
    let rest = total - parts.iter().map(|part| part.all).sum();
    let even = parts.iter().all(|part| part.weight == 0);
    let weight = |part: &EnvironmentShare<'_>| {
        if even {
            1_i64
        } else {
            i64::try_from(part.weight).unwrap_or(i64::MAX)
        }
    };
    let whole: i64 = parts.iter().map(weight).fold(0, i64::saturating_add).max(1);
    let mut left = rest;
    for part in parts.iter_mut() {
        let given = rest.scaled(weight(part), whole).whole_cents();
        part.all += given;
        left = left - given;
    }
    let step = Money::from_cents(if left.is_negative() { -1 } else { 1 });
    for part in parts {
        if left == Money::ZERO {
            break;
        }
        let given = if left.whole_cents() == Money::ZERO {
            left
        } else {
            step
        };
        part.all += given;
        left = left - given;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each has after the rest of `total` was shared.
    fn with_rest(own: &[Money], total: Money, weights: &[u64]) -> Vec<Money> {
        let part = |(&all, &weight): (&Money, &u64)| EnvironmentShare {
            label: "",
            weight,
            all,
        };
        let mut parts: Vec<EnvironmentShare<'_>> = own.iter().zip(weights).map(part).collect();
        share_rest(&mut parts, total);
        parts.into_iter().map(|part| part.all).collect()
    }

    fn dollars(text: &str) -> Money {
        text.parse().expect("money")
    }

    #[test]
    fn the_rest_is_shared_by_weight_and_adds_up() {
        let own = [dollars("10.00"), dollars("0.00"), dollars("5.00")];
        let shares = with_rest(&own, dollars("115.01"), &[1, 1, 1]);
        assert_eq!(
            shares,
            [dollars("43.33"), dollars("33.34"), dollars("38.34")]
        );
        assert_eq!(shares.into_iter().sum::<Money>(), dollars("115.01"));
    }

    #[test]
    fn what_weighs_nothing_gets_nothing_unless_nothing_weighs_anything() {
        let own = [Money::ZERO, Money::ZERO];
        assert_eq!(
            with_rest(&own, dollars("8.00"), &[0, 3]),
            [Money::ZERO, dollars("8.00")]
        );
        assert_eq!(
            with_rest(&own, dollars("8.00"), &[0, 0]),
            [dollars("4.00"), dollars("4.00")]
        );
        assert_eq!(with_rest(&[], dollars("8.00"), &[]), []);
    }

    #[test]
    fn a_negative_rest_is_shared_too() {
        let shares = with_rest(
            &[dollars("10.00"), dollars("10.00")],
            dollars("9.99"),
            &[2, 1],
        );
        assert_eq!(shares.iter().copied().sum::<Money>(), dollars("9.99"));
        assert_eq!(shares[1], dollars("6.66"));
    }
}
