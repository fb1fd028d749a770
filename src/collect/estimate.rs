//! What a run will ask, how long that takes, and what it costs, before it runs.

use std::collections::BTreeMap;

use super::calls::Call;
use crate::policy::Collect;

/// What there is to collect, as far as two cheap listings show it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Census {
    /// Environments that are wanted.
    pub environments: u64,
    /// Their instances of today.
    pub instances: u64,
    /// Of these, with credits.
    pub burstable: u64,
}

/// For one account in one region.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// Calls of each kind.
    pub calls: BTreeMap<Call, u64>,
    /// Series asked for: what GetMetricData is billed by.
    pub series: u64,
    /// Data points that CloudWatch will count for them.
    pub points: u64,
    /// At the paces of the policy.
    pub seconds: f64,
    /// US cents, before tax: GetMetricData costs 0.01 dollars for 1,000 series; all other calls are free.
    pub cents: f64,
}

/// Series of an environment at 5 minutes: three of its group; three of its load balancer or queue.
const SERIES_OF_ENVIRONMENT: u64 = 6;

/// And at an hour: three of its group, one of its load balancer or queue.
const HOURLY_SERIES_OF_ENVIRONMENT: u64 = 4;

/// Series of an instance: two of CPU, two of memory.
const SERIES_OF_INSTANCE: u64 = 4;

/// A call is filled to nine tenths.
const POINTS_OF_CALL: u64 = 90_000;

/// Requests that describe the region as a whole take a page each, or a few.
const WHOLE_REGION: [Call; 15] = [
    Call::DescribeEnvironments,
    Call::DescribeApplications,
    Call::ListPlatformBranches,
    Call::ListMetrics,
    Call::DescribeInstances,
    Call::DescribeInstanceTypes,
    Call::DescribeVolumes,
    Call::DescribeVpcs,
    Call::DescribeSubnets,
    Call::DescribeRouteTables,
    Call::DescribeSecurityGroups,
    Call::DescribeAutoScalingGroups,
    Call::DescribeLoadBalancers,
    Call::DescribeTargetGroups,
    Call::DescribeClassicLoadBalancers,
];

/// The largest of these pages: 200 things.
const PAGE: u64 = 200;

/// What collecting `census` takes under the policy, if every environment has a load balancer or a queue
/// and every instance reports its memory: more than most estates have, and without instances of the past and series at 1 minute, which only a
/// collection learns of.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "an estimate for people")]
pub fn estimate(census: Census, policy: &Collect) -> Estimate {
    let day = 86_400;
    let five_minutes = census.environments * SERIES_OF_ENVIRONMENT
        + census.instances * SERIES_OF_INSTANCE
        + census.burstable;
    let hourly = if policy.hourly_days == 0 {
        0
    } else {
        census.environments * HOURLY_SERIES_OF_ENVIRONMENT
    };
    let points = five_minutes * u64::from(policy.five_minute_days) * day / 300
        + hourly * u64::from(policy.hourly_days) * day / 3_600;
    let mut calls: BTreeMap<Call, u64> = WHOLE_REGION
        .into_iter()
        .map(|call| (call, 1 + census.instances / PAGE))
        .collect();
    calls.insert(Call::GetCallerIdentity, 1);
    // One for each of the metrics that are looked up.
    calls.insert(Call::ListMetrics, 5 + census.instances / 500);
    for call in [
        Call::DescribeEnvironmentResources,
        Call::DescribeConfigurationSettings,
        Call::ListTagsForResource,
        Call::DescribeScalingActivities,
        Call::DescribeListeners,
    ] {
        calls.insert(call, census.environments);
    }
    calls.insert(Call::GetMetricData, points.div_ceil(POINTS_OF_CALL));
    let of = |service| {
        calls
            .iter()
            .filter(|(call, _)| call.service() == service)
            .map(|(_, count)| *count as f64)
            .sum::<f64>()
    };
    let beanstalk = of(super::Service::ElasticBeanstalk) / policy.beanstalk_per_second.get();
    let data = points as f64 / policy.data_points_per_second.get();
    let metric_calls = calls[&Call::GetMetricData] as f64 / policy.metric_data_per_second.get();
    let scaling = of(super::Service::AutoScaling) / policy.other_per_second.get();
    // The services work side by side; the slowest one decides.
    let seconds = [beanstalk, data, metric_calls, scaling]
        .into_iter()
        .fold(0.0, f64::max);
    let series = five_minutes + hourly;
    Estimate {
        calls,
        series,
        points,
        seconds,
        cents: series as f64 / 1_000.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_environments_by_hand() {
        let policy = crate::policy::defaults().expect("the defaults").collect;
        let found = estimate(
            Census {
                environments: 1_000,
                instances: 2_500,
                burstable: 0,
            },
            &policy,
        );
        assert_eq!(found.series, 1_000 * 6 + 2_500 * 4 + 1_000 * 4);
        assert_eq!(found.points, 16_000 * 18_144 + 4_000 * 10_920);
        // Three calls for each environment and a few pages, at two a second.
        assert!(
            (1_500.0..1_530.0).contains(&found.seconds),
            "{}",
            found.seconds
        );
        assert!((found.cents - 20.0).abs() < 1e-9);
    }
}
