//! When an app goes.

use serde::{Deserialize, Serialize};

use crate::wording::Text;

/// A phase of the move: its apps go after those of the phase before, in as many waves as they take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Phase {
    /// Its number in the move, from 1.
    pub number: u32,
    /// What it is for.
    pub title: Text,
    /// Environments that go in it.
    pub environments: u32,
    /// Its first and its last wave, as the move numbers them; nothing if nobody goes in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waves: Option<(u32, u32)>,
}

/// When an environment goes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PhaseAssignment {
    /// The number of its phase.
    pub phase: u32,
    /// Why not in an earlier phase.
    pub because: Text,
}
