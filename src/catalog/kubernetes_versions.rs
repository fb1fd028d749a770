//! Which Kubernetes versions EKS offers, and until when at which price.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

/// Source: endoflife.date/amazon-eks as of 2026-08-22; versions as in the EKS AMI release v20260714.
const TABLE: &str = include_str!("kubernetes_versions.csv");

/// What EKS charges and promises for a version on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Support {
    /// The normal control-plane price.
    Standard,
    /// Six times that; extended support is on unless the cluster opts out.
    Extended,
    /// EKS upgrades the cluster by force.
    Ended,
}

/// A minor version of Kubernetes and how long EKS supports it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct KubernetesVersion {
    /// `1.35`
    pub version: String,
    /// Last day of standard support where known.
    pub standard_support_ends: Option<Date>,
    /// Last day of extended support.
    pub extended_support_ends: Date,
}

impl KubernetesVersion {
    /// What holds on `day`. A version whose standard end is unknown is old enough to be past it.
    #[must_use]
    pub fn support_on(&self, day: Date) -> Support {
        if self.standard_support_ends.is_some_and(|end| day <= end) {
            Support::Standard
        } else if day <= self.extended_support_ends {
            Support::Extended
        } else {
            Support::Ended
        }
    }
}

/// The versions, oldest first.
#[derive(Debug)]
pub struct KubernetesVersions(Vec<KubernetesVersion>);

impl KubernetesVersions {
    /// The table of this build, read once.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static VERSIONS: LazyLock<KubernetesVersions> = LazyLock::new(|| {
            KubernetesVersions(
                csv::Reader::from_reader(TABLE.as_bytes())
                    .into_deserialize()
                    .filter_map(Result::ok)
                    .collect(),
            )
        });
        &VERSIONS
    }

    /// The version of that name, if EKS has it.
    #[must_use]
    pub fn get(&self, version: &str) -> Option<&KubernetesVersion> {
        self.0.iter().find(|known| known.version == version)
    }

    /// All names, for a hint.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        self.0.iter().map(|known| known.version.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_row_of_the_table_is_read() {
        assert_eq!(
            KubernetesVersions::embedded().0.len(),
            TABLE.lines().count() - 1
        );
    }

    #[test]
    fn support_changes_the_day_after_it_ends() {
        let version = KubernetesVersions::embedded()
            .get("1.34")
            .expect("1.34 is in the table");
        assert_eq!(version.support_on(date(2026, 12, 2)), Support::Standard);
        assert_eq!(version.support_on(date(2026, 12, 3)), Support::Extended);
        assert_eq!(version.support_on(date(2027, 12, 3)), Support::Ended);
    }
}
