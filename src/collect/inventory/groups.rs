//! DescribeAutoScalingGroups: groups that Beanstalk made.

use serde::{Deserialize, Serialize};

use super::super::call_error::{CallError, CallResult};
use super::super::clients::RegionClients;
use super::pages;

/// Beanstalk puts both on everything that it starts.
pub(super) const NAME_TAG: &str = "elasticbeanstalk:environment-name";
pub(super) const ID_TAG: &str = "elasticbeanstalk:environment-id";

/// A group and its instances of now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::collect) struct Group {
    pub(in crate::collect) name: String,
    pub(in crate::collect) environment_name: Option<String>,
    pub(in crate::collect) environment_id: Option<String>,
    pub(in crate::collect) min: u32,
    pub(in crate::collect) max: u32,
    pub(in crate::collect) desired: u32,
    pub(in crate::collect) subnets: Vec<String>,
    pub(in crate::collect) instances: Vec<GroupInstance>,
    /// ARNs of the target groups that its instances are in.
    pub(in crate::collect) target_groups: Vec<String>,
}

/// An instance, as its group knows it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::collect) struct GroupInstance {
    pub(in crate::collect) id: String,
    pub(in crate::collect) instance_type: String,
    pub(in crate::collect) zone: Option<String>,
}

/// Every group with Beanstalk's tags.
pub(in crate::collect) async fn read(clients: &RegionClients) -> CallResult<Vec<Group>> {
    use aws_sdk_autoscaling::types::Filter;
    pages::all("DescribeAutoScalingGroups", |token| async move {
        let tagged = Filter::builder().name("tag-key").values(NAME_TAG).build();
        let answer = clients
            .auto_scaling
            .describe_auto_scaling_groups()
            .filters(tagged)
            .max_records(100)
            .set_next_token(token)
            .send()
            .await;
        let answer = answer.map_err(|error| CallError::of(&error, &clients.region))?;
        let groups = pages::listed("DescribeAutoScalingGroups", answer.auto_scaling_groups)?;
        // Not every service of that name knows the filter.
        Ok((
            groups
                .into_iter()
                .filter_map(group)
                .filter(|group| group.environment_name.is_some())
                .collect(),
            answer.next_token,
        ))
    })
    .await
}

fn group(found: aws_sdk_autoscaling::types::AutoScalingGroup) -> Option<Group> {
    let tag = |key: &str| {
        found
            .tags()
            .iter()
            .find(|tag| tag.key() == Some(key))
            .and_then(|tag| tag.value().map(str::to_owned))
    };
    let count = |size: Option<i32>| size.and_then(|size| u32::try_from(size).ok()).unwrap_or(0);
    let member = |one: &aws_sdk_autoscaling::types::Instance| {
        Some(GroupInstance {
            id: one.instance_id()?.to_owned(),
            instance_type: one.instance_type().unwrap_or_default().to_owned(),
            zone: one.availability_zone().map(str::to_owned),
        })
    };
    Some(Group {
        environment_name: tag(NAME_TAG),
        environment_id: tag(ID_TAG),
        min: count(found.min_size),
        max: count(found.max_size),
        desired: count(found.desired_capacity),
        subnets: found
            .vpc_zone_identifier()
            .into_iter()
            .flat_map(|list| list.split(','))
            .filter(|id| !id.is_empty())
            .map(str::to_owned)
            .collect(),
        instances: found.instances().iter().filter_map(member).collect(),
        target_groups: found.target_group_arns().to_vec(),
        name: found.auto_scaling_group_name?,
    })
}
