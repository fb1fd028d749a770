//! Which apps are alike: by how far their peaks stand out.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Resource;
use crate::wording::{Text, text};

/// One of a few groups of similar use; the calmest is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Stratum(u8);

/// Highest sample but for outliers over the 99th percentile. The steps double, because what is measured is a ratio.
const CPU_EDGES: [f64; 4] = [1.2, 2.0, 4.0, 8.0];
/// Highest over lowest of the daily peaks.
const MEMORY_EDGES: [f64; 3] = [1.3, 1.6, 2.5];

impl Stratum {
    /// The stratum of a use whose highest value is so many times its usual one; see [`Self::text`].
    pub(super) fn of(resource: Resource, peak_over_usual: f64) -> Self {
        let above = edges(resource)
            .iter()
            .filter(|&&edge| peak_over_usual > edge)
            .count();
        Self(u8::try_from(above).unwrap_or(u8::MAX))
    }

    /// All strata of a resource, the calmest first.
    pub fn all(resource: Resource) -> impl Iterator<Item = Self> {
        (0_u8..)
            .zip(0..=edges(resource).len())
            .map(|(number, _)| Self(number))
    }

    /// What the members have in common: `peak at most 1.2 x its p99`.
    #[must_use]
    pub fn text(self, resource: Resource) -> Text {
        let usual = match resource {
            Resource::Cpu => Text::plain("p99"),
            Resource::Memory => text!("usual-memory"),
        };
        let edges = edges(resource);
        let above = usize::from(self.0)
            .checked_sub(1)
            .and_then(|index| edges.get(index));
        match (above, edges.get(usize::from(self.0))) {
            (None, Some(most)) => text!("peak-at-most", most = most.to_string(), usual = usual),
            (Some(least), Some(most)) => text!(
                "peak-between",
                least = least.to_string(),
                most = most.to_string(),
                usual = usual
            ),
            (Some(least), None) => text!("peak-over", least = least.to_string(), usual = usual),
            (None, None) => text!("peak-any"),
        }
    }
}

impl fmt::Display for Stratum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

const fn edges(resource: Resource) -> &'static [f64] {
    match resource {
        Resource::Cpu => &CPU_EDGES,
        Resource::Memory => &MEMORY_EDGES,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_belongs_to_the_calmer_side() {
        let of = |ratio| Stratum::of(Resource::Cpu, ratio).0;
        assert_eq!(
            [1.0, 1.2, 1.21, 2.0, 4.0, 8.0, 8.1, f64::INFINITY].map(of),
            [0, 0, 1, 1, 2, 3, 4, 4]
        );
        assert_eq!(Stratum::of(Resource::Memory, 3.0).0, 3);
        assert_eq!(
            (
                Stratum::all(Resource::Cpu).count(),
                Stratum::all(Resource::Memory).count()
            ),
            (5, 4)
        );
    }

    #[test]
    fn the_words_name_the_edges() {
        let words = |ratio| Stratum::of(Resource::Cpu, ratio).text(Resource::Cpu);
        assert_eq!(words(1.0), "peak at most 1.2 x its p99");
        assert_eq!(words(3.0), "peak 2 to 4 x its p99");
        assert_eq!(words(9.0), "peak over 8 x its p99");
        assert_eq!(
            Stratum::of(Resource::Memory, 9.0).text(Resource::Memory),
            "peak over 2.5 x its lowest daily peak"
        );
    }
}
