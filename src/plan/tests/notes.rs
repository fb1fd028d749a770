//! What a human should know: each finding when it applies, none when it does not, worst first.

use super::{
    ACCOUNT, Estate, HOURS, TOKYO, environment, noted, series, staging, with_option, worker,
};
use crate::plan::{BillKey, Bound, Note, Plan, Severity};
use crate::snapshot::{Environment, EnvironmentKey, Gap, Metric, Scope};

fn shop() -> Environment {
    environment("shop", 2, "m5.large")
}

/// The only note of that code.
fn only<'a>(plan: &'a Plan, code: &str) -> &'a Note {
    let [note] = noted(plan, code)[..] else {
        panic!("one note of {code}: {:?}", plan.notes)
    };
    note
}

#[test]
fn what_stays_has_its_reason() {
    let estate = Estate::of(vec![
        shop(),
        environment("strange", 1, "x99.huge"),
        environment("stopped", 0, "m5.large"),
    ]);
    let plan = estate.plan();
    let (unknown, excluded) = (only(&plan, "unknown"), only(&plan, "excluded"));
    assert_eq!(
        (unknown.severity, unknown.subject.to_string().as_str()),
        (Severity::Warning, "strange")
    );
    assert!(unknown.message.to_string().contains("x99.huge"));
    assert_eq!(
        (
            excluded.severity,
            excluded.subject.to_string().as_str(),
            excluded.message.to_string().as_str()
        ),
        (Severity::Advice, "stopped", "it runs no instance today")
    );
    assert!(noted(&plan, "nothing-moves").is_empty());
}

#[test]
fn a_plan_that_moves_nothing_says_so() {
    let plan = Estate::of(vec![shop()]).plan_under("[topology]\nregion = \"us-east-1\"\n");
    assert_eq!(
        only(&plan, "nothing-moves").message,
        "no environment moves to the clusters; 1 was seen"
    );
    let reason = &only(&plan, "excluded").message;
    assert!(
        reason
            .to_string()
            .contains("the clusters in 111122223333 in us-east-1"),
        "{reason}"
    );
}

#[test]
fn what_was_not_collected_is_told() {
    let gap = |what: &str| Gap {
        what: what.to_owned(),
        why: "access denied".to_owned(),
    };
    let scope = |status: &str, gaps| Scope {
        account: ACCOUNT.to_owned(),
        region: TOKYO.to_owned(),
        status: status.to_owned(),
        gaps,
        coverage: None,
    };
    let mut estate = Estate::of(vec![shop()]);
    estate.scopes = vec![scope(
        "throttled",
        vec![gap("subnets"), gap("memory of shop")],
    )];
    let plan = estate.plan();
    let incomplete = only(&plan, "incomplete-snapshot");
    assert_eq!(
        (incomplete.severity, incomplete.subject.to_string().as_str()),
        (Severity::Warning, "111122223333 ap-northeast-1")
    );
    assert!(incomplete.message.to_string().contains("throttled"));
    let gaps: Vec<_> = noted(&plan, "collection-gap")
        .iter()
        .map(|note| note.message.to_string())
        .collect();
    assert_eq!(
        gaps,
        ["memory of shop: access denied", "subnets: access denied"]
    );
    estate.scopes = vec![scope("complete", Vec::new())];
    assert!(noted(&estate.plan(), "incomplete-snapshot").is_empty());
}

#[test]
fn history_of_nobody_is_told_but_not_that_of_the_terminated() {
    let mut estate = Estate::of(vec![
        shop(),
        Environment {
            status: "Terminated".to_owned(),
            ..environment("gone", 1, "m5.large")
        },
    ]);
    assert!(noted(&estate.plan(), "orphan-history").is_empty());
    let stranger = EnvironmentKey {
        account: ACCOUNT.to_owned(),
        region: TOKYO.to_owned(),
        id: "e-stranger".to_owned(),
    };
    estate.series.push((
        stranger,
        series("i-1", Metric::CpuPercent, vec![1.0; HOURS]),
    ));
    assert_eq!(
        only(&estate.plan(), "orphan-history").subject,
        "111122223333/ap-northeast-1/e-stranger"
    );
}

#[test]
fn a_minimum_on_every_cluster_that_costs_pods_is_told() {
    // Two instances become two pods on each of two clusters.
    let plan = Estate::of(vec![shop()]).plan();
    assert_eq!(
        only(&plan, "minimum-on-every-cluster").message,
        "4 production pods run on 2 clusters, though 2 would carry the load"
    );
    // Five pods become three on each: the half that is lost is rounding, no minimum.
    let rounded = Estate::of(vec![environment("shop", 5, "m5.large")]).plan();
    assert!(noted(&rounded, "minimum-on-every-cluster").is_empty());
    // Staging runs on one cluster.
    assert!(
        noted(
            &Estate::of(vec![staging(shop())]).plan(),
            "minimum-on-every-cluster"
        )
        .is_empty()
    );
}

#[test]
fn a_cluster_without_a_network_is_told_for_each_cluster() {
    let plan = Estate::of(vec![shop()]).plan();
    let clusters: Vec<_> = noted(&plan, "no-network")
        .iter()
        .map(|note| note.subject.to_string())
        .collect();
    assert_eq!(clusters, ["eks-1", "eks-2"]);
    let named = Estate::of(vec![shop()]).plan_under("[nodes]\nsubnets = [\"s-1\"]\n");
    assert!(
        noted(&named, "no-network")[0]
            .message
            .to_string()
            .contains("that nodes.subnets names")
    );
    assert_eq!(only(&named, "subnet-unused").subject, "s-1");
}

#[test]
fn an_old_kubernetes_is_told_and_priced() {
    // Standard support of 1.33 ended in July 2026.
    let plan = Estate::of(vec![shop()]).plan_under("[kubernetes]\nversion = \"1.33\"\n");
    assert_eq!(noted(&plan, "old-kubernetes").len(), 2);
    let lines = &plan.bill(BillKey::AFTER).expect("a bill").lines;
    assert!(lines.iter().any(|line| line.item == "EKS control plane"
        && line.amount == Some("438.00".parse().expect("an amount"))));
    assert!(noted(&Estate::of(vec![shop()]).plan(), "old-kubernetes").is_empty());
}

#[test]
fn nodes_that_memory_fills_are_told() {
    let mut estate = Estate::of(Vec::new());
    estate.add(environment("cache", 6, "m5.large"), 2.0, 80.0);
    let plan = estate.plan();
    let subjects: Vec<_> = noted(&plan, "memory-bound-nodes")
        .iter()
        .map(|note| note.subject.to_string())
        .collect();
    assert_eq!(subjects, ["eks-1/workers", "eks-2/workers"]);
    let mut busy = Estate::of(Vec::new());
    busy.add(environment("busy", 6, "c5.large"), 80.0, 20.0);
    assert!(noted(&busy.plan(), "memory-bound-nodes").is_empty());
}

#[test]
fn windows_nodes_are_told() {
    let iis = Environment {
        platform: "64bit Windows Server 2022 v2.15.0 running IIS 10.0".to_owned(),
        ..shop()
    };
    let plan = Estate::of(vec![iis]).plan();
    let notes = noted(&plan, "windows");
    assert_eq!(
        notes
            .iter()
            .map(|note| note.subject.to_string())
            .collect::<Vec<_>>(),
        ["eks-1/windows", "eks-2/windows"]
    );
    assert_eq!(notes[0].message, "2 Windows nodes, each with a licence");
    assert!(
        notes[0]
            .hint
            .to_string()
            .contains("WindowsServer2022CoreContainer")
    );
}

#[test]
fn spot_instances_are_told_since_their_price_is_an_estimate() {
    let spot = with_option(shop(), "aws:ec2:instances", "EnableSpot", "true");
    let not = with_option(
        environment("wiki", 1, "m5.large"),
        "aws:ec2:instances",
        "EnableSpot",
        "false",
    );
    let plan = Estate::of(vec![spot, not]).plan();
    let note = only(&plan, "spot-today");
    assert_eq!(
        (note.severity, note.subject.to_string().as_str()),
        (Severity::Warning, "shop")
    );
}

/// With root volumes of a kind that the book has no price for.
fn on_old_disks(environment: Environment) -> Environment {
    with_option(
        environment,
        "aws:autoscaling:launchconfiguration",
        "RootVolumeType",
        "standard",
    )
}

#[test]
fn lines_without_a_price_are_told_for_each_bill_with_the_key_that_is_missing() {
    let plan = Estate::of(vec![on_old_disks(shop())]).plan();
    let note = only(&plan, "no-price");
    assert_eq!(note.subject.to_string(), "bill today");
    assert!(
        note.message
            .to_string()
            .starts_with("1 line has no price; the total of $"),
        "{}",
        note.message
    );
    assert!(
        note.hint
            .to_string()
            .contains("ap-northeast-1/volume-standard-gb-month"),
        "{}",
        note.hint
    );
    // What stays has no price on either side.
    let stays = Estate::of(vec![on_old_disks(shop())])
        .plan_under("[scope]\nexclude_environments = [\"shop\"]\n");
    let bills: Vec<_> = noted(&stays, "no-price")
        .iter()
        .map(|note| note.subject.to_string())
        .collect();
    assert_eq!(
        (bills, stays.saving.bound),
        (
            ["bill after", "bill today"].map(str::to_owned).to_vec(),
            Bound::Unknown
        )
    );
}

#[test]
fn a_price_of_the_policy_that_no_line_uses_is_told() {
    let policy = "[prices.overrides]\n\"ap-northeast-1/ec2/m5.large\" = \"0.1\"\n\"ap-northeast-1/ec2/m5.larg\" = \"0.1\"\n";
    let plan = Estate::of(vec![shop()]).plan_under(policy);
    assert_eq!(
        only(&plan, "price-unused").subject,
        "ap-northeast-1/ec2/m5.larg"
    );
}

#[test]
fn a_plan_that_costs_more_is_told_even_if_it_costs_more_still() {
    // Without a balancer 184.88 today; two clusters cost more.
    let exact = Estate::of(vec![worker(shop())]).plan();
    assert!(
        only(&exact, "no-saving")
            .message
            .to_string()
            .starts_with("the plan costs ")
    );
    // Nodes whose price nobody knows come on top: at least so much more. Without them the control planes and the disks
    // of two nodes each are 2 x 73.00 + 2 x 19.20 = 184.40: more than the 92.44 of one instance today.
    let open = Estate::of(vec![worker(environment("shop", 1, "m5.large"))])
        .plan_under("[nodes]\ninstance_type = \"c5ad.2xlarge\"\n");
    assert_eq!(open.saving.bound, Bound::AtMost);
    assert!(
        only(&open, "no-saving")
            .message
            .to_string()
            .starts_with("the plan costs at least ")
    );
    // Today's bill is a lower bound: at most so much more, which is still told.
    let classic = Estate::of(vec![on_old_disks(shop())]).plan();
    assert_eq!(classic.saving.bound, Bound::AtLeast);
    assert!(
        only(&classic, "no-saving")
            .message
            .to_string()
            .starts_with("the plan costs at most ")
    );
}

#[test]
fn lessons_of_others_are_always_told() {
    let plan = Estate::of(vec![shop()]).plan();
    for code in ["load-test", "graceful-stop", "dns"] {
        assert_eq!(
            (
                only(&plan, code).severity,
                only(&plan, code).subject.to_string().as_str()
            ),
            (Severity::Advice, "every app")
        );
    }
}

#[test]
fn notes_come_worst_first_and_none_is_lost() {
    let mut estate = Estate::of(vec![
        on_old_disks(shop()),
        environment("strange", 1, "x99.huge"),
        environment("stopped", 0, "m5.large"),
    ]);
    // Memory of these was never reported.
    for name in ["b", "a"] {
        let environment = environment(name, 1, "t3.small");
        estate.series.push((
            environment.key(),
            series(
                &format!("i-{name}-0"),
                Metric::CpuPercent,
                vec![15.0; HOURS],
            ),
        ));
        estate.environments.push(environment);
    }
    let plan = estate.plan();
    let order = |note: &Note| (note.severity, note.code.clone(), note.subject.clone());
    assert!(
        plan.notes
            .windows(2)
            .all(|pair| order(&pair[0]) <= order(&pair[1]))
    );
    let flags: usize = plan
        .environments
        .iter()
        .filter_map(|environment| environment.planned())
        .map(|(_, sizing)| sizing.flags.len())
        .sum();
    let subjects = ["shop", "strange", "stopped", "a", "b"];
    let about_environments = plan
        .notes
        .iter()
        .filter(|note| subjects.contains(&note.subject.to_string().as_str()))
        .count();
    assert_eq!(
        (flags, about_environments),
        (
            2,
            2 + usize::try_from(plan.coverage.excluded + plan.coverage.unknown).expect("few")
        )
    );
    let assumed: Vec<_> = noted(&plan, "memory-assumed")
        .iter()
        .map(|note| note.subject.to_string())
        .collect();
    assert_eq!(assumed, ["a", "b"]);
}

#[test]
fn limits_that_no_node_could_hold_at_once_are_told() {
    // Two pods each on a cluster: requests of 2,048 MiB, limits of 8 GiB (see by_hand.rs), so 96 GiB of limits.
    let shops = || (0..6).map(|number| environment(&format!("shop-{number}"), 2, "m5.large"));
    let plan = Estate::of(shops().collect()).plan();
    let notes = noted(&plan, "memory-limits-over-nodes");
    assert_eq!(notes.len(), 2, "one for each cluster: {:?}", plan.notes);
    assert!(
        notes[0]
            .message
            .to_string()
            .starts_with("pods at their memory limits all at once would take 96 GiB of the "),
        "{}",
        notes[0].message
    );
    let strict = Estate::of(shops().collect()).plan_under("[sizing]\nshort_of_memory = 0.0\n");
    assert!(noted(&strict, "memory-limits-over-nodes").is_empty());
}
