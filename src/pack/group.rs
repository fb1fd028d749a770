//! One node group: how many nodes, and the placements that prove it.

use serde::{Deserialize, Serialize};

use super::board::Board;
use super::failure::{survives_any_node, survives_any_zone, too_few_to_survive};
use super::group_request::{Depth, GroupRequest};
use super::portfolio::Demand;
use super::proven_minimum::{ProvenMinimum, fewest};
use super::scheduler::{Distribution, Event};
use super::simulated_node_counts::{GroupToSize, SimulatedNodeCounts};
use super::vector::Certificate;
use super::{GroupError, LowerBound, NodeCapacity, NodePlacement, Workload};
use crate::catalog::OperatingSystem;
use crate::size::{Number, Reason};
use crate::wording::{Text, text};

/// A node group of a cluster.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct GroupPlan {
    /// `workers` or `windows`.
    pub name: String,
    /// What its nodes run.
    pub operating_system: OperatingSystem,
    /// Type of its nodes: `c5.2xlarge`.
    pub instance_type: String,
    /// What an empty node offers to pods.
    pub node: NodeCapacity,
    /// The autoscaler goes no lower: it knows nothing of the headroom for failures.
    pub min_size: u32,
    /// Normal times, with what the policy wants survived within the cluster.
    pub desired_capacity: u32,
    /// Everything on this cluster while the largest apps roll out.
    pub max_size: u32,
    /// Where pods are in normal times, at `desired_capacity` nodes.
    pub normal: Packing,
    /// Where pods are at the most, at `max_size` nodes.
    pub at_most: Packing,
    /// What kube-scheduler and cluster-autoscaler make of it.
    pub realistic: SimulatedNodeCounts,
    /// How the three sizes came about.
    pub reasons: Vec<Reason>,
    /// The same sizes by zone, in the order of the zones: one group of machines each, which is what the simulation
    /// grows evenly. Empty where no zone is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub zones: Vec<ZoneSizes>,
}

/// A group's part in one zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ZoneSizes {
    /// Name of the zone: `ap-northeast-1a`.
    pub zone: String,
    /// Its part of the group's `min_size`; the parts add up.
    pub min_size: u32,
    /// Its part of `desired_capacity`; the parts add up.
    pub desired_capacity: u32,
    /// As many as the fullest zone has when the group is at `max_size`, so that none is full while another grows. The
    /// sum may be above the group's: cluster-autoscaler is told the total.
    pub max_size: u32,
}

/// Node after node round the zones, as the placement has them.
fn by_zone(zones: &[String], desired: u32, max_size: u32) -> Vec<ZoneSizes> {
    let count = u32::try_from(zones.len()).unwrap_or(u32::MAX);
    (0..count)
        .zip(zones)
        .map(|(place, zone)| {
            let part = desired / count + u32::from(place < desired % count);
            ZoneSizes {
                zone: zone.clone(),
                min_size: part,
                desired_capacity: part,
                max_size: max_size.div_ceil(count).max(1),
            }
        })
        .collect()
}

/// A number of nodes, proven feasible by a placement and bounded from below.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Packing {
    /// Fewest nodes that hold everything, however replicas are spread, without headroom for failures.
    pub nodes_needed: u32,
    /// No packing needs fewer.
    pub lower_bound: LowerBound,
    /// Which heuristic's placement is shown.
    pub method: Text,
    /// One entry for each node.
    pub placement: Vec<NodePlacement>,
    /// A packing on `nodes_needed` nodes, and prices that prove the lower bound: sizes are bytes of memory,
    /// millicores, and 1 for the pod itself.
    pub certificate: Certificate,
}

/// Finds the group's sizes.
///
/// # Errors
/// When a workload fits no empty node, or the policy's limit on nodes is reached.
pub fn pack_group(request: &GroupRequest<'_>) -> Result<GroupPlan, GroupError> {
    // Ties are broken by position, and the simulation draws positions: in the order of what they ask for, neither
    // the order in which workloads come nor what they are called matters.
    let mut sorted = request.workloads.to_vec();
    sorted.sort_by(|a, b| {
        a.demand()
            .cmp(&b.demand())
            .then_with(|| a.name.cmp(&b.name))
    });
    let request = &GroupRequest {
        workloads: &sorted,
        ..*request
    };
    if let Some(workload) = request
        .workloads
        .iter()
        .find(|workload| !workload.requests.fits(request.node.available))
    {
        return Err(GroupError::FitsNoNode {
            workload: workload.name.clone(),
            requests: workload.requests,
            instance_type: request.instance_type.to_owned(),
            room: request.node.available,
        });
    }
    if let ([zone], true) = (
        request.zones,
        request.survival.zone && !request.workloads.is_empty(),
    ) {
        return Err(GroupError::OneZone {
            group: request.name.to_owned(),
            zone: zone.clone(),
        });
    }
    let survival = request.survival;
    let survives = |board: &Board| {
        (!survival.node || survives_any_node(board, request.workloads))
            && (!survival.zone || survives_any_zone(board, request.workloads))
    };
    // What arithmetic rules out need not be tried.
    let headroom = (0..=request.max_nodes)
        .find(|&nodes| !too_few_to_survive(nodes, request))
        .unwrap_or(request.max_nodes);
    let normal = Demand::of(request.workloads, |workload| workload.replicas);
    let fewest_normal = fewest(request, &normal, "normal")?;
    let (packed, with_headroom) = pack(request, &normal, &fewest_normal, headroom, survives)?;
    // The packing says what is possible, the scheduler what will be; the placement is shown at what will be.
    let sized = GroupToSize::of(request);
    let grown = sized.grown();
    let wanted = grown.at(request.simulated.percentile);
    let depth = request.simulated.depth;
    let is_repacked = wanted > with_headroom && depth != Depth::Estimate;
    let (normal, desired) = if is_repacked {
        pack(request, &normal, &fewest_normal, wanted, survives)?
    } else {
        (packed, wanted.max(with_headroom))
    };
    let realistic = match depth {
        Depth::Estimate => sized.in_short(grown),
        Depth::Sizes => SimulatedNodeCounts {
            situations: sized.situations(desired),
            ..sized.in_short(grown)
        },
        Depth::All => sized.in_full(grown, desired),
    };
    let (at_most, max_size) = if depth == Depth::Estimate {
        // What is only compared shows no placement.
        (normal.clone(), desired.max(sized.grown_at_most()))
    } else {
        let at_most = Demand::of(request.workloads, |workload| workload.replicas_at_most);
        let fewest = fewest(request, &at_most, "at_most")?;
        let most = desired.max(sized.at_most(&realistic.situations));
        pack(request, &at_most, &fewest, most, |_| true)?
    };
    Ok(GroupPlan {
        name: request.name.to_owned(),
        operating_system: request.operating_system,
        instance_type: request.instance_type.to_owned(),
        node: request.node,
        min_size: desired,
        desired_capacity: desired,
        max_size,
        reasons: reasons(
            request,
            (&normal, with_headroom, desired),
            (&at_most, max_size),
            &realistic,
        ),
        normal,
        at_most,
        realistic,
        zones: by_zone(request.zones, desired, max_size),
    })
}

/// The fewest nodes from `at_least` on whose placement by a heuristic also passes `is_good`.
fn pack(
    request: &GroupRequest<'_>,
    demands: &[Demand],
    fewest: &ProvenMinimum,
    at_least: u32,
    is_good: impl Fn(&Board) -> bool,
) -> Result<(Packing, u32), GroupError> {
    let heuristics = request.heuristics(demands);
    let good = (fewest.spread.max(at_least)..=request.max_nodes).find_map(|nodes| {
        let mut fillings = heuristics.iter().filter_map(|heuristic| {
            heuristic
                .fill(demands, request.node, nodes, request.zones.len())
                .map(|board| (heuristic, board))
        });
        fillings
            .find(|(_, board)| is_good(board))
            .map(|(heuristic, board)| (nodes, heuristic, board))
    });
    let (nodes, heuristic, board) =
        good.ok_or_else(|| request.too_many(fewest.lower_bound.nodes))?;
    let packing = Packing {
        nodes_needed: fewest.nodes,
        lower_bound: fewest.lower_bound.clone(),
        method: heuristic.name(),
        placement: board.describe(request.name, request.zones, request.workloads),
        certificate: fewest.certificate.clone(),
    };
    Ok((packing, nodes))
}

impl GroupRequest<'_> {
    /// What the policy's limit says to a group of at least so many nodes.
    pub(super) fn too_many(&self, at_least: u32) -> GroupError {
        GroupError::TooManyNodes {
            group: self.name.to_owned(),
            max_nodes: self.max_nodes,
            at_least,
        }
    }
}

fn reasons(
    request: &GroupRequest<'_>,
    (normal, with_headroom, desired): (&Packing, u32, u32),
    (at_most, max_size): (&Packing, u32),
    realistic: &SimulatedNodeCounts,
) -> Vec<Reason> {
    let pods = |count: fn(&Workload) -> u32| {
        request
            .workloads
            .iter()
            .map(|workload| u64::from(count(workload)))
            .sum::<u64>()
    };
    let per_node = text!(
        "value-room-of-a-node",
        room = request.node.available,
        pods = request.node.available_pods,
        instance_type = request.instance_type
    );
    let bound =
        |packing: &Packing| text!("rule-lower-bound", rule = packing.lower_bound.rule.clone());
    let needed = |packing: &Packing| {
        let gap = match packing.nodes_needed - packing.lower_bound.nodes {
            0 => text!("fewest-certified"),
            gap => text!("fewest-but-for", nodes = gap),
        };
        text!("rule-fewest-nodes", gap = gap)
    };
    let survived = match (request.survival.node, request.survival.zone) {
        (true, true) => text!("rule-survives-node-or-zone"),
        (true, false) => text!("rule-survives-node"),
        (false, true) => text!("rule-survives-zone"),
        (false, false) => text!("rule-no-headroom"),
    };
    let percentile = request.simulated.percentile;
    let orders = realistic.grown.orders;
    let desired_steps = Reason::of(Number::DesiredCapacity)
        .step(
            text!("value-pods", pods = pods(|workload| workload.replicas)),
            text!("rule-pods-in-normal-times"),
        )
        .step(per_node, text!("rule-room-of-a-node"))
        .step(normal.lower_bound.nodes, bound(normal))
        .step(normal.nodes_needed, needed(normal))
        .step_by_policy(with_headroom, survived, "topology.survive")
        .step(
            quantiles(&realistic.grown),
            text!("rule-nodes-grown", orders = orders),
        )
        .step_by_policy(
            desired,
            text!("rule-desired-capacity", percentile = percentile),
            "packing.percentile",
        );
    let at_the_end = |event: Event| {
        realistic
            .situations
            .iter()
            .find(|situation| situation.event == event)
            .map(|situation| situation.nodes)
    };
    let mut max_steps = Reason::of(Number::MaxSize)
        .step_by_policy(
            text!(
                "value-pods",
                pods = pods(|workload| workload.replicas_at_most)
            ),
            text!("rule-pods-at-most"),
            "topology.survive",
        )
        .step(at_most.lower_bound.nodes, bound(at_most))
        .step(at_most.nodes_needed, needed(at_most));
    if let Some(nodes) = at_the_end(Event::RollingOut) {
        max_steps = max_steps.step(
            quantiles(&nodes),
            text!("rule-nodes-of-rollouts", orders = orders),
        );
    }
    if let Some(nodes) = at_the_end(Event::ClusterLost) {
        max_steps = max_steps.step(
            quantiles(&nodes),
            text!("rule-nodes-of-a-lost-cluster", orders = orders),
        );
    }
    vec![
        desired_steps,
        Reason::of(Number::MinSize).step(desired, text!("rule-min-size")),
        max_steps.step_by_policy(
            max_size,
            text!("rule-max-size", percentile = percentile),
            "packing.percentile",
        ),
    ]
}

fn quantiles(nodes: &Distribution) -> String {
    format!("{} / {} / {}", nodes.p50, nodes.p95, nodes.p99)
}
