//! How much one application load balancer takes, by AWS's default quotas.

use std::sync::LazyLock;

use serde::Deserialize;

/// Each row names its source; read in 2026-11. Most can be raised, which an account has to ask for.
const TABLE: &str = include_str!("balancer_quotas.csv");

/// The most of each that one application load balancer has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BalancerQuotas {
    /// Rules on all listeners together, those that take everything else apart.
    pub rules: u32,
    /// Certificates on all listeners together.
    pub certificates: u32,
    /// Listeners: ports of the balancer.
    pub listeners: u32,
    /// Target groups: a process of an app has one.
    pub target_groups: u32,
    /// Security groups, that of the controller included.
    pub security_groups: u32,
}

#[derive(Deserialize)]
struct Row {
    quota: String,
    most: u32,
}

impl BalancerQuotas {
    /// The table of this build, read once.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static QUOTAS: LazyLock<BalancerQuotas> = LazyLock::new(|| {
            let rows = csv::Reader::from_reader(TABLE.as_bytes()).into_deserialize::<Row>();
            let mut quotas = BalancerQuotas::default();
            for row in rows.filter_map(Result::ok) {
                match row.quota.as_str() {
                    "rules" => quotas.rules = row.most,
                    "certificates" => quotas.certificates = row.most,
                    "listeners" => quotas.listeners = row.most,
                    "target_groups" => quotas.target_groups = row.most,
                    "security_groups" => quotas.security_groups = row.most,
                    _ => {}
                }
            }
            quotas
        });
        &QUOTAS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quota_is_read_and_every_row_has_its_source() {
        let BalancerQuotas {
            rules,
            certificates,
            listeners,
            target_groups,
            security_groups,
        } = *BalancerQuotas::embedded();
        assert_eq!(
            (
                rules,
                certificates,
                listeners,
                target_groups,
                security_groups
            ),
            (100, 25, 50, 100, 5)
        );
        for line in TABLE.lines().skip(1) {
            let source = line.splitn(3, ',').nth(2).unwrap_or_default();
            assert!(source.len() > 20, "{line}");
        }
    }
}
