//! What becomes of each environment: it moves with a size, stays, or nobody knows.

use std::collections::BTreeMap;

use super::document::{SizedEnvironment, SizedOutcome};
use super::fleet::Fleet;
use super::fleet_calibration::FleetCalibration;
use super::histories::SizingContext;
use super::live::LiveEnvironment;
use super::nodes::Nodes;
use super::out_of_scope::out_of_scope;
use super::{EnvironmentPlan, larger_types};
use crate::policy::Policy;
use crate::size::{SizingError, Stage, size};
use crate::units::KubernetesNames;
use crate::wording::text;

/// Sizes every environment that is to move, and says of every other one why not.
pub(super) fn outcomes(fleet: &Fleet<'_>, nodes: &Nodes, policy: &Policy) -> Vec<SizedEnvironment> {
    let mut names = KubernetesNames::default();
    for addon in &policy.addons {
        // Apps do not take the names of add-ons: both are workloads of the same cluster.
        names.unique(&addon.name);
    }
    let histories = fleet.histories;
    let cases = SizingContext {
        window: histories.window(),
        policy,
        by: fleet.by,
    };
    let calibration = FleetCalibration::of(histories, (nodes, fleet.site), policy);
    let outcome_of = |one: &LiveEnvironment<'_>, names: &mut KubernetesNames| {
        let environment = one.environment;
        if let Some(reason) = out_of_scope(environment, fleet.site, policy) {
            return SizedOutcome::Excluded { reason };
        }
        let sized = match histories.read_for(environment, policy) {
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
                why @ (SizingError::UnknownInstanceType(_)
                | SizingError::NoCpuHistory { .. }
                | SizingError::InstancesMissing { .. }),
            ) => SizedOutcome::Unknown { reason: why.text() },
            Err(why @ SizingError::TooLarge { needs, room, .. }) => {
                let remedy = larger_types::remedy_for_large(needs, room, policy);
                SizedOutcome::Excluded {
                    reason: text!("outcome-too-large", why = why.text(), remedy = remedy),
                }
            }
            Err(why @ SizingError::NoInstances) => SizedOutcome::Excluded { reason: why.text() },
        }
    };
    let plan_of = |one| {
        let outcome = outcome_of(one, &mut names);
        describe(one, outcome, fleet, policy)
    };
    histories.live().map(plan_of).collect()
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
