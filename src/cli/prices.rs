//! `eb2eks prices refresh`: a snapshot in, a file of the list prices that its plan needs out.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use super::arguments::PricesCommand;
use super::progress::Progress;
use super::report_error::CommandError;
use super::{Exit, policy, snapshot, terminal};
use crate::collect::{self, Outcome, RefreshArgs, RefreshError, RefreshedPrices};
use crate::disk;
use crate::price::{PriceFile, StatedPrice, needed, price_file_text};

/// What marks a file as ours: only such a one is ever replaced.
const MARK: &str = "eb2eks prices refresh";

pub(super) fn run(command: &PricesCommand) -> Result<Exit, CommandError> {
    let PricesCommand::Refresh(arguments) = command;
    let policy = policy::read(arguments.policy.as_deref())?;
    let out = arguments.out.as_deref();
    out.map_or(Ok(()), refuse_foreign)?;
    let snapshot = snapshot::read(&arguments.snapshot)?;
    let keys: Vec<(String, String)> = needed(&snapshot.inventory, &policy)
        .into_iter()
        .map(|key| (key.region, key.name))
        .collect();
    let Some(out) = out.filter(|_| !arguments.dry_run) else {
        let dry = collect::dry_refresh(arguments, &keys, &policy.collect);
        terminal::print(collect::dry_refresh_text(&dry).as_bytes())?;
        return Ok(if dry.is_complete() {
            Exit::Complete
        } else {
            Exit::Incomplete
        });
    };
    let refreshed = ask(arguments, &keys, &policy.collect)?;
    write(out, &text(&refreshed)?)?;
    terminal::print(collect::refreshed_text(&refreshed).as_bytes())?;
    let (snapshot, out) = (arguments.snapshot.display(), out.display());
    terminal::tell(&format!(
        "wrote {out}; next: eb2eks plan {snapshot} --prices {out} --out eb2eks-out"
    ));
    Ok(if refreshed.missing.is_empty() {
        Exit::Complete
    } else {
        Exit::Incomplete
    })
}

fn ask(
    arguments: &RefreshArgs,
    keys: &[(String, String)],
    policy: &crate::policy::Collect,
) -> Result<RefreshedPrices, CommandError> {
    let progress = Progress::new("reading prices");
    let refreshed = collect::refresh(arguments, keys, policy, &|share| progress.at(share));
    progress.end();
    refreshed.map_err(|error| CommandError::new(exit_of(&error), error))
}

const fn exit_of(error: &RefreshError) -> Exit {
    match error {
        RefreshError::Account(_) => Exit::Usage,
        RefreshError::NotNeeded => Exit::Incomplete,
        RefreshError::Nothing { outcome, .. } => match outcome {
            Outcome::Unreachable | Outcome::TimedOut => Exit::Network,
            outcome if outcome.stops() => Exit::Credentials,
            _ => Exit::Incomplete,
        },
        _ => Exit::Failure,
    }
}

/// The price file, with what is missing in it as comments. It is read back before it is written: a file that
/// `plan --prices` refuses would be found out too late.
fn text(refreshed: &RefreshedPrices) -> Result<Vec<u8>, CommandError> {
    let failed = |error: String| {
        CommandError::new(
            Exit::Failure,
            format!("cannot make the price file: {error}"),
        )
    };
    let stated = |(key, price): (&String, &collect::ListPrice)| {
        (
            key.clone(),
            StatedPrice {
                usd: price.usd,
                source: collect::provenance(price, &refreshed.day),
            },
        )
    };
    let prices: BTreeMap<String, StatedPrice> = refreshed.prices.iter().map(stated).collect();
    let mut remarks = vec![
        format!(
            "{MARK}: AWS Price List Query API, asked in {} on {}",
            refreshed.endpoint, refreshed.day
        ),
        "US dollars at list price, before tax; plan --prices lays them over the price book"
            .to_owned(),
    ];
    remarks.extend(
        refreshed
            .missing
            .iter()
            .map(|one| format!("missing: {}: {}", one.key.escape_debug(), one.why)),
    );
    let text = price_file_text(&remarks, &prices).map_err(|error| failed(error.to_string()))?;
    PriceFile::read("it", &String::from_utf8_lossy(&text))
        .map_err(|error| failed(error.to_string()))?;
    Ok(text)
}

/// Refuses to replace a file that this command has not written.
fn refuse_foreign(out: &Path) -> Result<(), CommandError> {
    let is_ours = match disk::read_regular(out, disk::MOST_TEXT_BYTES) {
        Ok(text) => text.starts_with(format!("# {MARK}").as_bytes()),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    };
    if is_ours {
        return Ok(());
    }
    let message = format!(
        "{} exists and was not written by prices refresh\nhint: name another file with --out, or remove this one",
        out.display()
    );
    Err(CommandError::new(Exit::Usage, message))
}

/// Whole or not at all: beside its place, then in one step.
fn write(out: &Path, text: &[u8]) -> Result<(), CommandError> {
    let folder = out
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or_else(|| Path::new("."));
    let written = || {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(text)?;
        file.as_file().sync_all()?;
        file.persist(out).map_err(|error| error.error).map(drop)
    };
    written().map_err(|error: io::Error| {
        let message = format!(
            "cannot write {}: {}\nhint: is the disk full, or the folder not yours or not there?",
            out.display(),
            disk::in_words(&error)
        );
        CommandError::new(Exit::Failure, message)
    })
}
