//! `eb2eks plan`: a snapshot and a policy in, a folder with the plan and everything printed from it out.

use std::path::Path;

use super::arguments::{PlanArguments, PlanContent, PlanToWrite, RowFormat};
use super::progress::Progress;
use super::report_error::CommandError;
use super::{Exit, next_commands, output_folder, policy, rows, snapshot, terminal};
use crate::check;
use crate::disk;
use crate::plan::{self, Note, OptionalInputs, Plan, PlanError, Severity};
use crate::policy::{Policy, Setting};
use crate::price::{BillExport, PriceFile};
use crate::render;
use crate::snapshot::InputFile;
use crate::wording::Language;

/// A month of a large organisation, resource by resource and hour by hour.
const MOST_BILL_BYTES: u64 = 4 << 30;

pub(super) fn run(arguments: &PlanArguments) -> Result<Exit, CommandError> {
    if arguments.show == PlanContent::Plan && arguments.output == RowFormat::Csv {
        let message = "a plan is more than rows, which is all that CSV holds\nhint: --show requests --output csv prints a row for each environment, --output json the whole plan";
        return Err(CommandError::new(Exit::Usage, message));
    }
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
    let snapshot = snapshot::read(&arguments.snapshot)?;
    let progress = Progress::new("reading history");
    let build = |policy: &Policy| {
        plan::build(&snapshot, policy, &given, &|share| progress.at(share))
            .map_err(|error| CommandError::new(exit_of(&error), error))
    };
    let mut plan = build(&policy)?;
    if arguments.choose == PlanToWrite::Recommended {
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
    print(&plan, arguments)?;
    match &arguments.out {
        Some(out) if arguments.output == RowFormat::Table => {
            terminal::tell(&render::written(
                arguments.language,
                files.len(),
                &out.display(),
            ));
        }
        Some(_) => {}
        None if arguments.output == RowFormat::Table => {
            let command = next_commands::writing(arguments);
            terminal::tell(&render::nothing_written(arguments.language, &command));
        }
        None => {}
    }
    Ok(exit_of_written(&plan, arguments.language))
}

/// How a command ends that has written what `plan` says; it tells why, where something is unknown.
pub(super) fn exit_of_written(plan: &Plan, language: Language) -> Exit {
    let unknown = plan.unknowns();
    if unknown.is_empty() {
        return Exit::Complete;
    }
    terminal::tell(&render::incomplete(language, &unknown));
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
fn given(arguments: &PlanArguments) -> Result<OptionalInputs, CommandError> {
    let bad = |message: String| CommandError::new(Exit::BadInput, message);
    let read = |path: &Path, most: u64| {
        let text = disk::read_text(path, most).map_err(|error| {
            bad(format!(
                "cannot read {}: {error}\nhint: name a file of text",
                path.display()
            ))
        })?;
        Ok::<_, CommandError>((
            path.display().to_string(),
            InputFile::of(path, text.as_bytes()),
            text,
        ))
    };
    let mut given = OptionalInputs::default();
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

fn print(plan: &Plan, arguments: &PlanArguments) -> Result<(), CommandError> {
    let failed = |error| CommandError::new(Exit::Failure, error);
    let format = arguments.output;
    let text = match (arguments.show, format) {
        (PlanContent::Plan, RowFormat::Table) => {
            let next = next_commands::of(plan, arguments);
            let (language, width) = (arguments.language, terminal::width());
            return terminal::show(&render::summary(plan, language, width, &next));
        }
        (PlanContent::Plan, RowFormat::Yaml) => render::yaml(plan),
        // A plan has no rows; `run` has refused CSV.
        (PlanContent::Plan, RowFormat::Json | RowFormat::Csv) => render::json(plan),
        (PlanContent::Requests, _) => {
            let csv = render::csv(plan).map_err(failed)?;
            return rows::print_csv(&csv, format);
        }
    };
    terminal::print(text.map_err(failed)?.as_bytes())
}
