//! The move, month by month.

use super::{book, environment, policy, pricing, today, usd};
use crate::price::{
    AppToMove, Bill, BillKey, BillLine, Category, MoveEffort, MoveInputs, Unit, UnitPrice,
    plan_move,
};
use crate::units::{Money, Quantity};

/// A month of a cluster: 100.00 for the control plane, and so much for everything else.
fn after(filling: &str) -> Bill {
    let line = |category, usd: &str| {
        let price = UnitPrice::stated(usd.parse().expect("an amount"), "by hand");
        BillLine::new(
            category,
            "eks-1",
            format!("{category:?}"),
            (Quantity::from(1_u32), Unit::Month),
            &price,
        )
        .because("by hand")
    };
    Bill::new(
        BillKey::AFTER,
        vec![
            line(Category::ControlPlanes, "100.00"),
            line(Category::Machines, filling),
        ],
    )
}

const POLICY: &str = "[migration]\npreparation_weeks = 0\nweeks_per_wave = 1\nparallel_weeks = { low = 0.0, expected = 1.0, high = 4.0 }\napps_per_wave = 1\nusd_per_day = \"100.00\"\npreparation_days = { low = 0.0, expected = 0.0, high = 0.0 }\nhorizon_months = 12\n";

fn app(label: &str, is_staging: bool, effort: MoveEffort, weight: u64) -> AppToMove<'_> {
    AppToMove {
        label,
        phase: 1,
        is_staging,
        effort,
        weight,
    }
}

#[test]
fn staging_moves_first_then_small_ones_and_the_large_last() {
    let policy = policy(&POLICY.replace("apps_per_wave = 1", "apps_per_wave = 2"));
    let book = book(&policy);
    let apps = [
        app("big", false, MoveEffort::Large, 9),
        app("web", false, MoveEffort::Small, 5),
        app("api", false, MoveEffort::Small, 2),
        app("stg", true, MoveEffort::Large, 1),
        app("job", false, MoveEffort::Medium, 1),
    ];
    let bill = today(&[]);
    let moved = plan_move(
        &MoveInputs {
            apps: &apps,
            today: &bill,
            after: &after("0.00"),
            commitments: &[],
        },
        &pricing(&book, &policy),
    );
    let waves: Vec<String> = moved
        .waves
        .iter()
        .map(|wave| {
            format!(
                "{}-{}: {}",
                wave.starts_on_day,
                wave.ends_on_day,
                wave.environments.join(" ")
            )
        })
        .collect();
    // A wave takes a week, and both systems run for another.
    assert_eq!(waves, ["0-14: stg api", "7-21: web job", "14-28: big"]);
    // 8 + 1, 1 + 2 and 8 days at 100.
    assert_eq!(moved.once.total, usd("2000.00"));

    // A phase waits for the one before it, whatever room is left in a wave.
    let apps = [
        AppToMove {
            phase: 2,
            ..apps[3].clone()
        },
        apps[1].clone(),
    ];
    let moved = plan_move(
        &MoveInputs {
            apps: &apps,
            today: &bill,
            after: &after("0.00"),
            commitments: &[],
        },
        &pricing(&book, &policy),
    );
    assert_eq!(
        moved
            .waves
            .iter()
            .map(|wave| wave.environments.join(" "))
            .collect::<Vec<_>>(),
        ["web", "stg"]
    );
}

#[test]
fn both_systems_cost_until_the_old_one_is_gone() {
    // One environment of 181.04 + 3.84 a month moves to a cluster of 100 + 50.
    let policy = policy(POLICY);
    let book = book(&policy);
    let environments = [environment("shop", &[("m5.large", 2)])];
    let bill = today(&environments);
    assert_eq!(bill.total, usd("184.88"));
    let apps = [app("shop", false, MoveEffort::Medium, 7)];
    let moved = plan_move(
        &MoveInputs {
            apps: &apps,
            today: &bill,
            after: &after("50.00"),
            commitments: &[],
        },
        &pricing(&book, &policy),
    );
    let first = moved.curve[0];
    // Gone on day 14 of the 30 of month 1: 184.88 x 14 / 30 = 86.28; the pods run from day 0; two days' work.
    assert_eq!(
        [first.stay, first.beanstalk, first.clusters, first.once],
        ["184.88", "86.28", "150.00", "200.00"].map(usd)
    );
    assert_eq!(first.net, usd("-251.40"));
    let second = moved.curve[1];
    assert_eq!(
        [second.beanstalk, second.clusters, second.once, second.net],
        ["0.00", "150.00", "0.00", "34.88"].map(usd)
    );
    // 251.40 / 34.88 = 7.2: with the eighth month after the first.
    assert_eq!(moved.break_even_month, Some(9));
    assert_eq!(moved.double_running, usd("51.40"));
}

#[test]
fn a_saving_that_never_pays_for_the_move_is_never() {
    let policy = policy(POLICY);
    let book = book(&policy);
    let bill = today(&[environment("shop", &[("m5.large", 2)])]);
    let apps = [app("shop", false, MoveEffort::Medium, 7)];
    let moved = plan_move(
        &MoveInputs {
            apps: &apps,
            today: &bill,
            after: &after("90.00"),
            commitments: &[],
        },
        &pricing(&book, &policy),
    );
    assert_eq!(moved.break_even_month, None);
    assert!(
        moved
            .curve
            .last()
            .is_some_and(|month| month.cumulative.is_negative())
    );
}

#[test]
fn what_is_bound_counts_against_the_move_until_it_ends() {
    let policy = policy(POLICY);
    let book = book(&policy);
    let bill = today(&[environment("shop", &[("m5.large", 2)])]);
    let apps = [app("shop", false, MoveEffort::Medium, 7)];
    // Bound for six months: used if nothing moves (30 off), for nothing after the move (70 more).
    let mut commitments = vec![(usd("-30.00"), usd("70.00")); 6];
    commitments.extend(vec![(Money::ZERO, Money::ZERO); 6]);
    let inputs = MoveInputs {
        apps: &apps,
        today: &bill,
        after: &after("50.00"),
        commitments: &commitments,
    };
    let moved = plan_move(&inputs, &pricing(&book, &policy));
    assert_eq!(moved.curve[1].commitments, usd("100.00"));
    assert_eq!(moved.curve[1].net, usd("-65.12"), "34.88 less 100");
    assert_eq!(moved.curve[6].net, usd("34.88"), "it has ended");
}
