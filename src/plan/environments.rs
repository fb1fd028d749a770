//! What becomes of each environment.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;

use super::document::{SizedEnvironment, SizedOutcome};
use super::live::{LiveEnvironment, LiveEnvironments};
use super::nodes::{NodeKind, Nodes, WORKERS};
use super::replayed::Loads;
use super::scenario::Fleet;
use super::site::ClusterSite;
use super::{EnvironmentPlan, PlanError, Shared, remedies};
use crate::catalog::{InstanceTypes, OperatingSystem};
use crate::policy::Policy;
use crate::price::Usage;
use crate::size::{
    Calibration, Case, Coincidence, Contender, Headroom, Learnt, Level, PeerRequests, Profile,
    Record, RecordedLoad, Records, Resource, Rule, Span, Stage, Traffic, Trial, Tried, Unsized,
    UsageHistory, Utilisation, size,
};
use crate::snapshot::{Environment, EnvironmentKey, Series, Snapshot, Window};
use crate::units::{KubernetesNames, Millicores};
use crate::wording::{Text, text};

/// An environment's history, read once for each [`Speed`]: that of the plan's nodes first.
type Profiles = Vec<(Speed, Result<Profile, Unsized>)>;

/// Work that a vCPU of an environment's future nodes does, beside one of c5's. CPU is counted in their vCPUs, so that a
/// history is read again for nodes of another speed.
type Speed = f64;

/// All that is kept of one environment.
struct Summary {
    profiles: Profiles,
    usage: Usage,
    /// As it would have been read at a moment of the past.
    past: Option<Result<Profile, Unsized>>,
}

/// A moment as of which the history is read, too.
#[derive(Debug, Clone, Copy)]
pub(super) struct Past {
    pub(super) moment: Timestamp,
    /// Whether what the rules of others would request then is kept.
    pub(super) with_peers: bool,
}

/// What is known of every environment's past, read once; any number of policies may be tried on it.
pub(super) struct Histories<'a> {
    live: &'a LiveEnvironments<'a>,
    window: Window,
    profiles: BTreeMap<EnvironmentKey, Profiles>,
    usage: BTreeMap<EnvironmentKey, Usage>,
}

impl<'a> Histories<'a> {
    /// Reads the snapshot's history, for the plan's nodes and for all types of `others`; beside it what was known of it
    /// at the moment `past`, if there is one.
    pub(super) fn read(
        snapshot: &Snapshot,
        live: &'a LiveEnvironments<'a>,
        (nodes, others): (&Nodes, &[String]),
        policy: &Policy,
        past: Option<Past>,
        progress: &(dyn Fn(f64) + Sync),
    ) -> Result<(Self, Option<Self>), PlanError> {
        let window = snapshot.manifest.window;
        let cases = Cases {
            window,
            policy,
            by: None,
        };
        // What an environment did does not depend on the nodes that it will be on.
        let anywhere = nodes.named(WORKERS);
        let others = of_other_speeds(policy, others);
        let profiles_of = |one: &LiveEnvironment<'_>, series: &[Series]| {
            let own = speed_for(one.environment, policy);
            let read = |policy| Profile::of(&cases.of(one, series, anywhere), policy);
            let mut profiles = vec![(own, read(policy))];
            for (speed, policy) in others.iter().filter(|(speed, _)| !is_same(*speed, own)) {
                // What is replayed is kept once.
                profiles.push((*speed, read(policy).map(Profile::without_load)));
            }
            profiles
        };
        let summary_of = |one: &LiveEnvironment<'_>, series: &[Series]| Summary {
            profiles: profiles_of(one, series),
            usage: Usage::of(one.environment, series, window),
            past: past.map(|past| cases.past(one, series, anywhere, past)),
        };
        let mut summaries = snapshot.history.summarise(
            |key, series| live.get(key).map(|one| summary_of(one, &series)),
            progress,
        )?;
        let (mut profiles, mut usage) = (BTreeMap::new(), BTreeMap::new());
        let mut past_profiles = BTreeMap::new();
        for one in live.iter() {
            let summary = summaries
                .remove(&one.key)
                .flatten()
                .unwrap_or_else(|| summary_of(one, &[]));
            profiles.insert(one.key.clone(), summary.profiles);
            let own = speed_for(one.environment, policy);
            let then = |profile| (one.key.clone(), vec![(own, profile)]);
            past_profiles.extend(summary.past.map(then));
            usage.insert(one.key.clone(), summary.usage);
        }
        let of = |window: Window, profiles, usage| Self {
            live,
            window,
            profiles,
            usage,
        };
        let past = past.map(|Past { moment: end, .. }| {
            // What was used is for bills, and nobody asks what a bill of then would be.
            of(Window { end, ..window }, past_profiles, BTreeMap::new())
        });
        Ok((of(window, profiles, usage), past))
    }

    /// What an environment used, by its history.
    pub(super) fn usage(&self, environment: &Environment) -> Option<&Usage> {
        self.usage.get(&environment.key())
    }

    /// The busiest slot of each hour of an environment, from the start of the window, in vCPUs of the policy's nodes.
    pub(super) fn hourly(
        &self,
        environment: &Environment,
        policy: &Policy,
    ) -> Option<&[Millicores]> {
        self.read_for(environment, policy)?
            .as_ref()
            .ok()
            .map(Profile::hourly)
    }

    /// What the instances of those that move used together, by name on the clusters.
    pub(super) fn loads<'e>(&'e self, plans: &'e [EnvironmentPlan]) -> Loads<'e> {
        let load = |(plan, one): (&'e EnvironmentPlan, &LiveEnvironment<'_>)| {
            let (name, _) = plan.planned()?;
            Some((name.as_str(), self.profile(one.environment)?.load()?))
        };
        plans
            .iter()
            .zip(self.live.iter())
            .filter_map(load)
            .collect()
    }

    /// What they used in the hours of the year before the window, where those were collected.
    pub(super) fn year_loads<'e>(&'e self, plans: &'e [EnvironmentPlan]) -> Loads<'e> {
        let load = |(plan, one): (&'e EnvironmentPlan, &LiveEnvironment<'_>)| {
            let (name, _) = plan.planned()?;
            Some((name.as_str(), self.profile(one.environment)?.year()?))
        };
        plans
            .iter()
            .zip(self.live.iter())
            .filter_map(load)
            .collect()
    }

    /// The same for plans under another policy, in vCPUs of its nodes.
    pub(super) fn loads_under<'e>(
        &'e self,
        plans: &'e [EnvironmentPlan],
        policy: &Policy,
    ) -> BTreeMap<&'e str, Cow<'e, RecordedLoad>> {
        let load = |(plan, one): (&'e EnvironmentPlan, &LiveEnvironment<'_>)| {
            let (name, _) = plan.planned()?;
            let (own, profile) = self.profiles.get(&one.key)?.first()?;
            let load = profile.as_ref().ok()?.load()?;
            let speed = speed_for(one.environment, policy);
            let load = if is_same(*own, speed) {
                Cow::Borrowed(load)
            } else {
                Cow::Owned(in_other_cores(load, own / speed))
            };
            Some((name.as_str(), load))
        };
        plans
            .iter()
            .zip(self.live.iter())
            .filter_map(load)
            .collect()
    }

    /// From the first moment of the history to the last.
    pub(super) const fn window(&self) -> Window {
        self.window
    }

    /// The same, for plans of another history: by account, region and id.
    pub(super) fn loads_by_id<'e>(&'e self, plans: &'e [EnvironmentPlan]) -> Loads<'e> {
        let load = |plan: &'e EnvironmentPlan| {
            let (name, _) = plan.planned()?;
            let key = EnvironmentKey {
                account: plan.account.clone(),
                region: plan.region.clone(),
                id: plan.id.clone(),
            };
            let (_, profile) = self.profiles.get(&key)?.first()?;
            Some((name.as_str(), profile.as_ref().ok()?.load()?))
        };
        plans.iter().filter_map(load).collect()
    }

    /// Sizes every environment that is to move, and says of every other one why not.
    pub(super) fn outcomes(
        &self,
        fleet: &Fleet<'_>,
        nodes: &Nodes,
        policy: &Policy,
    ) -> Vec<SizedEnvironment> {
        let mut names = KubernetesNames::default();
        for addon in &policy.addons {
            // Apps do not take the names of add-ons: both are workloads of the same cluster.
            names.unique(&addon.name);
        }
        let cases = Cases {
            window: self.window,
            policy,
            by: fleet.by,
        };
        let calibration = FleetCalibration::of(self, (nodes, fleet.site), policy);
        let outcome_of = |one: &LiveEnvironment<'_>, names: &mut KubernetesNames| {
            let environment = one.environment;
            if let Some(reason) = left_out(environment, fleet.site, policy) {
                return SizedOutcome::Excluded { reason };
            }
            let sized = match self.read_for(environment, policy) {
                Some(Ok(profile)) => nodes.place(environment, policy, |kind| {
                    size(
                        &cases.of(one, &[], kind),
                        profile,
                        (&calibration.learnt.calibration, calibration.level(&one.key)),
                        calibration.records(profile, policy),
                        policy,
                    )
                }),
                Some(Err(why)) => Err(why.clone()),
                None => {
                    return SizedOutcome::Unknown {
                        reason: text!("outcome-nothing-read"),
                    };
                }
            };
            match sized {
                Ok((kind, sizing)) => SizedOutcome::Moves {
                    kubernetes_name: names.unique(&environment.name),
                    node_group: kind.name.clone(),
                    sizing: Box::new(sizing),
                },
                Err(
                    why @ (Unsized::UnknownInstanceType(_)
                    | Unsized::NoCpuHistory { .. }
                    | Unsized::InstancesMissing { .. }),
                ) => SizedOutcome::Unknown { reason: why.text() },
                Err(why @ Unsized::TooLarge { needs, room, .. }) => {
                    let remedy = remedies::for_large(needs, room, policy);
                    SizedOutcome::Excluded {
                        reason: text!("outcome-too-large", why = why.text(), remedy = remedy),
                    }
                }
                Err(why @ Unsized::NoInstances) => SizedOutcome::Excluded { reason: why.text() },
            }
        };
        let plan_of = |one| {
            let outcome = outcome_of(one, &mut names);
            describe(one, outcome, fleet, policy)
        };
        self.live.iter().map(plan_of).collect()
    }

    /// Whether those that move are busy at the same time.
    pub(super) fn coincidence(&self, plans: &[EnvironmentPlan]) -> Coincidence {
        let moving = plans.iter().filter(|plan| plan.planned().is_some());
        Coincidence::of(moving.filter_map(|plan| self.profile_of(&plan.key())))
    }

    /// What an environment's replica used over time, of those of which it is known.
    pub(super) fn over_time(&self) -> BTreeMap<EnvironmentKey, Shared<UsageHistory>> {
        let known = self.profiles.keys();
        known
            .filter_map(|key| {
                let history = self.profile_of(key)?.history().clone();
                Some((key.clone(), Shared::new(history)))
            })
            .collect()
    }

    /// How busy the machines of all production environments were, those that stay and unknown ones too.
    pub(super) fn utilisation(&self, policy: &Policy) -> Utilisation {
        let mut all = Utilisation::default();
        for environment in self
            .live
            .iter()
            .map(|one| one.environment)
            .filter(|environment| Stage::of(environment, &policy.stages) == Stage::Production)
        {
            all += self.profile(environment).map_or_else(
                || unreported(environment, self.window),
                Profile::utilisation,
            );
        }
        all.rounded()
    }

    fn profile(&self, environment: &Environment) -> Option<&Profile> {
        self.profile_of(&environment.key())
    }

    /// As the plan's own nodes count.
    fn profile_of(&self, key: &EnvironmentKey) -> Option<&Profile> {
        let (_, profile) = self.profiles.get(key)?.first()?;
        profile.as_ref().ok()
    }

    /// As the nodes of that policy count; as the plan's do, where they are none of those that it was read for.
    fn read_for(
        &self,
        environment: &Environment,
        policy: &Policy,
    ) -> Option<&Result<Profile, Unsized>> {
        let profiles = self.profiles.get(&environment.key())?;
        let speed = speed_for(environment, policy);
        let read = profiles.iter().find(|(known, _)| is_same(*known, speed));
        read.or(profiles.first()).map(|(_, profile)| profile)
    }

    /// The traffic of an environment.
    pub(super) fn traffic(&self, key: &EnvironmentKey) -> Traffic {
        self.profile_of(key)
            .map(|profile| profile.traffic().clone())
            .unwrap_or_default()
    }
}

/// The same work on other nodes, of whose cores so many do what one of these does.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "float-to-int casts saturate"
)]
fn in_other_cores(load: &RecordedLoad, each: f64) -> RecordedLoad {
    let scaled = |number: u32, by: f64| (f64::from(number) * by).round() as u32;
    let mut load = load.clone();
    for sample in load.samples.iter_mut().filter(|sample| sample.is_known()) {
        sample.work_millicores = scaled(sample.work_millicores, each);
    }
    let memory = &mut load.memory_of_a_core;
    memory.least_mebibytes = scaled(memory.least_mebibytes, 1.0 / each);
    memory.most_mebibytes = scaled(memory.most_mebibytes, 1.0 / each);
    load
}

/// Of the nodes that an environment would be on.
fn speed_for(environment: &Environment, policy: &Policy) -> Speed {
    policy.cpu_speed_of(match environment.operating_system() {
        OperatingSystem::Linux => &policy.nodes.instance_type,
        OperatingSystem::Windows => &policy.windows_nodes.instance_type,
    })
}

/// Speeds are numbers of the policy, compared and never worked out.
const fn is_same(one: Speed, other: Speed) -> bool {
    one.to_bits() == other.to_bits()
}

/// Each speed of the types once, with a policy of nodes that have it.
fn of_other_speeds(policy: &Policy, types: &[String]) -> Vec<(Speed, Policy)> {
    let mut found: Vec<(Speed, Policy)> = Vec::new();
    for name in types {
        let speed = policy.cpu_speed_of(name);
        if !found.iter().any(|(known, _)| is_same(*known, speed)) {
            let mut other = policy.clone();
            other.nodes.instance_type.clone_from(name);
            other.windows_nodes.instance_type.clone_from(name);
            found.push((speed, other));
        }
    }
    found
}

/// Machine-hours of an environment without a history: those of its running instances, as far as their types are known.
#[expect(
    clippy::cast_precision_loss,
    reason = "2^53 seconds are longer than any history"
)]
fn unreported(environment: &Environment, window: Window) -> Utilisation {
    let hours = window.seconds() as f64 / 3_600.0;
    let mut all = Utilisation::default();
    for shape in environment
        .running_instances()
        .filter_map(|instance| InstanceTypes::embedded().get(&instance.instance_type))
    {
        all += Utilisation::unknown(f64::from(shape.vcpu), shape.memory.gibibytes(), hours);
    }
    all
}

/// What is the same for every environment.
struct Cases<'a> {
    window: Window,
    policy: &'a Policy,
    by: Option<Rule>,
}

impl Cases<'_> {
    fn of<'a>(
        &self,
        one: &'a LiveEnvironment<'_>,
        series: &'a [Series],
        kind: &NodeKind,
    ) -> Case<'a> {
        Case {
            environment: one.environment,
            reading: &one.reading,
            series,
            window: self.window,
            stage: Stage::of(one.environment, &self.policy.stages),
            node_room: kind.capacity.available,
            node_architecture: kind.architecture,
            by: self.by,
        }
    }
}

impl Cases<'_> {
    /// What would have been read at a moment: of the instances that ran then, samples that were there then.
    fn past(
        &self,
        one: &LiveEnvironment<'_>,
        series: &[Series],
        kind: &NodeKind,
        Past { moment, with_peers }: Past,
    ) -> Result<Profile, Unsized> {
        let environment = one.environment.as_of(moment).ok_or(Unsized::NoInstances)?;
        let series: Vec<Series> = series.iter().map(|series| series.until(moment)).collect();
        let case = Case {
            environment: &environment,
            series: &series,
            window: Window {
                end: moment,
                ..self.window
            },
            ..self.of(one, &[], kind)
        };
        let profile = Profile::of(&case, self.policy)?.without_load();
        Ok(if with_peers {
            profile.with_peers(PeerRequests::of(&case, self.policy)?)
        } else {
            profile
        })
    }
}

/// What the weeks of all environments together say.
struct FleetCalibration {
    /// At the origin of each fold.
    by_fold: Vec<Calibration>,
    /// At the end of the history.
    learnt: Learnt,
    /// Environments in the order in which they were tried.
    places: BTreeMap<EnvironmentKey, usize>,
}

impl FleetCalibration {
    /// Learnt on the nodes of that policy, since what a node's pods share is a share of a node: whatever is tried out
    /// is sized as a plan of its own would be.
    fn of(
        histories: &Histories<'_>,
        (nodes, site): (&Nodes, &ClusterSite),
        policy: &Policy,
    ) -> Self {
        let Histories { live, window, .. } = histories;
        let profiles = || {
            live.iter()
                .filter_map(|one| Some((one, histories.read_for(one.environment, policy)?)))
                .filter_map(|(one, profile)| Some((one, profile.as_ref().ok()?)))
        };
        let trials: Vec<Trial> = profiles()
            .flat_map(|(_, profile)| profile.trials().iter().copied())
            .collect();
        let by_fold = Calibration::by_fold(&trials, Span::of(policy).count(*window));
        let (mut contenders, mut places) = (Vec::new(), BTreeMap::new());
        for (one, profile) in profiles() {
            let environment = one.environment;
            if left_out(environment, site, policy).is_some() {
                continue;
            }
            let kind = nodes.usual_for(environment);
            places.insert(one.key.clone(), contenders.len());
            contenders.push(Contender {
                profile,
                stage: Stage::of(environment, &policy.stages),
                group: &kind.name,
                room: kind.capacity.available,
            });
        }
        let headroom = Headroom::learn(&contenders, &by_fold, policy);
        Self {
            learnt: Learnt {
                calibration: Calibration::of(&trials),
                headroom,
            },
            by_fold,
            places,
        }
    }

    /// How much memory of an environment is reserved.
    fn level(&self, key: &EnvironmentKey) -> (Level, Tried) {
        let headroom = &self.learnt.headroom;
        let place = self.places.get(key).copied();
        (
            headroom.level(place.unwrap_or(usize::MAX)),
            headroom.tried(),
        )
    }

    /// How the rule would have done on the environment's own weeks.
    fn records(&self, profile: &Profile, policy: &Policy) -> Records {
        let record = |resource, risk| Record::of(profile.trials(), resource, &self.by_fold, risk);
        Records {
            cpu: record(Resource::Cpu, policy.sizing.cpu_risk),
            memory: record(Resource::Memory, policy.sizing.memory_limit_risk),
        }
    }
}

/// Why an environment stays where it is, if the policy or its nature says so.
fn left_out(environment: &Environment, site: &ClusterSite, policy: &Policy) -> Option<Text> {
    let scope = &policy.scope;
    if environment.tier == "Cluster" {
        return Some(text!("outcome-cluster-tier"));
    }
    if let Some(pattern) = scope
        .exclude_environments
        .iter()
        .find(|pattern| pattern.matches(&environment.name))
    {
        return Some(text!(
            "outcome-excluded",
            key = "scope.exclude_environments",
            pattern = pattern.as_str()
        ));
    }
    if let Some(pattern) = scope
        .exclude_applications
        .iter()
        .find(|pattern| pattern.matches(&environment.application))
    {
        return Some(text!(
            "outcome-excluded",
            key = "scope.exclude_applications",
            pattern = pattern.as_str()
        ));
    }
    if environment.account != site.account || environment.region != site.region {
        return Some(text!(
            "outcome-elsewhere",
            account = &environment.account,
            region = &environment.region,
            home_account = &site.account,
            home_region = &site.region
        ));
    }
    None
}

fn describe(
    one: &LiveEnvironment<'_>,
    outcome: SizedOutcome,
    fleet: &Fleet<'_>,
    policy: &Policy,
) -> SizedEnvironment {
    let environment = one.environment;
    let mut instances_today: BTreeMap<String, u32> = BTreeMap::new();
    for instance in environment.running_instances() {
        *instances_today
            .entry(instance.instance_type.clone())
            .or_default() += 1;
    }
    EnvironmentPlan {
        account: environment.account.clone(),
        region: environment.region.clone(),
        application: environment.application.clone(),
        name: environment.name.clone(),
        id: environment.id.clone(),
        label: one.label.clone(),
        tier: environment.tier.clone(),
        platform: environment.platform.clone(),
        operating_system: environment.operating_system(),
        stage: Stage::of(environment, &policy.stages),
        instances_today,
        outcome,
        translation: fleet
            .translations
            .get(&one.key)
            .cloned()
            .unwrap_or_default(),
        history: fleet.over_time.get(&one.key).cloned(),
    }
}
