//! What is packed: types of items with demands, into equal bins of several resources.

/// Items of one size, of which several are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemType {
    /// Of each resource, in the order of the capacities.
    pub sizes: Vec<u64>,
    /// How many of them must be packed.
    pub demand: u32,
}

/// Vector bin packing: the fewest bins of the same capacities that hold every item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    capacity: Vec<u64>,
    /// Type by type, `capacity.len()` numbers each.
    sizes: Vec<u64>,
    demand: Vec<u32>,
    /// Most copies of each type that an empty bin holds, at most its demand.
    most: Vec<u32>,
}

/// Why a list of items is not a problem that can be solved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProblemError {
    /// No number of bins can help.
    #[error(
        "an item of item type {position} needs {size} of resource {resource}, but an empty bin offers {capacity}"
    )]
    FitsNoBin {
        /// Of the type, from 1.
        position: usize,
        /// Number of the resource, from 1.
        resource: usize,
        /// What one item needs of it.
        size: u64,
        /// What a bin has of it.
        capacity: u64,
    },
    /// A row of another length.
    #[error("item type {position} has {sizes} sizes where a bin has {resources} resources")]
    WrongLength {
        /// Of the type, from 1.
        position: usize,
        /// How many it has.
        sizes: usize,
        /// How many it should have.
        resources: usize,
    },
    /// Numbers so large that sums could overflow, of items that nobody wants too.
    #[error("capacities and sizes of more than {most} are not supported")]
    TooLarge {
        /// The largest that is supported.
        most: u64,
    },
    /// More items than can be numbered.
    #[error("more than {most} items are not supported")]
    TooMany {
        /// The most items that are supported.
        most: u32,
    },
}

/// A pattern of one bin: (type, copies), by type, each with at least one copy.
pub type Pattern = Vec<(usize, u32)>;

impl Problem {
    /// Far above any node's bytes, and far below where products of sizes and shares leave 128 bits.
    pub const MOST_CAPACITY: u64 = 1 << 50;
    /// Items are numbered with 32 bits.
    pub const MOST_ITEMS: u32 = 1 << 24;

    /// # Errors
    /// When an item fits no empty bin, a row has another length than `capacity`, or a number is too large.
    pub fn new(capacity: Vec<u64>, types: &[ItemType]) -> Result<Self, ProblemError> {
        let all_small = |numbers: &[u64]| {
            if numbers.iter().all(|&number| number <= Self::MOST_CAPACITY) {
                Ok(())
            } else {
                Err(ProblemError::TooLarge {
                    most: Self::MOST_CAPACITY,
                })
            }
        };
        all_small(&capacity)?;
        for (index, row) in types.iter().enumerate() {
            let position = index + 1;
            if row.sizes.len() != capacity.len() {
                return Err(ProblemError::WrongLength {
                    position,
                    sizes: row.sizes.len(),
                    resources: capacity.len(),
                });
            }
            let too_large = row
                .sizes
                .iter()
                .zip(&capacity)
                .position(|(size, capacity)| size > capacity);
            if let (Some(resource), true) = (too_large, row.demand > 0) {
                let (size, capacity) = (row.sizes[resource], capacity[resource]);
                return Err(ProblemError::FitsNoBin {
                    position,
                    resource: resource + 1,
                    size,
                    capacity,
                });
            }
            all_small(&row.sizes)?;
        }
        if types.iter().map(|row| u64::from(row.demand)).sum::<u64>() > u64::from(Self::MOST_ITEMS)
        {
            return Err(ProblemError::TooMany {
                most: Self::MOST_ITEMS,
            });
        }
        Ok(Self::unchecked(capacity, types))
    }

    /// Other items, known to fit, into the same bins.
    pub(super) fn of_same_bins(&self, types: &[ItemType]) -> Self {
        Self::unchecked(self.capacity.clone(), types)
    }

    fn unchecked(capacity: Vec<u64>, types: &[ItemType]) -> Self {
        let sizes: Vec<u64> = types
            .iter()
            .flat_map(|row| row.sizes.iter().copied())
            .collect();
        let demand: Vec<u32> = types.iter().map(|row| row.demand).collect();
        let copies = |row: &ItemType| {
            let by_size = row
                .sizes
                .iter()
                .zip(&capacity)
                .filter_map(|(&size, &capacity)| capacity.checked_div(size))
                .min();
            u32::try_from(by_size.unwrap_or(u64::MAX))
                .unwrap_or(u32::MAX)
                .min(row.demand)
        };
        let most = types.iter().map(copies).collect();
        Self {
            capacity,
            sizes,
            demand,
            most,
        }
    }

    /// The same bins, and of these items only `left` of each; with the types that are left.
    pub(super) fn rest(&self, left: &[u32]) -> (Self, Vec<usize>) {
        let kept: Vec<usize> = (0..self.types()).filter(|&item| left[item] > 0).collect();
        let rest = Self {
            capacity: self.capacity.clone(),
            sizes: kept
                .iter()
                .flat_map(|&item| self.sizes(item).iter().copied())
                .collect(),
            demand: kept.iter().map(|&item| left[item]).collect(),
            most: kept
                .iter()
                .map(|&item| self.most[item].min(left[item]))
                .collect(),
        };
        (rest, kept)
    }

    /// How many types of items there are.
    #[must_use]
    pub fn types(&self) -> usize {
        self.demand.len()
    }

    /// How many resources an item has.
    #[must_use]
    pub fn resources(&self) -> usize {
        self.capacity.len()
    }

    /// What a bin offers of each resource.
    #[must_use]
    pub fn capacity(&self) -> &[u64] {
        &self.capacity
    }

    /// What one item of a type needs of each resource.
    #[must_use]
    pub fn sizes(&self, item: usize) -> &[u64] {
        let width = self.capacity.len();
        &self.sizes[item * width..(item + 1) * width]
    }

    /// How many items of a type there are.
    #[must_use]
    pub fn demand(&self, item: usize) -> u32 {
        self.demand[item]
    }

    /// Most items of a type that a bin holds, at most its demand.
    #[must_use]
    pub fn most(&self, item: usize) -> u32 {
        self.most[item]
    }

    /// How many items there are.
    #[must_use]
    pub fn items(&self) -> u32 {
        self.demand.iter().sum()
    }

    /// Whether an item fits what is free.
    pub(super) fn fits(&self, item: usize, free: &[u64]) -> bool {
        self.sizes(item)
            .iter()
            .zip(free)
            .all(|(size, free)| size <= free)
    }

    /// Each size as millionths of the capacity, rounded up.
    pub(super) fn millionths(&self, item: usize) -> impl Iterator<Item = u64> + '_ {
        let share = |(&size, &capacity): (&u64, &u64)| {
            u64::try_from((u128::from(size) * 1_000_000).div_ceil(u128::from(capacity.max(1))))
                .unwrap_or(u64::MAX)
        };
        self.sizes(item).iter().zip(&self.capacity).map(share)
    }

    /// Sum of every item's size of each resource.
    pub(super) fn volume(&self) -> Vec<u128> {
        let of = |resource: usize| {
            (0..self.types())
                .map(|item| u128::from(self.sizes(item)[resource]) * u128::from(self.demand[item]))
                .sum()
        };
        (0..self.resources()).map(of).collect()
    }
}

/// Takes `item` off what is free.
pub(super) fn take(free: &mut [u64], sizes: &[u64]) {
    for (free, size) in free.iter_mut().zip(sizes) {
        *free -= size;
    }
}

/// Undoes [`take`]: the sizes are free again.
pub(super) fn give(free: &mut [u64], sizes: &[u64]) {
    for (free, size) in free.iter_mut().zip(sizes) {
        *free += size;
    }
}
