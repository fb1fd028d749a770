//! What is known of every environment's past: the snapshot's history, read once.
//!
//! Goes in: a snapshot, and the nodes whose cores CPU is counted in. Goes out: [`Histories`], on which any number of
//! policies may be tried. What a policy makes of an environment is not decided here.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;

use super::live::{LiveEnvironment, LiveEnvironments};
use super::nodes::{NodeKind, Nodes, WORKERS};
use super::replayed::Loads;
use super::{EnvironmentPlan, PlanError, Shared};
use crate::catalog::{InstanceTypes, OperatingSystem};
use crate::policy::Policy;
use crate::price::Usage;
use crate::size::{
    Coincidence, EnvironmentToSize, PeerRequests, Profile, RecordedLoad, Rule, SizingError, Stage,
    Traffic, UsageHistory, Utilisation,
};
use crate::snapshot::{Environment, EnvironmentKey, Series, Snapshot, Window};
use crate::units::Millicores;

/// An environment's history, read once for each [`Speed`]: that of the plan's nodes first.
type Profiles = Vec<(Speed, Result<Profile, SizingError>)>;

/// Work that a vCPU of an environment's future nodes does, beside one of c5's. CPU is counted in their vCPUs, so that a
/// history is read again for nodes of another speed.
type Speed = f64;

/// All that is kept of one environment.
struct Summary {
    profiles: Profiles,
    usage: Usage,
    /// As it would have been read at a moment of the past.
    past: Option<Result<Profile, SizingError>>,
}

/// A moment as of which the history is read, too.
#[derive(Debug, Clone, Copy)]
pub(super) struct PastMoment {
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
        past: Option<PastMoment>,
        progress: &(dyn Fn(f64) + Sync),
    ) -> Result<(Self, Option<Self>), PlanError> {
        let window = snapshot.manifest.window;
        let cases = SizingContext {
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
        let past = past.map(|PastMoment { moment: end, .. }| {
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

    /// What the instances of those that move used together, by name on the clusters: of plans of another history, too.
    pub(super) fn loads<'e>(&'e self, plans: &'e [EnvironmentPlan]) -> Loads<'e> {
        self.loads_of(plans, Profile::load)
    }

    /// What they used in the hours of the year before the window, where those were collected.
    pub(super) fn year_loads<'e>(&'e self, plans: &'e [EnvironmentPlan]) -> Loads<'e> {
        self.loads_of(plans, Profile::year)
    }

    fn loads_of<'e>(
        &'e self,
        plans: &'e [EnvironmentPlan],
        of: impl Fn(&'e Profile) -> Option<&'e RecordedLoad>,
    ) -> Loads<'e> {
        let load = |plan: &'e EnvironmentPlan| {
            let (name, _) = plan.planned()?;
            Some((name.as_str(), of(self.profile_of(&plan.key())?)?))
        };
        plans.iter().filter_map(load).collect()
    }

    /// The same for plans under another policy, in vCPUs of its nodes.
    pub(super) fn loads_under<'e>(
        &'e self,
        plans: &'e [EnvironmentPlan],
        policy: &Policy,
    ) -> BTreeMap<&'e str, Cow<'e, RecordedLoad>> {
        let load = |plan: &'e EnvironmentPlan| {
            let (name, _) = plan.planned()?;
            let one = self.live.get(&plan.key())?;
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
        plans.iter().filter_map(load).collect()
    }

    /// Every environment that lives, whatever is known of it.
    pub(super) fn live(&self) -> impl Iterator<Item = &LiveEnvironment<'a>> {
        self.live.iter()
    }

    /// From the first moment of the history to the last.
    pub(super) const fn window(&self) -> Window {
        self.window
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
    pub(super) fn read_for(
        &self,
        environment: &Environment,
        policy: &Policy,
    ) -> Option<&Result<Profile, SizingError>> {
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
pub(super) struct SizingContext<'a> {
    pub(super) window: Window,
    pub(super) policy: &'a Policy,
    /// A rule of others whose requests are taken in place of the plan's.
    pub(super) by: Option<Rule>,
}

impl SizingContext<'_> {
    pub(super) fn of<'a>(
        &self,
        one: &'a LiveEnvironment<'_>,
        series: &'a [Series],
        kind: &NodeKind,
    ) -> EnvironmentToSize<'a> {
        EnvironmentToSize {
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

    /// What would have been read at a moment: of the instances that ran then, samples that were there then.
    fn past(
        &self,
        one: &LiveEnvironment<'_>,
        series: &[Series],
        kind: &NodeKind,
        PastMoment { moment, with_peers }: PastMoment,
    ) -> Result<Profile, SizingError> {
        let environment = one
            .environment
            .as_of(moment)
            .ok_or(SizingError::NoInstances)?;
        let series: Vec<Series> = series.iter().map(|series| series.until(moment)).collect();
        let case = EnvironmentToSize {
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
