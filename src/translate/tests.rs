//! Whole environments: what their settings come to.

use super::*;
use crate::beanstalk::{PlatformKind, ScheduleWindow, Scheme, VariableSource};
use crate::policy;
use crate::snapshot::{Instance, LoadBalancer, OptionSetting};

pub(super) fn environment(
    tier: &str,
    platform: &str,
    settings: &[(&str, &str, &str)],
) -> Environment {
    let setting = |&(namespace, name, value): &(&str, &str, &str)| {
        let (namespace, resource) = namespace
            .split_once('@')
            .map_or((namespace, None), |(namespace, resource)| {
                (namespace, Some(resource.to_owned()))
            });
        OptionSetting {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            resource,
            value: Some(value.to_owned()),
            redacted: false,
        }
    };
    Environment {
        name: "app-prod".to_owned(),
        tier: tier.to_owned(),
        platform: platform.to_owned(),
        instances: vec![Instance {
            id: "i-1".to_owned(),
            ..Instance::default()
        }],
        option_settings: settings.iter().map(setting).collect(),
        ..Environment::default()
    }
}

fn translated(environments: &[&Environment]) -> Translation {
    let policy = policy::defaults().expect("the shipped policy");
    let readings: Vec<EnvironmentReading> = environments
        .iter()
        .map(|environment| EnvironmentReading::alone(environment))
        .collect();
    let both: Vec<EnvironmentToTranslate<'_>> =
        environments.iter().copied().zip(&readings).collect();
    let moment = "2026-11-28T00:00:00Z".parse().expect("a moment");
    translate(&both, moment, &policy)
}

pub(super) fn of(environment: &Environment) -> TranslatedEnvironment {
    translated(&[environment])
        .environments
        .remove(&environment.key())
        .expect("it is translated")
}

const GO: &str = "64bit Amazon Linux 2023 v4.6.3 running Go 1";
const COMMAND: &str = "aws:elasticbeanstalk:command";
const DEFAULT: &str = "aws:elasticbeanstalk:environment:process:default";

#[test]
fn each_documented_option_has_a_verdict() {
    let mut documented =
        csv::Reader::from_reader(include_str!("documented_options.csv").as_bytes());
    let mut count = 0;
    for row in documented.deserialize::<(String, String)>() {
        let (namespace, option) = row.expect("a namespace and an option");
        let found = OptionTable::embedded().find(&namespace, &option);
        assert!(
            found.is_some_and(|rule| rule.verdict != Verdict::Unknown),
            "{namespace} {option}"
        );
        count += 1;
    }
    assert_eq!(count, 196);
}

#[test]
fn a_real_answer_of_the_service_has_nothing_unknown() {
    let answer: serde_json::Value = serde_json::from_str(include_str!(
        "../../tests/recordings/describe-configuration-settings.json"
    ))
    .expect("JSON");
    let text = |setting: &serde_json::Value, key: &str| setting[key].as_str().map(str::to_owned);
    let settings = answer["ConfigurationSettings"][0]["OptionSettings"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|setting| OptionSetting {
            namespace: text(setting, "Namespace").expect("a namespace"),
            name: text(setting, "OptionName").expect("a name"),
            resource: text(setting, "ResourceName"),
            value: text(setting, "Value"),
            redacted: false,
        });
    let recorded = Environment {
        option_settings: settings.collect(),
        ..environment(
            "WebServer",
            "64bit Amazon Linux 2023 v4.7.1 running Python 3.11",
            &[],
        )
    };
    let translation = translated(&[&recorded]);
    assert_eq!(translation.coverage[&Verdict::Unknown].all(), 0);
    assert_eq!(
        translation.environments[&recorded.key()].settings.count(),
        recorded.option_settings.len(),
        "none is lost"
    );
    let all: u32 = translation.coverage.values().map(|count| count.all()).sum();
    assert_eq!(all as usize, recorded.option_settings.len());
    // Values that nobody changed are told from those that somebody did.
    let set: Vec<&str> = translation.environments[&recorded.key()]
        .settings
        .set
        .keys()
        .map(|&number| translation.options[number as usize].name.as_str())
        .collect();
    assert!(
        set.contains(&"IamInstanceProfile")
            && !set.contains(&"UpperThreshold")
            && !set.contains(&"Cooldown"),
        "{set:?}"
    );
}

#[test]
fn what_the_table_does_not_know_is_unknown_and_kept() {
    let strange = environment(
        "WebServer",
        GO,
        &[
            ("aws:new:thing", "Option", "1"),
            ("{{ x }}", "\u{1f680}", "a: b"),
        ],
    );
    let translation = translated(&[&strange]);
    assert_eq!(
        translation.coverage[&Verdict::Unknown],
        VerdictCount {
            set: 2,
            ..VerdictCount::default()
        }
    );
    assert_eq!(
        translation
            .options
            .iter()
            .map(|option| option.name.as_str())
            .collect::<Vec<_>>(),
        ["Option", "\u{1f680}"]
    );
}

#[test]
fn redacted_values_are_redacted_and_names_stay() {
    let mut app = environment("WebServer", GO, &[]);
    for name in ["LOG_LEVEL", "DATABASE_PASSWORD", "A B"] {
        let namespace = "aws:elasticbeanstalk:application:environment".to_owned();
        app.option_settings.push(OptionSetting {
            namespace,
            name: name.to_owned(),
            resource: None,
            value: None,
            redacted: true,
        });
    }
    let translated = of(&app);
    assert_eq!(translated.settings.redacted.len(), 3);
    let sources: Vec<_> = translated
        .intents
        .variables
        .iter()
        .map(|variable| (variable.name.as_str(), &variable.source))
        .collect();
    assert_eq!(
        sources,
        [
            ("DATABASE_PASSWORD", &VariableSource::Secret),
            ("LOG_LEVEL", &VariableSource::Setting)
        ]
    );
    assert_eq!(translated.intents.unusable_variables, ["A B"]);
}

#[test]
fn deployment_policies_become_rolling_updates_within_the_planned_surge() {
    let rollout = |settings: &[(&str, &str, &str)]| {
        let rollout = of(&environment("WebServer", GO, settings)).intents.rollout;
        (
            rollout.max_surge.to_string(),
            rollout.max_unavailable.to_string(),
        )
    };
    let pair = |surge: &str, unavailable: &str| (surge.to_owned(), unavailable.to_owned());
    let policy = |name| (COMMAND, "DeploymentPolicy", name);
    assert_eq!(rollout(&[]), pair("25%", "0"));
    assert_eq!(
        rollout(&[policy("Rolling"), (COMMAND, "BatchSize", "30")]),
        pair("0", "30%")
    );
    assert_eq!(
        rollout(&[policy("Rolling")]),
        pair("0", "50%"),
        "never all at once"
    );
    assert_eq!(
        rollout(&[
            policy("Rolling"),
            (COMMAND, "BatchSizeType", "Fixed"),
            (COMMAND, "BatchSize", "2")
        ]),
        pair("0", "2")
    );
    assert_eq!(
        rollout(&[
            policy("RollingWithAdditionalBatch"),
            (COMMAND, "BatchSize", "10")
        ]),
        pair("10%", "0")
    );
    assert_eq!(
        rollout(&[
            policy("RollingWithAdditionalBatch"),
            (COMMAND, "BatchSize", "50")
        ]),
        pair("25%", "0"),
        "more has no room"
    );
    assert_eq!(rollout(&[policy("Immutable")]), pair("25%", "0"));
}

#[test]
fn a_pod_serves_until_no_balancer_sends_to_it() {
    let stop = |delay| {
        of(&environment(
            "WebServer",
            GO,
            &[(DEFAULT, "DeregistrationDelay", delay)],
        ))
        .intents
        .stop
    };
    assert_eq!(
        stop("20"),
        PodShutdown {
            pre_stop_seconds: 25,
            grace_seconds: 55
        }
    );
    assert_eq!(
        stop("300"),
        PodShutdown {
            pre_stop_seconds: 305,
            grace_seconds: 335
        }
    );
    assert_eq!(
        stop("soon"),
        PodShutdown {
            pre_stop_seconds: 25,
            grace_seconds: 55
        },
        "Beanstalk's default"
    );
    let late = of(&environment(
        "WebServer",
        GO,
        &[(DEFAULT, "DeregistrationDelay", "3600")],
    ))
    .intents;
    assert!(late.rollout.progress_deadline_seconds > late.stop.grace_seconds);
}

#[test]
fn classic_and_new_load_balancers_come_to_the_same_entrance() {
    let certificate = "arn:aws:acm:ap-northeast-1:111122223333:certificate/1";
    let new = environment(
        "WebServer",
        GO,
        &[
            (
                "aws:elasticbeanstalk:environment",
                "LoadBalancerType",
                "application",
            ),
            ("aws:elbv2:listener:443", "Protocol", "HTTPS"),
            ("aws:elbv2:listener:443", "SSLCertificateArns", certificate),
            ("aws:elbv2:loadbalancer", "IdleTimeout", "120"),
            (DEFAULT, "HealthCheckPath", "/health"),
        ],
    );
    let classic = environment(
        "WebServer",
        GO,
        &[
            (
                "aws:elasticbeanstalk:environment",
                "LoadBalancerType",
                "classic",
            ),
            ("aws:elb:listener:443", "ListenerProtocol", "HTTPS"),
            ("aws:elb:listener:443", "SSLCertificateId", certificate),
            ("aws:elb:policies", "ConnectionSettingIdleTimeout", "120"),
            (
                "aws:elasticbeanstalk:application",
                "Application Healthcheck URL",
                "HTTP:80/health",
            ),
        ],
    );
    for app in [&new, &classic] {
        let intents = of(app).intents;
        let entrance = intents.entrance.expect("an entrance");
        assert_eq!(
            entrance.listeners,
            [Listener {
                port: 443,
                tls: true,
                certificates: vec![certificate.to_owned()],
                tls_policy: None,
                default_process: "default".to_owned(),
                routes: Vec::new(),
            }]
        );
        assert_eq!(
            (entrance.kind, entrance.scheme, entrance.idle_seconds),
            (EntranceKind::Application, Scheme::InternetFacing, 120)
        );
        assert_eq!(
            intents.processes["default"].health.path.as_deref(),
            Some("/health")
        );
        assert_eq!(
            intents.processes["default"].port, 5000,
            "Go listens behind the proxy"
        );
    }
}

#[test]
fn rules_keep_hosts_paths_and_order_and_nothing_that_is_no_host() {
    let intents = of(&environment(
        "WebServer",
        GO,
        &[
            (
                "aws:elasticbeanstalk:environment:process:api",
                "Port",
                "9000",
            ),
            ("aws:elbv2:listenerrule:b", "PathPatterns", "/api/*,no path"),
            ("aws:elbv2:listenerrule:b", "Process", "api"),
            ("aws:elbv2:listenerrule:b", "Priority", "1"),
            (
                "aws:elbv2:listenerrule:a",
                "HostHeaders",
                "www.example.com,{{evil}}",
            ),
            ("aws:elbv2:listenerrule:a", "Priority", "2"),
            ("aws:elbv2:listenerrule:c", "HostHeaders", "a\nb"),
            ("aws:elbv2:listenerrule:c", "PathPatterns", "/admin/*"),
            ("aws:elbv2:listener:default", "Rules", "a,b,c"),
        ],
    ))
    .intents;
    let route = |priority, hosts: &[&str], paths: &[&str], process: &str| {
        let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        Route {
            priority,
            hosts: owned(hosts),
            paths: owned(paths),
            process: process.to_owned(),
        }
    };
    assert_eq!(
        intents.entrance.as_ref().expect("an entrance").listeners[0].routes,
        [
            route(1, &[], &["/api/*"], "api"),
            route(2, &["www.example.com"], &[], "default")
        ]
    );
    assert_eq!(intents.processes["api"].port, 9000);
    // Without its host the rule for /admin would be for all of them.
    let left = &intents.entrance.expect("an entrance").rules_left_out;
    assert!(left.iter().any(|rule| rule.starts_with("c: ")), "{left:?}");
}

#[test]
fn a_workers_queue_comes_with_its_daemons_settings() {
    let sqsd = "aws:elasticbeanstalk:sqsd";
    let made =
        "https://sqs.ap-northeast-1.amazonaws.com/111122223333/awseb-e-x-stack-AWSEBWorkerQueue-Y";
    let intents = of(&environment(
        "Worker",
        GO,
        &[
            (sqsd, "WorkerQueueURL", made),
            (sqsd, "HttpConnections", "10"),
            (sqsd, "InactivityTimeout", "600"),
        ],
    ));
    let worker = intents.intents.worker.clone().expect("a worker");
    assert_eq!(
        (
            worker.queue_url.as_deref(),
            worker.is_queue_beanstalks,
            worker.connections,
            worker.http_path.as_str()
        ),
        (Some(made), true, 10, "/")
    );
    assert_eq!(
        intents.intents.stop,
        PodShutdown {
            pre_stop_seconds: 0,
            grace_seconds: 630
        }
    );
    assert_eq!(
        (intents.intents.entrance, intents.blockers[0].code.as_str()),
        (None, "beanstalk-queue")
    );
    let own = environment(
        "Worker",
        GO,
        &[(
            sqsd,
            "WorkerQueueURL",
            "https://sqs.ap-northeast-1.amazonaws.com/111122223333/mail",
        )],
    );
    assert_eq!(of(&own).blockers, []);
}

#[test]
fn two_actions_that_raise_and_lower_are_a_window() {
    let action = |name: &'static str, recurrence: &'static str, min: &'static str| {
        let namespace: &'static str = if name == "up" {
            "aws:autoscaling:scheduledaction@up"
        } else {
            "aws:autoscaling:scheduledaction@down"
        };
        [
            (namespace, "Recurrence", recurrence),
            (namespace, "MinSize", min),
        ]
    };
    let pair = environment(
        "WebServer",
        GO,
        &[
            action("up", "0 8 * * 1-5", "6"),
            action("down", "0 20 * * 1-5", "2"),
        ]
        .concat(),
    );
    let translated = of(&pair);
    assert_eq!(
        translated.intents.window,
        Some(ScheduleWindow {
            start: "0 8 * * 1-5".to_owned(),
            end: "0 20 * * 1-5".to_owned(),
            instances: 6
        })
    );
    assert_eq!(translated.blockers, []);
    let alone = of(&environment(
        "WebServer",
        GO,
        &action("up", "0 8 * * 1-5", "6"),
    ));
    assert_eq!(
        (alone.intents.window, alone.blockers[0].code.as_str()),
        (None, "scheduled-actions")
    );
}

#[test]
fn a_coupled_database_that_would_be_deleted_is_said_loudest() {
    let rds = "aws:rds:dbinstance";
    let of_policy = |policy| {
        of(&environment(
            "WebServer",
            GO,
            &[
                (rds, "HasCoupledDatabase", "true"),
                (rds, "DBDeletionPolicy", policy),
            ],
        ))
        .blockers
        .remove(0)
    };
    assert!(
        of_policy("Delete")
            .what
            .to_string()
            .contains("DELETES THE DATABASE")
    );
    assert!(
        of_policy("")
            .what
            .to_string()
            .contains("DELETES THE DATABASE"),
        "nothing said is Beanstalk's default"
    );
    assert!(
        of_policy("Retain")
            .what
            .to_string()
            .contains("would be kept")
    );
    assert_eq!(
        (of_policy("Snapshot").owner, of_policy("Snapshot").effort),
        (Owner::DatabaseTeam, Effort::Days)
    );
    assert_eq!(
        of(&environment(
            "WebServer",
            GO,
            &[(rds, "HasCoupledDatabase", "false")]
        ))
        .blockers,
        []
    );
}

#[test]
fn an_image_is_custom_where_others_of_the_platform_agree_on_another() {
    const LAUNCH: &str = "aws:autoscaling:launchconfiguration";
    let with = |id: &str, image| Environment {
        id: id.to_owned(),
        ..environment("WebServer", GO, &[(LAUNCH, "ImageId", image)])
    };
    let (one, other, own) = (
        with("e-1", "ami-1"),
        with("e-2", "ami-1"),
        with("e-3", "ami-2"),
    );
    let translation = translated(&[&one, &other, &own]);
    let codes: Vec<Vec<&str>> = translation
        .environments
        .values()
        .map(|it| {
            it.blockers
                .iter()
                .map(|blocker| blocker.code.as_str())
                .collect()
        })
        .collect();
    assert_eq!(codes, [vec![], vec![], vec!["custom-image"]]);
    assert_eq!(translation.coverage[&Verdict::Dropped].set, 2);
    assert_eq!(translation.coverage[&Verdict::Manual].set, 1);
}

#[test]
fn other_blockers_have_an_owner() {
    let codes = |environment: &Environment| {
        of(environment)
            .blockers
            .into_iter()
            .map(|blocker| blocker.code)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        codes(&environment(
            "WebServer",
            GO,
            &[(
                "aws:elasticbeanstalk:environment",
                "EnvironmentType",
                "SingleInstance"
            )]
        )),
        ["fixed-address"]
    );
    assert_eq!(
        codes(&environment(
            "WebServer",
            GO,
            &[("aws:ec2:vpc", "AssociatePublicIpAddress", "true")]
        )),
        ["outbound-address"]
    );
    assert_eq!(
        codes(&environment(
            "WebServer",
            GO,
            &[(DEFAULT, "StickinessEnabled", "'true'")]
        )),
        ["sticky-sessions"]
    );
    assert_eq!(
        codes(&environment(
            "WebServer",
            GO,
            &[("aws:elasticbeanstalk:customoption", "X", "1")]
        )),
        ["extensions"]
    );
    assert_eq!(
        codes(&environment(
            "WebServer",
            GO,
            &[(
                "aws:autoscaling:launchconfiguration",
                "BlockDeviceMappings",
                "/dev/sdb=:100"
            )]
        )),
        ["volumes"]
    );
    let windows = environment(
        "WebServer",
        "64bit Windows Server 2022 v2.19.2 running IIS 10.0",
        &[(
            "aws:elasticbeanstalk:windows:activedirectory",
            "DirectoryId",
            "d-1",
        )],
    );
    assert_eq!(codes(&windows), ["windows", "active-directory"]);
    let mut network = environment("WebServer", GO, &[]);
    network.load_balancers = vec![LoadBalancer {
        kind: "network".to_owned(),
        name: "n".to_owned(),
        ..LoadBalancer::default()
    }];
    assert_eq!(codes(&network), ["network-load-balancer"]);
}

#[test]
fn platforms_are_read_from_their_names() {
    let runtime = |platform| {
        let runtime = of(&environment("WebServer", platform, &[])).intents.runtime;
        (runtime.kind, runtime.version, runtime.port)
    };
    assert_eq!(
        runtime("64bit Amazon Linux 2023 v4.7.1 running Python 3.11"),
        (PlatformKind::Python, "3.11".to_owned(), 8000)
    );
    assert_eq!(
        runtime("64bit Amazon Linux 2023 v6.8.0 running Node.js 22"),
        (PlatformKind::Nodejs, "22".to_owned(), 8080)
    );
    assert_eq!(
        runtime("64bit Windows Server 2022 v2.19.2 running IIS 10.0"),
        (PlatformKind::Iis, "2022".to_owned(), 80)
    );
    assert_eq!(
        runtime("arn:aws:elasticbeanstalk:us-east-1::platform/Python 3.11 running on 64bit Amazon Linux 2023/4.7.1").0,
        PlatformKind::Python
    );
    assert_eq!(
        runtime("{{ evil }}"),
        (PlatformKind::Other, String::new(), 80)
    );
}

#[test]
fn java_options_hold_sizes_and_no_properties() {
    const JVM: &str = "aws:elasticbeanstalk:container:tomcat:jvmoptions";
    let options = |settings: &[(&str, &str, &str)]| {
        of(&environment("WebServer", GO, settings))
            .intents
            .runtime
            .java_options
    };
    assert_eq!(
        options(&[
            (JVM, "Xmx", "2048m"),
            (JVM, "Xms", "512m"),
            (
                JVM,
                "JVM Options",
                "-XX:MaxMetaspaceSize=256m -Ddb.password=x"
            )
        ])
        .as_deref(),
        Some("-Xms512m -Xmx2048m -XX:MaxMetaspaceSize=256m")
    );
    assert_eq!(options(&[(JVM, "Xmx", "2g -Dx=y")]), None);
}
