//! What stands beside two bills, worked out by hand from their totals, for the valid plan.

use jiff::Timestamp;

use crate::plan::{
    Alternative, AlternativeKind, AppSaving, Bill, BillKey, BillLine, Category, CurrencyRow,
    CurrencyTotals, CurveMonth, Decision, Driver, Economics, Hours, LikelyRange, Machines, Move,
    MoveWave, OperatingSystem, Outlook, Reconciliation, ReconciliationRow, Survive, TornadoRow,
    Unit, UnpricedItem,
};
use crate::units::{Money, Quantity};
use crate::wording::{Text, text};

fn usd(text: &str) -> Money {
    text.parse().expect("an amount")
}

/// A bill whose lines have no ranges.
pub(super) fn plain(key: BillKey, lines: Vec<BillLine>) -> Bill {
    let total = lines.iter().filter_map(|line| line.amount).sum();
    Bill {
        key,
        currency: "USD".to_owned(),
        lines,
        total,
        low: total,
        high: total,
        unpriced_lines: 0,
        unpriced_at_most: None,
    }
}

/// The bills of terms: one discount beside `today`, nothing beside `after`.
pub(super) fn terms() -> [Bill; 2] {
    // 730 x 0.0372
    let line = BillLine {
        category: Category::Terms,
        item: "m5.large, one-year term".into(),
        subject: "ap-northeast-1".into(),
        machines: Some(Machines {
            instance_type: "m5.large".to_owned(),
            operating_system: OperatingSystem::Linux,
            hours: Hours::Reduced,
        }),
        balancers: None,
        stays: false,
        quantity: Quantity::from(730_u32),
        unit: Unit::InstanceHour,
        unit_price: Some(usd("-0.0372")),
        amount: Some(usd("-27.16")),
        low: Some(usd("-27.16")),
        high: Some(usd("-27.16")),
        source: "by hand".into(),
        basis: "by hand".into(),
    };
    [
        plain(BillKey::TermsOf(AlternativeKind::AsIs), vec![line]),
        plain(BillKey::TermsOf(AlternativeKind::AsAsked), Vec::new()),
    ]
}

/// People at 100.00 a day: ten days of preparation, four for the four apps.
fn once() -> Bill {
    let line = |subject: Text, days: u32, amount: &str| BillLine {
        category: Category::Extra,
        item: "people".into(),
        subject,
        machines: None,
        balancers: None,
        stays: false,
        quantity: Quantity::from(days),
        unit: Unit::PersonDay,
        unit_price: Some(usd("100.00")),
        amount: Some(usd(amount)),
        low: Some(usd(amount)),
        high: Some(usd(amount)),
        source: "by hand".into(),
        basis: "by hand".into(),
    };
    plain(
        BillKey::Move,
        vec![
            line(text!("subject-preparation"), 10, "1000.00"),
            line(text!("subject-wave", number = "001"), 4, "400.00"),
        ],
    )
}

pub(super) fn economics(today: &Bill, after: &Bill) -> Economics {
    let discount = usd("-27.16");
    let alternative = |kind: AlternativeKind, title: &str, bill: &Bill, terms: Money| Alternative {
        kind,
        title: title.into(),
        bill: bill.key,
        terms_bill: BillKey::TermsOf(kind),
        monthly: bill.total,
        monthly_with_terms: bill.total + terms,
        saving: today.total - bill.total,
        saving_with_terms: today.total + discount - bill.total - terms,
        likely: LikelyRange {
            low: bill.total - usd("1.00"),
            high: bill.total + usd("1.00"),
        },
        misses_until_no_saving: None,
        once: Money::ZERO,
        payback_month: None,
        cumulative: Money::ZERO,
        cumulative_by_month: Vec::new(),
        survives: match kind {
            AlternativeKind::AsAsked => vec![Survive::Node, Survive::Zone, Survive::Cluster],
            _ => Vec::new(),
        },
        needs: Vec::new(),
        settings: Vec::new(),
        replay: None,
        frontier: false,
        recommended: kind == AlternativeKind::AsAsked,
        unpriced_lines: 0,
        unknown_discounts: 0,
        machines: "by hand".into(),
        remarks: Vec::new(),
    };
    let scenario = Outlook {
        name: "expected".to_owned(),
        today: today.total,
        after: after.total,
        saving: today.total - after.total,
        once: usd("1400.00"),
        net: usd("-2000.00"),
        break_even_month: None,
    };
    let tornado = |driver, low, high, swing| TornadoRow {
        driver,
        saving_at_low: usd("0.00"),
        saving_at_high: usd("0.00"),
        net_at_low: usd(low),
        net_at_high: usd(high),
        swing: usd(swing),
    };
    Economics {
        not_billed: vec![UnpricedItem {
            subject: "the fleet".into(),
            item: "traffic".into(),
            why: "nobody counted it".into(),
        }],
        choosing: Decision {
            alternatives: vec![
                alternative(AlternativeKind::AsIs, "as it is", today, discount),
                alternative(AlternativeKind::AsAsked, "EKS as asked", after, Money::ZERO),
            ],
            ..Decision::default()
        },
        move_: moved(today, after),
        by_app: by_app(today, after),
        tornado: vec![
            tornado(Driver::Effort, "-500.00", "-3000.00", "2500.00"),
            tornado(Driver::Sizing, "0.00", "-100.00", "100.00"),
        ],
        scenarios: vec![scenario],
        reconciliation: Some(reconciliation(today)),
        in_currency: Some(yen(today, after)),
    }
}

/// One environment has all of both bills.
fn by_app(today: &Bill, after: &Bill) -> Vec<AppSaving> {
    let row = |name: &str, today, after| AppSaving {
        environment: name.to_owned(),
        today,
        after,
        saving: today - after,
    };
    let others = [
        "legacy-iis",
        "old-batch",
        "search-prod",
        "shop-stg",
        "warehouse",
    ];
    let nothing = others.map(|name| row(name, Money::ZERO, Money::ZERO));
    [
        vec![row("billing-prod", today.total, after.total)],
        nothing.to_vec(),
    ]
    .concat()
}

/// Two months; one wave of all four apps on day 56, gone from Beanstalk on day 60.
fn moved(today: &Bill, after: &Bill) -> Move {
    let month = |month, beanstalk, clusters, before: Money| {
        let once = usd("700.00");
        let net = today.total - beanstalk - clusters - once;
        CurveMonth {
            month,
            stay: today.total,
            beanstalk,
            clusters,
            commitments: Money::ZERO,
            once,
            net,
            cumulative: before + net,
        }
    };
    let first = month(1, today.total, usd("146.00"), Money::ZERO);
    let second = month(2, today.total, after.total, first.cumulative);
    Move {
        waves: vec![MoveWave {
            number: 1,
            starts_on_day: 56,
            ends_on_day: 60,
            environments: ["billing-prod", "legacy-iis", "search-prod", "shop-stg"]
                .map(str::to_owned)
                .to_vec(),
            people_days: Quantity::from(4_u32),
        }],
        once: once(),
        double_running: usd("146.00") + after.total,
        curve: vec![first, second],
        break_even_month: None,
    }
}

/// Everything in one row: 100.00 less was charged, of which 40.00 for fewer hours and 50.00 by discounts.
fn reconciliation(today: &Bill) -> Reconciliation {
    let bill = today.total - usd("100.00");
    let row = ReconciliationRow {
        subject: "search-prod".into(),
        category: Category::Machines,
        estimate: today.total,
        bill,
        difference: usd("100.00"),
        by_quantity: usd("40.00"),
        by_price: usd("10.00"),
        by_discount: usd("50.00"),
        why: "by hand".into(),
    };
    Reconciliation {
        start: Timestamp::UNIX_EPOCH,
        end: Timestamp::UNIX_EPOCH,
        rows_read: 1,
        estimate: row.estimate,
        bill: row.bill,
        difference: row.difference,
        rows: vec![row],
        not_attributed: Vec::new(),
        other: Vec::new(),
    }
}

/// At 150 for a dollar, in whole yen.
fn yen(today: &Bill, after: &Bill) -> CurrencyTotals {
    let yen = |usd: Money| {
        Money::from_nanos((usd.nanos() * 150 + 500_000_000) / 1_000_000_000 * 1_000_000_000)
    };
    let row = CurrencyRow {
        category: Category::Machines,
        today: yen(today.total),
        after: yen(after.total),
    };
    CurrencyTotals {
        code: "JPY".to_owned(),
        per_usd: usd("150.00"),
        rate_date: "2026-11-20".to_owned(),
        decimals: 0,
        today: row.today,
        after: row.after,
        saving: row.today - row.after,
        tax_today: Money::ZERO,
        tax_after: Money::ZERO,
        rows: vec![row],
    }
}
