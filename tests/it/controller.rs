//! What only a controller or AWS would say of the load balancers that the files ask for: Ingresses of a group that
//! contradict each other, quotas, names that lead nowhere. The rules are data with their sources
//! (`tests/controller/merges.csv`, of kubernetes-sigs/aws-load-balancer-controller, commit 225f445;
//! `src/catalog/balancer_quotas.csv`, of AWS), read over what was written and not over the plan.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::cases::Case;
use crate::platform_files::both_policies;

const MERGES: &str = include_str!("../controller/merges.csv");
const QUOTAS: &str = include_str!("../../src/catalog/balancer_quotas.csv");
const ALB: &str = "alb.ingress.kubernetes.io";

/// An Ingress and where it stands.
struct Ingress<'a> {
    path: &'a str,
    object: &'a Value,
}

impl Ingress<'_> {
    fn annotation(&self, name: &str) -> Option<&str> {
        self.object["metadata"]["annotations"][format!("{ALB}/{name}")].as_str()
    }

    /// Ports with what they speak: `443` and `HTTPS`.
    fn ports(&self) -> Vec<(String, String)> {
        let text = self.annotation("listen-ports").expect("ports");
        let ports: Vec<BTreeMap<String, u16>> = serde_json::from_str(text).expect("JSON");
        ports
            .into_iter()
            .flatten()
            .map(|(protocol, port)| (port.to_string(), protocol))
            .collect()
    }

    fn paths(&self) -> impl Iterator<Item = &Value> {
        let rules = self.object["spec"]["rules"].as_array().expect("rules");
        rules
            .iter()
            .flat_map(|rule| rule["http"]["paths"].as_array().expect("paths"))
    }
}

/// What of an Ingress must not differ within a group: a key (an attribute, a port) with its value.
fn claims(ingress: &Ingress<'_>, annotation: &str, across: &str) -> Vec<(String, String)> {
    let Some(value) = ingress.annotation(annotation) else {
        return Vec::new();
    };
    match (annotation, across) {
        ("listen-ports", _) => ingress.ports(),
        (_, "port") => ingress
            .ports()
            .into_iter()
            .filter(|(_, protocol)| protocol == "HTTPS")
            .map(|(port, _)| (port, value.to_owned()))
            .collect(),
        (_, "key") => value
            .split(',')
            .filter_map(|pair| pair.split_once('='))
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect(),
        // The controller compares sets.
        _ => {
            let parts: BTreeSet<&str> = value.split(',').collect();
            vec![(
                String::new(),
                parts.into_iter().collect::<Vec<_>>().join(","),
            )]
        }
    }
}

/// Everything that a controller would refuse, or AWS, of one output.
fn refused(objects: &[(String, Value)]) -> Vec<String> {
    let mut groups: BTreeMap<(&str, &str), Vec<Ingress<'_>>> = BTreeMap::new();
    for (path, object) in objects.iter().filter(|(_, one)| one["kind"] == "Ingress") {
        let ingress = Ingress { path, object };
        let group = object["metadata"]["annotations"][format!("{ALB}/group.name")]
            .as_str()
            .unwrap_or(path);
        // Overlays of different clusters are read by different controllers.
        let cluster = path.rsplit('/').nth(1).expect("an overlay");
        groups.entry((cluster, group)).or_default().push(ingress);
    }
    let mut refused = Vec::new();
    for ((cluster, group), ingresses) in &groups {
        let place = format!("{cluster} {group}");
        for line in MERGES.lines().skip(1) {
            let [annotation, across, _] = line.splitn(3, ',').collect::<Vec<_>>()[..] else {
                panic!("{line}");
            };
            let mut known: BTreeMap<String, (String, &str)> = BTreeMap::new();
            for ingress in ingresses {
                for (key, value) in claims(ingress, annotation, across) {
                    let (other, path) = known
                        .entry(key.clone())
                        .or_insert((value.clone(), ingress.path));
                    if *other != value {
                        refused.push(format!(
                            "{place}: {annotation} {key}: {value} ({}) | {other} ({path})",
                            ingress.path
                        ));
                    }
                }
            }
        }
        refused.extend(over_quota(&place, ingresses));
        if !is_name_of_group(group) {
            refused.push(format!("{place}: no name of a group"));
        }
    }
    for (_, ingresses) in groups {
        for ingress in ingresses {
            refused.extend(leads_nowhere(&ingress, objects));
        }
    }
    refused
}

/// The controller's documentation, `group.name`: lower-case letters, digits, `-` and `.`, at most 63 characters.
fn is_name_of_group(name: &str) -> bool {
    (1..=63).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.')
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.ends_with(|c: char| c.is_ascii_alphanumeric())
}

fn over_quota(place: &str, ingresses: &[Ingress<'_>]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut ports, mut certificates, mut targets) =
        (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut groups = 0;
    for ingress in ingresses {
        let own = ingress.ports();
        // A rule for each path, on each port.
        *counts.entry("rules").or_default() += own.len() * ingress.paths().count();
        ports.extend(own);
        certificates.extend(
            ingress
                .annotation("certificate-arn")
                .into_iter()
                .flat_map(|all| all.split(',')),
        );
        targets.extend(ingress.paths().map(|path| {
            (
                ingress.path.to_owned(),
                path["backend"]["service"].to_string(),
            )
        }));
        let named = ingress.annotation("security-groups");
        // Beside those that are named stands the one that admits the balancer to pods.
        groups = groups.max(named.map_or(1, |all| all.split(',').count()) + 1);
    }
    counts.insert("listeners", ports.len());
    counts.insert("certificates", certificates.len());
    counts.insert("target_groups", targets.len());
    counts.insert("security_groups", groups);
    let mut over = Vec::new();
    for line in QUOTAS.lines().skip(1) {
        let [quota, most, _] = line.splitn(3, ',').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let most: usize = most.parse().expect("a number");
        let count = counts.remove(quota).expect("a quota that is counted here");
        if count > most {
            over.push(format!("{place}: {count} {quota} of {most}"));
        }
    }
    assert!(counts.is_empty(), "{counts:?} without a quota");
    over
}

/// A path's Service is there with that port, and the port is one of the app's container.
fn leads_nowhere(ingress: &Ingress<'_>, objects: &[(String, Value)]) -> Vec<String> {
    let folder = ingress
        .path
        .rsplitn(3, '/')
        .last()
        .expect("a folder of the app");
    let of_app = |kind: &'static str| {
        objects.iter().filter(move |(path, object)| {
            path.starts_with(&format!("{folder}/base/")) && object["kind"] == kind
        })
    };
    let ports: BTreeSet<&str> = of_app("Deployment")
        .flat_map(|(_, pod)| {
            let spec = &pod["spec"]["template"]["spec"];
            ["containers", "initContainers"]
                .into_iter()
                .filter_map(|list| spec[list].as_array())
        })
        .flatten()
        .filter_map(|container| container["ports"].as_array())
        .flatten()
        .filter_map(|port| port["name"].as_str())
        .collect();
    let mut wrong = Vec::new();
    for path in ingress.paths() {
        let wanted = &path["backend"]["service"];
        let service = of_app("Service").find(|(_, one)| one["metadata"]["name"] == wanted["name"]);
        let port = service.and_then(|(_, one)| {
            let ports = one["spec"]["ports"].as_array()?;
            ports
                .iter()
                .find(|port| port["name"] == wanted["port"]["name"])
        });
        let target = port.and_then(|port| port["targetPort"].as_str());
        if !target.is_some_and(|target| ports.contains(target)) {
            wrong.push(format!("{}: {wanted} leads to {target:?}", ingress.path));
        }
    }
    wrong
}

#[test]
fn no_controller_refuses_a_load_balancer_of_the_sample() {
    for output in both_policies() {
        let wrong = refused(&output.of_apps());
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

#[test]
fn no_controller_refuses_a_load_balancer_of_other_peoples_estates() {
    let give_up = "[load_balancers]\ngive_up = [\"idle_timeout\", \"access_logs\", \"tls_policy\", \"ip_address_type\", \"subnets\", \"security_groups\"]\n[platform.web_acls]\ninternet-facing = \"arn:aws:wafv2:ap-northeast-1:111122223333:regional/webacl/shop/11111111-2222-3333-4444-555555555555\"\n";
    for name in [
        "a01-default-process-of-a-listener",
        "a05-rules-of-one-listener",
        "a11-classic",
        "b01-one-group-many-wishes",
    ] {
        for policy in ["", give_up] {
            let wrong = refused(&Case::planned_by(name, policy).of_apps());
            assert!(wrong.is_empty(), "{name}: {wrong:#?}");
        }
    }
}

/// The referee sees what it is for: each annotation of the table, made different in one of two Ingresses of a group.
#[test]
fn each_contradiction_of_the_table_is_seen() {
    let objects = both_policies()[0].of_apps();
    let shared: Vec<usize> = {
        let mut by_group: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, (_, object)) in objects.iter().enumerate() {
            if let Some(group) =
                object["metadata"]["annotations"][format!("{ALB}/group.name")].as_str()
            {
                by_group.entry(group.to_owned()).or_default().push(place);
            }
        }
        by_group
            .into_values()
            .find(|places| places.len() > 1)
            .expect("a group of several")
    };
    for line in MERGES.lines().skip(1) {
        let annotation = line.split(',').next().expect("a name");
        let key = format!("{ALB}/{annotation}");
        let mut broken = objects.clone();
        for (place, value) in [(shared[0], "a=1"), (shared[1], "a=2")] {
            let value = match (annotation, value) {
                ("listen-ports", "a=1") => "[{\"HTTPS\":443}]",
                ("listen-ports", _) => "[{\"HTTP\":443}]",
                _ => value,
            };
            broken[place].1["metadata"]["annotations"][&key] = value.into();
        }
        assert!(
            refused(&broken).iter().any(|one| one.contains(annotation)),
            "{annotation}"
        );
    }
    let mut nowhere = objects.clone();
    nowhere[shared[0]].1["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]["name"] =
        "gone".into();
    assert!(refused(&nowhere).iter().any(|one| one.contains("gone")));
}
