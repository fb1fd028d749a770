//! Choices that are each allowed but that no plan could follow.

use super::machine_choices;
use super::{Addon, Endpoint, MEMORY_LEVELS, Policy, Survive, money_choices};
use crate::units::KubernetesName;

/// The first choice that no plan could follow, with its key.
pub(super) fn contradiction(policy: &Policy) -> Option<(&'static str, String)> {
    // More than anybody runs of one app; what multiplies them stays far from the end of the integers.
    let replicas = 1..=1000;
    // The largest volume of EBS.
    let volume_gib = 1..=65_536;
    let topology = &policy.topology;
    // Each is a file too, and some disks do not tell upper from lower case.
    let mut names: Vec<String> = topology
        .clusters
        .iter()
        .map(|name| name.to_lowercase())
        .collect();
    names.sort();
    names.dedup();
    let rules = [
        (topology.clusters.is_empty(), "topology.clusters", "at least one cluster is needed".to_owned()),
        (names.len() < topology.clusters.len(), "topology.clusters", "two clusters have the same name".to_owned()),
        (
            !topology.clusters.iter().all(|name| is_cluster_name(name)),
            "topology.clusters",
            "a cluster name has 1 to 100 letters, digits and hyphens, and begins with a letter".to_owned(),
        ),
        (
            !topology.clusters.contains(&topology.staging_cluster),
            "topology.staging_cluster",
            format!("\"{}\" is none of topology.clusters", topology.staging_cluster),
        ),
        (
            topology.clusters.len() == 1 && topology.survives(Survive::Cluster),
            "topology.survive",
            "a single cluster cannot survive the loss of a cluster; name \"node\" and \"zone\" only".to_owned(),
        ),
        (!replicas.contains(&policy.sizing.production_min_replicas), "sizing.production_min_replicas", "from 1 to 1000".to_owned()),
        (!replicas.contains(&policy.sizing.staging_min_replicas), "sizing.staging_min_replicas", "from 1 to 1000".to_owned()),
        (!replicas.contains(&policy.sizing.max_split), "sizing.max_split", "from 1 (which means: never split) to 1000".to_owned()),
        (policy.sizing.memory_level > MEMORY_LEVELS, "sizing.memory_level", format!("from 1 to {MEMORY_LEVELS}, or 0 (which means: chosen by the fleet's weeks)")),
        (
            policy.calibrated.values().any(|app| app.replicas.is_some_and(|count| !replicas.contains(&count))),
            "calibrated",
            "replicas from 1 to 1000".to_owned(),
        ),
        (
            !policy.sizing.min_history_days.is_finite() || policy.sizing.min_history_days < 0.0,
            "sizing.min_history_days",
            "a number of days from 0".to_owned(),
        ),
        (policy.sizing.max_node_share.get() <= 0.0, "sizing.max_node_share", "more than 0".to_owned()),
        (policy.nodes.unseen_memory_share.get() >= 0.5, "nodes.unseen_memory_share", "less than 0.5".to_owned()),
        (
            !(1..=100).contains(&policy.load_balancers.apps_per_load_balancer),
            "load_balancers.apps_per_load_balancer",
            "from 1 to 100, the quota of rules on an ALB".to_owned(),
        ),
        (
            !policy.platform.has_usable_domain(),
            "platform.domain",
            "lower-case labels of letters, digits and hyphens with dots between, at most 85 characters".to_owned(),
        ),
        (
            !policy.platform.has_usable_roles(),
            "platform.admin_roles",
            "admin_roles, ci_role, delivery_role, team_roles and profile_roles are ARNs of roles, as in arn:aws:iam::111122223333:role/admin".to_owned(),
        ),
        (
            !policy.platform.has_usable_certificates()
                || !policy.platform.certificates.keys().all(|cluster| topology.clusters.contains(cluster)),
            "platform.certificates",
            "ARNs of certificates of ACM by names of topology.clusters".to_owned(),
        ),
        (
            !policy.platform.has_usable_web_acls(),
            "platform.web_acls",
            "ARNs of regional web ACLs of WAF by \"internal\" and \"internet-facing\"".to_owned(),
        ),
        (
            !policy.platform.has_usable_repository(),
            "platform.apps_repository",
            "an address that git takes, as in https://github.com/example/apps.git".to_owned(),
        ),
        (
            !policy.kubernetes.public_access_cidrs.iter().all(|range| is_range(range)),
            "kubernetes.public_access_cidrs",
            "ranges of IPv4 addresses, as in 203.0.113.0/24".to_owned(),
        ),
        (
            policy.kubernetes.endpoint == Endpoint::Private && !policy.kubernetes.public_access_cidrs.is_empty(),
            "kubernetes.public_access_cidrs",
            "an endpoint that is private has none".to_owned(),
        ),
        (
            !policy.platform.has_usable_places(),
            "platform.registry",
            "registry and log_bucket have lower-case letters, digits and \"-._\" only, a registry also \"/\" inside".to_owned(),
        ),
        (
            !policy.platform.has_pinned_daemon(),
            "platform.queue_daemon_image",
            "an image with a digest or a tag that is not \"latest\", as in registry.example.com/sqsd:1.0".to_owned(),
        ),
        (
            policy.collect.one_minute_days > 15,
            "collect.one_minute_days",
            "CloudWatch keeps 15 days at 1 minute; 0 leaves them out".to_owned(),
        ),
        (
            !(1..=63).contains(&policy.collect.five_minute_days),
            "collect.five_minute_days",
            "from 1 to 63: CloudWatch keeps no more".to_owned(),
        ),
        (policy.collect.hourly_days > 455, "collect.hourly_days", "CloudWatch keeps 455 days at 1 hour; 0 leaves them out".to_owned()),
        (!(1..=20).contains(&policy.collect.attempts), "collect.attempts", "from 1 to 20".to_owned()),
        (policy.packing.max_nodes_per_group == 0, "packing.max_nodes_per_group", "at least 1".to_owned()),
        (![50, 95, 99].contains(&policy.packing.percentile), "packing.percentile", "50, 95 or 99".to_owned()),
        (!(1..=1000).contains(&policy.packing.simulated_orders), "packing.simulated_orders", "from 1 to 1000".to_owned()),
        (!volume_gib.contains(&policy.nodes.volume_gib), "nodes.volume_gib", "from 1 to 65536 (64 TiB)".to_owned()),
        (!volume_gib.contains(&policy.windows_nodes.volume_gib), "windows_nodes.volume_gib", "from 1 to 65536 (64 TiB)".to_owned()),
        (
            !is_label_value(&policy.nodes.role_label),
            "nodes.role_label",
            "a Kubernetes label has 1 to 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends".to_owned(),
        ),
    ];
    let broken = rules
        .into_iter()
        .find_map(|(is_broken, key, message)| is_broken.then_some((key, message)));
    broken
        .or_else(|| machine_choices::refused(policy))
        .or_else(|| wrong_addon(&policy.addons))
        .or_else(|| money_choices::refused(policy))
}

fn wrong_addon(addons: &[Addon]) -> Option<(&'static str, String)> {
    addons.iter().find_map(|Addon { name, replicas, .. }| {
        let message = if *replicas > 1000 {
            format!("\"{name}\" has {replicas} replicas; at most 1000")
        } else if !KubernetesName::is_valid(name) {
            format!("\"{name}\" is no name in Kubernetes: up to 63 lower-case letters, digits and hyphens, a letter first")
        } else {
            return None;
        };
        Some(("addons", message))
    })
}

/// What Kubernetes accepts as the value of a label, less the empty one.
fn is_label_value(text: &str) -> bool {
    let at_both_ends = |c: char| c.is_ascii_alphanumeric();
    (1..=63).contains(&text.len())
        && text.starts_with(at_both_ends)
        && text.ends_with(at_both_ends)
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

/// `203.0.113.0/24`
fn is_range(text: &str) -> bool {
    text.split_once('/').is_some_and(|(address, bits)| {
        address.parse::<std::net::Ipv4Addr>().is_ok()
            && bits.parse::<u8>().is_ok_and(|bits| bits <= 32)
    })
}

/// What EKS accepts as a cluster name, less the underscore, which eksctl's stack names refuse.
fn is_cluster_name(name: &str) -> bool {
    (1..=100).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}
