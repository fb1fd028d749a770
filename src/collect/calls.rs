//! Every call that the program may make to AWS, and why.
//!
//! The one list: the probes, the policy of `eb2eks iam-policy` and the table of `eb2eks doctor` are
//! made from it, so that none of them can know a call that the others do not.

/// A service, as IAM and the SDK name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Service {
    /// Elastic Beanstalk: what there is.
    ElasticBeanstalk,
    /// CloudWatch: what it used.
    CloudWatch,
    /// EC2: what it runs on.
    Ec2,
    /// EC2 Auto Scaling: how many there were.
    AutoScaling,
    /// Elastic Load Balancing, classic and of today: what stands in front.
    ElasticLoadBalancing,
    /// The token service: which account this is.
    Sts,
    /// The price list, for `eb2eks prices refresh` alone: no collection asks it.
    PriceList,
}

impl Service {
    /// All of them, in the order of the list.
    pub const ALL: [Self; 7] = [
        Self::ElasticBeanstalk,
        Self::CloudWatch,
        Self::Ec2,
        Self::AutoScaling,
        Self::ElasticLoadBalancing,
        Self::Sts,
        Self::PriceList,
    ];

    /// `ElasticBeanstalk`: letters and digits only, as a statement id of a policy must be.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ElasticBeanstalk => "ElasticBeanstalk",
            Self::CloudWatch => "CloudWatch",
            Self::Ec2 => "Ec2",
            Self::AutoScaling => "AutoScaling",
            Self::ElasticLoadBalancing => "ElasticLoadBalancing",
            Self::Sts => "Sts",
            Self::PriceList => "PriceListForPricesRefresh",
        }
    }
}

/// The permission to become another role. Asked for only where a role was named on the command line, by
/// the SDK before the first call, and therefore no member of the list.
pub const ASSUME_ROLE: &str = "sts:AssumeRole";

/// Writes the enum, the list of its members and what is known of each from the same rows.
macro_rules! calls {
    ($($call:ident: $service:ident, $operation:literal, $action:literal, $why:literal;)+) => {
        /// A read-only API operation; the variants are named like the operations, but where two services share a name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Call {
            $(#[doc = concat!("`", $action, "`: ", $why)] $call,)+
        }

        impl Call {
            /// All of them, in the order in which they are tried.
            pub const ALL: &'static [Self] = &[$(Self::$call,)+];

            /// The service of AWS that answers it.
            #[must_use]
            pub const fn service(self) -> Service {
                match self { $(Self::$call => Service::$service,)+ }
            }

            /// `DescribeEnvironments`: the name on the wire.
            #[must_use]
            pub const fn operation(self) -> &'static str {
                match self { $(Self::$call => $operation,)+ }
            }

            /// `elasticbeanstalk:DescribeEnvironments`: the permission that it needs. It stands in the row
            /// because not every service's prefix and operation can be guessed from the SDK's names.
            #[must_use]
            pub const fn action(self) -> &'static str {
                match self { $(Self::$call => $action,)+ }
            }

            /// What a plan lacks without it.
            #[must_use]
            pub const fn why(self) -> &'static str {
                match self { $(Self::$call => $why,)+ }
            }
        }
    };
}

calls! {
    DescribeEnvironments: ElasticBeanstalk, "DescribeEnvironments", "elasticbeanstalk:DescribeEnvironments", "the environments to move";
    DescribeApplications: ElasticBeanstalk, "DescribeApplications", "elasticbeanstalk:DescribeApplications", "the applications they belong to";
    DescribeEnvironmentResources: ElasticBeanstalk, "DescribeEnvironmentResources", "elasticbeanstalk:DescribeEnvironmentResources", "which group, load balancer and queue belong to which environment";
    DescribeConfigurationSettings: ElasticBeanstalk, "DescribeConfigurationSettings", "elasticbeanstalk:DescribeConfigurationSettings", "the option settings that become manifests";
    ListTagsForResource: ElasticBeanstalk, "ListTagsForResource", "elasticbeanstalk:ListTagsForResource", "the tags that tell production from staging";
    ListPlatformBranches: ElasticBeanstalk, "ListPlatformBranches", "elasticbeanstalk:ListPlatformBranches", "which platforms are retired";
    ListMetrics: CloudWatch, "ListMetrics", "cloudwatch:ListMetrics", "which CPU and memory metrics are reported, and with which dimensions";
    GetMetricData: CloudWatch, "GetMetricData", "cloudwatch:GetMetricData", "the history that every request and limit is sized from";
    DescribeInstances: Ec2, "DescribeInstances", "ec2:DescribeInstances", "instance types and zones, and a second opinion on which environments exist";
    DescribeInstanceTypes: Ec2, "DescribeInstanceTypes", "ec2:DescribeInstanceTypes", "CPU, memory and addresses of each type in use";
    DescribeVolumes: Ec2, "DescribeVolumes", "ec2:DescribeVolumes", "disks, for the bill and for what must be kept";
    DescribeVpcs: Ec2, "DescribeVpcs", "ec2:DescribeVpcs", "the network that the clusters move into";
    DescribeSubnets: Ec2, "DescribeSubnets", "ec2:DescribeSubnets", "zones and free addresses for the nodes";
    DescribeRouteTables: Ec2, "DescribeRouteTables", "ec2:DescribeRouteTables", "which subnets are public";
    DescribeSecurityGroups: Ec2, "DescribeSecurityGroups", "ec2:DescribeSecurityGroups", "which groups let the apps reach databases and caches";
    DescribeAutoScalingGroups: AutoScaling, "DescribeAutoScalingGroups", "autoscaling:DescribeAutoScalingGroups", "how many instances each environment may have, and a second opinion on which environments exist";
    DescribeScalingActivities: AutoScaling, "DescribeScalingActivities", "autoscaling:DescribeScalingActivities", "the instances of the past weeks";
    DescribeLoadBalancers: ElasticLoadBalancing, "DescribeLoadBalancers", "elasticloadbalancing:DescribeLoadBalancers", "application and network load balancers";
    DescribeListeners: ElasticLoadBalancing, "DescribeListeners", "elasticloadbalancing:DescribeListeners", "their ports and certificates";
    DescribeTargetGroups: ElasticLoadBalancing, "DescribeTargetGroups", "elasticloadbalancing:DescribeTargetGroups", "whose requests a shared load balancer counts";
    DescribeClassicLoadBalancers: ElasticLoadBalancing, "DescribeLoadBalancers", "elasticloadbalancing:DescribeLoadBalancers", "classic load balancers";
    GetCallerIdentity: Sts, "GetCallerIdentity", "sts:GetCallerIdentity", "which account this is";
    GetProducts: PriceList, "GetProducts", "pricing:GetProducts", "list prices of today, for a price file";
}

impl Call {
    /// Those that a collection makes, and the doctor tries: all but the price list's, which is public and which
    /// only `eb2eks prices refresh` reads.
    pub fn of_collection() -> impl Iterator<Item = Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(|call| call.service() != Service::PriceList)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_call_only_reads() {
        for call in Call::ALL {
            let verb = call.operation();
            assert!(
                ["Describe", "Get", "List"]
                    .iter()
                    .any(|start| verb.starts_with(start)),
                "{verb} may write"
            );
            assert!(
                call.action().ends_with(&format!(":{verb}")),
                "{} does not permit {verb}",
                call.action()
            );
            assert!(!call.why().is_empty());
        }
    }

    #[test]
    fn no_call_stands_in_the_list_twice_and_services_stay_together() {
        let pairs: BTreeSet<_> = Call::ALL
            .iter()
            .map(|call| (call.action(), format!("{call:?}")))
            .collect();
        assert_eq!(pairs.len(), Call::ALL.len());
        assert!(Call::ALL.is_sorted_by_key(|call| call.service()));
    }

    #[test]
    fn what_the_managed_policy_allows_and_must_never_be_called_is_not_in_the_list() {
        // AWSElasticBeanstalkReadOnly allows both: one makes instances write logs, one reads source bundles.
        for never in ["elasticbeanstalk:RequestEnvironmentInfo", "s3:GetObject"] {
            assert!(Call::ALL.iter().all(|call| call.action() != never));
        }
    }
}
