//! Plans whose bills were made wrong: each has to be noticed.

use super::{Mistake, bill, codes};
use crate::check::valid_economics::economics;
use crate::check::valid_plan::valid_plan;
use crate::plan::{
    Bill, BillKey, Bound, NodeTypeOutcome, NodeTypeRow, OperatingSystem, Plan, Severity,
};
use crate::units::Money;
use crate::wording::Text;

const CENT: Money = Money::from_cents(1);

pub(super) const MISTAKES: &[Mistake] = &[
    (
        "the plan's own row of node types with other nodes",
        &["node-types-plan"],
        |plan| {
            if let NodeTypeOutcome::Feasible { nodes, .. } = &mut plan.node_types[1].outcome {
                *nodes += 1;
            }
        },
    ),
    (
        "no row of node types that is the plan's",
        &["node-types-plan"],
        |plan| plan.node_types[1].is_planned = false,
    ),
    (
        "a saving of another node type that is made up",
        &["node-types-saving"],
        |plan| {
            if let NodeTypeOutcome::Feasible { saving, .. } = &mut plan.node_types[0].outcome {
                *saving = saving.map(|saving| saving + Money::from_cents(1));
            }
        },
    ),
    (
        "node types that are not in order",
        &["node-types-order"],
        |plan| plan.node_types.reverse(),
    ),
    ("another currency", &["bill-currency"], |plan| {
        bill(plan, BillKey::AFTER).currency = "JPY".to_owned()
    }),
    (
        "a line off by one cent, in step with the total",
        &["line-amount"],
        |plan| {
            raise_line(bill(plan, BillKey::AFTER), 0);
            settle(plan);
        },
    ),
    (
        "more than half a cent rounded down",
        &["line-amount"],
        |plan| {
            // 33 x 0.095606061 = 3.155000013: up, to 3.16.
            bill(plan, BillKey::TODAY).lines[3].unit_price = "0.095606061".parse().ok();
        },
    ),
    ("an amount without a price", &["line-amount"], |plan| {
        bill(plan, BillKey::TODAY).lines[0].unit_price = None
    }),
    (
        "a price without an amount",
        &[
            "bill-total",
            "bill-unpriced",
            "currency",
            "line-amount",
            "line-range",
            "reconciliation",
            "saving-bound",
        ],
        |plan| {
            bill(plan, BillKey::TODAY).lines[0].amount = None;
        },
    ),
    (
        "an amount outside of its own range",
        &["line-range", "bill-total"],
        |plan| bill(plan, BillKey::TODAY).lines[0].low = Some(Money::from_cents(99_999)),
    ),
    (
        "a low that is not the sum of the lines'",
        &["bill-total"],
        |plan| bill(plan, BillKey::TODAY).low = Money::ZERO,
    ),
    (
        "a line that does not say where it is from",
        &["line-unexplained"],
        |plan| bill(plan, BillKey::AFTER).lines[0].basis = Text::default(),
    ),
    ("an unpriced day of the move", &["line-amount"], |plan| {
        plan.economics.move_.once.lines[0].unit_price = Some(CENT)
    }),
    ("a wrong total", &["bill-total"], |plan| {
        bill(plan, BillKey::TODAY).total += CENT;
        settle(plan);
        // What AWS charged is compared with the lines.
        plan.economics.reconciliation = None;
        plan.economics.in_currency = None;
    }),
    (
        "an unpriced line that is none",
        &["bill-unpriced"],
        |plan| bill(plan, BillKey::AFTER).unpriced_lines = 1,
    ),
    (
        "no bill for today",
        &["alternative-bill", "bill-missing", "scenario"],
        |plan| drop(plan.bills.remove(0)),
    ),
    (
        "two bills for after",
        &["bill-missing", "bill-twice"],
        |plan| {
            let double = bill(plan, BillKey::AFTER).clone();
            plan.bills.push(double);
        },
    ),
    ("a saving of another bill", &["saving"], |plan| {
        plan.saving.today += CENT;
        plan.saving.per_month += CENT;
    }),
    ("a saving off by one cent", &["saving"], |plan| {
        plan.saving.per_month += CENT
    }),
    (
        "a saving that claims too little",
        &["saving-bound"],
        |plan| plan.saving.bound = Bound::AtLeast,
    ),
    (
        "a bound that hides an unknown price",
        &["saving-bound"],
        |plan| {
            forget_price(plan, BillKey::AFTER);
            plan.saving.bound = Bound::Exact;
        },
    ),
    (
        "an environment that runs for free",
        &["environment-unbilled"],
        |plan| {
            bill(plan, BillKey::TODAY).lines[0].subject = "somebody".into();
        },
    ),
    (
        "an environment that stays for free",
        &["environment-unbilled"],
        |plan| {
            bill(plan, BillKey::AFTER).lines[6].subject = "somebody".into();
        },
    ),
    ("nodes for free", &["node-hours"], |plan| {
        bill(plan, BillKey::AFTER).lines[0].subject = "eks-9".into()
    }),
    ("nodes paid twice", &["node-hours"], |plan| {
        let bill = bill(plan, BillKey::AFTER);
        let mut double = bill.lines[0].clone();
        (double.unit_price, double.amount, double.low, double.high) = (
            Some(Money::ZERO),
            Some(Money::ZERO),
            Some(Money::ZERO),
            Some(Money::ZERO),
        );
        bill.lines.push(double);
    }),
    (
        "Windows nodes without their licence",
        &["node-hours"],
        |plan| {
            bill(plan, BillKey::AFTER).lines[1]
                .machines
                .as_mut()
                .expect("nodes are machines")
                .operating_system = OperatingSystem::Linux;
        },
    ),
];

/// Makes a line a cent dearer, and the total with it.
fn raise_line(bill: &mut Bill, line: usize) {
    let line = &mut bill.lines[line];
    for end in [&mut line.low, &mut line.amount, &mut line.high] {
        *end = end.map(|amount| amount + CENT);
    }
    bill.total += CENT;
    bill.low += CENT;
    bill.high += CENT;
}

/// Takes the totals of the bills over into the saving and whatever else rests on them.
fn settle(plan: &mut Plan) {
    let (today, after) = (
        bill(plan, BillKey::TODAY).clone(),
        bill(plan, BillKey::AFTER).clone(),
    );
    plan.economics = economics(&today, &after);
    (plan.saving.today, plan.saving.after, plan.saving.per_month) =
        (today.total, after.total, today.total - after.total);
    let after = plan.saving.after;
    for row in &mut plan.node_types {
        if let NodeTypeOutcome::Feasible {
            per_month: Some(total),
            saving: Some(saving),
            ..
        } = &mut row.outcome
        {
            if row.is_planned {
                *total = after;
            }
            *saving = after - *total;
        }
    }
    plan.node_types.sort_by_key(NodeTypeRow::per_month);
}

/// Makes the first line's price unknown, as a maker would.
fn forget_price(plan: &mut Plan, key: BillKey) {
    let bill = bill(plan, key);
    let line = &mut bill.lines[0];
    let amount = line.amount.take().expect("it had a price");
    (line.unit_price, line.low, line.high) = (None, None, None);
    bill.total = bill.total - amount;
    bill.low = bill.low - amount;
    bill.high = bill.high - amount;
    bill.unpriced_lines += 1;
    settle(plan);
}

#[test]
fn unknown_prices_are_no_mistake_when_they_are_told() {
    for (forgotten, bound) in [
        (&[BillKey::TODAY][..], Bound::AtLeast),
        (&[BillKey::AFTER][..], Bound::AtMost),
        (&[BillKey::TODAY, BillKey::AFTER][..], Bound::Unknown),
    ] {
        let mut plan = valid_plan();
        forgotten
            .iter()
            .for_each(|key| forget_price(&mut plan, *key));
        plan.saving.bound = bound;
        assert!(codes(&plan, Severity::Fatal).is_empty(), "{forgotten:?}");
    }
}
