//! One call of the list, tried in its cheapest form.
//!
//! Nothing is kept of an answer but that it came and whether it was empty; EC2's answer also yields the
//! name of one Beanstalk environment, as evidence against an empty list of environments.

use std::error::Error;
use std::time::SystemTime;

use aws_sdk_cloudwatch::primitives::DateTime;
use aws_sdk_cloudwatch::types::{Metric, MetricDataQuery, MetricStat, StatusCode};
use aws_sdk_ec2::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_ec2::types::{Filter, InstanceType};

use super::calls::Call;
use super::clients::RegionClients;
use super::message::clean;
use super::outcome::Outcome;
use super::refusal::refusal;

/// Beanstalk puts it on every instance that it starts; as a filter it makes the answer small.
const ENVIRONMENT_TAG: &str = "elasticbeanstalk:environment-name";

/// What one call said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) outcome: Outcome,
    pub(super) message: Option<String>,
    /// The name of an environment that is known to exist.
    pub(super) environment: Option<String>,
}

impl Finding {
    fn of(outcome: Outcome) -> Self {
        Self { outcome, message: None, environment: None }
    }

    fn saying(outcome: Outcome, message: impl Into<String>) -> Self {
        Self { outcome, message: Some(message.into()), environment: None }
    }

    /// XML answers name even an empty list: no list at all is an answer that was cut short, which the SDK
    /// takes for a success.
    fn listing<T>(things: &str, list: Option<&[T]>) -> Self {
        match list {
            Some(_) => Self::of(Outcome::Ok),
            None => Self::saying(Outcome::Failed, format!("the answer holds no list of {things}; was it cut off?")),
        }
    }

    fn empty(things: &str) -> Self {
        Self::saying(Outcome::Empty, format!("0 {things}: there may be none here, or a permission that is missing"))
    }
}

/// Tries `call` once (the SDK retries within its bounds) and says how it ended.
pub(super) async fn probe(clients: &RegionClients, call: Call) -> Finding {
    match call {
        Call::DescribeEnvironments => environments(clients).await,
        Call::DescribeApplications => applications(clients).await,
        Call::ListMetrics => metrics(clients).await,
        Call::GetMetricData => metric_data(clients).await,
        Call::DescribeInstances => instances(clients).await,
        Call::DescribeSubnets => subnets(clients).await,
        Call::DescribeInstanceTypes => instance_types(clients).await,
    }
}

async fn environments(clients: &RegionClients) -> Finding {
    match clients.beanstalk.describe_environments().max_records(1).send().await {
        // An empty page may be followed by a full one.
        Ok(answer) => match answer.environments {
            Some(list) if list.is_empty() && answer.next_token.is_none() => Finding::empty("environments"),
            list => Finding::listing("environments", list.as_deref()),
        },
        Err(error) => refused(clients, &error),
    }
}

async fn applications(clients: &RegionClients) -> Finding {
    match clients.beanstalk.describe_applications().send().await {
        Ok(answer) => match answer.applications {
            Some(list) if list.is_empty() => Finding::empty("applications"),
            list => Finding::listing("applications", list.as_deref()),
        },
        Err(error) => refused(clients, &error),
    }
}

/// Every `Ok` will do: in CBOR an empty list may be left out.
async fn metrics(clients: &RegionClients) -> Finding {
    match clients.cloudwatch.list_metrics().namespace("AWS/EC2").metric_name("CPUUtilization").send().await {
        Ok(_) => Finding::of(Outcome::Ok),
        Err(error) => refused(clients, &error),
    }
}

/// One metric over a quarter of an hour: a thousandth of a cent.
async fn metric_data(clients: &RegionClients) -> Finding {
    let cpu = Metric::builder().namespace("AWS/EC2").metric_name("CPUUtilization").build();
    let query = MetricDataQuery::builder()
        .id("cpu")
        .metric_stat(MetricStat::builder().metric(cpu).period(300).stat("Average").build())
        .return_data(true)
        .build();
    let end = now();
    let start = DateTime::from_secs(end.secs() - 900);
    match clients.cloudwatch.get_metric_data().metric_data_queries(query).start_time(start).end_time(end).send().await {
        // The call may be allowed and the series forbidden.
        Ok(answer) if answer.metric_data_results().iter().any(|series| series.status_code == Some(StatusCode::Forbidden)) => {
            Finding::saying(Outcome::Denied, "the call is allowed, but the series answers Forbidden")
        }
        Ok(_) => Finding::of(Outcome::Ok),
        Err(error) => refused(clients, &error),
    }
}

async fn instances(clients: &RegionClients) -> Finding {
    let started_by_beanstalk = Filter::builder().name("tag-key").values(ENVIRONMENT_TAG).build();
    // A terminated instance is shown for a while, with its tags: it would speak for an environment that is gone.
    let running = Filter::builder().name("instance-state-name").values("running").build();
    match clients.ec2.describe_instances().filters(started_by_beanstalk).filters(running).max_results(5).send().await {
        Ok(answer) => {
            let mut names: Vec<&str> = answer
                .reservations()
                .iter()
                .flat_map(|reservation| reservation.instances())
                .flat_map(|instance| instance.tags())
                .filter(|tag| tag.key() == Some(ENVIRONMENT_TAG))
                .filter_map(|tag| tag.value())
                .collect();
            names.sort_unstable();
            let environment = names.first().map(|name| clean(name));
            Finding { environment, ..Finding::listing("instances", answer.reservations.as_deref()) }
        }
        Err(error) => refused(clients, &error),
    }
}

async fn subnets(clients: &RegionClients) -> Finding {
    match clients.ec2.describe_subnets().max_results(5).send().await {
        Ok(answer) => Finding::listing("subnets", answer.subnets.as_deref()),
        Err(error) => refused(clients, &error),
    }
}

async fn instance_types(clients: &RegionClients) -> Finding {
    match clients.ec2.describe_instance_types().instance_types(InstanceType::C52xlarge).send().await {
        Ok(answer) => Finding::listing("instance types", answer.instance_types.as_deref()),
        Err(error) => refused(clients, &error),
    }
}

fn refused<E>(clients: &RegionClients, error: &SdkError<E>) -> Finding
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let (outcome, message) = refusal(error, &clients.region);
    Finding::saying(outcome, message)
}

#[expect(clippy::disallowed_methods, reason = "CloudWatch is asked for the last minutes; nothing of the answer is kept")]
fn now() -> DateTime {
    DateTime::from(SystemTime::now())
}
