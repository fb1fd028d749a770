//! Cases from other people's estates, small and whole: what they must come to. Each stands for its kind; further
//! variants of the kinds are beside what reads and translates them.

use std::path::Path;

use serde_json::Value;

use crate::program::{Desk, files_below};

/// A case's plan and its files.
pub(crate) struct Case {
    plan: Value,
    files: std::collections::BTreeMap<String, Vec<u8>>,
}

impl Case {
    fn planned(name: &str) -> Self {
        Self::planned_by(name, "")
    }

    pub(crate) fn planned_by(name: &str, policy: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/cases")
            .join(name);
        let desk = Desk::new();
        let ending = desk.plan_by(policy, &folder);
        assert!(ending.code == 0 || ending.code == 3, "{ending:#?}");
        Self {
            plan: desk.plan_json(),
            files: files_below(&desk.out()),
        }
    }

    /// Every object of the apps' folders with its path.
    pub(crate) fn of_apps(&self) -> Vec<(String, Value)> {
        let is_object = |path: &&String| path.starts_with("apps/") && path.ends_with(".yaml");
        self.files
            .iter()
            .filter(|(path, _)| is_object(path))
            .flat_map(|(path, bytes)| {
                let text = std::str::from_utf8(bytes).expect("UTF-8");
                text.split("---\n")
                    .filter(|document| !document.trim().is_empty())
                    .map(|document| {
                        let object = serde_saphyr::from_str(document);
                        (
                            path.clone(),
                            object.unwrap_or_else(|error| panic!("{path}: {error}")),
                        )
                    })
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    fn environment(&self, name: &str) -> &Value {
        self.plan["environments"]
            .as_array()
            .expect("a list")
            .iter()
            .find(|it| it["name"] == name)
            .unwrap_or_else(|| panic!("no {name}"))
    }

    fn intents(&self, name: &str) -> &Value {
        &self.environment(name)["translation"]["intents"]
    }

    fn blockers(&self, name: &str) -> Vec<String> {
        let blockers = self.environment(name)["translation"]["blockers"].as_array();
        blockers
            .into_iter()
            .flatten()
            .map(|blocker| blocker["code"].as_str().expect("a code").to_owned())
            .collect()
    }

    /// Codes of notes on a subject.
    fn notes(&self, code: &str) -> Vec<String> {
        self.plan["notes"]
            .as_array()
            .expect("notes")
            .iter()
            .filter(|note| note["code"] == code)
            .map(|note| note["message"].to_string())
            .collect()
    }

    /// A file of an app by the end of its path, as YAML.
    fn yaml(&self, app: &str, file: &str) -> Value {
        serde_saphyr::from_str(&self.text(app, file))
            .unwrap_or_else(|error| panic!("{app} {file}: {error}"))
    }

    fn text(&self, app: &str, file: &str) -> String {
        let found = self
            .files
            .iter()
            .find(|(path, _)| path.contains(&format!("/{app}/")) && path.ends_with(file));
        let (_, bytes) = found.unwrap_or_else(|| {
            panic!(
                "no {file} of {app} in {:#?}",
                self.files.keys().collect::<Vec<_>>()
            )
        });
        String::from_utf8(bytes.clone()).expect("text")
    }

    fn has(&self, app: &str, file: &str) -> bool {
        self.files
            .keys()
            .any(|path| path.contains(&format!("/{app}/")) && path.ends_with(file))
    }

    fn handover(&self, app: &str) -> String {
        String::from_utf8(self.files[&format!("handover/{app}.md")].clone()).expect("text")
    }
}

fn annotation<'a>(object: &'a Value, name: &str) -> &'a str {
    object["metadata"]["annotations"][format!("alb.ingress.kubernetes.io/{name}")]
        .as_str()
        .unwrap_or("")
}

/// Paths of an Ingress with the Service that each leads to.
fn paths(ingress: &Value) -> Vec<(String, String)> {
    let rules = ingress["spec"]["rules"].as_array().expect("rules");
    rules
        .iter()
        .flat_map(|rule| rule["http"]["paths"].as_array().expect("paths"))
        .map(|path| {
            (
                path["path"].as_str().expect("a path").to_owned(),
                path["backend"]["service"]["name"]
                    .as_str()
                    .expect("a service")
                    .to_owned(),
            )
        })
        .collect()
}

fn both(path: &str, service: &str) -> (String, String) {
    (path.to_owned(), service.to_owned())
}

#[test]
fn a01_the_default_process_of_a_listener_is_the_one_that_it_names() {
    let case = Case::planned("a01-default-process-of-a-listener");
    let ingress = case.yaml("chat-prod", "eks-1/ingress.yaml");
    assert_eq!(
        paths(&ingress),
        [
            both("/ws/*", "chat-prod--websocket"),
            both("/", "chat-prod")
        ]
    );
    assert_eq!(annotation(&ingress, "healthcheck-path"), "/up");
    // One port in each Service: an API server refuses the same port twice.
    for (file, target, check) in [
        ("base/service.yaml", "http", "/up"),
        ("base/service-websocket.yaml", "port-5000", "/"),
    ] {
        let service = case.yaml("chat-prod", file);
        let ports = service["spec"]["ports"].as_array().expect("ports");
        assert_eq!(ports.len(), 1, "{file}");
        assert_eq!(ports[0]["targetPort"], target, "{file}");
        assert_eq!(annotation(&service, "healthcheck-path"), check, "{file}");
    }
    let pod = case.yaml("chat-prod", "base/deployment.yaml");
    let container = &pod["spec"]["template"]["spec"]["containers"][0];
    assert_eq!(container["readinessProbe"]["httpGet"]["path"], "/up");
    assert_eq!(
        container["ports"]
            .as_array()
            .expect("ports")
            .iter()
            .map(|port| port["containerPort"].as_u64())
            .collect::<Vec<_>>(),
        [Some(8000), Some(5000)],
        "Python listens behind the proxy"
    );
}

#[test]
fn a03_the_narrower_reach_counts_whatever_its_spelling() {
    let case = Case::planned("a03-scheme-in-capitals");
    let ingress = case.yaml("intranet-prod", "eks-1/ingress.yaml");
    assert_eq!(annotation(&ingress, "scheme"), "internal");
}

#[test]
fn a05_rules_hold_on_their_port_alone_and_an_orphan_is_named() {
    let case = Case::planned("a05-rules-of-one-listener");
    let public = case.yaml("ops-prod", "eks-1/ingress.yaml");
    assert_eq!(annotation(&public, "listen-ports"), "[{\"HTTP\":80}]");
    assert_eq!(paths(&public), [both("/", "ops-prod")]);
    let admin = case.yaml("ops-prod", "eks-1/ingress-8443.yaml");
    assert_eq!(annotation(&admin, "listen-ports"), "[{\"HTTPS\":8443}]");
    assert_eq!(
        paths(&admin),
        [
            both("/ops/*", "ops-prod--admin"),
            both("/", "ops-prod--admin")
        ]
    );
    assert!(
        case.blockers("ops-prod")
            .contains(&"unused-rules".to_owned())
    );
    let all = String::from_utf8_lossy(&case.files["plan.json"]).into_owned();
    assert!(all.contains("orphan") && !case.text("ops-prod", "ingress.yaml").contains("/old"));
}

#[test]
fn a07_java_options_reach_the_start_command_or_are_named_and_a_heap_is_a_floor() {
    let case = Case::planned("a07-jvm-options");
    let options = |name: &str| {
        case.intents(name)["runtime"]["java_options"]
            .as_str()
            .unwrap_or("")
            .to_owned()
    };
    let left_out = |name: &str| case.intents(name)["runtime"]["left_out"].to_string();
    assert_eq!(
        options("jmeta-prod"),
        "-Xms256m -Xmx512m -XX:MaxMetaspaceSize=256m"
    );
    assert_eq!(
        options("jpct-prod"),
        "-XX:+UseContainerSupport -XX:MaxRAMPercentage=75.0 -XX:+UseG1GC"
    );
    assert!(options("jheap-prod").contains("-XX:HeapDumpPath=/var/log/tomcat8/"));
    assert!(left_out("jheap-prod").contains("-javaagent"));
    assert!(options("jquote-prod").contains("-XX:MaxMetaspaceSize=256m"));
    assert!(left_out("jquote-prod").contains("-Duser.timezone"));
    assert!(
        case.blockers("jquote-prod")
            .contains(&"runtime-options".to_owned())
    );
    let memory = |name: &str| {
        case.environment(name)["outcome"]["sizing"]["requests"]["memory_bytes"]
            .as_u64()
            .expect("a size")
    };
    // 3 GiB of heap in either of the two places come to the same floor.
    assert!(
        memory("jheap-prod") == memory("jxmx-prod"),
        "{:?} {:?}",
        memory("jheap-prod"),
        memory("jxmx-prod")
    );
    assert!(memory("jheap-prod") > memory("jpct-prod"));
    assert!(
        memory("jdup-prod") > memory("jpct-prod"),
        "of two heaps the last"
    );
}

#[test]
fn a09_start_commands_and_versions_are_those_of_the_settings() {
    let case = Case::planned("a09-node-python-php-starts");
    let node = case.handover("node-prod");
    assert!(node.contains("node:12.14.0-slim"), "{node}");
    assert!(
        node.contains("[\"node\", \"--max-old-space-size=1536\", \"server.js\"]"),
        "{node}"
    );
    for (name, module) in [
        ("wsgi1-prod", "run:application"),
        ("wsgi2-prod", "mysite.wsgi:application"),
        ("wsgi3-prod", "mysite.wsgi:application"),
    ] {
        let text = case.handover(name);
        assert!(text.contains(&format!("\"{module}\"")), "{name}: {text}");
    }
    let php = case.handover("php-prod");
    for part in [
        "memory_limit = 1024M",
        "/var/www/html/public",
        "composer install --no-dev --optimize-autoloader",
    ] {
        assert!(php.contains(part), "{part} in {php}");
    }
}

#[test]
fn a11_classic_load_balancers_keep_ports_policies_and_stickiness_and_layer_four_is_named() {
    let case = Case::planned("a11-classic");
    let port = |name: &str| case.intents(name)["processes"]["default"]["port"].as_u64();
    assert_eq!(port("clbport-prod"), Some(3000));
    assert_eq!(port("clbfalse-prod"), Some(8080));
    let pod = case.yaml("clbport-prod", "base/deployment.yaml");
    let container = &pod["spec"]["template"]["spec"]["containers"][0];
    assert_eq!(container["ports"][0]["containerPort"], 3000);
    assert_eq!(container["readinessProbe"]["httpGet"]["path"], "/alive");
    let ingress = case.yaml("clb-prod", "eks-1/ingress.yaml");
    assert_eq!(
        annotation(&ingress, "ssl-policy"),
        "ELBSecurityPolicy-TLS-1-2-2017-01"
    );
    assert_eq!(annotation(&ingress, "listen-ports"), "[{\"HTTPS\":443}]");
    assert!(
        annotation(&ingress, "load-balancer-attributes")
            .contains("idle_timeout.timeout_seconds=600")
    );
    assert!(annotation(&ingress, "target-group-attributes").contains("timeout_seconds=300"));
    let plain = case.yaml("clbfalse-prod", "eks-1/ingress.yaml");
    assert_eq!(annotation(&plain, "listen-ports"), "[{\"HTTP\":80}]");
    // Layer 4: no Ingress, a Service with both ports to their own targets, and blockers by name.
    assert!(!case.has("clbtcp-prod", "ingress.yaml"));
    let service = case.yaml("clbtcp-prod", "eks-1/network-service.yaml");
    let targets: Vec<&str> = service["spec"]["ports"]
        .as_array()
        .expect("ports")
        .iter()
        .filter_map(|port| port["targetPort"].as_str())
        .collect();
    assert_eq!(targets, ["http", "port-8443"]);
    let blockers = case.blockers("clbtcp-prod");
    for code in ["layer-4", "proxy-protocol"] {
        assert!(
            blockers.contains(&code.to_owned()),
            "{code} in {blockers:?}"
        );
    }
}

#[test]
fn a14_never_more_than_half_is_out_at_once() {
    let case = Case::planned("a14-rollouts-and-budgets");
    for name in [
        "fixed5-prod",
        "pct100-prod",
        "one-prod",
        "floor-prod",
        "onestg-stg",
        "odd-prod",
    ] {
        let deployment = case.yaml(name, "base/deployment.yaml");
        let rolling = &deployment["spec"]["strategy"]["rollingUpdate"];
        let least = case.environment(name)["outcome"]["manifests"]["clusters"]
            .as_object()
            .expect("clusters")
            .values()
            .filter_map(|cluster| cluster["min_replicas"].as_u64())
            .min()
            .expect("a cluster");
        let share = |value: &Value, up: bool| match value.as_str() {
            Some(text) => {
                let percent: u64 = text.trim_end_matches('%').parse().expect("a share");
                if up {
                    (percent * least).div_ceil(100)
                } else {
                    percent * least / 100
                }
            }
            None => value.as_u64().unwrap_or(0),
        };
        let (surge, out) = (
            share(&rolling["maxSurge"], true),
            share(&rolling["maxUnavailable"], false),
        );
        // Of nothing and nothing Kubernetes makes one that is out.
        let out = if surge == 0 && out == 0 { 1 } else { out };
        assert!(2 * out <= least, "{name}: {rolling} of {least}");
    }
}

#[test]
fn a17_a_gpu_is_named_before_the_move() {
    let case = Case::planned("a17-spot-and-types");
    assert!(
        case.blockers("gpu-prod")
            .contains(&"accelerator".to_owned())
    );
    for name in ["cpu-prod", "arm-prod", "spot-prod", "mac-prod"] {
        assert!(
            !case.blockers(name).contains(&"accelerator".to_owned()),
            "{name}"
        );
    }
}

#[test]
fn a19_a_database_that_may_be_bound_is_asked_about() {
    let case = Case::planned("a19-profiles-and-databases");
    let bound = |name: &str| case.blockers(name).contains(&"coupled-database".to_owned());
    assert!(bound("db-old-prod") && bound("db-new-prod") && !bound("db-decoupled-prod"));
    assert_eq!(
        case.intents("prof2-prod")["instance_profile"],
        "shop-eb-ec2-profile"
    );
}

#[test]
fn a20_what_ran_once_is_asked_whether_it_may_run_twice() {
    let case = Case::planned("a20-at-most-one");
    for name in ["cron-prod", "queue-worker-prod"] {
        assert!(
            case.blockers(name).contains(&"at-most-one".to_owned()),
            "{name}"
        );
    }
    let handover = case.handover("cron-prod");
    assert!(handover.contains("may it run twice?"), "{handover}");
}

#[test]
fn a23_expired_actions_are_ignored_and_named_and_to_zero_is_named() {
    let case = Case::planned("a23-future-and-expired-actions");
    for name in ["expired-prod", "oncepast-prod"] {
        assert!(!case.has(name, "scaled-object.yaml"), "{name}");
        assert!(
            !case
                .blockers(name)
                .contains(&"scheduled-actions".to_owned()),
            "{name}"
        );
    }
    let named = case.notes("schedules-over").join("\n");
    assert!(
        named.contains("refresh-a") && named.contains("refresh-b") && named.contains("launchday"),
        "{named}"
    );
    assert!(
        case.blockers("night0-prod")
            .contains(&"scheduled-to-zero".to_owned())
    );
}

#[test]
fn b01_apps_share_a_load_balancer_only_if_they_want_the_same_or_the_policy_gives_it_up() {
    let case = Case::planned("b01-one-group-many-wishes");
    let names = ["one-prod", "two-prod", "three-prod", "four-prod"];
    let group = |case: &Case, name: &str| {
        case.environment(name)["outcome"]["manifests"]["ingress_group"]
            .as_str()
            .expect("a group")
            .to_owned()
    };
    // By the defaults nobody gives up logs, TLS, IPv6 or subnets.
    for (one, other) in [
        ("one-prod", "two-prod"),
        ("one-prod", "three-prod"),
        ("two-prod", "three-prod"),
    ] {
        assert_ne!(group(&case, one), group(&case, other), "{one} {other}");
    }
    assert_eq!(
        annotation(
            &case.yaml("three-prod", "eks-1/ingress.yaml"),
            "listen-ports"
        ),
        "[{\"HTTPS\":443}]",
        "its protocol is that of the listener that was seen"
    );
    assert_eq!(
        annotation(
            &case.yaml("four-prod", "eks-1/ingress.yaml"),
            "listen-ports"
        ),
        "[{\"HTTP\":8080}]"
    );
    // Where all is given up there is one value of each, and a note says who had another.
    let all = "[load_balancers]\ngive_up = [\"idle_timeout\", \"access_logs\", \"tls_policy\", \"ip_address_type\", \"subnets\"]\n";
    let shared = Case::planned_by("b01-one-group-many-wishes", all);
    for name in names {
        assert_eq!(group(&shared, name), group(&shared, "one-prod"), "{name}");
    }
    let policies: std::collections::BTreeSet<String> = names
        .iter()
        .map(|name| {
            annotation(
                &shared.yaml(name, "eks-1/ingress.yaml"),
                "load-balancer-attributes",
            )
            .to_owned()
        })
        .collect();
    assert_eq!(policies.len(), 1, "{policies:?}");
    let notes = shared.notes("balancer-shared").join("\n");
    for given_up in [
        "access_logs",
        "tls_policy",
        "ip_address_type",
        "logs-of-two",
    ] {
        assert!(notes.contains(given_up), "{given_up} in {notes}");
    }
}

#[test]
fn b08_memory_that_cannot_be_what_it_says_is_told_and_never_a_good_grade() {
    let case = Case::planned("b08-memory-readings");
    let sizing = |name: &str| case.environment(name)["outcome"]["sizing"].clone();
    for (name, told) in [
        ("fraction-prod", "fraction_readings"),
        ("niltozero-prod", "invalid_samples"),
        ("leak-prod", "memory_saw"),
    ] {
        let sizing = sizing(name);
        let flags = sizing["flags"].as_array().expect("flags");
        assert!(flags.contains(&Value::from(told)), "{name}: {flags:?}");
        assert_eq!(sizing["evidence"]["memory"]["grade"], "C", "{name}");
    }
    // 0.35 to 0.39 of 4 GiB, and not of a hundredth of that.
    let request = sizing("fraction-prod")["requests"]["memory_bytes"]
        .as_u64()
        .expect("bytes");
    assert!(request > 4 << 28, "{request}");
}
