//! Which apps run on which node group.

use super::{Estate, environment, noted, of};
use crate::plan::{Plan, PlanError};
use crate::size::Number;

const LARGE: &str = "[[nodes.groups]]\nname = \"large\"\ninstance_type = \"r5.4xlarge\"\n";

fn groups(plan: &Plan) -> Vec<(&str, &str)> {
    plan.clusters[0]
        .node_groups
        .iter()
        .map(|group| (group.name.as_str(), group.instance_type.as_str()))
        .collect()
}

/// An app that wants 3,296 MiB and 400m (see by_hand.rs), and one with eight times the memory.
fn estate() -> Estate {
    Estate::of(vec![
        environment("search", 2, "r5.2xlarge"),
        environment("shop", 2, "m5.large"),
    ])
}

#[test]
fn a_group_without_apps_is_not_there() {
    let plan = estate().plan_under(&format!("{LARGE}apps = [\"nobody\"]\n"));
    assert_eq!(groups(&plan), [("workers", "c5.2xlarge")]);
    assert_eq!(of(&plan, "search").node_group(), Some("workers"));
}

#[test]
fn an_app_is_on_the_group_that_names_it() {
    let plan = estate().plan_under(&format!("{LARGE}apps = [\"SHO*\"]\n"));
    assert_eq!(
        groups(&plan),
        [("workers", "c5.2xlarge"), ("large", "r5.4xlarge")]
    );
    assert_eq!(
        (
            of(&plan, "shop").node_group(),
            of(&plan, "search").node_group()
        ),
        (Some("large"), Some("workers"))
    );
    let (_, sizing) = of(&plan, "shop").planned().expect("planned");
    let reason = sizing
        .reasons
        .iter()
        .find(|reason| reason.number == Number::NodeGroup)
        .expect("a reason");
    assert_eq!(reason.steps[0].rule, "group \"large\" names it");
}

#[test]
fn a_replica_that_a_worker_cannot_hold_stays_whole_on_a_larger_node() {
    // 25 % of 64 GiB x 1.6 is more than a c5.2xlarge offers and less than an r5.4xlarge does.
    let split = estate().plan();
    assert!(
        of(&split, "search")
            .planned()
            .expect("planned")
            .1
            .replicas
            .pods_per_instance
            > 1
    );
    let plan = estate().plan_under(&format!("{LARGE}min_node_share = 0.5\n"));
    let (_, sizing) = of(&plan, "search").planned().expect("planned");
    assert_eq!(
        (
            of(&plan, "search").node_group(),
            sizing.replicas.pods_per_instance
        ),
        (Some("large"), 1)
    );
    assert_eq!(of(&plan, "shop").node_group(), Some("workers"));
    assert!(
        plan.notes
            .iter()
            .all(|note| !note.code.starts_with("pods-")),
        "{:?}",
        plan.notes
    );
    // Add-ons stay on the workers, and the pods on the nodes of their group.
    let on_large = plan.clusters[0].node_groups[1]
        .normal
        .placement
        .iter()
        .flat_map(|node| &node.pods);
    assert!(
        on_large
            .map(|pods| pods.workload.as_str())
            .all(|workload| workload == "search")
    );
}

#[test]
fn memory_for_each_core_is_a_condition_of_a_group() {
    // 2,176 MiB and 280m are 7.59 GiB a core.
    let at = |least: &str| estate().plan_under(&format!("{LARGE}min_gib_per_core = {least}\n"));
    assert_eq!(of(&at("7.5"), "shop").node_group(), Some("large"));
    assert_eq!(of(&at("7.6"), "shop").node_group(), Some("workers"));
}

#[test]
fn a_group_of_an_unknown_type_is_refused_by_its_key() {
    let error = estate()
        .try_plan(
            "[[nodes.groups]]\nname = \"large\"\ninstance_type = \"r5.huge\"\napps = [\"*\"]\n",
        )
        .expect_err("no such type");
    assert!(matches!(error, PlanError::Node(_)));
    assert!(
        error
            .to_string()
            .contains("\"r5.huge\" (nodes.groups) is not in the catalogue"),
        "{error}"
    );
}

#[test]
fn graviton_nodes_want_other_images_and_say_so() {
    let plan = estate().plan_under(
        "[[nodes.groups]]\nname = \"arm\"\ninstance_type = \"m7g.2xlarge\"\napps = [\"shop\"]\n",
    );
    let marked: Vec<String> = noted(&plan, "other-architecture")
        .iter()
        .map(|note| note.subject.to_string())
        .collect();
    assert_eq!(marked, ["shop"]);
}
