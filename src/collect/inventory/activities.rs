//! DescribeScalingActivities: the instances that are gone.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::super::call_error::{CallError, CallResult};
use super::super::clients::RegionClients;
use super::pages;

/// An instance that its group remembers starting or ending. Its type is not remembered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::collect) struct PastInstance {
    pub(in crate::collect) id: String,
    pub(in crate::collect) launched: Option<Timestamp>,
    pub(in crate::collect) terminated: Option<Timestamp>,
}

/// What `group` did in the past weeks, by instance.
pub(in crate::collect) async fn read(
    clients: &RegionClients,
    group: &str,
) -> CallResult<Vec<PastInstance>> {
    let activities = pages::all("DescribeScalingActivities", |token| async move {
        let call = clients
            .auto_scaling
            .describe_scaling_activities()
            .auto_scaling_group_name(group)
            .max_records(100);
        let answer = call
            .set_next_token(token)
            .send()
            .await
            .map_err(|error| CallError::of(&error, &clients.region))?;
        let activities = pages::listed("DescribeScalingActivities", answer.activities)?;
        Ok((
            activities.iter().filter_map(scaling_activity).collect(),
            answer.next_token,
        ))
    });
    Ok(by_instance(activities.await?))
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct ScalingActivity {
    id: String,
    is_launch: bool,
    at: Timestamp,
}

/// `Launching a new EC2 instance: i-…`, `Terminating EC2 instance: i-…`; only what succeeded.
fn scaling_activity(activity: &aws_sdk_autoscaling::types::Activity) -> Option<ScalingActivity> {
    if activity
        .status_code
        .as_ref()
        .is_some_and(|code| code.as_str() != "Successful")
    {
        return None;
    }
    let (what, after) = activity.description()?.split_once(": ")?;
    let id: String = after
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    if !id.starts_with("i-") {
        return None;
    }
    let is_launch = what.starts_with("Launching");
    if !is_launch && !what.starts_with("Terminating") {
        return None;
    }
    // A start begins when it is ordered; an end is over when it is done.
    let time = if is_launch {
        activity.start_time
    } else {
        activity.end_time.or(activity.start_time)
    };
    Some(ScalingActivity {
        id,
        is_launch,
        at: Timestamp::from_second(time?.secs()).ok()?,
    })
}

fn by_instance(activities: Vec<ScalingActivity>) -> Vec<PastInstance> {
    let mut lives: BTreeMap<String, PastInstance> = BTreeMap::new();
    for ScalingActivity { id, is_launch, at } in activities {
        let life = lives.entry(id.clone()).or_insert_with(|| PastInstance {
            id,
            ..PastInstance::default()
        });
        let end = if is_launch {
            &mut life.launched
        } else {
            &mut life.terminated
        };
        *end = Some(end.map_or(at, |known| {
            if is_launch {
                known.min(at)
            } else {
                known.max(at)
            }
        }));
    }
    lives.into_values().collect()
}
