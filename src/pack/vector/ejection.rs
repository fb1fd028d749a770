//! Everything into a given number of bins, by ejection.
//!
//! Guided ejection search (Nagata & Bräysy, Operations Research Letters 37, 2009, for vehicle routes):
//! an item that fits nowhere gets in where the items that must leave for it have been least trouble so
//! far; each time that an item fits nowhere it counts as more trouble. In between, random exchanges
//! that keep every bin legal let the search see other neighbourhoods.

use super::Budget;
use super::bins::Bins;
use super::chance::Chance;

/// Most items that leave a bin for one that enters.
const MOST_EJECTED: usize = 3;
/// Looks at items to eject after which the best way so far is taken.
const MOST_LOOKS: u64 = 50_000;
/// Looks and attempts to exchange in a step.
const LOOKS_IN_A_STEP: u64 = 50;
/// Attempts to exchange two items after each ejection.
const EXCHANGES: u64 = 60;

#[derive(Debug)]
pub(super) struct Ejection {
    /// How often an item of each type has fitted nowhere.
    trouble: Vec<u32>,
    chance: Chance,
}

/// A way to let an item in.
struct Way {
    bin: usize,
    /// Places in the bin, ascending.
    places: [usize; MOST_EJECTED],
    count: usize,
}

/// What keeps an item out of a bin.
struct Entrance<'a> {
    bins: &'a Bins<'a>,
    /// What is missing of each resource.
    missing: Vec<u64>,
}

impl<'a> Entrance<'a> {
    fn new(bins: &'a Bins<'a>, item: usize, bin: usize) -> Self {
        let missing = bins
            .problem
            .sizes(item)
            .iter()
            .zip(bins.free(bin))
            .map(|(need, free)| need.saturating_sub(*free))
            .collect();
        Self { bins, missing }
    }

    /// Whether the item fits once these items of the bin have left.
    fn opens(&self, leaving: &[usize]) -> bool {
        let freed = |resource: usize| {
            leaving
                .iter()
                .map(|&item| self.bins.problem.sizes(item)[resource])
                .sum::<u64>()
        };
        self.missing
            .iter()
            .enumerate()
            .all(|(resource, &missing)| missing == 0 || freed(resource) >= missing)
    }
}

impl Ejection {
    pub(super) fn new(types: usize, seed: u64) -> Self {
        Self {
            trouble: vec![1; types],
            chance: Chance::new(seed),
        }
    }

    /// Puts every item of `outside` into `bins`; `false` when the budget or `steps` end first, with what is
    /// still outside left in `outside`.
    pub(super) fn run(
        &mut self,
        bins: &mut Bins<'_>,
        outside: &mut Vec<usize>,
        steps: u64,
        budget: &Budget<'_>,
    ) -> bool {
        let bins_in_steps = u64::try_from(bins.len()).unwrap_or(u64::MAX) / (4 * LOOKS_IN_A_STEP);
        let mut spent = 0;
        while spent < steps {
            let Some(item) = outside.pop() else {
                return true;
            };
            if let Some(bin) = self.any_bin_for(bins, item) {
                bins.put(item, bin);
                spent += bins_in_steps;
                continue;
            }
            self.trouble[item] += 1;
            let (way, looks) = self.way_in(bins, item);
            match way {
                Some(way) => {
                    for &place in way.places[..way.count].iter().rev() {
                        outside.push(bins.remove(way.bin, place));
                    }
                    bins.put(item, way.bin);
                }
                None => outside.insert(self.chance.below(outside.len() + 1), item),
            }
            for _ in 0..EXCHANGES {
                self.exchange(bins);
            }
            let cost = (looks + EXCHANGES) / LOOKS_IN_A_STEP + bins_in_steps + 1;
            spent += cost;
            if budget.spend(cost) {
                return false;
            }
        }
        outside.is_empty()
    }

    fn any_bin_for(&mut self, bins: &Bins<'_>, item: usize) -> Option<usize> {
        let start = self.chance.below(bins.len());
        (start..bins.len())
            .chain(0..start)
            .find(|&bin| bins.takes(item, bin))
    }

    /// The bin and the items in it that have been less trouble together than `item`, and least of all that
    /// were looked at; and how many looks that took.
    fn way_in(&mut self, bins: &Bins<'_>, item: usize) -> (Option<Way>, u64) {
        let mut best: Option<Way> = None;
        let mut least = self.trouble[item];
        let mut looks = 0;
        let start = self.chance.below(bins.len());
        for bin in (start..bins.len()).chain(0..start) {
            if looks > MOST_LOOKS {
                break;
            }
            let entrance = Entrance::new(bins, item, bin);
            let inside = &bins.contents[bin];
            looks += 1;
            for (first, &one) in inside.iter().enumerate() {
                let trouble = self.trouble[one];
                // Of several items of a type in a row the first stands for all.
                if trouble >= least
                    || first
                        .checked_sub(1)
                        .is_some_and(|before| inside[before] == one)
                {
                    continue;
                }
                looks += 1;
                if entrance.opens(&[one]) {
                    least = trouble;
                    best = Some(Way {
                        bin,
                        places: [first, 0, 0],
                        count: 1,
                    });
                    continue;
                }
                for (second, &two) in inside.iter().enumerate().skip(first + 1) {
                    let trouble = trouble + self.trouble[two];
                    if trouble >= least || (second > first + 1 && inside[second - 1] == two) {
                        continue;
                    }
                    looks += 1;
                    if entrance.opens(&[one, two]) {
                        least = trouble;
                        best = Some(Way {
                            bin,
                            places: [first, second, 0],
                            count: 2,
                        });
                        continue;
                    }
                    for (third, &three) in inside.iter().enumerate().skip(second + 1) {
                        let trouble = trouble + self.trouble[three];
                        if trouble >= least || (third > second + 1 && inside[third - 1] == three) {
                            continue;
                        }
                        looks += 1;
                        if entrance.opens(&[one, two, three]) {
                            least = trouble;
                            best = Some(Way {
                                bin,
                                places: [first, second, third],
                                count: 3,
                            });
                        }
                    }
                }
            }
        }
        (best, looks)
    }

    /// Exchanges two random items of two random bins, or moves one, where that keeps both bins legal.
    fn exchange(&mut self, bins: &mut Bins<'_>) {
        let (one, other) = (self.chance.below(bins.len()), self.chance.below(bins.len()));
        if one == other || bins.contents[one].is_empty() {
            return;
        }
        let place = self.chance.below(bins.contents[one].len());
        // One place more than there are items stands for none.
        let other_place = self.chance.below(bins.contents[other].len() + 1);
        let item = bins.contents[one][place];
        let Some(&back) = bins.contents[other].get(other_place) else {
            if bins.takes(item, other) {
                bins.remove(one, place);
                bins.put(item, other);
            }
            return;
        };
        let fits = |enters: usize, leaves: usize, bin: usize| {
            let free = bins.free(bin).iter().zip(bins.problem.sizes(leaves));
            bins.problem
                .sizes(enters)
                .iter()
                .zip(free)
                .all(|(&size, (&free, &freed))| size <= free + freed)
        };
        if item == back || !fits(item, back, other) || !fits(back, item, one) {
            return;
        }
        bins.remove(one, place);
        bins.remove(other, other_place);
        bins.put(item, other);
        bins.put(back, one);
    }
}
