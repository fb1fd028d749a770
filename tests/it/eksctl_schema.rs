//! The generated eksctl files against eksctl's published schema, and against the rules that it cannot express.

use std::collections::BTreeSet;

use eb2eks::plan::Plan;
use eb2eks::render::files;
use eb2eks::wording::Language;
use serde_json::{Value, json};

use crate::output_folder::hand_made;

/// From eksctl's repository (Apache-2.0, licence beside it); it allows no field that it does not know.
const SCHEMA: &str = include_str!("../schemas/eksctl.json");

fn validator() -> jsonschema::Validator {
    let mut schema: Value = serde_json::from_str(SCHEMA).expect("the schema is JSON");
    spell_references(&mut schema);
    jsonschema::validator_for(&schema).expect("the schema is a schema")
}

/// eksctl names definitions after Go packages, with bars between; a reference is a URI, where a bar is `%7C`.
fn spell_references(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get_mut("$ref") {
                *reference = reference.replace('|', "%7C");
            }
            fields.values_mut().for_each(spell_references);
        }
        Value::Array(items) => items.iter_mut().for_each(spell_references),
        _ => {}
    }
}

/// The file of a cluster, read back from YAML.
fn config(plan: &Plan, cluster: &str) -> Value {
    let files = files(plan, Language::English).expect("the plan can be written");
    let text = std::str::from_utf8(&files[&format!("eksctl/{cluster}.yaml")]).expect("UTF-8");
    serde_saphyr::from_str(text).expect("YAML")
}

fn assert_valid(config: &Value) {
    let validator = validator();
    let errors: Vec<_> = validator
        .iter_errors(config)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{}\n{config:#}", errors.join("\n"));
    assert_accepted(config);
}

fn groups(config: &Value) -> impl Iterator<Item = &Value> {
    ["managedNodeGroups", "nodeGroups"]
        .into_iter()
        .flat_map(|kind| config[kind].as_array().into_iter().flatten())
}

/// What eksctl checks in code.
fn assert_accepted(config: &Value) {
    let mut names = BTreeSet::new();
    assert!(groups(config).count() > 0);
    for group in groups(config) {
        let name = group["name"].as_str().expect("a name");
        assert!(
            name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') && names.insert(name),
            "{name}"
        );
        let size = |key: &str| group[key].as_u64().expect("a size");
        assert!(
            size("minSize") <= size("desiredCapacity")
                && size("desiredCapacity") <= size("maxSize"),
            "{group}"
        );
        assert_eq!(
            group["privateNetworking"],
            json!(true),
            "private subnets need private networking"
        );
        for (key, value) in group["labels"].as_object().expect("labels") {
            let value = value.as_str().expect("labels are strings");
            assert!(
                !key.contains("kubernetes.io") && !key.contains("k8s.io"),
                "{key}"
            );
            assert!(
                value.len() <= 63
                    && value
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)),
                "{value}"
            );
        }
    }
    for group in config["managedNodeGroups"].as_array().into_iter().flatten() {
        let security_groups = &group["securityGroups"];
        assert!(
            security_groups["withShared"].is_null() && security_groups["withLocal"].is_null(),
            "managed groups cannot have them"
        );
    }
    if config["iam"]["podIdentityAssociations"].is_array() {
        let addons = config["addons"].as_array().expect("add-ons");
        assert!(
            addons
                .iter()
                .any(|addon| addon["name"] == "eks-pod-identity-agent"),
            "Pod Identity needs its agent"
        );
    }
}

#[test]
fn the_schema_refuses_what_it_does_not_know() {
    let validator = validator();
    let mut config = config(&hand_made(), "eks-1");
    config["managedNodeGroups"][0]["desiredCapactiy"] = json!(3);
    assert!(
        !validator.is_valid(&config),
        "or the other tests would prove nothing"
    );
}

#[test]
fn both_clusters_are_valid_and_say_what_was_meant() {
    let plan = hand_made();
    for cluster in &plan.clusters {
        let config = config(&plan, &cluster.name);
        assert_valid(&config);
        assert_eq!(config["metadata"]["name"], json!(cluster.name));
        assert_eq!(
            config["metadata"]["version"],
            json!("1.35"),
            "a version is a string"
        );
        assert_eq!(config["vpc"]["id"], json!("vpc-0123456789abcdef0"));
        assert_eq!(
            config["vpc"]["subnets"]["private"],
            json!({
                "ap-northeast-1a": {"id": "subnet-0aaaaaaaaaaaaaaaa"},
                "ap-northeast-1c": {"id": "subnet-0cccccccccccccccc"},
                "ap-northeast-1d": {"id": "subnet-0dddddddddddddddd"},
            })
        );
        let written: Vec<_> = groups(&config)
            .map(|group| (&group["name"], &group["desiredCapacity"]))
            .collect();
        assert_eq!(
            written,
            [
                (&json!("workers"), &json!(2)),
                (&json!("windows"), &json!(2))
            ],
            "Linux first"
        );
    }
}

#[test]
fn a_linux_group_is_written_in_full() {
    let config = config(&hand_made(), "eks-1");
    assert_eq!(
        config["managedNodeGroups"][0],
        json!({
            "name": "workers", "amiFamily": "AmazonLinux2023", "instanceType": "c5.2xlarge",
            "minSize": 2, "desiredCapacity": 2, "maxSize": 3, "volumeSize": 100, "volumeType": "gp3",
            "volumeEncrypted": true, "disableIMDSv1": true, "disablePodIMDS": true, "updateConfig": {"maxUnavailable": 1},
            "privateNetworking": true, "labels": {"role": "workers"}, "propagateASGTags": true,
            "tags": {
                "k8s.io/cluster-autoscaler/enabled": "true", "k8s.io/cluster-autoscaler/eks-1": "owned",
                "role": "workers", "stack": "eks-1",
            },
        })
    );
}

#[test]
fn a_windows_group_keeps_linux_pods_out() {
    let config = config(&hand_made(), "eks-1");
    let windows = &config["managedNodeGroups"][1];
    assert_eq!(
        windows["amiFamily"],
        json!("WindowsServer2022CoreContainer")
    );
    assert_eq!(
        windows["taints"],
        json!([{"key": "os", "value": "windows", "effect": "NoSchedule"}])
    );
    assert_eq!(windows["volumeSize"], json!(150));
}

#[test]
fn security_groups_and_ssh_come_from_the_policy() {
    let mut plan = hand_made();
    plan.inputs.policy.nodes.security_groups = vec!["sg-0123".to_owned()];
    plan.inputs.policy.nodes.ssh_key_name = "ops".to_owned();
    let config = config(&plan, "eks-1");
    assert_valid(&config);
    assert_eq!(
        config["managedNodeGroups"][0]["securityGroups"],
        json!({"attachIDs": ["sg-0123"]})
    );
    assert_eq!(
        config["managedNodeGroups"][0]["ssh"],
        json!({"allow": true, "publicKeyName": "ops"})
    );
}

#[test]
fn without_a_network_there_is_no_vpc_section() {
    let mut plan = hand_made();
    plan.clusters[0].network = None;
    let config = config(&plan, "eks-1");
    assert_valid(&config);
    assert!(config["vpc"].is_null());
}

#[test]
fn strings_that_look_like_something_else_stay_strings() {
    let mut plan = hand_made();
    for text in [
        "on",
        "1e3",
        "0x10",
        "~",
        "2026-07-20",
        "a: b",
        "- a",
        "x # y",
        "\nkind: Evil",
        "\u{1b}[2J",
        "'",
        "\"",
        "{}",
    ] {
        plan.inputs.policy.nodes.ssh_key_name = text.to_owned();
        plan.clusters[0].network.as_mut().expect("a network").vpc = text.to_owned();
        let config = config(&plan, "eks-1");
        assert_eq!(
            config["managedNodeGroups"][0]["ssh"]["publicKeyName"],
            json!(text)
        );
        assert_eq!(config["vpc"]["id"], json!(text));
        assert_eq!(config["kind"], json!("ClusterConfig"));
    }
}

#[test]
fn a_group_for_certain_apps_is_labelled_and_tainted() {
    let mut plan = hand_made();
    let policy: toml::Table =
        "name = \"large\"\ninstance_type = \"r5.2xlarge\"\nmin_node_share = 0.5\n"
            .parse()
            .expect("TOML");
    plan.inputs
        .policy
        .nodes
        .groups
        .push(policy.try_into().expect("a group"));
    let mut large = plan.clusters[0].node_groups[0].clone();
    large.name = "large".to_owned();
    plan.clusters[0].node_groups.push(large);
    let config = config(&plan, &plan.clusters[0].name);
    assert_valid(&config);
    let found = groups(&config)
        .find(|group| group["name"] == "large")
        .expect("the group");
    assert_eq!(found["labels"], json!({"role": "large"}));
    assert_eq!(
        found["taints"],
        json!([{"key": "node-group", "value": "large", "effect": "NoSchedule"}])
    );
    assert!(
        groups(&config)
            .filter(|group| group["name"] == "workers")
            .all(|group| group["taints"].is_null())
    );
}
