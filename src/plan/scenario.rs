//! One fleet under one policy: what would run where.

use std::collections::BTreeMap;

use super::clusters;
use super::environments::Histories;
use super::nodes::Nodes;
use super::site::ClusterSite;
use super::{
    ClusterPlan, EnvironmentPlan, IngressGroup, Network, PlanError, Shared, manifests, rollout,
};
use crate::pack::Simulated;
use crate::policy::Policy;
use crate::size::{Rule, UsageHistory};
use crate::snapshot::{EnvironmentKey, InstanceProfile};
use crate::translate::Translated;

/// What does not depend on the policy's choices of nodes, sizes and clusters.
pub(super) struct Fleet<'a> {
    pub(super) histories: &'a Histories<'a>,
    pub(super) site: &'a ClusterSite,
    pub(super) network: Option<&'a Network>,
    pub(super) has_windows: bool,
    /// Instance profiles and the roles in them.
    pub(super) profiles: &'a [InstanceProfile],
    /// What was made of each environment's settings.
    pub(super) translations: &'a BTreeMap<EnvironmentKey, Shared<Translated>>,
    /// What each environment's replica used over time.
    pub(super) over_time: &'a BTreeMap<EnvironmentKey, Shared<UsageHistory>>,
    /// A rule of others whose requests are taken in place of the plan's; for a comparison alone.
    pub(super) by: Option<Rule>,
}

/// Everything that moves, sized, and the clusters that it is packed onto.
pub(super) struct Scenario {
    pub(super) environments: Vec<EnvironmentPlan>,
    pub(super) ingress_groups: Vec<IngressGroup>,
    pub(super) clusters: Vec<ClusterPlan>,
}

impl<'a> Fleet<'a> {
    /// The same fleet, as another history knows it.
    pub(super) fn as_known_by<'b>(&self, histories: &'b Histories<'b>) -> Fleet<'b>
    where
        'a: 'b,
    {
        Fleet { histories, ..*self }
    }

    /// Sizes the fleet for these nodes, and packs nothing.
    pub(super) fn sized(
        &self,
        policy: &Policy,
        nodes: &Nodes,
    ) -> (Vec<EnvironmentPlan>, Vec<IngressGroup>) {
        let mut sized = self.histories.outcomes(self, nodes, policy);
        rollout::choose_surges(&mut sized, nodes, policy);
        manifests::complete(sized, self, nodes, policy)
    }

    /// Sizes and packs the fleet for these nodes.
    ///
    /// # Errors
    /// When a cluster cannot be packed.
    pub(super) fn under(
        &self,
        policy: &Policy,
        nodes: &Nodes,
        simulated: Simulated,
    ) -> Result<Scenario, PlanError> {
        let (environments, ingress_groups) = self.sized(policy, nodes);
        let clusters = clusters::pack(
            &environments,
            self.site,
            self.network,
            nodes,
            policy,
            simulated,
        )?;
        Ok(Scenario {
            environments,
            ingress_groups,
            clusters,
        })
    }
}
