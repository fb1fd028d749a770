//! `eb2eks plan`
use super::arguments::{OutputFormat, PlanArguments};
use super::progress::Progress;
use super::report_error::CommandError;
use super::{Exit, output_folder, policy, terminal};
use crate::check;
use crate::plan::{self, Note, Plan, PlanError, Severity};
use crate::render;
use crate::snapshot::Snapshot;

pub(super) fn run(arguments: &PlanArguments) -> Result<Exit, CommandError> {
    let policy = policy::read(arguments.policy.as_deref())?;
    if let Some(out) = &arguments.out {
        output_folder::refuse_to_swallow(out, [Some(arguments.snapshot.as_path()), arguments.policy.as_deref()])?;
        output_folder::refuse_foreign(out)?;
    }
    let snapshot = Snapshot::read(&arguments.snapshot).map_err(|error| CommandError::new(Exit::BadInput, error))?;
    let progress = Progress::new("reading history");
    let plan = plan::build(&snapshot, &policy, &|share| progress.at(share));
    progress.end();
    let mut plan = plan.map_err(|error| CommandError::new(exit_of(&error), error))?;

    plan.notes.extend(check::check(&plan));
    plan.notes.sort();
    let fatal: Vec<&Note> = plan.notes.iter().filter(|note| note.severity == Severity::Fatal).collect();
    if !fatal.is_empty() {
        for note in &fatal {
            terminal::tell(&format!("eb2eks: {}: {}\nhint: {}", note.subject, note.message, note.hint));
        }
        return Err(CommandError::new(
            Exit::NoPlan,
            format!("the check refused the plan ({} fatal notes); nothing was written", fatal.len()),
        ));
    }

    let files = render::files(&plan).map_err(|error| CommandError::new(Exit::Failure, error))?;
    if let Some(out) = &arguments.out {
        output_folder::replace(out, &files)?;
    }
    terminal::print(&result(&plan, arguments.output)?)?;
    if let (Some(out), OutputFormat::Table) = (&arguments.out, arguments.output) {
        terminal::tell(&format!("wrote {} files to {}; read report.md first", files.len(), out.display()));
    }
    Ok(if plan.is_complete() { Exit::Complete } else { Exit::Incomplete })
}

const fn exit_of(error: &PlanError) -> Exit {
    match error {
        PlanError::Snapshot(_) => Exit::BadInput,
        PlanError::Node(_) | PlanError::KubernetesVersion { .. } => Exit::Usage,
        PlanError::Group(_) | PlanError::Infeasible { .. } => Exit::NoPlan,
        PlanError::Price(_) => Exit::Failure,
    }
}

fn result(plan: &Plan, format: OutputFormat) -> Result<Vec<u8>, CommandError> {
    let text = match format {
        OutputFormat::Table => Ok(render::summary(plan, terminal::width())),
        OutputFormat::Json => render::json(plan),
        OutputFormat::Yaml => render::yaml(plan),
    };
    text.map(String::into_bytes).map_err(|error| CommandError::new(Exit::Failure, error))
}
