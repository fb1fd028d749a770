//! Terms and commitments of bills: who may be interrupted, where machines stand, what is bound until when.

use super::{Estate, Layout};
use crate::catalog::OperatingSystem;
use crate::plan::{EnvironmentPlan, Stage};
use crate::price::{
    AlternativeKind, Bill, BillKey, BillLine, Hours, Pricing, Regions, SpotHours, commitment_lines,
    term_lines,
};
use crate::units::{HOURS_PER_MONTH, Money, Quantity};

/// What the policy's commitments change.
pub(super) struct Commitments {
    /// `today, commitments` and `after, commitments`, on the day of the snapshot; none if nothing is bound.
    pub(super) bills: Vec<Bill>,
    /// For each month to the horizon: if nothing moves, and after the move.
    pub(super) by_month: Vec<(Money, Money)>,
}

/// Where the machines of every subject stand.
pub(super) fn regions<'a>(estate: &'a Estate<'_>, layout: &'a Layout) -> Regions<'a> {
    let environments = estate
        .live
        .iter()
        .map(|one| (one.label.as_str(), one.key.region.as_str()));
    environments
        .chain(
            layout
                .clusters
                .iter()
                .map(|cluster| (cluster.name.as_str(), cluster.region.as_str())),
        )
        .collect()
}

/// What the policy lets be interrupted.
fn tolerates(plan: &EnvironmentPlan, pricing: &Pricing<'_>) -> bool {
    let terms = &pricing.policy.prices.terms;
    (terms.spot_staging && plan.stage == Stage::Staging)
        || (terms.spot_workers && plan.tier == "Worker")
}

/// Hours of environments on Beanstalk that may be interrupted: Beanstalk can run them on spot, too.
pub(super) fn interruptible_environments(
    estate: &Estate<'_>,
    layout: &Layout,
    bill: &Bill,
) -> Vec<SpotHours> {
    let labels: Vec<&str> = layout
        .environments
        .iter()
        .filter(|plan| tolerates(plan, &estate.pricing))
        .map(|plan| plan.label.as_str())
        .collect();
    let part = |line: &BillLine| {
        let subject = line
            .subject
            .as_plain()
            .filter(|subject| labels.contains(subject))?;
        let is_linux = |system| system == OperatingSystem::Linux;
        let machines = line.machines.as_ref().filter(|machines| {
            machines.hours == Hours::Instance && is_linux(machines.operating_system)
        })?;
        Some(SpotHours {
            subject: subject.to_owned(),
            instance_type: machines.instance_type.clone(),
            hours: line.quantity,
        })
    };
    bill.lines.iter().filter_map(part).collect()
}

/// Whole nodes of each Linux group that what tolerates an interruption would fill.
pub(super) fn interruptible_nodes(estate: &Estate<'_>, layout: &Layout) -> Vec<SpotHours> {
    let mut parts = Vec::new();
    for cluster in &layout.clusters {
        for group in cluster
            .node_groups
            .iter()
            .filter(|group| group.operating_system == OperatingSystem::Linux)
        {
            let (mut may, mut all) = (0_u64, 0_u64);
            for plan in layout
                .environments
                .iter()
                .filter(|plan| plan.node_group() == Some(group.name.as_str()))
            {
                let Some((_, sizing)) = plan.planned() else {
                    continue;
                };
                let pods = sizing
                    .replicas
                    .clusters
                    .get(&cluster.name)
                    .map_or(0, |here| here.normal);
                let share = (sizing.requests * pods).dominant_millionths_of(group.node.available);
                all += share;
                may += if tolerates(plan, &estate.pricing) {
                    share
                } else {
                    0
                };
            }
            let nodes = u64::from(group.desired_capacity).saturating_mul(may) / all.max(1);
            let hours = Quantity::from(
                u32::try_from(nodes)
                    .unwrap_or(u32::MAX)
                    .saturating_mul(HOURS_PER_MONTH),
            );
            parts.push(SpotHours {
                subject: cluster.name.clone(),
                instance_type: group.instance_type.clone(),
                hours,
            });
        }
    }
    parts
}

/// A bill of terms beside `bill`.
pub(super) fn terms_of(
    estate: &Estate<'_>,
    layout: &Layout,
    (kind, bill): (AlternativeKind, &Bill),
    interruptible: &[SpotHours],
) -> Bill {
    let regions = regions(estate, layout);
    let lines = term_lines(bill, &regions, interruptible, &estate.pricing);
    Bill::new(BillKey::TermsOf(kind), lines)
}

/// What is bound today and for how long.
pub(super) fn commitments(
    estate: &Estate<'_>,
    layout: &Layout,
    today: &Bill,
    after: &Bill,
) -> Commitments {
    let regions = regions(estate, layout);
    let lines = |bill: &Bill, day: jiff::civil::Date| {
        commitment_lines(bill, &regions, day, &estate.pricing)
    };
    let months = estate.pricing.policy.migration.horizon_months;
    let total = |bill: &Bill, day| -> Money {
        let lines = lines(bill, day);
        lines.iter().filter_map(|line| line.amount).sum()
    };
    let month = |month: u32| {
        let day = estate
            .day
            .checked_add(jiff::Span::new().months(i64::from(month)))
            .unwrap_or(estate.day);
        (total(today, day), total(after, day))
    };
    if estate
        .pricing
        .policy
        .prices
        .commitments
        .iter()
        .all(|commitment| commitment.until <= estate.day)
    {
        return Commitments {
            bills: Vec::new(),
            by_month: vec![Default::default(); months as usize],
        };
    }
    let of = |kind, bill: &Bill| Bill::new(BillKey::CommitmentsOf(kind), lines(bill, estate.day));
    Commitments {
        bills: vec![
            of(AlternativeKind::AsIs, today),
            of(AlternativeKind::AsAsked, after),
        ],
        by_month: (0..months).map(month).collect(),
    }
}
