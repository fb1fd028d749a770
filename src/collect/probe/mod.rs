//! One call of the list, tried in its cheapest form.
//!
//! Nothing is kept of an answer but that it came and whether it was empty; EC2's answer also yields the
//! name of one Beanstalk environment, as evidence against an empty list of environments.

mod around;
mod beanstalk;
mod cloudwatch;
mod ec2;

use std::error::Error;

use aws_sdk_ec2::error::{ProvideErrorMetadata, SdkError};

use super::calls::Call;
use super::clients::RegionClients;
use super::outcome::Outcome;
use super::refusal::refusal;

/// A name that nobody has. To be told that it is not found takes the same permission as to be told what it
/// is, and is as cheap.
const NOBODY: &str = "eb2eks-doctor-asks-for-nobody";

/// What the services call something that is not there.
const NOT_FOUND: [&str; 6] = [
    "InvalidParameterValue",
    "LoadBalancerNotFound",
    "LoadBalancerNotFoundException",
    "ResourceNotFoundException",
    "ValidationError",
    "ValidationException",
];

/// What earlier calls have shown, for those that need something to ask about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ProbeContext {
    application: Option<String>,
    environment: Option<String>,
    arn: Option<String>,
    group: Option<String>,
    balancer: Option<String>,
}

impl ProbeContext {
    /// Keeps what is known and adds what is new.
    pub(super) fn learn(&mut self, new: Self) {
        let fields = [
            (&mut self.application, new.application),
            (&mut self.environment, new.environment),
            (&mut self.arn, new.arn),
            (&mut self.group, new.group),
            (&mut self.balancer, new.balancer),
        ];
        for (field, new) in fields {
            if field.is_none() {
                *field = new;
            }
        }
    }
}

/// What one call said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) outcome: Outcome,
    pub(super) message: Option<String>,
    /// The name of an environment that EC2 knows to exist.
    pub(super) environment: Option<String>,
    /// Something for later calls to ask about.
    pub(super) known: ProbeContext,
}

impl Finding {
    fn of(outcome: Outcome) -> Self {
        Self {
            outcome,
            message: None,
            environment: None,
            known: ProbeContext::default(),
        }
    }

    fn saying(outcome: Outcome, message: impl Into<String>) -> Self {
        Self {
            outcome,
            message: Some(message.into()),
            environment: None,
            known: ProbeContext::default(),
        }
    }

    /// XML answers name even an empty list: no list at all is an answer that was cut short, which the SDK
    /// takes for a success.
    fn listing<T>(things: &str, list: Option<&[T]>) -> Self {
        match list {
            Some(_) => Self::of(Outcome::Ok),
            None => Self::saying(
                Outcome::Failed,
                format!("the answer holds no list of {things}; was it cut off?"),
            ),
        }
    }

    fn empty(things: &str) -> Self {
        Self::saying(
            Outcome::Empty,
            format!("0 {things}: there may be none here, or a permission that is missing"),
        )
    }
}

/// Tries `call` once (the SDK retries within its bounds) and says how it ended.
pub(super) async fn probe(clients: &RegionClients, call: Call, known: &ProbeContext) -> Finding {
    match call {
        Call::DescribeEnvironments => beanstalk::environments(clients).await,
        Call::DescribeApplications => beanstalk::applications(clients).await,
        Call::DescribeEnvironmentResources => beanstalk::resources(clients, known).await,
        Call::DescribeConfigurationSettings => beanstalk::settings(clients, known).await,
        Call::ListTagsForResource => beanstalk::tags(clients, known).await,
        Call::ListPlatformBranches => beanstalk::branches(clients).await,
        Call::ListMetrics => cloudwatch::metrics(clients).await,
        Call::GetMetricData => cloudwatch::metric_data(clients).await,
        Call::DescribeInstances => ec2::instances(clients).await,
        Call::DescribeInstanceTypes => ec2::instance_types(clients).await,
        Call::DescribeVolumes => ec2::volumes(clients).await,
        Call::DescribeVpcs => ec2::vpcs(clients).await,
        Call::DescribeSubnets => ec2::subnets(clients).await,
        Call::DescribeRouteTables => ec2::route_tables(clients).await,
        Call::DescribeSecurityGroups => ec2::security_groups(clients).await,
        Call::DescribeAutoScalingGroups => around::groups(clients).await,
        Call::DescribeScalingActivities => around::activities(clients, known).await,
        Call::DescribeLoadBalancers => around::balancers(clients).await,
        Call::DescribeListeners => around::listeners(clients, known).await,
        Call::DescribeTargetGroups => around::target_groups(clients).await,
        Call::DescribeClassicLoadBalancers => around::classic(clients).await,
        Call::GetCallerIdentity => around::identity(clients).await,
        // No part of a collection.
        Call::GetProducts => Finding::of(Outcome::NotAttempted),
    }
}

/// For a call whose answer is worth no look: that it came is what is to be known.
fn about<T, E>(clients: &RegionClients, answer: Result<T, SdkError<E>>) -> Finding
where
    E: ProvideErrorMetadata + Error + 'static,
{
    match answer {
        Ok(_) => Finding::of(Outcome::Ok),
        Err(error) => {
            let code = error
                .as_service_error()
                .and_then(ProvideErrorMetadata::code);
            if code.is_some_and(|code| NOT_FOUND.contains(&code)) {
                Finding::of(Outcome::Ok)
            } else {
                refused(clients, &error)
            }
        }
    }
}

fn refused<E>(clients: &RegionClients, error: &SdkError<E>) -> Finding
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let (outcome, message) = refusal(error, &clients.region);
    Finding::saying(outcome, message)
}
