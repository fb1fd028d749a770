//! Metrics and logs of the environments.

use super::bases::thousandths;
use super::{BillLine, Category, Driver, EnvironmentToPrice, Pricing, ThreePoint, Unit};
use crate::units::Quantity;
use crate::wording::{Text, text};

/// Metrics of an instance with detailed monitoring. Source: CloudWatch pricing and Infracost's reference
/// estimate: seven metrics an instance.
const DETAILED_METRICS: u32 = 7;

pub(super) fn monitoring_lines(
    billed: &EnvironmentToPrice<'_>,
    pricing: &Pricing<'_>,
) -> Vec<BillLine> {
    let environment = billed.environment;
    let mean = billed.instances_in_all(pricing);
    let basis = &billed.usage.basis;
    let metric = |item: Text, metrics: ThreePoint<Quantity>, basis: Text| {
        let price = pricing.adjusted(
            pricing
                .book
                .of(&environment.region, "cloudwatch-metric-month"),
        );
        BillLine::new(
            Category::Monitoring,
            billed.label,
            item,
            (metrics, Unit::MetricMonth),
            &price,
        )
        .because(basis)
    };
    let mut lines = Vec::new();
    if !mean.is_some() {
        return lines;
    }
    let reported = billed.reading.monitoring;
    if reported.is_detailed {
        let why = text!(
            "basis-detailed-monitoring",
            metrics = DETAILED_METRICS,
            basis = basis.clone()
        );
        lines.push(metric(
            text!("item-detailed-monitoring"),
            mean.scaled(i64::from(DETAILED_METRICS), 1),
            why,
        ));
    }
    let (of_instances, of_environment) = (reported.instance_metrics, reported.environment_metrics);
    if of_instances + of_environment > 0 {
        let own = Quantity::from(of_environment).millionths();
        let metrics = mean
            .scaled(i64::from(of_instances), 1)
            .map(|of_all| Quantity::from_millionths(of_all.millionths() + own));
        let why = text!(
            "basis-health-metrics",
            instance = of_instances,
            environment = of_environment.to_string(),
            basis = basis.clone()
        );
        lines.push(metric(text!("item-health-metrics"), metrics, why));
    }
    if billed.usage.agent_metrics > 0 {
        let metrics = mean.scaled(i64::from(billed.usage.agent_metrics), 1);
        let why = text!(
            "basis-agent-metrics",
            metrics = billed.usage.agent_metrics.to_string(),
            basis = basis.clone()
        );
        lines.push(metric(text!("item-agent-metrics"), metrics, why));
    }
    if let Some(days) = billed.reading.log_days {
        let logs = mean.map(|mean| Logs {
            instances: mean,
            instance_days: mean.scaled(i64::from(days), 1),
        });
        lines.extend(log_lines(
            billed.label,
            &environment.region,
            logs,
            basis,
            pricing,
        ));
    }
    lines
}

/// Whose logs go to CloudWatch, and for how long they are kept there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Logs {
    /// How many instances ran on average over the window.
    pub instances: Quantity,
    /// Each times the days for which its logs are kept.
    pub instance_days: Quantity,
}

/// What a kept byte of logs is billed as, in hundredths: they are kept compressed.
/// Source: Amazon CloudWatch pricing, whose examples archive 0.15 of what was ingested.
const KEPT_HUNDREDTHS: i64 = 15;

/// Writing logs, and keeping those that are not yet too old.
pub(super) fn log_lines(
    subject: &str,
    region: &str,
    logs: ThreePoint<Logs>,
    basis: &Text,
    pricing: &Pricing<'_>,
) -> Vec<BillLine> {
    let gb = pricing
        .levels
        .of(Driver::Logs)
        .of(&pricing.policy.prices.log_gb_per_instance_month)
        .map(thousandths);
    let line = |item: Text, quantity: (ThreePoint<Quantity>, Unit), key: &str, basis: Text| {
        let price = pricing.adjusted(pricing.book.of(region, key));
        BillLine::new(Category::Monitoring, subject, item, quantity, &price).because(basis)
    };
    let written = line(
        text!("item-logs-written"),
        (
            logs.with(gb, |logs, gb| logs.instances.scaled(gb, 1_000)),
            Unit::Gigabyte,
        ),
        "cloudwatch-logs-ingested-gb",
        text!("basis-logs-written", basis = basis.clone()),
    );
    // A month has 365 / 12 days.
    let kept = logs.with(gb, |logs, gb| {
        logs.instance_days
            .scaled(gb * KEPT_HUNDREDTHS * 12, 1_000 * 100 * 365)
    });
    let kept = line(
        text!("item-logs-kept"),
        (kept, Unit::GigabyteMonth),
        "cloudwatch-logs-stored-gb-month",
        text!("basis-logs-kept", basis = basis.clone()),
    );
    vec![written, kept]
}
