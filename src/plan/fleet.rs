//! A fleet before any policy is tried on it.

use std::collections::BTreeMap;

use super::histories::Histories;
use super::site::ClusterSite;
use super::{Network, Shared};
use crate::size::{Rule, UsageHistory};
use crate::snapshot::{EnvironmentKey, InstanceProfile};
use crate::translate::TranslatedEnvironment;

/// What does not depend on the policy's choices of nodes, sizes and clusters.
pub(super) struct Fleet<'a> {
    pub(super) histories: &'a Histories<'a>,
    pub(super) site: &'a ClusterSite,
    pub(super) network: Option<&'a Network>,
    pub(super) has_windows: bool,
    /// Instance profiles and the roles in them.
    pub(super) profiles: &'a [InstanceProfile],
    /// What was made of each environment's settings.
    pub(super) translations: &'a BTreeMap<EnvironmentKey, Shared<TranslatedEnvironment>>,
    /// What each environment's replica used over time.
    pub(super) over_time: &'a BTreeMap<EnvironmentKey, Shared<UsageHistory>>,
    /// A rule of others whose requests are taken in place of the plan's; for a comparison alone.
    pub(super) by: Option<Rule>,
}

impl<'a> Fleet<'a> {
    /// The same fleet, as another history knows it.
    pub(super) fn as_known_by<'b>(&self, histories: &'b Histories<'b>) -> Fleet<'b>
    where
        'a: 'b,
    {
        Fleet { histories, ..*self }
    }
}
