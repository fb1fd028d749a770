//! The fewest nodes of a group: heuristics, then a proof, then a search for what the proof leaves open.

use super::board::Board;
use super::bound::in_words;
use super::portfolio::{Demand, Heuristic};
use super::vector::{Bins, Budget, Certificate, Ejection, ItemType, Problem, ProblemError, Solution, Spread, lower_bound};
use super::{GroupError, GroupRequest, LowerBound};

/// How few nodes do, and what proves it.
#[derive(Debug)]
pub(super) struct Fewest {
    pub(super) nodes: u32,
    pub(super) lower_bound: LowerBound,
    pub(super) certificate: Certificate,
}

/// Each replica takes one of the pods of a node.
const ONE_POD: u64 = 1;

/// The fewest nodes on which everything was placed, replicas spread as evenly as their number allows.
///
/// # Errors
/// When the request allows fewer.
pub(super) fn fewest(request: &GroupRequest<'_>, demands: &[Demand], moment: &str) -> Result<Fewest, GroupError> {
    let available = request.node.available;
    let capacity = vec![available.memory.0, available.cpu.0, u64::from(request.node.available_pods)];
    let item =
        |demand: &Demand| ItemType { sizes: vec![demand.requests.memory.0, demand.requests.cpu.0, ONE_POD], demand: demand.replicas };
    let types: Vec<ItemType> = demands.iter().map(item).collect();
    let problem = Problem::new(capacity, &types).map_err(|_: ProblemError| request.too_many(request.max_nodes))?;
    // Half of the steps for the proof, half for the search.
    let half = || Budget::new(request.search_steps / 2, &|| false);

    let mut bound = lower_bound(&problem, 0, &half());
    let by_heuristic = (bound.bins..=request.max_nodes).find_map(|nodes| {
        Heuristic::ALL.into_iter().find_map(|heuristic| heuristic.fill(demands, request.node, nodes, request.zones.len()))
    });
    let by_heuristic = by_heuristic.map(|board| patterns(&board, demands));
    let reached = by_heuristic.as_ref().map_or(request.max_nodes.saturating_add(1), |bins| u32::try_from(bins.len()).unwrap_or(u32::MAX));
    if bound.bins < reached && request.search_steps > 0 {
        bound = lower_bound(&problem, reached, &half());
    }
    let open = reached.saturating_sub(bound.bins);
    let steps = request.search_steps / 2 / u64::from(open.max(1));
    let still_open = if steps > 0 { bound.bins..reached } else { 0..0 };
    let by_search = still_open.into_iter().find_map(|nodes| search(&problem, request, nodes, steps));
    let bins = by_search.or(by_heuristic).ok_or_else(|| request.too_many(bound.bins))?;

    let nodes = u32::try_from(bins.len()).unwrap_or(u32::MAX);
    let solution = Solution { bins, bound };
    let rule = in_words(solution.bound.rule);
    let names: Vec<&str> = demands.iter().map(|demand| request.workloads[demand.workload].name.as_str()).collect();
    let certificate = Certificate::new(&format!("{}, {moment}", request.name), &problem, &solution, &names, rule.to_owned());
    Ok(Fewest { nodes, lower_bound: LowerBound { nodes: solution.bound.bins, rule: rule.to_owned() }, certificate })
}

/// What is on each node, in numbers of `demands`.
fn patterns(board: &Board, demands: &[Demand]) -> Vec<Vec<(usize, u32)>> {
    let row = |workload: usize| demands.binary_search_by_key(&workload, |demand| demand.workload).unwrap_or(0);
    let pattern = |pods: &Vec<(usize, u32)>| {
        let mut pattern: Vec<(usize, u32)> = pods.iter().map(|&(workload, replicas)| (row(workload), replicas)).collect();
        pattern.sort_unstable();
        pattern
    };
    board.pods.iter().map(pattern).collect()
}

/// Everything on so many nodes, found by ejection within so many steps.
fn search(problem: &Problem, request: &GroupRequest<'_>, nodes: u32, steps: u64) -> Option<Vec<Vec<(usize, u32)>>> {
    let nodes = usize::try_from(nodes).ok().filter(|&nodes| nodes > 0)?;
    let spread = Spread::even(problem, nodes, request.zones.len());
    let mut bins = Bins::empty(problem, &spread, nodes);
    // The largest last, since the last is placed first.
    let mut rows: Vec<usize> = (0..problem.types()).collect();
    rows.sort_by_key(|&row| (problem.millionths(row).max(), row));
    let mut outside: Vec<usize> = rows.into_iter().flat_map(|row| (0..problem.demand(row)).map(move |_| row)).collect();
    let budget = Budget::new(steps, &|| false);
    Ejection::new(problem.types(), 0).run(&mut bins, &mut outside, steps, &budget).then(|| bins.patterns())
}
