//! Mistakes in what stands beside the two bills.

use super::{Mistake, bill, manifests_of};
use crate::plan::{AlternativeKind, BillKey};
use crate::units::{Money, Quantity};

const CENT: Money = Money::from_cents(1);

pub(super) const MISTAKES: &[Mistake] = &[
    (
        "nothing to compare with",
        &["alternatives-missing"],
        |plan| plan.economics.choosing.alternatives.clear(),
    ),
    (
        "the plan is none of the alternatives",
        &["alternatives-missing"],
        |plan| drop(plan.economics.choosing.alternatives.pop()),
    ),
    (
        "an alternative without its bill",
        &["alternative-bill"],
        |plan| plan.economics.choosing.alternatives[1].terms_bill = BillKey::Move,
    ),
    (
        "an alternative that is cheaper than its bill",
        &["alternative-total"],
        |plan| plan.economics.choosing.alternatives[1].monthly += CENT,
    ),
    (
        "terms that are not in the total",
        &["alternative-total"],
        |plan| plan.economics.choosing.alternatives[1].monthly_with_terms += CENT,
    ),
    (
        "a saving against something else",
        &["alternative-saving"],
        |plan| plan.economics.choosing.alternatives[1].saving += CENT,
    ),
    (
        "a saving that mixes terms and list",
        &["alternative-saving"],
        |plan| plan.economics.choosing.alternatives[1].saving_with_terms += CENT,
    ),
    (
        "a total outside of its likely range",
        &["alternative-likely"],
        |plan| plan.economics.choosing.alternatives[1].likely.high = Money::ZERO,
    ),
    (
        "two plans that are recommended",
        &["alternative-recommended"],
        |plan| {
            let alternatives = &mut plan.economics.choosing.alternatives;
            let survives = alternatives[1].survives.clone();
            alternatives[0].recommended = true;
            alternatives[0].survives = survives;
        },
    ),
    (
        "a recommended plan that survives less than was asked for",
        &["alternative-recommended"],
        |plan| plan.economics.choosing.alternatives[1].survives.truncate(1),
    ),
    (
        "a term on hours that nobody runs",
        &["terms-over-hours"],
        |plan| {
            let line = &mut bill(plan, BillKey::TermsOf(AlternativeKind::AsIs)).lines[0];
            line.machines
                .as_mut()
                .expect("a term is of machines")
                .instance_type = "c5.large".to_owned();
        },
    ),
    ("an environment that never moves", &["wave"], |plan| {
        drop(plan.economics.move_.waves[0].environments.pop())
    }),
    ("an environment that moves twice", &["wave"], |plan| {
        let twice = plan.economics.move_.waves[0].environments[0].clone();
        plan.economics.move_.waves[0].environments.push(twice);
    }),
    ("a wave of something that stays", &["wave"], |plan| {
        plan.economics.move_.waves[0]
            .environments
            .push("old-batch".to_owned())
    }),
    ("an app that names another phase", &["wave-turn"], |plan| {
        manifests_of(plan, "billing-prod").turn.phase += 1;
    }),
    ("a phase without its wave", &["wave-turn"], |plan| {
        plan.phases[0].waves = None
    }),
    (
        "a wave that ends before it starts",
        &["wave-order"],
        |plan| plan.economics.move_.waves[0].ends_on_day = 1,
    ),
    ("people who work for nothing", &["wave-people"], |plan| {
        plan.economics.move_.waves[0].people_days = Quantity::from(5_u32)
    }),
    ("a month that does not add up", &["curve"], |plan| {
        plan.economics.move_.curve[0].net += CENT
    }),
    ("a sum that forgets a month", &["curve"], |plan| {
        plan.economics.move_.curve[1].cumulative += CENT
    }),
    ("a move that is paid in part", &["curve"], |plan| {
        let month = &mut plan.economics.move_.curve[1];
        month.once = month.once - CENT;
        month.net += CENT;
        month.cumulative += CENT;
    }),
    ("staying that costs something else", &["curve"], |plan| {
        for month in &mut plan.economics.move_.curve {
            month.stay += CENT;
            month.beanstalk += CENT;
        }
    }),
    (
        "a break-even that the curve does not have",
        &["break-even"],
        |plan| plan.economics.move_.break_even_month = Some(2),
    ),
    (
        "an app whose saving is not the difference of its parts",
        &["app-saving"],
        |plan| plan.economics.by_app[0].saving += CENT,
    ),
    (
        "apps that are less than the bill",
        &["app-saving-sum"],
        |plan| {
            plan.economics.by_app[0].after = plan.economics.by_app[0].after - CENT;
            plan.economics.by_app[0].saving += CENT;
        },
    ),
    (
        "an app that has a part twice",
        &["app-saving-rows"],
        |plan| {
            let row = plan.economics.by_app[1].clone();
            plan.economics.by_app.push(row);
        },
    ),
    ("an app without a part", &["app-saving-rows"], |plan| {
        drop(plan.economics.by_app.pop())
    }),
    ("a part of nobody", &["app-saving-rows"], |plan| {
        let mut row = plan.economics.by_app[1].clone();
        row.environment = "stranger".to_owned();
        plan.economics.by_app.push(row);
    }),
    ("a scenario that does not add up", &["scenario"], |plan| {
        plan.economics.scenarios[0].saving += CENT
    }),
    (
        "an expectation that is not the plan",
        &["scenario"],
        |plan| {
            plan.economics.scenarios[0].today += CENT;
            plan.economics.scenarios[0].saving += CENT;
        },
    ),
    ("no expectation", &["scenario"], |plan| {
        plan.economics.scenarios.clear()
    }),
    ("a tornado row that overstates", &["tornado"], |plan| {
        plan.economics.tornado[0].swing += CENT
    }),
    ("a tornado in no order", &["tornado"], |plan| {
        plan.economics.tornado.reverse()
    }),
    ("a difference that is none", &["reconciliation"], |plan| {
        if let Some(whole) = &mut plan.economics.reconciliation {
            whole.rows[0].by_price += CENT;
        }
    }),
    (
        "a reconciliation of half of the bill",
        &["reconciliation"],
        |plan| {
            if let Some(whole) = &mut plan.economics.reconciliation {
                whole.rows.clear();
            }
        },
    ),
    ("a total in yen that is no sum", &["currency"], |plan| {
        if let Some(shown) = &mut plan.economics.in_currency {
            shown.today += Money::from_cents(100);
            shown.saving += Money::from_cents(100);
        }
    }),
    ("yen at another rate", &["currency"], |plan| {
        if let Some(shown) = &mut plan.economics.in_currency {
            shown.per_usd = Money::from_cents(15_100);
        }
    }),
];
