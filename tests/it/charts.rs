//! Values of charts, held to the charts: `tests/charts` has the keys of the versions that are pinned. Helm ignores a key
//! that a chart does not know, so that nothing else would tell.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};

use crate::platform_files::{Output, both_policies};

/// The keys of a chart: its version, and each path in its values with whether anything may stand below it.
struct Keys {
    version: String,
    paths: BTreeMap<String, bool>,
}

fn keys(chart: &str) -> Keys {
    let path = format!("{}/tests/charts/{chart}.keys", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let (head, rest) = text.split_once('\n').expect("a first line");
    let version = head.split(' ').nth(2).expect("# NAME VERSION SOURCE");
    let paths = rest
        .lines()
        .map(|line| match line.strip_suffix(" *") {
            Some(path) => (path.to_owned(), true),
            None => (line.to_owned(), false),
        })
        .collect();
    Keys {
        version: version.to_owned(),
        paths,
    }
}

impl Keys {
    /// Whether the chart reads what stands at that path: a path of its own, or one below an open one. `resources`
    /// with defaults are open too: their keys are Kubernetes'.
    fn knows(&self, path: &str) -> bool {
        let is_open = |path: &str| self.paths.get(path) == Some(&true);
        let ends: Vec<usize> = path
            .match_indices('/')
            .map(|(at, _)| at)
            .chain([path.len()])
            .filter(|&at| at > 0)
            .collect();
        self.paths.contains_key(path)
            || ends
                .iter()
                .any(|&end| is_open(&path[..end]) || path[..end].ends_with("/resources"))
    }
}

fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (key, value) in fields {
                let key = key.replace('~', "~0").replace('/', "~1");
                leaves(value, &format!("{path}/{key}"), found);
            }
        }
        _ => found.push(path.to_owned()),
    }
}

fn unknown(chart: &str, values: &Value) -> Vec<String> {
    let keys = keys(chart);
    let mut all = Vec::new();
    leaves(values, "", &mut all);
    assert!(!all.is_empty(), "{chart} is told nothing");
    all.retain(|path| !keys.knows(path));
    all
}

#[test]
fn a_key_that_no_chart_knows_is_noticed() {
    assert_eq!(
        unknown(
            "karpenter",
            &json!({"resources": {"requests": {"cpu": "1"}}})
        ),
        Vec::<String>::new(),
        "a place called resources is open"
    );
    assert_eq!(
        unknown("karpenter", &json!({"settings": {"clusterNam": "x"}})),
        ["/settings/clusterNam"]
    );
}

#[test]
fn charts_are_told_what_they_read_and_are_of_the_versions_whose_keys_are_known() {
    for output in both_policies() {
        for cluster in output.clusters() {
            for release in output.releases(&cluster) {
                let chart = release["chart"].as_str().expect("a chart");
                if chart.starts_with("./") {
                    continue;
                }
                let name = chart.rsplit('/').next().expect("a name");
                assert_eq!(release["version"], keys(name).version, "{name}");
                let values = output.values(&cluster, &release);
                assert_eq!(unknown(name, &values), Vec::<String>::new(), "{name}");
                // Karpenter's chart has no such place at the top.
                assert!(
                    name != "karpenter" || values.get("resources").is_none(),
                    "karpenter's resources are its controller's"
                );
            }
        }
        for addon in output.yaml("eksctl/eks-1.yaml")["addons"]
            .as_array()
            .expect("a list")
        {
            if addon["name"] == "amazon-cloudwatch-observability" {
                let told = addon["configurationValues"].as_str().expect("JSON");
                let told: Value = serde_json::from_str(told).expect("JSON");
                assert_eq!(
                    unknown("amazon-cloudwatch-observability", &told),
                    Vec::<String>::new()
                );
            }
        }
    }
}

/// Where each chart puts the requests of each container of a pod; the pods of an entry of the policy are all of its
/// places, or one place with a number of replicas.
const ADDONS: [(&str, &str, &[&str], Option<&str>); 9] = [
    (
        "aws-load-balancer-controller",
        "aws-load-balancer-controller",
        &["/resources"],
        Some("/replicaCount"),
    ),
    ("external-dns", "external-dns", &["/resources"], None),
    (
        "cluster-autoscaler",
        "cluster-autoscaler",
        &["/resources"],
        Some("/replicaCount"),
    ),
    (
        "karpenter",
        "karpenter",
        &["/controller/resources"],
        Some("/replicas"),
    ),
    ("descheduler", "descheduler", &["/resources"], None),
    (
        "keda",
        "keda",
        &[
            "/resources/operator",
            "/resources/metricServer",
            "/resources/webhooks",
        ],
        None,
    ),
    (
        "external-secrets",
        "external-secrets",
        &[
            "/resources",
            "/webhook/resources",
            "/certController/resources",
        ],
        None,
    ),
    (
        "datadog",
        "datadog-cluster-agent",
        &["/clusterAgent/resources"],
        Some("/clusterAgent/replicas"),
    ),
    (
        "datadog",
        "datadog-cluster-agent",
        &["/clusterAgent/containers/initContainers/resources"],
        Some("/clusterAgent/replicas"),
    ),
];

/// The containers of each daemon's pod: together they ask for what was packed.
const DAEMONS: [(&str, &str, &[&str]); 3] = [
    ("fluent-bit", "fluent-bit", &["/resources"]),
    (
        "datadog",
        "metrics-agent",
        &[
            "/agents/containers/agent/resources",
            "/agents/containers/traceAgent/resources",
        ],
    ),
    (
        "datadog-windows",
        "metrics-agent",
        &[
            "/agents/containers/agent/resources",
            "/agents/containers/traceAgent/resources",
        ],
    ),
];

fn quantity(text: &Value) -> u64 {
    let text = text.as_str().unwrap_or_else(|| panic!("{text}"));
    match (text.strip_suffix("Mi"), text.strip_suffix('m')) {
        (Some(mebibytes), _) => mebibytes.parse::<u64>().expect("a number") << 20,
        (None, Some(millicores)) => millicores.parse().expect("a number"),
        (None, None) => text.parse().expect("a number"),
    }
}

fn asked(values: &Value, place: &str) -> [u64; 2] {
    let at = |resource: &str| {
        let pointer = format!("{place}/requests/{resource}");
        quantity(values.pointer(&pointer).unwrap_or_else(|| {
            panic!("a container asks for nothing: {pointer}");
        }))
    };
    [at("cpu"), at("memory")]
}

fn of_policy(output: &Output, list: &str, name: &str) -> [u64; 2] {
    let entries = output.plan["inputs"]["policy"][list].as_array();
    let entry = entries
        .expect("a list")
        .iter()
        .find(|entry| entry["name"] == name)
        .unwrap_or_else(|| panic!("the policy has no {name}"));
    ["cpu", "memory"].map(|resource| entry[resource].as_u64().expect("a number"))
}

#[test]
fn containers_of_charts_ask_for_what_their_place_was_packed_with() {
    for output in both_policies() {
        for cluster in output.clusters() {
            let packed: BTreeMap<String, u64> = output
                .packed(&cluster)
                .into_iter()
                .filter(|workload| workload["kind"] == "addon")
                .map(|workload| {
                    let name = workload["name"].as_str().expect("a name").to_owned();
                    (name, workload["replicas"].as_u64().expect("a number"))
                })
                .collect();
            let releases: BTreeMap<String, Value> = output
                .releases(&cluster)
                .into_iter()
                .map(|release| {
                    (
                        release["name"].as_str().expect("a name").to_owned(),
                        output.values(&cluster, &release),
                    )
                })
                .collect();
            let mut found = 0;
            for (release, addon, places, count) in ADDONS {
                let Some(values) = releases.get(release) else {
                    assert!(
                        !packed.contains_key(addon),
                        "{addon} is packed and not installed"
                    );
                    continue;
                };
                found += 1;
                for place in places {
                    assert_eq!(
                        asked(values, place),
                        of_policy(output, "addons", addon),
                        "{addon}"
                    );
                }
                let pods = count.map_or(places.len() as u64, |pointer| {
                    values
                        .pointer(pointer)
                        .and_then(Value::as_u64)
                        .expect("a number")
                });
                assert_eq!(packed.get(addon), Some(&pods), "{addon}");
            }
            assert!(found >= 6);
            for (release, daemon, places) in DAEMONS {
                let Some(values) = releases.get(release) else {
                    continue;
                };
                let sum = places
                    .iter()
                    .map(|place| asked(values, place))
                    .fold([0, 0], |sum, asked| [sum[0] + asked[0], sum[1] + asked[1]]);
                let add_on = output.cloudwatch_share(&cluster, daemon);
                let sum = [sum[0] + add_on[0], sum[1] + add_on[1]];
                assert_eq!(sum, of_policy(output, "daemons", daemon), "{release}");
            }
        }
    }
}

impl Output {
    /// What CloudWatch's add-on asks for beside a daemon of ours.
    fn cloudwatch_share(&self, cluster: &str, daemon: &str) -> [u64; 2] {
        if daemon != "fluent-bit" {
            return [0, 0];
        }
        self.cloudwatch(cluster)
            .filter(|told| told["containerLogs"]["enabled"] == true)
            .map_or([0, 0], |told| {
                asked(&told, "/containerLogs/fluentBit/resources")
            })
    }
}

#[test]
fn nobody_evicts_the_platform() {
    const CONTROLLER: &str = "system-cluster-critical";
    const DAEMON: &str = "system-node-critical";
    let places: [(&str, &[(&str, &str)]); 9] = [
        (
            "aws-load-balancer-controller",
            &[("/priorityClassName", CONTROLLER)],
        ),
        ("external-dns", &[("/priorityClassName", CONTROLLER)]),
        ("cluster-autoscaler", &[("/priorityClassName", CONTROLLER)]),
        ("karpenter", &[("/priorityClassName", CONTROLLER)]),
        ("descheduler", &[("/priorityClassName", CONTROLLER)]),
        ("keda", &[("/priorityClassName", CONTROLLER)]),
        (
            "external-secrets",
            &[
                ("/priorityClassName", CONTROLLER),
                ("/webhook/priorityClassName", CONTROLLER),
                ("/certController/priorityClassName", CONTROLLER),
            ],
        ),
        ("fluent-bit", &[("/priorityClassName", DAEMON)]),
        (
            "datadog",
            &[
                ("/agents/priorityClassName", DAEMON),
                ("/clusterAgent/priorityClassName", CONTROLLER),
            ],
        ),
    ];
    for output in both_policies() {
        for release in output.releases("eks-1") {
            let name = release["name"].as_str().expect("a name");
            let Some((_, places)) = places.iter().find(|(known, _)| *known == name) else {
                assert!(
                    release["chart"]
                        .as_str()
                        .is_some_and(|chart| chart.starts_with("./"))
                        || name == "datadog-windows",
                    "nothing is known of the priority of {name}"
                );
                continue;
            };
            let values = output.values("eks-1", &release);
            for (pointer, class) in *places {
                assert_eq!(
                    values.pointer(pointer),
                    Some(&json!(class)),
                    "{name}{pointer}"
                );
            }
        }
        // Kubernetes keeps values above a thousand million for its own two classes.
        for class in
            output.all("platform/eks-1/objects/priority-classes/templates/priority-classes.yaml")
        {
            assert!(
                class["value"]
                    .as_u64()
                    .is_some_and(|value| value < 1_000_000_000)
            );
        }
    }
}
