//! One scheduling cycle after the other: filter the nodes, score what is left, take the best.
//!
//! Source: kubernetes/kubernetes v1.36, `pkg/scheduler/schedule_one.go` and `backend/cache/node_tree.go`.

use super::chance::Chance;
use super::cluster::Node;
use super::queue::by_priority;
use super::score::{self, BALANCE_WEIGHT, FIT_WEIGHT, SPREAD_WEIGHT};
use super::spread::{Firmness, Topology};
use super::{App, NodeShape, Rules};

/// A scheduler with its view of the cluster.
#[derive(Debug, Clone)]
pub(super) struct Scheduler<'a> {
    pub(super) shape: &'a NodeShape,
    pub(super) apps: &'a [App],
    rules: Rules<'a>,
    nodes: Vec<Node>,
    /// The living nodes in the order in which they are tried: round robin over the zones.
    tried: Vec<usize>,
    /// Where the last cycle left off.
    start: usize,
    /// For each app the nodes of its replicas.
    placed: Vec<Vec<usize>>,
    pub(super) chance: Chance,
    here: Siblings,
    feasible: Vec<(usize, i64)>,
}

/// Where the replicas of the app in question are.
#[derive(Debug, Clone)]
struct Siblings {
    on_node: Vec<u32>,
    in_zone: Vec<u32>,
    /// Zones that have a node.
    is_zone: Vec<bool>,
}

impl<'a> Scheduler<'a> {
    /// Without a node. Zones are numbered from 0 to below `zones`.
    pub(super) fn new(
        shape: &'a NodeShape,
        apps: &'a [App],
        rules: Rules<'a>,
        zones: usize,
        chance: Chance,
    ) -> Self {
        Self {
            shape,
            apps,
            rules,
            nodes: Vec::new(),
            tried: Vec::new(),
            start: 0,
            placed: vec![Vec::new(); apps.len()],
            chance,
            here: Siblings {
                on_node: Vec::new(),
                in_zone: vec![0; zones],
                is_zone: vec![false; zones],
            },
            feasible: Vec::new(),
        }
    }

    /// How many nodes live.
    pub(super) fn living(&self) -> usize {
        self.tried.len()
    }

    /// The zones of the living nodes.
    pub(super) fn zones(&self) -> impl Iterator<Item = usize> {
        self.tried.iter().map(|&node| self.nodes[node].zone)
    }

    /// Adds empty nodes in these zones.
    pub(super) fn add_nodes(&mut self, zones: impl IntoIterator<Item = usize>) {
        for zone in zones {
            self.add_node(zone);
        }
        self.arrange();
    }

    fn add_node(&mut self, zone: usize) {
        self.tried.push(self.nodes.len());
        self.nodes.push(Node::empty(self.shape, zone));
        self.here.on_node.push(0);
    }

    /// Loses nodes with what is on them; gives each pod that was there: its app, its node.
    pub(super) fn lose(&mut self, is_lost: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
        let nodes = &self.nodes;
        self.tried.retain(|&node| !is_lost(node, nodes[node].zone));
        let mut displaced = Vec::new();
        for (app, placed) in self.placed.iter_mut().enumerate() {
            placed.retain(|&node| {
                let is_here = is_lost(node, nodes[node].zone);
                displaced.extend(is_here.then_some((app, node)));
                !is_here
            });
        }
        self.arrange();
        displaced
    }

    /// Whether after losing these nodes every pod that `must_run`, by app, is scheduled again. Afterwards all is
    /// as it was.
    pub(super) fn survives(
        &mut self,
        is_lost: impl Fn(usize, usize) -> bool,
        must_run: &[bool],
    ) -> bool {
        let (tried, start) = (self.tried.clone(), self.start);
        let displaced = self.lose(is_lost);
        let lost = displaced
            .iter()
            .map(|&(app, _)| app)
            .filter(|&app| must_run[app])
            .collect();
        let queue = by_priority(lost, self.apps, &mut self.chance);
        let mut moved = Vec::with_capacity(queue.len());
        for &app in &queue {
            let Some(node) = self.schedule(app) else {
                break;
            };
            moved.push((app, node));
        }
        for &(app, node) in moved.iter().rev() {
            self.placed[app].pop();
            self.nodes[node].remove(&self.apps[app], self.shape);
        }
        for &(app, node) in &displaced {
            self.placed[app].push(node);
        }
        self.tried = tried;
        self.arrange();
        self.start = start;
        moved.len() == queue.len()
    }

    /// Whether a pod of each of these apps finds room on the other living nodes, first fit from where the last one did.
    pub(super) fn fit_elsewhere(&self, without: usize, apps: &[usize]) -> bool {
        // Nodes as they are with the pods that moved there: of hundreds only a few.
        let mut changed: Vec<(usize, Node)> = Vec::new();
        let (count, mut last) = (self.tried.len(), 0);
        apps.iter().all(|&app| {
            let app = &self.apps[app];
            let found = (0..count).map(|step| (last + step) % count).find(|&place| {
                let node = self.tried[place];
                let moved = changed.iter().find(|(other, _)| *other == node);
                let state = moved.map_or(&self.nodes[node], |(_, state)| state);
                node != without && state.fits(app, self.shape)
            });
            let Some(place) = found else {
                return false;
            };
            last = place;
            let node = self.tried[place];
            match changed.iter_mut().find(|(other, _)| *other == node) {
                Some((_, state)) => state.add(app, self.shape),
                None => {
                    let mut state = self.nodes[node];
                    state.add(app, self.shape);
                    changed.push((node, state));
                }
            }
            true
        })
    }

    /// The place of the node that came last.
    pub(super) fn last_node(&self) -> usize {
        self.nodes.len().saturating_sub(1)
    }

    /// What is requested of a node, its daemons included.
    pub(super) fn requested(&self, node: usize) -> crate::units::Resources {
        self.nodes[node].requested
    }

    /// A pod of `app` on a node, without a cycle.
    pub(super) fn put(&mut self, app: usize, node: usize) {
        self.nodes[node].add(&self.apps[app], self.shape);
        self.placed[app].push(node);
    }

    /// A pod of `app` leaves a node, if there is one.
    pub(super) fn remove(&mut self, app: usize, node: usize) {
        if let Some(place) = self.placed[app].iter().rposition(|&other| other == node) {
            self.placed[app].swap_remove(place);
            self.nodes[node].remove(&self.apps[app], self.shape);
        }
    }

    /// Places of the nodes that are not lost.
    pub(super) fn nodes(&self) -> &[usize] {
        &self.tried
    }

    /// How many of the living nodes are such.
    pub(super) fn count(&self, is_such: impl Fn(usize, usize) -> bool) -> usize {
        self.tried
            .iter()
            .filter(|&&node| is_such(node, self.nodes[node].zone))
            .count()
    }

    /// The living node of which the least is requested.
    pub(super) fn emptiest(&self) -> Option<usize> {
        let taken = |node: usize| {
            let (cpu, memory) = self.nodes[node]
                .requested
                .millionths_of(self.shape.allocatable);
            cpu.max(memory)
        };
        self.tried
            .iter()
            .copied()
            .min_by_key(|&node| (taken(node), node))
    }

    /// As the node tree lists them: the first node of each zone, the second of each, …
    pub(super) fn arrange(&mut self) {
        let mut rank = vec![0_usize; self.here.in_zone.len()];
        let mut keyed: Vec<(usize, usize, usize)> = Vec::with_capacity(self.tried.len());
        self.tried.sort_unstable();
        for &node in &self.tried {
            let zone = self.nodes[node].zone;
            keyed.push((rank[zone], zone, node));
            rank[zone] += 1;
        }
        keyed.sort_unstable();
        self.tried.clear();
        self.tried
            .extend(keyed.into_iter().map(|(_, _, node)| node));
        for (is_zone, count) in self.here.is_zone.iter_mut().zip(rank) {
            *is_zone = count > 0;
        }
        self.start = 0;
    }

    /// Schedules a pod of each entry of `queue`; gives those that stay pending. A pod that failed is tried again
    /// only when something happened that may help it: with resources alone that is a new node, with a hard
    /// spread also a sibling that was placed.
    pub(super) fn schedule_all(&mut self, queue: &[usize]) -> Vec<usize> {
        let is_hard = self
            .rules
            .constraints
            .iter()
            .any(|constraint| constraint.firmness != Firmness::Soft);
        let mut pending: Vec<usize> = queue.to_vec();
        loop {
            let before = pending.len();
            pending.retain(|&app| self.schedule(app).is_none());
            if !is_hard || pending.is_empty() || pending.len() == before {
                return pending;
            }
        }
    }

    /// Adds a node, and lets the pending pods have it. They fitted no other and fit none now, so the new node is the
    /// only one that need be looked at; unless a hard spread is what keeps them. [`Self::arrange`] is for the end.
    pub(super) fn add_for(&mut self, zone: usize, mut pending: Vec<usize>) -> Vec<usize> {
        let new = self.nodes.len();
        self.add_node(zone);
        if self
            .rules
            .constraints
            .iter()
            .any(|constraint| constraint.firmness != Firmness::Soft)
        {
            self.arrange();
            return self.schedule_all(&pending);
        }
        pending.retain(|&app| {
            let is_apart = !(self.rules.is_alone_on_node && self.placed[app].contains(&new));
            let fits = is_apart && self.nodes[new].fits(&self.apps[app], self.shape);
            if fits {
                self.nodes[new].add(&self.apps[app], self.shape);
                self.placed[app].push(new);
            }
            !fits
        });
        pending
    }

    /// One cycle for one pod of `app`: the node that it goes to.
    pub(super) fn schedule(&mut self, app: usize) -> Option<usize> {
        for &node in &self.placed[app] {
            self.here.on_node[node] += 1;
            self.here.in_zone[self.nodes[node].zone] += 1;
        }
        self.filter(app);
        let chosen = match self.feasible[..] {
            [] => None,
            [(only, _)] => Some(only),
            _ => self.best(app),
        };
        for &node in &self.placed[app] {
            self.here.on_node[node] = 0;
            self.here.in_zone[self.nodes[node].zone] = 0;
        }
        let node = chosen?;
        self.nodes[node].add(&self.apps[app], self.shape);
        self.placed[app].push(node);
        Some(node)
    }

    /// The nodes that pass the filters, of many only the first so many from where the last cycle left off.
    fn filter(&mut self, app: usize) {
        self.feasible.clear();
        let nodes = self.tried.len();
        let enough = nodes_to_find(nodes);
        let floor = self.floors();
        let mut seen = 0;
        while seen < nodes && self.feasible.len() < enough {
            let node = self.tried[(self.start + seen) % nodes];
            seen += 1;
            let is_feasible = self.nodes[node].fits(&self.apps[app], self.shape)
                && !(self.rules.is_alone_on_node && self.here.on_node[node] > 0)
                && self.passes_spread(node, &floor);
            if is_feasible {
                self.feasible.push((node, 0));
            }
        }
        if nodes > 0 {
            self.start = (self.start + seen) % nodes;
        }
    }

    /// For each hard constraint the fewest siblings in any of its topologies.
    fn floors(&self) -> Vec<(Topology, u32, u32)> {
        let hard = self.rules.constraints.iter().filter_map(|constraint| {
            let Firmness::Hard { min_domains } = constraint.firmness else {
                return None;
            };
            let siblings: Vec<u32> = match constraint.topology {
                Topology::Node => self
                    .tried
                    .iter()
                    .map(|&node| self.here.on_node[node])
                    .collect(),
                Topology::Zone => {
                    let zones = self.here.in_zone.iter().zip(&self.here.is_zone);
                    zones
                        .filter(|(_, is_zone)| **is_zone)
                        .map(|(count, _)| *count)
                        .collect()
                }
            };
            let is_short = siblings.len() < min_domains as usize;
            let least = if is_short {
                0
            } else {
                siblings.into_iter().min().unwrap_or(0)
            };
            Some((constraint.topology, least, constraint.max_skew))
        });
        hard.collect()
    }

    /// `existing + 1 - least <= maxSkew` for each hard constraint, in numbers that cannot be negative.
    fn passes_spread(&self, node: usize, floors: &[(Topology, u32, u32)]) -> bool {
        floors
            .iter()
            .all(|&(topology, least, max_skew)| self.siblings(node, topology) < max_skew + least)
    }

    fn siblings(&self, node: usize, topology: Topology) -> u32 {
        match topology {
            Topology::Node => self.here.on_node[node],
            Topology::Zone => self.here.in_zone[self.nodes[node].zone],
        }
    }

    /// Of the feasible nodes the one with the highest weighted sum; of several any, with equal chance.
    ///
    /// Left out, because on the nodes of one group they are the same for all and so decide nothing:
    /// TaintToleration (100: no taint that is only a preference), NodeAffinity (no preference), InterPodAffinity
    /// (a required anti-affinity has no score), ImageLocality (each app has an image of its own).
    fn best(&mut self, app: usize) -> Option<usize> {
        let has_spread = self.score_spread();
        let (pod, scored) = (self.apps[app].requests, self.apps[app].scored());
        let is_best_effort = pod.cpu.0 == 0 && pod.memory.0 == 0;
        let (mut best, mut chosen, mut ties) = (i64::MIN, None, 0);
        for &(node, spread) in &self.feasible {
            let state = &self.nodes[node];
            let mut total = FIT_WEIGHT
                * self
                    .rules
                    .strategy
                    .score(state.scored + scored, self.shape.allocatable);
            if !is_best_effort {
                let with_pod = score::balance(state.requested + pod, self.shape.allocatable);
                total += BALANCE_WEIGHT * score::balanced_allocation(with_pod, state.balance);
            }
            if has_spread {
                total += SPREAD_WEIGHT * spread;
            }
            if total > best {
                (best, chosen, ties) = (total, Some(node), 1);
            } else if total == best {
                ties += 1;
                if self.chance.below(ties) == 0 {
                    chosen = Some(node);
                }
            }
        }
        chosen
    }

    /// Writes the normalised spread score beside each feasible node; false if the pod has no soft constraint.
    fn score_spread(&mut self) -> bool {
        let constraints = self.rules.constraints;
        let mut feasible = std::mem::take(&mut self.feasible);
        let mut zones = vec![false; self.here.in_zone.len()];
        for &(node, _) in &feasible {
            zones[self.nodes[node].zone] = true;
        }
        let zone_count = zones.iter().filter(|is_there| **is_there).count();
        let soft = constraints
            .iter()
            .filter(|constraint| constraint.firmness == Firmness::Soft);
        let weighed: Vec<(Topology, u32, f64)> = soft
            .map(|constraint| {
                let size = if constraint.topology == Topology::Node {
                    feasible.len()
                } else {
                    zone_count
                };
                (
                    constraint.topology,
                    constraint.max_skew,
                    score::topology_weight(size),
                )
            })
            .collect();
        let raw = |on_node: u32, zone: usize| {
            let pods_by_domain = |&(topology, max_skew, weight): &(Topology, u32, f64)| {
                let siblings = if topology == Topology::Node {
                    on_node
                } else {
                    self.here.in_zone[zone]
                };
                score::pods_by_domain(siblings, max_skew, weight)
            };
            score::rounded(weighed.iter().map(pods_by_domain).sum())
        };
        // Nearly all nodes have no sibling, and those of a zone then are alike.
        let alone: Vec<i64> = (0..zones.len()).map(|zone| raw(0, zone)).collect();
        let (mut least, mut most) = (i64::MAX, 0);
        for (node, spread) in &mut feasible {
            let zone = self.nodes[*node].zone;
            *spread = match self.here.on_node[*node] {
                0 => alone[zone],
                siblings => raw(siblings, zone),
            };
            least = least.min(*spread);
            most = most.max(*spread);
        }
        for (_, spread) in &mut feasible {
            *spread = score::spread(*spread, least, most);
        }
        self.feasible = feasible;
        !weighed.is_empty()
    }
}

/// `numFeasibleNodesToFind` with `percentageOfNodesToScore` left to the scheduler.
fn nodes_to_find(nodes: usize) -> usize {
    const LEAST: usize = 100;
    if nodes < LEAST {
        return nodes;
    }
    let percent = 50_usize.saturating_sub(nodes / 125).max(5);
    (nodes * percent / 100).max(LEAST)
}
