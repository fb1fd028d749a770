//! What the weeks of all environments together say, for the requests of each.

use std::collections::BTreeMap;

use super::histories::Histories;
use super::nodes::Nodes;
use super::out_of_scope::out_of_scope;
use super::site::ClusterSite;
use crate::policy::Policy;
use crate::size::{
    Calibration, EnvironmentOnNodes, FleetExperience, Headroom, Level, LevelRecord, Profile,
    Record, Records, Resource, Span, Stage, Trial,
};
use crate::snapshot::EnvironmentKey;

/// What the weeks of all environments together say.
pub(super) struct FleetCalibration {
    /// At the origin of each fold.
    by_fold: Vec<Calibration>,
    /// At the end of the history.
    pub(super) learnt: FleetExperience,
    /// Environments in the order in which they were tried.
    places: BTreeMap<EnvironmentKey, usize>,
}

impl FleetCalibration {
    /// Learnt on the nodes of that policy, since what a node's pods share is a share of a node: whatever is tried out
    /// is sized as a plan of its own would be.
    pub(super) fn of(
        histories: &Histories<'_>,
        (nodes, site): (&Nodes, &ClusterSite),
        policy: &Policy,
    ) -> Self {
        let profiles = || {
            histories
                .live()
                .filter_map(|one| Some((one, histories.read_for(one.environment, policy)?)))
                .filter_map(|(one, profile)| Some((one, profile.as_ref().ok()?)))
        };
        let trials: Vec<Trial> = profiles()
            .flat_map(|(_, profile)| profile.trials().iter().copied())
            .collect();
        let by_fold = Calibration::by_fold(&trials, Span::of(policy).count(histories.window()));
        let (mut tried, mut places) = (Vec::new(), BTreeMap::new());
        for (one, profile) in profiles() {
            let environment = one.environment;
            if out_of_scope(environment, site, policy).is_some() {
                continue;
            }
            let kind = nodes.usual_for(environment);
            places.insert(one.key.clone(), tried.len());
            tried.push(EnvironmentOnNodes {
                profile,
                stage: Stage::of(environment, &policy.stages),
                group: &kind.name,
                room: kind.capacity.available,
            });
        }
        let headroom = Headroom::learn(&tried, &by_fold, policy);
        Self {
            learnt: FleetExperience {
                calibration: Calibration::of(&trials),
                headroom,
            },
            by_fold,
            places,
        }
    }

    /// How much memory of an environment is reserved.
    pub(super) fn level(&self, key: &EnvironmentKey) -> (Level, LevelRecord) {
        let headroom = &self.learnt.headroom;
        let place = self.places.get(key).copied();
        (
            headroom.level(place.unwrap_or(usize::MAX)),
            headroom.tried(),
        )
    }

    /// How the rule would have done on the environment's own weeks.
    pub(super) fn records(&self, profile: &Profile, policy: &Policy) -> Records {
        let record = |resource, risk| Record::of(profile.trials(), resource, &self.by_fold, risk);
        Records {
            cpu: record(Resource::Cpu, policy.sizing.cpu_risk),
            memory: record(Resource::Memory, policy.sizing.memory_limit_risk),
        }
    }
}
