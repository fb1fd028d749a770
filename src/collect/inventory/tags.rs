//! Tags of an environment, by ListTagsForResource.

use std::collections::BTreeMap;

use super::super::call_error::{CallError, CallResult};
use super::super::clients::RegionClients;
use super::resources::vanished;
use super::secret;

/// An environment's tags, by its ARN. A value that looks like a secret is dropped, its key stays.
pub(in crate::collect) async fn read(
    clients: &RegionClients,
    arn: &str,
) -> CallResult<BTreeMap<String, String>> {
    let answer = clients
        .beanstalk
        .list_tags_for_resource()
        .resource_arn(arn)
        .send()
        .await;
    let answer = answer.map_err(|error| vanished(CallError::of(&error, &clients.region)))?;
    let tags = answer
        .resource_tags
        .ok_or_else(|| CallError::unparsable("ListTagsForResource answered without tags"))?;
    Ok(tags
        .into_iter()
        .filter_map(|tag| Some((tag.key?, tag.value.unwrap_or_default())))
        .map(|(key, value)| secret::tag(key, value))
        .collect())
}
