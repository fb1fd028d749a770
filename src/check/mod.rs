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
mod economics;
mod entrances;
mod failures;
mod finding;
mod first_fit;
mod groups;
mod load;
mod names;
mod node_hours;
mod node_load;
mod node_types;
mod placement_kind;
mod platform;
mod realistic;
mod replay;
mod replicas;
mod requests;
mod roster;
mod settings;
mod spread;
mod workloads;

#[cfg(test)]
mod mutations;
#[cfg(test)]
mod valid_economics;
#[cfg(test)]
mod valid_plan;

pub use certificate::{CertificateError, ProvenCertificate, is_about, verify};

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
        node_load::check,
        bounds::check,
        spread::check,
        failures::check,
        bills::check,
        economics::check,
        node_hours::check,
        node_types::check,
        settings::check,
        entrances::check,
        platform::check,
        replay::check,
    ];
    let mut notes: Vec<Note> = subjects.iter().flat_map(|subject| subject(plan)).collect();
    notes.sort();
    notes.dedup();
    notes
}
