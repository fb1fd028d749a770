//! The calls of what stands around the instances: groups, load balancers, the account itself.

use super::super::clients::RegionClients;
use super::{Finding, NOBODY, ProbeContext, about, refused};

pub(super) async fn groups(clients: &RegionClients) -> Finding {
    match clients
        .auto_scaling
        .describe_auto_scaling_groups()
        .max_records(1)
        .send()
        .await
    {
        Ok(answer) => {
            let group = answer
                .auto_scaling_groups()
                .first()
                .and_then(|group| group.auto_scaling_group_name().map(str::to_owned));
            Finding {
                known: ProbeContext {
                    group,
                    ..ProbeContext::default()
                },
                ..Finding::listing("groups", answer.auto_scaling_groups.as_deref())
            }
        }
        Err(error) => refused(clients, &error),
    }
}

pub(super) async fn activities(clients: &RegionClients, known: &ProbeContext) -> Finding {
    let group = known.group.as_deref().unwrap_or(NOBODY);
    about(
        clients,
        clients
            .auto_scaling
            .describe_scaling_activities()
            .auto_scaling_group_name(group)
            .max_records(1)
            .send()
            .await,
    )
}

pub(super) async fn balancers(clients: &RegionClients) -> Finding {
    match clients
        .load_balancing
        .describe_load_balancers()
        .page_size(1)
        .send()
        .await
    {
        Ok(answer) => {
            let balancer = answer
                .load_balancers()
                .first()
                .and_then(|balancer| balancer.load_balancer_arn().map(str::to_owned));
            Finding {
                known: ProbeContext {
                    balancer,
                    ..ProbeContext::default()
                },
                ..Finding::listing("load balancers", answer.load_balancers.as_deref())
            }
        }
        Err(error) => refused(clients, &error),
    }
}

pub(super) async fn listeners(clients: &RegionClients, known: &ProbeContext) -> Finding {
    let nobody = || {
        format!(
            "arn:aws:elasticloadbalancing:{}:000000000000:loadbalancer/app/{NOBODY}/0000000000000000",
            clients.region
        )
    };
    about(
        clients,
        clients
            .load_balancing
            .describe_listeners()
            .load_balancer_arn(known.balancer.clone().unwrap_or_else(nobody))
            .send()
            .await,
    )
}

pub(super) async fn target_groups(clients: &RegionClients) -> Finding {
    about(
        clients,
        clients
            .load_balancing
            .describe_target_groups()
            .page_size(1)
            .send()
            .await,
    )
}

pub(super) async fn classic(clients: &RegionClients) -> Finding {
    about(
        clients,
        clients
            .classic_load_balancing
            .describe_load_balancers()
            .page_size(1)
            .send()
            .await,
    )
}

pub(super) async fn identity(clients: &RegionClients) -> Finding {
    about(clients, clients.sts.get_caller_identity().send().await)
}
