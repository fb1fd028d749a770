//! Whatever the fleet: a total is the sum of its lines, an amount is quantity x price, and nothing that
//! a snapshot may hold makes the arithmetic wrap.

use proptest::prelude::*;

use super::{balancer, billed, book, environment, option, policy, shared, today, usd};
use crate::catalog::{OperatingSystem, Support};
use crate::price::{Bill, Bound, ClusterToPrice, GroupToPrice, Ingress, Saving, after_lines, today_lines};
use crate::snapshot::Environment;

const TYPES: [&str; 6] = ["t3.small", "t3.medium", "m5.large", "c5.2xlarge", "m3.medium", "x99.huge"];
const REGIONS: [&str; 3] = ["ap-northeast-1", "us-east-1", "mars-north-1"];

/// Types and counts, size and type of the root volume, balancers (shared or not), region, whether Windows.
type Row = (Vec<(&'static str, u32)>, (Option<u32>, &'static str), Vec<(&'static str, bool)>, &'static str, bool);

fn fleet() -> impl Strategy<Value = Vec<Environment>> {
    let instances = prop::collection::vec((prop::sample::select(&TYPES[..]), 1_u32..40), 0..3);
    let volume = (prop::option::of(0_u32..2000), prop::sample::select(vec!["gp2", "gp3", "io1", ""]));
    let balancers = prop::collection::vec((prop::sample::select(vec!["application", "network", "classic"]), any::<bool>()), 0..3);
    let one = (instances, volume, balancers, prop::sample::select(&REGIONS[..]), any::<bool>());
    prop::collection::vec(one, 0..12).prop_map(|rows| rows.into_iter().enumerate().map(|(number, row)| random(number, row)).collect())
}

fn random(number: usize, (instances, (gib, volume), balancers, region, is_windows): Row) -> Environment {
    let own = |(place, (kind, is_shared)): (usize, (&str, bool))| {
        if is_shared { shared(&format!("web-{place}")) } else { balancer(kind, &format!("own-{number}-{place}")) }
    };
    let ordinary = environment(&format!("app-{number}"), &instances);
    Environment {
        region: region.to_owned(),
        platform: if is_windows { "Windows Server 2022".to_owned() } else { ordinary.platform },
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
    for line in &bill.lines {
        let Some(price) = line.unit_price else {
            prop_assert!(line.amount.is_none());
            prop_assert!(line.source.contains("no price for"), "{}", line.source);
            unpriced += 1;
            continue;
        };
        let exact = i128::from(price.nanos()) * i128::from(line.quantity.millionths());
        let cents = (exact + CENT / 2).div_euclid(CENT);
        let amount = line.amount.expect("a priced line of this size has an amount");
        prop_assert_eq!(i128::from(amount.nanos()), cents * 10_000_000, "{} of {}", line.quantity, line.item);
        total += cents;
    }
    prop_assert_eq!(i128::from(bill.total.nanos()), total * 10_000_000);
    prop_assert_eq!(bill.unpriced_lines, unpriced);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_bill_adds_up(fleet in fleet(), staying in any::<prop::sample::Index>(), nodes in 0_u32..300, apps in 0_u32..200, region in prop::sample::select(&REGIONS[..])) {
        let policy = policy("[[prices.host_agents]]\nname = \"watcher\"\nusd_per_host_month = \"15.123456789\"\n");
        let book = book(&policy);
        let group = |operating_system| GroupToPrice { instance_type: "c5.2xlarge", operating_system, nodes };
        let ingress = |kind| Ingress { label: "production internet-facing".to_owned(), kind, apps };
        let cluster = ClusterToPrice {
            name: "eks-1",
            region,
            support: Support::Extended,
            groups: vec![group(OperatingSystem::Linux), group(OperatingSystem::Windows)],
            ingresses: vec![ingress("application"), ingress("network")],
        };
        let all = billed(&fleet);
        let staying = &all[..staying.index(all.len() + 1)];
        let today = Bill::new("today", today_lines(&all, &book, &policy.prices));
        let after = Bill::new("after", after_lines(&[cluster], staying, &book, &policy));
        assert_adds_up(&today)?;
        assert_adds_up(&after)?;

        let saving = Saving::between(&today, &after);
        prop_assert_eq!(i128::from(saving.per_month.nanos()), i128::from(today.total.nanos()) - i128::from(after.total.nanos()));
        let is_exact = today.lines.iter().chain(&after.lines).all(|line| line.amount.is_some());
        prop_assert_eq!(saving.bound == Bound::Exact, is_exact);
        // A line that stays is today's line, so no more lines stay than there are.
        let stay = after.lines.iter().filter(|line| line.item.starts_with("stays on Beanstalk: ")).count();
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
    let huge = |number: u32| Environment { root_volume_gib: Some(u32::MAX), ..environment(&format!("app-{number}"), &[("x99.huge", 1)]) };
    let few: Vec<Environment> = (0..2).map(huge).collect();
    assert_eq!(today(&few).total, usd("824633720.64"));
    // The check adds up wider than this and refuses the plan.
    let many: Vec<Environment> = (0..40).map(huge).collect();
    assert!(today(&many).total > usd("9000000000"));
}
