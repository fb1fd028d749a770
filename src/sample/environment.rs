//! One environment of a made-up inventory.

use std::collections::BTreeMap;

use crate::snapshot::{AutoScalingGroup, Environment, Instance, LoadBalancer};

use super::case::{Case, Front, Peculiarity};
use super::chance::{Chance, RandomStream};
use super::network::{ACCOUNT, REGION, ZONES};
use super::recipe::Recipe;
use super::{options, past};

pub(super) const HEXADECIMAL: &[u8] = b"0123456789abcdef";
const LOWER: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
const UPPER: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// Environments to each terminated one.
const LIVE_TO_TERMINATED: u32 = 24;

/// The live environment of that number.
pub(super) fn live(recipe: &Recipe, number: u32, case: &Case) -> Environment {
    let mut chance = Chance::new(recipe.seed, number, RandomStream::Identity);
    let id = format!("e-{}", chance.text(LOWER, 10));
    let group_suffix = chance.text(UPPER, 12);
    let mut environment = bare(case, id);
    environment.cname = Some(format!(
        "{}.{REGION}.elasticbeanstalk.com",
        environment.name
    ));
    environment.version_label = Some(format!("{}-{}", case.application, 100 + chance.below(900)));
    environment.root_volume_gib = Some(if case.platform.is_windows() { 60 } else { 20 });
    environment.instances = instances(recipe, case, &mut chance);
    // Designed without autoscaling, with deliberate headroom, but for the one that scales.
    let most = if case.peculiarity == Peculiarity::Scaled {
        case.instances + past::EXTRA_INSTANCES
    } else {
        case.instances
    };
    environment.auto_scaling_group = Some(AutoScalingGroup {
        name: format!(
            "awseb-{}-stack-AWSEBAutoScalingGroup-{group_suffix}",
            environment.id
        ),
        min: case.instances,
        max: most,
        desired: case.instances,
    });
    match case.front {
        Front::Public | Front::Internal => {
            let name = format!("awseb--AWSEB-{}", chance.text(UPPER, 12));
            environment.load_balancers = vec![LoadBalancer {
                kind: "application".to_owned(),
                name,
                shared: false,
                ..LoadBalancer::default()
            }];
        }
        Front::Shared => {
            let name = format!("shared-web-{}", number / LIVE_TO_TERMINATED + 1);
            environment.load_balancers = vec![LoadBalancer {
                kind: "application".to_owned(),
                name,
                shared: true,
                ..LoadBalancer::default()
            }];
        }
        Front::Queue => {
            environment.queues = vec![format!(
                "awseb-{}-stack-AWSEBWorkerQueue-{}",
                environment.id,
                chance.text(UPPER, 12)
            )]
        }
    }
    environment.option_settings = options::of(case, &environment);
    environment
}

/// The predecessor of an environment, terminated and of the same name; each 24th has one.
pub(super) fn terminated(recipe: &Recipe, number: u32) -> Option<Environment> {
    if number % LIVE_TO_TERMINATED != LIVE_TO_TERMINATED - 1 {
        return None;
    }
    let first_of_round = number + 1 - LIVE_TO_TERMINATED;
    let case = Case::of(recipe.seed, first_of_round);
    let mut chance = Chance::new(recipe.seed, number, RandomStream::Identity);
    // The live one of this number took the first ten letters of the stream.
    chance.text(LOWER, 10);
    let mut environment = bare(&case, format!("e-{}", chance.text(LOWER, 10)));
    "Terminated".clone_into(&mut environment.status);
    "Grey".clone_into(&mut environment.health);
    Some(environment)
}

/// What an environment has whether it lives or not.
fn bare(case: &Case, id: String) -> Environment {
    let health = if case.peculiarity == Peculiarity::SaturatedCpu {
        "Yellow"
    } else {
        "Green"
    };
    Environment {
        account: ACCOUNT.to_owned(),
        region: REGION.to_owned(),
        application: case.application.clone(),
        name: format!("{}-{}", case.application, case.stage.suffix()),
        id,
        tier: if case.front == Front::Queue {
            "Worker"
        } else {
            "WebServer"
        }
        .to_owned(),
        platform: case.platform.solution_stack().to_owned(),
        status: "Ready".to_owned(),
        health: health.to_owned(),
        cname: None,
        version_label: None,
        tags: BTreeMap::from([("Stack".to_owned(), case.stage.tag().to_owned())]),
        auto_scaling_group: None,
        instances: Vec::new(),
        load_balancers: Vec::new(),
        queues: Vec::new(),
        root_volume_gib: None,
        option_settings: Vec::new(),
        ..Environment::default()
    }
}

/// Those that run, then those of the past.
fn instances(recipe: &Recipe, case: &Case, chance: &mut Chance) -> Vec<Instance> {
    // One deployment replaced all of them at once, a season ago.
    let age_hours = match case.peculiarity {
        Peculiarity::TwoDays => 48,
        _ => {
            i64::from(recipe.days) * 24
                + 24 * i64::from(20 + chance.below(200))
                + i64::from(chance.below(24))
        }
    };
    let launched = recipe.before_end(age_hours);
    let first_zone = chance.below(3);
    let mut one = |turn: u32| Instance {
        id: format!("i-0{}", chance.text(HEXADECIMAL, 16)),
        instance_type: case.instance_type.clone(),
        zone: Some(ZONES[((first_zone + turn) % 3) as usize].to_owned()),
        platform: Some(
            if case.platform.is_windows() {
                "windows"
            } else {
                "linux"
            }
            .to_owned(),
        ),
        launched_at: Some(launched),
        terminated_at: None,
        ..Instance::default()
    };
    let mut instances: Vec<Instance> = (0..case.instances).map(&mut one).collect();
    if case.peculiarity == Peculiarity::Scaled {
        for life in past::saturday_evenings(recipe) {
            for extra in 0..past::EXTRA_INSTANCES {
                let instance = one(case.instances + extra);
                instances.push(Instance {
                    launched_at: Some(life.start),
                    terminated_at: Some(life.end),
                    ..instance
                });
            }
        }
    }
    instances
}
