//! Mistakes of accounting and naming.

use serde_json::json;

use super::{Mistake, bill, cluster, env, manifests_of, replace, workers};
use crate::plan::{
    BillKey, BilledBalancers, ClusterManifest, Entrance, EntranceKind, IngressGroup, Monitoring,
    Outcome, Plan, Scheme,
};
use crate::wording::Text;

pub(super) const MISTAKES: &[Mistake] = &[
    ("another format", &["plan-format"], |plan| {
        plan.format = "eb2eks-plan/0".to_owned()
    }),
    (
        "an unknown environment counted twice",
        &["coverage"],
        |plan| plan.coverage.unknown += 1,
    ),
    (
        "one seen too many, in step with the classes",
        &["coverage"],
        |plan| {
            plan.coverage.seen += 1;
            plan.coverage.excluded += 1;
        },
    ),
    (
        "terminated environments counted as seen",
        &["coverage"],
        |plan| plan.coverage.seen += plan.coverage.terminated,
    ),
    (
        "an environment dropped from the list",
        &["app-saving-rows", "coverage"],
        |plan| drop(plan.environments.pop()),
    ),
    (
        "an environment listed twice",
        &["environment-twice"],
        |plan| {
            let double = env(plan, "old-batch").clone();
            plan.environments.push(double);
            plan.coverage.seen += 1;
            plan.coverage.excluded += 1;
        },
    ),
    (
        "two environments with one kubernetes name",
        &["host-twice", "name-twice"],
        |plan| {
            let mut double = env(plan, "search-prod").clone();
            double.id = "e-other".to_owned();
            plan.environments.push(double);
            plan.coverage.seen += 1;
            plan.coverage.planned += 1;
        },
    ),
    ("excluded without a reason", &["reason-missing"], |plan| {
        env(plan, "old-batch").outcome = Outcome::Excluded { reason: " ".into() };
    }),
    ("unknown without a reason", &["reason-missing"], |plan| {
        env(plan, "warehouse").outcome = Outcome::Unknown {
            reason: Text::default(),
        };
    }),
    (
        "planned though excluded by name",
        &["exclusion-ignored"],
        |plan| {
            plan.inputs.policy.scope.exclude_environments =
                serde_json::from_str("[\"search-*\"]").expect("a pattern");
        },
    ),
    (
        "planned though excluded by application",
        &["exclusion-ignored"],
        |plan| {
            plan.inputs.policy.scope.exclude_applications =
                serde_json::from_str("[\"shop\"]").expect("a pattern");
        },
    ),
    (
        "an app name with an underscore",
        &["name-invalid"],
        |plan| rename(plan, "search_prod"),
    ),
    ("an app name in capitals", &["name-invalid"], |plan| {
        rename(plan, "Search")
    }),
    (
        "an app name that begins with a digit",
        &["name-invalid"],
        |plan| rename(plan, "1-search"),
    ),
    (
        "an app name that ends with a hyphen",
        &["name-invalid"],
        |plan| rename(plan, "search-"),
    ),
    ("an empty app name", &["name-invalid"], |plan| {
        rename(plan, "")
    }),
    ("an app name of 64 letters", &["name-invalid"], |plan| {
        rename(plan, &"s".repeat(64))
    }),
    (
        "a cluster name with an underscore",
        &["name-invalid"],
        |plan| replace(plan, "eks-2", "eks_2"),
    ),
    ("an add-on name with a blank", &["name-invalid"], |plan| {
        replace(plan, "ebs-csi-controller", "ebs csi controller")
    }),
    (
        "a node group name in capitals",
        &["name-invalid", "pods-wrong-group"],
        |plan| workers(plan).name = "Workers".to_owned(),
    ),
    ("two workloads with one name", &["name-twice"], |plan| {
        let cluster = cluster(plan, "eks-1");
        let double = cluster.workloads[0].clone();
        cluster.workloads.push(double);
    }),
    (
        "two node groups with one name",
        &["name-twice", "pods-wrong-group"],
        |plan| plan.clusters[0].node_groups[1].name = "workers".to_owned(),
    ),
    ("two nodes with one name", &["name-twice"], |plan| {
        workers(plan).at_most.placement[1].node = "workers-01".to_owned()
    }),
    (
        "a setting that names no option",
        &["option-unknown"],
        |plan| {
            env(plan, "old-batch").translation.settings.unset.push(7);
        },
    ),
    (
        "a setting that is not counted",
        &["option-coverage"],
        |plan| env(plan, "old-batch").translation.settings.default.push(0),
    ),
    ("a setting that was lost", &["option-coverage"], |plan| {
        env(plan, "billing-prod").translation.settings.set.clear()
    }),
    (
        "a cluster whose DNS nobody planned",
        &["dns-replicas"],
        |plan| {
            plan.platform.cluster_dns.remove("eks-2");
        },
    ),
    (
        "a pod that takes longer to end than its cluster waits",
        &["grace-cut-off"],
        |plan| {
            env(plan, "billing-prod")
                .translation
                .intents
                .stop
                .grace_seconds = 301;
        },
    ),
    (
        "a cluster that waits for nobody knows how long",
        &["grace-cut-off"],
        |plan| {
            plan.platform.longest_grace_seconds.remove("eks-1");
        },
    ),
    (
        "logs that CloudWatch keeps for nobody knows how long",
        // The add-ons of Datadog are then nobody's.
        &["addon-missing", "log-days", "workload-unowned"],
        |plan| {
            plan.inputs.policy.platform.monitoring = Monitoring::Cloudwatch;
            plan.platform.log_days = None;
        },
    ),
    (
        "a namespace without bounds",
        &["namespace-bounds"],
        |plan| {
            plan.platform.namespaces.remove("eks-1");
        },
    ),
    (
        "an autoscaler beyond what is packed",
        &["autoscaler-bounds"],
        |plan| manifest(plan).max_replicas = 3,
    ),
    (
        "an autoscaler that keeps nothing",
        &["autoscaler-bounds"],
        |plan| manifest(plan).min_replicas = 0,
    ),
    (
        "a name in DNS that two clusters have",
        &["host-twice"],
        |plan| {
            manifest(plan).host = Some("billing-prod.eks-2.example.com".to_owned());
        },
    ),
    ("a sidecar that nobody packed", &["pod-requests"], |plan| {
        let manifests = manifests_of(plan, "billing-prod");
        manifests.sidecar = Some(manifests.container);
    }),
    (
        "manifests for a cluster alone",
        &["manifest-clusters"],
        |plan| {
            manifests_of(plan, "billing-prod").clusters.remove("eks-2");
        },
    ),
    (
        "an entrance without its load balancer",
        &["entrance-group"],
        |plan| {
            enter(plan, entrance(&[80]));
        },
    ),
    (
        "a load balancer that everybody reaches, for an internal app",
        &["entrance-reach", "balancers-billed"],
        |plan| {
            enter(plan, entrance(&[80]));
            manifests_of(plan, "billing-prod").ingress_group = Some("public".to_owned());
            plan.ingress_groups
                .push(group("public", Scheme::InternetFacing));
        },
    ),
    (
        "a port twice",
        &["port-twice", "balancers-billed"],
        |plan| {
            let twice = Entrance {
                kind: EntranceKind::Network,
                ..entrance(&[80, 443, 80])
            };
            enter(plan, twice);
        },
    ),
    (
        "a port that leads to a process that is not there",
        &["process-missing", "balancers-billed"],
        |plan| {
            let mut nowhere = Entrance {
                kind: EntranceKind::Network,
                ..entrance(&[80])
            };
            nowhere.listeners[0].default_process = "gone".to_owned();
            enter(plan, nowhere);
        },
    ),
    (
        "a load balancer that nobody creates",
        &["balancers-billed"],
        |plan| {
            bill(plan, BillKey::AFTER).lines[0].balancers = Some(BilledBalancers {
                kind: "application".to_owned(),
                scheme: Scheme::Internal,
                count: 1,
            });
        },
    ),
    ("clusters in another order", &["clusters-differ"], |plan| {
        plan.clusters.reverse()
    }),
];

/// What billing-prod has on the first cluster.
fn manifest(plan: &mut Plan) -> &mut ClusterManifest {
    let manifests = manifests_of(plan, "billing-prod");
    manifests.clusters.get_mut("eks-1").expect("it runs there")
}

/// The environment keeps its name, which is AWS's; its name on the clusters changes.
fn rename(plan: &mut Plan, to: &str) {
    let (bills, economics) = (plan.bills.clone(), plan.economics.clone());
    replace(plan, "search-prod", to);
    (plan.bills, plan.economics) = (bills, economics);
    let environment = env(plan, to);
    environment.name = "search-prod".to_owned();
    environment.label = "search-prod".to_owned();
}

/// Puts `entrance` in front of billing-prod, whose one process it leads to.
fn enter(plan: &mut Plan, entrance: Entrance) {
    let process = json!({
        "port": 80, "deregistration_seconds": 20,
        "health": {
            "interval_seconds": 15, "timeout_seconds": 5, "healthy_count": 3, "unhealthy_count": 5,
            "success_codes": "200", "suits_kubelet": true,
        },
    });
    let process = serde_json::from_value(process).expect("a process");
    let intents = &mut env(plan, "billing-prod").translation.intents;
    intents.main_process = "default".to_owned();
    intents.processes.insert("default".to_owned(), process);
    intents.entrance = Some(entrance);
}

/// An internal application load balancer with these ports.
fn entrance(ports: &[u16]) -> Entrance {
    let listeners: Vec<_> = ports
        .iter()
        .map(|port| json!({"port": port, "default_process": "default"}))
        .collect();
    let of = json!({
        "kind": "application", "scheme": "internal", "listeners": listeners,
        "default_process": "default", "idle_seconds": 60,
    });
    serde_json::from_value(of).expect("an entrance")
}

fn group(name: &str, scheme: Scheme) -> IngressGroup {
    let of = json!({
        "name": name, "scheme": scheme, "idle_seconds": 60, "apps": 1, "rules": 1,
        "certificates": 0, "target_groups": 1,
    });
    serde_json::from_value(of).expect("a group")
}
