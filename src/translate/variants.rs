//! Variants of the kinds that cases from other people's estates stand for.

use super::tests::{environment, of};
use super::*;
use crate::snapshot::{AutoScalingGroup, Instance, LoadBalancer};

const DOCKER: &str = "64bit Amazon Linux 2023 v4.9.2 running Docker";
const PYTHON: &str = "64bit Amazon Linux 2023 v4.7.1 running Python 3.11";
const KIND: &str = "aws:elasticbeanstalk:environment";

fn web(settings: &[(&str, &str, &str)]) -> Translated {
    of(&environment("WebServer", DOCKER, settings))
}

fn codes(translated: &Translated) -> Vec<&str> {
    translated
        .blockers
        .iter()
        .map(|blocker| blocker.code.as_str())
        .collect()
}

fn entrance(translated: &Translated) -> &Entrance {
    translated.intents.entrance.as_ref().expect("an entrance")
}

#[test]
fn the_main_process_is_that_of_the_lowest_port_and_unused_ones_are_no_ports() {
    let process = |name: &'static str| match name {
        "web" => "aws:elasticbeanstalk:environment:process:web",
        _ => "aws:elasticbeanstalk:environment:process:spare",
    };
    let app = of(&environment(
        "WebServer",
        PYTHON,
        &[
            ("aws:elbv2:listener:default", "DefaultProcess", "web"),
            ("aws:elbv2:listener:8443", "DefaultProcess", "default"),
            (process("web"), "Port", "80"),
            (process("spare"), "Port", "9999"),
        ],
    ));
    assert_eq!(app.intents.main_process, "web");
    let ports: Vec<u16> = app.intents.processes.values().map(|it| it.port).collect();
    assert_eq!(
        ports,
        [8000, 8000],
        "both behind the proxy; spare is nobody's"
    );
    // Where a listener names a process that is not there, Beanstalk's default takes its place.
    let missing = web(&[("aws:elbv2:listener:80", "DefaultProcess", "gone")]);
    assert_eq!(missing.intents.main_process, "default");
}

#[test]
fn rules_of_two_listeners_stay_apart_and_one_that_would_open_is_left_out() {
    let app = web(&[
        ("aws:elbv2:listener:80", "Rules", "public"),
        ("aws:elbv2:listener:8080", "Rules", "public,admin,ghost"),
        ("aws:elbv2:listenerrule:public", "PathPatterns", "/api/*"),
        (
            "aws:elbv2:listenerrule:admin",
            "HostHeaders",
            "www.*.example.com",
        ),
        ("aws:elbv2:listenerrule:admin", "PathPatterns", "/admin/*"),
        ("aws:elbv2:listenerrule:nobody", "PathPatterns", "/old/*"),
    ]);
    let entrance = entrance(&app);
    let paths: Vec<Vec<&str>> = entrance
        .listeners
        .iter()
        .map(|listener| {
            let paths = listener.routes.iter().flat_map(|route| &route.paths);
            paths.map(String::as_str).collect()
        })
        .collect();
    assert_eq!(
        paths,
        [["/api/*"], ["/api/*"]],
        "/admin/* for every host would be more than today"
    );
    assert_eq!(entrance.rules_left_out, ["admin: www.*.example.com"]);
    assert_eq!(entrance.rules_unused, ["nobody", "ghost"]);
    assert_eq!(codes(&app), ["listener-rules", "unused-rules"]);
}

#[test]
fn each_instance_port_of_a_classic_load_balancer_is_a_process() {
    let classic = (KIND, "LoadBalancerType", "classic");
    let app = web(&[
        classic,
        ("aws:elb:listener:80", "InstancePort", "8080"),
        ("aws:elb:listener:9000", "InstancePort", "9000"),
        ("aws:elb:healthcheck", "Target", "HTTP:9000/deep"),
        ("aws:elb:policies:cookie", "CookieName", "SID"),
        ("aws:elb:policies:cookie", "LoadBalancerPorts", "9000"),
    ]);
    let processes = &app.intents.processes;
    let of_port = |port: u16| {
        processes
            .values()
            .find(|it| it.port == port)
            .expect("a process")
    };
    assert_eq!(of_port(9000).health.path.as_deref(), Some("/deep"));
    assert_eq!(
        of_port(8080).health.path,
        None,
        "the check is for the other port"
    );
    let cookie = |port: u16| {
        of_port(port)
            .stickiness
            .as_ref()
            .and_then(|it| it.app_cookie.clone())
    };
    assert_eq!((cookie(9000).as_deref(), cookie(8080)), (Some("SID"), None));
    // A policy of classic load balancers alone is named, not carried.
    let old = web(&[
        classic,
        ("aws:elb:listener:443", "ListenerProtocol", "https"),
        (
            "aws:elb:policies:old",
            "SSLReferencePolicy",
            "ELBSecurityPolicy-2014-01",
        ),
        ("aws:elb:policies:old", "LoadBalancerPorts", ":all"),
    ]);
    assert_eq!(entrance(&old).listeners[0].tls_policy, None);
    assert_eq!(codes(&old), ["tls-policy"]);
}

#[test]
fn bytes_beside_http_are_left_out_by_name_and_bytes_alone_get_a_network_load_balancer() {
    let classic = (KIND, "LoadBalancerType", "classic");
    let mixed = web(&[
        classic,
        ("aws:elb:listener:80", "ListenerProtocol", "HTTP"),
        ("aws:elb:listener:2222", "ListenerProtocol", "TCP"),
        ("aws:elb:listener:2222", "InstancePort", "22"),
    ]);
    assert_eq!(entrance(&mixed).kind, EntranceKind::Application);
    assert_eq!(entrance(&mixed).ports_left_out, [2222]);
    assert_eq!(codes(&mixed), ["layer-4"]);
    let bytes = web(&[
        classic,
        ("aws:elb:listener:6379", "ListenerProtocol", "tcp"),
        ("aws:elb:listener:6379", "InstancePort", "6379"),
    ]);
    assert_eq!(entrance(&bytes).kind, EntranceKind::Network);
    assert_eq!(
        bytes.intents.main().map(|it| (it.port, it.tcp)),
        Some((6379, true))
    );
    assert_eq!(codes(&bytes), ["layer-4"]);
}

#[test]
fn tls_to_the_instance_is_one_story() {
    let process = "aws:elasticbeanstalk:environment:process:default";
    let app = of(&environment(
        "WebServer",
        PYTHON,
        &[(process, "Port", "443"), (process, "Protocol", "https")],
    ));
    let main = app.intents.main().expect("a process");
    let runtime = &app.intents.runtime;
    assert_eq!((main.port, main.tls), (8443, true));
    assert_eq!((runtime.port, runtime.tls), (8443, true));
    assert!(
        runtime.start.contains("--bind :8443 --certfile"),
        "{}",
        runtime.start
    );
    assert_eq!(codes(&app), ["tls-to-the-app"]);
    // An image of the team's own keeps the port that it listens on.
    let own = web(&[(process, "Port", "443"), (process, "Protocol", "HTTPS")]);
    assert_eq!(own.intents.main().map(|it| it.port), Some(443));
}

#[test]
fn what_is_over_counts_no_more_and_what_is_to_come_does() {
    let up = "aws:autoscaling:scheduledaction@up";
    let down = "aws:autoscaling:scheduledaction@down";
    let pair = |more: &[(&'static str, &'static str, &'static str)]| {
        let both = [
            (up, "Recurrence", "0 8 * * *"),
            (up, "MinSize", "6"),
            (down, "Recurrence", "0 20 * * *"),
            (down, "MinSize", "2"),
        ];
        web(&[&both[..], more].concat())
    };
    // The facts of these tests are of 2026-11-28.
    assert!(
        pair(&[(up, "EndTime", "2027-01-01T00:00:00Z")])
            .intents
            .window
            .is_some()
    );
    let over = pair(&[(up, "EndTime", "2026-11-01T00:00:00Z")]);
    assert_eq!(over.intents.window, None);
    assert_eq!(over.intents.schedules_over, ["up"]);
    let once = |start| web(&[(up, "MinSize", "6"), (up, "StartTime", start)]);
    assert_eq!(codes(&once("2026-12-24T00:00:00Z")), ["scheduled-actions"]);
    assert_eq!(codes(&once("2026-01-24T00:00:00Z")), [""; 0]);
    let night = pair(&[(down, "MaxSize", "0")]);
    assert_eq!(
        (
            &night.intents.window,
            codes(&night).contains(&"scheduled-to-zero")
        ),
        (&None, true)
    );
}

#[test]
fn a_database_is_asked_about_by_any_of_its_settings_and_let_be_where_it_is_said_to_be_apart() {
    let rds = "aws:rds:dbinstance";
    for name in ["DBEngine", "DBInstanceClass", "DBSnapshotIdentifier"] {
        assert_eq!(
            codes(&web(&[(rds, name, "x")])),
            ["coupled-database"],
            "{name}"
        );
    }
    let apart = web(&[
        (rds, "DBEngine", "mysql"),
        (rds, "HasCoupledDatabase", "'False'"),
    ]);
    assert_eq!(codes(&apart), [""; 0]);
    assert_eq!(
        codes(&web(&[(rds, "MultiAZDatabase", "false")])),
        [""; 0],
        "a default alone is none"
    );
}

#[test]
fn one_instance_at_most_is_asked_about_whoever_says_so() {
    let mut seen = environment(
        "WebServer",
        DOCKER,
        &[("aws:autoscaling:asg", "MaxSize", "4")],
    );
    let group = |max| AutoScalingGroup {
        name: "g".to_owned(),
        min: 1,
        max,
        desired: 1,
    };
    seen.auto_scaling_group = Some(group(1));
    assert_eq!(codes(&of(&seen)), ["at-most-one"], "what was seen counts");
    seen.auto_scaling_group = Some(group(2));
    assert_eq!(codes(&of(&seen)), [""; 0]);
    assert_eq!(
        codes(&web(&[("aws:autoscaling:asg", "MaxSize", "1")])),
        ["at-most-one"]
    );
}

#[test]
fn accelerators_are_named_by_what_runs_and_by_what_is_set() {
    let mut runs = environment("WebServer", DOCKER, &[]);
    runs.instances = vec![Instance {
        id: "i-1".to_owned(),
        instance_type: "inf2.xlarge".to_owned(),
        ..Instance::default()
    }];
    assert_eq!(codes(&of(&runs)), ["accelerator"]);
    let set = web(&[("aws:ec2:instances", "InstanceTypes", "m5.large, g5.xlarge")]);
    assert_eq!(codes(&set), ["accelerator"]);
}

#[test]
fn a_queue_elsewhere_keeps_its_region_and_names_its_account() {
    let worker = |url| {
        let setting = ("aws:elasticbeanstalk:sqsd", "WorkerQueueURL", url);
        let mut app = environment("Worker", DOCKER, &[setting]);
        app.account = "111122223333".to_owned();
        of(&app)
    };
    let foreign = worker("https://sqs.us-west-2.amazonaws.com/999988887777/mail");
    let queue = foreign.intents.worker.as_ref().expect("a worker");
    assert_eq!(queue.queue_region.as_deref(), Some("us-west-2"));
    assert_eq!(codes(&foreign), ["foreign-queue"]);
    let local = worker("https://localhost:9324/queue/mail");
    assert_eq!(local.intents.worker.and_then(|it| it.queue_region), None);
}

#[test]
fn platforms_that_a_manifest_cannot_stand_for_are_named() {
    let of_platform = |platform| {
        let translated = of(&environment("WebServer", platform, &[]));
        codes(&translated)
            .iter()
            .map(|&code| code.to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of_platform(
            "64bit Amazon Linux 2018.03 v2.26.0 running Multi-container Docker 19.03.13-ce (Generic)"
        ),
        ["several-containers"]
    );
    assert_eq!(
        of_platform("arn:aws:elasticbeanstalk:eu-west-1:111122223333:platform/Ours/1.0.0"),
        ["own-platform"]
    );
    assert_eq!(
        of_platform("64bit Windows Server 2016 v2.11 running IIS 10.0"),
        ["windows"]
    );
}

#[test]
fn a_listener_that_nobody_described_is_what_was_seen() {
    let mut app = environment(
        "WebServer",
        DOCKER,
        &[("aws:elbv2:listener:8443", "Rules", "x")],
    );
    app.load_balancers = vec![LoadBalancer {
        kind: "application".to_owned(),
        name: "common".to_owned(),
        shared: true,
        listeners: vec![crate::snapshot::Listener {
            port: 8443,
            protocol: "HTTPS".to_owned(),
            certificates: vec!["arn:aws:acm:a:1:certificate/1".to_owned()],
        }],
        ..LoadBalancer::default()
    }];
    let seen = of(&app);
    assert!(entrance(&seen).listeners[0].tls);
    // Neither said nor seen: a certificate is for TLS, and so is port 443.
    let by_certificate = web(&[(
        "aws:elbv2:listener:8443",
        "SSLCertificateArns",
        "arn:aws:acm:a:1:certificate/1",
    )]);
    assert!(entrance(&by_certificate).listeners[0].tls);
    assert!(entrance(&web(&[("aws:elbv2:listener:443", "Rules", "x")])).listeners[0].tls);
    assert!(!entrance(&web(&[("aws:elbv2:listener:8080", "Rules", "x")])).listeners[0].tls);
}
