//! In which order apps go, and what their manifests are told.

use super::{Estate, environment, of, staging, with_option, worker};
use crate::plan::{BillKey, Category, Plan, Priority};
use crate::snapshot::Environment;

const RDS: &str = "aws:rds:dbinstance";
const DEFAULT: &str = "aws:elasticbeanstalk:environment:process:default";

fn phase(plan: &Plan, label: &str) -> u32 {
    of(plan, label).manifests().expect("it moves").turn.phase
}

fn of_application(application: &str, environment: Environment) -> Environment {
    Environment {
        application: application.to_owned(),
        ..environment
    }
}

#[test]
fn small_and_free_goes_first_and_production_after_its_staging() {
    // A t3.small at 20 % would be at its baseline: in doubt, and no pilot.
    let small = |name: &str| environment(name, 2, "m5.large");
    let sticky = |environment| with_option(environment, DEFAULT, "StickinessEnabled", "true");
    let plan = Estate::of(vec![
        staging(small("s1")),
        staging(small("s2")),
        staging(small("s3")),
        staging(environment("s4", 2, "m5.2xlarge")),
        small("free-small"),
        environment("free-large", 2, "m5.2xlarge"),
        with_option(small("with-database"), RDS, "HasCoupledDatabase", "true"),
        sticky(small("sticky")),
        staging(sticky(of_application("pair", small("pair-stg")))),
        of_application("pair", small("pair-prod")),
        with_option(
            small("calls-out"),
            "aws:ec2:vpc",
            "AssociatePublicIpAddress",
            "true",
        ),
    ])
    .plan();
    assert_eq!(
        ["s1", "s2", "s3", "s4"].map(|label| phase(&plan, label)),
        [1, 1, 1, 2]
    );
    assert_eq!(
        ["free-small", "free-large", "calls-out"].map(|label| phase(&plan, label)),
        [3, 4, 3]
    );
    assert_eq!(
        ["with-database", "sticky", "pair-stg"].map(|label| phase(&plan, label)),
        [5, 6, 6]
    );
    let turn = &of(&plan, "pair-prod").manifests().expect("it moves").turn;
    assert_eq!(
        (turn.phase, turn.because.to_string().as_str()),
        (6, "after its staging environment pair-stg")
    );
    let counts: Vec<u32> = plan.phases.iter().map(|phase| phase.environments).collect();
    assert_eq!(counts.iter().sum::<u32>(), plan.coverage.planned);
}

#[test]
fn a_phase_takes_as_many_waves_as_its_apps_and_each_app_knows_its_own() {
    let apps: Vec<_> = (0..5)
        .map(|number| staging(environment(&format!("s{number}"), 2, "m5.large")))
        .collect();
    let plan = Estate::of(apps).plan_under("[migration]\napps_per_wave = 2\n");
    // Three pilots go in two waves, then two others in one.
    assert_eq!(
        plan.phases
            .iter()
            .map(|phase| phase.waves)
            .collect::<Vec<_>>(),
        [Some((1, 2)), Some((3, 3)), None, None, None, None]
    );
    for environment in &plan.environments {
        let wave = plan.wave_of(environment).expect("it moves");
        let (first, last) = plan.phases[phase(&plan, &environment.label) as usize - 1]
            .waves
            .expect("somebody goes in it");
        assert!((first..=last).contains(&wave), "{}", environment.label);
    }
}

#[test]
fn a_zone_that_must_survive_makes_two_of_them_a_condition() {
    let apps = || {
        vec![
            environment("a", 4, "t3.small"),
            staging(environment("b", 4, "t3.small")),
        ]
    };
    let domains = |plan: &Plan, label: &str| {
        of(plan, label)
            .manifests()
            .expect("it moves")
            .zone_spread
            .min_domains
    };
    let soft = Estate::of(apps()).plan();
    assert_eq!((domains(&soft, "a"), domains(&soft, "b")), (None, None));
    let hard =
        Estate::of(apps()).plan_under("[topology]\nsurvive = [\"node\", \"zone\", \"cluster\"]\n");
    assert_eq!((domains(&hard, "a"), domains(&hard, "b")), (Some(2), None));
}

#[test]
fn a_workers_daemon_takes_its_share_of_the_pod() {
    let queue = "https://sqs.ap-northeast-1.amazonaws.com/111122223333/mail";
    let plan = Estate::of(vec![with_option(
        worker(environment("w", 2, "t3.medium")),
        "aws:elasticbeanstalk:sqsd",
        "WorkerQueueURL",
        queue,
    )])
    .plan();
    let (environment, (_, sizing)) = (of(&plan, "w"), of(&plan, "w").planned().expect("it moves"));
    let manifests = environment.manifests().expect("it moves");
    let sidecar = manifests.sidecar.expect("its queue is known");
    assert_eq!(manifests.container + sidecar, sizing.requests);
    assert_eq!(
        manifests.container_memory_limit + sidecar.memory,
        sizing.limits.memory_bytes
    );
}

#[test]
fn shared_load_balancers_are_those_of_the_bill() {
    let apps = (0..7)
        .map(|number| environment(&format!("app-{number}"), 2, "t3.small"))
        .collect();
    let plan = Estate::of(apps).plan_under("[load_balancers]\napps_per_load_balancer = 3\n");
    let names: Vec<(&str, u32)> = plan
        .ingress_groups
        .iter()
        .map(|group| (group.name.as_str(), group.apps))
        .collect();
    assert_eq!(
        names,
        [
            ("production-internet-facing-1", 3),
            ("production-internet-facing-2", 3),
            ("production-internet-facing-3", 1)
        ]
    );
    let after = plan.bill(BillKey::AFTER).expect("a bill");
    let billed: Vec<String> = after
        .lines
        .iter()
        .filter(|line| line.category == Category::LoadBalancers)
        .map(|line| line.quantity.to_string())
        .collect();
    // Three on each of two clusters, for 730 hours.
    assert_eq!(billed, ["2190", "2190"]);
}

#[test]
fn a_pod_of_more_than_a_quarter_of_a_node_is_large() {
    let mut estate = Estate::of(vec![environment("small", 2, "t3.small")]);
    estate.add(environment("large", 2, "m5.2xlarge"), 80.0, 25.0);
    let plan = estate.plan();
    let priority = |label: &str| of(&plan, label).manifests().expect("it moves").priority;
    assert_eq!(
        (priority("small"), priority("large")),
        (Priority::Production, Priority::ProductionLarge)
    );
}
