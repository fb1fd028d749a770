//! A worker's queue, and the daemon that hands its messages to the app.

use serde::{Deserialize, Serialize};

use super::options::Options;
use super::values;
use crate::snapshot::Environment;

/// The settings of the queue daemon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Worker {
    /// The queue's address; absent if it is not known, or not one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue_url: Option<String>,
    /// The region that its address names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue_region: Option<String>,
    /// The account that its address names, where it is not the environment's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub foreign_account: Option<String>,
    /// Beanstalk made the queue and deletes it with the environment.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_queue_beanstalks: bool,
    /// Where messages are posted.
    pub http_path: String,
    /// Content type of the post: `application/json` where nothing is set.
    pub mime_type: String,
    /// Messages at once, in each pod.
    pub connections: u32,
    /// The longest that a message may take.
    pub inactivity_seconds: u32,
    /// For so long nobody else sees a message that is being worked on.
    pub visibility_seconds: u32,
}

const DAEMON: &str = "aws:elasticbeanstalk:sqsd";

/// `None` for what is no worker.
pub(super) fn of(environment: &Environment, options: &Options<'_>) -> Option<Worker> {
    if environment.tier != "Worker" {
        return None;
    }
    let number =
        |name: &str, most, otherwise| options.number(DAEMON, name, 1, most).unwrap_or(otherwise);
    let queue_url = options
        .get(DAEMON, "WorkerQueueURL")
        .and_then(values::identifier)
        .filter(|url| url.starts_with("https://"));
    let place = queue_url.as_deref().and_then(place);
    // Queues that it makes are called after its stack: awseb-e-…-stack-AWSEBWorkerQueue-….
    let is_queue_beanstalks = match &queue_url {
        Some(url) => url.contains("AWSEBWorkerQueue"),
        None => true,
    };
    Some(Worker {
        queue_region: place.as_ref().map(|(region, _)| region.clone()),
        foreign_account: place
            .map(|(_, account)| account)
            .filter(|account| !environment.account.is_empty() && *account != environment.account),
        queue_url,
        is_queue_beanstalks,
        http_path: options
            .get(DAEMON, "HttpPath")
            .and_then(values::path)
            .unwrap_or_else(|| "/".to_owned()),
        mime_type: options
            .get(DAEMON, "MimeType")
            .and_then(values::identifier)
            .unwrap_or_else(|| "application/json".to_owned()),
        connections: number("HttpConnections", 100, 50),
        inactivity_seconds: number("InactivityTimeout", 36_000, 299),
        visibility_seconds: number("VisibilityTimeout", 43_200, 300),
    })
}

/// Region and account of `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME`, of the same by an endpoint of a VPC
/// (`https://vpce-….sqs.REGION.vpce.amazonaws.com/…`), or of the form of old,
/// `https://REGION.queue.amazonaws.com/ACCOUNT/NAME`, in which the first region has no name.
fn place(url: &str) -> Option<(String, String)> {
    let (host, path) = url.strip_prefix("https://")?.split_once('/')?;
    let account = path
        .split('/')
        .next()
        .filter(|account| account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit()))?;
    let labels: Vec<&str> = host.split('.').collect();
    let region = match labels.as_slice() {
        ["sqs" | "sqs-fips", region, ..] | [_, "sqs", region, "vpce", ..] => region,
        [region, "queue", "amazonaws", ..] => region,
        ["queue", "amazonaws", ..] => "us-east-1",
        _ => return None,
    };
    let is_region = region.split('-').count() >= 3
        && region
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    is_region.then(|| (region.to_owned(), account.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queues_address_names_its_region_and_account() {
        let at = |url: &str| place(url);
        let tokyo = Some(("ap-northeast-1".to_owned(), "111122223333".to_owned()));
        assert_eq!(
            at("https://sqs.ap-northeast-1.amazonaws.com/111122223333/one"),
            tokyo
        );
        assert_eq!(
            at("https://ap-northeast-1.queue.amazonaws.com/111122223333/one"),
            tokyo
        );
        assert_eq!(
            at("https://sqs.cn-north-1.amazonaws.com.cn/111122223333/one.fifo").map(|it| it.0),
            Some("cn-north-1".to_owned())
        );
        assert_eq!(
            at("https://queue.amazonaws.com/111122223333/one").map(|it| it.0),
            Some("us-east-1".to_owned())
        );
        for other in [
            "https://sqs.local/1/one",
            "https://example.com/111122223333/x",
            "x",
        ] {
            assert_eq!(at(other), None, "{other}");
        }
    }
}
