//! The work and the memory of an app's instances, over the pods that are there instead.

use super::MemoryModel;
use crate::size::{LoadSample, RecordedLoad};

/// What each serving pod of an app is asked for: the first `hot` of them more than the others, as the busiest
/// instance was asked for more than the mean. The sum is exact: the first `rest` pods have a millicore more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PodWork {
    pub(super) hot: u32,
    hot_millicores: u64,
    cold_millicores: u64,
    rest: u32,
}

impl PodWork {
    /// `work` millicores over `pods` pods, at least one. `busiest` is in thousandths of the mean of `instances`.
    ///
    /// As many pods are hot as make the same part of all pods as the busiest instance is of all instances, rounded
    /// up. They cannot have more than all of the work.
    pub(super) fn of(work: u64, pods: u32, instances: u16, busiest: u16) -> Self {
        let instances = u64::from(instances.max(1));
        let pods_64 = u64::from(pods.max(1));
        let hot = pods_64.div_ceil(instances).min(pods_64);
        let cold = pods_64 - hot;
        let (hot_weight, cold_weight) = weights(instances, u64::from(busiest));
        let weights = (hot * hot_weight + cold * cold_weight).max(1);
        let (hot_millicores, cold_millicores) =
            (work * hot_weight / weights, work * cold_weight / weights);
        let rest = work - hot * hot_millicores - cold * cold_millicores;
        Self {
            hot: u32::try_from(hot).unwrap_or(u32::MAX),
            hot_millicores,
            cold_millicores,
            // Both quotients are cut off, so that less than a millicore for each pod is left.
            rest: u32::try_from(rest).unwrap_or(u32::MAX),
        }
    }

    /// Of the serving pod at that place among the serving ones.
    pub(super) fn of_pod(&self, place: u32) -> u64 {
        let own = if place < self.hot {
            self.hot_millicores
        } else {
            self.cold_millicores
        };
        own + u64::from(place < self.rest)
    }
}

/// Of the busiest instance and of each of the others, where all together weigh 1000 each.
fn weights(instances: u64, busiest: u64) -> (u64, u64) {
    if instances == 1 {
        return (1_000, 1_000);
    }
    let hot = busiest.clamp(1_000, 1_000 * instances);
    (hot, (1_000 * instances - hot) / (instances - 1))
}

/// Memory of the pods of an app, in MiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PodMemory {
    hot: u32,
    hot_mebibytes: u32,
    cold_mebibytes: u32,
    /// Of a pod that does not serve yet.
    pub(super) starting_mebibytes: u32,
}

/// Where the load of an app goes in one slot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Serving {
    /// Pods that serve on this cluster.
    pub(super) pods: u32,
    pub(super) pods_per_instance: u32,
    /// This cluster's part of the work, in thousandths.
    pub(super) share: u32,
}

impl PodMemory {
    /// The instance that used most stands for the hot pods, the mean of the others for the rest.
    ///
    /// Of what an instance carried, `1 - f` is carried by each of the pods that it became, however many serve; `f` of
    /// what all instances used together is shared by those that serve. `f` is what the history says, else one of the
    /// two ends.
    pub(super) fn of(
        load: &RecordedLoad,
        sample: LoadSample,
        serving: Serving,
        model: MemoryModel,
    ) -> Self {
        let follows = u64::from(load.follows_load.unwrap_or(match model {
            MemoryModel::Carried => 0,
            MemoryModel::FollowsLoad => 1_000,
        }));
        let instances = u64::from(sample.instances.max(1));
        let pods = u64::from(serving.pods.max(1));
        let (most, mean) = (u64::from(sample.memory_most), u64::from(sample.memory_mean));
        let others = if instances > 1 {
            (mean * instances).saturating_sub(most) / (instances - 1)
        } else {
            most
        };
        let unit = u64::from(load.memory_unit_mebibytes);
        let pieces = u64::from(serving.pods_per_instance.max(1));
        let carried = |of_instance: u64| of_instance * unit * (1_000 - follows) / (1_000 * pieces);
        let following = |of_instance: u64| {
            of_instance * unit * follows * instances * u64::from(serving.share)
                / (1_000 * 1_000 * pods)
        };
        let narrow = |mebibytes: u64| u32::try_from(mebibytes).unwrap_or(u32::MAX);
        let most = most.max(mean);
        Self {
            hot: narrow(pods.div_ceil(instances)),
            hot_mebibytes: narrow(carried(most) + following(most)),
            cold_mebibytes: narrow(carried(others) + following(others)),
            starting_mebibytes: narrow(carried(mean)),
        }
    }

    /// Of an app whose pods all take the same.
    pub(super) const fn same(mebibytes: u32) -> Self {
        Self {
            hot: 0,
            hot_mebibytes: mebibytes,
            cold_mebibytes: mebibytes,
            starting_mebibytes: mebibytes,
        }
    }

    /// Of the serving pod at that place among the serving ones.
    pub(super) const fn of_pod(&self, place: u32) -> u32 {
        if place < self.hot {
            self.hot_mebibytes
        } else {
            self.cold_mebibytes
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(follows_load: Option<u16>) -> RecordedLoad {
        RecordedLoad {
            period_seconds: 300,
            samples: Vec::new(),
            memory_unit_mebibytes: 1,
            is_memory_known: true,
            follows_load,
        }
    }

    fn sample(instances: u16, memory_most: u16, memory_mean: u16) -> LoadSample {
        LoadSample {
            work_millicores: 0,
            busiest: 1_000,
            instances,
            memory_most,
            memory_mean,
        }
    }

    #[test]
    fn the_busiest_instance_becomes_its_part_of_the_pods() {
        // Two instances at 600m and 200m: a mean of 400m, the busiest 1.5 times it. Four pods on two clusters: half
        // of the work on two pods of this one.
        let pods = PodWork::of(400, 2, 2, 1_500);
        assert_eq!((pods.of_pod(0), pods.of_pod(1)), (300, 100));
        // Eight pods of a split instance each: four hot, four cold.
        let pods = PodWork::of(800, 8, 2, 1_500);
        assert_eq!((pods.hot, pods.of_pod(3), pods.of_pod(4)), (4, 150, 50));
        // One pod has all of it.
        assert_eq!(PodWork::of(401, 1, 2, 1_500).of_pod(0), 401);
    }

    #[test]
    fn not_a_millicore_is_lost_in_splitting() {
        for work in [0, 1, 7, 999, 12_345] {
            for pods in 1..9 {
                for (instances, busiest) in [(1, 1_000), (2, 1_999), (3, 1_700), (7, 6_543)] {
                    let split = PodWork::of(work, pods, instances, busiest);
                    let sum: u64 = (0..pods).map(|place| split.of_pod(place)).sum();
                    assert_eq!(sum, work, "{work} over {pods} of {instances}");
                }
            }
        }
    }

    #[test]
    fn memory_at_both_ends_and_between() {
        let on = |pods, pods_per_instance, share| Serving {
            pods,
            pods_per_instance,
            share,
        };
        let of = |follows, serving, model| {
            let pods = PodMemory::of(&load(follows), sample(2, 1_200, 1_000), serving, model);
            (pods.of_pod(0), pods.of_pod(1), pods.starting_mebibytes)
        };
        // Two instances at 1200 and 800 MiB, two pods on each of two clusters.
        let two = on(2, 1, 500);
        assert_eq!(of(None, two, MemoryModel::Carried), (1_200, 800, 1_000));
        assert_eq!(of(None, two, MemoryModel::FollowsLoad), (600, 400, 0));
        assert_eq!(of(Some(250), two, MemoryModel::Carried), (1_050, 700, 750));
        // Each became four pods; all eight on one cluster, of which an autoscaler left two.
        let shrunk = on(2, 4, 1_000);
        assert_eq!(of(None, shrunk, MemoryModel::Carried), (300, 200, 250));
        assert_eq!(of(None, shrunk, MemoryModel::FollowsLoad), (1_200, 800, 0));
    }
}
