//! Load balancers of today, their listeners and target groups; and classic ones.

use serde::{Deserialize, Serialize};

use super::super::call_error::{CallError, CallResult};
use super::super::clients::RegionClients;
use super::pages;
use super::resources::vanished;
use crate::snapshot::Listener;

/// An application or network load balancer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::collect) struct Balancer {
    pub(in crate::collect) arn: String,
    pub(in crate::collect) name: String,
    /// `application`, `network`, `gateway`
    pub(in crate::collect) kind: String,
    /// `internal`, `internet-facing`
    pub(in crate::collect) scheme: String,
}

/// Where a load balancer sends requests.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::collect) struct TargetGroup {
    pub(in crate::collect) arn: String,
    pub(in crate::collect) balancers: Vec<String>,
}

/// A classic load balancer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::collect) struct ClassicBalancer {
    pub(in crate::collect) name: String,
    pub(in crate::collect) scheme: String,
    pub(in crate::collect) listeners: Vec<Listener>,
}

pub(in crate::collect) async fn read(clients: &RegionClients) -> CallResult<Vec<Balancer>> {
    pages::all("DescribeLoadBalancers", |marker| async move {
        let answer = clients
            .load_balancing
            .describe_load_balancers()
            .page_size(400)
            .set_marker(marker)
            .send()
            .await;
        let answer = answer.map_err(|error| CallError::of(&error, &clients.region))?;
        let balancers = pages::listed("DescribeLoadBalancers", answer.load_balancers)?;
        let balancer = |one: aws_sdk_elasticloadbalancingv2::types::LoadBalancer| {
            Some(Balancer {
                arn: one.load_balancer_arn?,
                name: one.load_balancer_name.unwrap_or_default(),
                kind: one
                    .r#type
                    .map_or_else(String::new, |kind| kind.as_str().to_owned()),
                scheme: one
                    .scheme
                    .map_or_else(String::new, |scheme| scheme.as_str().to_owned()),
            })
        };
        Ok((
            balancers.into_iter().filter_map(balancer).collect(),
            answer.next_marker,
        ))
    })
    .await
}

pub(in crate::collect) async fn target_groups(
    clients: &RegionClients,
) -> CallResult<Vec<TargetGroup>> {
    pages::all("DescribeTargetGroups", |marker| async move {
        let answer = clients
            .load_balancing
            .describe_target_groups()
            .page_size(400)
            .set_marker(marker)
            .send()
            .await;
        let answer = answer.map_err(|error| CallError::of(&error, &clients.region))?;
        let groups = pages::listed("DescribeTargetGroups", answer.target_groups)?;
        let group = |one: aws_sdk_elasticloadbalancingv2::types::TargetGroup| {
            Some(TargetGroup {
                arn: one.target_group_arn?,
                balancers: one.load_balancer_arns.unwrap_or_default(),
            })
        };
        Ok((
            groups.into_iter().filter_map(group).collect(),
            answer.next_marker,
        ))
    })
    .await
}

/// Of one load balancer, by port.
pub(in crate::collect) async fn listeners(
    clients: &RegionClients,
    arn: &str,
) -> CallResult<Vec<Listener>> {
    let mut all = pages::all("DescribeListeners", |marker| async move {
        let answer = clients
            .load_balancing
            .describe_listeners()
            .load_balancer_arn(arn)
            .set_marker(marker)
            .send()
            .await;
        let answer = answer.map_err(|error| vanished(CallError::of(&error, &clients.region)))?;
        let listeners = pages::listed("DescribeListeners", answer.listeners)?;
        let listener = |one: aws_sdk_elasticloadbalancingv2::types::Listener| {
            let certificates = one
                .certificates
                .unwrap_or_default()
                .into_iter()
                .filter_map(|certificate| certificate.certificate_arn);
            Some(Listener {
                port: u32::try_from(one.port?).ok()?,
                protocol: one
                    .protocol
                    .map_or_else(String::new, |protocol| protocol.as_str().to_owned()),
                certificates: certificates.collect(),
            })
        };
        Ok((
            listeners.into_iter().filter_map(listener).collect(),
            answer.next_marker,
        ))
    })
    .await?;
    all.sort();
    Ok(all)
}

pub(in crate::collect) async fn classic(
    clients: &RegionClients,
) -> CallResult<Vec<ClassicBalancer>> {
    pages::all("DescribeLoadBalancers (classic)", |marker| async move {
        let answer = clients
            .classic_load_balancing
            .describe_load_balancers()
            .page_size(400)
            .set_marker(marker)
            .send()
            .await;
        let answer = answer.map_err(|error| CallError::of(&error, &clients.region))?;
        let balancers = pages::listed(
            "DescribeLoadBalancers (classic)",
            answer.load_balancer_descriptions,
        )?;
        let classic = |one: aws_sdk_elasticloadbalancing::types::LoadBalancerDescription| {
            let listener = |found: &aws_sdk_elasticloadbalancing::types::ListenerDescription| {
                let listener = found.listener()?;
                Some(Listener {
                    port: u32::try_from(listener.load_balancer_port()).ok()?,
                    protocol: listener.protocol().to_owned(),
                    certificates: listener
                        .ssl_certificate_id()
                        .map(str::to_owned)
                        .into_iter()
                        .collect(),
                })
            };
            let mut listeners: Vec<Listener> = one
                .listener_descriptions()
                .iter()
                .filter_map(listener)
                .collect();
            listeners.sort();
            Some(ClassicBalancer {
                scheme: one.scheme.clone().unwrap_or_default(),
                listeners,
                name: one.load_balancer_name?,
            })
        };
        Ok((
            balancers.into_iter().filter_map(classic).collect(),
            answer.next_marker,
        ))
    })
    .await
}
