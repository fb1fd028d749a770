//! "Translated" means that it has an effect: each option with that verdict, set alone to another value, changes a
//! file of its app.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use eb2eks::snapshot::{EnvironmentKey, Series, Snapshot, Subject, write_metrics};
use eb2eks::translate::{OptionTable, Verdict};
use serde_json::{Value, json};

use crate::program::{Desk, files_below};

/// One option: what the environment must have for it to count at all, and two values of it.
struct Trial {
    option: (String, String),
    /// In place of the stars of the table.
    namespace: String,
    name: String,
    values: [Value; 2],
    with: Vec<Setting>,
    platform: &'static str,
    tier: &'static str,
}

type Setting = (&'static str, &'static str, &'static str);

const DOCKER: &str = "64bit Amazon Linux 2023 v4.9.2 running Docker";
const KIND: Setting = (
    "aws:elasticbeanstalk:environment",
    "LoadBalancerType",
    "application",
);
const CLASSIC: Setting = (
    "aws:elasticbeanstalk:environment",
    "LoadBalancerType",
    "classic",
);
const LISTENER: &str = "aws:elbv2:listener:443";
const CLASSIC_LISTENER: &str = "aws:elb:listener:443";
const PROCESS: &str = "aws:elasticbeanstalk:environment:process:default";
const RULE: &str = "aws:elbv2:listenerrule:one";
const POLICY: &str = "aws:elb:policies:own";
const POLICIES: &str = "aws:elb:policies";
const ROLLING: &str = "aws:autoscaling:updatepolicy:rollingupdate";
const COMMAND: &str = "aws:elasticbeanstalk:command";
const ACTION: &str = "aws:autoscaling:scheduledaction";
const QUEUE: Setting = (
    "aws:elasticbeanstalk:sqsd",
    "WorkerQueueURL",
    "https://sqs.ap-northeast-1.amazonaws.com/111122223333/one",
);
const CERTIFICATES: [&str; 2] = [
    "arn:aws:acm:ap-northeast-1:111122223333:certificate/1",
    "arn:aws:acm:ap-northeast-1:111122223333:certificate/2",
];

/// Two values that differ for what the option says; `None` for an option that nobody has thought of.
fn values(namespace: &str, name: &str) -> Option<[&'static str; 2]> {
    Some(match (namespace, name) {
        ("aws:autoscaling:asg", "Cooldown") => ["300", "600"],
        // Of a group of at most 8: 4 pods in normal times and a quarter more are 5, so that 8 stays the most; 8 and a
        // quarter more are 10. The fewest pods come from the quiet hours.
        ("aws:autoscaling:asg", "MinSize") => ["4", "8"],
        ("aws:autoscaling:asg", "MaxSize") => ["6", "12"],
        (_, "IamInstanceProfile") => ["one", "two"],
        (ACTION, "DesiredCapacity" | "MinSize") => ["8", "9"],
        (ACTION, "Recurrence") => ["0 8 * * *", "0 9 * * *"],
        (ACTION, "EndTime") => ["2030-01-01T00:00:00Z", "2020-01-01T00:00:00Z"],
        (ACTION, "Suspend") => ["false", "true"],
        (ROLLING, "MinInstancesInService") => ["1", "2"],
        (ROLLING, "PauseTime") => ["PT1M", "PT2M"],
        (ROLLING, "Timeout") => ["PT30M", "PT50M"],
        (_, "InstancePort") => ["3000", "4000"],
        (_, "ELBScheme") => ["public", "internal"],
        (_, "ELBSubnets") => [
            "subnet-0aa10000000000001,subnet-0cc10000000000001",
            "subnet-0aa20000000000002,subnet-0cc20000000000002",
        ],
        (_, "Application Healthcheck URL") => ["/one", "/two"],
        ("aws:elasticbeanstalk:application:environment", _) => ["x", ""],
        ("aws:elasticbeanstalk:application:environmentsecrets", _) => [
            "arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:one",
            "arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:two",
        ],
        (COMMAND, "BatchSize") => ["50", "20"],
        (COMMAND, "BatchSizeType") => ["Percentage", "Fixed"],
        (COMMAND, "DeploymentPolicy") => ["AllAtOnce", "Rolling"],
        (COMMAND, "Timeout") => ["600", "3600"],
        (_, "NodeCommand") => ["node one.js", "node two.js"],
        (_, "NodeVersion") => ["18.1.0", "20.1.0"],
        (_, "allow_url_fopen" | "display_errors" | "zlib.output_compression") => ["On", "Off"],
        (_, "composer_options") => ["--no-dev", "--quiet"],
        (_, "document_root") => ["/one", "/two"],
        (_, "max_execution_time") => ["60", "70"],
        (_, "memory_limit") => ["128M", "129M"],
        (_, "NumProcesses" | "NumThreads") => ["2", "3"],
        (_, "WSGIPath") => ["one.py", "two.py"],
        (_, "JVM Options") => ["-XX:+UseG1GC", "-XX:+UseZGC"],
        (_, "Xms" | "Xmx") => ["256m", "300m"],
        ("aws:elasticbeanstalk:container:tomcat:jvmoptions", _) => ["1m", "2m"],
        (_, "LoadBalancerType") => ["application", "network"],
        (_, "DeregistrationDelay" | "ConnectionDrainingTimeout") => ["30", "40"],
        (_, "HealthCheckInterval" | "Interval") => ["20", "30"],
        (_, "HealthCheckPath") => ["/one", "/two"],
        (_, "HealthCheckTimeout" | "Timeout") => ["6", "7"],
        (
            _,
            "HealthyThresholdCount"
            | "UnhealthyThresholdCount"
            | "HealthyThreshold"
            | "UnhealthyThreshold",
        ) => ["6", "7"],
        (_, "MatcherHTTPCode") => ["200", "200-299"],
        (_, "Port") => ["3000", "4000"],
        (_, "Protocol") if namespace.starts_with("aws:elbv2") => ["HTTP", "HTTPS"],
        (_, "Protocol" | "InstanceProtocol" | "ListenerProtocol") => ["HTTP", "HTTPS"],
        (
            _,
            "StickinessEnabled"
            | "Stickiness Policy"
            | "ConnectionDrainingEnabled"
            | "AccessLogsS3Enabled"
            | "ListenerEnabled",
        ) => ["true", "false"],
        (_, "StickinessLBCookieDuration" | "Stickiness Cookie Expiration") => ["100", "200"],
        (_, "HttpConnections") => ["10", "20"],
        (_, "HttpPath") => ["/one", "/two"],
        (_, "InactivityTimeout") => ["100", "200"],
        (_, "MimeType") => ["application/json", "text/plain"],
        (_, "WorkerQueueURL") => [
            QUEUE.2,
            "https://sqs.us-east-1.amazonaws.com/111122223333/two",
        ],
        (_, "Target") => ["HTTP:80/one", "HTTP:80/two"],
        (_, "PolicyNames") => ["own", ""],
        (_, "SSLCertificateId" | "SSLCertificateArns") => CERTIFICATES,
        (_, "SecurityGroups") => ["sg-1", "sg-2"],
        (_, "ConnectionSettingIdleTimeout" | "IdleTimeout") => ["70", "80"],
        (_, "CookieName") => ["one", "two"],
        (_, "LoadBalancerPorts") => ["443", "80"],
        (_, "SSLReferencePolicy" | "SSLPolicy") => [
            "ELBSecurityPolicy-TLS-1-2-2017-01",
            "ELBSecurityPolicy-2016-08",
        ],
        (_, "DefaultProcess" | "Process") => ["default", "other"],
        (_, "Rules") => ["one", "two"],
        (_, "HostHeaders") => ["one.example.com", "two.example.com"],
        (_, "PathPatterns") => ["/one/*", "/two/*"],
        (_, "Priority") => ["1", "9"],
        (_, "AccessLogsS3Bucket" | "AccessLogsS3Prefix") => ["one", "two"],
        (_, "IpAddressType") => ["ipv4", "dualstack"],
        _ => return None,
    })
}

/// What the option takes to count.
fn with(namespace: &str, name: &str) -> Vec<Setting> {
    let https = [
        (LISTENER, "Protocol", "HTTPS"),
        (LISTENER, "SSLCertificateArns", CERTIFICATES[0]),
    ];
    let classic = [
        CLASSIC,
        (CLASSIC_LISTENER, "ListenerProtocol", "HTTPS"),
        (CLASSIC_LISTENER, "SSLCertificateId", CERTIFICATES[0]),
        ("aws:elb:listener:80", "InstancePort", "80"),
    ];
    let other = (
        "aws:elasticbeanstalk:environment:process:other",
        "Port",
        "9000",
    );
    match (namespace, name) {
        (ACTION, _) => vec![
            (
                "aws:autoscaling:scheduledaction@up",
                "Recurrence",
                "0 8 * * *",
            ),
            ("aws:autoscaling:scheduledaction@up", "MinSize", "7"),
            (
                "aws:autoscaling:scheduledaction@down",
                "Recurrence",
                "0 20 * * *",
            ),
            ("aws:autoscaling:scheduledaction@down", "MinSize", "2"),
        ],
        (ROLLING, "Timeout") => vec![(ROLLING, "RollingUpdateEnabled", "true")],
        (COMMAND, "BatchSize" | "BatchSizeType") => vec![
            (COMMAND, "DeploymentPolicy", "Rolling"),
            (COMMAND, "BatchSize", "50"),
        ],
        (_, "StickinessLBCookieDuration") => vec![(PROCESS, "StickinessEnabled", "true")],
        // It is port 80 itself: what the port's own namespace says would come before it.
        ("aws:elb:listener", "PolicyNames") => [
            &classic[..3],
            &[
                ("aws:elb:listener", "InstancePort", "8080"),
                (POLICY, "Stickiness Policy", "true"),
            ],
        ]
        .concat(),
        ("aws:elb:listener", "SSLCertificateId") => [
            &classic[..3],
            &[("aws:elb:listener", "ListenerProtocol", "HTTPS")],
        ]
        .concat(),
        ("aws:elb:listener", _) => classic[..3].to_vec(),
        ("aws:elb:listener:*", "PolicyNames") => [
            &classic[..],
            &[(
                POLICY,
                "SSLReferencePolicy",
                "ELBSecurityPolicy-TLS-1-2-2017-01",
            )],
        ]
        .concat(),
        (POLICIES, "ConnectionDrainingTimeout") => [
            &classic[..],
            &[(POLICIES, "ConnectionDrainingEnabled", "true")],
        ]
        .concat(),
        (POLICIES, "Stickiness Cookie Expiration") => {
            [&classic[..], &[(POLICIES, "Stickiness Policy", "true")]].concat()
        }
        ("aws:elb:policies:*", "LoadBalancerPorts") => [
            &classic[..],
            &[(
                POLICY,
                "SSLReferencePolicy",
                "ELBSecurityPolicy-TLS-1-2-2017-01",
            )],
        ]
        .concat(),
        ("aws:elb:policies:*", "Stickiness Cookie Expiration") => [
            &classic[..],
            &[
                (POLICY, "LoadBalancerPorts", "443"),
                (POLICY, "Stickiness Policy", "true"),
            ],
        ]
        .concat(),
        ("aws:elb:policies:*", _) => {
            [&classic[..], &[(POLICY, "LoadBalancerPorts", "443")]].concat()
        }
        (namespace, _) if namespace.starts_with("aws:elb:") => classic.to_vec(),
        ("aws:elbv2:listener:*", "Rules") => [
            &https[..],
            &[
                other,
                (RULE, "PathPatterns", "/one/*"),
                ("aws:elbv2:listenerrule:two", "PathPatterns", "/two/*"),
            ],
        ]
        .concat(),
        ("aws:elbv2:listenerrule:*", _) => [
            &https[..],
            &[
                KIND,
                other,
                (LISTENER, "Rules", "one,two"),
                (RULE, "PathPatterns", "/x/*"),
                ("aws:elbv2:listenerrule:two", "PathPatterns", "/x/y/*"),
                ("aws:elbv2:listenerrule:two", "Priority", "5"),
            ],
        ]
        .concat(),
        ("aws:elbv2:listener:*", "Protocol") => vec![KIND],
        ("aws:elbv2:listener:*", "ListenerEnabled") => [
            &https[..],
            &[KIND, ("aws:elbv2:listener:80", "Protocol", "HTTP")],
        ]
        .concat(),
        ("aws:elbv2:listener:*", _) => [&https[..], &[KIND, other]].concat(),
        (_, "AccessLogsS3Bucket" | "AccessLogsS3Prefix" | "AccessLogsS3Enabled") => vec![
            KIND,
            ("aws:elbv2:loadbalancer", "AccessLogsS3Enabled", "true"),
            ("aws:elbv2:loadbalancer", "AccessLogsS3Bucket", "logs"),
        ],
        ("aws:elasticbeanstalk:sqsd", _) => vec![QUEUE],
        (_, "LoadBalancerType") => Vec::new(),
        _ => vec![KIND],
    }
}

fn trials() -> Vec<Trial> {
    let rules = OptionTable::embedded().rules();
    let translated = rules
        .iter()
        .filter(|rule| rule.verdict == Verdict::Translated);
    translated
        .map(|rule| {
            let (namespace, name) = (rule.namespace.as_str(), rule.option.as_str());
            let values = values(namespace, name)
                .unwrap_or_else(|| panic!("two values of {namespace} {name}"));
            let star = match namespace {
                "aws:elb:policies:*" => "own",
                "aws:elbv2:listenerrule:*" => "one",
                "aws:elasticbeanstalk:environment:process:*" => "default",
                _ => "443",
            };
            let own = match namespace {
                "aws:elasticbeanstalk:container:tomcat:jvmoptions" => "Xss",
                _ => "OWN_NAME",
            };
            let platform = match namespace.split(':').nth(3) {
                Some("nodejs") => "64bit Amazon Linux 2023 v6.5.0 running Node.js 22",
                Some("php") => "64bit Amazon Linux 2023 v4.3.0 running PHP 8.3",
                Some("python") => "64bit Amazon Linux 2023 v4.7.1 running Python 3.11",
                Some("tomcat") => "64bit Amazon Linux 2 v4.3.3 running Tomcat 8.5 Corretto 11",
                _ => DOCKER,
            };
            let namespace_of = namespace.replace('*', star);
            Trial {
                option: (namespace.to_owned(), name.to_owned()),
                namespace: if namespace == ACTION {
                    format!("{ACTION}@up")
                } else {
                    namespace_of
                },
                name: name.replace('*', own),
                values: values.map(|value| json!(value)),
                with: with(namespace, name),
                platform,
                tier: if namespace == "aws:elasticbeanstalk:sqsd" {
                    "Worker"
                } else {
                    "WebServer"
                },
            }
        })
        .collect()
}

/// An environment of a small case, under a name of its own, with the trial's settings and one of its values.
fn environment(like: &Value, trial: &Trial, place: usize, value: usize) -> Value {
    let mut one = like.clone();
    let name = format!("o{place:03}-{}-prod", ["one", "two"][value]);
    one["name"] = json!(name);
    one["id"] = json!(format!("e-{place:08}{value}x"));
    one["application"] = json!(format!("o{place:03}"));
    one["platform"] = json!(trial.platform);
    one["tier"] = json!(trial.tier);
    one["load_balancers"] = json!([]);
    one["auto_scaling_group"] = json!({"name": name, "min": 4, "max": 8, "desired": 4});
    let mut settings: BTreeMap<(String, String), Value> = BTreeMap::new();
    for (namespace, name, value) in &trial.with {
        settings.insert(((*namespace).to_owned(), (*name).to_owned()), json!(value));
    }
    let chosen = trial.values[value].as_str().expect("a text");
    let key = (trial.namespace.clone(), trial.name.clone());
    // A property has no value in a snapshot: its second value is that there is none.
    if chosen.is_empty() {
        settings.remove(&key);
    } else {
        settings.insert(key, json!(chosen));
    }
    // What AWS would show of the group, which is what counts.
    if trial.option.0 == "aws:autoscaling:asg" {
        let number: u32 = chosen.parse().expect("a number");
        match trial.option.1.as_str() {
            "MinSize" => one["auto_scaling_group"]["min"] = json!(number),
            "MaxSize" => one["auto_scaling_group"]["max"] = json!(number),
            _ => {}
        }
    }
    let settings: Vec<Value> = settings
        .into_iter()
        .map(|((namespace, name), value)| {
            let (namespace, resource) = match namespace.split_once('@') {
                Some((namespace, resource)) => (namespace.to_owned(), json!(resource)),
                None => (namespace, Value::Null),
            };
            json!({"namespace": namespace, "name": name, "resource": resource, "value": value})
        })
        .collect();
    one["option_settings"] = json!(settings);
    for (at, instance) in one["instances"]
        .as_array_mut()
        .expect("instances")
        .iter_mut()
        .enumerate()
    {
        instance["id"] = json!(format!("i-{place:08}{value}{at:08}"));
    }
    one
}

/// One snapshot of all trials, each environment with the history of the case's.
fn snapshot(folder: &Path, trials: &[Trial]) {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/a03-scheme-in-capitals");
    for file in ["manifest.json", "inventory.json"] {
        fs::copy(case.join(file), folder.join(file)).expect("copied");
    }
    let mut inventory: Value =
        serde_json::from_slice(&fs::read(case.join("inventory.json")).expect("a file"))
            .expect("JSON");
    let like = inventory["environments"][0].clone();
    let environments: Vec<Value> = trials
        .iter()
        .enumerate()
        .flat_map(|(place, trial)| [0, 1].map(|value| environment(&like, trial, place, value)))
        .collect();
    let history = Snapshot::read(&case)
        .expect("a snapshot")
        .history
        .summarise(|_, series| series, &|_| ())
        .expect("a history");
    let series: Vec<Series> = history.into_values().flatten().collect();
    let ids: Vec<&str> = like["instances"]
        .as_array()
        .expect("instances")
        .iter()
        .map(|one| one["id"].as_str().expect("an id"))
        .collect();
    let mut all: Vec<(EnvironmentKey, Series)> = Vec::new();
    for one in &environments {
        let text = |key: &str| one[key].as_str().expect("a text").to_owned();
        let key = EnvironmentKey {
            account: text("account"),
            region: text("region"),
            id: text("id"),
        };
        for series in &series {
            let mut series = series.clone();
            if let Subject::Instance(id) = &series.subject {
                let at = ids
                    .iter()
                    .position(|known| known == id)
                    .expect("a known instance");
                let own = one["instances"][at]["id"].as_str().expect("an id");
                series.subject = Subject::Instance(own.to_owned());
            }
            all.push((key.clone(), series));
        }
    }
    inventory["environments"] = json!(environments);
    fs::write(folder.join("inventory.json"), inventory.to_string()).expect("written");
    fs::remove_file(folder.join("metrics.parquet")).ok();
    write_metrics(&folder.join("metrics.parquet"), all).expect("written");
}

/// The files of one app, with what its name alone makes different taken out.
fn files_of(
    files: &BTreeMap<String, Vec<u8>>,
    place: usize,
    value: usize,
) -> BTreeMap<String, String> {
    let name = format!("o{place:03}-{}-prod", ["one", "two"][value]);
    let id = format!("e-{place:08}{value}x");
    files
        .iter()
        .filter(|(path, _)| {
            ["apps/", "handover/"].iter().any(|of| path.starts_with(of)) && path.contains(&name)
        })
        .map(|(path, bytes)| {
            let text = String::from_utf8_lossy(bytes)
                .replace(&name, "NAME")
                .replace(&id, "ID");
            // Each app has a load balancer of its own, whose number is its place.
            let text: Vec<&str> = text
                .lines()
                .filter(|line| {
                    !line.contains("group.name") && !line.contains("Wave") && !line.contains("wave")
                })
                .collect();
            (path.replace(&name, "NAME"), text.join("\n"))
        })
        .collect()
}

#[test]
fn every_translated_option_changes_a_file_of_its_app() {
    let trials = trials();
    let desk = Desk::new();
    let folder = desk.path().join("snapshot");
    fs::create_dir(&folder).expect("a folder");
    snapshot(&folder, &trials);
    let policy = "[load_balancers]\napps_per_load_balancer = 1\n[packing]\nsimulated_orders = 1\nsearch_steps = 1000\n";
    let ending = desk.plan_by(policy, &folder);
    assert!(ending.code == 0 || ending.code == 3, "{ending:#?}");
    let files = files_below(&desk.out());
    let mut without: BTreeSet<String> = BTreeSet::new();
    for (place, trial) in trials.iter().enumerate() {
        let [one, two] = [0, 1].map(|value| files_of(&files, place, value));
        assert!(
            one.len() > 3 && two.len() > 3,
            "{:?} has its files",
            trial.option
        );
        if one == two {
            without.insert(format!("{} {}", trial.option.0, trial.option.1));
        }
    }
    assert!(
        without.is_empty(),
        "of {} translated options {} have no effect: {without:#?}",
        trials.len(),
        without.len()
    );
}
