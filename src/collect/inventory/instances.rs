//! DescribeInstances: what runs, and what was terminated within the hour.

use aws_sdk_ec2::types::Filter;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::super::call_error::{CallError, CallResult};
use super::super::clients::RegionClients;
use super::groups::{ID_TAG, NAME_TAG};
use super::pages;

/// An instance that Beanstalk started.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::collect) struct Ec2Instance {
    pub(in crate::collect) id: String,
    pub(in crate::collect) instance_type: String,
    pub(in crate::collect) zone: Option<String>,
    pub(in crate::collect) is_windows: bool,
    pub(in crate::collect) launched: Option<Timestamp>,
    /// `running`, `terminated`, …
    pub(in crate::collect) state: String,
    pub(in crate::collect) environment_name: Option<String>,
    pub(in crate::collect) environment_id: Option<String>,
    pub(in crate::collect) detailed_monitoring: bool,
    pub(in crate::collect) spot: bool,
    pub(in crate::collect) public_address: bool,
    pub(in crate::collect) vpc: Option<String>,
    pub(in crate::collect) security_groups: Vec<String>,
    pub(in crate::collect) root_device: Option<String>,
}

impl Ec2Instance {
    /// Whether it exists no more.
    pub(in crate::collect) fn is_gone(&self) -> bool {
        matches!(self.state.as_str(), "terminated" | "shutting-down")
    }
}

/// Every instance with Beanstalk's tags.
pub(in crate::collect) async fn read(clients: &RegionClients) -> CallResult<Vec<Ec2Instance>> {
    pages::all("DescribeInstances", |token| async move {
        let tagged = Filter::builder().name("tag-key").values(NAME_TAG).build();
        let answer = clients
            .ec2
            .describe_instances()
            .filters(tagged)
            .max_results(1_000)
            .set_next_token(token)
            .send()
            .await;
        let answer = answer.map_err(|error| CallError::of(&error, &clients.region))?;
        let reservations = pages::listed("DescribeInstances", answer.reservations)?;
        let found = reservations
            .iter()
            .flat_map(|reservation| reservation.instances())
            .filter_map(found)
            .collect();
        Ok((found, answer.next_token))
    })
    .await
}

fn found(instance: &aws_sdk_ec2::types::Instance) -> Option<Ec2Instance> {
    let tag = |key: &str| {
        instance
            .tags()
            .iter()
            .find(|tag| tag.key() == Some(key))
            .and_then(|tag| tag.value().map(str::to_owned))
    };
    let is_windows = instance
        .platform
        .as_ref()
        .is_some_and(|platform| platform.as_str().eq_ignore_ascii_case("windows"));
    let monitoring = instance
        .monitoring()
        .and_then(|monitoring| monitoring.state())
        .map(|state| state.as_str().to_owned());
    Some(Ec2Instance {
        id: instance.instance_id()?.to_owned(),
        instance_type: instance
            .instance_type
            .as_ref()
            .map_or_else(String::new, |kind| kind.as_str().to_owned()),
        zone: instance
            .placement()
            .and_then(|place| place.availability_zone())
            .map(str::to_owned),
        is_windows,
        launched: instance
            .launch_time
            .and_then(|time| Timestamp::from_second(time.secs()).ok()),
        state: instance
            .state()
            .and_then(|state| state.name())
            .map_or_else(String::new, |name| name.as_str().to_owned()),
        environment_name: tag(NAME_TAG),
        environment_id: tag(ID_TAG),
        detailed_monitoring: monitoring.as_deref() == Some("enabled"),
        spot: instance
            .instance_lifecycle
            .as_ref()
            .is_some_and(|lifecycle| lifecycle.as_str() == "spot"),
        public_address: instance.public_ip_address().is_some(),
        vpc: instance.vpc_id().map(str::to_owned),
        security_groups: instance
            .security_groups()
            .iter()
            .filter_map(|group| group.group_id().map(str::to_owned))
            .collect(),
        root_device: instance.root_device_name().map(str::to_owned),
    })
}
