//! The work and the memory of an app's instances, over the pods that are there instead.

use super::MemoryModel;
use crate::size::{LoadSample, RecordedLoad};

/// What each serving pod of an app is asked for: the first `hot` of them more than the others, as the busiest
/// instance was asked for more than the mean. The sum is exact: the first `rest` pods have a millicore more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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

    /// Of the pod that is asked for most: the first one is hot, and has what cannot be divided.
    pub(super) fn most(&self) -> u64 {
        self.of_pod(0)
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct PodMemory {
    hot: u32,
    hot_mebibytes: u64,
    cold_mebibytes: u64,
    /// Of a pod that does not serve yet.
    pub(super) starting_mebibytes: u32,
    of_a_core: u64,
}

/// Where the load of an app goes in one slot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Serving {
    /// Pods that serve on this cluster.
    pub(super) pods: u32,
    /// Pods that the autoscaler wants here, whether they serve or not.
    pub(super) desired: u32,
    pub(super) pods_per_instance: u32,
    /// This cluster's part of the work, in thousandths.
    pub(super) share: u32,
}

impl PodMemory {
    /// What follows a pod's load, and beside it what its instance had anyway. The instance that used most stands for
    /// the hot pods, the mean of the others for the rest.
    ///
    /// At one end as little follows the load as can be, and of what an instance had anyway each of the pods that it
    /// became has its part, however many serve. At the other end as much follows it as can be; and where an autoscaler
    /// leaves fewer pods than one instance became, those hold all that an instance had anyway. It is one instance and
    /// not all of them: each of Beanstalk's had it, however many there were.
    pub(super) fn of(
        load: &RecordedLoad,
        sample: LoadSample,
        serving: Serving,
        model: MemoryModel,
    ) -> Self {
        let slope = load.memory_of_a_core;
        let of_a_core = u64::from(match model {
            MemoryModel::Carried => slope.least_mebibytes,
            MemoryModel::FollowsLoad => slope.most_mebibytes,
        });
        let instances = u64::from(sample.instances.max(1));
        let pods = u64::from(serving.pods.max(1));
        let unit = u64::from(load.memory_unit_mebibytes);
        let mean = u64::from(sample.memory_mean) * unit;
        let most = (u64::from(sample.memory_most) * unit).max(mean);
        let others = if instances > 1 {
            (mean * instances).saturating_sub(most) / (instances - 1)
        } else {
            most
        };
        let followed = of_a_core * u64::from(sample.work_millicores) / instances / 1_000;
        let pieces = u64::from(serving.pods_per_instance.max(1));
        // Of all clusters: what serves elsewhere holds its part there. A pod that is away for a moment takes its part with
        // it.
        let all = u64::from(serving.desired) * 1_000 / u64::from(serving.share.max(1));
        let holders = match model {
            MemoryModel::Carried => pieces,
            MemoryModel::FollowsLoad => pieces.min(all.max(1)),
        };
        let anyway = |of_instance: u64| of_instance.saturating_sub(followed) / holders;
        Self {
            hot: u32::try_from(pods.div_ceil(instances)).unwrap_or(u32::MAX),
            hot_mebibytes: anyway(most),
            cold_mebibytes: anyway(others),
            starting_mebibytes: narrow(anyway(mean)),
            of_a_core,
        }
    }

    /// Of an app whose pods all take the same.
    pub(super) const fn same(mebibytes: u32) -> Self {
        Self {
            hot: 0,
            hot_mebibytes: mebibytes as u64,
            cold_mebibytes: mebibytes as u64,
            starting_mebibytes: mebibytes,
            of_a_core: 0,
        }
    }

    /// Of the serving pod at that place among the serving ones, which is asked for so much.
    pub(super) fn of_pod(&self, place: u32, millicores: u64) -> u32 {
        let anyway = if place < self.hot {
            self.hot_mebibytes
        } else {
            self.cold_mebibytes
        };
        narrow(anyway + self.of_a_core * millicores / 1_000)
    }
}

fn narrow(mebibytes: u64) -> u32 {
    u32::try_from(mebibytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::size::MemoryOfACore;

    fn load((least_mebibytes, most_mebibytes): (u32, u32)) -> RecordedLoad {
        RecordedLoad {
            period_seconds: 300,
            samples: Vec::new(),
            memory_unit_mebibytes: 1,
            is_memory_known: true,
            memory_of_a_core: MemoryOfACore {
                least_mebibytes,
                most_mebibytes,
            },
        }
    }

    /// Two instances that use a core together.
    const TWO: LoadSample = LoadSample {
        work_millicores: 1_000,
        busiest: 1_000,
        instances: 2,
        memory_most: 1_200,
        memory_mean: 1_000,
    };

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
        let of = |ends, serving: Serving, model| {
            let pods = PodMemory::of(&load(ends), TWO, serving, model);
            let millicores = 1_000 * u64::from(serving.share) / 1_000 / u64::from(serving.pods);
            (
                pods.of_pod(0, millicores),
                pods.of_pod(1, millicores),
                pods.starting_mebibytes,
            )
        };
        let unsure = (0, 1_000);
        let on = |pods, pods_per_instance, share| Serving {
            pods,
            desired: pods,
            pods_per_instance,
            share,
        };
        // 1200 and 800 MiB at 500m each; two pods at 250m each on each of two clusters.
        let two = on(2, 1, 500);
        assert_eq!(of(unsure, two, MemoryModel::Carried), (1_200, 800, 1_000));
        // At most 1000 MiB follow a core: 500 of an instance, 250 of a pod of half its load.
        assert_eq!(of(unsure, two, MemoryModel::FollowsLoad), (950, 550, 500));
        // 400 MiB of a core are known: 1000 + 100 and 600 + 100.
        assert_eq!(of((400, 400), two, MemoryModel::Carried), (1_100, 700, 800));
        assert_eq!(
            of((400, 400), two, MemoryModel::FollowsLoad),
            (1_100, 700, 800)
        );
        // Each became four pods; all eight on one cluster, of which an autoscaler left two.
        let shrunk = on(2, 4, 1_000);
        assert_eq!(of(unsure, shrunk, MemoryModel::Carried), (300, 200, 250));
        assert_eq!(
            of(unsure, shrunk, MemoryModel::FollowsLoad),
            // 500 follow the load, the other 700 and 300 are halved: half a core each comes on top.
            (850, 650, 250)
        );
        // Elsewhere the other half serves: four pods hold what one instance had.
        let half = on(2, 4, 500);
        assert_eq!(of((0, 0), half, MemoryModel::FollowsLoad), (300, 200, 250));
    }
}
