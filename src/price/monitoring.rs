//! Metrics and logs of the environments.

use super::today::thousandths;
use super::{BillLine, Billed, Category, Driver, Pricing, Unit};
use crate::snapshot::Environment;
use crate::units::Quantity;
use crate::wording::{Text, text};

/// Metrics of an instance with detailed monitoring. Source: CloudWatch pricing and Infracost's reference
/// estimate: seven metrics an instance.
const DETAILED_METRICS: u32 = 7;

pub(super) fn monitoring_lines(billed: &Billed<'_>, pricing: &Pricing<'_>) -> Vec<BillLine> {
    let environment = billed.environment;
    let mean = billed.instances_in_all(pricing);
    let basis = &billed.usage.basis;
    let metric = |item: Text, metrics: Quantity, basis: Text| {
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
    if mean.millionths() == 0 {
        return lines;
    }
    if is_detailed(environment) {
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
    let (of_instances, of_environment) = health_metrics(environment);
    if of_instances + of_environment > 0 {
        let metrics = mean.scaled(i64::from(of_instances), 1).millionths()
            + Quantity::from(of_environment).millionths();
        let why = text!(
            "basis-health-metrics",
            instance = of_instances,
            environment = of_environment.to_string(),
            basis = basis.clone()
        );
        lines.push(metric(
            text!("item-health-metrics"),
            Quantity::from_millionths(metrics),
            why,
        ));
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
    if let Some(days) = log_days(environment) {
        let logs = Logs {
            instances: mean,
            instance_days: mean.scaled(i64::from(days), 1),
        };
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
    /// Instances on average.
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
    logs: Logs,
    basis: &Text,
    pricing: &Pricing<'_>,
) -> Vec<BillLine> {
    let gb = thousandths(
        pricing
            .policy
            .prices
            .log_gb_per_instance_month
            .at(pricing.levels.of(Driver::Logs)),
    );
    let line = |item: Text, quantity: (Quantity, Unit), key: &str, basis: Text| {
        let price = pricing.adjusted(pricing.book.of(region, key));
        BillLine::new(Category::Monitoring, subject, item, quantity, &price).because(basis)
    };
    let written = line(
        text!("item-logs-written"),
        (logs.instances.scaled(gb, 1_000), Unit::Gigabyte),
        "cloudwatch-logs-ingested-gb",
        text!("basis-logs-written", basis = basis.clone()),
    );
    // A month has 365 / 12 days.
    let kept = logs
        .instance_days
        .scaled(gb * KEPT_HUNDREDTHS * 12, 1_000 * 100 * 365);
    let kept = line(
        text!("item-logs-kept"),
        (kept, Unit::GigabyteMonth),
        "cloudwatch-logs-stored-gb-month",
        text!("basis-logs-kept", basis = basis.clone()),
    );
    vec![written, kept]
}

fn is_detailed(environment: &Environment) -> bool {
    let by_setting = environment
        .option("aws:autoscaling:launchconfiguration", "MonitoringInterval")
        == Some("1 minute");
    by_setting
        || environment
            .running_instances()
            .any(|instance| instance.detailed_monitoring)
}

/// For how many days the logs of its instances are kept in CloudWatch, if they send them there.
/// Source: AWS Elastic Beanstalk Developer Guide, `aws:elasticbeanstalk:cloudwatch:logs`: seven where nothing is set.
#[must_use]
pub fn log_days(environment: &Environment) -> Option<u32> {
    const NAMESPACE: &str = "aws:elasticbeanstalk:cloudwatch:logs";
    let streams = environment.option(NAMESPACE, "StreamLogs") == Some("true");
    streams.then(|| {
        environment
            .option(NAMESPACE, "RetentionInDays")
            .and_then(|days| days.parse().ok())
            .unwrap_or(7)
            .min(MOST_DAYS)
    })
}

/// The longest that CloudWatch keeps anything for a number of days: ten years.
const MOST_DAYS: u32 = 3_653;

/// Metrics that the health document asks to publish: of each instance, and of the environment. Those without
/// an interval are not published.
fn health_metrics(environment: &Environment) -> (u32, u32) {
    let document = environment
        .option(
            "aws:elasticbeanstalk:healthreporting:system",
            "ConfigDocument",
        )
        .unwrap_or_default();
    let Ok(document) = serde_json::from_str::<serde_json::Value>(document) else {
        return (0, 0);
    };
    let published = |of: &str| {
        let metrics = document
            .get("CloudWatchMetrics")
            .and_then(|metrics| metrics.get(of))
            .and_then(|metrics| metrics.as_object());
        let count = metrics.map_or(0, |metrics| {
            metrics
                .values()
                .filter(|interval| interval.is_number())
                .count()
        });
        u32::try_from(count).unwrap_or(u32::MAX).min(1_000)
    };
    (published("Instance"), published("Environment"))
}
