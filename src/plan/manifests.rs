//! The numbers and names of each app's manifests that depend on its size and on the clusters.

use std::collections::BTreeMap;

use super::document::{
    ClusterManifest, EnvironmentPlan, IngressGroup, ManifestPlan, Outcome, Priority,
    SizedEnvironment, SizedOutcome, ZoneSpread,
};
use super::fleet::Fleet;
use super::ingress_groups::{self, GroupOfApps, Member};
use super::load_test;
use super::nodes::{Nodes, WORKERS};
use super::rolling_update;
use super::waves;
use crate::catalog::{Architecture, OperatingSystem};
use crate::policy::{MinReplicasOn, Namespaces, Policy, Survive};
use crate::size::Stage;
use crate::snapshot::{EnvironmentKey, InstanceProfile};
use crate::units::{Bytes, KubernetesName, KubernetesNames, Millicores, Resources, div_ceil};

/// What must survive the loss of a zone stands in two of them; more would make a lost zone a reason to wait.
const ZONES: u32 = 2;

/// What simple-sqsd takes: it waits for the queue and passes texts on. Estimated, not measured.
const SIDECAR: Resources = Resources {
    cpu: Millicores(20),
    memory: Bytes::from_mebibytes(32),
};

/// Half of half a node: four of the size below always find their place among others.
const LARGE_MILLIONTHS: u64 = 250_000;

/// Completes the environments; returns beside them the load balancers that they share.
pub(super) fn complete(
    sized: Vec<SizedEnvironment>,
    fleet: &Fleet<'_>,
    nodes: &Nodes,
    policy: &Policy,
) -> (Vec<EnvironmentPlan>, Vec<IngressGroup>) {
    let (applications, namespaces) = names(&sized, policy);
    let groups = ingress_groups(sized.iter().filter(|one| one.sized().is_some()), policy);
    let group_of: BTreeMap<EnvironmentKey, &str> = groups
        .iter()
        .flat_map(|group| {
            let name = group.of.name.as_str();
            group.members.iter().map(move |key| (key.clone(), name))
        })
        .collect();
    let mut turns = waves::of(&sized, nodes);
    let mut environments = Vec::with_capacity(sized.len());
    for (place, environment) in sized.into_iter().enumerate() {
        let (kubernetes_name, node_group, sizing) = match &environment.outcome {
            SizedOutcome::Moves {
                kubernetes_name,
                node_group,
                sizing,
            } => (kubernetes_name, node_group, sizing),
            SizedOutcome::Excluded { reason } => {
                let reason = reason.clone();
                environments.push(environment.with_outcome(Outcome::Excluded { reason }));
                continue;
            }
            SizedOutcome::Unknown { reason } => {
                let reason = reason.clone();
                environments.push(environment.with_outcome(Outcome::Unknown { reason }));
                continue;
            }
        };
        let kind = nodes.named(node_group);
        let share = sizing
            .requests
            .dominant_millionths_of(kind.capacity.available);
        let host = environment.translation.intents.entrance.is_some();
        let pods = u32::try_from(sizing.replicas.clusters.len()).unwrap_or(u32::MAX);
        let instances_to_pods = |instances: u32| {
            div_ceil(
                instances.saturating_mul(sizing.replicas.pods_per_instance),
                pods,
            )
        };
        let clusters = sizing.replicas.clusters.iter().map(|(cluster, replicas)| {
            let least = match environment.stage {
                Stage::Production => policy.sizing.production_min_replicas,
                Stage::Staging => policy.sizing.staging_min_replicas,
            };
            let min_replicas = div_ceil(sizing.autoscaling.min, pods)
                .max(least)
                .clamp(1, replicas.failover.max(1));
            let window = environment.translation.intents.window.as_ref();
            let manifest = ClusterManifest {
                min_replicas,
                max_replicas: replicas.failover.max(1),
                scheduled_replicas: window.map(|window| {
                    instances_to_pods(window.instances).clamp(1, replicas.failover.max(1))
                }),
                host: host.then(|| {
                    format!(
                        "{kubernetes_name}.{}.{}",
                        cluster.to_ascii_lowercase(),
                        policy.platform.domain
                    )
                }),
            };
            (cluster.clone(), manifest)
        });
        let clusters: BTreeMap<String, ClusterManifest> = clusters.collect();
        let fewest = clusters
            .values()
            .map(|manifest| manifest.min_replicas)
            .min()
            .unwrap_or(1);
        let has_queue = environment
            .translation
            .intents
            .worker
            .as_ref()
            .is_some_and(|worker| worker.queue_url.is_some());
        let sidecar = has_queue.then_some(SIDECAR);
        let of_sidecar = sidecar.unwrap_or_default();
        let is_hard = (policy.topology.survives(Survive::Zone)
            || policy.sizing.min_replicas_on == MinReplicasOn::AllClusters)
            && environment.stage == Stage::Production
            && fewest >= ZONES;
        let role_arn = environment
            .translation
            .intents
            .instance_profile
            .as_ref()
            .and_then(|name| {
                let stated = policy.platform.profile_roles.get(name).cloned();
                stated.or_else(|| {
                    let is_its = |known: &&InstanceProfile| {
                        known.account == environment.account && known.name == *name
                    };
                    fleet.profiles.iter().find(is_its)?.role_arn.clone()
                })
            });
        let manifests = ManifestPlan {
            application: applications
                .get(&environment.application)
                .unwrap_or(kubernetes_name)
                .clone(),
            namespace: namespaces
                .get(&(environment.application.clone(), environment.stage))
                .unwrap_or(kubernetes_name)
                .clone(),
            role_arn,
            container: sizing.requests.saturating_sub(of_sidecar),
            container_memory_limit: sizing.limits.memory_bytes.saturating_sub(of_sidecar.memory),
            sidecar,
            zone_spread: ZoneSpread {
                min_domains: is_hard.then_some(ZONES),
            },
            // Keeping all of them would keep every node that has one.
            min_available: environment
                .translation
                .intents
                .rollout
                .min_available
                .filter(|kept| *kept < fewest),
            clusters,
            ingress_group: group_of
                .get(&environment.key())
                .map(|&name| name.to_owned()),
            priority: match environment.stage {
                Stage::Staging => Priority::Staging,
                Stage::Production if share > LARGE_MILLIONTHS => Priority::ProductionLarge,
                Stage::Production => Priority::Production,
            },
            architecture: match kind.architecture {
                Architecture::Arm64 => "arm64",
                Architecture::Amd64 => "amd64",
            }
            .to_owned(),
            own_nodes: (kind.operating_system == OperatingSystem::Linux && node_group != WORKERS)
                .then(|| node_group.clone()),
            turn: turns.remove(&place).unwrap_or_default(),
        };
        let outcome = Outcome::Planned {
            kubernetes_name: kubernetes_name.clone(),
            node_group: node_group.clone(),
            sizing: sizing.clone(),
            load_test: load_test::of(
                &environment.translation.intents,
                sizing,
                &manifests,
                fleet.histories.traffic(&environment.key()),
            ),
            manifests: Box::new(manifests),
        };
        let mut environment = environment.with_outcome(outcome);
        rolling_update::bound(&mut environment, fewest);
        environments.push(environment);
    }
    (
        environments,
        groups.into_iter().map(|group| group.of).collect(),
    )
}

/// A name for each application, and a namespace for each application and stage; none of them a name that the
/// clusters use themselves.
fn names(
    environments: &[SizedEnvironment],
    policy: &Policy,
) -> (
    BTreeMap<String, KubernetesName>,
    BTreeMap<(String, Stage), KubernetesName>,
) {
    let mut names = KubernetesNames::default();
    for taken in [
        "default",
        "kube-system",
        "kube-public",
        "kube-node-lease",
        "keda",
        "external-secrets",
        "monitoring",
        "amazon-cloudwatch",
        "app",
    ] {
        names.unique(taken);
    }
    policy
        .addons
        .iter()
        .for_each(|addon| drop(names.unique(&addon.name)));
    let mut applications: BTreeMap<String, KubernetesName> = BTreeMap::new();
    for environment in environments {
        if !applications.contains_key(&environment.application) {
            applications.insert(
                environment.application.clone(),
                names.unique(&environment.application),
            );
        }
    }
    let mut namespaces: BTreeMap<(String, Stage), KubernetesName> = BTreeMap::new();
    for environment in environments {
        let Some(application) = applications.get(&environment.application) else {
            continue;
        };
        let is_apart = environment.stage == Stage::Staging
            && policy.platform.namespaces == Namespaces::ByStage;
        namespaces
            .entry((environment.application.clone(), environment.stage))
            .or_insert_with(|| {
                if is_apart {
                    names.unique(&format!("{application}-staging"))
                } else {
                    application.clone()
                }
            });
    }
    (applications, namespaces)
}

/// The load balancers that the environments share that move. Manifests and bills are both made from these groups.
pub(super) fn ingress_groups<'a, O: 'a>(
    moving: impl Iterator<Item = &'a EnvironmentPlan<O>>,
    policy: &Policy,
) -> Vec<GroupOfApps> {
    let members: Vec<Member<'_>> = moving
        .filter_map(|environment| {
            Some(Member {
                key: environment.key(),
                label: &environment.label,
                stage: environment.stage,
                entrance: environment.translation.intents.entrance.as_ref()?,
            })
        })
        .collect();
    ingress_groups::of(&members, policy)
}
