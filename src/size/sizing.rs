//! The result: what an app asks for.

use serde::{Deserialize, Serialize};

use super::{Autoscaling, Evidence, Flag, Reason, Replicas};
use crate::units::{Bytes, Millicores, Resources};

/// Requests, limits and replicas of one environment, each with its reasons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Sizing {
    /// What each replica reserves.
    pub requests: Resources,
    /// What each replica may not exceed.
    pub limits: Limits,
    /// Pods on each cluster, and why so many.
    pub replicas: Replicas,
    /// What moves their number.
    pub autoscaling: Autoscaling,
    /// What the numbers rest on.
    pub evidence: Evidence,
    /// What to be careful about, in the order of [`Flag::ALL`].
    pub flags: Vec<Flag>,
    /// From samples to each number.
    pub reasons: Vec<Reason>,
}

/// The limits of a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Limits {
    /// None: CPU that nobody wants may be used.
    pub cpu_millicores: Option<Millicores>,
    /// Over it, the container is killed.
    pub memory_bytes: Bytes,
}
