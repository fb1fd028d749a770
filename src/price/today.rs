//! What the environments cost today.

use super::balancers::balancer_lines;
use super::bases::policy_source;
use super::host_agents::host_agent_lines;
use super::monitoring::monitoring_lines;
use super::volumes::volume_lines;
use super::{BillLine, Category, EnvironmentToPrice, Hours, Pricing, ThreePoint, Unit, UnitPrice};
use crate::beanstalk::Spot;
use crate::units::{HOURS_PER_MONTH, Quantity};
use crate::wording::{Text, text};

/// The lines of `environments`: instances by type as they ran, their volumes, addresses, metrics, logs and host
/// agents, and load balancers, of which one that several share is billed once under its own name.
#[must_use]
pub fn today_lines(
    environments: &[EnvironmentToPrice<'_>],
    pricing: &Pricing<'_>,
) -> Vec<BillLine> {
    let mut lines: Vec<BillLine> = environments
        .iter()
        .flat_map(|billed| own_lines(billed, pricing))
        .collect();
    lines.extend(balancer_lines(environments, pricing));
    lines
}

/// What the policy says that the company pays besides, today.
#[must_use]
pub fn extra_lines(pricing: &Pricing<'_>, is_after: bool) -> Vec<BillLine> {
    let line = |extra: &crate::policy::ExtraCost| {
        let usd = if is_after {
            extra.after_usd_month
        } else {
            extra.today_usd_month
        };
        let price = UnitPrice::stated(usd, policy_source("prices.extra"));
        BillLine::new(
            Category::Extra,
            text!("subject-company"),
            &extra.name,
            (Quantity::from(1_u32), Unit::Month),
            &price,
        )
        .because(text!("basis-as-stated"))
    };
    pricing.policy.prices.extra.iter().map(line).collect()
}

fn own_lines(billed: &EnvironmentToPrice<'_>, pricing: &Pricing<'_>) -> Vec<BillLine> {
    let mut lines = machine_lines(billed, pricing);
    lines.extend(volume_lines(billed, pricing));
    lines.extend(address_line(billed, pricing));
    lines.extend(monitoring_lines(billed, pricing));
    let hosts = billed.instances_in_all(pricing);
    lines.extend(host_agent_lines(
        &pricing.policy.prices.host_agents,
        billed.label,
        hosts,
        &billed.usage.basis,
    ));
    lines
}

fn machine_lines(billed: &EnvironmentToPrice<'_>, pricing: &Pricing<'_>) -> Vec<BillLine> {
    let environment = billed.environment;
    let (region, operating_system) = (&environment.region, environment.operating_system());
    let basis = &billed.usage.basis;
    let mut lines = Vec::new();
    let spot = spot_share(billed);
    for (instance_type, mean) in billed.instances(pricing) {
        let hours = mean.scaled(i64::from(HOURS_PER_MONTH), 1);
        let spot_hours = spot
            .as_ref()
            .map_or(ThreePoint::default(), |(thousandths, _)| {
                hours.scaled(*thousandths, 1_000)
            });
        let rest = hours.less(spot_hours);
        let price = pricing
            .book
            .instance_hour(region, instance_type, operating_system);
        if rest.is_some() {
            let item =
                text!("item-instance", type = instance_type, system = operating_system.to_string());
            let counted = (rest, Unit::InstanceHour);
            let line = BillLine::new(
                Category::Machines,
                billed.label,
                item,
                counted,
                pricing.adjusted(price.clone()),
            );
            lines.push(
                line.of_machines(instance_type, operating_system, Hours::Instance)
                    .because(basis.clone()),
            );
        }
        if let Some((thousandths, why)) = spot.as_ref().filter(|_| spot_hours.is_some()) {
            let item = text!("item-spot-instance", type = instance_type, system = operating_system.to_string());
            let price = pricing.spot(region, instance_type, price);
            let line = BillLine::new(
                Category::Machines,
                billed.label,
                item,
                (spot_hours, Unit::InstanceHour),
                &price,
            );
            let share = format!("{:.1}", *thousandths as f64 / 10.0);
            let basis = text!(
                "basis-spot-share",
                share = share,
                why = why.clone(),
                basis = basis.clone()
            );
            lines.push(
                line.of_machines(instance_type, operating_system, Hours::Spot)
                    .because(basis),
            );
        }
    }
    lines
}

/// The share of an environment's hours that are spot, in thousandths: of the running instances where that was
/// seen, else as its settings ask for.
fn spot_share(billed: &EnvironmentToPrice<'_>) -> Option<(i64, Text)> {
    match billed.reading.spot? {
        Spot::Seen { spot, running } => Some((
            i64::from(spot) * 1_000 / i64::from(running.max(1)),
            text!("spot-as-running"),
        )),
        Spot::Set {
            on_demand_base,
            on_demand_above_percent,
        } => {
            let running = i64::try_from(billed.environment.running_instances().count())
                .unwrap_or(i64::MAX)
                .max(1);
            let above = running - i64::from(on_demand_base).min(running);
            let share = above * (100 - i64::from(on_demand_above_percent)) * 10 / running;
            Some((share, text!("spot-as-set")))
        }
    }
}

fn address_line(billed: &EnvironmentToPrice<'_>, pricing: &Pricing<'_>) -> Option<BillLine> {
    let mean = billed.instances_in_all(pricing);
    if !billed.reading.public_addresses.any() || !mean.is_some() {
        return None;
    }
    let hours = mean.scaled(i64::from(HOURS_PER_MONTH), 1);
    let price = pricing.adjusted(
        pricing
            .book
            .of(&billed.environment.region, "public-ipv4-hour"),
    );
    let basis = text!("basis-each-instance", basis = billed.usage.basis.clone());
    let line = BillLine::new(
        Category::Addresses,
        billed.label,
        text!("item-instance-addresses"),
        (hours, Unit::AddressHour),
        &price,
    );
    Some(line.because(basis))
}
