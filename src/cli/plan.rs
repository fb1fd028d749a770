//! `eb2eks plan`

use std::path::Path;

use super::arguments::{Chosen, OutputFormat, PlanArguments};
use super::progress::Progress;
use super::report_error::CommandError;
use super::{Exit, output_folder, policy, terminal};
use crate::check;
use crate::disk;
use crate::plan::{self, Given, Note, Plan, PlanError, Severity};
use crate::policy::{Policy, Setting};
use crate::price::{BillExport, PriceFile};
use crate::render;
use crate::snapshot::{InputFile, Snapshot};

/// A month of a large organisation, resource by resource and hour by hour.
const MOST_BILL_BYTES: u64 = 4 << 30;

pub(super) fn run(arguments: &PlanArguments) -> Result<Exit, CommandError> {
    let policy = policy::read_with(arguments.policy.as_deref(), &arguments.settings)?;
    if let Some(out) = &arguments.out {
        let inputs = [
            Some(arguments.snapshot.as_path()),
            arguments.policy.as_deref(),
            arguments.prices.as_deref(),
            arguments.bill.as_deref(),
        ];
        output_folder::refuse_to_swallow(out, inputs)?;
        output_folder::refuse_foreign(out)?;
    }
    let given = given(arguments)?;
    let snapshot = Snapshot::read(&arguments.snapshot)
        .map_err(|error| CommandError::new(Exit::BadInput, error))?;
    let progress = Progress::new("reading history");
    let build = |policy: &Policy| {
        plan::build(&snapshot, policy, &given, &|share| progress.at(share))
            .map_err(|error| CommandError::new(exit_of(&error), error))
    };
    let mut plan = build(&policy)?;
    if arguments.choose == Chosen::Recommended {
        let settings = recommended(&plan)?;
        if !settings.is_empty() {
            let all: Vec<Setting> = arguments.settings.iter().cloned().chain(settings).collect();
            plan = build(&policy::read_with(arguments.policy.as_deref(), &all)?)?;
        }
    }
    progress.end();

    plan.notes.extend(check::check(&plan));
    plan.notes.sort();
    let fatal: Vec<&Note> = plan
        .notes
        .iter()
        .filter(|note| note.severity == Severity::Fatal)
        .collect();
    if !fatal.is_empty() {
        for note in &fatal {
            terminal::tell(&format!(
                "eb2eks: {}: {}\nhint: {}",
                note.subject, note.message, note.hint
            ));
        }
        return Err(CommandError::new(
            Exit::NoPlan,
            format!(
                "the check refused the plan ({} fatal notes); nothing was written",
                fatal.len()
            ),
        ));
    }

    let files = render::files(&plan, arguments.language)
        .map_err(|error| CommandError::new(Exit::Failure, error))?;
    if let Some(out) = &arguments.out {
        output_folder::replace(out, &files)?;
    }
    print(&plan, arguments.output)?;
    match (&arguments.out, arguments.output) {
        (Some(out), OutputFormat::Table) => terminal::tell(&format!(
            "wrote {} files to {}; read report.html first",
            files.len(),
            out.display()
        )),
        (None, OutputFormat::Table) => {
            terminal::tell("nothing was written; --out DIR writes the reports and all files");
        }
        _ => {}
    }
    Ok(exit_of_written(&plan))
}

/// How a command ends that has written what `plan` says; it tells why, where something is unknown.
pub(super) fn exit_of_written(plan: &Plan) -> Exit {
    let unknown = plan.unknowns();
    if unknown.is_empty() {
        return Exit::Complete;
    }
    let unknown: Vec<String> = unknown.iter().map(ToString::to_string).collect();
    terminal::tell(&format!(
        "the plan is incomplete (exit code 3): {}",
        unknown.join("; ")
    ));
    Exit::Incomplete
}

/// What makes the policy that of the recommended plan; nothing if that is the plan that was asked for.
fn recommended(plan: &Plan) -> Result<Vec<Setting>, CommandError> {
    let none = || {
        let message = "no plan that was found survives what topology.survive asks for, at prices that are known\nhint: without --choose recommended the plan that was asked for is made";
        CommandError::new(Exit::NoPlan, message.to_owned())
    };
    let all = plan.economics.choosing.alternatives.iter();
    let best = all
        .into_iter()
        .find(|one| one.recommended)
        .ok_or_else(none)?;
    best.settings
        .iter()
        .map(|setting| setting.parse())
        .collect::<Result<_, String>>()
        .map_err(|error| CommandError::new(Exit::Failure, error))
}

/// Prices and a bill, where they are given.
fn given(arguments: &PlanArguments) -> Result<Given, CommandError> {
    let bad = |message: String| CommandError::new(Exit::BadInput, message);
    let read = |path: &Path, most: u64| {
        let text = disk::read_text(path, most).map_err(|error| {
            bad(format!(
                "cannot read {}: {error}\nhint: it must be there, readable, and UTF-8",
                path.display()
            ))
        })?;
        Ok::<_, CommandError>((
            path.display().to_string(),
            InputFile::of(path, text.as_bytes()),
            text,
        ))
    };
    let mut given = Given::default();
    if let Some(path) = &arguments.prices {
        let (name, file, text) = read(path, disk::MOST_TEXT_BYTES)?;
        given.prices = Some((
            PriceFile::read(&name, &text).map_err(|error| bad(error.to_string()))?,
            file,
        ));
    }
    if let Some(path) = &arguments.bill {
        let (name, file, text) = read(path, MOST_BILL_BYTES)?;
        given.bill = Some((
            BillExport::read(&name, &text).map_err(|error| bad(error.to_string()))?,
            file,
        ));
    }
    Ok(given)
}

const fn exit_of(error: &PlanError) -> Exit {
    match error {
        PlanError::Snapshot(_) => Exit::BadInput,
        PlanError::Node(_) | PlanError::KubernetesVersion { .. } => Exit::Usage,
        PlanError::Group(_) | PlanError::Infeasible { .. } => Exit::NoPlan,
        PlanError::Price(_) => Exit::Failure,
    }
}

fn print(plan: &Plan, format: OutputFormat) -> Result<(), CommandError> {
    let bytes = match format {
        OutputFormat::Table => return terminal::show(&render::summary(plan, terminal::width())),
        OutputFormat::Json => render::json(plan).map(String::into_bytes),
        OutputFormat::Yaml => render::yaml(plan).map(String::into_bytes),
        OutputFormat::Csv => render::csv(plan),
    };
    terminal::print(&bytes.map_err(|error| CommandError::new(Exit::Failure, error))?)
}
