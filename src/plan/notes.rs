//! What a human should know about the finished plan.

use std::collections::{BTreeMap, BTreeSet};

use super::{ClusterPlan, EnvironmentPlan, Note, OperatingSystem, Outcome, Plan};
use crate::catalog::Support;
use crate::price::{Bound, override_source};
use crate::size::{Flag, Sizing, Stage};
use crate::snapshot::{Environment, EnvironmentKey, Snapshot};
use crate::units::{Resources, div_ceil};

/// All findings, worst first, then by code and subject.
pub(super) fn of(plan: &Plan, snapshot: &Snapshot, support: Support) -> Vec<Note> {
    let mut notes = Vec::new();
    notes.extend(plan.environments.iter().flat_map(about_environment));
    notes.extend(about_nothing(plan));
    notes.extend(about_snapshot(plan, snapshot));
    notes.extend(about_spot(plan, snapshot));
    notes.extend(about_subnets(plan, snapshot));
    notes.extend(plan.clusters.iter().flat_map(|cluster| about_cluster(cluster, plan, support)));
    notes.extend(about_minimum(plan));
    notes.extend(about_money(plan));
    notes.extend(about_overrides(plan));
    notes.extend(lessons());
    notes.sort();
    notes
}

fn about_environment(environment: &EnvironmentPlan) -> Vec<Note> {
    match &environment.outcome {
        Outcome::Planned { sizing, .. } => sizing.flags.iter().map(|&flag| about_flag(flag, &environment.label, sizing)).collect(),
        Outcome::Excluded { reason } => {
            vec![Note::advice("excluded", &environment.label, reason, "its cost stays in the bill on both sides")]
        }
        Outcome::Unknown { reason } => {
            vec![Note::warning(
                "unknown",
                &environment.label,
                reason,
                "its cost stays in the bill on both sides; collect what is missing and plan again",
            )]
        }
    }
}

fn about_flag(flag: Flag, label: &str, sizing: &Sizing) -> Note {
    let evidence = &sizing.evidence;
    let (cpu, memory) = (&evidence.cpu, &evidence.memory);
    let message = match flag {
        Flag::ThinHistory => format!("{} days of history", evidence.days),
        Flag::LowCoverage => format!(
            "{} of {} CPU samples and {} of {} memory samples were reported",
            cpu.present_samples, cpu.expected_samples, memory.present_samples, memory.expected_samples
        ),
        Flag::SaturatedCpu => format!("the CPU was saturated; it peaked at {}", cpu.peak),
        Flag::CreditsExhausted => format!("CPU credits ran out; the CPU peaked at {}", cpu.peak),
        Flag::MemoryAssumed => {
            format!("memory was never reported (0 of {} samples); {} is assumed", memory.expected_samples, sizing.requests.memory)
        }
        Flag::MemoryAtCeiling => {
            let peak = memory.peak.unwrap_or_default();
            format!("memory peaked at {:.1} of the {:.1} GiB that the instance has", peak.gibibytes(), memory.instance_memory.gibibytes())
        }
        Flag::GroupAverageOnly => "only the average of the group is known".to_owned(),
        Flag::InvalidSamples => format!("{} samples could not be true and were left out", cpu.rejected_samples + memory.rejected_samples),
        Flag::PartialSeries => "some series were collected in part".to_owned(),
        Flag::Split => format!("each instance becomes {} pods", sizing.replicas.pods_per_instance),
        Flag::OtherArchitecture => "today's instances have another architecture than the nodes".to_owned(),
    };
    let code = flag.label().to_lowercase().replace(' ', "-");
    Note::warning(&code, label, message, flag.what_to_do())
}

/// Clusters for nobody are hardly what was asked for.
fn about_nothing(plan: &Plan) -> Option<Note> {
    (plan.coverage.planned == 0).then(|| {
        let message = format!("no environment moves to the clusters; {} were seen", plan.coverage.seen);
        let hint = "see the notes of the environments; check topology.account, topology.region and scope in the policy";
        Note::warning("nothing-moves", "the fleet", message, hint)
    })
}

fn about_snapshot(plan: &Plan, snapshot: &Snapshot) -> Vec<Note> {
    let mut notes = Vec::new();
    for scope in &plan.inputs.scopes {
        let subject = format!("{} {}", scope.account, scope.region);
        if !scope.is_complete() {
            let message = format!("this account and region was collected with status \"{}\"", scope.status);
            let hint = "what was not collected is not in this plan; collect again with the missing permissions";
            notes.push(Note::warning("incomplete-snapshot", &subject, message, hint));
        }
        for gap in &scope.gaps {
            let hint = "the plan goes on without it; see what the note of the environment says";
            notes.push(Note::advice("collection-gap", &subject, format!("{}: {}", gap.what, gap.why), hint));
        }
    }
    let known: BTreeSet<EnvironmentKey> = snapshot.inventory.environments.iter().map(Environment::key).collect();
    for key in snapshot.history.environments().filter(|key| !known.contains(key)) {
        let hint = "its history was not used; was it terminated while the snapshot was collected?";
        notes.push(Note::warning("orphan-history", &key.to_string(), "has history but is not in the inventory", hint));
    }
    notes
}

/// Where today's bill is too high, the saving is.
fn about_spot(plan: &Plan, snapshot: &Snapshot) -> Vec<Note> {
    let uses_spot = |environment: &&Environment| environment.option("aws:ec2:instances", "EnableSpot") == Some("true");
    let spot: BTreeSet<EnvironmentKey> = snapshot.inventory.environments.iter().filter(uses_spot).map(Environment::key).collect();
    let key = |environment: &EnvironmentPlan| EnvironmentKey {
        account: environment.account.clone(),
        region: environment.region.clone(),
        id: environment.id.clone(),
    };
    let note = |environment: &EnvironmentPlan| {
        let message = "spot instances are enabled, but all of its instances are priced on-demand";
        let hint = "today may cost less than the bill says, and the saving be smaller: compare with the real bill";
        Note::warning("spot-today", &environment.label, message, hint)
    };
    plan.environments.iter().filter(|environment| spot.contains(&key(environment))).map(note).collect()
}

/// Subnets of the policy that the clusters do not use.
fn about_subnets(plan: &Plan, snapshot: &Snapshot) -> Vec<Note> {
    let Some(cluster) = plan.clusters.first() else { return Vec::new() };
    let is_used = |id: &str| cluster.network.as_ref().is_some_and(|network| network.private_subnets.values().any(|used| used == id));
    let note = |id: &String| {
        let message = if snapshot.inventory.subnets.iter().any(|subnet| subnet.id == *id) {
            "nodes.subnets names it, but the clusters do not use it"
        } else {
            "nodes.subnets names it, but the snapshot has no such subnet"
        };
        let hint = "name one subnet for each zone, all of one VPC in the account and region of the clusters";
        Note::warning("subnet-unused", id, message, hint)
    };
    plan.inputs.policy.nodes.subnets.iter().filter(|id| !is_used(id)).map(note).collect()
}

/// What keeping a minimum on every cluster costs, if it costs anything.
fn about_minimum(plan: &Plan) -> Option<Note> {
    let clusters = u32::try_from(plan.clusters.len()).unwrap_or(u32::MAX);
    let production = plan.environments.iter().filter(|environment| environment.stage == Stage::Production);
    let (mut carrying, mut running, mut is_kept) = (0, 0, false);
    for replicas in production.filter_map(EnvironmentPlan::planned).map(|(_, sizing)| &sizing.replicas) {
        carrying += replicas.full_load;
        running += replicas.clusters.values().map(|cluster| cluster.normal).sum::<u32>();
        // More than an even share rounded up: the minimum, not the rounding.
        is_kept |= replicas.clusters.values().any(|cluster| cluster.normal > div_ceil(replicas.full_load, clusters));
    }
    let least = plan.inputs.policy.sizing.production_min_replicas;
    is_kept.then(|| {
        let message = format!("{running} production pods run on {clusters} clusters, though {carrying} would carry the load");
        let hint = format!(
            "each cluster keeps at least {least} of every app, so that it survives a node by itself; fewer clusters need fewer pods"
        );
        Note::advice("minimum-on-every-cluster", "the fleet", message, hint)
    })
}

fn about_cluster(cluster: &ClusterPlan, plan: &Plan, support: Support) -> Vec<Note> {
    let mut notes = Vec::new();
    let policy = &plan.inputs.policy;
    if cluster.network.is_none() {
        let message = if policy.nodes.subnets.is_empty() {
            "the snapshot names no private subnets in two zones of the VPC that the environments live in"
        } else {
            "the subnets that nodes.subnets names are not in two zones of one VPC of the snapshot"
        };
        let hint = "name the subnets under nodes.subnets, or let eksctl make a new VPC and connect it";
        notes.push(Note::warning("no-network", &cluster.name, message, hint));
    }
    if support != Support::Standard {
        let message = format!("Kubernetes {} is out of standard support on the day of the snapshot", cluster.kubernetes_version);
        notes.push(Note::warning(
            "old-kubernetes",
            &cluster.name,
            message,
            "choose a later kubernetes.version: extended support costs six times as much",
        ));
    }
    for group in &cluster.node_groups {
        let on_group = |workload: &&super::Workload| {
            group.normal.placement.iter().any(|node| node.pods.iter().any(|pods| pods.workload == workload.name))
        };
        let requested: Resources = cluster.workloads.iter().filter(on_group).map(|workload| workload.requests * workload.replicas).sum();
        let offered = group.node.available * group.desired_capacity;
        #[expect(clippy::cast_precision_loss, reason = "a share, for people")]
        let share = |part: u64, whole: u64| 100.0 * part as f64 / whole.max(1) as f64;
        let (cpu, memory) = (share(requested.cpu.0, offered.cpu.0), share(requested.memory.0, offered.memory.0));
        let subject = format!("{}/{}", cluster.name, group.name);
        let message = format!("{memory:.0} % of the memory is requested but {cpu:.0} % of the CPU");
        if memory > 2.0 * cpu {
            let hint =
                format!("memory is what fills the {} nodes: types with more memory a vCPU (m, r) may need fewer", group.instance_type);
            notes.push(Note::advice("memory-bound-nodes", &subject, message, hint));
        }
        if group.operating_system == OperatingSystem::Windows {
            let hint =
                format!("build images for {}, and check Active Directory, drives and registry settings", policy.windows_nodes.ami_family);
            let message = format!("{} Windows nodes, each with a licence", group.desired_capacity);
            notes.push(Note::advice("windows", &subject, message, hint));
        }
    }
    notes
}

fn about_money(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    for bill in &plan.bills {
        let mut unpriced: BTreeMap<&str, u32> = BTreeMap::new();
        for line in bill.lines.iter().filter(|line| line.amount.is_none()) {
            *unpriced.entry(&line.source).or_default() += 1;
        }
        for (source, lines) in unpriced {
            let count = if lines == 1 { "1 line has".to_owned() } else { format!("{lines} lines have") };
            let message = format!("{count} no price; the total of {} is a lower bound", bill.total);
            notes.push(Note::warning("no-price", &format!("bill {}", bill.name), message, source));
        }
    }
    // Where today's bill has lines without a price, the plan may be the cheaper one all the same.
    let qualifier = match plan.saving.bound {
        Bound::Exact => Some(""),
        Bound::AtMost => Some("at least "),
        Bound::AtLeast | Bound::Unknown => None,
    };
    if let Some(qualifier) = qualifier.filter(|_| plan.saving.per_month.is_negative()) {
        let message = format!("the plan costs {qualifier}{} a month more than today", -plan.saving.per_month);
        notes.push(Note::warning(
            "no-saving",
            "the fleet",
            message,
            "see which nodes, control planes and load balancers are added; try one cluster or another node type",
        ));
    }
    notes
}

/// Prices of the policy that no line uses: a typo there is a choice that silently does not happen.
fn about_overrides(plan: &Plan) -> Vec<Note> {
    let is_used = |key: &str| {
        let source = override_source(key);
        plan.bills.iter().flat_map(|bill| &bill.lines).any(|line| line.source.contains(&source))
    };
    let note = |key: &String| {
        let message = "prices.overrides sets it, but no line of either bill uses it";
        Note::advice("price-unused", key, message, "check region and spelling, unless it is for other snapshots")
    };
    plan.inputs.policy.prices.overrides.keys().filter(|key| !is_used(key)).map(note).collect()
}

/// What the first such migrations paid for, and what no history shows.
fn lessons() -> [Note; 3] {
    [
        Note::advice(
            "load-test",
            "every app",
            "requests and replicas come from history alone",
            "load-test with real traffic before moving: in the first such migration desk calculation alone was not enough",
        ),
        Note::advice(
            "graceful-stop",
            "every app",
            "pods are stopped with SIGTERM, at every rollout and node change",
            "make sure that each app finishes its requests on SIGTERM",
        ),
        Note::advice(
            "dns",
            "every app",
            "ndots: 5, the default of pods, makes up to five DNS queries of one",
            "set ndots: 1 in each pod's dnsConfig",
        ),
    ]
}
