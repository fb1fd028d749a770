//! The same fleet on workers of another type, or of two.

use serde::{Deserialize, Serialize};

use crate::units::Money;
use crate::wording::Text;

/// The fleet on workers of one type, or of two.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct NodeTypeRow {
    /// `r5.2xlarge`; of a mix the workers' type, then that of the apps that need more memory.
    pub instance_types: Vec<String>,
    /// Which apps of a mix are on the second type: those that request at least so many GiB for each core.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_gib_per_core: Option<f64>,
    /// Whether it is what the plan has.
    pub is_planned: bool,
    /// Whether images must be built for other processors than the plan's.
    pub needs_other_images: bool,
    /// What comes of it.
    pub outcome: NodeTypeOutcome,
}

/// What comes of a choice of node types.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum NodeTypeOutcome {
    /// Everything that the plan moves runs on it.
    Feasible {
        /// All Linux nodes of all clusters, in normal times.
        nodes: u32,
        /// The same when one cluster serves alone and apps roll out, each cluster for itself.
        max_nodes: u32,
        /// Total of the bill `after`; absent if the type has no price in that region.
        per_month: Option<Money>,
        /// What the plan costs more than that in a month; negative if it is the plan that costs less.
        saving: Option<Money>,
        /// Whether other lines of that bill have no price.
        is_lower_bound: bool,
        /// Share of the nodes' CPU that pods request, in per cent.
        cpu_percent: f64,
        /// Share of their memory.
        memory_percent: f64,
    },
    /// Not everything that moves fits, or survives what it has to.
    Infeasible {
        /// What cannot be, as the plan itself would say it.
        reason: Text,
    },
}

impl NodeTypeRow {
    /// `c5.2xlarge + r5.2xlarge`
    #[must_use]
    pub fn name(&self) -> String {
        self.instance_types.join(" + ")
    }

    /// What a month costs, if it can be and its price is known.
    #[must_use]
    pub fn per_month(&self) -> Option<Money> {
        match self.outcome {
            NodeTypeOutcome::Feasible { per_month, .. } => per_month,
            NodeTypeOutcome::Infeasible { .. } => None,
        }
    }
}
