//! The sections of the policy that are about money. What each key means stands in `defaults.toml`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Estimate, Share};
use crate::units::Money;

/// Prices that the operator knows better, and what the price book cannot know.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct Prices {
    pub overrides: BTreeMap<String, Money>,
    pub default_root_volume_type: String,
    #[serde(default)]
    pub host_agents: Vec<HostAgent>,
    #[serde(default)]
    pub extra: Vec<ExtraCost>,
    pub connections_per_request: Estimate,
    pub connection_seconds: Estimate,
    pub kilobytes_per_request: Estimate,
    pub log_gb_per_instance_month: Estimate,
    pub nat_gb_per_environment_month: Estimate,
    pub spot_price_share: Estimate,
    pub auto_mode_fee_share: Estimate,
    pub node_metrics: u32,
    pub terms: Terms,
    #[serde(default)]
    pub commitments: Vec<Commitment>,
}

/// Software that is billed by the host that it runs on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct HostAgent {
    pub name: String,
    pub usd_per_host_month: Money,
}

/// A monthly cost that no inventory shows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct ExtraCost {
    pub name: String,
    pub today_usd_month: Money,
    pub after_usd_month: Money,
}

/// How long one binds oneself for a discount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Term {
    /// List prices alone: no plan is bought.
    None,
    /// One year, bound to the family, nothing upfront.
    OneYear,
    /// One year, any family, nothing upfront.
    OneYearConvertible,
    /// Three years, bound to the family, nothing upfront.
    ThreeYears,
    /// Three years, bound to the family, all upfront.
    ThreeYearsAllUpfront,
}

/// What is bought for longer, and what may be interrupted.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct Terms {
    pub term: Term,
    pub coverage: Share,
    pub discounts: BTreeMap<String, Share>,
    pub spot_staging: bool,
    pub spot_workers: bool,
}

/// Instances that are paid for until a date, whether they run or not.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct Commitment {
    pub name: String,
    pub region: String,
    pub instance_type: String,
    pub count: u32,
    pub usd_per_hour: Money,
    pub until: Date,
    #[serde(default)]
    pub any_family: bool,
}

/// Getting from here to there.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct Migration {
    pub apps_per_wave: u32,
    pub weeks_per_wave: u32,
    pub parallel_weeks: Estimate,
    pub preparation_weeks: u32,
    pub preparation_days: Estimate,
    pub days_per_small_app: Estimate,
    pub days_per_app: Estimate,
    pub days_per_large_app: Estimate,
    pub usd_per_day: Money,
    pub horizon_months: u32,
    #[serde(default)]
    pub one_off: Vec<OneOff>,
}

/// A cost that comes once.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct OneOff {
    pub name: String,
    pub usd: Money,
}

/// In which money management reads it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct Currency {
    pub code: String,
    pub per_usd: Money,
    pub rate_date: String,
    pub consumption_tax: Share,
}
