//! `eb2eks solve`: instances of vector bin packing in, packings and certificates out.

#![expect(
    clippy::disallowed_methods,
    reason = "the edge reads instances and the clock, and writes certificates"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::Serialize;

use super::arguments::SolveArguments;
use super::report_error::CommandError;
use super::{Exit, rows as printed, terminal};
use crate::check;
use crate::disk;
use crate::pack::vector::{Budget, Certificate, Problem, Solution, VbpError, read_vbp, solve};
use crate::render::{readable, table};

/// What came of one instance.
#[derive(Debug, Serialize)]
struct Row {
    file: String,
    bins: u32,
    bound: u32,
    /// Bound and bins are equal, and the check accepts the proof.
    certified: bool,
    seconds: f64,
}

pub(super) fn run(arguments: &SolveArguments) -> Result<Exit, CommandError> {
    // All of them first: a slip in the last name should not cost the hours of those before.
    let instances = arguments
        .files
        .iter()
        .map(|path| Ok((path, read(path)?)))
        .collect::<Result<Vec<(&PathBuf, Problem)>, CommandError>>()?;
    let outputs = arguments
        .certificate
        .as_deref()
        .map(|folder| outputs(folder, &arguments.files))
        .transpose()?;
    let mut rows = Vec::new();
    for (path, problem) in instances {
        let (row, certificate) = one(path, &problem, arguments.seconds)?;
        if let Some(output) = outputs.as_ref().and_then(|outputs| outputs.get(path)) {
            write(output, &certificate)?;
        }
        rows.push(row);
    }
    printed::print(&rows, arguments.output, Some(&|| text(&rows)))?;
    Ok(Exit::Complete)
}

pub(super) fn read(path: &Path) -> Result<Problem, CommandError> {
    let text = disk::read_text(path, disk::MOST_TEXT_BYTES).map_err(|error| {
        bad(
            path,
            &format!("{error}\nhint: name a file of an instance (.vbp)"),
        )
    })?;
    read_vbp(&text).map_err(|error| match error {
        VbpError::Problem(_) => CommandError::new(Exit::NoPlan, format!("{}: {error}", path.display())),
        _ => bad(path, &format!("{error}\nhint: number of resources, capacities, number of item types, then sizes and demand of each")),
    })
}

fn bad(path: &Path, error: &dyn std::fmt::Display) -> CommandError {
    CommandError::new(Exit::BadInput, format!("{}: {error}", path.display()))
}

/// Where each certificate goes: the folder, and the file's name with another ending.
fn outputs<'a>(
    folder: &Path,
    files: &'a [PathBuf],
) -> Result<BTreeMap<&'a PathBuf, PathBuf>, CommandError> {
    fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
    let mut taken: BTreeMap<PathBuf, &PathBuf> = BTreeMap::new();
    for file in files {
        let output = folder
            .join(file.file_stem().unwrap_or(file.as_os_str()))
            .with_added_extension("json");
        if let Some(other) = taken
            .insert(output.clone(), file)
            .filter(|&other| other != file)
        {
            let message = format!(
                "{} and {} would both write {}\nhint: solve them in two runs, with two folders",
                other.display(),
                file.display(),
                output.display()
            );
            return Err(CommandError::new(Exit::Usage, message));
        }
    }
    Ok(taken
        .into_iter()
        .map(|(output, file)| (file, output))
        .collect())
}

fn one(path: &Path, problem: &Problem, seconds: f64) -> Result<(Row, Certificate), CommandError> {
    let (start, most) = (Instant::now(), Duration::from_secs_f64(seconds));
    let solution = solve(problem, &Budget::new(u64::MAX, &|| start.elapsed() >= most));
    let seconds = start.elapsed().as_millis();
    let certificate = Certificate::new(
        &name(path),
        problem,
        &solution,
        &[],
        solution.bound.rule.in_words(),
    );
    let proven = check::verify(&certificate).map_err(|error| {
        CommandError::new(
            Exit::Failure,
            format!(
                "{}: the check refuses the solution: {error}\nhint: this is a defect of eb2eks; please report it with the instance",
                path.display()
            ),
        )
    })?;
    Ok((
        row(path, &solution, proven.is_optimal(), seconds),
        certificate,
    ))
}

fn row(path: &Path, solution: &Solution, is_optimal: bool, milliseconds: u128) -> Row {
    let seconds =
        Duration::from_millis(u64::try_from(milliseconds).unwrap_or(u64::MAX)).as_secs_f64();
    Row {
        file: path.display().to_string(),
        bins: solution.used(),
        bound: solution.bound.bins,
        certified: is_optimal,
        seconds,
    }
}

/// Without folders, so that a certificate does not tell where somebody keeps the instance.
fn name(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn write(path: &Path, certificate: &Certificate) -> Result<(), CommandError> {
    let json = serde_json::to_string(certificate)
        .map_err(|error| CommandError::new(Exit::Failure, error))?;
    fs::write(path, json + "\n").map_err(|error| cannot_write(path, &error))
}

fn cannot_write(path: &Path, error: &std::io::Error) -> CommandError {
    CommandError::new(
        Exit::Failure,
        format!(
            "cannot write {}: {}\nhint: is the disk full, or the folder not yours?",
            path.display(),
            disk::in_words(error)
        ),
    )
}

fn text(rows: &[Row]) -> String {
    let cells = |row: &Row| {
        let certified = if row.certified { "yes" } else { "no" };
        vec![
            terminal::printable(&row.file),
            row.bins.to_string(),
            row.bound.to_string(),
            certified.to_owned(),
            format!("{:.2}", row.seconds),
        ]
    };
    let certified = rows.iter().filter(|row| row.certified).count();
    let (bins, bound): (u64, u64) = (
        rows.iter().map(|row| u64::from(row.bins)).sum(),
        rows.iter().map(|row| u64::from(row.bound)).sum(),
    );
    let table = table(
        &["File", "Bins", "Bound", "Certified", "Seconds"],
        rows.iter().map(cells).collect(),
        &[1, 2, 4],
        readable(terminal::width()),
    );
    format!(
        "{table}\nTogether {bins} bins, bound {bound}; {certified} of {} certified as fewest.\n",
        rows.len()
    )
}
