//! Does a node offer what the EKS formulas say?
//!
//! Comes in: the node of each group, the policy's daemons and shares. Goes out: a note for each step
//! from the machine to what is left for workloads that does not follow. Refuses to know instance
//! types: the machine itself is taken as stated. Invariant: without a fatal note,
//! machine - unseen - reserved - eviction = allocatable and allocatable - daemons = available.
//!
//! Formulas: nodeadm (`internal/kubelet/config.go` of awslabs/amazon-eks-ami). They are nodeadm's,
//! so on Windows only what the policy itself promises is checked.

use super::finding::wrong;
use super::load::Load;
use crate::plan::{Daemon, GroupPlan, NodeCapacity, Note, OperatingSystem, Plan};
use crate::units::Bytes;
use crate::wording::{Text, text};

/// kubelet's `evictionHard`, `memory.available`, as nodeadm sets it.
const EVICTION: Bytes = Bytes::from_mebibytes(100);

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    for cluster in &plan.clusters {
        for group in &cluster.node_groups {
            let subject = format!("{}/{}", cluster.name, group.name);
            let mut wrongs = machine_to_allocatable(&group.node);
            wrongs.extend(allocatable_to_available(&group.node));
            wrongs.extend(daemons(plan, group));
            wrongs.extend(by_policy(plan, group));
            wrongs.extend(reserved(plan, group));
            notes.extend(
                wrongs
                    .into_iter()
                    .map(|(code, message)| wrong(code, subject.as_str(), message)),
            );
        }
    }
    notes
}

type Finding = (&'static str, Text);

fn machine_to_allocatable(node: &NodeCapacity) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (reserved, allocatable) = (node.kube_reserved, node.allocatable);
    if node.machine.cpu.0.checked_sub(reserved.cpu.0) != Some(allocatable.cpu.0) {
        let message = text!(
            "note-node-allocatable-cpu",
            machine = node.machine.cpu,
            reserved = reserved.cpu,
            allocatable = allocatable.cpu
        );
        findings.push(("node-allocatable", message));
    }
    let kept = [
        node.unseen_memory_bytes,
        reserved.memory,
        node.eviction_memory_bytes,
    ];
    let left = kept
        .iter()
        .try_fold(node.machine.memory.0, |left, part| left.checked_sub(part.0));
    if left != Some(allocatable.memory.0) {
        let [unseen, reserved, eviction] = kept;
        let message = text!(
            "note-node-allocatable-memory",
            machine = node.machine.memory,
            unseen = unseen,
            reserved = reserved,
            eviction = eviction,
            allocatable = allocatable.memory
        );
        findings.push(("node-allocatable", message));
    }
    findings
}

fn allocatable_to_available(node: &NodeCapacity) -> Vec<Finding> {
    let all = Load {
        cpu: u128::from(node.allocatable.cpu.0),
        memory: u128::from(node.allocatable.memory.0),
        pods: u128::from(node.max_pods),
    };
    let daemons = Load {
        cpu: u128::from(node.daemons.cpu.0),
        memory: u128::from(node.daemons.memory.0),
        pods: u128::from(node.daemon_pods),
    };
    if daemons.fits(all) && all.less(daemons) == Load::room(node) {
        return Vec::new();
    }
    let message = text!(
        "note-node-available",
        allocatable = node.allocatable,
        pods = node.max_pods.to_string(),
        daemons = node.daemons,
        daemon_pods = node.daemon_pods.to_string(),
        available = node.available,
        available_pods = node.available_pods.to_string()
    );
    vec![("node-available", message)]
}

fn daemons(plan: &Plan, group: &GroupPlan) -> Vec<Finding> {
    let runs_here =
        |daemon: &&Daemon| group.operating_system == OperatingSystem::Linux || daemon.windows;
    let due = Load::sum(
        plan.inputs
            .policy
            .daemons
            .iter()
            .filter(runs_here)
            .map(|daemon| Load {
                cpu: u128::from(daemon.cpu.0),
                memory: u128::from(daemon.memory.0),
                pods: 1,
            }),
    );
    let node = &group.node;
    let stated = (
        u128::from(node.daemons.cpu.0),
        u128::from(node.daemons.memory.0),
        u128::from(node.daemon_pods),
    );
    if stated == (due.cpu, due.memory, due.pods) {
        return Vec::new();
    }
    let message = text!(
        "note-node-daemons",
        stated = node.daemon_pods,
        requests = node.daemons,
        due = due.pods.to_string(),
        cpu = due.cpu.to_string(),
        memory = due.memory.to_string(),
        system = group.operating_system.to_string()
    );
    vec![("node-daemons", message)]
}

fn by_policy(plan: &Plan, group: &GroupPlan) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (policy, node) = (&plan.inputs.policy, &group.node);
    let is_linux = group.operating_system == OperatingSystem::Linux;
    let further = policy
        .nodes
        .groups
        .iter()
        .find(|further| further.name == group.name);
    let chosen = match (is_linux, further) {
        (true, Some(further)) => &further.instance_type,
        (true, None) => &policy.nodes.instance_type,
        (false, _) => &policy.windows_nodes.instance_type,
    };
    if group.instance_type != *chosen {
        let message = text!("note-node-type", group = &group.name, type = &group.instance_type, chosen = chosen);
        findings.push(("node-type", message));
    }
    if is_linux && node.max_pods > policy.nodes.max_pods {
        let message = text!(
            "note-node-max-pods",
            pods = node.max_pods,
            most = policy.nodes.max_pods.to_string()
        );
        findings.push(("node-max-pods", message));
    }
    let volume_gib = if is_linux {
        policy.nodes.volume_gib
    } else {
        policy.windows_nodes.volume_gib
    };
    // A tenth of the volume and a GiB are not the pods'.
    let room = (u128::from(volume_gib) * 9 / 10).saturating_sub(1) << 30;
    let written = u128::from(node.max_pods) * u128::from(policy.nodes.pod_storage.0);
    if written > room.saturating_add(1 << 30) {
        let (storage, gib) = (policy.nodes.pod_storage, volume_gib.to_string());
        let message = text!(
            "note-node-storage",
            pods = node.max_pods,
            storage = storage,
            gib = gib
        );
        findings.push(("node-storage", message));
    }
    // A share of bytes is rounded somewhere: one MiB either way is not worth an argument.
    let unseen = node.machine.memory.as_f64() * policy.nodes.unseen_memory_share.get();
    if is_linux
        && (unseen - node.unseen_memory_bytes.as_f64()).abs() > Bytes::from_mebibytes(1).as_f64()
    {
        let message = text!(
            "note-node-unseen",
            unseen = node.unseen_memory_bytes,
            machine = node.machine.memory,
            share = policy.nodes.unseen_memory_share.to_string()
        );
        findings.push(("node-unseen", message));
    }
    findings
}

fn reserved(plan: &Plan, group: &GroupPlan) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (node, is_linux) = (
        &group.node,
        group.operating_system == OperatingSystem::Linux,
    );
    let reserved = node.kube_reserved;
    if is_linux && reserved.cpu.0 != reserved_millicores(node.machine.cpu.0) {
        let due = reserved_millicores(node.machine.cpu.0);
        let message = text!(
            "note-node-reserved-cpu",
            reserved = reserved.cpu,
            machine = node.machine.cpu,
            due = format!("{due}m")
        );
        findings.push(("node-reserved", message));
    }
    // nodeadm counts the pods that the interfaces allow, the plan states the pods after the policy's
    // cap: what is stated gives the least that is reserved.
    let least = if is_linux {
        Bytes::from_mebibytes(11 * u64::from(node.max_pods) + 255)
    } else {
        plan.inputs.policy.windows_nodes.system_memory
    };
    if reserved.memory < least {
        let system = group.operating_system.to_string();
        let message = text!(
            "note-node-reserved-memory",
            reserved = reserved.memory,
            pods = node.max_pods,
            system = system,
            least = least
        );
        findings.push(("node-reserved", message));
    }
    let eviction = node.eviction_memory_bytes;
    if eviction < EVICTION || (is_linux && eviction != EVICTION) {
        findings.push((
            "node-eviction",
            text!("note-node-eviction", stated = eviction, due = EVICTION),
        ));
    }
    findings
}

/// 6 % of the first core, 1 % of the second, 0.5 % of the next two, 0.25 % of the rest; whole
/// millicores in each band.
fn reserved_millicores(machine: u64) -> u64 {
    let cores = machine / 1000;
    let in_band = |first: u64, last: u64, ten_thousandths: u64| {
        cores.min(last).saturating_sub(first) * ten_thousandths / 10
    };
    in_band(0, 1, 600) + in_band(1, 2, 100) + in_band(2, 4, 50) + in_band(4, u64::MAX, 25)
}

#[cfg(test)]
mod tests {
    use super::reserved_millicores;

    #[test]
    fn reserved_cpu_is_what_eks_nodes_report() {
        for (cores, reserved) in [(1, 60), (2, 70), (4, 80), (8, 90), (16, 110), (32, 150)] {
            assert_eq!(reserved_millicores(cores * 1000), reserved, "{cores} vCPUs");
        }
    }
}
