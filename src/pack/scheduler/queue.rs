//! In which order pods reach the scheduler.

use std::cmp::Reverse;

use super::chance::Chance;
use super::{App, NodeShape, QueuePriority};

/// How the Deployments are applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApplyOrder {
    /// All together, from a list: their pods come roughly in its order.
    AsListed,
    /// All together, in any order: every one is as likely.
    InAnyOrder,
    /// One after the other, each when the one before is scheduled, the largest share of a node first.
    BiggestFirst,
}

/// `concurrent-replicaset-syncs` of kube-controller-manager, by default: so many ReplicaSets make pods at a time.
const WORKERS: usize = 5;

impl ApplyOrder {
    /// The apps in the order in which their pods are queued, one entry for each pod. The platform's are there before
    /// any app's; those of apps come one by one and rarely wait for each other, so that their priorities sort nothing.
    pub(super) fn queue(self, apps: &[App], shape: &NodeShape, chance: &mut Chance) -> Vec<usize> {
        let mut queue = self.arrivals(apps, shape, chance);
        queue.sort_by_key(|&app| apps[app].priority != QueuePriority::Platform);
        queue
    }

    fn arrivals(self, apps: &[App], shape: &NodeShape, chance: &mut Chance) -> Vec<usize> {
        let mut order: Vec<usize> = (0..apps.len())
            .filter(|&app| apps[app].replicas > 0)
            .collect();
        match self {
            // Beside the workers there are the client, the controller of Deployments and the rate limits of all
            // three between the list and the pods. Two thirds of the apps under way at a time is what the recorded
            // runs of a real cluster are told by best: strictly by the list scatters less than they do, any
            // order more.
            Self::AsListed => interleaved(apps, &order, WORKERS.max(2 * order.len() / 3), chance),
            Self::InAnyOrder => {
                chance.shuffle(&mut order);
                interleaved(apps, &order, WORKERS, chance)
            }
            Self::BiggestFirst => {
                order.sort_by_key(|&app| (Reverse(apps[app].dominant(shape)), app));
                order
                    .into_iter()
                    .flat_map(|app| std::iter::repeat_n(app, apps[app].replicas as usize))
                    .collect()
            }
        }
    }
}

/// Pods that are all pending at once: by priority, and of equal ones any first.
pub(super) fn by_priority(mut pods: Vec<usize>, apps: &[App], chance: &mut Chance) -> Vec<usize> {
    chance.shuffle(&mut pods);
    pods.sort_by_key(|&app| apps[app].priority);
    pods
}

/// So many ReplicaSets at a time make their pods, each in batches of 1, 2, 4, … (slow start); which of them is
/// the next to finish a batch is chance.
fn interleaved(apps: &[App], order: &[usize], at_a_time: usize, chance: &mut Chance) -> Vec<usize> {
    let mut waiting = order.iter().copied();
    let start = |app: usize| (app, apps[app].replicas, 1_u32);
    let mut working: Vec<(usize, u32, u32)> = waiting.by_ref().take(at_a_time).map(start).collect();
    let mut queue = Vec::new();
    while !working.is_empty() {
        let worker = chance.below(working.len());
        let (app, left, batch) = &mut working[worker];
        let made = (*left).min(*batch);
        queue.extend(std::iter::repeat_n(*app, made as usize));
        *left -= made;
        *batch = batch.saturating_mul(2);
        if *left == 0 {
            match waiting.next() {
                Some(next) => working[worker] = start(next),
                None => drop(working.swap_remove(worker)),
            }
        }
    }
    queue
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Bytes, Millicores, Resources};

    fn app(cpu: u64, replicas: u32) -> App {
        App {
            requests: Resources {
                cpu: Millicores(cpu),
                memory: Bytes(0),
            },
            replicas,
            priority: QueuePriority::default(),
        }
    }

    const SHAPE: NodeShape = NodeShape {
        allocatable: Resources {
            cpu: Millicores(1000),
            memory: Bytes(1000),
        },
        pods: 10,
        daemons: Resources {
            cpu: Millicores(0),
            memory: Bytes(0),
        },
        daemon_pods: 0,
    };

    #[test]
    fn every_pod_is_queued_once_whatever_the_order() {
        let apps: Vec<App> = (0..40).map(|index| app(100, index % 9)).collect();
        for applied in [
            ApplyOrder::AsListed,
            ApplyOrder::InAnyOrder,
            ApplyOrder::BiggestFirst,
        ] {
            let queue = applied.queue(&apps, &SHAPE, &mut Chance::new(1, 0));
            for (index, app) in apps.iter().enumerate() {
                assert_eq!(
                    queue.iter().filter(|&&queued| queued == index).count(),
                    app.replicas as usize,
                    "{applied:?}"
                );
            }
        }
    }

    #[test]
    fn the_platform_is_there_before_any_app_and_what_is_pending_goes_by_priority() {
        let of = |priority, replicas| App {
            priority,
            ..app(100, replicas)
        };
        let apps = [
            of(QueuePriority::Staging, 3),
            of(QueuePriority::Production, 4),
            of(QueuePriority::Platform, 2),
            of(QueuePriority::ProductionLarge, 1),
        ];
        for seed in 0..20 {
            let mut chance = Chance::new(seed, 0);
            let queue = ApplyOrder::InAnyOrder.queue(&apps, &SHAPE, &mut chance);
            assert_eq!(queue[..2], [2, 2], "{queue:?}");
            let waiting = by_priority(queue, &apps, &mut chance);
            assert_eq!(waiting, [2, 2, 3, 1, 1, 1, 1, 0, 0, 0]);
        }
    }

    #[test]
    fn the_biggest_share_comes_first_and_equals_by_name() {
        let queue = ApplyOrder::BiggestFirst.queue(
            &[app(100, 2), app(300, 1), app(100, 1)],
            &SHAPE,
            &mut Chance::new(1, 0),
        );
        assert_eq!(queue, [1, 0, 0, 2]);
    }

    #[test]
    fn a_replica_set_starts_slowly() {
        // Alone it makes 1, 2, 4 and the last 3 without anybody between; two of them take turns by batches.
        assert_eq!(
            ApplyOrder::InAnyOrder.queue(&[app(1, 10)], &SHAPE, &mut Chance::new(1, 0)),
            [0; 10]
        );
        let queue = interleaved(&[app(1, 3), app(1, 3)], &[0, 1], 2, &mut Chance::new(1, 0));
        let runs: Vec<usize> = queue.chunk_by(|a, b| a == b).map(<[usize]>::len).collect();
        assert!(runs.iter().all(|run| [1, 2, 3].contains(run)), "{queue:?}");
    }
}
