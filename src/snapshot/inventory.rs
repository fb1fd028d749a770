//! `inventory.json`: the environments and what they stand on.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::catalog::OperatingSystem;

/// All environments of all scopes, and the networks they live in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inventory {
    /// Everything that was seen, terminated environments included.
    pub environments: Vec<Environment>,
    /// The networks that environments live in.
    #[serde(default)]
    pub vpcs: Vec<Vpc>,
    /// The subnets of those networks, each in one zone.
    #[serde(default)]
    pub subnets: Vec<Subnet>,
    /// Security groups, by whose names the settings of environments speak.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub security_groups: Vec<SecurityGroup>,
    /// The machines behind the instance types that were seen, as EC2 describes them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instance_types: Vec<MachineType>,
    /// Whether platforms are still kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub platform_branches: Vec<PlatformBranch>,
    /// Environments that must exist and that Beanstalk did not show.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub invisible_environments: Vec<InvisibleEnvironment>,
    /// The roles behind the instance profiles that environments name; empty where nobody looked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instance_profiles: Vec<InstanceProfile>,
}

/// What hands a role to machines. Its name and the role's are free of each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct InstanceProfile {
    /// Twelve digits, as AWS writes an account.
    pub account: String,
    /// Unique in the account.
    pub name: String,
    /// ARN of its role; absent where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
}

/// What names an environment for good: account, region and id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EnvironmentKey {
    /// Twelve digits, as AWS writes an account.
    pub account: String,
    /// As AWS writes a region: `ap-northeast-1`.
    pub region: String,
    /// `e-xxxxxxxxxx`
    pub id: String,
}

impl EnvironmentKey {
    /// An id in Beanstalk's form for an environment whose own is not known: of its account, region and
    /// name, which are unique while it lives.
    #[must_use]
    pub fn substitute_id(account: &str, region: &str, name: &str) -> String {
        let hash = Sha256::digest(format!("{account}/{region}/{name}"));
        let digits: String = hash
            .iter()
            .take(5)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("e-{digits}")
    }
}

impl fmt::Display for EnvironmentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.account, self.region, self.id)
    }
}

/// One Beanstalk environment. The texts are as AWS gave them: open sets, hostile until escaped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Environment {
    /// Twelve digits, as AWS writes an account.
    pub account: String,
    /// As AWS writes a region: `ap-northeast-1`.
    pub region: String,
    /// The application that it is an environment of.
    pub application: String,
    /// Unique in its account and region while it lives.
    pub name: String,
    /// `e-xxxxxxxxxx`
    pub id: String,
    /// `WebServer`, `Worker`, or since 2026 `Cluster`.
    pub tier: String,
    /// Solution stack or platform ARN.
    pub platform: String,
    /// `Ready`, `Terminated`, …
    pub status: String,
    /// `Green`, …
    #[serde(default)]
    pub health: String,
    /// The address that Beanstalk gave it.
    #[serde(default)]
    pub cname: Option<String>,
    /// Label of the application version that is deployed.
    #[serde(default)]
    pub version_label: Option<String>,
    /// Its tags by key.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
    /// How many instances it may have.
    #[serde(default)]
    pub auto_scaling_group: Option<AutoScalingGroup>,
    /// Those that run, and those known from the past (with `terminated_at`).
    #[serde(default)]
    pub instances: Vec<Instance>,
    /// Load balancers that were seen in front of it.
    #[serde(default)]
    pub load_balancers: Vec<LoadBalancer>,
    /// Names of the queues that a worker reads.
    #[serde(default)]
    pub queues: Vec<String>,
    /// Root volume of each instance; absent where unknown.
    #[serde(default)]
    pub root_volume_gib: Option<u32>,
    /// Everything that DescribeConfigurationSettings answered, secrets dropped.
    #[serde(default)]
    pub option_settings: Vec<OptionSetting>,
    /// Whether settings exist that differ from these and are not in force: a change that runs, or failed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub draft_settings: bool,
    /// Volumes of the running instances.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volumes: Vec<Volume>,
}

impl Environment {
    /// What names it for good: account, region and id.
    #[must_use]
    pub fn key(&self) -> EnvironmentKey {
        EnvironmentKey {
            account: self.account.clone(),
            region: self.region.clone(),
            id: self.id.clone(),
        }
    }

    /// As it was at a moment, as far as instances tell: those that came later are not there yet, those that ended
    /// later still run. Settings are today's, since nobody knows those of the past. `None` if nothing ran then.
    #[must_use]
    pub fn as_of(&self, moment: jiff::Timestamp) -> Option<Self> {
        let mut then = self.clone();
        then.instances
            .retain(|instance| instance.launched_at.is_none_or(|at| at < moment));
        for instance in &mut then.instances {
            instance.terminated_at = instance.terminated_at.filter(|at| *at <= moment);
        }
        let has_run = then.running_instances().next().is_some();
        has_run.then_some(then)
    }

    /// Whether it is gone or going; such environments are not counted.
    #[must_use]
    pub fn is_terminated(&self) -> bool {
        matches!(self.status.as_str(), "Terminated" | "Terminating")
    }

    /// Windows if its platform or any of its instances is.
    #[must_use]
    pub fn operating_system(&self) -> OperatingSystem {
        let named = self.platform.to_ascii_lowercase().contains("windows");
        let running = self.running_instances().any(|instance| {
            instance
                .platform
                .as_deref()
                .is_some_and(|p| p.eq_ignore_ascii_case("windows"))
        });
        if named || running {
            OperatingSystem::Windows
        } else {
            OperatingSystem::Linux
        }
    }

    /// The instances of today.
    pub fn running_instances(&self) -> impl Iterator<Item = &Instance> {
        self.instances
            .iter()
            .filter(|instance| instance.terminated_at.is_none())
    }
}

/// The group that keeps the environment's instances.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "the fields are those of DescribeAutoScalingGroups"
)]
pub struct AutoScalingGroup {
    pub name: String,
    pub min: u32,
    pub max: u32,
    pub desired: u32,
}

/// An EC2 instance of an environment, of today or of the past.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instance {
    /// `i-…`
    pub id: String,
    /// `t3.medium`
    #[serde(rename = "type")]
    pub instance_type: String,
    /// `ap-northeast-1a`
    #[serde(default)]
    pub zone: Option<String>,
    /// `linux` or `windows`.
    #[serde(default)]
    pub platform: Option<String>,
    /// When it began, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub launched_at: Option<Timestamp>,
    /// When it ended; absent while it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terminated_at: Option<Timestamp>,
    /// Whether the type is today's of its group: an instance of the past is remembered without its type.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub type_assumed: bool,
    /// Whether CloudWatch is told every minute.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub detailed_monitoring: bool,
    /// Whether it was bought on the spot market.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub spot: bool,
    /// Whether it has a public IPv4 address, which is billed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub public_address: bool,
    /// Security groups, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub security_groups: Vec<String>,
}

/// A load balancer in front of an environment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadBalancer {
    /// `application`, `network` or `classic`.
    pub kind: String,
    /// Unique in its account and region.
    pub name: String,
    /// Whether other environments use it too; it is billed once.
    #[serde(default)]
    pub shared: bool,
    /// `internal` or `internet-facing`; empty where unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub scheme: String,
    /// Ports that it was seen to listen on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listeners: Vec<Listener>,
}

/// A port of a load balancer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Listener {
    /// As clients see it.
    pub port: u32,
    /// `HTTP`, `HTTPS`, `TCP`, …
    pub protocol: String,
    /// ARNs of its certificates, the default one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<String>,
}

/// A disk of an instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Volume {
    /// Id of the instance that it is attached to.
    pub instance: String,
    /// `/dev/xvda`
    pub device: String,
    /// `gp3`
    pub kind: String,
    /// Its size in GiB.
    pub gib: u32,
    /// Provisioned, where the kind has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iops: Option<u32>,
    /// MiB a second, where the kind has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub throughput: Option<u32>,
    /// Whether it holds the operating system.
    #[serde(default)]
    pub root: bool,
}

/// One answer of DescribeConfigurationSettings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionSetting {
    /// `aws:autoscaling:asg`
    pub namespace: String,
    /// `MinSize`
    pub name: String,
    /// The resource it belongs to, where the namespace has several.
    #[serde(default)]
    pub resource: Option<String>,
    /// Absent: not set, or dropped.
    #[serde(default)]
    pub value: Option<String>,
    /// Whether a value was there and was dropped when it was parsed.
    #[serde(default)]
    pub redacted: bool,
}

/// A VPC of an account and region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of DescribeVpcs")]
pub struct Vpc {
    pub account: String,
    pub region: String,
    pub id: String,
    #[serde(default)]
    pub cidr: Option<String>,
}

/// A part of a network in one zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subnet {
    /// Twelve digits, as AWS writes an account.
    pub account: String,
    /// As AWS writes a region: `ap-northeast-1`.
    pub region: String,
    /// Id of the VPC that it is in.
    pub vpc: String,
    /// `subnet-…`
    pub id: String,
    /// `ap-northeast-1a`
    pub zone: String,
    /// Its range of addresses: `10.0.1.0/24`.
    #[serde(default)]
    pub cidr: Option<String>,
    /// Addresses that nothing holds yet.
    #[serde(default)]
    pub available_ips: Option<u32>,
    /// Whether it routes to an internet gateway.
    #[serde(default)]
    pub public: bool,
}

/// A security group that something of an environment has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "the fields are those of DescribeSecurityGroups"
)]
pub struct SecurityGroup {
    pub account: String,
    pub region: String,
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub vpc: Option<String>,
}

/// An instance type, as the region describes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MachineType {
    /// `t3.medium`
    pub name: String,
    /// Hyperthreads, as AWS counts.
    pub vcpus: u32,
    /// Its memory in MiB.
    pub memory_mib: u64,
    /// `x86_64`, `arm64`, …
    #[serde(default)]
    pub architectures: Vec<String>,
    /// The most that it may have.
    #[serde(default)]
    pub network_interfaces: Option<u32>,
    /// IPv4 addresses that each may have.
    #[serde(default)]
    pub ipv4_per_interface: Option<u32>,
}

/// A platform branch of Beanstalk.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PlatformBranch {
    /// As AWS writes a region: `ap-northeast-1`.
    pub region: String,
    /// `Python 3.11 running on 64bit Amazon Linux 2023`
    pub name: String,
    /// `supported`, `deprecated`, `retired`, …
    pub state: String,
}

/// An environment that tags speak of and Beanstalk does not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct InvisibleEnvironment {
    /// Twelve digits, as AWS writes an account.
    pub account: String,
    /// As AWS writes a region: `ap-northeast-1`.
    pub region: String,
    /// Its name, by the tag of its instances.
    pub name: String,
    /// What carries the tag.
    pub evidence: String,
}
