//! The name of a region, as it may be typed.

use std::fmt;
use std::str::FromStr;

/// The regions that every account has and cannot switch off; each region that opened after March 2019
/// has to be enabled. Source: AWS Account Management guide, "Enable or disable AWS Regions in your account".
const ALWAYS_ENABLED: [&str; 17] = [
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

/// `ap-northeast-1`. Open, because regions are added every year; checked, because it becomes part of a
/// host name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RegionName(String);

/// Not a region's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{}\" is not a region's name\nhint: lower-case letters, digits and hyphens, as in ap-northeast-1", .0.escape_debug())]
pub struct RegionNameError(String);

impl FromStr for RegionName {
    type Err = RegionNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let spelled = text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        let framed =
            text.starts_with(|first: char| first.is_ascii_lowercase()) && !text.ends_with('-');
        // 63 is the longest label of a host name (RFC 1035).
        if spelled && framed && text.len() <= 63 {
            Ok(Self(text.to_owned()))
        } else {
            Err(RegionNameError(text.to_owned()))
        }
    }
}

impl RegionName {
    /// The name as AWS spells it: `ap-northeast-1`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether an account may lack it. There, "unknown credentials" usually means "not enabled".
    /// Regions of other partitions (China, GovCloud) are not switched on one by one.
    #[must_use]
    pub fn may_be_disabled(&self) -> bool {
        let other_partition = ["cn-", "us-gov-", "us-iso", "eu-iso"]
            .iter()
            .any(|start| self.0.starts_with(start));
        !other_partition && !ALWAYS_ENABLED.contains(&self.0.as_str())
    }
}

impl fmt::Display for RegionName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_would_leave_its_host_label_is_refused() {
        for text in [
            "",
            "-",
            "us-east-1-",
            "1us",
            "US-EAST-1",
            "us east",
            "us-east-1.evil.example",
            "us-east-1/",
            "a@b",
            "é",
        ] {
            assert!(text.parse::<RegionName>().is_err(), "{text:?} was accepted");
        }
        for text in ["ap-northeast-1", "us-gov-west-1", "local"] {
            assert_eq!(text.parse::<RegionName>().expect("a name").as_str(), text);
        }
    }

    #[test]
    fn only_later_regions_of_the_commercial_partition_may_be_disabled() {
        let disabled = |text: &str| {
            text.parse::<RegionName>()
                .expect("a name")
                .may_be_disabled()
        };
        assert!(disabled("ap-east-1") && disabled("me-south-1"));
        assert!(
            !disabled("ap-northeast-1") && !disabled("cn-north-1") && !disabled("us-gov-west-1")
        );
    }
}
