//! What a pod's memory request is, between what it usually holds and its limit.

use serde::{Deserialize, Serialize};

use crate::policy::MEMORY_LEVELS;

/// One of a ladder from the fewest nodes to nodes that cannot run short.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[schemars(rename = "MemoryLevel")]
pub struct Level {
    /// The request is at least so many times what the pod usually holds: room for memory that creeps.
    pub growth: f64,
    /// The most that a pod's limit may be over its request, as a share of what an empty node offers: room for
    /// memory that jumps. What is over the request, the pods of a node share.
    pub excess: f64,
}

const fn level(growth: f64, excess: f64) -> Level {
    Level { growth, excess }
}

/// From the cheapest to the safest. Creep comes first: what pods usually hold fills a node of calm apps, and a few per
/// cent more of all of them empty it. Only then is it worth nodes to keep room for a single pod that jumps
/// (docs/METHOD.md, section 9).
pub(super) const LADDER: [Level; MEMORY_LEVELS as usize] = [
    level(1.05, 1.0),
    level(1.1, 1.0),
    level(1.15, 1.0),
    level(1.2, 1.0),
    level(1.3, 0.6),
    level(1.4, 0.4),
    level(1.5, 0.2),
    level(1.5, 0.0),
];

impl Level {
    /// The request of a pod that usually holds `usual` bytes and may hold `limit`, on nodes that offer `room`.
    #[must_use]
    pub fn request(self, usual: f64, limit: f64, room: f64) -> f64 {
        (usual * self.growth)
            .max(limit - self.excess * room)
            .min(limit)
    }

    /// The same for an app that emptied nodes by itself: all that it may need is reserved.
    #[must_use]
    pub const fn by_itself(self) -> Self {
        Self {
            excess: 0.0,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_lies_between_what_is_usual_and_the_limit() {
        let level = level(1.1, 0.5);
        // A calm pod: a tenth more than usual. One that may jump: all but half of a node of its limit.
        assert!((level.request(10.0, 20.0, 100.0) - 11.0).abs() < 1e-9);
        assert!((level.request(10.0, 90.0, 100.0) - 40.0).abs() < 1e-9);
        assert!(
            (level.request(10.0, 10.5, 100.0) - 10.5).abs() < 1e-9,
            "never over the limit"
        );
        assert!((level.by_itself().request(10.0, 90.0, 100.0) - 90.0).abs() < 1e-9);
    }

    #[test]
    fn each_rung_requests_at_least_as_much_as_the_one_below() {
        for pair in LADDER.windows(2) {
            let [low, high] = pair else { continue };
            assert!(
                low.growth <= high.growth && low.excess >= high.excess && low != high,
                "{low:?} {high:?}"
            );
        }
    }
}
