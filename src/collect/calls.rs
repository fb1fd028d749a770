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
}

impl Service {
    /// All of them, in the order of the list.
    pub const ALL: [Self; 3] = [Self::ElasticBeanstalk, Self::CloudWatch, Self::Ec2];

    /// `ElasticBeanstalk`: letters and digits only, as a statement id of a policy must be.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ElasticBeanstalk => "ElasticBeanstalk",
            Self::CloudWatch => "CloudWatch",
            Self::Ec2 => "Ec2",
        }
    }
}

/// Writes the enum, the list of its members and what is known of each from the same rows.
macro_rules! calls {
    ($($operation:ident: $service:ident, $action:literal, $why:literal;)+) => {
        /// A read-only API operation; the variants are named like the operations.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Call {
            $(#[doc = concat!("`", $action, "`: ", $why)] $operation,)+
        }

        impl Call {
            /// All of them, in the order in which they are tried.
            pub const ALL: &'static [Self] = &[$(Self::$operation,)+];

            /// Who answers it.
            #[must_use]
            pub const fn service(self) -> Service {
                match self { $(Self::$operation => Service::$service,)+ }
            }

            /// `DescribeEnvironments`: the name on the wire.
            #[must_use]
            pub const fn operation(self) -> &'static str {
                match self { $(Self::$operation => stringify!($operation),)+ }
            }

            /// `elasticbeanstalk:DescribeEnvironments`: the permission that it needs. It stands in the row
            /// because not every service's prefix and operation can be guessed from the SDK's names.
            #[must_use]
            pub const fn action(self) -> &'static str {
                match self { $(Self::$operation => $action,)+ }
            }

            /// What a plan lacks without it.
            #[must_use]
            pub const fn why(self) -> &'static str {
                match self { $(Self::$operation => $why,)+ }
            }
        }
    };
}

calls! {
    DescribeEnvironments: ElasticBeanstalk, "elasticbeanstalk:DescribeEnvironments", "the environments to move";
    DescribeApplications: ElasticBeanstalk, "elasticbeanstalk:DescribeApplications", "the applications they belong to";
    ListMetrics: CloudWatch, "cloudwatch:ListMetrics", "which CPU and memory metrics are reported, and with which dimensions";
    GetMetricData: CloudWatch, "cloudwatch:GetMetricData", "the history that every request and limit is sized from";
    DescribeInstances: Ec2, "ec2:DescribeInstances", "instance types and zones, and a second opinion on which environments exist";
    DescribeSubnets: Ec2, "ec2:DescribeSubnets", "zones and free addresses for the nodes";
    DescribeInstanceTypes: Ec2, "ec2:DescribeInstanceTypes", "CPU, memory and addresses of each type in use";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_call_only_reads() {
        for call in Call::ALL {
            let verb = call.operation();
            assert!(["Describe", "Get", "List"].iter().any(|start| verb.starts_with(start)), "{verb} may write");
            assert!(call.action().ends_with(&format!(":{verb}")), "{} does not permit {verb}", call.action());
            assert!(!call.why().is_empty());
        }
    }

    #[test]
    fn no_call_stands_in_the_list_twice_and_services_stay_together() {
        let actions: BTreeSet<_> = Call::ALL.iter().map(|call| call.action()).collect();
        assert_eq!(actions.len(), Call::ALL.len());
        assert!(Call::ALL.is_sorted_by_key(|call| call.service()));
    }
}
