//! What a run of the collection came to.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::calls::Call;
use super::wire::Tally;

/// Of all accounts and regions together.
#[derive(Debug, Clone)]
pub struct CollectionSummary {
    /// Where the snapshot is.
    pub out: PathBuf,
    /// In the order of the accounts and regions that were named.
    pub scopes: Vec<ScopeSummary>,
    /// What this run asked; what an earlier one had answered was not asked again.
    pub calls: BTreeMap<Call, Tally>,
    /// Whether asking again could bring more.
    pub may_continue: bool,
}

impl CollectionSummary {
    /// Whether nothing is missing.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.scopes
            .iter()
            .all(|scope| scope.scope.is_complete() && scope.scope.gaps.is_empty())
    }
}

/// One account in one region, as the manifest has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeSummary {
    /// The profile or role that it was read with.
    pub label: String,
    /// Environments in the snapshot.
    pub environments: usize,
    /// What of it was read, and what was not.
    pub scope: crate::snapshot::Scope,
}
