//! cluster-autoscaler: nodes for the pods that stay pending.
//!
//! Source: kubernetes/autoscaler, `cluster-autoscaler/estimator/binpacking_estimator.go`,
//! `decreasing_pod_orderer.go`, `core/scaleup/orchestrator/orchestrator.go` and
//! `processors/nodegroupset/balancing_processor.go`.

use std::collections::BTreeMap;

use super::cluster::Node;
use super::cycle::Scheduler;
use super::{App, NodeShape};

/// Adds nodes until nothing is pending, or no node helps. `pending` are the apps of the pending pods in the
/// order of the queue; gives what stays pending.
pub(super) fn grow(
    scheduler: &mut Scheduler<'_>,
    mut pending: Vec<usize>,
    zones: usize,
) -> Vec<usize> {
    while !pending.is_empty() {
        let wanted = estimate(scheduler.apps, scheduler.shape, &pending);
        if wanted == 0 {
            break;
        }
        let before = pending.len();
        // Nodes come up one after the other, and pods do not wait for the last.
        for zone in balanced(scheduler, wanted, zones) {
            pending = scheduler.add_for(zone, pending);
        }
        scheduler.arrange();
        if pending.len() == before {
            break;
        }
    }
    pending
}

/// First fit decreasing by the sum of the shares, on new nodes only; the search goes on from where the last pod
/// found room.
pub(super) fn estimate(apps: &[App], shape: &NodeShape, pending: &[usize]) -> usize {
    let mut counts: BTreeMap<usize, u32> = BTreeMap::new();
    for &app in pending {
        *counts.entry(app).or_default() += 1;
    }
    let size = |app: usize| {
        let (cpu, memory) = apps[app].requests.millionths_of(shape.allocatable);
        cpu + memory
    };
    let mut order: Vec<(usize, u32)> = counts.into_iter().collect();
    order.sort_by_key(|&(app, _)| (std::cmp::Reverse(size(app)), app));
    let (mut nodes, mut last): (Vec<Node>, usize) = (Vec::new(), 0);
    for (app, count) in order {
        let app = &apps[app];
        for _ in 0..count {
            let found = (0..nodes.len())
                .map(|step| (last + step) % nodes.len())
                .find(|&node| nodes[node].fits(app, shape));
            match found {
                Some(node) => last = node,
                None => {
                    let fresh = Node::empty(shape, 0);
                    if !fresh.fits(app, shape) {
                        break;
                    }
                    nodes.push(fresh);
                    last = nodes.len() - 1;
                }
            }
            nodes[last].add(app, shape);
        }
    }
    nodes.len()
}

/// The zones of the new nodes: always the smallest of the similar node groups grows; of equal ones any. In the
/// order in which they come up, which is chance.
fn balanced(scheduler: &mut Scheduler<'_>, wanted: usize, zones: usize) -> Vec<usize> {
    let mut sizes = vec![0_usize; zones];
    for zone in scheduler.zones() {
        sizes[zone] += 1;
    }
    let mut order: Vec<usize> = (0..zones).collect();
    scheduler.chance.shuffle(&mut order);
    let mut added = Vec::with_capacity(wanted);
    for _ in 0..wanted {
        let Some(&zone) = order.iter().min_by_key(|&&zone| sizes[zone]) else {
            break;
        };
        sizes[zone] += 1;
        added.push(zone);
    }
    scheduler.chance.shuffle(&mut added);
    added
}
