//! Which memory and health metrics are reported, with which dimensions.
//!
//! Agents report under the dimensions that somebody configured: by instance, by group, with the image and
//! the type or without. GetMetricData answers only to exactly those, so they are looked up and never
//! guessed. What has reported nothing for two weeks is not listed (CloudWatch API reference, ListMetrics).

use serde::{Deserialize, Serialize};

use super::super::call_error::{CallError, CallResult};
use super::super::clients::RegionClients;
use super::super::inventory::pages;
use super::series_request::CloudWatchMetric;

/// What is looked for: a metric's name, in one namespace or in any. The agent's namespace is free to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::collect) struct MetricSearch {
    pub(in crate::collect) name: &'static str,
    pub(in crate::collect) namespace: Option<&'static str>,
}

/// Memory by the CloudWatch agent on Linux and on Windows, by the old scripts, and what Beanstalk's
/// enhanced health publishes where somebody asked it to.
pub(in crate::collect) const METRIC_SEARCHES: [MetricSearch; 5] = [
    MetricSearch {
        name: "mem_used_percent",
        namespace: None,
    },
    MetricSearch {
        name: "Memory % Committed Bytes In Use",
        namespace: None,
    },
    MetricSearch {
        name: "MemoryUtilization",
        namespace: Some("System/Linux"),
    },
    MetricSearch {
        name: "ApplicationRequestsTotal",
        namespace: Some("AWS/ElasticBeanstalk"),
    },
    MetricSearch {
        name: "ApplicationLatencyP95",
        namespace: Some("AWS/ElasticBeanstalk"),
    },
];

/// The metrics of one name that speak of an instance, a group or an environment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::collect) struct ListedMetrics(pub(in crate::collect) Vec<CloudWatchMetric>);

/// All pages of ListMetrics for one name.
pub(in crate::collect) async fn list(
    clients: &RegionClients,
    sought: MetricSearch,
) -> CallResult<ListedMetrics> {
    let mut found = pages::all("ListMetrics", |token| async move {
        let request = clients
            .cloudwatch
            .list_metrics()
            .metric_name(sought.name)
            .set_namespace(sought.namespace.map(str::to_owned));
        let answer = request
            .set_next_token(token)
            .send()
            .await
            .map_err(|error| CallError::of(&error, &clients.region))?;
        Ok((
            answer
                .metrics()
                .iter()
                .map(source_of)
                .filter(speaks_of_beanstalk)
                .collect(),
            answer.next_token,
        ))
    })
    .await?;
    found.sort();
    found.dedup();
    Ok(ListedMetrics(found))
}

fn source_of(metric: &aws_sdk_cloudwatch::types::Metric) -> CloudWatchMetric {
    let dimension = |dimension: &aws_sdk_cloudwatch::types::Dimension| {
        Some((dimension.name()?.to_owned(), dimension.value()?.to_owned()))
    };
    let mut dimensions: Vec<(String, String)> =
        metric.dimensions().iter().filter_map(dimension).collect();
    dimensions.sort();
    CloudWatchMetric {
        namespace: metric.namespace().unwrap_or_default().to_owned(),
        name: metric.metric_name().unwrap_or_default().to_owned(),
        dimensions,
    }
}

/// Whether it can be told whose it is.
fn speaks_of_beanstalk(source: &CloudWatchMetric) -> bool {
    ["InstanceId", "AutoScalingGroupName", "EnvironmentName"]
        .iter()
        .any(|name| source.dimension(name).is_some())
}

/// The metric of one instance: of several shapes the one with fewest dimensions, which is the roll-up that
/// survives a new image or type.
pub(in crate::collect) fn of_instance<'a>(
    listed: &'a [CloudWatchMetric],
    id: &str,
) -> Vec<&'a CloudWatchMetric> {
    fewest_dimensions(
        listed
            .iter()
            .filter(|source| source.dimension("InstanceId") == Some(id)),
    )
}

/// The metric of a whole group, as Beanstalk's own guide configures the agent.
pub(in crate::collect) fn of_group<'a>(
    listed: &'a [CloudWatchMetric],
    group: &str,
) -> Vec<&'a CloudWatchMetric> {
    fewest_dimensions(listed.iter().filter(|source| {
        source.dimension("AutoScalingGroupName") == Some(group)
            && source.dimension("InstanceId").is_none()
    }))
}

/// What enhanced health publishes for an environment as a whole.
pub(in crate::collect) fn of_environment<'a>(
    listed: &'a [CloudWatchMetric],
    name: &str,
) -> Vec<&'a CloudWatchMetric> {
    fewest_dimensions(listed.iter().filter(|source| {
        source.dimension("EnvironmentName") == Some(name)
            && source.dimension("InstanceId").is_none()
    }))
}

/// One for each namespace and name.
fn fewest_dimensions<'a>(
    sources: impl Iterator<Item = &'a CloudWatchMetric>,
) -> Vec<&'a CloudWatchMetric> {
    let mut best: Vec<&CloudWatchMetric> = Vec::new();
    for source in sources {
        match best
            .iter_mut()
            .find(|other| (&other.namespace, &other.name) == (&source.namespace, &source.name))
        {
            Some(other) if source.dimensions.len() < other.dimensions.len() => *other = source,
            Some(_) => {}
            None => best.push(source),
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory(dimensions: &[(&str, &str)]) -> CloudWatchMetric {
        CloudWatchMetric::new("CWAgent", "mem_used_percent", dimensions)
    }

    #[test]
    fn of_several_shapes_the_roll_up_is_taken() {
        let wizard = [
            ("ImageId", "ami-1"),
            ("InstanceId", "i-1"),
            ("InstanceType", "t3.small"),
            ("AutoScalingGroupName", "g"),
        ];
        let listed = [
            memory(&wizard),
            memory(&[("InstanceId", "i-1")]),
            memory(&[("InstanceId", "i-2")]),
        ];
        assert_eq!(of_instance(&listed, "i-1"), [&listed[1]]);
        assert_eq!(of_instance(&listed, "i-3"), Vec::<&CloudWatchMetric>::new());
        assert_eq!(
            of_group(&listed, "g"),
            Vec::<&CloudWatchMetric>::new(),
            "that shape is an instance's"
        );
    }

    #[test]
    fn the_group_shape_of_beanstalks_own_guide_is_found() {
        let listed = [
            memory(&[("AutoScalingGroupName", "g")]),
            memory(&[("AutoScalingGroupName", "h")]),
        ];
        assert_eq!(of_group(&listed, "g"), [&listed[0]]);
    }

    #[test]
    fn agents_in_two_namespaces_are_two_sources() {
        let listed = [
            memory(&[("InstanceId", "i-1")]),
            CloudWatchMetric::new("Custom/Agent", "mem_used_percent", &[("InstanceId", "i-1")]),
        ];
        assert_eq!(of_instance(&listed, "i-1").len(), 2);
    }
}
