//! What would change the answer: one driver at a time, and all at once, everything priced again.

use std::collections::BTreeMap;

use super::by_app::EnvironmentWeight;
use super::{Decision, Economics, Estate, Layout, Outlook, TornadoRow, readiness};
use crate::plan::Stage;
use crate::policy::Level;
use crate::price::{
    AppToMove, Bill, BillKey, ClusterToPrice, Driver, Levels, Move, MoveInputs, plan_move,
};
use crate::units::{Bytes, Millicores, Money, Resources};

/// The economics as far as they follow from the bills at other levels.
pub(super) fn of(
    estate: &Estate<'_>,
    layout: &Layout,
    commitments: &[(Money, Money)],
) -> Economics {
    let apps = apps(estate, layout);
    let clusters = estate.to_price(layout);
    let outcome =
        |levels: &Levels| Outcome::at(estate, (layout, &clusters), &apps, commitments, levels);
    let expected = outcome(&Levels::RANGED);
    let mut tornado: Vec<TornadoRow> = Driver::ALL
        .into_iter()
        .map(|driver| {
            let low = outcome(&Levels::EXPECTED.with(driver, Level::Low));
            let high = outcome(&Levels::EXPECTED.with(driver, Level::High));
            let swing = low.net() - high.net();
            TornadoRow {
                driver,
                saving_at_low: low.saving(),
                saving_at_high: high.saving(),
                net_at_low: low.net(),
                net_at_high: high.net(),
                swing: if swing.is_negative() { -swing } else { swing },
            }
        })
        .filter(|row| row.swing > Money::ZERO)
        .collect();
    tornado.sort_by_key(|row| (std::cmp::Reverse(row.swing), row.driver));
    let joint = |is_good: bool| {
        let levels = tornado.iter().fold(Levels::EXPECTED, |levels, row| {
            let low_is_better = row.net_at_low >= row.net_at_high;
            levels.with(
                row.driver,
                if low_is_better == is_good {
                    Level::Low
                } else {
                    Level::High
                },
            )
        });
        outcome(&levels)
    };
    let scenarios = vec![
        joint(false).outlook("cautious"),
        expected.outlook("expected"),
        joint(true).outlook("optimistic"),
    ];
    Economics {
        not_billed: Vec::new(),
        choosing: Decision::default(),
        move_: expected.moved,
        by_app: Vec::new(),
        tornado,
        scenarios,
        reconciliation: None,
        in_currency: None,
    }
}

/// Both bills and the move at some levels.
struct Outcome {
    today: Money,
    after: Money,
    moved: Move,
}

impl Outcome {
    fn at(
        estate: &Estate<'_>,
        (layout, clusters): (&Layout, &[ClusterToPrice<'_>]),
        apps: &[AppToMove<'_>],
        commitments: &[(Money, Money)],
        levels: &Levels,
    ) -> Self {
        let today = Bill::unsorted(BillKey::TODAY, estate.today_at(levels));
        let after = Bill::unsorted(BillKey::AFTER, estate.after_at(layout, clusters, levels));
        let inputs = MoveInputs {
            apps,
            today: &today,
            after: &after,
            commitments,
        };
        let moved = plan_move(&inputs, &estate.pricing.at(*levels));
        Self {
            today: today.total,
            after: after.total,
            moved,
        }
    }

    fn saving(&self) -> Money {
        self.today - self.after
    }

    fn net(&self) -> Money {
        self.moved
            .curve
            .last()
            .map_or(Money::ZERO, |month| month.cumulative)
    }

    fn outlook(&self, name: &str) -> Outlook {
        Outlook {
            name: name.to_owned(),
            today: self.today,
            after: self.after,
            saving: self.saving(),
            once: self.moved.once.total,
            net: self.net(),
            break_even_month: self.moved.break_even_month,
        }
    }
}

/// Every environment with what it takes of the nodes.
pub(super) fn sharing<'a>(
    estate: &'a Estate<'_>,
    layout: &'a Layout,
) -> Vec<EnvironmentWeight<'a>> {
    let weights: BTreeMap<&str, u64> = apps(estate, layout)
        .iter()
        .map(|app| (app.label, app.weight))
        .collect();
    let weight = |label: &str| weights.get(label).copied().unwrap_or_default();
    layout
        .environments
        .iter()
        .map(|plan| EnvironmentWeight {
            label: &plan.label,
            weight: weight(&plan.label),
        })
        .collect()
}

/// Where there are no nodes, apps are weighed as if there were: a vCPU is worth two GiB.
const USUAL_NODE: Resources = Resources {
    cpu: Millicores(8_000),
    memory: Bytes::from_gibibytes(16),
};

/// What moves, how much of the clusters it fills, and how much work it is.
pub(super) fn apps<'a>(estate: &'a Estate<'_>, layout: &'a Layout) -> Vec<AppToMove<'a>> {
    let node = |plan: &crate::plan::EnvironmentPlan| {
        let groups = layout
            .clusters
            .iter()
            .flat_map(|cluster| &cluster.node_groups);
        groups
            .filter(|group| plan.node_group() == Some(group.name.as_str()))
            .map(|group| group.node.available)
            .next()
            .unwrap_or(USUAL_NODE)
    };
    estate
        .pairs(layout)
        .filter_map(|(plan, one, _)| {
            let (_, sizing) = plan.planned()?;
            let pods: u32 = sizing
                .replicas
                .clusters
                .values()
                .map(|here| here.normal)
                .sum();
            Some(AppToMove {
                label: &plan.label,
                phase: plan.manifests()?.turn.phase,
                is_staging: plan.stage == Stage::Staging,
                effort: readiness::effort(plan, sizing, &one.reading),
                weight: (sizing.requests * pods).dominant_millionths_of(node(plan)),
            })
        })
        .collect()
}
