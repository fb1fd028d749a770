//! From what the scopes answered to the three files of a snapshot.

use std::path::Path;

use jiff::Timestamp;

use super::collection::Collection;
use super::inventory::anonymize;
use super::metrics::Retention;
use super::parts;
use super::summary::ScopeSummary;
use super::work_folder::Settings;
use crate::snapshot::{
    self, Coverage, FORMAT, Gap, Inventory, Manifest, MetricsWriter, Scope, SnapshotError, Window,
};

/// Writes the snapshot into `folder` and says how each scope went.
///
/// # Errors
/// When the disk refuses, or a part of the history has been damaged on it.
pub(super) fn write(
    folder: &Path,
    settings: &Settings,
    now: Timestamp,
    mut collections: Vec<Collection>,
) -> Result<Vec<ScopeSummary>, SnapshotError> {
    collections
        .sort_by(|one, other| (&one.account, &one.region).cmp(&(&other.account, &other.region)));
    let mut inventory = Inventory::default();
    let mut scopes: Vec<Scope> = Vec::new();
    let mut manifest = manifest(settings, now);
    for collection in &mut collections {
        scopes.push(Scope {
            account: collection.account.clone(),
            region: collection.region.clone(),
            status: collection.status(),
            gaps: collection.gaps.clone(),
            coverage: Some(collection.coverage.clone()),
        });
        collection.add_to(&mut inventory);
    }
    expect(settings, &inventory, &mut scopes);
    manifest.scopes = scopes;
    let mut names = settings
        .anonymize
        .then(|| anonymize(&mut manifest, &mut inventory));
    let mut metrics = MetricsWriter::create(folder)?;
    for (collection, scope) in collections.iter().zip(&mut manifest.scopes) {
        let mut coverage = scope.coverage.take().unwrap_or_default();
        for part in &collection.parts {
            let count = parts::copy(part.clone(), &mut metrics, |key, series| match &mut names {
                Some(names) => names.rename(key, series),
                None => (key.clone(), series),
            })?;
            add(&mut coverage, &count);
        }
        scope.coverage = Some(coverage);
    }
    metrics.finish()?;
    snapshot::write(folder, &manifest, &inventory)?;
    let found = collections.iter().zip(manifest.scopes);
    Ok(found
        .map(|(one, scope)| ScopeSummary {
            label: one.label.clone(),
            environments: one.environments.len(),
            scope,
        })
        .collect())
}

fn manifest(settings: &Settings, now: Timestamp) -> Manifest {
    let days = i64::from(Retention::days(settings.five_minute_days, 300));
    let start =
        Timestamp::from_second(now.as_second() - days * 86_400).unwrap_or(Timestamp::UNIX_EPOCH);
    Manifest {
        format: FORMAT.to_owned(),
        collected_at: now,
        tool: concat!("eb2eks ", env!("CARGO_PKG_VERSION")).to_owned(),
        window: Window { start, end: now },
        scopes: Vec::new(),
        note: None,
    }
}

/// Somebody knows how many there should be; Beanstalk itself would not say that it hides some.
fn expect(settings: &Settings, inventory: &Inventory, scopes: &mut [Scope]) {
    let seen = inventory.environments.len();
    let Some(expected) = settings
        .expect_environments
        .filter(|expected| seen < *expected)
    else {
        return;
    };
    for scope in scopes {
        scope.gaps.push(Gap {
            what: format!("{} environments", expected - seen),
            why: format!("{expected} were expected in all accounts and regions together, and {seen} were seen"),
        });
        if scope.is_complete() {
            "incomplete".clone_into(&mut scope.status);
        }
    }
}

fn add(coverage: &mut Coverage, count: &parts::SeriesCount) {
    for (status, series) in &count.statuses {
        *coverage.series.entry(status.clone()).or_default() += series;
    }
    coverage.points_expected += count.expected;
    coverage.points_came += count.came;
}
