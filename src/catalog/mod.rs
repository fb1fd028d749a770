//! Published facts about AWS that hold in every account: instance types, what accelerators they have, EKS
//! versions, and what one load balancer takes.
//!
//! Comes in: tables embedded in the binary, each with its source and date below. Goes out:
//! look-ups that answer "unknown" rather than guess. This room refuses prices (they are dated and
//! regional, see `price`) and anything an account could differ in. Invariant: every row parsed, or
//! the tool does not start (a unit test reads them all).

mod accelerators;
mod balancer_quotas;
mod instance_types;
mod kubernetes_versions;
mod operating_system;

pub use accelerators::accelerator_of;
pub use balancer_quotas::BalancerQuotas;
pub use instance_types::{Architecture, InstanceType, InstanceTypes};
pub use kubernetes_versions::{KubernetesVersion, KubernetesVersions, Support};
pub use operating_system::OperatingSystem;
