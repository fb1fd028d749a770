//! The scripts: functions that are the same for everybody, and a line for each thing that this plan asks of AWS.
//!
//! What stands in a line has been read as a name, an ARN or a number before, and is quoted all the same.

use std::collections::{BTreeMap, BTreeSet};

use super::ci_role::ci_role;
use crate::plan::Plan;
use crate::render::apps::moving;
use crate::render::site::Site;

const PREFLIGHT: &str = include_str!("preflight.sh");
const ROLE_TRUSTS: &str = include_str!("role-trusts.sh");

/// One word of a shell, whatever it contains.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn call(function: &str, arguments: &[&str]) -> String {
    let mut line = function.to_owned();
    for argument in arguments {
        line.push(' ');
        line.push_str(&quoted(argument));
    }
    line
}

/// Whether the account has room for what the plan takes at most.
pub(super) fn preflight(plan: &Plan) -> String {
    let site = Site::of(plan);
    let policy = &plan.inputs.policy;
    let mut lines = vec![
        "#!/usr/bin/env bash".to_owned(),
        "# Whether this account has room for the clusters: quotas, addresses, ways out, names. Needs the AWS CLI."
            .to_owned(),
        PREFLIGHT.trim_end().to_owned(),
        String::new(),
        format!("region={}", quoted(&site.region)),
        call("account", &[&site.account]),
    ];
    let versions: BTreeSet<&str> = plan
        .clusters
        .iter()
        .map(|cluster| cluster.kubernetes_version.as_str())
        .collect();
    lines.extend(versions.iter().map(|version| call("version", &[version])));
    lines.push(call("clusters", &[&plan.clusters.len().to_string()]));
    let vcpus: u64 = plan
        .clusters
        .iter()
        .flat_map(|cluster| &cluster.node_groups)
        .map(|group| u64::from(group.max_size) * group.node.machine.cpu.0.div_ceil(1_000))
        .sum();
    lines.push(call("vcpus", &[&vcpus.to_string()]));
    let balancers: usize = plan
        .ingress_groups
        .iter()
        .map(|group| clusters_of(plan, &group.name).len())
        .sum();
    if balancers > 0 {
        lines.push(call("balancers", &[&balancers.to_string()]));
    }
    for subnet in &plan.addresses {
        let taken = subnet
            .of(policy.nodes.addresses)
            .map_or(0, |used| used.at_max)
            + subnet.reserved;
        lines.push(call("subnet", &[&subnet.subnet, &taken.to_string()]));
    }
    let private: BTreeSet<(&str, &str)> = plan
        .clusters
        .iter()
        .filter_map(|cluster| cluster.network.as_ref())
        .flat_map(|network| {
            let vpc = network.vpc.as_str();
            network
                .private_subnets
                .values()
                .map(move |subnet| (subnet.as_str(), vpc))
        })
        .collect();
    lines.extend(
        private
            .iter()
            .map(|(subnet, vpc)| call("way_out", &[subnet, vpc])),
    );
    let groups: BTreeSet<&str> = policy
        .nodes
        .security_groups
        .iter()
        .chain(
            plan.ingress_groups
                .iter()
                .flat_map(|group| &group.security_groups),
        )
        .map(String::as_str)
        .collect();
    lines.extend(groups.iter().map(|group| call("security_group", &[group])));
    if !policy.nodes.ssh_key_name.is_empty() {
        lines.push(call("key_pair", &[&policy.nodes.ssh_key_name]));
    }
    let platform = &policy.platform;
    let made_here = platform.ci_role.is_empty();
    let ci = (!made_here).then(|| ci_role(plan));
    let roles: BTreeSet<&str> = platform
        .admin_roles
        .iter()
        .chain(platform.team_roles.keys())
        .chain(&ci)
        .map(String::as_str)
        .chain(Some(platform.delivery_role.as_str()).filter(|role| !role.is_empty()))
        .filter_map(|arn| arn.rsplit('/').next())
        .collect();
    lines.extend(roles.iter().map(|role| call("role", &[role])));
    lines.push(call("zone", &[&platform.domain]));
    lines.extend([String::new(), "exit \"$failed\"".to_owned(), String::new()]);
    lines.join("\n")
}

/// The clusters that the apps of a load balancer run on.
fn clusters_of<'a>(plan: &'a Plan, group: &str) -> BTreeSet<&'a str> {
    moving(plan)
        .filter(|app| app.manifests.ingress_group.as_deref() == Some(group))
        .flat_map(|app| app.manifests.clusters.keys().map(String::as_str))
        .collect()
}

/// Who has a role.
#[derive(Debug, Default)]
struct RoleUse<'a> {
    apps: Vec<&'a str>,
    clusters: BTreeSet<&'a str>,
}

/// Lets today's roles trust the clusters that their apps move to.
pub(super) fn role_trusts(plan: &Plan) -> String {
    let site = Site::of(plan);
    let partition = site.bucket_arn("");
    let partition = partition.split(':').nth(1).unwrap_or("aws").to_owned();
    let mut lines = vec![
        "#!/usr/bin/env bash".to_owned(),
        "# Lets the roles of today's instance profiles be taken over by the apps' pods.".to_owned(),
        ROLE_TRUSTS.trim_end().to_owned(),
        String::new(),
        format!("region={}", quoted(&site.region)),
        format!("account={}", quoted(&site.account)),
        format!("partition={}", quoted(&partition)),
        // Used by statements of Windows pods alone.
        ": \"$region\" \"$partition\"".to_owned(),
    ];
    // A role that several apps share trusts the clusters of all of them.
    let mut by_role: BTreeMap<(&str, &str), RoleUse<'_>> = BTreeMap::new();
    for app in moving(plan) {
        let Some(profile) = &app.environment.translation.intents.instance_profile else {
            continue;
        };
        let role = app.manifests.role_arn.as_deref().unwrap_or("-");
        let clusters = app.manifests.clusters.keys().map(String::as_str);
        if app.is_windows() {
            lines.push(call(
                "one",
                &[
                    app.name.as_str(),
                    profile,
                    role,
                    "windows",
                    app.manifests.namespace.as_str(),
                    app.name.as_str(),
                    &clusters.collect::<Vec<_>>().join(","),
                    "",
                ],
            ));
        } else {
            let used = by_role.entry((profile, role)).or_default();
            used.apps.push(app.name.as_str());
            used.clusters.extend(clusters);
        }
    }
    for ((profile, role), RoleUse { apps, clusters }) in by_role {
        let arns: Vec<String> = clusters
            .iter()
            .map(|cluster| site.arn("eks", &format!("cluster/{cluster}")))
            .collect();
        lines.push(call(
            "one",
            &[
                &apps.join(","),
                profile,
                role,
                "linux",
                "",
                "",
                &clusters.into_iter().collect::<Vec<_>>().join(","),
                &arns.join(","),
            ],
        ));
    }
    lines.push(String::new());
    lines.join("\n")
}
