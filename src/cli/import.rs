//! `eb2eks import`: CSV files and a snapshot in, a snapshot with their samples out.

use std::io::{BufReader, Read};
use std::path::Path;

use super::arguments::ImportArguments;
use super::report_error::CommandError;
use super::{Exit, output_folder, snapshot, terminal};
use crate::disk;
use crate::import::{self, EnvironmentIndex, ImportError, Importer, Machines};
use crate::snapshot::SnapshotError;

pub(super) fn run(arguments: &ImportArguments) -> Result<Exit, CommandError> {
    let options = arguments.options();
    if options.cpu.is_none() && options.memory.is_none() {
        let message = "nothing to import: the unit of neither CPU nor memory is stated\nhint: give --cpu-unit, --memory-unit or both";
        return Err(CommandError::new(Exit::Usage, message));
    }
    let base = arguments
        .into
        .as_ref()
        .map(|folder| snapshot::read(folder))
        .transpose()?;
    let machines = match &arguments.machines {
        Some(path) => {
            Machines::read(&name_of(path), BufReader::new(open(path)?)).map_err(refused)?
        }
        None => Machines::default(),
    };
    let inventory = base
        .as_ref()
        .map_or(&machines.inventory, |base| &base.inventory);
    let estate = EnvironmentIndex::of(inventory).with_hosts(machines.hosts.clone());
    let mut importer = Importer::new(&estate, &options);
    for path in &arguments.files {
        importer
            .read(
                &name_of(path),
                BufReader::with_capacity(1 << 16, open(path)?),
            )
            .map_err(refused)?;
    }
    let import = importer.finish().map_err(refused)?;
    let is_complete = import.unknown_rows == 0 && import.bad == 0 && !import.looks_like_fractions;
    let told = format!(
        "{}\n{} rows, {} cells without a value, {} rows skipped, {} of unknown environments or instances",
        import.remarks.join("\n"),
        import.rows,
        import.empty,
        import.bad,
        import.unknown_rows
    );
    output_folder::create(&arguments.out, |folder| {
        let written = match &base {
            Some(base) => import::complete(folder, base, import, &options),
            None => import::build(folder, inventory, import, &options),
        };
        written.map_err(|error| {
            let exit = if matches!(error, SnapshotError::Unwritable { .. }) {
                Exit::Failure
            } else {
                Exit::BadInput
            };
            CommandError::new(exit, error)
        })
    })?;
    terminal::tell(&format!("{told}\nwrote {}", arguments.out.display()));
    Ok(if is_complete {
        Exit::Complete
    } else {
        Exit::Incomplete
    })
}

fn open(path: &Path) -> Result<impl Read + use<>, CommandError> {
    disk::open_lines(path).map_err(|error| {
        CommandError::new(
            Exit::BadInput,
            format!(
                "cannot read {}: {error}\nhint: name a file of rows (CSV) with a header",
                path.display()
            ),
        )
    })
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

fn refused(error: ImportError) -> CommandError {
    let exit = if matches!(
        error,
        ImportError::Columns { .. } | ImportError::Contradiction { .. }
    ) {
        Exit::Usage
    } else {
        Exit::BadInput
    };
    CommandError::new(exit, error)
}
