//! DescribeVolumes: the disks of the instances.

use aws_sdk_ec2::types::Filter;
use serde::{Deserialize, Serialize};

use super::super::call_error::{CallError, CallResult};
use super::super::clients::RegionClients;
use super::pages;

/// A volume on an instance.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::collect) struct AttachedVolume {
    pub(in crate::collect) instance: String,
    pub(in crate::collect) device: String,
    /// `gp3`
    pub(in crate::collect) kind: String,
    pub(in crate::collect) gib: u32,
    pub(in crate::collect) iops: Option<u32>,
    /// Throughput in MiB a second, where the type has one.
    pub(in crate::collect) throughput: Option<u32>,
}

/// Values that a filter takes.
const INSTANCES_OF_CALL: usize = 200;

/// The volumes of `instances`.
pub(in crate::collect) async fn read(
    clients: &RegionClients,
    instances: &[String],
) -> CallResult<Vec<AttachedVolume>> {
    let mut all = Vec::new();
    for chunk in instances.chunks(INSTANCES_OF_CALL) {
        let volumes = pages::all("DescribeVolumes", |token| async move {
            let attached = Filter::builder()
                .name("attachment.instance-id")
                .set_values(Some(chunk.to_vec()))
                .build();
            let answer = clients
                .ec2
                .describe_volumes()
                .filters(attached)
                .max_results(500)
                .set_next_token(token)
                .send()
                .await;
            let answer = answer.map_err(|error| CallError::of(&error, &clients.region))?;
            let volumes = pages::listed("DescribeVolumes", answer.volumes)?;
            Ok((
                volumes.iter().flat_map(attachments).collect(),
                answer.next_token,
            ))
        });
        all.extend(volumes.await?);
    }
    all.sort_by(|one, other| (&one.instance, &one.device).cmp(&(&other.instance, &other.device)));
    Ok(all)
}

fn attachments(volume: &aws_sdk_ec2::types::Volume) -> Vec<AttachedVolume> {
    let count = |number: Option<i32>| number.and_then(|number| u32::try_from(number).ok());
    let attached = |attachment: &aws_sdk_ec2::types::VolumeAttachment| {
        Some(AttachedVolume {
            instance: attachment.instance_id()?.to_owned(),
            device: attachment.device().unwrap_or_default().to_owned(),
            kind: volume
                .volume_type
                .as_ref()
                .map_or_else(String::new, |kind| kind.as_str().to_owned()),
            gib: count(volume.size).unwrap_or(0),
            iops: count(volume.iops),
            throughput: count(volume.throughput),
        })
    };
    volume.attachments().iter().filter_map(attached).collect()
}
