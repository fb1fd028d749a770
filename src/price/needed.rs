//! Which prices a plan of a snapshot asks for, as far as a public list can have them.

use std::collections::BTreeSet;
use std::fmt;

use super::term_keys::term_key;
use crate::beanstalk::{BalancerKind, EnvironmentReading};
use crate::catalog::{InstanceTypes, OperatingSystem};
use crate::policy::Policy;
use crate::snapshot::{Environment, Inventory};

/// A key of the price book, in its two parts. The texts of a snapshot are hostile until somebody checked them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PriceKey {
    /// `ap-northeast-1`
    pub region: String,
    /// `ec2/c5.2xlarge`, `volume-gp3-gb-month`
    pub name: String,
}

impl fmt::Display for PriceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.region, self.name)
    }
}

/// What every region with an environment asks for, whatever stands there: both bills have such lines.
const EVERY_REGION: [&str; 7] = [
    "application-load-balancer-hour",
    "application-load-balancer-lcu-hour",
    "cloudwatch-logs-ingested-gb",
    "cloudwatch-logs-stored-gb-month",
    "cloudwatch-metric-month",
    "nat-gateway-gb",
    "public-ipv4-hour",
];

/// What a region with clusters asks for besides.
const CLUSTERS: [&str; 2] = ["eks-cluster-hour-extended", "eks-cluster-hour-standard"];

/// The instance types, volumes and load balancers of every environment in its region; in each region where clusters
/// may stand, the node types of the policy, those that it compares them with, and what clusters cost beside nodes.
/// Spot prices are in no list, and types that only a right-sizing in place would choose keep the book's prices.
#[must_use]
pub fn needed(inventory: &Inventory, policy: &Policy) -> BTreeSet<PriceKey> {
    let mut keys = BTreeSet::new();
    let mut add = |region: &str, name: String| {
        keys.insert(PriceKey {
            region: region.to_owned(),
            name,
        });
    };
    let alive: Vec<&Environment> = inventory
        .environments
        .iter()
        .filter(|environment| !environment.is_terminated())
        .collect();
    for environment in &alive {
        let reading = EnvironmentReading::of(environment, inventory);
        let names = EVERY_REGION
            .iter()
            .map(|&name| name.to_owned())
            .chain(of_environment(environment, &reading, policy));
        names.for_each(|name| add(&environment.region, name));
    }
    let wanted = policy.topology.region.as_str();
    let regions: BTreeSet<&str> = if wanted.is_empty() {
        alive
            .iter()
            .map(|environment| environment.region.as_str())
            .collect()
    } else {
        BTreeSet::from([wanted])
    };
    let has_windows = alive
        .iter()
        .any(|environment| environment.operating_system() == OperatingSystem::Windows);
    for region in regions {
        let names = EVERY_REGION
            .iter()
            .chain(&CLUSTERS)
            .map(|&name| name.to_owned())
            .chain(of_nodes(policy, has_windows));
        names.for_each(|name| add(region, name));
    }
    keys
}

fn of_environment(
    environment: &Environment,
    reading: &EnvironmentReading,
    policy: &Policy,
) -> BTreeSet<String> {
    let system = environment.operating_system();
    let mut names: BTreeSet<String> = BTreeSet::new();
    for instance in &environment.instances {
        names.extend(of_machine(&instance.instance_type, system, policy));
    }
    let root = reading.volumes.root_kind.as_deref();
    names.extend(of_volume(
        root.unwrap_or(&policy.prices.default_root_volume_type),
    ));
    names.extend(
        environment
            .volumes
            .iter()
            .flat_map(|volume| of_volume(&volume.kind)),
    );
    for balancer in reading.balancers_of_today() {
        let traffic = if balancer.kind == BalancerKind::Classic {
            "gb"
        } else {
            "lcu-hour"
        };
        names.extend(
            ["hour", traffic].map(|unit| format!("{}-load-balancer-{unit}", balancer.kind)),
        );
    }
    names
}

fn of_nodes(policy: &Policy, has_windows: bool) -> BTreeSet<String> {
    let nodes = &policy.nodes;
    let own: Vec<&str> = std::iter::once(&nodes.instance_type)
        .chain(nodes.groups.iter().map(|group| &group.instance_type))
        .map(String::as_str)
        .collect();
    let compared = nodes.compare_families.iter().flat_map(|family| {
        nodes
            .compare_sizes
            .iter()
            .map(move |size| format!("{family}.{size}"))
    });
    let compared: Vec<String> = compared
        .filter(|name| InstanceTypes::embedded().get(name).is_some())
        .collect();
    let mut names = of_volume(&nodes.volume_type);
    for name in own
        .iter()
        .copied()
        .chain(compared.iter().map(String::as_str))
    {
        names.extend(of_machine(name, OperatingSystem::Linux, policy));
    }
    // Cluster Mode, which is priced beside the plan, runs its nodes in Auto Mode.
    names.extend(own.iter().map(|name| format!("eks-auto-mode/{name}")));
    if has_windows {
        names.extend(of_machine(
            &policy.windows_nodes.instance_type,
            OperatingSystem::Windows,
            policy,
        ));
    }
    names
}

/// The on-demand price, and of Linux, whose hours a term may cover, that of the policy's term.
fn of_machine(instance_type: &str, system: OperatingSystem, policy: &Policy) -> BTreeSet<String> {
    // A Windows price is whole; its Linux part is what terms take their discount off.
    let windows =
        (system == OperatingSystem::Windows).then(|| format!("ec2-windows/{instance_type}"));
    let term = term_key(policy.prices.terms.term).map(|kind| format!("{kind}/{instance_type}"));
    windows
        .into_iter()
        .chain([format!("ec2/{instance_type}")])
        .chain(term)
        .collect()
}

fn of_volume(kind: &str) -> BTreeSet<String> {
    let units: &[&str] = match kind {
        "gp3" => &["gb-month", "iops-month", "throughput-mibps-month"],
        "io1" | "io2" => &["gb-month", "iops-month"],
        _ => &["gb-month"],
    };
    units
        .iter()
        .map(|unit| format!("volume-{kind}-{unit}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy;
    use crate::snapshot::{Instance, LoadBalancer, Volume};

    fn environment() -> Environment {
        Environment {
            region: "eu-west-1".to_owned(),
            platform: "64bit Windows Server 2022 running IIS".to_owned(),
            instances: vec![Instance {
                instance_type: "m5.large".to_owned(),
                ..Instance::default()
            }],
            load_balancers: vec![LoadBalancer {
                kind: "classic".to_owned(),
                ..LoadBalancer::default()
            }],
            volumes: vec![Volume {
                instance: "i".to_owned(),
                device: "/dev/sda".to_owned(),
                kind: "io1".to_owned(),
                gib: 8,
                iops: Some(100),
                throughput: None,
                root: true,
            }],
            ..Environment::default()
        }
    }

    fn keys(environments: Vec<Environment>, settings: &str) -> BTreeSet<String> {
        let inventory = Inventory {
            environments,
            ..Inventory::default()
        };
        needed(&inventory, &policy::read("p", settings).expect("a policy"))
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn what_runs_and_what_would_run_is_asked_for_where_it_does() {
        let found = keys(
            vec![environment()],
            "[nodes]\ncompare_sizes = [\"xlarge\"]\ncompare_families = [\"m5\", \"zz9\"]\n",
        );
        for key in [
            "ec2-windows/m5.large",
            "ec2/m5.large",
            "ec2-one-year/m5.large",
            "volume-io1-iops-month",
            "classic-load-balancer-gb",
            "ec2-windows/c5.2xlarge",
            "ec2/m5.xlarge",
            "eks-auto-mode/c5.2xlarge",
            "eks-cluster-hour-standard",
        ] {
            assert!(found.contains(&format!("eu-west-1/{key}")), "{key}");
        }
        assert!(
            !found.iter().any(|key| key.contains("zz9")
                || key.contains("network-load")
                || key.contains("eks-auto-mode/m5")),
            "{found:?}"
        );
        let elsewhere = keys(vec![environment()], "[topology]\nregion = \"us-east-1\"\n");
        assert!(
            elsewhere.contains("us-east-1/ec2/c5.2xlarge")
                && !elsewhere.contains("eu-west-1/ec2/c5.2xlarge")
        );
    }

    #[test]
    fn what_is_gone_asks_for_nothing() {
        assert!(
            keys(
                vec![Environment {
                    status: "Terminated".to_owned(),
                    ..environment()
                }],
                ""
            )
            .is_empty()
        );
    }
}
