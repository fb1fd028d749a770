//! Mistakes of sizing, and between what is sized and what is packed.

use super::{Mistake, cluster, manifests_of, remove, sizing, workload};
use crate::plan::{Flag, MemoryOrigin, Stage, WorkloadKind};
use crate::units::{Bytes, Millicores};

pub(super) const MISTAKES: &[Mistake] = &[
    (
        "staging on another cluster than the policy's",
        &["app-clusters"],
        |plan| {
            plan.inputs.policy.topology.staging_cluster = "eks-2".to_owned();
        },
    ),
    (
        "production missing on a cluster",
        &["app-clusters", "certificate-other"],
        |plan| {
            remove(plan, "eks-2", "legacy-iis");
            sizing(plan, "legacy-iis").replicas.clusters.remove("eks-2");
            manifests_of(plan, "legacy-iis").clusters.remove("eks-2");
        },
    ),
    (
        "an app that was sized and not packed",
        &["certificate-other", "workload-missing"],
        |plan| remove(plan, "eks-2", "billing-prod"),
    ),
    (
        "an app packed with other requests",
        &["workload-differs"],
        |plan| {
            sizing(plan, "search-prod").requests.cpu.0 -= 10;
            manifests_of(plan, "search-prod").container.cpu.0 -= 10;
        },
    ),
    (
        "an app packed with fewer replicas",
        &["workload-differs"],
        |plan| {
            sizing(plan, "search-prod")
                .replicas
                .clusters
                .get_mut("eks-2")
                .expect("it is there")
                .normal += 1;
        },
    ),
    (
        "an app packed without its surge",
        &["workload-differs"],
        |plan| {
            sizing(plan, "search-prod")
                .replicas
                .clusters
                .get_mut("eks-2")
                .expect("it is there")
                .surge += 1;
        },
    ),
    (
        "production packed as staging",
        &["workload-differs"],
        |plan| workload(plan, "eks-2", "search-prod").stage = Stage::Staging,
    ),
    (
        "a workload without environment",
        &["workload-unowned"],
        |plan| {
            let mut stray = workload(plan, "eks-1", "search-prod").clone();
            (stray.name, stray.replicas, stray.replicas_at_most) = ("stray".to_owned(), 0, 0);
            cluster(plan, "eks-1").workloads.push(stray);
        },
    ),
    (
        "an add-on that nobody chose",
        &["workload-unowned"],
        |plan| {
            let mut stray = workload(plan, "eks-1", "coredns").clone();
            (stray.name, stray.replicas, stray.replicas_at_most) = ("stray".to_owned(), 0, 0);
            cluster(plan, "eks-1").workloads.push(stray);
        },
    ),
    (
        "an add-on left out",
        &["addon-missing", "certificate-other"],
        |plan| remove(plan, "eks-2", "metrics-server"),
    ),
    (
        "an add-on packed as an app",
        &["addon-missing", "workload-unowned"],
        |plan| {
            workload(plan, "eks-1", "coredns").kind = WorkloadKind::App;
        },
    ),
    (
        "an add-on with other requests",
        &["addon-differs"],
        |plan| plan.inputs.policy.addons[0].cpu = Millicores(1),
    ),
    ("CPU under the floor", &["request-under-floor"], |plan| {
        plan.inputs.policy.sizing.cpu_floor = Millicores(1001)
    }),
    ("memory under the floor", &["request-under-floor"], |plan| {
        plan.inputs.policy.sizing.memory_floor = Bytes::from_mebibytes(2049);
    }),
    (
        "a memory limit under the request",
        &["limit-under-request"],
        |plan| sizing(plan, "search-prod").limits.memory_bytes.0 -= 1,
    ),
    (
        "a CPU limit under the request",
        &["limit-under-request"],
        |plan| {
            sizing(plan, "search-prod").limits.cpu_millicores = Some(Millicores(499));
        },
    ),
    (
        "a memory limit under what was used",
        &["limit-under-peak"],
        |plan| {
            sizing(plan, "search-prod").evidence.memory.peak = Some(Bytes::from_mebibytes(1025));
        },
    ),
    (
        "an assumption that is not marked",
        &["memory-origin"],
        |plan| {
            let memory = &mut sizing(plan, "search-prod").evidence.memory;
            (memory.origin, memory.present_samples, memory.peak) = (MemoryOrigin::Assumed, 0, None);
        },
    ),
    (
        "a measurement without samples",
        &["memory-origin"],
        |plan| sizing(plan, "search-prod").evidence.memory.present_samples = 0,
    ),
    (
        "a measurement marked as assumed",
        &["memory-origin"],
        |plan| sizing(plan, "search-prod").flags.push(Flag::MemoryAssumed),
    ),
    ("a percentile over the peak", &["evidence-order"], |plan| {
        sizing(plan, "search-prod").evidence.cpu.p99 = Millicores(401)
    }),
    ("more together than each", &["evidence-order"], |plan| {
        plan.coincidence.peak_of_sum = Millicores(1_201)
    }),
    (
        "more weeks violated than judged",
        &["evidence-order"],
        |plan| sizing(plan, "search-prod").evidence.memory.record.violated = 15,
    ),
    (
        "a range that ends before it begins",
        &["evidence-order"],
        |plan| sizing(plan, "search-prod").evidence.cpu.range.1 = Millicores(99),
    ),
    (
        "an autoscaler from more to less",
        &["autoscaling-bounds"],
        |plan| sizing(plan, "search-prod").autoscaling.min = 5,
    ),
    (
        "an autoscaler that aims at nothing",
        &["autoscaling-bounds"],
        |plan| sizing(plan, "search-prod").autoscaling.target_percent = 0,
    ),
    ("a mean over the peak", &["evidence-order"], |plan| {
        sizing(plan, "search-prod").evidence.cpu.mean = Millicores(401)
    }),
    (
        "more memory used than there is",
        &["evidence-order"],
        |plan| {
            sizing(plan, "billing-prod").evidence.memory.instance_memory =
                Bytes::from_mebibytes(399);
        },
    ),
    (
        "more days over the request than days",
        &["evidence-order"],
        |plan| {
            sizing(plan, "search-prod").evidence.cpu.days_over_request = 64;
        },
    ),
    ("days that are no number", &["not-a-number"], |plan| {
        sizing(plan, "search-prod").evidence.days = f64::NAN
    }),
    ("a share over one", &["not-a-number"], |plan| {
        sizing(plan, "search-prod")
            .evidence
            .cpu
            .days_over_request_at_most = 1.01
    }),
    (
        "fewer replicas than production needs",
        &["replicas-too-few"],
        |plan| plan.inputs.policy.sizing.production_min_replicas = 3,
    ),
    (
        "fewer replicas than staging needs",
        &["replicas-too-few"],
        |plan| plan.inputs.policy.sizing.staging_min_replicas = 2,
    ),
    (
        "a cluster that cannot serve alone",
        &["replicas-too-few"],
        |plan| sizing(plan, "legacy-iis").replicas.full_load = 3,
    ),
    (
        "less than the full load in normal times",
        &["replicas-too-few"],
        |plan| sizing(plan, "shop-stg").replicas.full_load = 2,
    ),
    (
        "no replica on a cluster",
        &["replicas-too-few", "workload-differs"],
        |plan| {
            sizing(plan, "legacy-iis")
                .replicas
                .clusters
                .get_mut("eks-2")
                .expect("it is there")
                .normal = 0;
        },
    ),
    ("a split that is not marked", &["split"], |plan| {
        sizing(plan, "search-prod").replicas.pods_per_instance = 2
    }),
    ("a mark without a split", &["split"], |plan| {
        sizing(plan, "search-prod").flags.push(Flag::Split)
    }),
    ("more pieces than the policy allows", &["split"], |plan| {
        sizing(plan, "search-prod").replicas.pods_per_instance = 17;
        sizing(plan, "search-prod").flags.push(Flag::Split);
    }),
];

pub(super) const DOUBTS: &[Mistake] = &[
    (
        "sized for other instances than run",
        &["instances-differ"],
        |plan| sizing(plan, "search-prod").replicas.instances_today = 5,
    ),
    (
        "more memory requested than the instance has",
        &["request-over-instance"],
        |plan| {
            sizing(plan, "legacy-iis").evidence.memory.instance_memory =
                Bytes::from_mebibytes(1024);
        },
    ),
];
