//! Small clusters to replay.

use crate::pack::scheduler::NodeShape;
use crate::replay::{
    AppToReplay, Assumptions, ClusterToReplay, GroupToReplay, Load, MemoryModel, Start, WorkShare,
};
use crate::size::{LoadSample, MemoryOfACore, RecordedLoad};
use crate::units::{Bytes, Millicores, Resources};

pub(super) fn resources(millicores: u64, mebibytes: u64) -> Resources {
    Resources {
        cpu: Millicores(millicores),
        memory: Bytes::from_mebibytes(mebibytes),
    }
}

/// Nodes of 1000m and 1000 MiB without daemons, in one zone.
pub(super) fn group(nodes: u32, max: u32) -> GroupToReplay {
    GroupToReplay {
        shape: NodeShape {
            allocatable: resources(1_000, 1_000),
            pods: 20,
            daemons: Resources::default(),
            daemon_pods: 0,
        },
        zones: 1,
        nodes,
        min: nodes,
        max,
        start: Start::Scheduled,
    }
}

/// One instance: (millicores, MiB) in each slot of five minutes.
pub(super) fn load(samples: &[(u32, u16)]) -> RecordedLoad {
    instances(1, samples)
}

/// So many instances, all alike: millicores of all, MiB of each.
pub(super) fn instances(count: u16, samples: &[(u32, u16)]) -> RecordedLoad {
    RecordedLoad {
        period_seconds: 300,
        samples: samples
            .iter()
            .map(|&(work_millicores, memory)| LoadSample {
                work_millicores,
                busiest: 1_000,
                instances: count,
                memory_most: memory,
                memory_mean: memory,
            })
            .collect(),
        memory_unit_mebibytes: 1,
        is_memory_known: true,
        memory_of_a_core: MemoryOfACore::default(),
    }
}

/// An app of so many pods that never change.
pub(super) fn app(load: &RecordedLoad, requests: Resources, replicas: u32) -> AppToReplay<'_> {
    AppToReplay {
        is_counted: true,
        group: 0,
        requests,
        cpu_limit: None,
        memory_limit: Bytes::from_gibibytes(1),
        replicas,
        scaling: None,
        priority: 0,
        pods_per_instance: 1,
        share: WorkShare::WHOLE,
        load: Load::Recorded(load),
        surge: 1,
        unavailable: 0,
    }
}

pub(super) fn cluster<'a>(group: GroupToReplay, apps: &[AppToReplay<'a>]) -> ClusterToReplay<'a> {
    ClusterToReplay {
        groups: vec![group],
        apps: apps.to_vec(),
    }
}

/// So many slots of five minutes; pods start in two minutes, nodes in four.
pub(super) fn assumptions(slots: usize) -> Assumptions {
    Assumptions {
        slots: 0..slots,
        slot_seconds: 300,
        memory: MemoryModel::Carried,
        pod_start_minutes: 2,
        node_start_minutes: 4,
        rollout_minutes: 0,
        daemon_use: 1_000,
        every_minute: false,
    }
}
