//! A small plan that is right, built by hand, for tests that then break it.
//!
//! Two clusters with a Linux group (two nodes, at most three) and a Windows group; three production
//! apps, one staging app, one environment excluded, one unknown. Every number is worked out here, not
//! by the rooms that make plans.

use std::collections::BTreeMap;

use super::valid_economics::{economics, plain, terms};
use crate::plan::{
    Autoscaling, Bill, BillKey, BillLine, Bound, Category, ClusterManifest, ClusterPlan,
    ClusterReplicas, Coincidence, CorednsReplicas, Coverage, CpuEvidence, Distribution,
    EnvironmentPlan, Event, Evidence, Factor, Grade, GroupPlan, Hours, Inputs, JudgedOption,
    LargestPod, Limits, LoadTestPlan, LowerBound, Machines, ManifestPlan, MemoryEvidence,
    MemoryOrigin, NamespacePlan, Network, NodeCapacity, NodePlacement, NodeTypeOutcome,
    NodeTypeRow, OperatingSystem, Outcome, PLAN_FORMAT, Packing, Phase, PhaseAssignment, Plan,
    PlatformPlan, PodsOnNode, Policy, Priority, Record, Replicas, Rhythm, Saving, Scaler, Shared,
    SimulatedNodeCounts, Situation, Sizing, Stage, Unit, Verdict, VerdictCount, Window, Workload,
    WorkloadKind, ZoneSpread,
};
use crate::plan::{CERTIFICATE_FORMAT, Certificate, EqualBins, PriceBound, PricedItem};
use crate::size::Utilisation;
use crate::units::{Bytes, Millicores, Money, Quantity, Resources};
use crate::wording::{Text, text};

const ZONES: [&str; 3] = ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"];

pub(super) fn valid_plan() -> Plan {
    // The shipped file is text that anybody may read; how a policy is made is not this room's to name.
    let policy: Policy =
        toml::from_str(include_str!("../policy/defaults.toml")).expect("the defaults are a policy");
    let both = |normal, failover, surge| {
        let replicas = ClusterReplicas {
            normal,
            failover,
            surge,
        };
        BTreeMap::from([
            ("eks-1".to_owned(), replicas),
            ("eks-2".to_owned(), replicas),
        ])
    };
    let one = BTreeMap::from([(
        "eks-1".to_owned(),
        ClusterReplicas {
            normal: 1,
            failover: 1,
            surge: 1,
        },
    )]);
    let environments = vec![
        planned(
            environment("billing-prod", 2),
            requests(300, 512),
            2,
            both(1, 2, 1),
        ),
        planned(
            windows(environment("legacy-iis", 2)),
            requests(1000, 2048),
            2,
            both(2, 2, 0),
        ),
        environment("old-batch", 1),
        planned(
            environment("search-prod", 4),
            requests(500, 1024),
            4,
            both(2, 4, 1),
        ),
        planned(
            staging(environment("shop-stg", 1)),
            requests(200, 512),
            1,
            one,
        ),
        unknown(environment("warehouse", 0)),
    ];
    let mut environments = environments;
    environments[0]
        .translation
        .settings
        .set
        .insert(0, "4".to_owned());
    let clusters = vec![
        cluster("eks-1", &policy, &environments),
        cluster("eks-2", &policy, &environments),
    ];
    let (today, after) = (today(), after());
    Plan {
        format: PLAN_FORMAT.to_owned(),
        tool: "eb2eks 0.1.0".to_owned(),
        inputs: inputs(policy),
        coverage: Coverage {
            seen: 6,
            planned: 4,
            excluded: 1,
            unknown: 1,
            terminated: 2,
        },
        environments,
        options: vec![judged()],
        option_coverage: BTreeMap::from([(
            Verdict::Translated,
            VerdictCount {
                set: 1,
                ..VerdictCount::default()
            },
        )]),
        ingress_groups: Vec::new(),
        platform: platform(),
        phases: vec![Phase {
            number: 1,
            title: text!("wave-pilot"),
            environments: 2,
            waves: Some((1, 1)),
        }],
        utilisation: Utilisation::default(),
        coincidence: Coincidence {
            sum_of_peaks: Millicores(1_200),
            peak_of_sum: Millicores(900),
        },
        clusters,
        addresses: Vec::new(),
        replay: None,
        node_types: vec![
            node_type("r5.2xlarge", 3, 4, "3700.60", "110.00"),
            planned_type(),
        ],
        saving: Saving {
            today: today.total,
            after: after.total,
            per_month: today.total - after.total,
            bound: Bound::Exact,
        },
        economics: economics(&today, &after),
        bills: [vec![today, after], terms().to_vec()].concat(),
        notes: Vec::new(),
    }
}

/// Linux nodes of both clusters: 2 + 2, at most 3 + 3; the total of `after`.
/// What both clusters need for themselves.
fn platform() -> PlatformPlan {
    let clusters = ["eks-1", "eks-2"].map(str::to_owned);
    let shop = NamespacePlan {
        pods: 20,
        requests: requests(10_000, 20_480),
        balancers: None,
    };
    PlatformPlan {
        cluster_dns: BTreeMap::from(
            clusters
                .clone()
                .map(|name| (name, CorednsReplicas { least: 2, most: 2 })),
        ),
        longest_grace_seconds: BTreeMap::from(clusters.clone().map(|name| (name, 300))),
        namespaces: BTreeMap::from(
            clusters.map(|name| (name, BTreeMap::from([("shop".to_owned(), shop.clone())]))),
        ),
        ..PlatformPlan::default()
    }
}

fn planned_type() -> NodeTypeRow {
    NodeTypeRow {
        is_planned: true,
        ..node_type("c5.2xlarge", 4, 6, "3810.60", "0")
    }
}

fn node_type(name: &str, nodes: u32, max_nodes: u32, per_month: &str, saving: &str) -> NodeTypeRow {
    let money = |text: &str| Some(text.parse::<Money>().expect("an amount"));
    let outcome = NodeTypeOutcome::Feasible {
        nodes,
        max_nodes,
        per_month: money(per_month),
        saving: money(saving),
        is_lower_bound: false,
        cpu_percent: 12.5,
        memory_percent: 50.0,
    };
    NodeTypeRow {
        instance_types: vec![name.to_owned()],
        min_gib_per_core: None,
        is_planned: false,
        needs_other_images: false,
        outcome,
    }
}

fn judged() -> JudgedOption {
    JudgedOption {
        namespace: "aws:autoscaling:asg".to_owned(),
        name: "MinSize".to_owned(),
        resource: None,
        verdict: Verdict::Translated,
        target: Some("minReplicas".into()),
        note: None,
        default: "1".to_owned(),
    }
}

/// On each of its clusters as many pods as in normal times, all that were packed when it serves alone.
fn manifests(environment: &EnvironmentPlan, sizing: &Sizing) -> ManifestPlan {
    let on = |(cluster, replicas): (&String, &ClusterReplicas)| {
        let host = Some(format!("{}.{cluster}.example.com", environment.name));
        (
            cluster.clone(),
            ClusterManifest {
                min_replicas: replicas.normal.max(1),
                max_replicas: replicas.failover.max(1),
                scheduled_replicas: None,
                host,
            },
        )
    };
    ManifestPlan {
        application: serde_json::from_str("\"shop\"").expect("a name"),
        namespace: serde_json::from_str("\"shop\"").expect("a name"),
        role_arn: None,
        clusters: sizing.replicas.clusters.iter().map(on).collect(),
        ingress_group: None,
        container: sizing.requests,
        container_memory_limit: sizing.limits.memory_bytes,
        sidecar: None,
        zone_spread: ZoneSpread::default(),
        min_available: None,
        priority: Priority::Production,
        architecture: "amd64".to_owned(),
        own_nodes: None,
        turn: PhaseAssignment {
            phase: 1,
            because: text!("turn-pilot"),
        },
    }
}

fn inputs(policy: Policy) -> Inputs {
    let time = |text: &str| text.parse().expect("a timestamp");
    Inputs {
        collected_at: time("2026-11-22T00:00:00Z"),
        collected_by: "by hand".to_owned(),
        window: Window {
            start: time("2026-09-20T00:00:00Z"),
            end: time("2026-11-22T00:00:00Z"),
        },
        scopes: Vec::new(),
        note: None,
        files: Vec::new(),
        price_book: "2026-07-20".to_owned(),
        policy,
    }
}

const fn requests(cpu: u64, mebibytes: u64) -> Resources {
    Resources {
        cpu: Millicores(cpu),
        memory: Bytes::from_mebibytes(mebibytes),
    }
}

/// Excluded, until something else becomes of it.
fn environment(name: &str, instances: u32) -> EnvironmentPlan {
    let running = if instances == 0 {
        None
    } else {
        Some(("m5.large".to_owned(), instances))
    };
    EnvironmentPlan {
        account: "111111111111".to_owned(),
        region: "ap-northeast-1".to_owned(),
        application: "shop".to_owned(),
        name: name.to_owned(),
        id: format!("e-{name}"),
        label: name.to_owned(),
        tier: "WebServer".to_owned(),
        platform: "Docker".to_owned(),
        operating_system: OperatingSystem::Linux,
        stage: Stage::Production,
        instances_today: running.into_iter().collect(),
        outcome: Outcome::Excluded {
            reason: "named in the policy".into(),
        },
        translation: Shared::default(),
        history: None,
    }
}

fn windows(environment: EnvironmentPlan) -> EnvironmentPlan {
    EnvironmentPlan {
        operating_system: OperatingSystem::Windows,
        ..environment
    }
}

fn staging(environment: EnvironmentPlan) -> EnvironmentPlan {
    EnvironmentPlan {
        stage: Stage::Staging,
        ..environment
    }
}

fn unknown(environment: EnvironmentPlan) -> EnvironmentPlan {
    EnvironmentPlan {
        outcome: Outcome::Unknown {
            reason: "no history".into(),
        },
        ..environment
    }
}

fn planned(
    environment: EnvironmentPlan,
    requests: Resources,
    full_load: u32,
    clusters: BTreeMap<String, ClusterReplicas>,
) -> EnvironmentPlan {
    let instances_today = environment.instances_today.values().sum();
    let sizing = Sizing {
        requests,
        limits: Limits {
            cpu_millicores: None,
            memory_bytes: requests.memory,
        },
        replicas: Replicas {
            instances_today,
            pods_per_instance: 1,
            full_load,
            clusters,
        },
        autoscaling: Autoscaling {
            scaler: Scaler::Cpu,
            min: 2,
            max: 4,
            target_percent: 67,
        },
        evidence: evidence(),
        flags: Vec::new(),
        reasons: Vec::new(),
    };
    let kubernetes_name = serde_json::from_value(environment.name.clone().into()).expect("a name");
    let node_group = match environment.operating_system {
        OperatingSystem::Linux => "workers".to_owned(),
        OperatingSystem::Windows => "windows".to_owned(),
    };
    EnvironmentPlan {
        outcome: Outcome::Planned {
            kubernetes_name,
            node_group,
            manifests: Box::new(manifests(&environment, &sizing)),
            sizing: Box::new(sizing),
            load_test: LoadTestPlan::LeftOut {
                reason: Text::plain("made up"),
            },
        },
        ..environment
    }
}

fn evidence() -> Evidence {
    Evidence {
        days: 63.0,
        fit_days: 14,
        cpu: CpuEvidence {
            expected_samples: 18_144,
            present_samples: 18_144,
            rejected_samples: 0,
            sources: Vec::new(),
            mean: Millicores(60),
            p99: Millicores(150),
            peak: Millicores(400),
            grade: Grade::A,
            better_with: Vec::new(),
            range: (Millicores(100), Millicores(600)),
            factor: Factor {
                value: 0.75,
                own: 400,
                prior: 40,
            },
            record: Record {
                weeks: 14,
                violated: 1,
            },
            days_before_shift: 0,
            wanted_at_most: None,
            burst: None,
            unevenness: 1.2,
            rhythm: Rhythm {
                quiet: Millicores(100),
                usual: Millicores(120),
                busy: Millicores(300),
                rise: 1.5,
                trend_per_month: None,
                year_peak: None,
                requests_per_second: None,
            },
            days_over_request: 1,
            days_observed: 63,
            days_over_request_at_most: 0.08,
        },
        memory: MemoryEvidence {
            origin: MemoryOrigin::Measured,
            expected_samples: 18_144,
            present_samples: 18_000,
            rejected_samples: 0,
            sources: Vec::new(),
            peak: Some(Bytes::from_mebibytes(400)),
            instance_memory: Bytes::from_mebibytes(8192),
            grade: Grade::A,
            better_with: Vec::new(),
            range: (Bytes::from_mebibytes(300), Bytes::from_mebibytes(2048)),
            usual: Some(Bytes::from_mebibytes(400)),
            level: None,
            tried: crate::size::LevelRecord::default(),
            growth_per_month: None,
            limit_factor: Some(Factor {
                value: 1.25,
                own: 400,
                prior: 40,
            }),
            record: Record {
                weeks: 14,
                violated: 0,
            },
        },
    }
}

fn cluster(name: &str, policy: &Policy, environments: &[EnvironmentPlan]) -> ClusterPlan {
    let mut workloads: Vec<(OperatingSystem, Workload)> = Vec::new();
    for addon in policy.installed_addons() {
        let workload = Workload {
            name: addon.name.clone(),
            kind: WorkloadKind::Addon,
            stage: Stage::Production,
            requests: Resources {
                cpu: addon.cpu,
                memory: addon.memory,
            },
            replicas: addon.replicas,
            replicas_at_most: addon.replicas,
            surge: 0,
        };
        workloads.push((OperatingSystem::Linux, workload));
    }
    for env in environments {
        let Some((app, sizing)) = env.planned() else {
            continue;
        };
        let Some(here) = sizing.replicas.clusters.get(name) else {
            continue;
        };
        let workload = Workload {
            name: app.to_string(),
            kind: WorkloadKind::App,
            stage: env.stage,
            requests: sizing.requests,
            replicas: here.normal,
            replicas_at_most: here.failover + here.surge,
            surge: here.surge,
        };
        workloads.push((env.operating_system, workload));
    }
    workloads.sort_by(|a, b| a.1.name.cmp(&b.1.name));
    let node_groups = vec![linux_group(&workloads), windows_group(&workloads)];
    let subnets = ZONES
        .iter()
        .map(|zone| ((*zone).to_owned(), format!("subnet-{zone}")));
    ClusterPlan {
        name: name.to_owned(),
        region: "ap-northeast-1".to_owned(),
        kubernetes_version: "1.35".to_owned(),
        network: Some(Network {
            vpc: "vpc-1".to_owned(),
            private_subnets: subnets.collect(),
        }),
        workloads: workloads
            .into_iter()
            .map(|(_, workload)| workload)
            .collect(),
        node_groups,
    }
}

/// c5.2xlarge: 58 pods by its interfaces, so 11 x 58 + 255 = 893 MiB reserved; 7.5 % of 16 GiB unseen.
const LINUX_NODE: NodeCapacity = NodeCapacity {
    machine: requests(8000, 16_384),
    unseen_memory_bytes: Bytes(1_288_490_189),
    kube_reserved: requests(90, 893),
    eviction_memory_bytes: Bytes::from_mebibytes(100),
    allocatable: Resources {
        cpu: Millicores(7910),
        memory: Bytes(14_850_143_027),
    },
    max_pods: 58,
    daemons: requests(440, 636),
    daemon_pods: 6,
    available: Resources {
        cpu: Millicores(7470),
        memory: Bytes(14_183_248_691),
    },
    available_pods: 52,
};

/// The same machine with Windows: 14 pods by its one interface, 2 GiB for the system beside kubelet's.
const WINDOWS_NODE: NodeCapacity = NodeCapacity {
    kube_reserved: requests(90, 2048 + 893),
    allocatable: Resources {
        cpu: Millicores(7910),
        memory: Bytes(14_850_143_027 - (2048 << 20)),
    },
    max_pods: 14,
    daemons: requests(380, 540),
    daemon_pods: 4,
    available: Resources {
        cpu: Millicores(7530),
        memory: Bytes(14_850_143_027 - ((2048 + 540) << 20)),
    },
    available_pods: 10,
    ..LINUX_NODE
};

fn linux_group(workloads: &[(OperatingSystem, Workload)]) -> GroupPlan {
    let here = |workload: &&(OperatingSystem, Workload)| workload.0 == OperatingSystem::Linux;
    let here: Vec<&Workload> = workloads
        .iter()
        .filter(here)
        .map(|(_, workload)| workload)
        .collect();
    GroupPlan {
        name: "workers".to_owned(),
        operating_system: OperatingSystem::Linux,
        instance_type: "c5.2xlarge".to_owned(),
        node: LINUX_NODE,
        min_size: 2,
        desired_capacity: 2,
        max_size: 3,
        normal: packing("workers", 2, LINUX_NODE, &here, |workload| {
            workload.replicas
        }),
        at_most: packing("workers", 3, LINUX_NODE, &here, |workload| {
            workload.replicas_at_most
        }),
        realistic: realistic(3, Some(("search-prod", 8))),
        reasons: Vec::new(),
        zones: Vec::new(),
    }
}

/// Two nodes do in all of 50 orders; alone the cluster grows. Of an empty node search-prod takes 1024 of 13,526 MiB.
fn realistic(at_most: u32, largest: Option<(&str, u32)>) -> SimulatedNodeCounts {
    let nodes = |nodes| Distribution {
        p5: None,
        p50: nodes,
        p95: nodes,
        p99: nodes,
        orders: 50,
    };
    let situation = |event, holds, count| Situation {
        event,
        holds,
        nodes: nodes(count),
    };
    SimulatedNodeCounts {
        grown: nodes(2),
        at_once: Some(2),
        without_waiting: Some(2),
        situations: vec![
            situation(Event::Normal, 50, 2),
            situation(Event::NodeLost, 50, 2),
            situation(Event::ClusterLost, 0, at_most),
        ],
        largest_pod: largest.map(|(workload, percent_of_node)| LargestPod {
            workload: workload.to_owned(),
            percent_of_node,
        }),
        remedies: Vec::new(),
    }
}

fn windows_group(workloads: &[(OperatingSystem, Workload)]) -> GroupPlan {
    let here = |workload: &&(OperatingSystem, Workload)| workload.0 == OperatingSystem::Windows;
    let here: Vec<&Workload> = workloads
        .iter()
        .filter(here)
        .map(|(_, workload)| workload)
        .collect();
    GroupPlan {
        name: "windows".to_owned(),
        operating_system: OperatingSystem::Windows,
        node: WINDOWS_NODE,
        max_size: 2,
        normal: packing("windows", 2, WINDOWS_NODE, &here, |workload| {
            workload.replicas
        }),
        at_most: packing("windows", 2, WINDOWS_NODE, &here, |workload| {
            workload.replicas_at_most
        }),
        realistic: realistic(2, None),
        ..linux_group(workloads)
    }
}

/// Replica after replica, node after node.
fn packing(
    group: &str,
    nodes: usize,
    node: NodeCapacity,
    workloads: &[&Workload],
    replicas: fn(&Workload) -> u32,
) -> Packing {
    let empty = |index: usize| NodePlacement {
        node: format!("{group}-{:02}", index + 1),
        zone: ZONES[index % ZONES.len()].to_owned(),
        pods: Vec::new(),
    };
    let mut placement: Vec<NodePlacement> = (0..nodes).map(empty).collect();
    for workload in workloads {
        for replica in 0..replicas(workload) {
            let pods = &mut placement[replica as usize % nodes].pods;
            match pods.iter_mut().find(|pods| pods.workload == workload.name) {
                Some(pods) => pods.replicas += 1,
                None => pods.push(PodsOnNode {
                    workload: workload.name.clone(),
                    replicas: 1,
                }),
            }
        }
    }
    let lower_bound = LowerBound {
        nodes: 1,
        rule: "pods".into(),
    };
    let certificate = certificate(&placement, node, workloads, replicas);
    Packing {
        nodes_needed: u32::try_from(nodes).expect("few"),
        lower_bound,
        method: "by hand".into(),
        placement,
        certificate,
    }
}

/// Every pod costs 1, and no node holds more pods than it offers.
fn certificate(
    placement: &[NodePlacement],
    node: NodeCapacity,
    workloads: &[&Workload],
    replicas: fn(&Workload) -> u32,
) -> Certificate {
    let item = |workload: &&Workload| PricedItem {
        name: workload.name.clone(),
        sizes: vec![workload.requests.memory.0, workload.requests.cpu.0, 1],
        demand: replicas(workload),
        price: 1,
    };
    let position = |name: &str| {
        workloads
            .iter()
            .position(|workload| workload.name == name)
            .expect("it is placed")
    };
    let content = |node: &NodePlacement| {
        node.pods
            .iter()
            .map(|pods| (position(&pods.workload), pods.replicas))
            .collect()
    };
    Certificate {
        format: CERTIFICATE_FORMAT.to_owned(),
        subject: "by hand".to_owned(),
        capacity: vec![
            node.available.memory.0,
            node.available.cpu.0,
            node.available_pods.into(),
        ],
        items: workloads.iter().map(item).collect(),
        packing: placement
            .iter()
            .map(|node| EqualBins {
                bins: 1,
                content: content(node),
            })
            .collect(),
        bound: PriceBound {
            bins: 1,
            rule: "pods".to_owned(),
            best_pattern: node.available_pods.into(),
            weights: vec![0, 0, 1],
        },
    }
}

fn line(
    subject: &str,
    item: &str,
    (quantity, unit): (u32, Unit),
    price: &str,
    amount: &str,
) -> BillLine {
    let money = |text: &str| text.parse::<Money>().expect("an amount");
    BillLine {
        category: Category::Machines,
        item: item.into(),
        subject: subject.into(),
        machines: None,
        balancers: None,
        stays: false,
        quantity: Quantity::from(quantity),
        unit,
        unit_price: Some(money(price)),
        amount: Some(money(amount)),
        low: Some(money(amount)),
        high: Some(money(amount)),
        source: "by hand".into(),
        basis: "by hand".into(),
    }
}

/// A line of hours of Linux or Windows machines.
fn machines(
    subject: &str,
    kind: (&str, OperatingSystem, Hours),
    hours: u32,
    price: &str,
    amount: &str,
) -> BillLine {
    let (instance_type, operating_system, of) = kind;
    let machines = Machines {
        instance_type: instance_type.to_owned(),
        operating_system,
        hours: of,
    };
    let item = format!("{instance_type} {operating_system}");
    BillLine {
        machines: Some(machines),
        ..line(subject, &item, (hours, Unit::InstanceHour), price, amount)
    }
}

fn bill(key: BillKey, lines: Vec<BillLine>, total: &str) -> Bill {
    let total: Money = total.parse().expect("an amount");
    Bill {
        total,
        low: total,
        high: total,
        ..plain(key, lines)
    }
}

fn today() -> Bill {
    let linux = ("m5.large", OperatingSystem::Linux, Hours::Instance);
    let windows = ("m5.large", OperatingSystem::Windows, Hours::Instance);
    let lines = vec![
        machines("billing-prod", linux, 1460, "0.124", "181.04"),
        machines("legacy-iis", windows, 1460, "0.216", "315.36"),
        machines("old-batch", linux, 730, "0.124", "90.52"),
        line(
            "search-prod",
            "gp3 volume",
            (33, Unit::GigabyteMonth),
            "0.0955",
            "3.15",
        ),
        machines("search-prod", linux, 2920, "0.124", "362.08"),
        machines("shop-stg", linux, 730, "0.124", "90.52"),
    ];
    bill(BillKey::TODAY, lines, "1042.67")
}

fn after() -> Bill {
    let linux = ("c5.2xlarge", OperatingSystem::Linux, Hours::Node);
    let windows = ("c5.2xlarge", OperatingSystem::Windows, Hours::Node);
    let stays = machines(
        "old-batch",
        ("m5.large", OperatingSystem::Linux, Hours::Instance),
        730,
        "0.124",
        "90.52",
    );
    let lines = vec![
        machines("eks-1", linux, 1460, "0.428", "624.88"),
        machines("eks-1", windows, 1460, "0.796", "1162.16"),
        line("eks-1", "control plane", (730, Unit::Hour), "0.10", "73.00"),
        machines("eks-2", linux, 1460, "0.428", "624.88"),
        machines("eks-2", windows, 1460, "0.796", "1162.16"),
        line("eks-2", "control plane", (730, Unit::Hour), "0.10", "73.00"),
        BillLine {
            stays: true,
            ..stays
        },
    ];
    bill(BillKey::AFTER, lines, "3810.60")
}
