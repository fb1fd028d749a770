//! What quantities of bill lines are counted in.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::wording::{Text, text};

/// A unit; plan.json has its name.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Unit {
    #[serde(rename = "instance-hour")]
    InstanceHour,
    /// What EKS Auto Mode takes for an hour of a node.
    #[serde(rename = "instance-hour fee")]
    InstanceHourFee,
    /// An hour of a node that the autoscaler added above the desired capacity.
    #[serde(rename = "scaled-hour")]
    ScaledHour,
    #[serde(rename = "hour")]
    Hour,
    #[serde(rename = "vCPU-hour")]
    VcpuHour,
    #[serde(rename = "GB-hour")]
    GigabyteHour,
    #[serde(rename = "address-hour")]
    AddressHour,
    #[serde(rename = "LCU-hour")]
    LcuHour,
    #[serde(rename = "GB")]
    Gigabyte,
    #[serde(rename = "GB-month")]
    GigabyteMonth,
    #[serde(rename = "IOPS-month")]
    IopsMonth,
    /// A MiB a second, provisioned for a month.
    #[serde(rename = "MiBps-month")]
    ThroughputMonth,
    #[serde(rename = "metric-month")]
    MetricMonth,
    #[serde(rename = "host-month")]
    HostMonth,
    #[serde(rename = "month")]
    Month,
    #[serde(rename = "person-day")]
    PersonDay,
    /// Something that comes once.
    #[serde(rename = "time")]
    Time,
}

impl Unit {
    /// Its name in plan.json, and in English.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InstanceHour => "instance-hour",
            Self::InstanceHourFee => "instance-hour fee",
            Self::ScaledHour => "scaled-hour",
            Self::Hour => "hour",
            Self::VcpuHour => "vCPU-hour",
            Self::GigabyteHour => "GB-hour",
            Self::AddressHour => "address-hour",
            Self::LcuHour => "LCU-hour",
            Self::Gigabyte => "GB",
            Self::GigabyteMonth => "GB-month",
            Self::IopsMonth => "IOPS-month",
            Self::ThroughputMonth => "MiBps-month",
            Self::MetricMonth => "metric-month",
            Self::HostMonth => "host-month",
            Self::Month => "month",
            Self::PersonDay => "person-day",
            Self::Time => "time",
        }
    }

    /// The unit in the reader's language; [`name`](Self::name) is what plan.json has.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::InstanceHour => text!("unit-instance-hour"),
            Self::InstanceHourFee => text!("unit-instance-hour-fee"),
            Self::ScaledHour => text!("unit-scaled-hour"),
            Self::Hour => text!("unit-hour"),
            Self::VcpuHour => text!("unit-vcpu-hour"),
            Self::GigabyteHour => text!("unit-gigabyte-hour"),
            Self::AddressHour => text!("unit-address-hour"),
            Self::LcuHour => text!("unit-lcu-hour"),
            Self::Gigabyte => text!("unit-gigabyte"),
            Self::GigabyteMonth => text!("unit-gigabyte-month"),
            Self::IopsMonth => text!("unit-iops-month"),
            Self::ThroughputMonth => text!("unit-throughput-month"),
            Self::MetricMonth => text!("unit-metric-month"),
            Self::HostMonth => text!("unit-host-month"),
            Self::Month => text!("unit-month"),
            Self::PersonDay => text!("unit-person-day"),
            Self::Time => text!("unit-time"),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
