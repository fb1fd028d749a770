//! The reading of one environment.

use std::collections::BTreeMap;

use super::conflict::Conflicts;
use super::options::Options;
use super::{
    Balancer, BalancerOrigin, Conflict, Database, Deployment, Instances, Monitoring, Network,
    Platform, Process, PublicAddresses, ReachReading, RuntimeSettings, Schedule, Spot, Variables,
    Volumes, Worker, balancer, classic, database, deployment, instances, logs, monitoring, network,
    platform, process, public_addresses, queue, reach, runtime_settings, schedule, spot, values,
    variables, volumes,
};
use crate::snapshot::{Environment, Inventory};

/// What settings and observations of an environment say, understood once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvironmentReading {
    /// The name that Beanstalk gave it: where its clients go today.
    pub address: Option<String>,
    /// What it is written for.
    pub platform: Platform,
    /// What the options of its language say.
    pub runtime: RuntimeSettings,
    /// Who reaches it, and by what that is known.
    pub reach: ReachReading,
    /// What is in front of it; the first is its entrance. Empty where nobody calls it.
    pub balancers: Vec<Balancer>,
    /// What listens, by name; `default` is always there.
    pub processes: BTreeMap<String, Process>,
    /// Whether its instances have public addresses.
    pub public_addresses: PublicAddresses,
    /// Its VPC, and the subnets of its load balancer.
    pub network: Network,
    /// What its instances are made with.
    pub instances: Instances,
    /// Root volume and further disks of each instance.
    pub volumes: Volumes,
    /// Whether they are bought on the spot market.
    pub spot: Option<Spot>,
    /// What is reported of them.
    pub monitoring: Monitoring,
    /// Days that its logs are kept in CloudWatch; absent where they are not sent there.
    pub log_days: Option<u32>,
    /// How a new version gets onto them.
    pub deployment: Deployment,
    /// The type of its instances that has a GPU or the like, and what it has.
    pub accelerator: Option<(String, &'static str)>,
    /// Whether never more than one instance of it runs.
    pub at_most_one: bool,
    /// Scheduled actions by name.
    pub schedules: Vec<Schedule>,
    /// Its queue, if it is a worker.
    pub worker: Option<Worker>,
    /// A database that is bound to it.
    pub database: Option<Database>,
    /// Its properties by name.
    pub variables: Variables,
    /// Where settings and observations disagree.
    pub conflicts: Vec<Conflict>,
}

impl EnvironmentReading {
    /// Reads `environment`; `inventory` knows its subnets.
    #[must_use]
    pub fn of(environment: &Environment, inventory: &Inventory) -> Self {
        let options = Options::of(environment);
        let mut conflicts = Conflicts::default();
        let is_single_instance = network::is_single_instance(environment, &options);
        let network = network::of(&options, is_single_instance);
        let worker = queue::of(environment, &options);
        let processes = process::of(&options);
        let mut balancers = balancer::of(
            environment,
            inventory,
            &options,
            &network,
            &processes,
            &mut conflicts,
        );
        let processes = match balancers.first_mut() {
            Some(entrance) => classic::processes(processes, &mut entrance.listeners, &options),
            None => processes,
        };
        Self {
            address: environment
                .cname
                .as_deref()
                .and_then(|name| values::host(&name.to_ascii_lowercase())),
            platform: platform::of(environment),
            runtime: runtime_settings::of(&options),
            reach: reach::of(balancers.first().filter(|_| worker.is_none())),
            public_addresses: public_addresses::of(
                environment,
                &options,
                is_single_instance,
                &mut conflicts,
            ),
            instances: instances::of(environment, &options),
            volumes: volumes::of(environment, &options, &mut conflicts),
            spot: spot::of(environment, &options, &mut conflicts),
            monitoring: monitoring::of(environment, &options, &mut conflicts),
            log_days: logs::days(&options),
            deployment: deployment::of(&options),
            schedules: schedule::of(environment),
            accelerator: instances::accelerator(environment, &options),
            at_most_one: instances::at_most_one(environment, &options, &mut conflicts),
            worker,
            database: database::of(&options),
            variables: variables::of(environment, &options),
            balancers,
            processes,
            network,
            conflicts: conflicts.0,
        }
    }

    /// The load balancers that stand and are billed.
    pub fn balancers_of_today(&self) -> impl Iterator<Item = &Balancer> {
        self.balancers
            .iter()
            .filter(|balancer| balancer.origin == BalancerOrigin::Seen)
    }

    /// What clients come through, if anybody calls it.
    #[must_use]
    pub fn entrance(&self) -> Option<&Balancer> {
        self.balancers.first().filter(|_| self.worker.is_none())
    }
}

#[cfg(test)]
impl EnvironmentReading {
    /// Of an environment of whose surroundings nothing is known.
    pub(crate) fn alone(environment: &Environment) -> Self {
        Self::of(environment, &Inventory::default())
    }
}
