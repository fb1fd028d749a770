//! Whatever the fleet: a total is the sum of its lines, an amount is quantity x price, and nothing that
//! a snapshot may hold makes the arithmetic wrap.

use proptest::prelude::*;

use super::{
    balancer, billed, book, environment, option, policy, pricing, shared, today, usages, usd,
};
use crate::beanstalk::Scheme;
use crate::catalog::{OperatingSystem, Support};
use crate::price::{
    AlternativeKind, AppToMove, Bill, BillKey, Bound, ClusterToPrice, GroupToPrice, Growth,
    Ingress, Logs, MoveEffort, MoveInputs, Pricing, Regions, Saving, SpotHours, ThreePoint, Usage,
    after_lines, plan_move, term_lines, today_lines,
};
use crate::snapshot::Environment;
use crate::units::{Money, Quantity};

const TYPES: [&str; 6] = [
    "t3.small",
    "t3.medium",
    "m5.large",
    "c5.2xlarge",
    "m3.medium",
    "x99.huge",
];
const REGIONS: [&str; 3] = ["ap-northeast-1", "us-east-1", "mars-north-1"];

/// Types and counts, size and type of the root volume, balancers (shared or not), region, whether Windows.
type Row = (
    Vec<(&'static str, u32)>,
    (Option<u32>, &'static str),
    Vec<(&'static str, bool)>,
    &'static str,
    bool,
);

fn fleet() -> impl Strategy<Value = Vec<Environment>> {
    let instances = prop::collection::vec((prop::sample::select(&TYPES[..]), 1_u32..40), 0..3);
    let volume = (
        prop::option::of(0_u32..2000),
        prop::sample::select(vec!["gp2", "gp3", "io1", ""]),
    );
    let balancers = prop::collection::vec(
        (
            prop::sample::select(vec!["application", "network", "classic"]),
            any::<bool>(),
        ),
        0..3,
    );
    let one = (
        instances,
        volume,
        balancers,
        prop::sample::select(&REGIONS[..]),
        any::<bool>(),
    );
    prop::collection::vec(one, 0..12).prop_map(|rows| {
        rows.into_iter()
            .enumerate()
            .map(|(number, row)| random(number, row))
            .collect()
    })
}

fn random(
    number: usize,
    (instances, (gib, volume), balancers, region, is_windows): Row,
) -> Environment {
    let own = |(place, (kind, is_shared)): (usize, (&str, bool))| {
        if is_shared {
            shared(&format!("web-{place}"))
        } else {
            balancer(kind, &format!("own-{number}-{place}"))
        }
    };
    let ordinary = environment(&format!("app-{number}"), &instances);
    Environment {
        region: region.to_owned(),
        platform: if is_windows {
            "Windows Server 2022".to_owned()
        } else {
            ordinary.platform
        },
        root_volume_gib: gib,
        option_settings: vec![option("RootVolumeType", volume)],
        load_balancers: balancers.into_iter().enumerate().map(own).collect(),
        ..ordinary
    }
}

/// From the definition: dollars to nine places, quantities to six; a cent is 10^13 of their products.
fn assert_adds_up(bill: &Bill) -> Result<(), TestCaseError> {
    const CENT: i128 = 10_000_000_000_000;
    let (mut total, mut unpriced) = (0_i128, 0);
    let mut ends = (0_i128, 0_i128);
    for line in &bill.lines {
        let Some(price) = line.unit_price else {
            prop_assert!(line.amount.is_none());
            prop_assert!(
                line.source.to_string().contains("no price for"),
                "{}",
                line.source
            );
            unpriced += 1;
            continue;
        };
        let exact = i128::from(price.nanos()) * i128::from(line.quantity.millionths());
        let cents = (exact.abs() * 2 + CENT) / (CENT * 2) * exact.signum();
        let amount = line
            .amount
            .expect("a priced line of this size has an amount");
        prop_assert_eq!(
            i128::from(amount.nanos()),
            cents * 10_000_000,
            "{} of {}",
            line.quantity,
            line.item
        );
        total += cents;
        let (low, high) = (line.low.expect("a low"), line.high.expect("a high"));
        prop_assert!(
            low <= amount && amount <= high,
            "{} of {}: {low} {amount} {high}",
            line.subject,
            line.item
        );
        prop_assert!(!line.basis.is_empty(), "{}", line.item);
        ends = (
            ends.0 + i128::from(low.nanos()),
            ends.1 + i128::from(high.nanos()),
        );
    }
    prop_assert_eq!(
        (i128::from(bill.low.nanos()), i128::from(bill.high.nanos())),
        ends
    );
    prop_assert_eq!(i128::from(bill.total.nanos()), total * 10_000_000);
    prop_assert_eq!(bill.unpriced_lines, unpriced);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_bill_adds_up(fleet in fleet(), rate in prop::option::of(0.0_f64..5_000.0), staying in any::<prop::sample::Index>(), nodes in 0_u32..300, apps in 0_u32..200, region in prop::sample::select(&REGIONS[..])) {
        let policy = policy("[[prices.host_agents]]\nname = \"watcher\"\nusd_per_host_month = \"15.123456789\"\n");
        let book = book(&policy);
        let group = |operating_system| GroupToPrice {
            instance_type: "c5.2xlarge",
            operating_system,
            nodes: ThreePoint { low: nodes / 2, expected: nodes, high: nodes + apps },
            hours_above: Quantity::from(apps),
            cpu_of_binding: 1_000,
            memory_of_binding: 0,
        };
        let ingress = |kind| Ingress {
            label: "production internet-facing".into(),
            kind,
            apps,
            balancers: 1 + apps / 25,
            scheme: Scheme::InternetFacing,
            requests_per_second: Some(f64::from(apps) / 7.0),
        };
        let cluster = ClusterToPrice {
            name: "eks-1",
            region,
            support: Some(Support::Extended),
            tasks: Vec::new(),
            auto_mode: apps % 2 == 0,
            groups: vec![group(OperatingSystem::Linux), group(OperatingSystem::Windows)],
            zones: 3,
            nat_environments: apps,
            logs: Logs { instances: Quantity::from(nodes), instance_days: Quantity::from(nodes * 7) },
            agent_metrics: Quantity::from(apps),
            ingresses: vec![ingress("application"), ingress("network")],
        };
        let used: Vec<Usage> = usages(&fleet).into_iter().map(|usage| Usage { requests_per_second: rate, ..usage }).collect();
        let all = billed(&fleet, &used);
        let staying = &all[..staying.index(all.len() + 1)];
        let pricing = Pricing { growth: Growth { low: -100, high: 700 }, ..pricing(&book, &policy) };
        let today = Bill::new(BillKey::TODAY, today_lines(&all, &pricing));
        let after = Bill::new(BillKey::AFTER, after_lines(std::slice::from_ref(&cluster), staying, &pricing));
        assert_adds_up(&today)?;
        assert_adds_up(&after)?;

        // Terms never take more off than there is, and a bill with them adds up, too.
        let regions: Regions<'_> = fleet.iter().map(|one| (one.name.as_str(), one.region.as_str())).chain([("eks-1", region)]).collect();
        let all_of_it: Vec<SpotHours> = vec![SpotHours { subject: "eks-1".to_owned(), instance_type: "c5.2xlarge".to_owned(), hours: Quantity::from(nodes) }];
        for (bill, interruptible) in [(&today, &[][..]), (&after, &all_of_it[..])] {
            let terms = Bill::new(BillKey::TermsOf(AlternativeKind::AsIs), term_lines(bill, &regions, interruptible, &pricing));
            assert_adds_up(&terms)?;
            prop_assert!(!(bill.total + terms.total).is_negative());
        }

        // The move: every month is the sum of its parts, whatever stays and whatever it costs.
        let apps: Vec<AppToMove<'_>> = (0_u32..)
            .zip(&all[staying.len()..])
            .map(|(place, one)| AppToMove {
                label: one.label,
                phase: 1 + place / 2,
                is_staging: place % 3 == 0,
                effort: MoveEffort::Medium,
                weight: u64::from(place),
            })
            .collect();
        let commitments = vec![(Money::ZERO, usd("12.34")); policy.migration.horizon_months as usize];
        let moved = plan_move(&MoveInputs { apps: &apps, today: &today, after: &after, commitments: &commitments }, &pricing);
        assert_adds_up(&moved.once)?;
        let mut sum = 0;
        for month in &moved.curve {
            let net = [month.stay, -month.beanstalk, -month.clusters, -month.commitments, -month.once].map(|part| i128::from(part.nanos()));
            prop_assert_eq!(i128::from(month.net.nanos()), net.iter().sum::<i128>());
            prop_assert!([month.beanstalk, month.clusters, month.commitments, month.once].iter().all(|part| part.is_whole_cents()));
            sum += i128::from(month.net.nanos());
            prop_assert_eq!(i128::from(month.cumulative.nanos()), sum);
        }
        let last = moved.curve.last().expect("a horizon");
        prop_assert_eq!(last.beanstalk + last.clusters, after.total, "at the end everything is as the bill after says");

        let saving = Saving::between(&today, &after);
        prop_assert_eq!(i128::from(saving.per_month.nanos()), i128::from(today.total.nanos()) - i128::from(after.total.nanos()));
        let is_exact = today.lines.iter().chain(&after.lines).all(|line| line.amount.is_some());
        prop_assert_eq!(saving.bound == Bound::Exact, is_exact);
        // A line that stays is today's line, so no more lines stay than there are.
        let stay = after.lines.iter().filter(|line| line.item.to_string().starts_with("stays on Beanstalk: ")).count();
        prop_assert!(stay <= today.lines.len());
    }

    #[test]
    fn the_order_of_the_environments_does_not_matter(fleet in fleet()) {
        let mut reversed = fleet.clone();
        reversed.reverse();
        prop_assert_eq!(today(&fleet), today(&reversed));
    }
}

#[test]
fn volumes_as_large_as_a_number_can_be_are_a_large_bill_and_no_panic() {
    // 4,294,967,295 GB x 0.096 = 412,316,860.32 each: the twenty-third passes what 64 bits hold.
    let huge = |number: u32| Environment {
        root_volume_gib: Some(u32::MAX),
        ..environment(&format!("app-{number}"), &[("x99.huge", 1)])
    };
    let few: Vec<Environment> = (0..2).map(huge).collect();
    assert_eq!(today(&few).total, usd("824633720.64"));
    // The check adds up wider than this and refuses the plan.
    let many: Vec<Environment> = (0..40).map(huge).collect();
    assert!(today(&many).total > usd("9000000000"));
}
