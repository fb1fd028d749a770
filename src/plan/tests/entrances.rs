//! Which load balancers the apps share on the clusters.

use super::{Estate, environment, noted, staging, with_option, worker};
use crate::plan::{BillKey, Category, Plan};
use crate::snapshot::{Environment, LoadBalancer};

/// `eks-1: 1 application (production internet-facing)`, from the lines of the bill.
fn entrances(plan: &Plan) -> Vec<String> {
    let after = plan.bill(BillKey::AFTER).expect("a bill");
    let balancers = after
        .lines
        .iter()
        .filter(|line| line.category == Category::LoadBalancers);
    balancers
        .map(|line| {
            format!(
                "{}: {} h {}",
                line.subject,
                line.quantity,
                line.item.to_string().replace(" load balancer", "")
            )
        })
        .collect()
}

fn behind(kind: &str, environment: Environment) -> Environment {
    let balancer = LoadBalancer {
        kind: kind.to_owned(),
        name: format!("lb-{}", environment.name),
        shared: false,
        ..LoadBalancer::default()
    };
    Environment {
        load_balancers: vec![balancer],
        ..environment
    }
}

fn on_one_cluster(environments: Vec<Environment>) -> Vec<String> {
    let policy = "[topology]\nclusters = [\"eks-1\"]\nsurvive = [\"node\"]\n";
    entrances(&Estate::of(environments).plan_under(policy))
}

#[test]
fn stages_and_schemes_are_kept_apart_and_shared_within() {
    let internal = |environment| with_option(environment, "aws:ec2:vpc", "ELBScheme", "internal");
    let estate = vec![
        environment("a", 1, "t3.small"),
        with_option(
            environment("b", 1, "t3.small"),
            "aws:ec2:vpc",
            "ELBScheme",
            "public",
        ),
        internal(environment("c", 1, "t3.small")),
        staging(environment("d", 1, "t3.small")),
        staging(internal(environment("e", 1, "t3.small"))),
    ];
    let expected = [
        "production internal",
        "production internet-facing",
        "staging internal",
        "staging internet-facing",
    ];
    assert_eq!(
        on_one_cluster(estate),
        expected.map(|label| format!("eks-1: 730 h application ({label})"))
    );
}

#[test]
fn classic_balancers_become_application_ones_and_network_ones_stay_one_each() {
    let estate = vec![
        behind("classic", environment("a", 1, "t3.small")),
        behind("network", environment("b", 1, "t3.small")),
        behind("network", environment("c", 1, "t3.small")),
    ];
    let expected = [
        "eks-1: 730 h application (production internet-facing)",
        "eks-1: 1460 h network (production internet-facing)",
    ];
    assert_eq!(on_one_cluster(estate), expected);
}

#[test]
fn workers_need_no_entrance() {
    assert_eq!(
        on_one_cluster(vec![worker(environment("a", 1, "t3.small"))]),
        Vec::<String>::new()
    );
}

#[test]
fn a_web_server_without_a_balancer_needs_one_on_the_cluster() {
    // A single instance is reached at its own address, which its pods will not have.
    let alone = Environment {
        load_balancers: Vec::new(),
        ..environment("a", 1, "t3.small")
    };
    assert_eq!(
        on_one_cluster(vec![alone]),
        ["eks-1: 730 h application (production internet-facing)"]
    );
}

#[test]
fn every_cluster_has_its_own_and_staging_only_on_its_own() {
    let plan = Estate::of(vec![
        environment("a", 2, "t3.small"),
        staging(environment("b", 1, "t3.small")),
    ])
    .plan();
    let expected = [
        "eks-1: 730 h application (production internet-facing)",
        "eks-1: 730 h application (staging internet-facing)",
        "eks-2: 730 h application (production internet-facing)",
    ];
    assert_eq!(entrances(&plan), expected);
}

#[test]
fn what_stays_keeps_its_balancer_and_takes_none_on_the_clusters() {
    let plan = Estate::of(vec![environment("a", 1, "t3.small")])
        .plan_under("[scope]\nexclude_environments = [\"a\"]\n");
    assert_eq!(
        entrances(&plan),
        ["a: 730 h stays on Beanstalk: application"]
    );
}

#[test]
fn whom_a_shared_load_balancer_admits_is_told_by_app() {
    let guarded = |name: &str, group: &str| {
        let made = environment(name, 1, "t3.small");
        with_option(made, "aws:elbv2:loadbalancer", "SecurityGroups", group)
    };
    let estate = Estate::of(vec![guarded("bank", "sg-1"), guarded("shop", "sg-2")]);
    let told = |policy: &str| -> Vec<String> {
        let plan = estate.plan_under(policy);
        let notes = noted(&plan, "balancer-admits-more");
        notes.iter().map(|note| note.message.to_string()).collect()
    };
    assert_eq!(told(""), [""; 0], "each keeps its own");
    let notes = told("[load_balancers]\ngive_up = [\"security_groups\"]\n");
    for (app, own) in [("bank", "sg-1"), ("shop", "sg-2")] {
        let names =
            |note: &&String| note.contains(app) && note.contains(&format!("those of {own} "));
        assert!(notes.iter().any(|note| names(&note)), "{app}: {notes:?}");
    }
}
