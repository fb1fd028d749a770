//! Heuristics that fill a fixed number of nodes. Each wins on some fleet, none on all, so all are tried.

use std::cmp::Reverse;

use super::board::{Board, Spread};
use super::{NodeCapacity, Workload};
use crate::units::Resources;
use crate::wording::{Text, text};

/// A workload with the number of replicas to place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Demand {
    pub(super) workload: usize,
    pub(super) requests: Resources,
    pub(super) replicas: u32,
}

impl Demand {
    /// The demands of `workloads`, with the replicas that `count` picks.
    pub(super) fn of(workloads: &[&Workload], count: impl Fn(&Workload) -> u32) -> Vec<Self> {
        let demand = |(workload, row): (usize, &&Workload)| Self {
            workload,
            requests: row.requests,
            replicas: count(row),
        };
        workloads
            .iter()
            .enumerate()
            .map(demand)
            .filter(|demand| demand.replicas > 0)
            .collect()
    }
}

/// In which order workloads are placed: the hardest first, by one of several measures of hard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// The larger of the CPU and the memory share (FFDMax).
    Dominant,
    /// Their sum (FFDSum), as the cluster autoscaler's estimator has it.
    Sum,
    /// The product of both shares (FFDProd).
    Product,
    /// Memory alone, which is what fills c5 nodes.
    Memory,
    /// CPU alone, as Karpenter has it.
    Cpu,
}

/// On which of the nodes with room a replica goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    /// The first node that has room.
    First,
    /// The node that has least room left.
    Fullest,
    /// The emptiest, as kube-scheduler's LeastAllocated score prefers.
    Emptiest,
}

/// A way to fill nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heuristic {
    /// All replicas of a workload before those of the next.
    ItemByItem(Order, Choice),
    /// Node by node, always adding the pod that points most into the direction of what is free
    /// (Panigrahy et al. 2011, dot product).
    NodeByNode,
}

impl Heuristic {
    /// All of them. The emptiest-node rules come first: of equally good placements the one that is most
    /// like what the scheduler will do is kept.
    pub(super) const ALL: [Self; 16] = [
        Self::ItemByItem(Order::Dominant, Choice::Emptiest),
        Self::ItemByItem(Order::Sum, Choice::Emptiest),
        Self::ItemByItem(Order::Product, Choice::Emptiest),
        Self::ItemByItem(Order::Memory, Choice::Emptiest),
        Self::ItemByItem(Order::Cpu, Choice::Emptiest),
        Self::ItemByItem(Order::Dominant, Choice::First),
        Self::ItemByItem(Order::Sum, Choice::First),
        Self::ItemByItem(Order::Product, Choice::First),
        Self::ItemByItem(Order::Memory, Choice::First),
        Self::ItemByItem(Order::Cpu, Choice::First),
        Self::ItemByItem(Order::Dominant, Choice::Fullest),
        Self::ItemByItem(Order::Sum, Choice::Fullest),
        Self::ItemByItem(Order::Product, Choice::Fullest),
        Self::ItemByItem(Order::Memory, Choice::Fullest),
        Self::ItemByItem(Order::Cpu, Choice::Fullest),
        Self::NodeByNode,
    ];

    /// One of each choice, with the order that is best on most fleets.
    pub(super) const FEW: [Self; 3] = [
        Self::ItemByItem(Order::Dominant, Choice::Emptiest),
        Self::ItemByItem(Order::Sum, Choice::First),
        Self::ItemByItem(Order::Sum, Choice::Fullest),
    ];

    /// A name for reports.
    pub(super) fn name(self) -> Text {
        match self {
            Self::ItemByItem(order, choice) => text!(
                "heuristic-by-item",
                choice = choice.name(),
                order = order.name()
            ),
            Self::NodeByNode => text!("heuristic-by-node"),
        }
    }

    /// Places every replica of `demands` on `nodes` empty nodes, spread as evenly over nodes and zones as
    /// the numbers allow; `None` if this heuristic finds no way.
    pub(super) fn fill(
        self,
        demands: &[Demand],
        node: NodeCapacity,
        nodes: u32,
        zones: usize,
    ) -> Option<Board> {
        let mut board = Board::empty(node, nodes, zones);
        match self {
            Self::ItemByItem(order, choice) => {
                let mut demands = demands.to_vec();
                demands.sort_by_key(|demand| {
                    (
                        Reverse(order.of(demand.requests, node.available)),
                        demand.workload,
                    )
                });
                demands
                    .iter()
                    .all(|demand| choice.place(demand, &mut board))
                    .then_some(board)
            }
            Self::NodeByNode => fill_node_by_node(demands, &mut board).then_some(board),
        }
    }
}

impl Order {
    fn name(self) -> Text {
        match self {
            Self::Dominant => text!("order-largest-share"),
            Self::Sum => text!("order-sum-of-shares"),
            Self::Product => text!("order-product-of-shares"),
            Self::Memory => text!("order-memory"),
            Self::Cpu => text!("order-cpu"),
        }
    }

    fn of(self, requests: Resources, available: Resources) -> u64 {
        let (cpu, memory) = requests.millionths_of(available);
        match self {
            Self::Dominant => cpu.max(memory),
            Self::Sum => cpu + memory,
            Self::Product => cpu.saturating_mul(memory),
            Self::Memory => memory,
            Self::Cpu => cpu,
        }
    }
}

impl Choice {
    fn name(self) -> Text {
        match self {
            Self::First => text!("choice-first"),
            Self::Fullest => text!("choice-fullest"),
            Self::Emptiest => text!("choice-emptiest"),
        }
    }

    /// Places all replicas of `demand`; on failure the board is left half-filled and useless.
    fn place(self, demand: &Demand, board: &mut Board) -> bool {
        let spread = Spread::of(demand.replicas, board);
        let mut on_node = vec![0_u32; board.nodes()];
        let mut in_zone = vec![0_u32; board.zones()];
        for _ in 0..demand.replicas {
            let mut allowed = (0..board.nodes()).filter(|&node| {
                on_node[node] < spread.per_node
                    && in_zone[board.zone[node]] < spread.per_zone
                    && board.fits(node, demand.requests)
            });
            let chosen = match self {
                Self::First => allowed.next(),
                Self::Fullest => allowed.min_by_key(|&node| (board.free_shares[node], node)),
                Self::Emptiest => allowed.min_by_key(|&node| {
                    (
                        on_node[node],
                        in_zone[board.zone[node]],
                        Reverse(board.free_shares[node]),
                        node,
                    )
                }),
            };
            let Some(node) = chosen else { return false };
            board.put(node, demand.workload, demand.requests);
            on_node[node] += 1;
            in_zone[board.zone[node]] += 1;
        }
        true
    }
}

fn fill_node_by_node(demands: &[Demand], board: &mut Board) -> bool {
    let spreads: Vec<Spread> = demands
        .iter()
        .map(|demand| Spread::of(demand.replicas, board))
        .collect();
    let shares: Vec<(u64, u64)> = demands
        .iter()
        .map(|demand| demand.requests.millionths_of(board.node.available))
        .collect();
    let mut left: Vec<u32> = demands.iter().map(|demand| demand.replicas).collect();
    let mut in_zone = vec![vec![0_u32; board.zones()]; demands.len()];
    for node in 0..board.nodes() {
        let zone = board.zone[node];
        let mut here = vec![0_u32; demands.len()];
        loop {
            let (free_cpu, free_memory) = board.free_millionths(node);
            let allowed = (0..demands.len()).filter(|&row| {
                left[row] > 0
                    && here[row] < spreads[row].per_node
                    && in_zone[row][zone] < spreads[row].per_zone
                    && board.fits(node, demands[row].requests)
            });
            let alignment = |row: usize| shares[row].0 * free_cpu + shares[row].1 * free_memory;
            let Some(row) = allowed.max_by_key(|&row| (alignment(row), Reverse(row))) else {
                break;
            };
            board.put(node, demands[row].workload, demands[row].requests);
            left[row] -= 1;
            here[row] += 1;
            in_zone[row][zone] += 1;
        }
    }
    left.iter().all(|&count| count == 0)
}
