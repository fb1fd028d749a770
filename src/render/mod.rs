//! Plan to files and text for people and tools.
//!
//! Comes in: a finished [`Plan`]. Goes out: the output folder as bytes ([`files`]), the terminal
//! summary ([`summary()`]) and the story of one app ([`explain()`]). This room refuses to decide: every
//! number that it prints stands in the plan or is a sum of bill lines, and what eksctl would reject is
//! an error here instead of a file. It writes nothing; one place at the edge does. Invariants: the same
//! plan gives the same bytes; no name that a stranger chose can act as markup, formula, escape
//! sequence or YAML in any output.

mod answer;
mod apps;
mod bills;
mod bootstrap;
mod category;
mod cluster_mode;
mod comparison;
mod csv_table;
mod delivery;
mod eksctl;
mod emphasis;
mod endings;
mod explain;
mod figure;
mod handover;
mod html;
mod inert;
mod loadtest;
mod new_app;
mod note_groups;
mod page;
mod platform;
mod region_clock;
mod rehearsal;
mod render_error;
mod report;
mod requests;
mod simulated;
mod site;
mod summary;
mod terminal;
#[cfg(test)]
mod test_plan;
mod verdict;
mod versions;
mod walk;
#[cfg(test)]
mod widths;
mod wording;
mod workbook;
mod wrap;
#[cfg(test)]
mod written_trees;
mod yaml;

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::plan::Plan;
use crate::wording::Language;

pub use comparison::{comparison, other_snapshots};
pub use eksctl::EksctlRefusal;
pub use emphasis::emphasised;
pub use endings::{incomplete, nothing_written, written};
pub use explain::{ExplainError, PlanPart, explain, explain_options, find, part};
pub use new_app::{NewAppError, NewAppKind, new_app};
pub use render_error::RenderError;
pub use summary::{NextCommands, replay_run, summary};
// For the tables of commands that make no plan.
pub(crate) use terminal::{paragraph, readable, table};
pub(crate) use wording::counted;

/// A document as JSON; of a plan the text of `plan.json`.
///
/// # Errors
/// A number that JSON cannot hold.
pub fn json<T: Serialize>(document: &T) -> Result<String, RenderError> {
    let mut text = serde_json::to_string_pretty(document)?;
    text.push('\n');
    Ok(text)
}

/// The same document as YAML.
///
/// # Errors
/// What JSON cannot hold, or the YAML writer refuses.
pub fn yaml<T: Serialize>(document: &T) -> Result<String, RenderError> {
    // By way of JSON, whose keys are texts: YAML has numbers for keys too, which most readers keep apart from texts.
    yaml::text(&serde_json::to_value(document)?)
}

/// A row for each environment, as in `requests.csv`.
///
/// # Errors
/// Never, as long as every row has the columns of the header.
pub fn csv(plan: &Plan) -> Result<Vec<u8>, RenderError> {
    Ok(requests::csv(plan)?)
}

/// Rows under a header as CSV, in which no text is a formula.
///
/// # Errors
/// Rows of different lengths.
pub fn rows_as_csv(header: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, RenderError> {
    let inert: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| csv_table::cell(cell)).collect())
        .collect();
    Ok(csv_table::write(header, &inert)?)
}

/// A file for each packing, which `eb2eks verify-certificate` reads.
fn certificates(plan: &Plan) -> Result<BTreeMap<String, Vec<u8>>, RenderError> {
    let mut files = BTreeMap::new();
    for cluster in &plan.clusters {
        for group in &cluster.node_groups {
            for (moment, packing) in [("normal", &group.normal), ("at_most", &group.at_most)] {
                let text = serde_json::to_string_pretty(&packing.certificate)?;
                files.insert(
                    format!("certificates/{}-{}-{moment}.json", cluster.name, group.name),
                    (text + "\n").into_bytes(),
                );
            }
        }
    }
    Ok(files)
}

/// The output folder: relative path with `/` to content.
///
/// # Errors
/// Names or numbers in the plan that eksctl would reject; see [`EksctlRefusal`].
pub fn files(plan: &Plan, language: Language) -> Result<BTreeMap<String, Vec<u8>>, RenderError> {
    let mut files = BTreeMap::new();
    for (cluster, yaml) in eksctl::cluster_configs(plan)? {
        files.insert(format!("eksctl/{cluster}.yaml"), yaml.into_bytes());
    }
    files.extend(eksctl::pod_identities(plan)?);
    files.extend(apps::files(plan)?);
    files.extend(platform::files(plan)?);
    files.extend(delivery::files(plan)?);
    files.extend(bootstrap::files(plan)?);
    files.insert("README.md".to_owned(), walk::text(plan).into_bytes());
    files.extend(loadtest::files(plan)?);
    files.extend(cluster_mode::files(plan)?);
    files.extend(handover::files(plan)?);
    files.extend(rehearsal::files(plan)?);
    files.extend(certificates(plan)?);
    files.insert("plan.json".to_owned(), json(plan)?.into_bytes());
    files.insert("requests.csv".to_owned(), requests::csv(plan)?);
    files.insert("bills.csv".to_owned(), bills::csv(plan)?);
    files.extend(reports(plan, language)?);
    files.insert(INDEX.to_owned(), index(&files));
    Ok(files)
}

/// The reports alone, in a language, with the plan.json that they were made from.
///
/// # Errors
/// What a workbook has no room for, or JSON cannot hold.
pub fn report_files(
    plan: &Plan,
    language: Language,
) -> Result<BTreeMap<String, Vec<u8>>, RenderError> {
    let mut files = reports(plan, language)?;
    files.insert("plan.json".to_owned(), json(plan)?.into_bytes());
    files.insert(INDEX.to_owned(), index(&files));
    Ok(files)
}

fn reports(plan: &Plan, language: Language) -> Result<BTreeMap<String, Vec<u8>>, RenderError> {
    let pages = html::files(plan, language)
        .into_iter()
        .map(|(path, page)| (path, page.into_bytes()));
    let others = [
        (
            "report.md".to_owned(),
            report::markdown(plan, language).into_bytes(),
        ),
        (
            "report.xlsx".to_owned(),
            workbook::workbook(plan, language)?,
        ),
    ];
    Ok(pages.chain(others).collect())
}

/// The file that lists all others: `sha256sum -c` reads it, and the next plan knows by it what it may replace.
pub(crate) const INDEX: &str = "files.sha256";

fn index(files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    files
        .iter()
        .flat_map(|(path, bytes)| format!("{}  {path}\n", fingerprint(bytes)).into_bytes())
        .collect()
}

/// SHA-256 in hexadecimal digits.
pub(crate) fn fingerprint(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
