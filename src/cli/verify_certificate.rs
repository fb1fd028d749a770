//! `eb2eks verify-certificate`: certificates or plans in, what each proves, or why it is refused, out.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::arguments::VerifyCertificateArguments;
use super::report_error::CommandError;
use super::{Exit, rows as printed, terminal};
use crate::check;
use crate::disk;
use crate::plan::Certificate;
use crate::render::{readable, table};
use crate::units::plain_words;

/// What one certificate proves.
#[derive(Debug, Serialize)]
struct Row {
    certificate: String,
    subject: String,
    accepted: bool,
    /// Of an accepted one.
    bins: Option<u64>,
    /// Of an accepted one.
    bound: Option<u64>,
    /// Of an accepted one: whether no packing has fewer bins.
    optimal: Option<bool>,
    /// Of a refused one.
    reason: Option<String>,
}

pub(super) fn run(arguments: &VerifyCertificateArguments) -> Result<Exit, CommandError> {
    let mut rows = Vec::new();
    for path in certificates(&arguments.certificates)? {
        let certificate = read(&path)?;
        rows.push(one(&path, &certificate, arguments.instances.as_deref())?);
    }
    printed::print(&rows, arguments.output, Some(&|| text(&rows)))?;
    Ok(if rows.iter().all(|row| row.accepted) {
        Exit::Complete
    } else {
        Exit::NoPlan
    })
}

/// Files as they are, of folders all that end in `.json`, by name.
fn certificates(paths: &[PathBuf]) -> Result<Vec<PathBuf>, CommandError> {
    let mut found = Vec::new();
    for path in paths {
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
        let entries = fs::read_dir(path).and_then(|entries| {
            entries
                .map(|entry| Ok(entry?.path()))
                .collect::<std::io::Result<Vec<PathBuf>>>()
        });
        let mut files = entries.map_err(|error| bad(path, &disk::plain(error)))?;
        files.retain(|file| {
            file.extension()
                .is_some_and(|extension| extension == "json")
        });
        if files.is_empty() {
            return Err(bad(path, &format!("no certificate in this folder\n{FROM}")));
        }
        files.sort();
        found.extend(files);
    }
    Ok(found)
}

fn read(path: &Path) -> Result<Certificate, CommandError> {
    let text = disk::read_regular(path, disk::MOST_TEXT_BYTES)
        .map_err(|error| bad(path, &format!("{error}\n{FROM}")))?;
    serde_json::from_slice(&text).map_err(|error| {
        bad(
            path,
            &format!(
                "no certificate: {}\n{FROM}",
                plain_words::of_parser(&error.to_string())
            ),
        )
    })
}

/// Where there are certificates.
const FROM: &str =
    "hint: a plan has them in certificates/, and eb2eks solve --certificate DIR writes them";

fn bad(path: &Path, error: &dyn std::fmt::Display) -> CommandError {
    CommandError::new(Exit::BadInput, format!("{}: {error}", path.display()))
}

fn one(
    path: &Path,
    certificate: &Certificate,
    instances: Option<&Path>,
) -> Result<Row, CommandError> {
    let row = Row {
        certificate: path.display().to_string(),
        subject: certificate.subject.clone(),
        accepted: false,
        bins: None,
        bound: None,
        optimal: None,
        reason: None,
    };
    if let Some(folder) = instances {
        // A name with folders in it would read anything.
        let name = Path::new(&certificate.subject)
            .file_name()
            .unwrap_or_default();
        let instance = folder.join(name);
        let text = disk::read_text(&instance, disk::MOST_TEXT_BYTES)
            .map_err(|error| bad(&instance, &error))?;
        if let Err(difference) = check::is_about(certificate, &text) {
            return Ok(Row {
                reason: Some(format!("not about {}: {difference}", instance.display())),
                ..row
            });
        }
    }
    Ok(match check::verify(certificate) {
        Ok(proven) => Row {
            accepted: true,
            bins: Some(proven.bins),
            bound: Some(proven.bound),
            optimal: Some(proven.is_optimal()),
            ..row
        },
        Err(refused) => Row {
            reason: Some(refused.to_string()),
            ..row
        },
    })
}

fn text(rows: &[Row]) -> String {
    let number =
        |number: Option<u64>| number.map_or_else(|| "-".to_owned(), |number| number.to_string());
    let cells = |row: &Row| {
        let verdict = match (&row.reason, row.optimal) {
            (Some(reason), _) => format!("refused: {reason}"),
            (None, Some(true)) => "proven fewest".to_owned(),
            (None, _) => "proven".to_owned(),
        };
        vec![
            terminal::printable(&row.certificate),
            number(row.bins),
            number(row.bound),
            terminal::printable(&verdict),
        ]
    };
    let (accepted, optimal) = (
        rows.iter().filter(|row| row.accepted).count(),
        rows.iter().filter(|row| row.optimal == Some(true)).count(),
    );
    let table = table(
        &["Certificate", "Bins", "Bound", "Verdict"],
        rows.iter().map(cells).collect(),
        &[1, 2],
        readable(terminal::width()),
    );
    format!(
        "{table}\n{accepted} of {} accepted, {optimal} of them proven fewest.\n",
        rows.len()
    )
}
