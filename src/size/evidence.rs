//! What a sizing rests on, so that a thin number looks thin.

use serde::{Deserialize, Serialize};

use crate::units::{Bytes, Millicores};

/// The history behind the numbers of one environment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Days from the first sample to the last.
    pub days: f64,
    /// CPU.
    pub cpu: CpuEvidence,
    /// Memory.
    pub memory: MemoryEvidence,
}

/// How CPU was measured, and how the request would have done on that very history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CpuEvidence {
    /// Grid slots in the time that the instances lived.
    pub expected_samples: u64,
    /// Slots that hold a value.
    pub present_samples: u64,
    /// Values that cannot be true.
    pub rejected_samples: u64,
    /// Where they came from, without instance ids.
    pub sources: Vec<String>,
    /// What a replica of today used on average.
    pub mean: Millicores,
    /// At the policy's percentile, the busiest replica.
    pub percentile: Millicores,
    /// The highest sample.
    pub peak: Millicores,
    /// Days on which a replica would have been above its request for more than 1 % of the samples.
    pub days_over_request: u32,
    /// Days with any sample.
    pub days_observed: u32,
    /// Upper end of the one-sided 95 % Clopper-Pearson interval of the share of such days: what can be
    /// said from so many days if days were alike and independent, which they are not quite.
    pub days_over_request_at_most: f64,
}

/// How memory was measured, or what was assumed instead.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MemoryEvidence {
    /// Measured or assumed.
    pub origin: MemoryOrigin,
    /// Grid slots in the time that the instances lived.
    pub expected_samples: u64,
    /// Slots that hold a value; zero if it was never reported.
    pub present_samples: u64,
    /// Values that cannot be true.
    pub rejected_samples: u64,
    /// Where they came from, without instance ids.
    pub sources: Vec<String>,
    /// The highest sample of any instance; absent if never reported.
    pub peak: Option<Bytes>,
    /// What the (largest) instance has: no app can have used more.
    pub instance_memory: Bytes,
}

/// Whether a memory number was ever measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemoryOrigin {
    /// From samples.
    Measured,
    /// Bounded by the instance type; nothing was reported.
    Assumed,
}
