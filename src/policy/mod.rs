//! What an operator may choose, with defaults that argue for themselves.
//!
//! Comes in: one TOML file, laid over the defaults that ship with the tool. Goes out: a [`Policy`]
//! whose every value is in range. This room refuses facts (those are in the snapshot) and unknown
//! keys (an ignored key is a choice that silently does not happen). Invariant: `defaults.toml` is
//! the only place where a default stands; `eb2eks policy` prints that very file.

mod address_mode;
mod balancer_wish;
mod contradiction;
mod cpu_limit;
mod description;
mod estimate;
mod machine_choices;
mod min_replicas_on;
mod money;
mod money_choices;
mod name_pattern;
mod named_lists;
mod numbers;
mod platform;
mod reading;
mod sections;
mod survive;
mod syntax;

pub use address_mode::AddressMode;
pub use balancer_wish::BalancerWish;
pub use cpu_limit::CpuLimit;
pub use description::description;
pub use estimate::{Estimate, Level};
pub use min_replicas_on::MinReplicasOn;
pub use money::{
    Commitment, Currency, ExtraCost, HostAgent, Migration, OneOff, Prices, Term, Terms,
};
pub use money_choices::MOST_PRICE;
pub use name_pattern::NamePattern;
pub use numbers::{Factor, Percent, Rate, Risk, Share, Speed};
pub use platform::{
    Ci, Delivery, DnsCache, Monitoring, Namespaces, NetworkPolicy, NodeAutoscaler, Platform,
};
pub use reading::{DEFAULTS, PolicyError, Setting, defaults, read, read_with, replay_with};
pub use sections::{
    Addon, Calibrated, Collect, Daemon, Endpoint, Kubernetes, LoadBalancers, MEMORY_LEVELS,
    NodeGroup, Nodes, Packing, Policy, Replay, Rollout, Scope, Sizing, Stages, SupportType,
    Topology, WindowsNodes,
};
pub use survive::Survive;
