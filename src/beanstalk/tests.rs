//! What settings and observations come to, whichever way they are spelled and whichever of them speaks.

use super::*;
use crate::sample::{self, Recipe};
use crate::snapshot::{self, Environment, Instance, LoadBalancer, OptionSetting};

fn set(namespace: &str, name: &str, value: &str) -> OptionSetting {
    OptionSetting {
        namespace: namespace.to_owned(),
        name: name.to_owned(),
        resource: None,
        value: Some(value.to_owned()),
        redacted: false,
    }
}

fn web(settings: Vec<OptionSetting>, balancers: Vec<LoadBalancer>) -> Environment {
    Environment {
        tier: "WebServer".to_owned(),
        option_settings: settings,
        load_balancers: balancers,
        ..Environment::default()
    }
}

fn seen(scheme: &str) -> LoadBalancer {
    LoadBalancer {
        kind: "application".to_owned(),
        name: "awseb-1".to_owned(),
        scheme: scheme.to_owned(),
        ..LoadBalancer::default()
    }
}

/// Options whose values are words of a list that Beanstalk documents.
const ENUMERATED: [&str; 14] = [
    "BatchSizeType",
    "DBDeletionPolicy",
    "DeploymentPolicy",
    "ELBScheme",
    "EnvironmentType",
    "InstanceProtocol",
    "IpAddressType",
    "ListenerProtocol",
    "LoadBalancerType",
    "MonitoringInterval",
    "Protocol",
    "RollingUpdateType",
    "RootVolumeType",
    "SystemType",
];

fn is_boolean(value: &str) -> bool {
    ["true", "false"].contains(&value.to_ascii_lowercase().as_str())
}

fn spellings(value: &str) -> [String; 5] {
    let mut title = value.to_ascii_lowercase();
    title[..1].make_ascii_uppercase();
    [
        value.to_ascii_uppercase(),
        value.to_ascii_lowercase(),
        title,
        format!(" {value}\t"),
        format!("'{value}'"),
    ]
}

#[test]
fn no_spelling_of_a_boolean_or_of_a_word_of_a_list_changes_what_is_read() {
    let recipe = Recipe {
        days: 1,
        ..Recipe::default()
    };
    let mut tried = 0;
    for (environment, _) in sample::environments(&recipe) {
        let as_written = EnvironmentReading::alone(&environment);
        for place in 0..environment.option_settings.len() {
            let setting = &environment.option_settings[place];
            let Some(value) = setting.value.clone().filter(|value| {
                is_boolean(value)
                    || (ENUMERATED.contains(&setting.name.as_str()) && !value.is_empty())
            }) else {
                continue;
            };
            for spelling in spellings(&value) {
                let mut other = environment.clone();
                other.option_settings[place].value = Some(spelling.clone());
                assert_eq!(
                    EnvironmentReading::alone(&other),
                    as_written,
                    "{}: {} {} = {spelling:?}",
                    environment.name,
                    setting.namespace,
                    setting.name
                );
                assert!(is_same_value(&spelling, &value), "{spelling:?}");
                tried += 1;
            }
        }
    }
    assert!(tried > 1_000, "the sample has such options: {tried}");
}

#[test]
fn who_reaches_an_app_is_the_narrower_of_what_is_set_and_what_was_seen() {
    let scheme = |value: &str| vec![set("aws:ec2:vpc", "ELBScheme", value)];
    let read = |settings, balancers| {
        let reading = EnvironmentReading::alone(&web(settings, balancers));
        let told: Vec<_> = reading
            .conflicts
            .iter()
            .map(|conflict| {
                (
                    conflict.set.clone(),
                    conflict.seen.clone(),
                    conflict.taken.clone(),
                )
            })
            .collect();
        (reading.reach.reach, reading.reach.evidence, told)
    };
    let disagree =
        |set: &str, seen: &str| vec![(set.to_owned(), seen.to_owned(), "internal".to_owned())];
    // Capitals are no disagreement.
    assert_eq!(
        read(scheme("Internal"), vec![seen("internal")]),
        (Reach::Internal, ReachEvidence::Seen, vec![])
    );
    assert_eq!(
        read(scheme("internal"), vec![seen("internet-facing")]),
        (
            Reach::Internal,
            ReachEvidence::Set,
            disagree("internal", "internet-facing")
        )
    );
    assert_eq!(
        read(scheme("public"), vec![seen("internal")]),
        (
            Reach::Internal,
            ReachEvidence::Seen,
            disagree("internet-facing", "internal")
        )
    );
    assert_eq!(
        read(vec![], vec![seen("internal")]),
        (Reach::Internal, ReachEvidence::Seen, vec![])
    );
    assert_eq!(
        read(scheme("internal"), vec![seen("")]),
        (Reach::Internal, ReachEvidence::Set, vec![])
    );
    assert_eq!(
        read(vec![], vec![]),
        (Reach::InternetFacing, ReachEvidence::Default, vec![])
    );
    let worker = Environment {
        tier: "Worker".to_owned(),
        ..web(vec![], vec![])
    };
    assert_eq!(EnvironmentReading::alone(&worker).reach.reach, Reach::None);
}

#[test]
fn everything_else_is_as_it_was_seen_and_the_settings_are_quoted() {
    let mut balancer = LoadBalancer {
        kind: "network".to_owned(),
        ..seen("")
    };
    balancer.listeners = vec![snapshot::Listener {
        port: 443,
        protocol: "TLS".to_owned(),
        certificates: Vec::new(),
    }];
    let mut environment = web(
        vec![
            set(
                "aws:elasticbeanstalk:environment",
                "LoadBalancerType",
                "application",
            ),
            set("aws:elbv2:listener:443", "Protocol", "HTTPS"),
            set("aws:ec2:vpc", "AssociatePublicIpAddress", "False"),
        ],
        vec![balancer],
    );
    environment.instances = vec![Instance {
        public_address: true,
        ..Instance::default()
    }];
    let reading = EnvironmentReading::alone(&environment);
    let entrance = reading.entrance().expect("it has a load balancer");
    assert_eq!(entrance.kind, BalancerKind::Network);
    assert_eq!(entrance.listeners[0].protocol, Protocol::Tls);
    assert_eq!(reading.public_addresses, PublicAddresses::Seen);
    let facts: Vec<Fact> = reading
        .conflicts
        .iter()
        .map(|conflict| conflict.fact)
        .collect();
    assert_eq!(
        facts,
        [
            Fact::BalancerKind,
            Fact::ListenerProtocol(443),
            Fact::PublicAddresses
        ]
    );
    assert!(
        reading
            .conflicts
            .iter()
            .all(|conflict| conflict.taken == conflict.seen && conflict.taken != conflict.set)
    );
}

#[test]
fn a_balancer_that_stands_is_no_single_instance() {
    let single = |balancers| {
        let reading = EnvironmentReading::alone(&web(
            vec![set(
                "aws:elasticbeanstalk:environment",
                "EnvironmentType",
                "singleinstance",
            )],
            balancers,
        ));
        (
            reading.network.is_single_instance,
            reading.public_addresses,
            reading.entrance().map(|one| one.origin),
        )
    };
    assert_eq!(
        single(vec![]),
        (
            true,
            PublicAddresses::SingleInstance,
            Some(BalancerOrigin::InstanceAddress)
        )
    );
    assert_eq!(
        single(vec![seen("internal")]),
        (false, PublicAddresses::None, Some(BalancerOrigin::Seen))
    );
}

#[test]
fn logs_are_streamed_whichever_way_the_switch_is_spelled() {
    let logs = "aws:elasticbeanstalk:cloudwatch:logs";
    let days = |stream: &str, keep: Option<&str>| {
        let mut settings = vec![set(logs, "StreamLogs", stream)];
        settings.extend(keep.map(|days| set(logs, "RetentionInDays", days)));
        EnvironmentReading::alone(&web(settings, vec![])).log_days
    };
    for on in ["true", "True", "TRUE", " true ", "'true'", "\"True\""] {
        assert_eq!(days(on, None), Some(7), "{on}: Beanstalk's default");
        assert_eq!(days(on, Some(" 30 ")), Some(30), "{on}");
    }
    for off in ["false", "False", "", "no", "0"] {
        assert_eq!(days(off, Some("30")), None, "{off}");
    }
    assert_eq!(
        days("true", Some("99999")),
        Some(3_653),
        "ten years at most"
    );
    assert_eq!(days("true", Some("soon")), Some(7));
}

#[test]
fn where_numbers_of_the_group_and_of_the_disk_disagree_what_was_seen_counts_and_it_is_told() {
    let mut made = web(
        vec![
            set("aws:autoscaling:asg", "MaxSize", "4"),
            set("aws:autoscaling:launchconfiguration", "RootVolumeSize", "8"),
            set(
                "aws:autoscaling:launchconfiguration",
                "MonitoringInterval",
                "5 Minute",
            ),
            set("aws:ec2:instances", "EnableSpot", "False"),
        ],
        vec![],
    );
    made.auto_scaling_group = Some(snapshot::AutoScalingGroup {
        name: "g".to_owned(),
        min: 1,
        max: 1,
        desired: 1,
    });
    made.root_volume_gib = Some(100);
    made.instances = vec![Instance {
        id: "i-1".to_owned(),
        instance_type: "t3.small".to_owned(),
        detailed_monitoring: true,
        spot: true,
        ..Instance::default()
    }];
    let reading = EnvironmentReading::alone(&made);
    assert!(reading.at_most_one && reading.monitoring.is_detailed && reading.spot.is_some());
    assert_eq!(reading.volumes.root_gib, Some(100));
    let told: Vec<(Fact, &str, &str)> = reading
        .conflicts
        .iter()
        .map(|one| (one.fact, one.set.as_str(), one.taken.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (Fact::RootVolume, "8", "100"),
            (Fact::Spot, "false", "true"),
            (Fact::DetailedMonitoring, "false", "true"),
            (Fact::MostInstances, "4", "1"),
        ]
    );
}
