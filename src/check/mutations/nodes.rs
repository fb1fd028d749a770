//! Mistakes of capacity, placement, bounds, spread and failures.

use super::{Mistake, gather, resize, windows, workers};
use crate::plan::{PodsOnNode, Survive};
use crate::units::Bytes;

pub(super) const MISTAKES: &[Mistake] = &[
    ("memory from nowhere", &["node-allocatable"], |plan| {
        workers(plan).node.machine.memory.0 -= 1
    }),
    ("CPU from nowhere", &["node-allocatable"], |plan| {
        workers(plan).node.machine.cpu.0 += 1
    }),
    (
        "more reserved than there is",
        &["node-allocatable", "node-reserved", "node-unseen"],
        |plan| {
            workers(plan).node.machine.memory = Bytes(1);
            workers(plan).node.machine.cpu.0 = 1;
        },
    ),
    (
        "daemons forgotten",
        &["certificate-other", "node-available"],
        |plan| workers(plan).node.available = workers(plan).node.allocatable,
    ),
    (
        "pods of daemons forgotten",
        &["certificate-other", "node-available"],
        |plan| workers(plan).node.available_pods = 58,
    ),
    (
        "a daemon that the node does not count",
        &["node-daemons"],
        |plan| plan.inputs.policy.daemons[0].cpu.0 += 1,
    ),
    (
        "a daemon that Windows does not count",
        &["node-daemons"],
        |plan| plan.inputs.policy.daemons[0].windows = true,
    ),
    ("another type than the policy's", &["node-type"], |plan| {
        plan.inputs.policy.nodes.instance_type = "m6i.2xlarge".to_owned()
    }),
    (
        "another Windows type than the policy's",
        &["node-type"],
        |plan| {
            plan.inputs.policy.windows_nodes.instance_type = "m6i.2xlarge".to_owned();
        },
    ),
    (
        "more pods than the policy's cap",
        &["node-max-pods"],
        |plan| plan.inputs.policy.nodes.max_pods = 57,
    ),
    (
        "more pods than the volume has room for",
        &["node-storage"],
        |plan| plan.inputs.policy.nodes.volume_gib = 40,
    ),
    ("another share of unseen memory", &["node-unseen"], |plan| {
        plan.inputs.policy.nodes.unseen_memory_share =
            serde_json::from_str("0.05").expect("a share");
    }),
    (
        "less CPU reserved than nodeadm does",
        &["certificate-other", "node-reserved"],
        |plan| {
            let node = &mut workers(plan).node;
            node.kube_reserved.cpu.0 -= 10;
            node.allocatable.cpu.0 += 10;
            node.available.cpu.0 += 10;
        },
    ),
    (
        "less memory reserved than nodeadm does",
        &["certificate-other", "node-reserved"],
        |plan| {
            let node = &mut workers(plan).node;
            node.kube_reserved.memory.0 -= 1;
            node.allocatable.memory.0 += 1;
            node.available.memory.0 += 1;
        },
    ),
    (
        "less memory for Windows than the policy keeps",
        &["node-reserved"],
        |plan| {
            plan.inputs.policy.windows_nodes.system_memory = Bytes::from_gibibytes(3);
        },
    ),
    (
        "eviction forgotten",
        &["certificate-other", "node-eviction"],
        |plan| {
            let node = &mut workers(plan).node;
            node.allocatable.memory.0 += node.eviction_memory_bytes.0;
            node.available.memory.0 += node.eviction_memory_bytes.0;
            node.eviction_memory_bytes = Bytes(0);
        },
    ),
    ("min above desired", &["group-order"], |plan| {
        workers(plan).min_size = 3
    }),
    (
        "desired above max",
        &[
            "group-nodes",
            "group-order",
            "node-hours",
            "node-types-plan",
        ],
        |plan| workers(plan).desired_capacity = 4,
    ),
    (
        "max without a placement",
        &["group-nodes", "node-types-plan"],
        |plan| workers(plan).max_size = 4,
    ),
    ("more nodes than the guard", &["group-over-guard"], |plan| {
        plan.inputs.policy.packing.max_nodes_per_group = 2
    }),
    (
        "desired below what the scheduler takes",
        &["realistic-desired"],
        |plan| {
            let realistic = &mut workers(plan).realistic;
            (realistic.grown.p95, realistic.grown.p99) = (3, 3);
        },
    ),
    (
        "max below where the autoscaler goes",
        &["realistic-max"],
        |plan| {
            let nodes = &mut workers(plan).realistic.situations[2].nodes;
            (nodes.p95, nodes.p99) = (4, 4);
        },
    ),
    (
        "fewer nodes for more orders",
        &["realistic-order"],
        |plan| workers(plan).realistic.grown.p50 = 3,
    ),
    (
        "fewer nodes for what survives more",
        &["realistic-order"],
        |plan| workers(plan).realistic.without_waiting = Some(1),
    ),
    ("more nodes than pods", &["realistic-most"], |plan| {
        workers(plan).realistic.grown.p99 = 500
    }),
    ("another share of a node", &["realistic-largest"], |plan| {
        workers(plan)
            .realistic
            .largest_pod
            .as_mut()
            .expect("it is there")
            .percent_of_node = 12;
    }),
    (
        "more orders than there were",
        &["realistic-holds"],
        |plan| workers(plan).realistic.situations[0].holds = 51,
    ),
    (
        "a scheduler that needs less than the volume",
        &["realistic-bound"],
        |plan| workers(plan).realistic.grown.p50 = 0,
    ),
    (
        "a node in no zone of the network",
        &["zone-unknown"],
        |plan| {
            workers(plan).normal.placement[0].zone = "ap-northeast-1z".to_owned();
        },
    ),
    (
        "a node over its CPU",
        &["certificate-refused", "node-overfull"],
        |plan| resize(plan, "shop-stg", |requests| requests.cpu.0 = 7000),
    ),
    (
        "a node over its memory",
        &["certificate-refused", "node-overfull"],
        |plan| {
            resize(plan, "shop-stg", |requests| {
                requests.memory = Bytes::from_mebibytes(13_500)
            });
        },
    ),
    (
        "a node over its pods",
        &[
            "bound-broken",
            "certificate-other",
            "failure-not-survived",
            "node-overfull",
            "realistic-bound",
        ],
        |plan| {
            let node = &mut workers(plan).node;
            (node.max_pods, node.available_pods) = (8, 2);
        },
    ),
    (
        "pods of nobody",
        &["certificate-other", "pods-unknown"],
        |plan| {
            workers(plan).normal.placement[0].pods.push(PodsOnNode {
                workload: "stray".to_owned(),
                replicas: 1,
            });
        },
    ),
    ("pods that are none", &["pods-none"], |plan| {
        workers(plan).normal.placement[1].pods.push(PodsOnNode {
            workload: "shop-stg".to_owned(),
            replicas: 0,
        });
    }),
    (
        "a pod on the nodes of another group",
        &["pods-wrong-group"],
        |plan| {
            let apart = crate::plan::NodeGroup {
                name: "apart".to_owned(),
                instance_type: "c5.2xlarge".to_owned(),
                apps: vec!["shop-stg".into()],
                min_node_share: None,
                min_gib_per_core: None,
            };
            plan.inputs.policy.nodes.groups.push(apart);
            let env = plan
                .environments
                .iter_mut()
                .find(|env| env.name == "shop-stg")
                .expect("shop-stg");
            if let crate::plan::Outcome::Planned { node_group, .. } = &mut env.outcome {
                *node_group = "apart".to_owned();
            }
        },
    ),
    (
        "a Windows pod on Linux",
        &["certificate-other", "pods-wrong-system"],
        |plan| {
            let moved = windows(plan).normal.placement[1].pods.remove(0);
            workers(plan).normal.placement[1].pods.push(moved);
        },
    ),
    (
        "a replica nowhere",
        &["certificate-other", "replicas-unplaced"],
        |plan| {
            workers(plan).normal.placement[1]
                .pods
                .retain(|pods| pods.workload != "search-prod");
        },
    ),
    (
        "a replica nowhere when the cluster serves alone",
        &["certificate-other", "replicas-unplaced"],
        |plan| {
            workers(plan).at_most.placement[2]
                .pods
                .retain(|pods| pods.workload != "search-prod");
        },
    ),
    (
        "a replica twice",
        &["certificate-other", "replicas-unplaced"],
        |plan| {
            workers(plan).normal.placement[1].pods.push(PodsOnNode {
                workload: "shop-stg".to_owned(),
                replicas: 1,
            });
        },
    ),
    (
        "a bound above the nodes",
        &["bound-order", "certificate-numbers"],
        |plan| workers(plan).normal.lower_bound.nodes = 3,
    ),
    (
        "more nodes needed than shown",
        &["bound-order", "certificate-numbers"],
        |plan| workers(plan).at_most.nodes_needed = 4,
    ),
    (
        "a certificate that proves nothing",
        &["certificate-refused"],
        |plan| workers(plan).normal.certificate.bound.best_pattern = 1,
    ),
    (
        "a certificate of other numbers",
        &["certificate-numbers"],
        |plan| workers(plan).at_most.nodes_needed = 2,
    ),
    (
        "a certificate of other pods",
        &["certificate-other"],
        |plan| {
            workers(plan).normal.certificate.items[0].name = "stray".to_owned();
        },
    ),
    (
        "fewer nodes needed than the volume takes",
        &["bound-broken", "certificate-numbers"],
        |plan| {
            let packing = &mut workers(plan).normal;
            (packing.lower_bound.nodes, packing.nodes_needed) = (0, 0);
        },
    ),
    ("all replicas on one node", &["spread-one-node"], |plan| {
        gather(&mut workers(plan).normal.placement, "search-prod", 1, 0)
    }),
    (
        "all replicas on one node at most",
        &["spread-one-node"],
        |plan| gather(&mut windows(plan).at_most.placement, "legacy-iis", 1, 0),
    ),
    ("all replicas in one zone", &["spread-one-zone"], |plan| {
        let nodes = &mut workers(plan).at_most.placement;
        gather(nodes, "search-prod", 2, 1);
        nodes[1].zone = nodes[0].zone.clone();
    }),
    (
        "a node that the others cannot replace",
        &["failure-not-survived"],
        |plan| {
            resize(plan, "legacy-iis", |requests| requests.cpu.0 = 4000);
        },
    ),
    (
        "a zone that the others cannot replace",
        &["failure-not-survived"],
        |plan| {
            plan.inputs.policy.topology.survive = vec![Survive::Zone];
            resize(plan, "legacy-iis", |requests| requests.cpu.0 = 4000);
        },
    ),
    (
        "all nodes in the zone that may fail",
        &["failure-not-survived"],
        |plan| {
            plan.inputs.policy.topology.survive = vec![Survive::Zone];
            let nodes = &mut workers(plan).normal.placement;
            nodes[1].zone = nodes[0].zone.clone();
        },
    ),
];

pub(super) const DOUBTS: &[Mistake] = &[
    ("nodes in one zone of three", &["zones-uneven"], |plan| {
        let nodes = &mut workers(plan).normal.placement;
        nodes[1].zone = nodes[0].zone.clone();
    }),
    ("an add-on on one node", &["spread-uneven"], |plan| {
        gather(&mut workers(plan).normal.placement, "coredns", 1, 0)
    }),
    (
        "staging in the way after a failure",
        &["failure-unconfirmed"],
        |plan| {
            resize(plan, "shop-stg", |requests| requests.cpu.0 = 5080);
        },
    ),
    (
        "staging in the way after the loss of a zone",
        &["failure-unconfirmed"],
        |plan| {
            plan.inputs.policy.topology.survive = vec![Survive::Zone];
            resize(plan, "shop-stg", |requests| requests.cpu.0 = 5080);
        },
    ),
];
