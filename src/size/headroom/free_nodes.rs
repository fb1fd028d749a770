//! What nodes have left, so that the first or the emptiest one with enough is found without looking at all of them.

/// CPU and memory of a node, in any units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Free {
    pub(super) cpu: f64,
    pub(super) memory: f64,
}

impl Free {
    const NOTHING: Self = Self {
        cpu: f64::NEG_INFINITY,
        memory: f64::NEG_INFINITY,
    };

    fn has(self, needs: Self) -> bool {
        self.cpu >= needs.cpu && self.memory >= needs.memory
    }

    pub(super) fn least(self, other: Self) -> Self {
        Self {
            cpu: self.cpu.min(other.cpu),
            memory: self.memory.min(other.memory),
        }
    }

    fn most(self, other: Self) -> Self {
        Self {
            cpu: self.cpu.max(other.cpu),
            memory: self.memory.max(other.memory),
        }
    }
}

/// A tree over the nodes: each place has the most CPU and the most memory that any node under it has left. The places
/// under `n` are `2n` and `2n + 1`, from 1 on.
#[derive(Debug)]
pub(super) struct FreeNodes {
    count: usize,
    /// What every pod needs at least.
    least: Free,
    /// The place of the first node.
    leaves: usize,
    most: Vec<Free>,
}

impl FreeNodes {
    /// So many, all empty, for pods that need at least so much each.
    pub(super) fn of(count: usize, empty: Free, least: Free) -> Self {
        let leaves = count.next_power_of_two();
        let mut most = vec![Free::NOTHING; 2 * leaves];
        if let Some(nodes) = most.get_mut(leaves..leaves + count) {
            nodes.fill(empty);
        }
        let mut nodes = Self {
            count,
            least,
            leaves,
            most,
        };
        for place in (1..leaves).rev() {
            nodes.sum_up(place);
        }
        nodes
    }

    pub(super) const fn len(&self) -> usize {
        self.count
    }

    fn at(&self, place: usize) -> Free {
        self.most.get(place).copied().unwrap_or(Free::NOTHING)
    }

    fn sum_up(&mut self, place: usize) {
        let both = self.at(2 * place).most(self.at(2 * place + 1));
        if let Some(most) = self.most.get_mut(place) {
            *most = both;
        }
    }

    /// A node gives up so much.
    pub(super) fn take(&mut self, node: usize, given: Free) {
        let mut place = self.leaves + node;
        if let Some(left) = self.most.get_mut(place) {
            left.cpu -= given.cpu;
            left.memory -= given.memory;
            // A node that is full of one resource takes nothing any more: what it has left of the other would only lead
            // searches to it.
            if !left.has(self.least) {
                *left = Free::NOTHING;
            }
        }
        while place > 1 {
            place /= 2;
            self.sum_up(place);
        }
    }

    /// The first node that has so much.
    pub(super) fn first(&self, needs: Free) -> Option<usize> {
        self.first_under(1, needs)
    }

    fn first_under(&self, place: usize, needs: Free) -> Option<usize> {
        if !self.at(place).has(needs) {
            None
        } else if place >= self.leaves {
            Some(place - self.leaves)
        } else {
            // The most CPU and the most memory may be of two nodes.
            self.first_under(2 * place, needs)
                .or_else(|| self.first_under(2 * place + 1, needs))
        }
    }

    /// Of the nodes that have so much the one with most memory left, of equals the last.
    pub(super) fn emptiest(&self, needs: Free) -> Option<usize> {
        self.emptiest_under(1, needs).map(|(_, node)| node)
    }

    /// With the memory that it has left.
    fn emptiest_under(&self, place: usize, needs: Free) -> Option<(f64, usize)> {
        let most = self.at(place);
        if !most.has(needs) {
            return None;
        }
        if place >= self.leaves {
            return Some((most.memory, place - self.leaves));
        }
        let (left, right) = (2 * place, 2 * place + 1);
        let (better, other) = if self.at(left).memory > self.at(right).memory {
            (left, right)
        } else {
            (right, left)
        };
        let found = self.emptiest_under(better, needs);
        // Only where the better side's emptiest node had too little CPU, or as much memory, is there one on the other side.
        match found {
            Some((memory, _)) if memory > self.at(other).memory => found,
            _ => found
                .into_iter()
                .chain(self.emptiest_under(other, needs))
                .max_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_same_nodes_as_by_looking_at_all_of_them(
            count in 1_usize..20,
            pods in prop::collection::vec((0_u32..6, 0_u32..6, any::<bool>()), 0..60),
        ) {
            let empty = Free { cpu: 10.0, memory: 10.0 };
            let least = |of: fn(&(u32, u32, bool)) -> u32| pods.iter().map(of).min().unwrap_or(0).into();
            let least = Free { cpu: least(|pod| pod.0), memory: least(|pod| pod.1) };
            let mut nodes = FreeNodes::of(count, empty, least);
            let mut all = vec![empty; count];
            for (cpu, memory, is_first) in pods {
                let needs = Free { cpu: cpu.into(), memory: memory.into() };
                let first = all.iter().position(|free| free.has(needs));
                prop_assert_eq!(nodes.first(needs), first);
                let fitting = all.iter().enumerate().filter(|(_, free)| free.has(needs));
                let emptiest = fitting
                    .max_by(|one, other| one.1.memory.total_cmp(&other.1.memory))
                    .map(|(node, _)| node);
                prop_assert_eq!(nodes.emptiest(needs), emptiest);
                if let Some(node) = if is_first { first } else { emptiest } {
                    nodes.take(node, needs);
                    all[node].cpu -= needs.cpu;
                    all[node].memory -= needs.memory;
                }
            }
        }
    }
}
