//! The fewest nodes of a group, and the proof.

use super::board::Board;
use super::bound::in_words;
use super::portfolio::Demand;
use super::vector::{
    Budget, Certificate, ItemType, Problem, ProblemError, Solution, quick_bound, solve,
};
use super::{GroupError, GroupRequest, LowerBound};

/// How few nodes do, and what proves it.
#[derive(Debug)]
pub(super) struct ProvenMinimum {
    pub(super) nodes: u32,
    /// The fewest on which a heuristic spreads replicas as evenly as their number allows.
    pub(super) spread: u32,
    pub(super) lower_bound: LowerBound,
    pub(super) certificate: Certificate,
}

/// Each replica takes one of the pods of a node.
const ONE_POD: u64 = 1;

/// The fewest nodes that hold everything. Spread is left out, as the scheduler leaves it out where it must.
///
/// # Errors
/// When the request allows fewer than replicas can be spread over.
pub(super) fn fewest(
    request: &GroupRequest<'_>,
    demands: &[Demand],
    moment: &str,
) -> Result<ProvenMinimum, GroupError> {
    let available = request.node.available;
    let capacity = vec![
        available.memory.0,
        available.cpu.0,
        u64::from(request.node.available_pods),
    ];
    let item = |demand: &Demand| ItemType {
        sizes: vec![demand.requests.memory.0, demand.requests.cpu.0, ONE_POD],
        demand: demand.replicas,
    };
    let types: Vec<ItemType> = demands.iter().map(item).collect();
    let problem = Problem::new(capacity, &types)
        .map_err(|_: ProblemError| request.too_many(request.max_nodes))?;
    let bound = quick_bound(&problem);
    let heuristics = request.heuristics(demands);
    let spread = (bound.bins..=request.max_nodes).find_map(|nodes| {
        heuristics
            .iter()
            .find_map(|heuristic| heuristic.fill(demands, request.node, nodes, request.zones.len()))
    });
    let spread = patterns(
        &spread.ok_or_else(|| request.too_many(bound.bins))?,
        demands,
    );
    let spread_over = u32::try_from(spread.len()).unwrap_or(u32::MAX);
    let mut solution = Solution {
        bins: spread,
        bound,
    };
    if !solution.is_optimal() && request.search_steps > 0 {
        let searched = solve(&problem, &Budget::new(request.search_steps, &|| false));
        if searched.used() < solution.used() {
            solution.bins = searched.bins;
        }
        solution.bound = searched.bound;
    }

    let rule = in_words(solution.bound.rule);
    let names: Vec<&str> = demands
        .iter()
        .map(|demand| request.workloads[demand.workload].name.as_str())
        .collect();
    let certificate = Certificate::new(
        &format!("{}, {moment}", request.name),
        &problem,
        &solution,
        &names,
        rule.to_string(),
    );
    let lower_bound = LowerBound {
        nodes: solution.bound.bins,
        rule,
    };
    Ok(ProvenMinimum {
        nodes: solution.used(),
        spread: spread_over,
        lower_bound,
        certificate,
    })
}

/// What is on each node, in numbers of `demands`.
fn patterns(board: &Board, demands: &[Demand]) -> Vec<Vec<(usize, u32)>> {
    let row = |workload: usize| {
        demands
            .binary_search_by_key(&workload, |demand| demand.workload)
            .unwrap_or(0)
    };
    let pattern = |pods: &Vec<(usize, u32)>| {
        let mut pattern: Vec<(usize, u32)> = pods
            .iter()
            .map(|&(workload, replicas)| (row(workload), replicas))
            .collect();
        pattern.sort_unstable();
        pattern
    };
    board.pods.iter().map(pattern).collect()
}
