//! Variants of the kinds that cases from other people's estates stand for.

use super::tests::{environment, of};
use super::*;
use crate::snapshot::{AutoScalingGroup, Instance, LoadBalancer};

const DOCKER: &str = "64bit Amazon Linux 2023 v4.9.2 running Docker";
const PYTHON: &str = "64bit Amazon Linux 2023 v4.7.1 running Python 3.11";
const KIND: &str = "aws:elasticbeanstalk:environment";

fn web(settings: &[(&str, &str, &str)]) -> TranslatedEnvironment {
    of(&environment("WebServer", DOCKER, settings))
}

fn codes(translated: &TranslatedEnvironment) -> Vec<&str> {
    translated
        .blockers
        .iter()
        .map(|blocker| blocker.code.as_str())
        .collect()
}

fn entrance(translated: &TranslatedEnvironment) -> &Entrance {
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

#[test]
fn a_single_instance_has_no_listeners_whatever_is_left_of_a_balancer() {
    let single = (KIND, "EnvironmentType", "SingleInstance");
    let certificate = "arn:aws:acm:a:1:certificate/1";
    for left_over in [
        &[
            ("aws:elb:listener:443", "SSLCertificateId", certificate),
            ("aws:elb:listener:443", "ListenerProtocol", "HTTPS"),
        ][..],
        &[
            ("aws:elbv2:listener:8443", "Protocol", "HTTPS"),
            ("aws:elbv2:listener:8443", "SSLCertificateArns", certificate),
            ("aws:elbv2:listener:8443", "DefaultProcess", "admin"),
            (
                "aws:elasticbeanstalk:environment:process:admin",
                "Port",
                "9000",
            ),
        ][..],
        &[("aws:elbv2:listener:443", "ListenerEnabled", "true")][..],
    ] {
        let environment = environment("WebServer", DOCKER, &[&[single], left_over].concat());
        let app = of(&environment);
        let entrance = entrance(&app);
        let ports: Vec<(u16, bool)> = entrance
            .listeners
            .iter()
            .map(|listener| (listener.port, listener.tls))
            .collect();
        assert_eq!(ports, [(80, false)], "the instance itself listens there");
        assert_eq!(codes(&app), ["fixed-address"]);
        let reading = EnvironmentReading::of(&environment, &crate::snapshot::Inventory::default());
        assert_eq!(reading.conflicts.len(), 1, "{:?}", reading.conflicts);
    }
}

#[test]
fn ports_that_were_seen_count_and_those_that_are_only_set_do_not() {
    let mut app = environment(
        "WebServer",
        DOCKER,
        &[
            ("aws:elbv2:listener:443", "Protocol", "HTTPS"),
            ("aws:elbv2:listener:8080", "Protocol", "HTTP"),
        ],
    );
    let listener = |port, protocol: &str| crate::snapshot::Listener {
        port,
        protocol: protocol.to_owned(),
        certificates: Vec::new(),
    };
    app.load_balancers = vec![LoadBalancer {
        kind: "application".to_owned(),
        name: "own".to_owned(),
        listeners: vec![listener(443, "HTTPS"), listener(9443, "HTTPS")],
        ..LoadBalancer::default()
    }];
    let ports = |translated: &TranslatedEnvironment| -> Vec<u16> {
        let listeners = &entrance(translated).listeners;
        listeners.iter().map(|listener| listener.port).collect()
    };
    assert_eq!(ports(&of(&app)), [443, 9443]);
    let told = |app: &Environment| {
        let reading = EnvironmentReading::of(app, &crate::snapshot::Inventory::default());
        let told = |one: &crate::beanstalk::Conflict| (one.set.clone(), one.seen.clone());
        reading.conflicts.iter().map(told).collect::<Vec<_>>()
    };
    let pair = |set: &str, seen: &str| (set.to_owned(), seen.to_owned());
    assert_eq!(told(&app), [pair("HTTP", "-"), pair("-", "HTTPS")]);
    // Of a load balancer that environments share the other ports are others'.
    app.load_balancers[0].shared = true;
    assert_eq!(ports(&of(&app)), [443, 8080]);
    assert_eq!(told(&app), []);
}

#[test]
fn datagrams_are_named_and_never_become_bytes() {
    let mut app = environment(
        "WebServer",
        DOCKER,
        &[(KIND, "LoadBalancerType", "network")],
    );
    let listener = |port, protocol: &str| crate::snapshot::Listener {
        port,
        protocol: protocol.to_owned(),
        certificates: Vec::new(),
    };
    app.load_balancers = vec![LoadBalancer {
        kind: "network".to_owned(),
        name: "own".to_owned(),
        listeners: vec![
            listener(53, "UDP"),
            listener(443, "TLS"),
            listener(5000, "TCP"),
        ],
        ..LoadBalancer::default()
    }];
    let translated = of(&app);
    let entrance = entrance(&translated);
    let kept: Vec<(u16, bool)> = entrance
        .listeners
        .iter()
        .map(|listener| (listener.port, listener.tls))
        .collect();
    assert_eq!(kept, [(443, true), (5000, false)]);
    assert_eq!(entrance.ports_left_out, [53]);
    assert!(codes(&translated).contains(&"layer-4"));
}

#[test]
fn two_tls_ports_lead_to_two_processes_each_with_its_own_check() {
    let process = |name: &str| match name {
        "web" => "aws:elasticbeanstalk:environment:process:web",
        _ => "aws:elasticbeanstalk:environment:process:admin",
    };
    let app = web(&[
        ("aws:elbv2:listener:443", "Protocol", "HTTPS"),
        ("aws:elbv2:listener:443", "DefaultProcess", "web"),
        ("aws:elbv2:listener:8443", "Protocol", "https"),
        ("aws:elbv2:listener:8443", "DefaultProcess", "admin"),
        (process("web"), "Port", "8080"),
        (process("web"), "HealthCheckPath", "/up"),
        (process("admin"), "Port", "9000"),
        (process("admin"), "HealthCheckPath", "/admin/up"),
        (process("admin"), "StickinessEnabled", " TRUE "),
    ]);
    let intents = &app.intents;
    assert_eq!(intents.main_process, "web");
    let of_name = |name: &str| {
        let it = &intents.processes[name];
        (it.port, it.health.path.as_deref(), it.stickiness.is_some())
    };
    assert_eq!(of_name("web"), (8080, Some("/up"), false));
    assert_eq!(of_name("admin"), (9000, Some("/admin/up"), true));
    let defaults: Vec<(u16, &str)> = entrance(&app)
        .listeners
        .iter()
        .map(|listener| (listener.port, listener.default_process.as_str()))
        .collect();
    assert_eq!(defaults, [(443, "web"), (8443, "admin")]);
}

#[test]
fn a_queue_is_known_by_every_form_of_its_address() {
    for (url, region) in [
        (
            "https://sqs.eu-central-1.amazonaws.com/111122223333/q",
            Some("eu-central-1"),
        ),
        (
            "https://sqs.cn-north-1.amazonaws.com.cn/111122223333/q",
            Some("cn-north-1"),
        ),
        (
            "https://sqs-fips.us-gov-west-1.amazonaws.com/111122223333/q",
            Some("us-gov-west-1"),
        ),
        (
            "https://ap-southeast-2.queue.amazonaws.com/111122223333/q",
            Some("ap-southeast-2"),
        ),
        (
            "https://queue.amazonaws.com/111122223333/q",
            Some("us-east-1"),
        ),
        (
            "https://vpce-0a1b-2c3d.sqs.us-west-2.vpce.amazonaws.com/111122223333/q",
            Some("us-west-2"),
        ),
        ("https://queue.example.com/111122223333/q", None),
    ] {
        let setting = ("aws:elasticbeanstalk:sqsd", "WorkerQueueURL", url);
        let mut app = environment("Worker", DOCKER, &[setting]);
        app.account = "111122223333".to_owned();
        let worker = of(&app).intents.worker.expect("a worker");
        assert_eq!(worker.queue_region.as_deref(), region, "{url}");
        assert_eq!(worker.foreign_account, None, "{url}");
    }
}

#[test]
fn start_commands_of_node_are_kept_or_named() {
    let node = "aws:elasticbeanstalk:container:nodejs";
    let start = |settings: &[(&'static str, &'static str, &'static str)]| {
        let app = of(&environment(
            "WebServer",
            "64bit Amazon Linux 2018.03 v4.17.10 running Node.js",
            settings,
        ));
        let runtime = app.intents.runtime;
        (runtime.start, runtime.base_image, runtime.left_out)
    };
    let image = |tag: &str| format!("public.ecr.aws/docker/library/node:{tag}-slim");
    assert_eq!(
        start(&[
            (node, "NodeCommand", "'npm run serve'"),
            (node, "NodeVersion", "v8.16.0")
        ]),
        ("npm run serve".to_owned(), image("8.16.0"), vec![])
    );
    let (started, _, left_out) = start(&[(node, "NodeCommand", "node app.js && echo $HOME")]);
    assert_eq!(
        started, "npm start",
        "a shell's line is not one for a Dockerfile"
    );
    assert_eq!(left_out, ["NodeCommand"]);
    assert_eq!(start(&[]).1, image("lts"));
}

#[test]
fn actions_are_read_with_the_offsets_that_they_are_written_with() {
    let up = "aws:autoscaling:scheduledaction@up";
    let once = |start| web(&[(up, "MinSize", "6"), (up, "StartTime", start)]);
    // These facts are of 2026-11-28T00:00:00Z.
    assert_eq!(
        codes(&once("2026-11-28T05:00:00+09:00")),
        [""; 0],
        "an hour of the day before"
    );
    assert_eq!(
        codes(&once("2026-11-28T12:00:00+09:00")),
        ["scheduled-actions"]
    );
    let every_night = web(&[
        (up, "Recurrence", "0 22 * * *"),
        (up, "DesiredCapacity", "0"),
    ]);
    assert!(codes(&every_night).contains(&"scheduled-to-zero"));
    let suspended = web(&[
        (up, "Recurrence", "0 22 * * *"),
        (up, "MaxSize", "0"),
        (up, "Suspend", "True"),
    ]);
    assert_eq!(codes(&suspended), [""; 0]);
}
