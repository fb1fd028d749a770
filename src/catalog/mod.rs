//! Published facts about AWS that hold in every account: instance types and EKS versions.
//!
//! Comes in: two tables embedded in the binary, each with its source and date below. Goes out:
//! look-ups that answer "unknown" rather than guess. This room refuses prices (they are dated and
//! regional, see `price`) and anything an account could differ in. Invariant: every row parsed, or
//! the tool does not start (a unit test reads them all).

mod instance_types;
mod kubernetes_versions;
mod operating_system;

pub use instance_types::{Architecture, InstanceType, InstanceTypes};
pub use kubernetes_versions::{KubernetesVersion, KubernetesVersions, Support};
pub use operating_system::OperatingSystem;
