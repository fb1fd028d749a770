//! A cluster without machines to try the plan on: `rehearsal/CLUSTER`.
//!
//! Comes in: the plan. Goes out: the nodes of `desired_capacity` as objects, stand-ins for the daemons and add-ons
//! that charts and EKS bring, with their requests, and a script that puts the plan on such a cluster wave by wave. A
//! real scheduler then says where every pod goes; KWOK, or whoever else, plays the kubelets. This room decides
//! nothing: allocatable, labels, taints, zones, requests and waves are the plan's.

mod nodes;
mod stand_ins;
mod walk;

use std::collections::BTreeMap;

use super::{RenderError, yaml};
use crate::plan::Plan;

/// All files under `rehearsal/`.
///
/// # Errors
/// What the YAML writer refuses.
pub(super) fn files(plan: &Plan) -> Result<BTreeMap<String, Vec<u8>>, RenderError> {
    let mut files = BTreeMap::new();
    for cluster in &plan.clusters {
        let folder = format!("rehearsal/{}", cluster.name);
        files.insert(
            format!("{folder}/nodes.yaml"),
            yaml::documents(&nodes::of(cluster, plan))?,
        );
        files.insert(
            format!("{folder}/stand-ins.yaml"),
            yaml::documents(&stand_ins::of(&plan.inputs.policy))?,
        );
        files.insert(
            format!("{folder}/walk.sh"),
            walk::script(cluster, plan).into_bytes(),
        );
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::test_plan;
    use super::*;

    fn documents(files: &BTreeMap<String, Vec<u8>>, path: &str) -> Vec<Value> {
        let text = std::str::from_utf8(&files[path]).expect("text");
        text.split("---\n")
            .filter(|document| !document.is_empty())
            .map(|document| serde_saphyr::from_str(document).expect("YAML"))
            .collect()
    }

    #[test]
    fn there_is_a_node_for_each_that_is_planned_with_what_it_offers() {
        let plan = test_plan::hand_made();
        let files = files(&plan).expect("rendered");
        for cluster in &plan.clusters {
            let nodes = documents(&files, &format!("rehearsal/{}/nodes.yaml", cluster.name));
            for group in &cluster.node_groups {
                let of_group: Vec<&Value> = nodes
                    .iter()
                    .filter(|node| {
                        node["metadata"]["labels"]["eb2eks.io/node-group"] == group.name.as_str()
                    })
                    .collect();
                assert_eq!(of_group.len(), group.desired_capacity as usize);
                let pods = &group.node.max_pods.to_string();
                for node in of_group {
                    assert_eq!(node["status"]["allocatable"]["pods"], pods.as_str());
                }
            }
        }
    }

    #[test]
    fn stand_ins_ask_for_what_the_nodes_were_packed_with() {
        let plan = test_plan::hand_made();
        let files = files(&plan).expect("rendered");
        let policy = &plan.inputs.policy;
        for cluster in &plan.clusters {
            let path = format!("rehearsal/{}/stand-ins.yaml", cluster.name);
            let objects = documents(&files, &path);
            let of_kind = |kind: &str| {
                objects
                    .iter()
                    .filter(|object| object["kind"] == kind)
                    .count()
            };
            assert_eq!(of_kind("DaemonSet"), policy.daemons.len());
            assert_eq!(of_kind("Deployment"), policy.addons.len());
            for object in objects
                .iter()
                .filter(|object| object["kind"] != "Namespace")
            {
                let container = &object["spec"]["template"]["spec"]["containers"][0];
                assert!(
                    container["resources"]["requests"]["memory"].is_string(),
                    "{object}"
                );
            }
        }
    }

    #[test]
    fn the_walk_goes_to_no_cluster_that_it_was_not_given_and_scales_each_app_as_planned() {
        let plan = test_plan::hand_made();
        let files = files(&plan).expect("rendered");
        for cluster in &plan.clusters {
            let path = format!("rehearsal/{}/walk.sh", cluster.name);
            let script = std::str::from_utf8(&files[&path]).expect("text");
            let commands = script
                .lines()
                .filter(|line| line.trim_start().starts_with("kubectl"));
            assert!(commands.clone().count() > 0);
            for line in commands {
                assert!(line.contains("--context \"$context\""), "{line}");
            }
            let mut apps = 0;
            for app in super::super::apps::moving(&plan) {
                let sizing = app.environment.planned().expect("it moves").1;
                if let Some(replicas) = sizing.replicas.clusters.get(&cluster.name) {
                    let said = format!(" {} {}\n", app.name, replicas.normal);
                    assert!(script.contains(&said), "{said} in {script}");
                    apps += 1;
                }
            }
            assert!(apps > 0, "the plan has apps on {}", cluster.name);
        }
    }
}
