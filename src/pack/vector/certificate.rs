//! What a solution proves, as a document that somebody else can check.

use serde::{Deserialize, Serialize};

use super::bound::Rule;
use super::problem::Problem;
use super::solution::Solution;

/// The version of the document.
pub const CERTIFICATE_FORMAT: &str = "eb2eks-certificate/1";

/// A packing and a bound, with all that is needed to check both: what a bin offers, what the items need,
/// what is in each bin, and prices of the items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Always [`CERTIFICATE_FORMAT`]: a reader refuses anything else.
    pub format: String,
    /// What was packed: the name of a file, or a cluster's node group.
    pub subject: String,
    /// What a bin offers of each resource.
    pub capacity: Vec<u64>,
    /// What was packed, and at what prices.
    pub items: Vec<PricedItem>,
    /// What is in the bins.
    pub packing: Vec<EqualBins>,
    /// How few bins there could be.
    pub bound: PriceBound,
}

/// Items of one type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PricedItem {
    /// A workload's name; instances of benchmarks have none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Of each resource, one item.
    pub sizes: Vec<u64>,
    /// How many there are.
    pub demand: u32,
    /// Price of one item, in integers.
    pub price: u64,
}

/// Bins with the same content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EqualBins {
    /// How many of them.
    pub bins: u32,
    /// Position in `items`, from 0, and how many of that type are in each of the bins.
    pub content: Vec<(usize, u32)>,
}

/// No packing has fewer bins than the sum of demand times price over `best_pattern`, rounded up, if no
/// content of one bin costs more than `best_pattern`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceBound {
    /// What the prices prove.
    pub bins: u32,
    /// Where they come from; needs no trust.
    pub rule: String,
    /// No content of one bin costs more.
    pub best_pattern: u64,
    /// Weights of the resources in a mixture that shows so quickly; needs no trust.
    pub weights: Vec<u64>,
}

impl Certificate {
    /// `names` of the item types, or none; `rule` says in words where the bound's prices come from.
    #[must_use]
    pub fn new(
        subject: &str,
        problem: &Problem,
        solution: &Solution,
        names: &[&str],
        rule: String,
    ) -> Self {
        let item = |(item, &price): (usize, &u64)| PricedItem {
            name: names
                .get(item)
                .map_or_else(String::new, |&name| name.to_owned()),
            sizes: problem.sizes(item).to_vec(),
            demand: problem.demand(item),
            price,
        };
        let bound = &solution.bound;
        let mut bins = solution.bins.clone();
        bins.sort_unstable();
        let equal = |run: &[Vec<(usize, u32)>]| EqualBins {
            bins: u32::try_from(run.len()).unwrap_or(u32::MAX),
            content: run[0].clone(),
        };
        Self {
            format: CERTIFICATE_FORMAT.to_owned(),
            subject: subject.to_owned(),
            capacity: problem.capacity().to_vec(),
            items: bound.prices.iter().enumerate().map(item).collect(),
            packing: bins.chunk_by(|a, b| a == b).map(equal).collect(),
            bound: PriceBound {
                bins: bound.bins,
                rule,
                best_pattern: bound.best_pattern,
                weights: bound.weights.clone(),
            },
        }
    }
}

impl Rule {
    /// In words; resources go by their position, from 1.
    #[must_use]
    pub fn in_words(self) -> String {
        match self {
            Self::Nothing => "nothing to place".to_owned(),
            Self::Volume(resource) => format!("volume of resource {}", resource + 1),
            Self::Large(resource) => format!("large items by resource {}", resource + 1),
            Self::LargeMixed => "large items by a mixture of resources".to_owned(),
            Self::Conflicts => "items of which no two fit together".to_owned(),
            Self::OneResource(resource) => format!(
                "prices of the best patterns by resource {} alone",
                resource + 1
            ),
            Self::Patterns => "prices of the best patterns".to_owned(),
        }
    }
}
