//! VPCs, subnets, route tables and security groups.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::super::call_error::{CallError, CallResult};
use super::super::clients::RegionClients;
use super::pages;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::collect) struct FoundVpc {
    pub(in crate::collect) id: String,
    pub(in crate::collect) cidr: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::collect) struct FoundSubnet {
    pub(in crate::collect) vpc: String,
    pub(in crate::collect) id: String,
    pub(in crate::collect) zone: String,
    pub(in crate::collect) cidr: Option<String>,
    pub(in crate::collect) available_ips: Option<u32>,
}

/// Which subnets reach the internet without a NAT.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::collect) struct PublicRoutes {
    /// Named by a table of their own.
    pub(in crate::collect) subnets: BTreeSet<String>,
    /// Named by a table of their own that leads elsewhere.
    pub(in crate::collect) others: BTreeSet<String>,
    /// VPCs whose main table leads to an internet gateway: all other subnets follow it.
    pub(in crate::collect) vpcs: BTreeSet<String>,
}

impl PublicRoutes {
    pub(in crate::collect) fn is_public(&self, subnet: &FoundSubnet) -> bool {
        self.subnets.contains(&subnet.id)
            || (self.vpcs.contains(&subnet.vpc) && !self.others.contains(&subnet.id))
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::collect) struct FoundSecurityGroup {
    pub(in crate::collect) id: String,
    pub(in crate::collect) name: String,
    pub(in crate::collect) vpc: Option<String>,
}

pub(in crate::collect) async fn vpcs(clients: &RegionClients) -> CallResult<Vec<FoundVpc>> {
    pages::all("DescribeVpcs", |token| async move {
        let answer = clients
            .ec2
            .describe_vpcs()
            .max_results(1_000)
            .set_next_token(token)
            .send()
            .await;
        let answer = answer.map_err(|error| CallError::of(&error, &clients.region))?;
        let vpcs = pages::listed("DescribeVpcs", answer.vpcs)?;
        Ok((
            vpcs.into_iter()
                .filter_map(|vpc| {
                    Some(FoundVpc {
                        cidr: vpc.cidr_block,
                        id: vpc.vpc_id?,
                    })
                })
                .collect(),
            answer.next_token,
        ))
    })
    .await
}

pub(in crate::collect) async fn subnets(clients: &RegionClients) -> CallResult<Vec<FoundSubnet>> {
    pages::all("DescribeSubnets", |token| async move {
        let answer = clients
            .ec2
            .describe_subnets()
            .max_results(1_000)
            .set_next_token(token)
            .send()
            .await;
        let answer = answer.map_err(|error| CallError::of(&error, &clients.region))?;
        let subnets = pages::listed("DescribeSubnets", answer.subnets)?;
        let subnet = |one: aws_sdk_ec2::types::Subnet| {
            Some(FoundSubnet {
                vpc: one.vpc_id?,
                id: one.subnet_id?,
                zone: one.availability_zone.unwrap_or_default(),
                cidr: one.cidr_block,
                available_ips: one
                    .available_ip_address_count
                    .and_then(|count| u32::try_from(count).ok()),
            })
        };
        Ok((
            subnets.into_iter().filter_map(subnet).collect(),
            answer.next_token,
        ))
    })
    .await
}

pub(in crate::collect) async fn routes(clients: &RegionClients) -> CallResult<PublicRoutes> {
    let tables = pages::all("DescribeRouteTables", |token| async move {
        let answer = clients
            .ec2
            .describe_route_tables()
            .max_results(100)
            .set_next_token(token)
            .send()
            .await;
        let answer = answer.map_err(|error| CallError::of(&error, &clients.region))?;
        Ok((
            pages::listed("DescribeRouteTables", answer.route_tables)?,
            answer.next_token,
        ))
    });
    let mut public = PublicRoutes::default();
    for table in tables.await? {
        let leads_out = table
            .routes()
            .iter()
            .any(|route| route.gateway_id().is_some_and(|id| id.starts_with("igw-")));
        for association in table.associations() {
            match (association.subnet_id(), leads_out) {
                (Some(subnet), true) => drop(public.subnets.insert(subnet.to_owned())),
                (Some(subnet), false) => drop(public.others.insert(subnet.to_owned())),
                (None, true) if association.main() == Some(true) => {
                    public.vpcs.extend(table.vpc_id().map(str::to_owned))
                }
                (None, _) => {}
            }
        }
    }
    Ok(public)
}

pub(in crate::collect) async fn security_groups(
    clients: &RegionClients,
) -> CallResult<Vec<FoundSecurityGroup>> {
    pages::all("DescribeSecurityGroups", |token| async move {
        let answer = clients
            .ec2
            .describe_security_groups()
            .max_results(1_000)
            .set_next_token(token)
            .send()
            .await;
        let answer = answer.map_err(|error| CallError::of(&error, &clients.region))?;
        let groups = pages::listed("DescribeSecurityGroups", answer.security_groups)?;
        let group = |one: aws_sdk_ec2::types::SecurityGroup| {
            Some(FoundSecurityGroup {
                name: one.group_name.unwrap_or_default(),
                vpc: one.vpc_id,
                id: one.group_id?,
            })
        };
        Ok((
            groups.into_iter().filter_map(group).collect(),
            answer.next_token,
        ))
    })
    .await
}
