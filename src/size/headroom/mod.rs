//! How much memory pods reserve, and how much of what they may need beyond that the pods of a node share.
//!
//! Comes in: of each environment what a replica usually holds, what its limit is, and how high it went in weeks whose
//! end is known. Goes out: a [`Headroom`], the cheapest [`Level`] whose nodes ran short of memory in no more of the
//! pod-weeks than the policy takes. What is tried is the whole fleet on nodes, not each pod by itself: a node holds
//! what its pods use together, so peaks at other hours share their room, and peaks at the same hour do not.
//! This room refuses to promise without having looked: until a fleet has weeks enough, those of other fleets count
//! beside its own. Invariants: a request is never over its limit; a higher level never requests less.

mod free_nodes;
mod learnt;
mod level;
mod prior;
mod trial;
mod week;

pub use learnt::{FleetExperience, Headroom, LevelRecord};
pub use level::Level;
pub use trial::EnvironmentOnNodes;

pub(super) use week::Week;
