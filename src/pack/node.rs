//! What a node offers to pods: the EKS formulas.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::scheduler::NodeShape;
use crate::catalog::{Architecture, InstanceType, InstanceTypes};
use crate::policy::{Daemon, Policy};
use crate::units::{Bytes, Millicores, Resources};
use crate::wording::{Text, text};

/// A node's resources, from the machine down to what is left for workloads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct NodeCapacity {
    /// vCPUs and nominal memory of the instance type.
    pub machine: Resources,
    /// Memory that the operating system never sees.
    pub unseen_memory_bytes: Bytes,
    /// What kubelet and container runtime keep (on Windows with the system's own share).
    pub kube_reserved: Resources,
    /// Memory below which kubelet evicts pods.
    pub eviction_memory_bytes: Bytes,
    /// What the scheduler may hand out.
    pub allocatable: Resources,
    /// Most pods, by network interfaces, the managed node group's cap and the volume's room for what they write.
    pub max_pods: u32,
    /// What the daemons of the node ask for.
    pub daemons: Resources,
    /// How many they are.
    pub daemon_pods: u32,
    /// What is left for workloads: allocatable less daemons.
    pub available: Resources,
    /// Pods left for workloads.
    pub available_pods: u32,
}

impl NodeCapacity {
    /// As the scheduler sees it.
    #[must_use]
    pub const fn shape(&self) -> NodeShape {
        NodeShape {
            allocatable: self.allocatable,
            pods: self.max_pods,
            daemons: self.daemons,
            daemon_pods: self.daemon_pods,
        }
    }
}

/// Why an instance type cannot be a node of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeError {
    /// Not in the catalogue.
    UnknownType {
        /// As the policy has it.
        name: String,
        /// The policy's key that names the type.
        key: &'static str,
    },
    /// Nothing left for workloads.
    Full {
        /// As the policy has it.
        name: String,
        /// The policy's key that names the type.
        key: &'static str,
        /// CPU and memory that are left for pods.
        available: Resources,
        /// Pods that are left beside daemons.
        pods: u32,
    },
    /// It has its vCPUs only while it has credits: a plan that counts them counts on what runs out.
    EarnsCredits {
        /// As the policy has it.
        name: String,
        /// The policy key that names the type.
        key: &'static str,
    },
    /// Windows runs on amd64 only.
    WindowsOnArm {
        /// As the policy has it.
        name: String,
    },
}

impl NodeError {
    /// Why, without what to do about it.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::UnknownType { name, key } => text!("node-type-unknown", name = name, key = *key),
            Self::Full {
                name,
                key,
                available,
                pods,
            } => {
                text!(
                    "node-full",
                    name = name,
                    key = *key,
                    available = *available,
                    pods = *pods
                )
            }
            Self::EarnsCredits { name, key } => {
                text!("node-earns-credits", name = name, key = *key)
            }
            Self::WindowsOnArm { name } => text!("node-windows-on-arm", name = name),
        }
    }

    fn hint(&self) -> String {
        let hint = match self {
            Self::UnknownType { name, .. } => {
                return match &InstanceTypes::embedded().near(name)[..] {
                    [] => "name a type such as c5.2xlarge or m5.2xlarge".to_owned(),
                    near => format!("did you mean {}?", near.join(" or ")),
                };
            }
            Self::Full { .. } => "choose a larger type, or fewer daemons",
            Self::EarnsCredits { .. } => {
                "choose a type that is not of a T family, such as m6i.xlarge"
            }
            Self::WindowsOnArm { .. } => "choose an Intel or AMD type",
        };
        hint.to_owned()
    }
}

impl fmt::Display for NodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\nhint: {}", self.text(), self.hint())
    }
}

impl std::error::Error for NodeError {}

/// Hard eviction threshold of the EKS images: `memory.available<100Mi`.
const EVICTION: Bytes = Bytes::from_mebibytes(100);

/// A Linux node of that type, which the policy names under `key`.
///
/// # Errors
/// When the type is unknown, or daemons and reservations fill it.
pub fn linux_node(
    policy: &Policy,
    instance_type: &str,
    key: &'static str,
) -> Result<(NodeCapacity, Architecture), NodeError> {
    let shape = find(instance_type, key)?;
    let by_interfaces =
        shape.network_interfaces * shape.addresses_per_interface.saturating_sub(1) + 2;
    let daemons: Vec<&Daemon> = policy.daemons.iter().collect();
    let max_pods = by_interfaces
        .min(policy.nodes.max_pods)
        .min(pods_by_storage(policy.nodes.volume_gib, policy));
    let node = capacity(
        shape,
        kube_reserved(shape.vcpu, by_interfaces),
        max_pods,
        &daemons,
        policy,
    );
    refuse_full(node, &shape.name, key).map(|node| (node, shape.architecture))
}

/// A Windows node of the policy's type. Its pods live on one network interface, whose first address is
/// the node's own.
///
/// # Errors
/// When the type is unknown or Graviton, or daemons and reservations fill it.
pub fn windows_node(policy: &Policy) -> Result<NodeCapacity, NodeError> {
    let key = "windows_nodes.instance_type";
    let shape = find(&policy.windows_nodes.instance_type, key)?;
    if shape.architecture == Architecture::Arm64 {
        return Err(NodeError::WindowsOnArm {
            name: shape.name.clone(),
        });
    }
    let by_interface = shape
        .addresses_per_interface
        .saturating_sub(1)
        .min(policy.nodes.max_pods);
    let max_pods = by_interface.min(pods_by_storage(policy.windows_nodes.volume_gib, policy));
    let mut reserved = kube_reserved(shape.vcpu, by_interface);
    reserved.memory += policy.windows_nodes.system_memory;
    let daemons: Vec<&Daemon> = policy
        .daemons
        .iter()
        .filter(|daemon| daemon.windows)
        .collect();
    refuse_full(
        capacity(shape, reserved, max_pods, &daemons, policy),
        &shape.name,
        key,
    )
}

/// How many pods' ephemeral storage a node's volume has room for: kubelet evicts below a tenth of it free
/// (`nodefs.available<10%`), and a GiB is kept for the system (Karpenter's default for EKS images).
fn pods_by_storage(volume_gib: u32, policy: &Policy) -> u32 {
    let volume = Bytes::from_gibibytes(u64::from(volume_gib)).0;
    let allocatable = (volume - volume / 10).saturating_sub(Bytes::from_gibibytes(1).0);
    u32::try_from(allocatable / policy.nodes.pod_storage.0.max(1)).unwrap_or(u32::MAX)
}

fn find(name: &str, key: &'static str) -> Result<&'static InstanceType, NodeError> {
    if earns_credits(name) {
        return Err(NodeError::EarnsCredits {
            name: name.to_owned(),
            key,
        });
    }
    InstanceTypes::embedded()
        .get(name)
        .ok_or_else(|| NodeError::UnknownType {
            name: name.to_owned(),
            key,
        })
}

/// Burstable families: `t3.large`, `t4g.medium`. Source: Amazon EC2 documentation, burstable performance instances.
fn earns_credits(instance_type: &str) -> bool {
    const FAMILIES: [&str; 5] = ["t1", "t2", "t3", "t3a", "t4g"];
    let family = instance_type.split('.').next().unwrap_or_default();
    FAMILIES.contains(&family)
}

fn refuse_full(
    node: NodeCapacity,
    name: &str,
    key: &'static str,
) -> Result<NodeCapacity, NodeError> {
    let is_full = node.available.cpu == Millicores(0)
        || node.available.memory == Bytes(0)
        || node.available_pods == 0;
    if is_full {
        Err(NodeError::Full {
            name: name.to_owned(),
            key,
            available: node.available,
            pods: node.available_pods,
        })
    } else {
        Ok(node)
    }
}

fn capacity(
    shape: &InstanceType,
    kube_reserved: Resources,
    max_pods: u32,
    daemons: &[&Daemon],
    policy: &Policy,
) -> NodeCapacity {
    let machine = Resources {
        cpu: shape.cpu(),
        memory: shape.memory,
    };
    let unseen = Bytes::from_f64_rounded_up(
        machine.memory.as_f64() * policy.nodes.unseen_memory_share.get(),
    );
    let withheld = Resources {
        cpu: kube_reserved.cpu,
        memory: unseen + kube_reserved.memory + EVICTION,
    };
    let allocatable = machine.saturating_sub(withheld);
    let asked: Resources = daemons.iter().map(|daemon| daemon.requests()).sum();
    let daemon_pods = u32::try_from(daemons.len()).unwrap_or(u32::MAX);
    NodeCapacity {
        machine,
        unseen_memory_bytes: unseen,
        kube_reserved,
        eviction_memory_bytes: EVICTION,
        allocatable,
        max_pods,
        daemons: asked,
        daemon_pods,
        available: allocatable.saturating_sub(asked),
        available_pods: max_pods.saturating_sub(daemon_pods),
    }
}

/// What the EKS images reserve for kubelet and container runtime: 11 MiB a pod and 255 MiB; of CPU 6 %
/// of the first core, 1 % of the second, 0.5 % of the next two, 0.25 % of the rest. `max_pods` is the
/// number by network interfaces, before any cap.
///
/// Source: amazon-eks-ami, nodeadm/internal/kubelet/config.go (release v20260714).
fn kube_reserved(vcpu: u32, max_pods: u32) -> Resources {
    // (up to this core, ten-thousandths of each core), each band in whole millicores.
    const BANDS: [(u32, u32); 4] = [(1, 600), (2, 100), (4, 50), (u32::MAX, 25)];
    let mut millicores = 0;
    let mut reached = 0;
    for (up_to, share) in BANDS {
        let cores = vcpu.min(up_to).saturating_sub(reached);
        millicores += u64::from(cores) * u64::from(share) / 10;
        reached = up_to;
    }
    Resources {
        cpu: Millicores(millicores),
        memory: Bytes::from_mebibytes(11 * u64::from(max_pods) + 255),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy;

    fn linux(policy: &Policy) -> Result<(NodeCapacity, Architecture), NodeError> {
        linux_node(policy, &policy.nodes.instance_type, "nodes.instance_type")
    }

    #[test]
    fn cpu_is_reserved_as_nodeadm_does() {
        // The table of docs/METHOD.md.
        for (vcpu, millicores) in [(1, 60), (2, 70), (4, 80), (8, 90), (16, 110), (32, 150)] {
            assert_eq!(
                kube_reserved(vcpu, 0).cpu,
                Millicores(millicores),
                "{vcpu} vCPUs"
            );
        }
    }

    #[test]
    fn the_baseline_node_offers_what_karpenter_computes_for_it() {
        let policy = policy::defaults().expect("the shipped policy");
        let (node, _) = linux(&policy).expect("c5.2xlarge");
        assert_eq!(node.allocatable.cpu, Millicores(7910));
        // 16,384 x 0.925 - 893 - 100 = 14,162.2 MiB
        assert_eq!(node.allocatable.memory.0 >> 20, 14_162);
        assert_eq!((node.max_pods, node.daemon_pods), (58, 6));
        assert_eq!(node.available.cpu, Millicores(7910 - 440));
    }

    #[test]
    fn the_cap_on_pods_does_not_change_what_is_reserved() {
        let policy = policy::read(
            "p",
            "[nodes]\ninstance_type = \"c5.4xlarge\"\nvolume_gib = 200\n",
        )
        .expect("valid");
        let (node, _) = linux(&policy).expect("c5.4xlarge");
        assert_eq!(node.max_pods, 110);
        assert_eq!(node.kube_reserved.memory, Bytes::from_mebibytes(2_829));
    }

    #[test]
    fn a_small_volume_takes_few_pods() {
        let with = |text| linux(&policy::read("p", text).expect("valid"));
        // 20 GiB less a tenth and one: 17 pods of a GiB, six of them daemons.
        let (node, _) = with("[nodes]\nvolume_gib = 20\n").expect("room");
        assert_eq!((node.max_pods, node.available_pods), (17, 11));
        let (roomy, _) = with("[nodes]\nvolume_gib = 20\npod_storage = \"256Mi\"\n").expect("room");
        assert_eq!(roomy.max_pods, 58, "the interfaces decide");
        assert!(matches!(
            with("[nodes]\nvolume_gib = 5\n"),
            Err(NodeError::Full { .. })
        ));
    }

    #[test]
    fn a_windows_node_has_one_interface() {
        let node =
            windows_node(&policy::defaults().expect("the shipped policy")).expect("c5.2xlarge");
        assert_eq!(node.max_pods, 14);
        assert_eq!(node.daemon_pods, 4);
    }

    #[test]
    fn types_that_cannot_be_nodes_are_refused() {
        let with = |text| policy::read("p", text).expect("valid");
        let unknown = linux(&with("[nodes]\ninstance_type = \"c5.huge\"\n"));
        assert!(matches!(unknown, Err(NodeError::UnknownType { .. })));
        let tiny = linux(&with("[nodes]\ninstance_type = \"t3.nano\"\n"));
        assert!(matches!(tiny, Err(NodeError::EarnsCredits { .. })));
        let arm = windows_node(&with("[windows_nodes]\ninstance_type = \"m7g.large\"\n"));
        assert!(matches!(arm, Err(NodeError::WindowsOnArm { .. })));
    }
}
