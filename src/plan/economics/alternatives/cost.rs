//! What it costs to get there, and when that is paid back.

use super::offer::{Baseline, MigrationWork, Offer};
use crate::plan::economics::Layout;
use crate::plan::economics::ranges::apps;
use crate::plan::economics::terms::commitments;
use crate::price::{Move, MoveInputs, plan_move};
use crate::units::{Money, Quantity};

/// What one way costs beyond its monthly bill, and when that is paid back.
pub(super) struct Cost {
    /// People's days and what comes once.
    pub(super) once: Money,
    /// From when on it has paid for itself; absent: never within the horizon, or there is nothing to pay back.
    pub(super) payback_month: Option<u32>,
    /// What it has brought in by the end of each month, to the horizon.
    pub(super) by_month: Vec<Money>,
}

pub(super) fn of(baseline: &Baseline<'_>, offer: &Offer, layout: &Layout) -> Cost {
    match offer.moves {
        MigrationWork::Nothing => Cost {
            once: Money::ZERO,
            payback_month: None,
            by_month: Vec::new(),
        },
        MigrationWork::InPlace(environments) => in_place(baseline, (offer, layout), environments),
        MigrationWork::AsPlanned => of_move(baseline.moved),
        MigrationWork::Apps => {
            let apps = apps(baseline.estate, layout);
            let commitments =
                commitments(baseline.estate, layout, baseline.today, &offer.bill).by_month;
            let inputs = MoveInputs {
                apps: &apps,
                today: baseline.today,
                after: &offer.bill,
                commitments: &commitments,
            };
            of_move(&plan_move(&inputs, &baseline.estate.pricing))
        }
    }
}

fn of_move(moved: &Move) -> Cost {
    Cost {
        once: moved.once.total,
        payback_month: moved.break_even_month,
        by_month: moved.curve.iter().map(|month| month.cumulative).collect(),
    }
}

/// Each change takes the days of a small app, and saves from the first month on.
fn in_place(
    baseline: &Baseline<'_>,
    (offer, layout): (&Offer, &Layout),
    environments: u32,
) -> Cost {
    let rules = &baseline.estate.pricing.policy.migration;
    let each = Quantity::estimated(rules.days_per_small_app.expected);
    let once = rules
        .usd_per_day
        .for_quantity(each.scaled(i64::from(environments), 1))
        .unwrap_or_default();
    let saving = baseline.today.total - offer.bill.total;
    let bound = commitments(baseline.estate, layout, baseline.today, &offer.bill).by_month;
    let sum = |months: u32| {
        // What is bound stays bound, used or not.
        let bound = bound.iter().take(months as usize);
        let lost: Money = bound.map(|(kept, changed)| *changed - *kept).sum();
        saving.times(i64::from(months)) - once - lost
    };
    let months = 1..=rules.horizon_months;
    Cost {
        once,
        payback_month: months.clone().find(|month| !sum(*month).is_negative()),
        by_month: months.map(sum).collect(),
    }
}
