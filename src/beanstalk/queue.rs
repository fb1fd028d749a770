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
    /// Beanstalk made the queue and deletes it with the environment.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_queue_beanstalks: bool,
    /// Where messages are posted.
    pub http_path: String,
    /// As what.
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
    // Queues that it makes are called after its stack: awseb-e-…-stack-AWSEBWorkerQueue-….
    let is_queue_beanstalks = match &queue_url {
        Some(url) => url.contains("AWSEBWorkerQueue"),
        None => true,
    };
    Some(Worker {
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
