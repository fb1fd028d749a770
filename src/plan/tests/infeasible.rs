//! What cannot be, and the smallest changes that make it possible.

use super::{Estate, environment, reason};
use crate::plan::PlanError;

fn estate() -> Estate {
    Estate::of(
        (0..12)
            .map(|number| environment(&format!("shop-{number:02}"), 2, "m5.large"))
            .collect(),
    )
}

/// What the error proposes; each a line of a policy.
fn remedies(error: PlanError) -> Vec<String> {
    match error {
        PlanError::Infeasible { remedies, .. } => remedies,
        other => panic!("{other}"),
    }
}

/// `a.b = c` as a file.
fn file(remedy: &str) -> String {
    let (section, choice) = remedy.split_once('.').expect("section.key = value");
    format!("[{section}]\n{choice}\n")
}

#[test]
fn too_many_nodes_are_told_with_the_number_that_would_do() {
    let error = estate()
        .try_plan("[packing]\nmax_nodes_per_group = 3\n")
        .expect_err("more than three are needed");
    assert!(
        error.to_string().contains("\nhint: any one of these in the policy makes it possible:\n  packing.max_nodes_per_group = "),
        "{error}"
    );
    let remedies = remedies(error);
    let nodes: u32 = remedies[0]
        .rsplit(' ')
        .next()
        .and_then(|number| number.parse().ok())
        .expect("a number");
    assert!(
        estate()
            .try_plan(&format!("[packing]\nmax_nodes_per_group = {nodes}\n"))
            .is_ok()
    );
    assert!(
        estate()
            .try_plan(&format!("[packing]\nmax_nodes_per_group = {}\n", nodes - 1))
            .is_err(),
        "the smallest such number"
    );
    // Each of the others alone makes it possible, too.
    for remedy in remedies.iter().skip(1) {
        let policy = match remedy.split_once('.').expect("a key").0 {
            "packing" => file(remedy),
            _ => format!("[packing]\nmax_nodes_per_group = 3\n{}", file(remedy)),
        };
        assert!(estate().try_plan(&policy).is_ok(), "{remedy}");
    }
    assert!(
        remedies
            .iter()
            .any(|remedy| remedy.starts_with("nodes.instance_type = \"r5.")),
        "{remedies:?}"
    );
}

#[test]
fn an_addon_larger_than_a_node_needs_a_larger_one() {
    let addon = "[[addons]]\nname = \"search\"\nreplicas = 1\ncpu = \"9\"\nmemory = \"1Gi\"\n";
    let error = estate()
        .try_plan(addon)
        .expect_err("9 cores fit no c5.2xlarge");
    assert!(
        error.to_string().starts_with("\"search\" needs 9 CPU")
            || error.to_string().starts_with("\"search\" needs "),
        "{error}"
    );
    let remedies = remedies(error);
    assert_eq!(remedies[0], "nodes.instance_type = \"c5.4xlarge\"");
    assert!(
        estate()
            .try_plan(&format!("{addon}{}", file(&remedies[0])))
            .is_ok()
    );
}

#[test]
fn a_zone_that_cannot_be_survived_may_be_given_up() {
    // All nodes are in the only zone.
    let mut one_zone = estate();
    one_zone
        .environments
        .iter_mut()
        .flat_map(|environment| &mut environment.instances)
        .for_each(|instance| {
            instance.zone = Some("ap-northeast-1a".to_owned());
        });
    let error = one_zone
        .try_plan("[topology]\nsurvive = [\"node\", \"zone\", \"cluster\"]\n[packing]\nmax_nodes_per_group = 50\n")
        .expect_err("one zone");
    assert_eq!(
        remedies(error),
        ["topology.survive = [\"node\", \"cluster\"]"]
    );
}

#[test]
fn an_app_that_is_too_large_says_what_would_hold_it() {
    let mut estate = estate();
    // 90 % of 256 GiB.
    estate.add(environment("giant", 2, "r5.8xlarge"), 10.0, 90.0);
    let why = reason(&estate.plan(), "giant");
    assert!(
        why.starts_with("excluded: a replica needs ")
            && why.contains("; it would fit with sizing.max_split = "),
        "{why}"
    );
    let split: u32 = why
        .split("max_split = ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next()?.parse().ok())
        .expect("a number");
    let with = |split: u32| {
        reason(
            &estate.plan_under(&format!("[sizing]\nmax_split = {split}\n")),
            "giant",
        )
    };
    assert_eq!(with(split), "");
    assert!(
        with(split - 1).starts_with("excluded: "),
        "the smallest such number"
    );
    let larger = why.rsplit(' ').next().expect("a type");
    let group = format!(
        "[[nodes.groups]]\nname = \"large\"\ninstance_type = \"{larger}\"\napps = [\"giant\"]\n"
    );
    assert_eq!(reason(&estate.plan_under(&group), "giant"), "", "{larger}");
}
