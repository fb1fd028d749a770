//! EC2's calls, each for a few of what it lists.

use aws_sdk_ec2::types::{Filter, InstanceType};

use super::super::clients::RegionClients;
use super::super::message::clean;
use super::{Finding, about, refused};

/// Beanstalk puts it on every instance that it starts; as a filter it makes the answer small.
const ENVIRONMENT_TAG: &str = "elasticbeanstalk:environment-name";

pub(super) async fn instances(clients: &RegionClients) -> Finding {
    let started_by_beanstalk = Filter::builder()
        .name("tag-key")
        .values(ENVIRONMENT_TAG)
        .build();
    // A terminated instance is shown for a while, with its tags: it would speak for an environment that is gone.
    let running = Filter::builder()
        .name("instance-state-name")
        .values("running")
        .build();
    match clients
        .ec2
        .describe_instances()
        .filters(started_by_beanstalk)
        .filters(running)
        .max_results(5)
        .send()
        .await
    {
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
            Finding {
                environment,
                ..Finding::listing("instances", answer.reservations.as_deref())
            }
        }
        Err(error) => refused(clients, &error),
    }
}

pub(super) async fn subnets(clients: &RegionClients) -> Finding {
    match clients.ec2.describe_subnets().max_results(5).send().await {
        Ok(answer) => Finding::listing("subnets", answer.subnets.as_deref()),
        Err(error) => refused(clients, &error),
    }
}

pub(super) async fn instance_types(clients: &RegionClients) -> Finding {
    match clients
        .ec2
        .describe_instance_types()
        .instance_types(InstanceType::C52xlarge)
        .send()
        .await
    {
        Ok(answer) => Finding::listing("instance types", answer.instance_types.as_deref()),
        Err(error) => refused(clients, &error),
    }
}

pub(super) async fn volumes(clients: &RegionClients) -> Finding {
    about(
        clients,
        clients.ec2.describe_volumes().max_results(5).send().await,
    )
}

pub(super) async fn vpcs(clients: &RegionClients) -> Finding {
    about(
        clients,
        clients.ec2.describe_vpcs().max_results(5).send().await,
    )
}

pub(super) async fn route_tables(clients: &RegionClients) -> Finding {
    about(
        clients,
        clients
            .ec2
            .describe_route_tables()
            .max_results(5)
            .send()
            .await,
    )
}

pub(super) async fn security_groups(clients: &RegionClients) -> Finding {
    about(
        clients,
        clients
            .ec2
            .describe_security_groups()
            .max_results(5)
            .send()
            .await,
    )
}
