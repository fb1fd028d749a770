//! The Plan: the one document that everything else is made from.

mod ingress_group;
mod load_test;
mod manifest_plan;
mod node_type_row;
mod phase;
mod platform_plan;
mod subnet_addresses;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::shared::Shared;
use super::{Economics, Note, Replay};
use crate::catalog::OperatingSystem;
use crate::pack::{GroupPlan, Workload};
use crate::policy::Policy;
use crate::price::{Bill, BillKey, Saving};
use crate::size::{Coincidence, Sizing, Stage, UsageHistory, Utilisation};
use crate::snapshot::{EnvironmentKey, InputFile, Scope, Window};
use crate::translate::{JudgedOption, TranslatedEnvironment, Verdict, VerdictCount};
use crate::units::KubernetesName;
use crate::wording::{Text, text};

pub use ingress_group::{GivenUpWish, IngressGroup};
pub use load_test::{LoadStep, LoadTest, LoadTestPlan};
pub use manifest_plan::{ClusterManifest, ManifestPlan, Priority, ZoneSpread};
pub use node_type_row::{NodeTypeOutcome, NodeTypeRow};
pub use phase::{Phase, PhaseAssignment};
pub use platform_plan::{CorednsReplicas, DnsEstimate, NamespacePlan, PlatformPlan};
pub use subnet_addresses::{AddressUse, SubnetAddresses};

/// The format of `plan.json` that this version writes and reads.
pub const PLAN_FORMAT: &str = "eb2eks-plan/1";

/// The whole plan. Renderers print what stands here and compute nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Plan {
    /// Always [`PLAN_FORMAT`]: a reader refuses anything else.
    pub format: String,
    /// The program and version that made it: `eb2eks 0.1.0`.
    pub tool: String,
    /// What it was made from.
    pub inputs: Inputs,
    /// Every environment in exactly one class.
    pub coverage: Coverage,
    /// Every environment that was seen, by application and name.
    pub environments: Vec<EnvironmentPlan>,
    /// How busy the machines of all production environments were, over the window.
    #[serde(default)]
    pub utilisation: Utilisation,
    /// Whether those that move are busy at the same time.
    pub coincidence: Coincidence,
    /// Every option that is set in some environment, with its verdict; environments name them by their place here.
    #[serde(default)]
    pub options: Vec<JudgedOption>,
    /// How many settings have which verdict.
    #[serde(default)]
    pub option_coverage: BTreeMap<Verdict, VerdictCount>,
    /// Load balancers that apps share.
    #[serde(default)]
    pub ingress_groups: Vec<IngressGroup>,
    /// What the clusters need for themselves.
    #[serde(default)]
    pub platform: PlatformPlan,
    /// In which order the apps go.
    #[serde(default)]
    pub phases: Vec<Phase>,
    /// In the policy's order.
    pub clusters: Vec<ClusterPlan>,
    /// The same fleet on workers of other types, cheapest first; the plan's own is among them.
    pub node_types: Vec<NodeTypeRow>,
    /// Whether the subnets have addresses for all that; nothing if no network is known.
    pub addresses: Vec<SubnetAddresses>,
    /// `today` and `after` at list prices, then those of the alternatives, each with what terms take off it.
    pub bills: Vec<Bill>,
    /// Today less after, at list prices.
    pub saving: Saving,
    /// Terms, the move, alternatives, ranges.
    pub economics: Economics,
    /// What would have happened, had the history run over these clusters; absent where the policy does not ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replay: Option<Replay>,
    /// What a human should know, worst first.
    pub notes: Vec<Note>,
}

/// What the plan was made from: the same inputs give the same bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Inputs {
    /// When the snapshot was collected: the plan's "today".
    pub collected_at: Timestamp,
    /// What collected the snapshot.
    pub collected_by: String,
    /// Time that the history covers.
    pub window: Window,
    /// Accounts and regions, and how collecting went.
    pub scopes: Vec<Scope>,
    /// Where the data came from, in the snapshot's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Names and fingerprints of the snapshot's files.
    pub files: Vec<InputFile>,
    /// Date of the price book.
    pub price_book: String,
    /// Every choice that was in force.
    pub policy: Policy,
}

/// The accounts of environments: `seen = planned + excluded + unknown`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[expect(missing_docs, reason = "the fields are the classes of Outcome")]
pub struct Coverage {
    pub seen: u32,
    pub planned: u32,
    pub excluded: u32,
    pub unknown: u32,
    /// Gone at the time of the snapshot; not among those seen.
    pub terminated: u32,
}

/// One environment that was seen. While the plan is made its outcome is a `SizedOutcome`; in the document it is
/// complete.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[schemars(rename = "EnvironmentPlan")]
pub struct EnvironmentPlan<O = Outcome> {
    /// Account of AWS, 12 digits.
    pub account: String,
    /// Region of AWS: `ap-northeast-1`.
    pub region: String,
    /// The application that it is an environment of.
    pub application: String,
    /// Its name, as AWS has it.
    pub name: String,
    /// Its lasting id: `e-xxxxxxxxxx`; names may be used again.
    pub id: String,
    /// What bills and notes call it: its name, with account and region where another has the same.
    pub label: String,
    /// `WebServer`, `Worker`, …
    pub tier: String,
    /// Platform, as AWS has it.
    pub platform: String,
    /// Which nodes it needs.
    pub operating_system: OperatingSystem,
    /// Production or staging, by the policy's patterns.
    pub stage: Stage,
    /// Running instances by type.
    pub instances_today: BTreeMap<String, u32>,
    /// What becomes of it.
    pub outcome: O,
    /// What was made of its option settings, whether it moves or not.
    pub translation: Shared<TranslatedEnvironment>,
    /// What one of its replicas used over time; absent where nothing is known of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<Shared<UsageHistory>>,
}

/// What becomes of an environment; exactly one of these.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Outcome {
    /// It moves onto the clusters.
    Planned {
        /// Its name on the clusters.
        kubernetes_name: KubernetesName,
        /// The node group that it runs on, on each of its clusters.
        node_group: String,
        /// What it asks for.
        sizing: Box<Sizing>,
        /// What its manifests need beside size and settings.
        manifests: Box<ManifestPlan>,
        /// What a load test of it asks for, or why there is none.
        load_test: LoadTestPlan,
    },
    /// It stays, by choice or because it fits no node.
    Excluded {
        /// Why it stays on Beanstalk.
        reason: Text,
    },
    /// It stays, because too little is known.
    Unknown {
        /// What is missing to size it.
        reason: Text,
    },
}

/// What becomes of an environment, as far as sizing says: what depends on all of them together is not made yet.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SizedOutcome {
    /// It moves, as far as its own size is concerned.
    Moves {
        kubernetes_name: KubernetesName,
        node_group: String,
        sizing: Box<Sizing>,
    },
    /// It stays, by choice or because it fits no node.
    Excluded { reason: Text },
    /// It stays, because too little is known.
    Unknown { reason: Text },
}

/// An environment of a plan in the making.
pub(super) type SizedEnvironment = EnvironmentPlan<SizedOutcome>;

impl SizedEnvironment {
    /// Its sizing and its node group, if it moves.
    pub(super) fn sized(&self) -> Option<(&Sizing, &str)> {
        match &self.outcome {
            SizedOutcome::Moves {
                sizing, node_group, ..
            } => Some((sizing, node_group)),
            SizedOutcome::Excluded { .. } | SizedOutcome::Unknown { .. } => None,
        }
    }
}

impl<O> EnvironmentPlan<O> {
    /// The same environment with another outcome.
    pub(super) fn with_outcome<P>(self, outcome: P) -> EnvironmentPlan<P> {
        EnvironmentPlan {
            account: self.account,
            region: self.region,
            application: self.application,
            name: self.name,
            id: self.id,
            label: self.label,
            tier: self.tier,
            platform: self.platform,
            operating_system: self.operating_system,
            stage: self.stage,
            instances_today: self.instances_today,
            outcome,
            translation: self.translation,
            history: self.history,
        }
    }

    /// What names it for good: account, region and id.
    #[must_use]
    pub fn key(&self) -> EnvironmentKey {
        EnvironmentKey {
            account: self.account.clone(),
            region: self.region.clone(),
            id: self.id.clone(),
        }
    }
}

impl EnvironmentPlan {
    /// Its name on the clusters and its sizing, if it moves.
    #[must_use]
    pub fn planned(&self) -> Option<(&KubernetesName, &Sizing)> {
        match &self.outcome {
            Outcome::Planned {
                kubernetes_name,
                sizing,
                ..
            } => Some((kubernetes_name, sizing)),
            Outcome::Excluded { .. } | Outcome::Unknown { .. } => None,
        }
    }

    /// What its manifests need beside size and settings, if it moves.
    #[must_use]
    pub fn manifests(&self) -> Option<&ManifestPlan> {
        match &self.outcome {
            Outcome::Planned { manifests, .. } => Some(manifests),
            Outcome::Excluded { .. } | Outcome::Unknown { .. } => None,
        }
    }

    /// What a load test of it asks for, or why there is none, if it moves.
    #[must_use]
    pub fn load_test(&self) -> Option<&LoadTestPlan> {
        match &self.outcome {
            Outcome::Planned { load_test, .. } => Some(load_test),
            Outcome::Excluded { .. } | Outcome::Unknown { .. } => None,
        }
    }

    /// The node group that it runs on, if it moves.
    #[must_use]
    pub fn node_group(&self) -> Option<&str> {
        match &self.outcome {
            Outcome::Planned { node_group, .. } => Some(node_group),
            Outcome::Excluded { .. } | Outcome::Unknown { .. } => None,
        }
    }
}

/// A cluster: where it stands, what runs on it, on which nodes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ClusterPlan {
    /// As in the policy.
    pub name: String,
    /// Region of AWS that it stands in.
    pub region: String,
    /// Minor version of Kubernetes: `1.35`.
    pub kubernetes_version: String,
    /// The network that it joins; absent if the snapshot names none that fits.
    pub network: Option<Network>,
    /// Everything that is packed onto it, by name.
    pub workloads: Vec<Workload>,
    /// Its node groups; Linux first.
    pub node_groups: Vec<GroupPlan>,
}

/// An existing VPC and the private subnets for the nodes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Network {
    /// `vpc-…`
    pub vpc: String,
    /// Subnet ids by zone; one for each zone.
    pub private_subnets: BTreeMap<String, String>,
}

impl Plan {
    /// Whether nothing is unknown: no environment, no price, no account or region.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.unknowns().is_empty()
    }

    /// What is unknown, each kind with its number: environments, prices, accounts and regions.
    #[must_use]
    pub fn unknowns(&self) -> Vec<Text> {
        let bills = [BillKey::TODAY, BillKey::AFTER]
            .into_iter()
            .filter_map(|key| self.bill(key));
        let unpriced: u32 = bills.map(|bill| bill.unpriced_lines).sum();
        let scopes = self.inputs.scopes.iter();
        let unread = scopes.filter(|scope| !scope.is_complete()).count();
        let mut unknowns = Vec::new();
        if self.coverage.unknown > 0 {
            unknowns.push(text!("unknown-environments", count = self.coverage.unknown));
        }
        if unpriced > 0 {
            unknowns.push(text!("unknown-prices", count = unpriced));
        }
        if unread > 0 {
            unknowns.push(text!("unknown-scopes", count = unread));
        }
        unknowns
    }

    /// The number of the move's wave that an environment goes in; nothing for one that stays.
    #[must_use]
    pub fn wave_of(&self, environment: &EnvironmentPlan) -> Option<u32> {
        let waves = &self.economics.move_.waves;
        waves
            .iter()
            .find(|wave| wave.environments.contains(&environment.label))
            .map(|wave| wave.number)
    }

    /// The bill of that key.
    #[must_use]
    pub fn bill(&self, key: BillKey) -> Option<&Bill> {
        self.bills.iter().find(|bill| bill.key == key)
    }
}
