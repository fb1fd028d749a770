//! Where a request goes by today's listener and where it goes by the Ingress are the same, whatever the rules.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use super::{Estate, environment, noted, with_option};
use crate::plan::Plan;
use crate::render;
use crate::snapshot::Environment;
use crate::wording::Language;

const POLICY: &str = "[platform]\ndomain = \"clusters.test\"\n";
const HOSTS: [&str; 4] = [
    "shop.example.com",
    "api.example.com",
    "*.example.com",
    "other.example.org",
];
const PATHS: [&str; 5] = ["/api/*", "/admin", "/static/*", "/*", "/api/v?"];
const PROCESSES: [&str; 3] = ["default", "api", "admin"];

/// A rule of a listener: priority, hosts, paths and process.
#[derive(Debug, Clone)]
struct Rule {
    priority: u32,
    hosts: Vec<&'static str>,
    paths: Vec<&'static str>,
    process: &'static str,
}

/// Whether a pattern of an application load balancer fits: a star is any text, a question mark any character.
fn fits(pattern: &str, text: &str) -> bool {
    match pattern.chars().next() {
        None => text.is_empty(),
        Some('*') => text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .any(|at| fits(&pattern[1..], &text[at..])),
        Some(c) => text.chars().next().is_some_and(|first| {
            (c == '?' || c == first) && fits(&pattern[c.len_utf8()..], &text[first.len_utf8()..])
        }),
    }
}

/// What the load balancer of today does: the first rule by priority that fits, else the default process.
fn today<'a>(rules: &[Rule], default: &'a str, host: &str, path: &str) -> &'a str
where
    'static: 'a,
{
    let mut rules: Vec<&Rule> = rules.iter().collect();
    rules.sort_by_key(|rule| rule.priority);
    let is_for = |patterns: &[&str], text: &str| {
        patterns.is_empty() || patterns.iter().any(|pattern| fits(pattern, text))
    };
    rules
        .iter()
        .find(|rule| is_for(&rule.hosts, host) && is_for(&rule.paths, path))
        .map_or(default, |rule| rule.process)
}

/// The Ingresses of an app on one cluster.
fn ingresses(plan: &Plan, app: &str) -> Vec<Value> {
    let files = render::files(plan, Language::English).expect("files");
    files
        .into_iter()
        .filter(|(path, _)| path.contains(&format!("/{app}/eks-1/ingress")))
        .map(|(_, bytes)| {
            serde_saphyr::from_str(std::str::from_utf8(&bytes).expect("UTF-8")).expect("YAML")
        })
        .collect()
}

/// What the controller makes of them: rules as they stand; within one, paths that are exact, then prefixes, then
/// all others (aws-load-balancer-controller, `sortIngressPaths`).
fn after(ingresses: &[Value], port: u16, host: &str, path: &str) -> Option<String> {
    let listens = |ingress: &&Value| {
        let ports = ingress["metadata"]["annotations"]["alb.ingress.kubernetes.io/listen-ports"]
            .as_str()
            .unwrap_or_default();
        ports.contains(&format!(":{port}}}"))
    };
    for ingress in ingresses.iter().filter(listens) {
        for rule in ingress["spec"]["rules"].as_array().expect("rules") {
            if !fits(rule["host"].as_str().expect("a host"), host) {
                continue;
            }
            let mut paths: Vec<&Value> = rule["http"]["paths"]
                .as_array()
                .expect("paths")
                .iter()
                .collect();
            paths.sort_by_key(|path| match path["pathType"].as_str() {
                Some("Exact") => 0,
                Some("Prefix") => 1,
                _ => 2,
            });
            for one in paths {
                let pattern = one["path"].as_str().expect("a path");
                let is_for = match one["pathType"].as_str() {
                    Some("Prefix") => path.starts_with(pattern),
                    _ => fits(pattern, path),
                };
                if is_for {
                    let name = one["backend"]["service"]["name"].as_str();
                    return name.map(str::to_owned);
                }
            }
        }
    }
    None
}

fn any_rule(priority: u32) -> impl Strategy<Value = Rule> {
    let some = |all: &'static [&'static str]| proptest::sample::subsequence(all, 0..=2);
    (some(&HOSTS), some(&PATHS), 0..PROCESSES.len()).prop_map(move |(hosts, paths, process)| {
        let paths = if hosts.is_empty() && paths.is_empty() {
            vec!["/admin"]
        } else {
            paths
        };
        Rule {
            priority,
            hosts,
            paths,
            process: PROCESSES[process],
        }
    })
}

fn with_rules(name: &str, rules: &[Rule], default: &str) -> Environment {
    let mut made = environment(name, 2, "t3.small");
    for (process, port) in [("api", "8080"), ("admin", "9000")] {
        let namespace = format!("aws:elasticbeanstalk:environment:process:{process}");
        made = with_option(made, &namespace, "Port", port);
    }
    let names: Vec<String> = (0..rules.len()).map(|at| format!("rule{at}")).collect();
    for (rule, name) in rules.iter().zip(&names) {
        let namespace = format!("aws:elbv2:listenerrule:{name}");
        for (option, value) in [
            ("Priority", rule.priority.to_string()),
            ("HostHeaders", rule.hosts.join(",")),
            ("PathPatterns", rule.paths.join(", ")),
            ("Process", rule.process.to_owned()),
        ] {
            made = with_option(made, &namespace, option, &value);
        }
    }
    let listener = "aws:elbv2:listener:80";
    made = with_option(made, listener, "DefaultProcess", default);
    with_option(made, listener, "Rules", &names.join(","))
}

fn service(app: &str, process: &str, main: &str) -> String {
    if process == main {
        app.to_owned()
    } else {
        format!("{app}--{process}")
    }
}

#[test]
fn a_request_goes_where_it_went() {
    // A plan for each case is dear: a case has several apps.
    let mut runner = TestRunner::new(Config {
        cases: 6,
        failure_persistence: None,
        ..Config::default()
    });
    let app = (1..6_u32).prop_flat_map(|rules| {
        let rules: Vec<_> = (0..rules).map(|at| any_rule(100 - at)).collect();
        (rules, 0..PROCESSES.len())
    });
    let fleet = proptest::collection::vec(app, 6);
    runner
        .run(&fleet, |apps| {
            let name = |at: usize| format!("app-{at}");
            let environments = apps
                .iter()
                .enumerate()
                .map(|(at, (rules, default))| with_rules(&name(at), rules, PROCESSES[*default]));
            let plan = Estate::of(environments.collect()).plan_under(POLICY);
            for (at, (rules, default)) in apps.iter().enumerate() {
                let default = PROCESSES[*default];
                let name = name(at);
                let written = ingresses(&plan, &name);
                let own = format!("{name}.eks-1.clusters.test");
                for path in ["/", "/api/v1", "/api/v12/x", "/admin", "/static/a"] {
                    // The app's own name on the cluster is what any other host is today.
                    let mut hosts = vec![("elsewhere.test", own.as_str())];
                    let named = |host: &str| {
                        rules
                            .iter()
                            .flat_map(|rule| &rule.hosts)
                            .any(|pattern| fits(pattern, host))
                    };
                    for host in ["shop.example.com", "x.example.com", "other.example.org"] {
                        if named(host) {
                            hosts.push((host, host));
                        }
                    }
                    for (before, host) in hosts {
                        let wanted = service(&name, today(rules, default, before, path), default);
                        let found = after(&written, 80, host, path);
                        prop_assert_eq!(
                            found.as_deref(),
                            Some(wanted.as_str()),
                            "{} {}{} by {:?}",
                            name,
                            host,
                            path,
                            rules
                        );
                    }
                }
            }
            Ok(())
        })
        .expect("requests go where they went");
}

/// On one load balancer of today the rules of two environments for one host are tried by their priorities.
#[test]
fn of_two_apps_with_rules_for_one_host_the_one_that_takes_the_rest_is_tried_last() {
    let shared = |name: &str, priority: u32, path: &'static str| {
        let rule = Rule {
            priority,
            hosts: vec!["www.example.com"],
            paths: vec![path],
            process: "default",
        };
        let mut made = with_rules(name, &[rule], "default");
        made.load_balancers[0].shared = true;
        made
    };
    let order = |plan: &Plan, name: &str| {
        let written = ingresses(plan, name);
        let annotations = &written[0]["metadata"]["annotations"];
        annotations["alb.ingress.kubernetes.io/group.order"]
            .as_str()
            .map(str::to_owned)
    };
    let plan = Estate::of(vec![
        shared("a-shop", 100, "/*"),
        shared("b-api", 10, "/api/*"),
        environment("c-other", 2, "t3.small"),
    ])
    .plan_under(POLICY);
    assert_eq!(
        ["a-shop", "b-api", "c-other"].map(|name| order(&plan, name)),
        [Some("2".to_owned()), Some("1".to_owned()), None]
    );
    assert_eq!(noted(&plan, "rules-interleaved").len(), 0);
    assert_eq!(noted(&plan, "host-on-several").len(), 0);
    // Where something else keeps them apart, somebody has to know: a name leads to one load balancer.
    let idle = with_option(
        shared("a-shop", 100, "/*"),
        "aws:elbv2:loadbalancer",
        "IpAddressType",
        "dualstack",
    );
    let plan = Estate::of(vec![idle, shared("b-api", 10, "/api/*")])
        .plan_under(&format!("{POLICY}[load_balancers]\ngive_up = []\n"));
    assert_eq!(plan.ingress_groups.len(), 2);
    assert_eq!(noted(&plan, "host-on-several").len(), 1);
    // Of load balancers of their own only one can have the host's clients: they stay apart.
    let mut apart = vec![shared("a-shop", 100, "/*"), shared("b-api", 10, "/api/*")];
    apart[0].load_balancers[0].shared = false;
    let plan = Estate::of(apart).plan_under(POLICY);
    assert_eq!(plan.ingress_groups.len(), 2);
}

/// A star may be another app's own name on the cluster.
#[test]
fn a_host_with_a_star_takes_nobody_elses_name() {
    let rule = Rule {
        priority: 1,
        hosts: vec!["*.clusters.test"],
        paths: vec![],
        process: "default",
    };
    let plan = Estate::of(vec![
        with_rules("a-star", &[rule], "default"),
        environment("b-plain", 2, "t3.small"),
    ])
    .plan_under(POLICY);
    let group = &plan.ingress_groups[0];
    assert_eq!(
        (group.apps, group.order.as_slice()),
        (2, ["a-star".to_owned()].as_slice())
    );
}

/// The CDN names its origin as the host, unless rules go by the client's.
#[test]
fn the_cdn_lets_the_clients_name_through_where_rules_go_by_it() {
    let rule = |hosts: &[&'static str]| Rule {
        priority: 1,
        hosts: hosts.to_vec(),
        paths: vec!["/api/*"],
        process: "api",
    };
    let plan = Estate::of(vec![
        with_rules("by-host", &[rule(&["www.example.com"])], "default"),
        with_rules("by-path", &[rule(&[])], "default"),
    ])
    .plan_under(POLICY);
    let files = render::files(&plan, Language::English).expect("files");
    for (name, is_replaced) in [("by-host", false), ("by-path", true)] {
        let text = &files[&format!("delivery/cdn/{name}/main.tf.json")];
        let root: Value = serde_json::from_slice(text).expect("JSON");
        let origins = root["resource"]["fastly_service_vcl"]["app"]["backend"]
            .as_array()
            .expect("origins");
        assert!(!origins.is_empty());
        for origin in origins {
            assert_eq!(origin.get("override_host").is_some(), is_replaced, "{name}");
        }
    }
}
