//! The network that all made-up environments live in.

use crate::snapshot::{Subnet, Vpc};

/// An account number from AWS's own examples.
pub(super) const ACCOUNT: &str = "111122223333";
pub(super) const REGION: &str = "ap-northeast-1";
pub(super) const VPC: &str = "vpc-0a1b2c3d4e5f60718";

/// The three zones that an account in Tokyo usually has.
pub(super) const ZONES: [&str; 3] = ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"];

/// For instances: a /22 in each zone.
pub(super) const PRIVATE: [&str; 3] = [
    "subnet-0aa10000000000001",
    "subnet-0cc10000000000001",
    "subnet-0dd10000000000001",
];

/// For load balancers and NAT gateways: a /26 in each zone.
pub(super) const PUBLIC: [&str; 3] = [
    "subnet-0aa20000000000002",
    "subnet-0cc20000000000002",
    "subnet-0dd20000000000002",
];

pub(super) fn made_up() -> (Vec<Vpc>, Vec<Subnet>) {
    let vpc = Vpc {
        account: ACCOUNT.to_owned(),
        region: REGION.to_owned(),
        id: VPC.to_owned(),
        cidr: Some("10.0.0.0/16".to_owned()),
    };
    // The first four addresses and the last one of a subnet are AWS's own.
    let private = subnets(
        PRIVATE,
        ["10.0.0.0/22", "10.0.4.0/22", "10.0.8.0/22"],
        [931, 918, 944],
        false,
    );
    let public = subnets(
        PUBLIC,
        ["10.0.252.0/26", "10.0.252.64/26", "10.0.252.128/26"],
        [31, 29, 34],
        true,
    );
    (vec![vpc], private.chain(public).collect())
}

fn subnets(
    ids: [&'static str; 3],
    cidrs: [&'static str; 3],
    available: [u32; 3],
    public: bool,
) -> impl Iterator<Item = Subnet> {
    ids.into_iter().zip(ZONES).zip(cidrs).zip(available).map(
        move |(((id, zone), cidr), available)| Subnet {
            account: ACCOUNT.to_owned(),
            region: REGION.to_owned(),
            vpc: VPC.to_owned(),
            id: id.to_owned(),
            zone: zone.to_owned(),
            cidr: Some(cidr.to_owned()),
            available_ips: Some(available),
            public,
        },
    )
}
