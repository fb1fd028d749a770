//! What the bill charges for an app and what its manifests create are the same, whatever is set.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use super::{Estate, environment, noted, staging, with_option, worker};
use crate::check::check;
use crate::pack::Packing;
use crate::plan::{BillKey, Category, EnvironmentPlan, Plan, Severity};
use crate::render;
use crate::snapshot::{Environment, LoadBalancer};
use crate::wording::Language;

/// Every file of a plan that is YAML, by its path.
type Files = BTreeMap<String, Value>;

fn files_of(plan: &Plan) -> Files {
    let files = render::files(plan, Language::English).expect("files");
    files
        .into_iter()
        .filter(|(path, _)| path.ends_with(".yaml"))
        .filter_map(|(path, bytes)| {
            let text = String::from_utf8(bytes).expect("UTF-8");
            // A chart's template is no YAML yet.
            Some((path, serde_saphyr::from_str(&text).ok()?))
        })
        .collect()
}

/// The objects of the apps: the cluster's name, or `base`, and the object.
fn objects(files: &Files) -> Vec<(String, Value)> {
    let object = |(path, object): (&String, &Value)| {
        let parts: Vec<&str> = path.split('/').collect();
        let ["apps", _, _, place, _] = parts[..] else {
            return None;
        };
        Some((place.to_owned(), object.clone()))
    };
    files.iter().filter_map(object).collect()
}

/// Load balancers of a cluster by kind and reach.
type Balancers = BTreeMap<(String, String, String), u32>;

/// What the controller would create: one for each group of Ingresses, one for each Service of that type.
fn created(objects: &[(String, Value)]) -> Balancers {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut found: BTreeSet<(String, String, String, String)> = BTreeSet::new();
    for (cluster, object) in objects {
        let annotations = &object["metadata"]["annotations"];
        let (kind, name, scheme) = match object["kind"].as_str() {
            Some("Ingress") => (
                "application",
                text(&annotations["alb.ingress.kubernetes.io/group.name"]),
                text(&annotations["alb.ingress.kubernetes.io/scheme"]),
            ),
            Some("Service") if object["spec"]["type"] == "LoadBalancer" => (
                "network",
                text(&object["metadata"]["name"]),
                text(&annotations["service.beta.kubernetes.io/aws-load-balancer-scheme"]),
            ),
            _ => continue,
        };
        found.insert((cluster.clone(), kind.to_owned(), scheme, name));
    }
    let mut count = Balancers::new();
    for (cluster, kind, scheme, _) in found {
        *count.entry((cluster, kind, scheme)).or_default() += 1;
    }
    count
}

fn billed(plan: &Plan) -> Balancers {
    let mut count = Balancers::new();
    for line in &plan.bill(BillKey::AFTER).expect("a bill").lines {
        if let Some(balancers) = line.balancers.as_ref().filter(|_| !line.stays) {
            let place = (
                line.subject.to_string(),
                balancers.kind.clone(),
                balancers.scheme.word().to_owned(),
            );
            *count.entry(place).or_default() += balancers.count;
            // A month of each.
            assert_eq!(
                line.quantity.to_string(),
                (730 * balancers.count).to_string()
            );
        }
    }
    count
}

/// Hours of a cluster's lines of a category, whose item contains a word.
fn hours(plan: &Plan, cluster: &str, category: Category, word: &str) -> f64 {
    let lines = &plan.bill(BillKey::AFTER).expect("a bill").lines;
    lines
        .iter()
        .filter(|line| !line.stays && line.category == category && line.is_of(cluster))
        .filter(|line| line.item.to_string().contains(word))
        .map(|line| line.quantity.as_f64())
        .sum()
}

/// Every load balancer that the internet reaches has an address in each of two zones; the others have none.
fn addresses_agree(plan: &Plan, created: &Balancers) {
    for cluster in &plan.clusters {
        let public: u32 = created
            .iter()
            .filter(|((place, _, scheme), _)| *place == cluster.name && scheme == "internet-facing")
            .map(|(_, count)| count)
            .sum();
        let charged = hours(plan, &cluster.name, Category::Addresses, "");
        assert!(
            (charged - f64::from(730 * 2 * public)).abs() < 1e-6,
            "{}: {charged} hours of addresses for {public} public load balancers",
            cluster.name
        );
    }
}

/// Logs are charged where they are shipped. Datadog takes all of them and states no price: then it is of those that
/// stream today.
fn logs_agree(plan: &Plan, files: &Files) {
    for cluster in &plan.clusters {
        let here = || {
            plan.environments.iter().filter(|environment| {
                environment
                    .manifests()
                    .is_some_and(|manifests| manifests.clusters.contains_key(&cluster.name))
            })
        };
        let shipper = &files[&format!("platform/{}/values/fluent-bit.yaml", cluster.name)];
        let outputs = shipper["config"]["outputs"].as_str().expect("outputs");
        let is_charged = if outputs.contains("cloudwatch_logs") {
            here().next().is_some()
        } else {
            here().any(|environment| environment.translation.intents.log_days.is_some())
        };
        let written = hours(plan, &cluster.name, Category::Monitoring, "logs to");
        let kept = hours(plan, &cluster.name, Category::Monitoring, "logs kept");
        assert_eq!(written > 0.0, is_charged, "{}: {written}", cluster.name);
        if outputs.contains("cloudwatch_logs") {
            let days: f64 = outputs
                .split_once("log_retention_days ")
                .and_then(|(_, rest)| rest.lines().next()?.parse().ok())
                .expect("what is written is not kept for good");
            let expected = written * 0.15 * days * 12.0 / 365.0;
            assert!(
                (kept - expected).abs() <= 1e-3 + expected * 1e-3,
                "{}: {kept} GB-months are charged, {expected} are kept",
                cluster.name
            );
        }
    }
}

/// What eksctl makes is what is charged: the hours of the nodes and their volumes.
fn nodes_agree(plan: &Plan, files: &Files) {
    for cluster in &plan.clusters {
        let config = &files[&format!("eksctl/{}.yaml", cluster.name)];
        let (mut nodes, mut gib) = (0.0, 0.0);
        for group in config["managedNodeGroups"].as_array().expect("groups") {
            let number = |key: &str| group[key].as_f64().expect("a number");
            nodes += number("desiredCapacity");
            gib += number("desiredCapacity") * number("volumeSize");
        }
        for (category, made) in [
            (Category::Machines, 730.0 * nodes),
            (Category::Volumes, gib),
        ] {
            let charged = hours(plan, &cluster.name, category, "");
            assert!(
                nodes > 0.0 && (charged - made).abs() < 1e-6,
                "{} {category:?}: {charged} are charged, {made} are made",
                cluster.name
            );
        }
    }
}

/// The nodes that are charged hold as many pods of each app as its manifests keep, and the most nodes as many as these
/// allow.
fn replicas_agree(plan: &Plan, objects: &[(String, Value)]) {
    let placed = |packing: &Packing, pods: &mut BTreeMap<String, u64>| {
        for pods_of in packing.placement.iter().flat_map(|node| &node.pods) {
            *pods.entry(pods_of.workload.clone()).or_default() += u64::from(pods_of.replicas);
        }
    };
    let mut scaled = 0;
    for cluster in &plan.clusters {
        let (mut normal, mut most) = (BTreeMap::new(), BTreeMap::new());
        for group in &cluster.node_groups {
            placed(&group.normal, &mut normal);
            placed(&group.at_most, &mut most);
        }
        for (_, object) in objects.iter().filter(|(place, _)| *place == cluster.name) {
            let ends = match object["kind"].as_str() {
                Some("HorizontalPodAutoscaler") => ["minReplicas", "maxReplicas"],
                Some("ScaledObject") => ["minReplicaCount", "maxReplicaCount"],
                _ => continue,
            };
            scaled += 1;
            let name = object["metadata"]["name"].as_str().expect("a name");
            let [least, allowed] = ends.map(|key| object["spec"][key].as_u64().expect("a number"));
            let of = |pods: &BTreeMap<String, u64>| pods.get(name).copied().unwrap_or(0);
            assert!(
                least <= of(&normal) && allowed <= of(&most),
                "{name} on {}: {least} to {allowed} pods, places for {} and {}",
                cluster.name,
                of(&normal),
                of(&most)
            );
        }
    }
    let planned = plan
        .environments
        .iter()
        .filter_map(EnvironmentPlan::manifests);
    let expected: usize = planned.map(|manifests| manifests.clusters.len()).sum();
    assert_eq!(
        scaled, expected,
        "each app has its replicas on each of its clusters"
    );
}

/// No Service has a port twice.
fn ports_are_unique(objects: &[(String, Value)]) {
    for (_, object) in objects.iter().filter(|(_, one)| one["kind"] == "Service") {
        let ports: Vec<String> = object["spec"]["ports"]
            .as_array()
            .expect("ports")
            .iter()
            .map(|port| format!("{} {}", port["port"], port["protocol"]))
            .collect();
        let unique: BTreeSet<&String> = ports.iter().collect();
        assert_eq!(ports.len(), unique.len(), "{object}");
    }
}

fn all_agree(plan: &Plan) {
    let wrong: Vec<_> = check(plan)
        .into_iter()
        .filter(|note| note.severity == Severity::Fatal)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let files = files_of(plan);
    let objects = objects(&files);
    let created = created(&objects);
    assert_eq!(billed(plan), created);
    addresses_agree(plan, &created);
    logs_agree(plan, &files);
    nodes_agree(plan, &files);
    replicas_agree(plan, &objects);
    ports_are_unique(&objects);
}

/// Settings that bills or manifests depend on, with values as somebody might have written them.
const SETTINGS: [(&str, &str, &[&str]); 16] = [
    (
        "aws:ec2:vpc",
        "ELBScheme",
        &["internal", "Internal", "public", "'internal'"],
    ),
    (
        "aws:ec2:vpc",
        "AssociatePublicIpAddress",
        &["true", "True", "false"],
    ),
    (
        "aws:elasticbeanstalk:environment",
        "EnvironmentType",
        &["SingleInstance", "LoadBalanced", "singleinstance"],
    ),
    (
        "aws:elasticbeanstalk:environment",
        "LoadBalancerType",
        &["application", "Network", "network", "classic"],
    ),
    (
        "aws:elasticbeanstalk:environment",
        "LoadBalancerIsShared",
        &["True", "false"],
    ),
    (
        "aws:elasticbeanstalk:cloudwatch:logs",
        "StreamLogs",
        &["true", "True", "false", " TRUE "],
    ),
    (
        "aws:elasticbeanstalk:cloudwatch:logs",
        "RetentionInDays",
        &["7", "30", "3653"],
    ),
    ("aws:ec2:instances", "EnableSpot", &["true", "False"]),
    (
        "aws:elbv2:listener:443",
        "Protocol",
        &["HTTPS", "https", "TLS"],
    ),
    (
        "aws:elbv2:listener:default",
        "ListenerEnabled",
        &["false", "True"],
    ),
    (
        "aws:elbv2:listener:default",
        "DefaultProcess",
        &["api", "default", "gone"],
    ),
    (
        "aws:elasticbeanstalk:environment:process:api",
        "Port",
        &["8080", "5000"],
    ),
    (
        "aws:elasticbeanstalk:environment:process:default",
        "Port",
        &["80", "8080"],
    ),
    (
        "aws:elbv2:loadbalancer",
        "SecurityGroups",
        &["sg-1", "sg-1,sg-2"],
    ),
    ("aws:elbv2:loadbalancer", "IdleTimeout", &["60", "4000"]),
    (
        "aws:elasticbeanstalk:command",
        "DeploymentPolicy",
        &["Rolling", "rolling", "Immutable"],
    ),
];

fn any_environment(number: usize) -> impl Strategy<Value = Environment> {
    let setting = proptest::option::weighted(0.4, 0..12_usize);
    let settings = proptest::collection::vec(setting, SETTINGS.len());
    let balancers = proptest::collection::vec(
        (
            prop::sample::select(vec!["application", "network", "classic"]),
            prop::sample::select(vec!["", "internal", "internet-facing"]),
        ),
        0..=2,
    );
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    (settings, balancers, flags, 1..4_u32).prop_map(
        move |(settings, balancers, (is_staging, is_worker, is_public), instances)| {
            let name = format!("app-{number}");
            let mut made = environment(&name, instances, "t3.small");
            made.load_balancers = (0..)
                .zip(balancers)
                .map(|(place, (kind, scheme)): (u32, _)| LoadBalancer {
                    kind: kind.to_owned(),
                    name: format!("lb-{name}-{place}"),
                    scheme: scheme.to_owned(),
                    ..LoadBalancer::default()
                })
                .collect();
            for instance in &mut made.instances {
                instance.public_address = is_public;
            }
            for ((namespace, option, values), chosen) in SETTINGS.iter().zip(settings) {
                if let Some(chosen) = chosen {
                    made = with_option(made, namespace, option, values[chosen % values.len()]);
                }
            }
            if is_staging {
                made = staging(made);
            }
            if is_worker && number % 3 == 2 {
                made = worker(made);
            }
            made
        },
    )
}

#[test]
fn bills_and_manifests_agree_whatever_is_set() {
    // Two clusters are packed and simulated for each case: few cases, each of several apps with random settings.
    let mut runner = TestRunner::new(Config {
        cases: 12,
        failure_persistence: None,
        ..Config::default()
    });
    let fleet =
        (1..6_usize).prop_flat_map(|apps| (0..apps).map(any_environment).collect::<Vec<_>>());
    let monitoring = prop::sample::select(vec!["datadog", "cloudwatch"]);
    runner
        .run(&(fleet, monitoring), |(environments, monitoring)| {
            let policy = format!("[platform]\nmonitoring = \"{monitoring}\"\n");
            all_agree(&Estate::of(environments).plan_under(&policy));
            Ok(())
        })
        .expect("bills and manifests agree");
}

#[test]
fn an_internal_scheme_in_capitals_is_internal_in_manifest_and_bill() {
    let seen = |scheme: &str| {
        let mut made = with_option(
            environment("intranet", 2, "t3.small"),
            "aws:ec2:vpc",
            "ELBScheme",
            "Internal",
        );
        made.load_balancers[0].scheme = scheme.to_owned();
        Estate::of(vec![made]).plan()
    };
    for (scheme, told) in [("internal", 0), ("", 0), ("internet-facing", 1)] {
        let plan = seen(scheme);
        let created = created(&objects(&files_of(&plan)));
        assert!(
            created.keys().all(|(_, _, scheme)| scheme == "internal"),
            "{created:?}"
        );
        assert_eq!(billed(&plan), created);
        assert_eq!(hours(&plan, "eks-1", Category::Addresses, ""), 0.0);
        let notes = noted(&plan, "settings-disagree");
        assert_eq!(notes.len(), told, "seen {scheme:?}");
        for note in notes {
            let message = note.message.to_string();
            assert!(
                message.contains("set internal") && message.contains("seen internet-facing"),
                "{message}"
            );
        }
    }
}
