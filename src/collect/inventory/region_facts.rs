//! Everything that is asked once for a region.

use std::collections::{BTreeMap, BTreeSet};

use super::super::call_error::CallResult;
use super::super::scope::Scope;
use super::applications::{self, Branch};
use super::balancers::{self, Balancer, ClassicBalancer, TargetGroup};
use super::environments::{self, ListedEnvironment};
use super::groups::{self, Group};
use super::instance_types;
use super::instances::{self, Ec2Instance};
use super::network::{self, FoundSecurityGroup, FoundSubnet, FoundVpc, PublicRoutes};
use super::volumes::{self, AttachedVolume};
use crate::snapshot::{EnvironmentKey, MachineType};

/// The answers, or why there is none.
#[derive(Debug, Clone)]
pub(in crate::collect) struct RegionFacts {
    pub(in crate::collect) applications: CallResult<Vec<String>>,
    pub(in crate::collect) environments: CallResult<Vec<ListedEnvironment>>,
    pub(super) branches: CallResult<Vec<Branch>>,
    pub(in crate::collect) groups: CallResult<Vec<Group>>,
    pub(in crate::collect) instances: CallResult<Vec<Ec2Instance>>,
    pub(super) volumes: CallResult<Vec<AttachedVolume>>,
    pub(super) balancers: CallResult<Vec<Balancer>>,
    pub(super) target_groups: CallResult<Vec<TargetGroup>>,
    pub(super) classic: CallResult<Vec<ClassicBalancer>>,
    pub(super) vpcs: CallResult<Vec<FoundVpc>>,
    pub(super) subnets: CallResult<Vec<FoundSubnet>>,
    pub(super) routes: CallResult<PublicRoutes>,
    pub(super) security_groups: CallResult<Vec<FoundSecurityGroup>>,
    pub(super) types: CallResult<Vec<MachineType>>,
}

impl RegionFacts {
    /// Whether every listing that a history depends on was answered.
    pub(in crate::collect) fn is_answered(&self) -> bool {
        self.environments.is_ok()
            && self.groups.is_ok()
            && self.instances.is_ok()
            && self.balancers.is_ok()
            && self.target_groups.is_ok()
    }
}

impl RegionFacts {
    /// Whether every listing was answered.
    pub(in crate::collect) fn is_whole(&self) -> bool {
        self.is_answered()
            && self.applications.is_ok()
            && self.branches.is_ok()
            && self.volumes.is_ok()
            && self.classic.is_ok()
            && self.vpcs.is_ok()
            && self.subnets.is_ok()
            && self.routes.is_ok()
            && self.security_groups.is_ok()
            && self.types.is_ok()
    }
}

/// Each listing is a unit of work of its own, so that one that is denied leaves the others.
pub(in crate::collect) async fn region_facts(scope: &Scope) -> RegionFacts {
    let clients = &scope.clients;
    let beanstalk = async {
        (
            // So that whoever is shown no environment can tell silence from emptiness.
            scope
                .unit("applications", applications::read(clients))
                .await,
            scope
                .unit("environments", environments::read(clients))
                .await,
            scope
                .unit("platform branches", applications::branches(clients))
                .await,
        )
    };
    let machines = async {
        let instances = scope.unit("instances", instances::read(clients)).await;
        let of_instances = match &instances {
            Ok(found) => found.as_slice(),
            // Without a list there is nothing to ask about, and "none" would be kept as the answer.
            Err(refused) => {
                let volumes = scope
                    .unit("volumes", std::future::ready(Err(refused.clone())))
                    .await;
                let types = scope
                    .unit("instance types", std::future::ready(Err(refused.clone())))
                    .await;
                return (instances, volumes, types);
            }
        };
        let running: Vec<String> = of_instances
            .iter()
            .filter(|one| !one.is_gone())
            .map(|one| one.id.clone())
            .collect();
        let names: BTreeSet<String> = of_instances
            .iter()
            .map(|one| one.instance_type.clone())
            .filter(|name| !name.is_empty())
            .collect();
        let names: Vec<String> = names.into_iter().collect();
        let volumes = scope
            .unit("volumes", volumes::read(clients, &running))
            .await;
        let types = scope
            .unit("instance types", instance_types::read(clients, &names))
            .await;
        (instances, volumes, types)
    };
    let networks = async {
        (
            scope.unit("VPCs", network::vpcs(clients)).await,
            scope.unit("subnets", network::subnets(clients)).await,
            scope.unit("route tables", network::routes(clients)).await,
            scope
                .unit("security groups", network::security_groups(clients))
                .await,
        )
    };
    let entrances = async {
        (
            scope.unit("load balancers", balancers::read(clients)).await,
            scope
                .unit("target groups", balancers::target_groups(clients))
                .await,
            scope
                .unit("classic load balancers", balancers::classic(clients))
                .await,
        )
    };
    let groups = scope.unit("auto scaling groups", groups::read(clients));
    let (beanstalk, machines, networks, entrances, groups) =
        futures_util::join!(beanstalk, machines, networks, entrances, groups);
    let mut facts = RegionFacts {
        applications: beanstalk.0,
        environments: beanstalk.1,
        branches: beanstalk.2,
        groups,
        instances: machines.0,
        volumes: machines.1,
        types: machines.2,
        vpcs: networks.0,
        subnets: networks.1,
        routes: networks.2,
        security_groups: networks.3,
        balancers: entrances.0,
        target_groups: entrances.1,
        classic: entrances.2,
    };
    facts.give_ids(clients.region.as_str());
    facts
}

impl RegionFacts {
    /// Some that speak Beanstalk's language list environments without ids: their groups' tags have them,
    /// and a name is unique while its environment lives.
    fn give_ids(&mut self, region: &str) {
        let by_tag: BTreeMap<String, String> = self
            .groups
            .iter()
            .flatten()
            .filter_map(|group| {
                Some((
                    group.environment_name.clone()?,
                    group.environment_id.clone()?,
                ))
            })
            .collect();
        for one in self
            .environments
            .iter_mut()
            .flatten()
            .filter(|one| one.id.is_empty())
        {
            one.id = by_tag
                .get(&one.name)
                .cloned()
                .unwrap_or_else(|| EnvironmentKey::substitute_id("", region, &one.name));
        }
    }
}
