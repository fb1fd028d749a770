//! Choices about nodes and steps that eksctl, EC2 or Kubernetes would refuse.

use super::{NodeGroup, Policy};
use crate::units::{Bytes, KubernetesName};

/// What a node can boot from; the other types of EBS hold data only.
const BOOT_VOLUMES: [&str; 4] = ["gp2", "gp3", "io1", "io2"];

/// `amiFamily` in the schema of eksctl, as far as it is Windows.
const WINDOWS_FAMILIES: [&str; 6] = [
    "WindowsServer2019FullContainer",
    "WindowsServer2019CoreContainer",
    "WindowsServer2022FullContainer",
    "WindowsServer2022CoreContainer",
    "WindowsServer2025FullContainer",
    "WindowsServer2025CoreContainer",
];

/// The longest name of a key pair in EC2.
const LONGEST_KEY_NAME: usize = 255;

/// The first such choice, with its key.
pub(super) fn refused(policy: &Policy) -> Option<(&'static str, String)> {
    wrong_node(policy)
        .or_else(|| wrong_group(policy))
        .or_else(|| wrong_step(policy))
}

fn wrong_node(policy: &Policy) -> Option<(&'static str, String)> {
    let (nodes, family) = (&policy.nodes, policy.windows_nodes.ami_family.as_str());
    if !BOOT_VOLUMES.contains(&nodes.volume_type.as_str()) {
        let message = format!(
            "\"{}\" cannot be a boot volume; allowed are {}",
            nodes.volume_type,
            BOOT_VOLUMES.join(", ")
        );
        return Some(("nodes.volume_type", message));
    }
    if !WINDOWS_FAMILIES.contains(&family) {
        let message = format!(
            "\"{family}\" is no Windows of eksctl; allowed are {}",
            WINDOWS_FAMILIES.join(", ")
        );
        return Some(("windows_nodes.ami_family", message));
    }
    if let Some(group) = nodes
        .security_groups
        .iter()
        .find(|group| !is_security_group(group))
    {
        let message = format!(
            "\"{group}\" is no id; an id is \"sg-\" and then lower-case letters and digits"
        );
        return Some(("nodes.security_groups", message));
    }
    let key = &nodes.ssh_key_name;
    (key.chars().count() > LONGEST_KEY_NAME || key.contains(char::is_control)).then(|| {
        (
            "nodes.ssh_key_name",
            format!("at most {LONGEST_KEY_NAME} characters, and no control characters"),
        )
    })
}

/// The names of the groups that every plan may have anyway.
const OTHER_GROUPS: [&str; 2] = ["workers", "windows"];

fn wrong_group(policy: &Policy) -> Option<(&'static str, String)> {
    let groups = &policy.nodes.groups;
    let wrong = |(place, group): (usize, &NodeGroup)| {
        let name = &group.name;
        let is_taken = OTHER_GROUPS.contains(&name.as_str())
            || groups
                .iter()
                .take(place)
                .any(|earlier| earlier.name == *name);
        let has_condition = group.min_node_share.is_some() || group.min_gib_per_core.is_some();
        let (own, main) = (
            policy.cpu_speed_of(&group.instance_type),
            policy.cpu_speed_of(&policy.nodes.instance_type),
        );
        Some(if !KubernetesName::is_valid(name) {
            format!(
                "\"{name}\" is no name of a group: up to 63 lower-case letters, digits and hyphens, a letter first"
            )
        } else if is_taken {
            format!("\"{name}\" is the name of another group")
        } else if group.apps.is_empty() && !has_condition {
            format!(
                "\"{name}\" says of no app that it belongs there: give apps, min_node_share or min_gib_per_core"
            )
        } else if group
            .min_gib_per_core
            .is_some_and(|least| !(least > 0.0 && least.is_finite()))
        {
            format!("min_gib_per_core of \"{name}\" is a number of GiB above 0")
        } else if own < main {
            format!(
                "a vCPU of {} does {own} of a c5's work, less than the {main} of nodes.instance_type, in which requests are counted",
                group.instance_type
            )
        } else {
            return None;
        })
    };
    groups
        .iter()
        .enumerate()
        .find_map(wrong)
        .map(|message| ("nodes.groups", message))
}

fn is_security_group(id: &str) -> bool {
    id.strip_prefix("sg-").is_some_and(|rest| {
        !rest.is_empty()
            && rest
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    })
}

fn wrong_step(policy: &Policy) -> Option<(&'static str, String)> {
    let (cpu, Bytes(memory)) = (policy.sizing.cpu_step, policy.sizing.memory_step);
    let Bytes(mebibyte) = Bytes::from_mebibytes(1);
    if cpu.0 == 0 {
        return Some(("sizing.cpu_step", "at least 1m".to_owned()));
    }
    (memory == 0 || memory % mebibyte != 0).then(|| {
        (
            "sizing.memory_step",
            "a whole number of Mi, at least 1Mi".to_owned(),
        )
    })
}
