//! The snapshot as a folder.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::bounded::Extent;
use super::checksums::{ChecksummedManifest, Checksums, hexadecimal};
use super::{Environment, FORMAT, History, Inventory, Manifest, SnapshotError, Window};
use crate::disk::{open_regular, read_regular};
use crate::units::plain_words::of_parser;

/// A folder's facts; the history stays on disk until it is asked for.
#[derive(Debug)]
pub struct Snapshot {
    /// When, where, how completely.
    pub manifest: Manifest,
    /// The environments and networks.
    pub inventory: Inventory,
    /// CPU, memory and more over time.
    pub history: History,
    /// What was read, so that a plan can be traced to its bytes.
    pub files: Vec<InputFile>,
}

/// A file that a plan was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct InputFile {
    /// Its name in the folder.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Of its content, in hexadecimal.
    pub sha256: String,
}

/// Memory grows with the window, samples or not.
const MOST_DAYS: u64 = Extent::LONGEST_DAYS;

/// The earliest "today": Beanstalk exists since January 2011. Earlier ones are slips of the pen, and prices and
/// ends of support are counted from it.
const EARLIEST: Timestamp = Timestamp::constant(1_293_840_000, 0);

/// The latest, 2100: a plan adds years of terms to it.
const LATEST: Timestamp = Timestamp::constant(4_102_444_800, 0);

/// Bytes of manifest and inventory. Ten thousand environments with all their settings have 300 MB.
const MOST_JSON_BYTES: u64 = 4 << 30;

const MANIFEST: &str = "manifest.json";
const INVENTORY: &str = "inventory.json";
pub(super) const METRICS: &str = "metrics.parquet";
/// The files of a snapshot.
pub const SNAPSHOT_FILES: [&str; 3] = [MANIFEST, INVENTORY, METRICS];

impl Snapshot {
    /// Reads manifest and inventory of the snapshot in `folder` and opens its history.
    ///
    /// # Errors
    /// Names the file and what is wrong with it; see [`SnapshotError`].
    pub fn read(folder: &Path) -> Result<Self, SnapshotError> {
        let (manifest, of_manifest, sums) = read_manifest(folder)?;
        if !(EARLIEST..LATEST).contains(&manifest.collected_at) {
            return Err(SnapshotError::Collected {
                at: manifest.collected_at,
            });
        }
        if manifest.window.seconds() == 0 {
            return Err(SnapshotError::Window {
                start: manifest.window.start,
                end: manifest.window.end,
            });
        }
        if manifest.window.seconds() > MOST_DAYS * 86_400 {
            let Window { start, end } = manifest.window;
            return Err(SnapshotError::LongWindow {
                start,
                end,
                most_days: MOST_DAYS,
            });
        }
        // Each takes about a tenth of a second for a thousand environments.
        let (inventory, (of_history, history)) = rayon::join(
            || read_inventory(folder, &sums),
            || {
                rayon::join(
                    || fingerprint_of_large(folder, METRICS),
                    || History::open(folder.join(METRICS), Extent::of(manifest.window)),
                )
            },
        );
        let (inventory, of_inventory) = inventory?;
        let of_history = of_history?;
        // Before what the reader makes of it: damage is told as damage.
        sums.check(&folder.join(METRICS), METRICS, &of_history.sha256)?;
        refuse_duplicates(&inventory.environments)?;
        refuse_absurd_volumes(&inventory.environments)?;
        refuse_absurd_groups(&inventory.environments)?;
        if inventory
            .environments
            .iter()
            .all(Environment::is_terminated)
        {
            return Err(SnapshotError::Empty);
        }
        Ok(Self {
            manifest,
            inventory,
            files: vec![of_manifest, of_inventory, of_history],
            history: history?,
        })
    }
}

/// Writes manifest and inventory into `folder`, beside the finished history of [`super::MetricsWriter`]: the manifest
/// gets the checksums of all three.
///
/// # Errors
/// When there is no history yet, or the disk refuses.
pub fn write(
    folder: &Path,
    manifest: &Manifest,
    inventory: &Inventory,
) -> Result<(), SnapshotError> {
    let history = fingerprint_of_large(folder, METRICS)?;
    let inventory = write_json(&folder.join(INVENTORY), inventory)?;
    let path = folder.join(MANIFEST);
    let others = [(METRICS, history.sha256), (INVENTORY, inventory)];
    let sealed = ChecksummedManifest::new(manifest, MANIFEST, others);
    let sealed = sealed.map_err(|error| SnapshotError::Unwritable {
        path: path.clone(),
        source: error.into(),
    })?;
    write_json(&path, &sealed).map(drop)
}

/// Returns the SHA-256 of what was written.
fn write_json(path: &Path, value: &impl Serialize) -> Result<String, SnapshotError> {
    let unwritable = |source| SnapshotError::Unwritable {
        path: path.to_owned(),
        source,
    };
    let mut text = serde_json::to_string_pretty(value).map_err(|error| unwritable(error.into()))?;
    text.push('\n');
    let write = |mut file: fs::File| {
        file.write_all(text.as_bytes())
            .and_then(|()| file.sync_all())
    };
    create_private(path).and_then(write).map_err(unwritable)?;
    Ok(hexadecimal(&Sha256::digest(&text)))
}

/// A new file that only its owner can read: names and settings of a company's systems stand in it.
pub(super) fn create_private(path: &Path) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// The format is checked before the rest: a later version may look different altogether.
fn read_manifest(folder: &Path) -> Result<(Manifest, InputFile, Checksums), SnapshotError> {
    #[derive(serde::Deserialize)]
    struct OnlyFormat {
        format: String,
    }
    let path = folder.join(MANIFEST);
    let bytes = read_bytes(&path)?;
    let OnlyFormat { format } = parse(&path, &bytes)?;
    if format != FORMAT {
        return Err(SnapshotError::Format {
            path,
            found: format,
            expected: FORMAT,
        });
    }
    let sums = Checksums::of(&path, &bytes, MANIFEST)?;
    Ok((parse(&path, &bytes)?, InputFile::of(&path, &bytes), sums))
}

fn read_inventory(
    folder: &Path,
    sums: &Checksums,
) -> Result<(Inventory, InputFile), SnapshotError> {
    let path = folder.join(INVENTORY);
    let bytes = read_bytes(&path)?;
    let file = InputFile::of(&path, &bytes);
    sums.check(&path, INVENTORY, &file.sha256)?;
    Ok((parse(&path, &bytes)?, file))
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, SnapshotError> {
    read_regular(path, MOST_JSON_BYTES).map_err(|source| SnapshotError::Unreadable {
        path: path.to_owned(),
        source,
    })
}

fn parse<T: DeserializeOwned>(path: &PathBuf, bytes: &[u8]) -> Result<T, SnapshotError> {
    serde_json::from_slice(bytes).map_err(|error| SnapshotError::Malformed {
        path: path.to_owned(),
        message: of_parser(&error.to_string()),
    })
}

impl InputFile {
    /// Of a file that was read whole; only its name is kept of where it lies.
    #[must_use]
    pub fn of(path: &Path, bytes: &[u8]) -> Self {
        let name = path.file_name().map_or_else(
            || path.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        );
        Self {
            name,
            bytes: bytes.len() as u64,
            sha256: hexadecimal(&Sha256::digest(bytes)),
        }
    }
}

/// The same, a piece at a time: the history of a thousand environments has a hundred megabytes.
fn fingerprint_of_large(folder: &Path, name: &str) -> Result<InputFile, SnapshotError> {
    let path = folder.join(name);
    let unreadable = |source| SnapshotError::Unreadable {
        path: path.clone(),
        source,
    };
    let mut file = open_regular(&path).map_err(unreadable)?;
    let (mut hash, mut bytes, mut piece) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        let length = file.read(&mut piece).map_err(unreadable)?;
        if length == 0 {
            return Ok(InputFile {
                name: name.to_owned(),
                bytes,
                sha256: hexadecimal(&hash.finalize()),
            });
        }
        hash.update(&piece[..length]);
        bytes += length as u64;
    }
}

/// The largest volume of EBS.
const MOST_GIB: u32 = 65_536;

fn refuse_absurd_volumes(environments: &[Environment]) -> Result<(), SnapshotError> {
    let absurd = environments.iter().find_map(|environment| {
        Some((
            environment,
            environment.root_volume_gib.filter(|gib| *gib > MOST_GIB)?,
        ))
    });
    absurd.map_or(Ok(()), |(environment, gib)| {
        Err(SnapshotError::RootVolume {
            name: environment.name.clone(),
            gib,
        })
    })
}

/// The most that `aws:autoscaling:asg` takes for `MinSize` and `MaxSize` (developer guide, "General options").
const MOST_INSTANCES: u32 = 10_000;

fn refuse_absurd_groups(environments: &[Environment]) -> Result<(), SnapshotError> {
    let absurd = environments.iter().find_map(|environment| {
        let group = environment.auto_scaling_group.as_ref()?;
        let most = group.min.max(group.max).max(group.desired);
        (most > MOST_INSTANCES).then_some((environment, most))
    });
    absurd.map_or(Ok(()), |(environment, instances)| {
        Err(SnapshotError::GroupSize {
            name: environment.name.clone(),
            instances,
            most: MOST_INSTANCES,
        })
    })
}

fn refuse_duplicate_instances(environments: &[Environment]) -> Result<(), SnapshotError> {
    let mut counts: BTreeMap<(&str, &str, &str), (usize, &str)> = BTreeMap::new();
    for environment in environments
        .iter()
        .filter(|environment| !environment.is_terminated())
    {
        for instance in &environment.instances {
            let key = (
                environment.account.as_str(),
                environment.region.as_str(),
                instance.id.as_str(),
            );
            counts.entry(key).or_insert((0, &environment.name)).0 += 1;
        }
    }
    match counts.into_iter().find(|(_, (count, _))| *count > 1) {
        Some(((_, _, id), (count, name))) => Err(SnapshotError::DuplicateInstance {
            id: id.to_owned(),
            name: name.to_owned(),
            count,
        }),
        None => Ok(()),
    }
}

/// Live environments are unique by id, and by name within an account and region.
fn refuse_duplicates(environments: &[Environment]) -> Result<(), SnapshotError> {
    refuse_duplicate_instances(environments)?;
    let mut counts: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for environment in environments
        .iter()
        .filter(|environment| !environment.is_terminated())
    {
        let named = format!(
            "{}/{}/{}",
            environment.account, environment.region, environment.name
        );
        for key in [environment.key().to_string(), named] {
            counts.entry(key).or_insert((0, &environment.name)).0 += 1;
        }
    }
    match counts.into_iter().find(|(_, (count, _))| *count > 1) {
        Some((key, (count, name))) => Err(SnapshotError::Duplicate {
            name: name.to_owned(),
            key,
            count,
        }),
        None => Ok(()),
    }
}
