//! An independent reader of a finished plan, which distrusts it.
//!
//! Comes in: a [`Plan`], just made or read from a file. Goes out: what is wrong or doubtful in it, as
//! [`Note`]s; one that is fatal means that the plan must not be used. This room refuses to believe:
//! it names only `units` and `plan`, calls nothing that took part in making the plan, and derives
//! every sum, formula and bound again from its definition, in integers too wide to overflow.
//! Invariants: the same plan gives the same notes in the same order; a plan of any content, however
//! corrupt, gives notes and never a panic.

mod accounting;
mod bills;
mod bounds;
mod capacity;
mod certificate;
mod crowding;
mod failures;
mod finding;
mod groups;
mod load;
mod moment;
mod names;
mod node_hours;
mod node_types;
mod realistic;
mod refit;
mod replicas;
mod requests;
mod roster;
mod settings;
mod spread;
mod workloads;

#[cfg(test)]
mod mutations;
#[cfg(test)]
mod sound_plan;

pub use certificate::{Proven, Refused, is_about, verify};

use crate::plan::{Note, Plan};

/// Everything that is wrong or doubtful in `plan`: worst first, then by code, subject and message.
#[must_use]
pub fn check(plan: &Plan) -> Vec<Note> {
    let subjects: &[fn(&Plan) -> Vec<Note>] = &[
        accounting::check,
        names::check,
        workloads::check,
        requests::check,
        replicas::check,
        capacity::check,
        groups::check,
        realistic::check,
        crowding::check,
        bounds::check,
        spread::check,
        failures::check,
        bills::check,
        node_hours::check,
        node_types::check,
        settings::check,
    ];
    let mut notes: Vec<Note> = subjects.iter().flat_map(|subject| subject(plan)).collect();
    notes.sort();
    notes.dedup();
    notes
}
