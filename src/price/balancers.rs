//! Load balancers of the environments: hours, what their requests cost, and their public addresses.

use std::collections::BTreeMap;

use super::bases::whole_month;
use super::traffic::{capacity, gigabytes};
use super::{
    BillLine, Category, EnvironmentToPrice, Pricing, RangedPrice, ThreePoint, Unit, UnpricedItem,
};
use crate::beanstalk::{Balancer, BalancerKind, Scheme};
use crate::units::{HOURS_PER_MONTH, Quantity};
use crate::wording::{Text, text};

/// A balancer with everybody who is behind it.
struct BalancerInUse<'a> {
    subject: Text,
    balancer: &'a Balancer,
    region: &'a str,
    /// Of all that are behind it and were counted.
    requests_per_second: Option<f64>,
    apps: u32,
    public_zones: u32,
}

/// A balancer in front of several environments is none's own, whether or not it is marked as shared.
fn in_use<'a>(environments: &[EnvironmentToPrice<'a>]) -> Vec<BalancerInUse<'a>> {
    let mut balancers: BTreeMap<(&str, &str, &str), BalancerInUse<'a>> = BTreeMap::new();
    for EnvironmentToPrice {
        environment,
        reading,
        label,
        usage,
    } in environments
    {
        for (place, balancer) in reading.balancers_of_today().enumerate() {
            let shared = shared_subject(&balancer.name);
            let own = if balancer.is_shared {
                shared.clone()
            } else {
                Text::plain(label)
            };
            let key = (
                environment.account.as_str(),
                environment.region.as_str(),
                balancer.name.as_str(),
            );
            let public_zones = if balancer.scheme == Scheme::InternetFacing {
                balancer.zones
            } else {
                0
            };
            let one = balancers.entry(key).or_insert_with(|| BalancerInUse {
                subject: own.clone(),
                balancer,
                region: &environment.region,
                requests_per_second: None,
                apps: 0,
                public_zones,
            });
            if one.subject != own {
                one.subject = shared;
            }
            one.apps += 1;
            // Nobody knows which of its balancers a request came through: the first has them all.
            if let Some(rate) = usage.requests_per_second.filter(|_| place == 0) {
                one.requests_per_second = Some(one.requests_per_second.unwrap_or(0.0) + rate);
            }
        }
    }
    balancers.into_values().collect()
}

/// What lines of a balancer that several environments share are about.
#[must_use]
pub fn shared_subject(name: impl Into<Text>) -> Text {
    text!("subject-shared", name = name.into())
}

/// Hours, capacity or data, and addresses of every balancer.
pub(super) fn balancer_lines(
    environments: &[EnvironmentToPrice<'_>],
    pricing: &Pricing<'_>,
) -> Vec<BillLine> {
    in_use(environments)
        .iter()
        .flat_map(|one| lines_of(one, pricing))
        .collect()
}

fn lines_of(one: &BalancerInUse<'_>, pricing: &Pricing<'_>) -> Vec<BillLine> {
    let BalancerInUse {
        subject,
        balancer,
        region,
        ..
    } = one;
    let kind = balancer.kind.word();
    let price = |key: &str| pricing.adjusted(pricing.book.of(region, key));
    let line = |category,
                item: Text,
                (quantity, unit): (ThreePoint<Quantity>, Unit),
                price: RangedPrice| {
        BillLine::new(category, subject.clone(), item, (quantity, unit), &price)
    };
    let hours = (Quantity::from(HOURS_PER_MONTH).into(), Unit::Hour);
    let mut lines = vec![
        line(
            Category::LoadBalancers,
            text!("item-balancer", kind = kind),
            hours,
            pricing.adjusted(pricing.book.load_balancer_hour(region, kind)),
        )
        .of_balancers(kind, balancer.scheme, 1)
        .because(whole_month()),
    ];
    if let Some(rate) = one.requests_per_second {
        if kind == "classic" {
            let quantity = (
                gigabytes(rate, &pricing.policy.prices, &pricing.levels),
                Unit::Gigabyte,
            );
            let data = line(
                Category::LoadBalancers,
                text!("item-classic-balancer-data"),
                quantity,
                price("classic-load-balancer-gb"),
            );
            lines.push(data.because(text!("basis-classic-data", rate = rate.to_string())));
        } else {
            let capacity = capacity(
                kind,
                rate,
                one.apps,
                &pricing.policy.prices,
                &pricing.levels,
            );
            let item = text!("item-balancer-capacity", kind = kind);
            let key = format!("{kind}-load-balancer-lcu-hour");
            lines.push(
                line(
                    Category::LoadBalancers,
                    item,
                    (capacity.lcu_hours, Unit::LcuHour),
                    price(&key),
                )
                .because(capacity.basis),
            );
        }
    }
    if one.public_zones > 0 {
        let hours = (
            Quantity::from(one.public_zones.saturating_mul(HOURS_PER_MONTH)).into(),
            Unit::AddressHour,
        );
        let item = text!("item-balancer-addresses", kind = kind);
        lines.push(
            line(Category::Addresses, item, hours, price("public-ipv4-hour"))
                .because(text!("basis-each-zone")),
        );
    }
    lines
}

/// Balancers whose requests nobody counted.
pub(super) fn uncounted(environments: &[EnvironmentToPrice<'_>]) -> Vec<UnpricedItem> {
    let one = |one: &BalancerInUse<'_>| {
        let is_classic = one.balancer.kind == BalancerKind::Classic;
        let item = if is_classic {
            text!("missing-balancer-data")
        } else {
            text!("missing-balancer-capacity")
        };
        UnpricedItem::new(
            one.subject.clone(),
            item,
            text!("missing-balancer-requests-why"),
        )
    };
    in_use(environments)
        .iter()
        .filter(|one| one.requests_per_second.is_none())
        .map(one)
        .collect()
}
