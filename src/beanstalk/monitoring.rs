//! What is reported to CloudWatch of an environment.

use super::conflict::{Conflicts, Fact};
use super::options::Options;
use crate::snapshot::Environment;

/// Metrics that are billed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Monitoring {
    /// Whether EC2 reports every minute.
    pub is_detailed: bool,
    /// Metrics of enhanced health that each instance publishes.
    pub instance_metrics: u32,
    /// Those of the environment.
    pub environment_metrics: u32,
}

/// An instance that reports every minute was seen so; that none does says nothing where none runs.
pub(super) fn of(
    environment: &Environment,
    options: &Options<'_>,
    conflicts: &mut Conflicts,
) -> Monitoring {
    let every_minute = options.choice(
        "aws:autoscaling:launchconfiguration",
        "MonitoringInterval",
        &[("1 minute", true), ("5 minute", false)],
    );
    let seen = environment
        .running_instances()
        .any(|instance| instance.detailed_monitoring)
        .then_some(true);
    let (instance_metrics, environment_metrics) = health_metrics(options);
    Monitoring {
        is_detailed: conflicts.seen_wins(Fact::DetailedMonitoring, every_minute, seen)
            == Some(true),
        instance_metrics,
        environment_metrics,
    }
}

/// Metrics that the health document asks to publish: of each instance, and of the environment. Those without
/// an interval are not published.
fn health_metrics(options: &Options<'_>) -> (u32, u32) {
    let document = options
        .get(
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
