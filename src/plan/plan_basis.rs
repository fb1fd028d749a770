//! What every plan of a snapshot stands on: where its environments are, and what their settings ask for.

use std::collections::BTreeMap;

use super::balancer_subnets::{self, RefusedSubnets};
use super::fleet::Fleet;
use super::histories::Histories;
use super::live::LiveEnvironments;
use super::nodes::Nodes;
use super::site::ClusterSite;
use super::{Network, PlanError, Shared, network};
use crate::catalog::OperatingSystem;
use crate::policy::Policy;
use crate::size::UsageHistory;
use crate::snapshot::{EnvironmentKey, Snapshot};
use crate::translate::{JudgedOption, TranslatedEnvironment, Verdict, VerdictCount, translate};

/// Where the environments are and which nodes the policy wants; known before the history is read, which takes longest.
pub(super) struct PlanBasis<'a> {
    snapshot: &'a Snapshot,
    pub(super) live: LiveEnvironments<'a>,
    pub(super) site: ClusterSite,
    pub(super) network: Option<Network>,
    pub(super) nodes: Nodes,
    has_windows: bool,
}

/// What was made of the settings.
pub(super) struct Translations {
    pub(super) environments: BTreeMap<EnvironmentKey, Shared<TranslatedEnvironment>>,
    pub(super) options: Vec<JudgedOption>,
    pub(super) coverage: BTreeMap<Verdict, VerdictCount>,
    pub(super) refused_subnets: RefusedSubnets,
}

impl<'a> PlanBasis<'a> {
    /// # Errors
    /// When the policy's types cannot be nodes.
    pub(super) fn of(snapshot: &'a Snapshot, policy: &Policy) -> Result<Self, PlanError> {
        let live = LiveEnvironments::of(&snapshot.inventory);
        let site = ClusterSite::of(&live, policy);
        let network = network::of(&live, &snapshot.inventory, &site, policy);
        let has_windows = live
            .iter()
            .any(|one| one.environment.operating_system() == OperatingSystem::Windows);
        Ok(Self {
            snapshot,
            nodes: Nodes::of(policy, has_windows)?,
            live,
            site,
            network,
            has_windows,
        })
    }

    pub(super) fn translations(&self, policy: &Policy) -> Translations {
        let readings: Vec<_> = self
            .live
            .iter()
            .map(|one| (one.environment, &one.reading))
            .collect();
        let mut translation = translate(&readings, self.snapshot.manifest.collected_at, policy);
        let refused_subnets = balancer_subnets::keep_usable(
            &mut translation.environments,
            self.network.as_ref(),
            &self.snapshot.inventory,
        );
        Translations {
            environments: translation
                .environments
                .into_iter()
                .map(|(key, translated)| (key, Shared::new(translated)))
                .collect(),
            options: translation.options,
            coverage: translation.coverage,
            refused_subnets,
        }
    }

    pub(super) fn fleet<'b>(
        &'b self,
        histories: &'b Histories<'b>,
        translations: &'b Translations,
        over_time: &'b BTreeMap<EnvironmentKey, Shared<UsageHistory>>,
    ) -> Fleet<'b> {
        Fleet {
            histories,
            site: &self.site,
            network: self.network.as_ref(),
            has_windows: self.has_windows,
            profiles: &self.snapshot.inventory.instance_profiles,
            translations: &translations.environments,
            over_time,
            by: None,
        }
    }
}
