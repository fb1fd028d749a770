//! What a way to run the apps is given, and what it comes to.

use super::super::{Estate, Layout};
use crate::plan::{NodeTypeRow, PlanError, Prerequisite, ReplayRun};
use crate::policy::{Policy, Survive};
use crate::price::{AlternativeKind, Bill, Move};
use crate::wording::Text;

/// What every way is compared with.
pub(in crate::plan::economics) struct Baseline<'a> {
    pub(in crate::plan::economics) estate: &'a Estate<'a>,
    pub(in crate::plan::economics) layout: &'a Layout,
    pub(in crate::plan::economics) today: &'a Bill,
    pub(in crate::plan::economics) after: &'a Bill,
    /// Of the plan that was asked for.
    pub(in crate::plan::economics) moved: &'a Move,
    /// The same fleet on workers of other types, cheapest first.
    pub(in crate::plan::economics) node_types: &'a [NodeTypeRow],
    /// Of the plan that was asked for; nothing where nobody wanted one.
    pub(in crate::plan::economics) replay: Option<&'a ReplayRun>,
    /// What the search found, for ways that pick their nodes by themselves.
    pub(in crate::plan::economics) own_nodes: OwnNodes,
}

/// Policies with the node types of the cheapest plans; nothing where that is the plan as asked.
#[derive(Debug, Default)]
pub(in crate::plan::economics) struct OwnNodes {
    pub(super) on_one_cluster: Option<Policy>,
    pub(super) on_clusters: Option<Policy>,
}

/// A way to run the apps.
pub(super) trait Choice: Sync {
    fn kind(&self) -> AlternativeKind;

    /// What it is for this fleet.
    ///
    /// # Errors
    /// Why this fleet cannot go it.
    fn offer(&self, baseline: &Baseline<'_>) -> Result<Offer, NoOffer>;
}

/// Why a fleet cannot go a way: a fragment for readers.
#[derive(Debug)]
pub(super) struct NoOffer(pub(super) Text);

impl From<Text> for NoOffer {
    fn from(reason: Text) -> Self {
        Self(reason)
    }
}

impl From<PlanError> for NoOffer {
    fn from(error: PlanError) -> Self {
        Self(error.reason())
    }
}

/// A way, laid out and priced.
pub(super) struct Offer {
    pub(super) title: Text,
    pub(super) bill: Bill,
    /// Where its apps run; nothing where it is that of the plan.
    pub(super) layout: Option<Layout>,
    pub(super) moves: MigrationWork,
    pub(super) survives: Vec<Survive>,
    pub(super) needs: Vec<Prerequisite>,
    /// What makes the plan this one, as `--set` takes it.
    pub(super) settings: Vec<String>,
    pub(super) remarks: Vec<Text>,
}

/// What has to be done to get there.
pub(super) enum MigrationWork {
    /// The environments stay as they are.
    Nothing,
    /// So many environments are changed where they are.
    InPlace(u32),
    /// As the plan says.
    AsPlanned,
    /// The apps of its layout move as those of the plan do.
    Apps,
}
