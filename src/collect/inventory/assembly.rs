//! From answers to the snapshot's own terms: pure functions.

use std::collections::{BTreeMap, BTreeSet};

use super::super::call_error::CallResult;
use super::activities::PastInstance;
use super::balancers::Balancer;
use super::environment_facts::EnvironmentFacts;
use super::groups::{Group, GroupInstance};
use super::instances::Ec2Instance;
use super::region_facts::RegionFacts;
use crate::snapshot::{
    AutoScalingGroup, Environment, Gap, Instance, Inventory, InvisibleEnvironment, LoadBalancer,
    PlatformBranch, SecurityGroup, Subnet, Volume, Vpc,
};

impl RegionFacts {
    /// The environment that these answers describe.
    pub(in crate::collect) fn environment(
        &self,
        account: &str,
        region: &str,
        facts: &EnvironmentFacts,
    ) -> Environment {
        let listed = &facts.listed;
        let instances = self.instances_of(facts);
        let volumes = self.volumes_of(&instances);
        let settings = facts.settings.as_ref().ok();
        Environment {
            account: account.to_owned(),
            region: region.to_owned(),
            application: listed.application.clone(),
            name: listed.name.clone(),
            id: listed.id.clone(),
            tier: listed.tier.clone(),
            platform: listed.platform.clone(),
            status: if facts.has_vanished() {
                "Terminated".to_owned()
            } else {
                listed.status.clone()
            },
            health: listed.health.clone(),
            cname: listed.cname.clone(),
            version_label: listed.version_label.clone(),
            tags: facts.tags.clone().unwrap_or_default(),
            auto_scaling_group: group_of(&facts.groups),
            root_volume_gib: root_volume(&volumes),
            load_balancers: self.balancers_of(facts),
            queues: facts
                .resources
                .iter()
                .flat_map(|resources| resources.queues.clone())
                .collect(),
            option_settings: settings
                .map(|settings| settings.options.clone())
                .unwrap_or_default(),
            draft_settings: settings.is_some_and(|settings| settings.draft),
            instances,
            volumes,
        }
    }

    /// Those that run, by id, then those of the past, by id.
    fn instances_of(&self, facts: &EnvironmentFacts) -> Vec<Instance> {
        let listed = &facts.listed;
        let members: BTreeMap<&str, &GroupInstance> = facts
            .groups
            .iter()
            .flat_map(|group| &group.instances)
            .map(|member| (member.id.as_str(), member))
            .collect();
        let named: &[String] = facts
            .resources
            .as_ref()
            .map_or(&[], |resources| resources.instances.as_slice());
        let is_own = |found: &&Ec2Instance| {
            members.contains_key(found.id.as_str())
                || named.contains(&found.id)
                || found.environment_id.as_deref().map_or(
                    found.environment_name.as_deref() == Some(&listed.name),
                    |id| id == listed.id,
                )
        };
        let found: BTreeMap<&str, &Ec2Instance> = self
            .instances
            .iter()
            .flatten()
            .filter(is_own)
            .map(|one| (one.id.as_str(), one))
            .collect();
        let windows = listed.platform.to_ascii_lowercase().contains("windows");
        let platform =
            |is_windows: bool| Some(if is_windows { "windows" } else { "linux" }.to_owned());
        let remembered: BTreeMap<&str, &PastInstance> = facts
            .remembered
            .iter()
            .flatten()
            .map(|one| (one.id.as_str(), one))
            .collect();

        let ids: BTreeSet<&str> = members
            .keys()
            .chain(found.keys())
            .chain(remembered.keys())
            .copied()
            .collect();
        // An instance that is gone is remembered without its type; its group's of today is the best guess.
        let usual = found
            .values()
            .map(|one| &one.instance_type)
            .chain(members.values().map(|one| &one.instance_type))
            .find(|name| !name.is_empty());
        let configured = facts
            .settings
            .iter()
            .flat_map(|settings| &settings.options)
            .find(|option| {
                option.namespace == "aws:autoscaling:launchconfiguration"
                    && option.name == "InstanceType"
                    && option.value.is_some()
            });
        let usual = usual
            .cloned()
            .or_else(|| configured.and_then(|option| option.value.clone()));

        let mut instances: Vec<Instance> = Vec::new();
        for id in ids {
            let (member, found, past) = (members.get(id), found.get(id), remembered.get(id));
            let is_gone = found.map_or(member.is_none(), |one| one.is_gone());
            let known = found
                .map(|one| &one.instance_type)
                .or(member.map(|one| &one.instance_type))
                .filter(|name| !name.is_empty());
            let Some(instance_type) = known.or(usual.as_ref()) else {
                continue;
            };
            let launched_at = found
                .and_then(|one| one.launched)
                .or(past.and_then(|one| one.launched));
            let terminated_at = if is_gone {
                past.and_then(|one| one.terminated).or(launched_at)
            } else {
                None
            };
            // Gone, and nobody knows when: it would count as running.
            if is_gone && terminated_at.is_none() {
                continue;
            }
            instances.push(Instance {
                id: id.to_owned(),
                instance_type: instance_type.clone(),
                zone: found
                    .and_then(|one| one.zone.clone())
                    .or_else(|| member.and_then(|one| one.zone.clone())),
                platform: platform(found.map_or(windows, |one| one.is_windows)),
                launched_at,
                terminated_at,
                type_assumed: known.is_none(),
                detailed_monitoring: found.is_some_and(|one| one.detailed_monitoring),
                spot: found.is_some_and(|one| one.spot),
                public_address: found.is_some_and(|one| one.public_address),
                security_groups: found
                    .map(|one| one.security_groups.clone())
                    .unwrap_or_default(),
            });
        }
        instances.sort_by(|one, other| {
            (one.terminated_at.is_some(), &one.id).cmp(&(other.terminated_at.is_some(), &other.id))
        });
        instances
    }

    fn volumes_of(&self, instances: &[Instance]) -> Vec<Volume> {
        let roots: BTreeMap<&str, Option<&str>> = self
            .instances
            .iter()
            .flatten()
            .map(|one| (one.id.as_str(), one.root_device.as_deref()))
            .collect();
        let running: BTreeSet<&str> = instances
            .iter()
            .filter(|one| one.terminated_at.is_none())
            .map(|one| one.id.as_str())
            .collect();
        let of_these = self
            .volumes
            .iter()
            .flatten()
            .filter(|volume| running.contains(volume.instance.as_str()));
        of_these
            .map(|volume| Volume {
                instance: volume.instance.clone(),
                device: volume.device.clone(),
                kind: volume.kind.clone(),
                gib: volume.gib,
                iops: volume.iops,
                throughput: volume.throughput,
                root: roots.get(volume.instance.as_str()).copied().flatten()
                    == Some(&volume.device),
            })
            .collect()
    }

    /// Beanstalk names a classic load balancer, and gives the ARN of any other.
    fn balancers_of(&self, facts: &EnvironmentFacts) -> Vec<LoadBalancer> {
        let options = facts
            .settings
            .as_ref()
            .map_or(&[][..], |settings| settings.options.as_slice());
        let is_shared = options.iter().any(|option| {
            option.name == "LoadBalancerIsShared" && option.value.as_deref() == Some("true")
        });
        let own = facts
            .resources
            .iter()
            .flat_map(|resources| &resources.balancers);
        own.map(|name| match self.balancer(name) {
            Some(balancer) => LoadBalancer {
                kind: balancer.kind.clone(),
                name: balancer.name.clone(),
                shared: is_shared || self.serves_several(name),
                scheme: balancer.scheme.clone(),
                listeners: facts.listeners.get(name).cloned().unwrap_or_default(),
            },
            None => match name
                .strip_prefix("arn:")
                .and_then(|_| name.split("loadbalancer/").nth(1))
            {
                // The listing was denied; the ARN says what it is: app/name/id.
                Some(path) => LoadBalancer {
                    kind: if path.starts_with("net/") {
                        "network"
                    } else {
                        "application"
                    }
                    .to_owned(),
                    name: path.split('/').nth(1).unwrap_or(path).to_owned(),
                    shared: is_shared,
                    ..LoadBalancer::default()
                },
                None => {
                    let classic = self
                        .classic
                        .iter()
                        .flatten()
                        .find(|classic| classic.name == *name);
                    LoadBalancer {
                        kind: "classic".to_owned(),
                        name: name.clone(),
                        shared: is_shared,
                        scheme: classic
                            .map(|classic| classic.scheme.clone())
                            .unwrap_or_default(),
                        listeners: classic
                            .map(|classic| classic.listeners.clone())
                            .unwrap_or_default(),
                    }
                }
            },
        })
        .collect()
    }

    pub(in crate::collect) fn balancer(&self, arn: &str) -> Option<&Balancer> {
        self.balancers
            .iter()
            .flatten()
            .find(|balancer| balancer.arn == arn)
    }

    /// Whether groups of more than one environment stand behind the load balancer: somebody may have shared
    /// it without Beanstalk's knowledge.
    fn serves_several(&self, balancer: &str) -> bool {
        let behind = |group: &&super::balancers::TargetGroup| {
            group.balancers.iter().any(|arn| arn == balancer)
        };
        let targets: BTreeSet<&String> = self
            .target_groups
            .iter()
            .flatten()
            .filter(behind)
            .map(|group| &group.arn)
            .collect();
        let served = self
            .groups
            .iter()
            .flatten()
            .filter(|group| group.target_groups.iter().any(|arn| targets.contains(arn)));
        served
            .filter_map(|group| group.environment_name.as_deref())
            .collect::<BTreeSet<_>>()
            .len()
            > 1
    }

    /// The groups' targets behind this load balancer, by ARN.
    pub(in crate::collect) fn targets(
        &self,
        facts: &EnvironmentFacts,
        balancer: &str,
    ) -> Vec<String> {
        let own: BTreeSet<&String> = facts
            .groups
            .iter()
            .flat_map(|group| &group.target_groups)
            .collect();
        let behind = |group: &&super::balancers::TargetGroup| {
            own.contains(&group.arn) && group.balancers.iter().any(|arn| arn == balancer)
        };
        self.target_groups
            .iter()
            .flatten()
            .filter(behind)
            .map(|group| group.arn.clone())
            .collect()
    }

    /// Environments that tags speak of and the listing does not hold.
    pub(in crate::collect) fn invisible(
        &self,
        account: &str,
        region: &str,
    ) -> Vec<InvisibleEnvironment> {
        let shown: BTreeSet<&str> = self
            .environments
            .iter()
            .flatten()
            .map(|one| one.name.as_str())
            .collect();
        let by_group = self.groups.iter().flatten().filter_map(|group| {
            Some((
                group.environment_name.clone()?,
                format!("auto scaling group {}", group.name),
            ))
        });
        let running = self.instances.iter().flatten().filter(|one| !one.is_gone());
        let by_instance = running.filter_map(|one| {
            Some((
                one.environment_name.clone()?,
                format!("instance {}", one.id),
            ))
        });
        let mut all: BTreeMap<String, String> = BTreeMap::new();
        for (name, evidence) in by_group
            .chain(by_instance)
            .filter(|(name, _)| !shown.contains(name.as_str()))
        {
            all.entry(name).or_insert(evidence);
        }
        let invisible = |(name, evidence)| InvisibleEnvironment {
            account: account.to_owned(),
            region: region.to_owned(),
            name,
            evidence,
        };
        all.into_iter().map(invisible).collect()
    }

    /// What tags and listings give away, where Beanstalk kept silent.
    pub(in crate::collect) fn gaps(&self, account: &str, region: &str) -> Vec<Gap> {
        let invisible = self.invisible(account, region).into_iter().map(|one| Gap {
            what: format!("environment {}", one.name),
            why: format!(
                "invisible: its tag stands on {}, and DescribeEnvironments does not show it",
                one.evidence
            ),
        });
        invisible.collect()
    }

    /// What belongs to the region as a whole.
    pub(in crate::collect) fn add_to(self, account: &str, region: &str, inventory: &mut Inventory) {
        inventory
            .invisible_environments
            .extend(self.invisible(account, region));
        let routes = self.routes.unwrap_or_default();
        let subnet = |one: super::network::FoundSubnet| Subnet {
            public: routes.is_public(&one),
            account: account.to_owned(),
            region: region.to_owned(),
            vpc: one.vpc,
            id: one.id,
            zone: one.zone,
            cidr: one.cidr,
            available_ips: one.available_ips,
        };
        inventory.subnets.extend(
            sorted(self.subnets, |one| one.id.clone())
                .into_iter()
                .map(subnet),
        );
        let vpc = |one: super::network::FoundVpc| Vpc {
            account: account.to_owned(),
            region: region.to_owned(),
            id: one.id,
            cidr: one.cidr,
        };
        inventory
            .vpcs
            .extend(sorted(self.vpcs, |one| one.id.clone()).into_iter().map(vpc));
        let group = |one: super::network::FoundSecurityGroup| SecurityGroup {
            account: account.to_owned(),
            region: region.to_owned(),
            id: one.id,
            name: one.name,
            vpc: one.vpc,
        };
        inventory.security_groups.extend(
            sorted(self.security_groups, |one| one.id.clone())
                .into_iter()
                .map(group),
        );
        inventory
            .instance_types
            .extend(self.types.unwrap_or_default());
        inventory.instance_types.sort();
        inventory.instance_types.dedup();
        let branch = |one: super::applications::Branch| PlatformBranch {
            region: region.to_owned(),
            name: one.name,
            state: one.state,
        };
        inventory
            .platform_branches
            .extend(self.branches.unwrap_or_default().into_iter().map(branch));
        inventory.platform_branches.sort();
        inventory.platform_branches.dedup();
    }
}

fn sorted<T>(answered: CallResult<Vec<T>>, name: impl Fn(&T) -> String) -> Vec<T> {
    let mut all = answered.unwrap_or_default();
    all.sort_by_key(name);
    all
}

/// Immutable deployments have two for a while: the larger is the one that carries the load.
fn group_of(groups: &[Group]) -> Option<AutoScalingGroup> {
    let group = groups
        .iter()
        .max_by_key(|group| (group.desired, std::cmp::Reverse(&group.name)))?;
    Some(AutoScalingGroup {
        name: group.name.clone(),
        min: group.min,
        max: group.max,
        desired: group.desired,
    })
}

/// The largest, should they differ: what must hold for all.
fn root_volume(volumes: &[Volume]) -> Option<u32> {
    volumes
        .iter()
        .filter(|volume| volume.root)
        .map(|volume| volume.gib)
        .max()
}
