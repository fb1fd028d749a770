//! Plans of small estates, each written to a folder and read back as a user's snapshot would be.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{EnvironmentPlan, Note, OptionalInputs, Outcome, Plan, PlanError, build};
use crate::policy;
use crate::snapshot::{
    self, Environment, EnvironmentKey, FORMAT, Instance, Inventory, LoadBalancer, Manifest, Metric,
    MetricsWriter, OptionSetting, Scope, Series, SeriesStatus, Snapshot, Subject, Subnet, Window,
};

mod agreement;
mod by_hand;
mod entrances;
mod flags;
mod host_rules;
mod infeasible;
mod moves;
mod network_balancer;
mod networks;
mod node_groups;
mod node_types;
mod notes;
mod rollouts;
mod scope;

pub(super) const ACCOUNT: &str = "111122223333";
pub(super) const TOKYO: &str = "ap-northeast-1";
/// Standard support of the policy's Kubernetes version runs on for months.
const END: Timestamp = Timestamp::constant(1_795_305_600, 0);
const PERIOD_SECONDS: u32 = 3600;
/// Long enough not to be thin.
const HOURS: usize = 14 * 24;

/// What a snapshot holds.
pub(super) struct Estate {
    pub(super) environments: Vec<Environment>,
    pub(super) subnets: Vec<Subnet>,
    pub(super) scopes: Vec<Scope>,
    pub(super) series: Vec<(EnvironmentKey, Series)>,
}

impl Estate {
    /// These environments, each running instance at 20 % of its CPU and 25 % of its memory, and no network.
    pub(super) fn of(environments: Vec<Environment>) -> Self {
        let mut estate = Self {
            environments: Vec::new(),
            subnets: Vec::new(),
            scopes: Vec::new(),
            series: Vec::new(),
        };
        environments
            .into_iter()
            .for_each(|environment| estate.add(environment, 20.0, 25.0));
        estate
    }

    /// One more environment, its running instances at `cpu` and `memory` per cent all the time.
    pub(super) fn add(&mut self, environment: Environment, cpu: f32, memory: f32) {
        for instance in environment.running_instances() {
            for (metric, value) in [(Metric::CpuPercent, cpu), (Metric::MemoryPercent, memory)] {
                self.series.push((
                    environment.key(),
                    series(&instance.id, metric, vec![value; HOURS]),
                ));
            }
        }
        self.environments.push(environment);
    }

    pub(super) fn plan(&self) -> Plan {
        self.plan_under("")
    }

    pub(super) fn plan_under(&self, policy: &str) -> Plan {
        self.try_plan(policy).expect("a plan")
    }

    pub(super) fn try_plan(&self, policy: &str) -> Result<Plan, PlanError> {
        let folder = tempfile::tempdir().expect("a folder");
        let window = Window {
            start: END - SignedDuration::from_hours(14 * 24),
            end: END,
        };
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            collected_at: END,
            tool: "by hand".to_owned(),
            window,
            scopes: self.scopes.clone(),
            note: None,
        };
        let inventory = Inventory {
            environments: self.environments.clone(),
            vpcs: Vec::new(),
            subnets: self.subnets.clone(),
            ..Inventory::default()
        };
        let mut metrics = MetricsWriter::create(folder.path()).expect("a history");
        let mut by_key: BTreeMap<EnvironmentKey, Vec<Series>> = BTreeMap::new();
        for (key, series) in self.series.clone() {
            by_key.entry(key).or_default().push(series);
        }
        by_key
            .iter()
            .for_each(|(key, series)| metrics.append(key, series.clone()).expect("appended"));
        metrics.finish().expect("a whole history");
        snapshot::write(folder.path(), &manifest, &inventory).expect("a snapshot");
        let snapshot = Snapshot::read(folder.path()).expect("a readable snapshot");
        build(
            &snapshot,
            &policy::read("p", policy).expect("a valid policy"),
            &OptionalInputs::default(),
            &|_| (),
        )
    }
}

/// A web server in Tokyo behind a load balancer of its own, with so many running instances of a type.
pub(super) fn environment(name: &str, instances: u32, instance_type: &str) -> Environment {
    let zones = ["a", "c", "d"];
    let instance = |number: u32| Instance {
        id: format!("i-{name}-{number}"),
        instance_type: instance_type.to_owned(),
        zone: Some(format!("{TOKYO}{}", zones[number as usize % 3])),
        platform: None,
        launched_at: None,
        terminated_at: None,
        ..Instance::default()
    };
    Environment {
        account: ACCOUNT.to_owned(),
        region: TOKYO.to_owned(),
        application: name.to_owned(),
        name: name.to_owned(),
        id: format!("e-{name}"),
        tier: "WebServer".to_owned(),
        platform: "64bit Amazon Linux 2023 running Docker".to_owned(),
        status: "Ready".to_owned(),
        health: String::new(),
        cname: None,
        version_label: None,
        tags: BTreeMap::new(),
        auto_scaling_group: None,
        instances: (0..instances).map(instance).collect(),
        load_balancers: vec![LoadBalancer {
            kind: "application".to_owned(),
            name: format!("awseb-{name}"),
            shared: false,
            ..LoadBalancer::default()
        }],
        queues: Vec::new(),
        root_volume_gib: Some(20),
        option_settings: Vec::new(),
        ..Environment::default()
    }
}

pub(super) fn staging(mut environment: Environment) -> Environment {
    environment
        .tags
        .insert("Stack".to_owned(), "staging".to_owned());
    environment
}

pub(super) fn worker(environment: Environment) -> Environment {
    Environment {
        tier: "Worker".to_owned(),
        load_balancers: Vec::new(),
        ..environment
    }
}

pub(super) fn elsewhere(environment: Environment, account: &str, region: &str) -> Environment {
    let id = format!("{}-{account}-{region}", environment.id);
    Environment {
        account: account.to_owned(),
        region: region.to_owned(),
        id,
        ..environment
    }
}

pub(super) fn with_option(
    mut environment: Environment,
    namespace: &str,
    name: &str,
    value: &str,
) -> Environment {
    let (namespace, name, value) = (
        namespace.to_owned(),
        name.to_owned(),
        Some(value.to_owned()),
    );
    environment.option_settings.push(OptionSetting {
        namespace,
        name,
        resource: None,
        value,
        redacted: false,
    });
    environment
}

/// Hourly samples to the end of the window.
pub(super) fn series(subject: &str, metric: Metric, samples: Vec<f32>) -> Series {
    let hours = i64::try_from(samples.len()).expect("few samples");
    Series {
        subject: Subject::from_text(subject),
        metric,
        statistic: "average".to_owned(),
        period_seconds: PERIOD_SECONDS,
        start: END - SignedDuration::from_hours(hours),
        source: "by hand".to_owned(),
        status: SeriesStatus("complete".to_owned()),
        samples,
        rejected: 0,
    }
}

pub(super) fn of<'a>(plan: &'a Plan, label: &str) -> &'a EnvironmentPlan {
    plan.environments
        .iter()
        .find(|environment| environment.label == label)
        .expect("an environment of that label")
}

/// Why it stays, whichever class it is in; empty if it moves.
pub(super) fn reason(plan: &Plan, label: &str) -> String {
    match &of(plan, label).outcome {
        Outcome::Planned { .. } => String::new(),
        Outcome::Excluded { reason } => format!("excluded: {reason}"),
        Outcome::Unknown { reason } => format!("unknown: {reason}"),
    }
}

/// The notes of that code.
pub(super) fn noted<'a>(plan: &'a Plan, code: &str) -> Vec<&'a Note> {
    plan.notes.iter().filter(|note| note.code == code).collect()
}
