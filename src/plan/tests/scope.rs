//! Which environments move, where to, and what they are called.

use super::{ACCOUNT, Estate, TOKYO, elsewhere, environment, of, reason, staging, with_option};
use crate::plan::{BillKey, Coverage, Plan, PlanError, Stage};
use crate::snapshot::Environment;

const OSAKA: &str = "ap-northeast-3";

fn tagged(name: &str, value: &str) -> Environment {
    let mut environment = environment(name, 1, "t3.small");
    environment
        .tags
        .insert("Stack".to_owned(), value.to_owned());
    environment
}

fn regions(plan: &Plan) -> Vec<&str> {
    plan.clusters
        .iter()
        .map(|cluster| cluster.region.as_str())
        .collect()
}

#[test]
fn the_tag_decides_the_stage_and_the_name_only_where_there_is_no_tag() {
    let plan = Estate::of(vec![
        tagged("a", "Staging"),
        tagged("b", "verification"),
        tagged("c-stg", "production"),
        environment("d-stg", 1, "t3.small"),
        environment("e-STAGING", 1, "t3.small"),
        environment("stg-f", 1, "t3.small"),
        environment("g", 1, "t3.small"),
    ])
    .plan();
    let stages =
        ["a", "b", "c-stg", "d-stg", "e-STAGING", "stg-f", "g"].map(|name| of(&plan, name).stage);
    assert_eq!(stages[..2], [Stage::Staging; 2]);
    assert_eq!(
        stages[2],
        Stage::Production,
        "its tag says so, whatever its name"
    );
    assert_eq!(stages[3..5], [Stage::Staging; 2]);
    assert_eq!(stages[5..], [Stage::Production; 2]);
}

#[test]
fn the_clusters_stand_where_most_environments_are() {
    let there = |name| elsewhere(environment(name, 1, "t3.small"), ACCOUNT, OSAKA);
    let plan = Estate::of(vec![
        environment("a", 1, "t3.small"),
        there("b"),
        there("c"),
    ])
    .plan();
    assert_eq!(regions(&plan), [OSAKA, OSAKA]);
    assert!(reason(&plan, "a").starts_with(
        "excluded: lives in account 111122223333 in ap-northeast-1, the clusters in 111122223333 in"
    ));
    // Of equals the first by account, then region.
    let tie = Estate::of(vec![there("b"), environment("a", 1, "t3.small")]).plan();
    assert_eq!(regions(&tie), [TOKYO, TOKYO]);
    // What is gone does not count.
    let gone = |name| Environment {
        status: "Terminated".to_owned(),
        ..there(name)
    };
    assert_eq!(
        regions(&Estate::of(vec![environment("a", 1, "t3.small"), gone("b"), gone("c")]).plan()),
        [TOKYO, TOKYO]
    );
}

#[test]
fn the_policy_may_say_where_instead() {
    let other = |name, region| elsewhere(environment(name, 1, "t3.small"), "444455556666", region);
    let estate = Estate::of(vec![
        environment("a", 1, "t3.small"),
        environment("b", 1, "t3.small"),
        other("c", OSAKA),
        other("d", TOKYO),
    ]);
    let moving = |policy: &str| {
        let plan = estate.plan_under(policy);
        ["a", "b", "c", "d"]
            .into_iter()
            .filter(|label| of(&plan, label).planned().is_some())
            .collect::<Vec<_>>()
    };
    assert_eq!(moving(""), ["a", "b"]);
    assert_eq!(
        moving("[topology]\naccount = \"444455556666\"\nregion = \"ap-northeast-3\"\n"),
        ["c"]
    );
    assert_eq!(moving("[topology]\nregion = \"ap-northeast-3\"\n"), ["c"]);
    // An account alone: where most of its environments are, of equals the first.
    assert_eq!(moving("[topology]\naccount = \"444455556666\"\n"), ["d"]);
}

#[test]
fn what_the_policy_excludes_stays_and_says_by_which_pattern() {
    let mut by_application = environment("b", 1, "t3.small");
    "old-crm".clone_into(&mut by_application.application);
    let policy =
        "[scope]\nexclude_environments = [\"legacy-*\"]\nexclude_applications = [\"*CRM\"]\n";
    let plan = Estate::of(vec![
        environment("legacy-a", 1, "t3.small"),
        by_application,
        environment("c", 1, "t3.small"),
    ])
    .plan_under(policy);
    assert_eq!(
        reason(&plan, "legacy-a"),
        "excluded: by policy: scope.exclude_environments names legacy-*"
    );
    assert_eq!(
        reason(&plan, "b"),
        "excluded: by policy: scope.exclude_applications names *CRM"
    );
    assert_eq!(reason(&plan, "c"), "");
}

#[test]
fn what_runs_on_eks_already_stays() {
    let cluster = Environment {
        tier: "Cluster".to_owned(),
        ..environment("a", 1, "t3.small")
    };
    assert_eq!(
        reason(&Estate::of(vec![cluster]).plan(), "a"),
        "excluded: runs on EKS already, in Beanstalk's Cluster tier"
    );
}

#[test]
fn every_environment_is_in_exactly_one_class() {
    let mut estate = Estate::of(vec![
        environment("moves", 2, "t3.small"),
        environment("stopped", 0, "t3.small"),
        environment("strange", 1, "x99.huge"),
        Environment {
            status: "Terminated".to_owned(),
            ..environment("gone", 1, "t3.small")
        },
        Environment {
            status: "Terminating".to_owned(),
            ..environment("going", 1, "t3.small")
        },
        elsewhere(environment("far", 1, "t3.small"), ACCOUNT, "us-east-1"),
    ]);
    // One that was never measured, and one that no node could take.
    estate
        .environments
        .push(environment("silent", 1, "t3.small"));
    estate.add(environment("giant", 1, "m5.24xlarge"), 90.0, 90.0);
    let plan = estate.plan();
    assert_eq!(
        plan.coverage,
        Coverage {
            seen: 6,
            planned: 1,
            excluded: 3,
            unknown: 2,
            terminated: 2
        }
    );
    assert_eq!(plan.environments.len(), 6);
    assert_eq!(
        reason(&plan, "stopped"),
        "excluded: it runs no instance today"
    );
    assert!(reason(&plan, "strange").starts_with("unknown: its instance type \"x99.huge\""));
    assert_eq!(
        reason(&plan, "silent"),
        "unknown: its CPU was never reported (0 of 4032 samples)"
    );
    assert!(
        reason(&plan, "giant").starts_with("excluded: a replica needs"),
        "{}",
        reason(&plan, "giant")
    );
    // All that stays is billed on both sides: the giant, the unknown and the far, and the stopped one's balancer.
    let after = plan.bill(BillKey::AFTER).expect("a bill");
    for label in ["far", "giant", "silent", "stopped", "strange"] {
        assert!(
            after.lines.iter().any(|line| line.subject == label
                && line.item.to_string().starts_with("stays on Beanstalk: ")),
            "{label}"
        );
    }
}

#[test]
fn two_of_one_name_are_told_apart_everywhere() {
    let mut estate = Estate::of(vec![
        environment("shop", 1, "t3.small"),
        environment("search", 1, "t3.small"),
    ]);
    estate.add(
        elsewhere(environment("shop", 1, "t3.small"), ACCOUNT, "us-east-1"),
        20.0,
        25.0,
    );
    let plan = estate.plan();
    let labels: Vec<_> = plan
        .environments
        .iter()
        .map(|environment| environment.label.as_str())
        .collect();
    assert_eq!(
        labels,
        [
            "search",
            "shop (111122223333 ap-northeast-1)",
            "shop (111122223333 us-east-1)"
        ]
    );
    let subjects = |label: &str| {
        plan.bill(BillKey::TODAY)
            .expect("a bill")
            .lines
            .iter()
            .filter(|line| line.subject == label)
            .count()
    };
    assert!(
        labels.iter().all(|label| subjects(label) == 4),
        "instances, volume, balancer and its addresses each"
    );
}

#[test]
fn apps_do_not_take_the_names_of_add_ons_or_of_each_other() {
    let plan = Estate::of(vec![
        environment("coredns", 1, "t3.small"),
        staging(environment("Search", 1, "t3.small")),
        environment("search", 1, "t3.small"),
    ])
    .plan();
    let names: Vec<_> = plan
        .environments
        .iter()
        .filter_map(|environment| environment.planned())
        .map(|(name, _)| name.as_str().to_owned())
        .collect();
    assert_eq!(names, ["search", "coredns-2", "search-2"]);
    let mut workloads: Vec<_> = plan.clusters[0]
        .workloads
        .iter()
        .map(|workload| workload.name.as_str())
        .collect();
    let all = workloads.len();
    workloads.dedup();
    assert_eq!(workloads.len(), all, "sorted by name, none twice");
}

#[test]
fn a_version_that_eks_does_not_offer_is_refused_with_those_that_it_does() {
    let estate = Estate::of(vec![with_option(
        environment("a", 1, "t3.small"),
        "n",
        "o",
        "v",
    )]);
    let error = estate
        .try_plan("[kubernetes]\nversion = \"0.9\"\n")
        .expect_err("no such version");
    assert!(matches!(error, PlanError::KubernetesVersion { .. }));
    assert!(error.to_string().contains("1.35"), "{error}");
}
