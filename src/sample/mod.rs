//! Made-up fleets, in the snapshot's own terms: a first look without an account, and fleets of any
//! size to measure with.
//!
//! Comes in: a [`Recipe`] (how many environments, how many days, which seed). Goes out: a manifest
//! that says that it is made up, an inventory and a history. The first 24 environments are written
//! down in `fleet.csv`: mostly idle, in the rhythm of a Japanese travel site, and among them one of
//! each case that makes sizing hard. Larger fleets repeat them with other names and numbers. This
//! room refuses to imitate any real system, and it knows nothing of how fleets are sized. Invariant:
//! environment k depends on the recipe's seed, days and end, and on k; never on the fleet's size, the
//! threads or the platform (basic arithmetic only: a sine or a logarithm differs in its last digit).

mod case;
mod chance;
mod credits;
mod demand;
mod environment;
mod history;
mod network;
mod options;
mod past;
mod recipe;
#[cfg(test)]
mod tests;

use std::path::Path;

use rayon::prelude::*;

use std::collections::BTreeSet;

use crate::snapshot::{
    self, Environment, EnvironmentKey, Gap, InstanceProfile, Inventory, Manifest, MetricsWriter,
    Scope, Series, SnapshotError,
};

use case::{Case, Peculiarity};
pub use recipe::Recipe;

/// Environments whose history is made at the same time. A constant, so that memory does not depend
/// on the machine: about 6 series of 18,144 samples each, 28 MB.
const ENVIRONMENTS_AT_ONCE: usize = 64;

/// A made-up snapshot in memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Fleet {
    /// Says that it is made up, and from which seed.
    pub manifest: Manifest,
    /// The environments and their network.
    pub inventory: Inventory,
    /// All series, environment by environment.
    pub series: Vec<(EnvironmentKey, Series)>,
}

/// A whole fleet in memory; for large ones see [`write_snapshot`] and [`environments`].
#[must_use]
pub fn fleet(recipe: &Recipe) -> Fleet {
    let (manifest, inventory) = facts(recipe);
    let histories: Vec<_> = (0..recipe.environments)
        .into_par_iter()
        .map(|number| environment(recipe, number))
        .collect();
    let series = histories.into_iter().flat_map(|(environment, series)| {
        let key = environment.key();
        series.into_iter().map(move |series| (key.clone(), series))
    });
    Fleet {
        manifest,
        inventory,
        series: series.collect(),
    }
}

/// The environments one after the other, each with its history; for fleets larger than memory.
pub fn environments(recipe: &Recipe) -> impl Iterator<Item = (Environment, Vec<Series>)> {
    (0..recipe.environments).map(|number| environment(recipe, number))
}

/// The live environment of that number (from 0) and its history.
#[must_use]
pub fn environment(recipe: &Recipe, number: u32) -> (Environment, Vec<Series>) {
    let case = Case::of(recipe.seed, number);
    let environment = environment::live(recipe, number, &case);
    let series = history::of(recipe, number, &case, &environment);
    (environment, series)
}

/// Makes the fleet and writes it as a snapshot into `folder`, which must exist. Memory is that of 64
/// environments, however many there are.
///
/// # Errors
/// When the disk refuses.
pub fn write_snapshot(recipe: &Recipe, folder: &Path) -> Result<(), SnapshotError> {
    let (manifest, inventory) = facts(recipe);
    let mut numbers: Vec<(EnvironmentKey, u32)> = inventory
        .environments
        .iter()
        .map(Environment::key)
        .zip(0..recipe.environments)
        .collect();
    numbers.sort();
    let mut metrics = MetricsWriter::create(folder)?;
    for batch in numbers.chunks(ENVIRONMENTS_AT_ONCE) {
        let made: Vec<_> = batch
            .par_iter()
            .map(|(key, number)| (key, environment(recipe, *number).1))
            .collect();
        for (key, series) in made {
            metrics.append(key, series)?;
        }
    }
    metrics.finish()?;
    snapshot::write(folder, &manifest, &inventory)
}

/// Everything but the history. The live environments come first, in the order of their numbers.
fn facts(recipe: &Recipe) -> (Manifest, Inventory) {
    let cases: Vec<Case> = (0..recipe.environments)
        .map(|number| Case::of(recipe.seed, number))
        .collect();
    let mut environments: Vec<Environment> = (0..)
        .zip(&cases)
        .map(|(number, case)| environment::live(recipe, number, case))
        .collect();
    let gaps = cases
        .iter()
        .zip(&environments)
        .filter_map(|(case, environment)| gap(case, environment))
        .collect();
    environments.extend(
        (0..recipe.environments).filter_map(|number| environment::terminated(recipe, number)),
    );
    let (vpcs, subnets) = network::made_up();
    let inventory = Inventory {
        instance_profiles: profiles(&environments),
        environments,
        vpcs,
        subnets,
        ..Inventory::default()
    };
    let scope = Scope {
        account: network::ACCOUNT.to_owned(),
        region: network::REGION.to_owned(),
        status: "complete".to_owned(),
        gaps,
        coverage: None,
    };
    let manifest = Manifest {
        format: snapshot::FORMAT.to_owned(),
        collected_at: recipe.end,
        // No version: a release alone must not change the fixture.
        tool: "eb2eks sample".to_owned(),
        window: recipe.window(),
        scopes: vec![scope],
        note: Some(recipe.note()),
    };
    (manifest, inventory)
}

/// What a collection of this environment would have reported as missing.
/// Profiles whose roles are called something else, as those that Terraform makes often are.
fn profiles(environments: &[Environment]) -> Vec<InstanceProfile> {
    let of = |environment: &Environment| {
        let name = environment
            .option_settings
            .iter()
            .find(|setting| setting.name == "IamInstanceProfile")?
            .value
            .clone()?;
        let account = environment.account.clone();
        let role = name.trim_end_matches("-instance-profile");
        let role_arn = Some(format!("arn:aws:iam::{account}:role/beanstalk/{role}-app"));
        Some(InstanceProfile {
            account,
            name,
            role_arn,
        })
    };
    let profiles: BTreeSet<InstanceProfile> = environments.iter().filter_map(of).collect();
    profiles.into_iter().collect()
}

fn gap(case: &Case, environment: &Environment) -> Option<Gap> {
    let why = match case.peculiarity {
        Peculiarity::NoMemory => "no CloudWatch agent publishes it",
        Peculiarity::PartialSeries => "CloudWatch answered PartialData for one of its instances",
        _ => return None,
    };
    Some(Gap {
        what: format!("memory_percent of {}", environment.name),
        why: why.to_owned(),
    })
}
