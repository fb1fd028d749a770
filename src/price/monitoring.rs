//! Metrics and logs of the environments.

use super::today::thousandths;
use super::{BillLine, Billed, Category, Driver, Pricing};
use crate::snapshot::Environment;
use crate::units::Quantity;

/// Metrics of an instance with detailed monitoring. Source: CloudWatch pricing and Infracost's reference
/// estimate: seven metrics an instance.
const DETAILED_METRICS: u32 = 7;

pub(super) fn monitoring_lines(billed: &Billed<'_>, pricing: &Pricing<'_>) -> Vec<BillLine> {
    let environment = billed.environment;
    let mean = billed.instances_in_all(pricing);
    let basis = &billed.usage.basis;
    let metric = |item: &str, metrics: Quantity, basis: String| {
        let price = pricing.adjusted(pricing.book.of(&environment.region, "cloudwatch-metric-month"));
        BillLine::new(Category::Monitoring, billed.label, item, (metrics, "metric-month"), &price).because(basis)
    };
    let mut lines = Vec::new();
    if mean.millionths() == 0 {
        return lines;
    }
    if is_detailed(environment) {
        lines.push(metric(
            "detailed monitoring",
            mean.scaled(i64::from(DETAILED_METRICS), 1),
            format!("{DETAILED_METRICS} metrics an instance; {basis}"),
        ));
    }
    let (of_instances, of_environment) = health_metrics(environment);
    if of_instances + of_environment > 0 {
        let metrics = mean.scaled(i64::from(of_instances), 1).millionths() + Quantity::from(of_environment).millionths();
        let why = format!("enhanced health reports {of_instances} metrics an instance and {of_environment} of the environment; {basis}");
        lines.push(metric("custom metrics of enhanced health", Quantity::from_millionths(metrics), why));
    }
    if billed.usage.agent_metrics > 0 {
        let metrics = mean.scaled(i64::from(billed.usage.agent_metrics), 1);
        let why = format!("at least {} of the CloudWatch agent, which were seen; {basis}", billed.usage.agent_metrics);
        lines.push(metric("custom metrics of the agent", metrics, why));
    }
    if streams_logs(environment) {
        let gb = pricing.policy.prices.log_gb_per_instance_month.at(pricing.levels.of(Driver::Logs));
        let price = pricing.adjusted(pricing.book.of(&environment.region, "cloudwatch-logs-ingested-gb"));
        let line =
            BillLine::new(Category::Monitoring, billed.label, "logs to CloudWatch", (mean.scaled(thousandths(gb), 1_000), "GB"), &price);
        lines.push(line.because(format!("estimate: prices.log_gb_per_instance_month; {basis}")));
    }
    lines
}

fn is_detailed(environment: &Environment) -> bool {
    let by_setting = environment.option("aws:autoscaling:launchconfiguration", "MonitoringInterval") == Some("1 minute");
    by_setting || environment.running_instances().any(|instance| instance.detailed_monitoring)
}

/// Whether its instances send logs to CloudWatch.
pub(super) fn streams_logs(environment: &Environment) -> bool {
    environment.option("aws:elasticbeanstalk:cloudwatch:logs", "StreamLogs") == Some("true")
}

/// Metrics that the health document asks to publish: of each instance, and of the environment. Those without
/// an interval are not published.
fn health_metrics(environment: &Environment) -> (u32, u32) {
    let document = environment.option("aws:elasticbeanstalk:healthreporting:system", "ConfigDocument").unwrap_or_default();
    let Ok(document) = serde_json::from_str::<serde_json::Value>(document) else { return (0, 0) };
    let published = |of: &str| {
        let metrics = document.get("CloudWatchMetrics").and_then(|metrics| metrics.get(of)).and_then(|metrics| metrics.as_object());
        let count = metrics.map_or(0, |metrics| metrics.values().filter(|interval| interval.is_number()).count());
        u32::try_from(count).unwrap_or(u32::MAX).min(1_000)
    };
    (published("Instance"), published("Environment"))
}
