//! From keys of the price book to queries of the price list.
//!
//! The names of services, attributes and usage types are those of the list itself. A usage type has its region's
//! code before it (`APN1-BoxUsage:m5.large`), but in us-east-1 often none; it is therefore never asked for whole.

use std::collections::BTreeMap;

use super::super::region::RegionName;

/// One question: GetProducts of a service with filters, and the keys that its answer has prices for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Query {
    pub(super) asking: ProductSearch,
    pub(super) picks: Vec<Pick>,
}

/// What makes two questions the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ProductSearch {
    /// `AmazonEC2`
    pub(super) service: &'static str,
    pub(super) region: RegionName,
    pub(super) filters: Vec<Filter>,
}

/// A condition on an attribute of a product.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Filter {
    pub(super) field: &'static str,
    pub(super) value: String,
    /// Whether the attribute only has to contain it.
    pub(super) is_part: bool,
}

/// Which of the products is a key's, and how its price becomes the key's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pick {
    /// `ap-northeast-1/ec2/c5.2xlarge`
    pub(super) key: String,
    /// Usage types without their region's code; their prices are added up.
    pub(super) usages: Vec<String>,
    pub(super) unit: Unit,
    /// A reserved term; none for on-demand.
    pub(super) lease: Option<ReservedTerm>,
}

/// What a price is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Hour,
    CapacityHour,
    Gigabyte,
    GigabyteMonth,
    IopsMonth,
    /// The book's is for a MiB a second; the list's usually for a GiB.
    ThroughputMonth,
    Metric,
}

impl Unit {
    /// The list's spellings in lower case, and how many of the book's units each is.
    pub(super) const fn spellings(self) -> &'static [(&'static str, i64)] {
        match self {
            Self::Hour => &[("hrs", 1), ("hours", 1), ("hour", 1)],
            Self::CapacityHour => &[("lcu-hrs", 1), ("lcu-hours", 1), ("nlcu-hrs", 1)],
            Self::Gigabyte => &[("gb", 1)],
            Self::GigabyteMonth => &[("gb-mo", 1), ("gb-month", 1)],
            Self::IopsMonth => &[("iops-mo", 1), ("iops-month", 1)],
            Self::ThroughputMonth => &[("gibps-mo", 1_024), ("mibps-mo", 1)],
            Self::Metric => &[("metrics", 1)],
        }
    }
}

/// A reserved instance's term, in the words of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ReservedTerm {
    pub(super) length: &'static str,
    pub(super) class: &'static str,
    pub(super) paid: &'static str,
    /// Over which what is paid upfront is spread.
    pub(super) hours: i64,
}

const YEAR: i64 = 8_760;

/// Terms by their kind of key. A Compute Savings Plan takes off what a convertible reservation does.
const LEASES: [(&str, ReservedTerm); 4] = [
    (
        "ec2-one-year",
        ReservedTerm {
            length: "1yr",
            class: "standard",
            paid: "No Upfront",
            hours: YEAR,
        },
    ),
    (
        "ec2-one-year-convertible",
        ReservedTerm {
            length: "1yr",
            class: "convertible",
            paid: "No Upfront",
            hours: YEAR,
        },
    ),
    (
        "ec2-three-years",
        ReservedTerm {
            length: "3yr",
            class: "standard",
            paid: "No Upfront",
            hours: 3 * YEAR,
        },
    ),
    (
        "ec2-three-years-all-upfront",
        ReservedTerm {
            length: "3yr",
            class: "standard",
            paid: "All Upfront",
            hours: 3 * YEAR,
        },
    ),
];

/// Volume types whose usage type does not end in their name.
const VOLUME_USAGE: [(&str, &str); 2] = [("io1", ".piops"), ("standard", "")];

/// The queries for `keys` (region, name), each asked once, in their order; and the keys that no query can be made
/// for, with the reason.
pub(super) fn queries(keys: &[(String, String)]) -> (Vec<Query>, Vec<(String, String)>) {
    let mut by_asking: BTreeMap<ProductSearch, Vec<Pick>> = BTreeMap::new();
    let mut refused = Vec::new();
    for (region, name) in keys {
        match query(region, name) {
            Ok((asking, pick)) => by_asking.entry(asking).or_default().push(pick),
            Err(why) => refused.push((format!("{region}/{name}"), why)),
        }
    }
    (
        by_asking
            .into_iter()
            .map(|(asking, picks)| Query { asking, picks })
            .collect(),
        refused,
    )
}

fn query(region: &str, name: &str) -> Result<(ProductSearch, Pick), String> {
    let place: RegionName = region
        .parse()
        .map_err(|_| "its region is not a region's name".to_owned())?;
    if name.len() > 100
        || !name.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"./-".contains(&byte)
        })
    {
        return Err("its name is none that AWS gives".to_owned());
    }
    let (service, mut filters, usages, unit) =
        product(name).ok_or_else(|| "the price list has no product for it".to_owned())?;
    filters.insert(0, is("regionCode", region));
    let lease = name
        .split_once('/')
        .and_then(|(kind, _)| LEASES.iter().find(|(named, _)| *named == kind))
        .map(|(_, lease)| *lease);
    Ok((
        ProductSearch {
            service,
            region: place,
            filters,
        },
        Pick {
            key: format!("{region}/{name}"),
            usages,
            unit,
            lease,
        },
    ))
}

type Product = (&'static str, Vec<Filter>, Vec<String>, Unit);

fn product(name: &str) -> Option<Product> {
    if let Some((kind, instance_type)) = name.split_once('/') {
        let is_leased = LEASES.iter().any(|(named, _)| *named == kind);
        return match kind {
            "ec2" => Some(machine(instance_type, "Linux")),
            "ec2-windows" => Some(machine(instance_type, "Windows")),
            _ if is_leased => Some(machine(instance_type, "Linux")),
            "eks-auto-mode" => {
                let usage = format!("EKS-Auto:{instance_type}-management-hours");
                Some((
                    "AmazonEKS",
                    vec![has("usagetype", &usage)],
                    vec![usage],
                    Unit::Hour,
                ))
            }
            _ => None,
        };
    }
    if let Some(volume) = name.strip_prefix("volume-") {
        return disk(volume);
    }
    let family = |family| vec![is("productFamily", family)];
    let one = |service, filters, usage: &str, unit| {
        Some((service, filters, vec![usage.to_owned()], unit))
    };
    let cluster = "AmazonEKS-Hours:perCluster";
    match name {
        "application-load-balancer-hour" => one(
            "AWSELB",
            family("Load Balancer-Application"),
            "LoadBalancerUsage",
            Unit::Hour,
        ),
        "application-load-balancer-lcu-hour" => one(
            "AWSELB",
            family("Load Balancer-Application"),
            "LCUUsage",
            Unit::CapacityHour,
        ),
        "network-load-balancer-hour" => one(
            "AWSELB",
            family("Load Balancer-Network"),
            "LoadBalancerUsage",
            Unit::Hour,
        ),
        "network-load-balancer-lcu-hour" => one(
            "AWSELB",
            family("Load Balancer-Network"),
            "LCUUsage",
            Unit::CapacityHour,
        ),
        "classic-load-balancer-hour" => one(
            "AWSELB",
            family("Load Balancer"),
            "LoadBalancerUsage",
            Unit::Hour,
        ),
        "classic-load-balancer-gb" => one(
            "AWSELB",
            family("Load Balancer"),
            "DataProcessing-Bytes",
            Unit::Gigabyte,
        ),
        "nat-gateway-hour" => one(
            "AmazonEC2",
            family("NAT Gateway"),
            "NatGateway-Hours",
            Unit::Hour,
        ),
        "nat-gateway-gb" => one(
            "AmazonEC2",
            family("NAT Gateway"),
            "NatGateway-Bytes",
            Unit::Gigabyte,
        ),
        "public-ipv4-hour" => one(
            "AmazonVPC",
            vec![is("group", "VPCPublicIPv4Address")],
            "PublicIPv4:InUseAddress",
            Unit::Hour,
        ),
        "cloudwatch-metric-month" => one(
            "AmazonCloudWatch",
            family("Metric"),
            "CW:MetricMonitorUsage",
            Unit::Metric,
        ),
        "cloudwatch-logs-ingested-gb" => one(
            "AmazonCloudWatch",
            family("Data Payload"),
            "DataProcessing-Bytes",
            Unit::Gigabyte,
        ),
        "cloudwatch-logs-stored-gb-month" => one(
            "AmazonCloudWatch",
            family("Storage Snapshot"),
            "TimedStorage-ByteHrs",
            Unit::GigabyteMonth,
        ),
        "eks-cluster-hour-standard" => one(
            "AmazonEKS",
            vec![has("usagetype", "AmazonEKS-Hours:")],
            cluster,
            Unit::Hour,
        ),
        // The list has what extended support costs on top.
        "eks-cluster-hour-extended" => {
            let usages = vec![
                cluster.to_owned(),
                "AmazonEKS-Hours:extendedSupport".to_owned(),
            ];
            Some((
                "AmazonEKS",
                vec![has("usagetype", "AmazonEKS-Hours:")],
                usages,
                Unit::Hour,
            ))
        }
        _ => None,
    }
}

/// Shared tenancy, in use, nothing installed, the licence (of Windows) in the price.
fn machine(instance_type: &str, system: &str) -> Product {
    let filters = vec![
        is("instanceType", instance_type),
        is("operatingSystem", system),
        is("tenancy", "Shared"),
        is("preInstalledSw", "NA"),
        is("capacitystatus", "Used"),
        is("licenseModel", "No License required"),
    ];
    (
        "AmazonEC2",
        filters,
        vec![format!("BoxUsage:{instance_type}")],
        Unit::Hour,
    )
}

/// `gp3-gb-month`
fn disk(name: &str) -> Option<Product> {
    let (kind, what) = name.split_once('-')?;
    let ending = VOLUME_USAGE
        .iter()
        .find(|(named, _)| *named == kind)
        .map_or_else(|| format!(".{kind}"), |(_, ending)| (*ending).to_owned());
    let (usage, unit) = match what {
        "gb-month" => ("EBS:VolumeUsage", Unit::GigabyteMonth),
        "iops-month" => ("EBS:VolumeP-IOPS", Unit::IopsMonth),
        "throughput-mibps-month" => ("EBS:VolumeP-Throughput", Unit::ThroughputMonth),
        _ => return None,
    };
    Some((
        "AmazonEC2",
        vec![is("volumeApiName", kind)],
        vec![format!("{usage}{ending}")],
        unit,
    ))
}

fn is(field: &'static str, value: &str) -> Filter {
    Filter {
        field,
        value: value.to_owned(),
        is_part: false,
    }
}

fn has(field: &'static str, value: &str) -> Filter {
    Filter {
        field,
        value: value.to_owned(),
        is_part: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(keys: &[(&str, &str)]) -> (Vec<Query>, Vec<(String, String)>) {
        queries(
            &keys
                .iter()
                .map(|(region, name)| ((*region).to_owned(), (*name).to_owned()))
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn what_stands_in_one_answer_is_asked_for_once() {
        let (queries, refused) = of(&[
            ("eu-west-1", "ec2/m5.large"),
            ("eu-west-1", "ec2-one-year/m5.large"),
            ("eu-west-1", "ec2-windows/m5.large"),
            ("eu-west-1", "volume-gp3-gb-month"),
            ("eu-west-1", "volume-gp3-iops-month"),
            ("us-east-1", "ec2/m5.large"),
        ]);
        assert!(refused.is_empty());
        assert_eq!(
            queries
                .iter()
                .map(|query| query.picks.len())
                .collect::<Vec<_>>(),
            [2, 1, 2, 1]
        );
        assert_eq!(
            queries[0].picks[1].lease.map(|lease| lease.length),
            Some("1yr")
        );
    }

    #[test]
    fn what_a_snapshot_calls_a_type_is_not_believed() {
        for (region, name) in [
            ("eu-west-1/../x", "ec2/m5.large"),
            ("eu-west-1", "ec2/m5.large\",\"x"),
            ("eu-west-1", "ec2/\u{1b}[2J"),
            ("eu-west-1", "volume-gp3-parsecs"),
            ("eu-west-1", "gateway-load-balancer-hour"),
        ] {
            let (queries, refused) = of(&[(region, name)]);
            assert!(queries.is_empty() && refused.len() == 1, "{region} {name}");
        }
    }

    #[test]
    fn volumes_have_the_lists_own_names() {
        let usage = |name| of(&[("eu-west-1", name)]).0[0].picks[0].usages.join("+");
        assert_eq!(usage("volume-io1-gb-month"), "EBS:VolumeUsage.piops");
        assert_eq!(usage("volume-io2-iops-month"), "EBS:VolumeP-IOPS.io2");
        assert_eq!(usage("volume-standard-gb-month"), "EBS:VolumeUsage");
        assert_eq!(
            usage("volume-gp3-throughput-mibps-month"),
            "EBS:VolumeP-Throughput.gp3"
        );
        assert_eq!(
            usage("eks-cluster-hour-extended"),
            "AmazonEKS-Hours:perCluster+AmazonEKS-Hours:extendedSupport"
        );
    }
}
