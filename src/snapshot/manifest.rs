//! When, where and how completely the facts were collected.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The format that this version writes and reads.
pub const FORMAT: &str = "eb2eks-snapshot/1";

/// `manifest.json`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always [`FORMAT`]: a reader refuses anything else.
    pub format: String,
    /// The moment that counts as "today" in every plan made from it.
    pub collected_at: Timestamp,
    /// The program and version that wrote it.
    pub tool: String,
    /// The time that the history covers.
    pub window: Window,
    /// Each account and region that was asked, and how it went.
    #[serde(default)]
    pub scopes: Vec<Scope>,
    /// Where the data came from, for people; made-up data says so here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A half-open interval: `start` is in it, `end` is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Window {
    /// Begin of the first slot.
    pub start: Timestamp,
    /// The moment after the last.
    pub end: Timestamp,
}

impl Window {
    /// Length in seconds, zero if it ends before it starts.
    #[must_use]
    pub fn seconds(&self) -> u64 {
        u64::try_from(self.end.as_second() - self.start.as_second()).unwrap_or(0)
    }
}

/// One account in one region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Scope {
    /// Twelve digits, as AWS writes an account.
    pub account: String,
    /// `ap-northeast-1`
    pub region: String,
    /// `complete`, or what prevented it.
    pub status: String,
    /// What could not be read, each with its reason.
    #[serde(default)]
    pub gaps: Vec<Gap>,
    /// How much was asked and answered; absent where nobody counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
}

impl Scope {
    /// Whether it was read in full; single gaps are named beside it.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.status == "complete"
    }
}

/// What a collection asked, by how it ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[schemars(rename = "CollectionCoverage")]
pub struct Coverage {
    /// Environments that were left out because somebody asked for it, by name.
    #[serde(default)]
    pub filtered: Vec<String>,
    /// Units of work (one listing, one answer about one environment) by outcome.
    pub units: BTreeMap<String, u64>,
    /// How many series have which status.
    pub series: BTreeMap<String, u64>,
    /// Data points that series without a gap would have.
    pub points_expected: u64,
    /// Data points that came.
    pub points_came: u64,
}

/// Something that could not be collected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Gap {
    /// What is missing: a call, or a resource.
    pub what: String,
    /// Why: in AWS's words, or in ours.
    pub why: String,
}
