//! The snapshot with the imported series beside its own.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;

use super::{Import, Options};
use crate::snapshot::{
    self, Environment, Gap, Inventory, Manifest, MetricsWriter, Scope, Snapshot, SnapshotError,
    Window,
};

/// Writes `base` and `import` as one snapshot into `folder`, which must exist. What `base` holds stays as
/// it is; its window grows; `collected_at` stays that of `base`.
///
/// # Errors
/// When the history of `base` is damaged, holds such a series already, or the disk refuses.
pub fn complete(
    folder: &Path,
    base: &Snapshot,
    mut import: Import,
    options: &Options,
) -> Result<(), SnapshotError> {
    let mut manifest = base.manifest.clone();
    if let Some(Window { start, end }) = import.window {
        manifest.window = Window {
            start: manifest.window.start.min(start),
            end: manifest.window.end.max(end),
        };
    }
    manifest.tool = format!("{}, eb2eks import", manifest.tool);
    let note = note(&import, options);
    manifest.note = Some(
        manifest
            .note
            .map_or_else(|| note.clone(), |before| format!("{before}\n{note}")),
    );
    let gaps = gaps(&import);
    if manifest.scopes.is_empty() {
        let of = |environment: &Environment| Scope {
            account: environment.account.clone(),
            region: environment.region.clone(),
            status: "complete".to_owned(),
            gaps: Vec::new(),
            coverage: None,
        };
        manifest
            .scopes
            .extend(base.inventory.environments.first().map(of));
    }
    if let Some(scope) = manifest.scopes.first_mut() {
        scope.gaps.extend(gaps);
    }
    let mut metrics = MetricsWriter::create(folder)?;
    base.history.visit(|key, mut series| {
        let later = import.series.split_off(key);
        for (before, imported) in std::mem::replace(&mut import.series, later) {
            metrics.append(&before, imported)?;
        }
        series.extend(import.series.remove(key).unwrap_or_default());
        metrics.append(key, series)
    })?;
    for (key, imported) in import.series {
        metrics.append(&key, imported)?;
    }
    metrics.finish()?;
    snapshot::write(folder, &manifest, &base.inventory)?;
    // Reading it again refuses what no plan would take: the same import twice, a window of decades.
    Snapshot::read(folder)?.history.visit(|_, _| Ok(()))
}

/// Writes `inventory` and `import` as a snapshot of their own into `folder`, which must exist. Its "today"
/// is the moment after the last sample: no other clock is known.
///
/// # Errors
/// When the disk refuses, or what was imported is no snapshot that a plan could take.
pub fn build(
    folder: &Path,
    inventory: &Inventory,
    import: Import,
    options: &Options,
) -> Result<(), SnapshotError> {
    let window = import.window.unwrap_or(Window {
        start: Timestamp::UNIX_EPOCH,
        end: Timestamp::UNIX_EPOCH,
    });
    let places: BTreeSet<(&str, &str)> = inventory
        .environments
        .iter()
        .map(|environment| (environment.account.as_str(), environment.region.as_str()))
        .collect();
    let scope = |(account, region): (&str, &str)| Scope {
        account: account.to_owned(),
        region: region.to_owned(),
        status: "complete".to_owned(),
        gaps: vec![Gap {
            what: "option settings, load balancers, volumes and networks".to_owned(),
            why: "a list of machines does not have them".to_owned(),
        }],
        coverage: None,
    };
    let mut scopes: Vec<Scope> = places.into_iter().map(scope).collect();
    if let Some(first) = scopes.first_mut() {
        first.gaps.extend(gaps(&import));
    }
    let manifest = Manifest {
        format: snapshot::FORMAT.to_owned(),
        collected_at: window.end,
        tool: "eb2eks import".to_owned(),
        window,
        scopes,
        note: Some(note(&import, options)),
    };
    let mut metrics = MetricsWriter::create(folder)?;
    for (key, imported) in import.series {
        metrics.append(&key, imported)?;
    }
    metrics.finish()?;
    snapshot::write(folder, &manifest, inventory)?;
    Snapshot::read(folder)?.history.visit(|_, _| Ok(()))
}

fn note(import: &Import, options: &Options) -> String {
    format!(
        "imported from CSV: {} ({} rows; {})",
        options.source,
        import.rows,
        import.remarks.join("; ")
    )
}

fn gaps(import: &Import) -> Vec<Gap> {
    let unknown = import.unknown.iter().map(|(name, (why, rows))| Gap {
        what: format!("{rows} imported rows of {name:?}"),
        why: (*why).to_owned(),
    });
    let told: u64 = import.unknown.values().map(|(_, rows)| rows).sum();
    let others = (import.unknown_rows > told).then(|| Gap {
        what: format!("{} more imported rows", import.unknown_rows - told),
        why: "of environments or instances that are not in the snapshot".to_owned(),
    });
    let bad = (import.bad > 0).then(|| Gap {
        what: format!("{} imported rows", import.bad),
        why: "they could not be read and were skipped".to_owned(),
    });
    let tiny = import.looks_like_fractions.then(|| Gap {
        what: "imported cpu_percent".to_owned(),
        why: "no value is above 1: were they fractions?".to_owned(),
    });
    unknown.chain(others).chain(bad).chain(tiny).collect()
}
