//! Choices about nodes and steps that eksctl, EC2 or Kubernetes would refuse.

use super::Policy;
use crate::units::Bytes;

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
    wrong_node(policy).or_else(|| wrong_step(policy))
}

fn wrong_node(policy: &Policy) -> Option<(&'static str, String)> {
    let (nodes, family) = (&policy.nodes, policy.windows_nodes.ami_family.as_str());
    if !BOOT_VOLUMES.contains(&nodes.volume_type.as_str()) {
        let message = format!("\"{}\" cannot be a boot volume; allowed are {}", nodes.volume_type, BOOT_VOLUMES.join(", "));
        return Some(("nodes.volume_type", message));
    }
    if !WINDOWS_FAMILIES.contains(&family) {
        let message = format!("\"{family}\" is no Windows of eksctl; allowed are {}", WINDOWS_FAMILIES.join(", "));
        return Some(("windows_nodes.ami_family", message));
    }
    if let Some(group) = nodes.security_groups.iter().find(|group| !is_security_group(group)) {
        let message = format!("\"{group}\" is no id; an id is \"sg-\" and then lower-case letters and digits");
        return Some(("nodes.security_groups", message));
    }
    let key = &nodes.ssh_key_name;
    (key.chars().count() > LONGEST_KEY_NAME || key.contains(char::is_control))
        .then(|| ("nodes.ssh_key_name", format!("at most {LONGEST_KEY_NAME} characters, and no control characters")))
}

fn is_security_group(id: &str) -> bool {
    id.strip_prefix("sg-").is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

fn wrong_step(policy: &Policy) -> Option<(&'static str, String)> {
    let (cpu, Bytes(memory)) = (policy.sizing.cpu_step, policy.sizing.memory_step);
    let Bytes(mebibyte) = Bytes::from_mebibytes(1);
    if cpu.0 == 0 {
        return Some(("sizing.cpu_step", "at least 1m".to_owned()));
    }
    (memory == 0 || memory % mebibyte != 0).then(|| ("sizing.memory_step", "a whole number of Mi, at least 1Mi".to_owned()))
}
