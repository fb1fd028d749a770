//! The plan of a command line: what stands where one was named, if it is none.

use std::path::{Path, PathBuf};

use super::Exit;
use super::output_folder::MOST_PLAN_BYTES;
use super::report_error::CommandError;
use crate::disk;
use crate::plan::{PLAN_FORMAT, Plan};
use crate::units::plain_words;

/// Enough of a plan to know whether this version reads it.
#[derive(serde::Deserialize)]
struct OnlyFormat {
    format: String,
}

/// Reads the plan in a folder or file.
pub(super) fn read_plan(place: &Path) -> Result<Plan, CommandError> {
    let bad = |message: String| CommandError::new(Exit::BadInput, message);
    let path = file_of(place)?;
    let shown = path.display();
    let bytes = disk::read_regular(&path, MOST_PLAN_BYTES)
        .map_err(|error| bad(format!("cannot read {shown}: {error}\nhint: {MAKE_ONE}")))?;
    let format = match serde_json::from_slice::<OnlyFormat>(&bytes) {
        Ok(OnlyFormat { format }) => format,
        Err(error) if error.is_data() => {
            return Err(bad(format!(
                "{shown} is no plan: it does not say its format\nhint: name the folder that eb2eks plan --out wrote, or its plan.json"
            )));
        }
        Err(error) => {
            return Err(bad(format!(
                "{shown} is no plan: {}\nhint: name the folder that eb2eks plan --out wrote, or its plan.json",
                plain_words::of_parser(&error.to_string())
            )));
        }
    };
    if format != PLAN_FORMAT {
        return Err(bad(format!(
            "{shown} says format {format:?}, but this version reads \"{PLAN_FORMAT}\"\nhint: make the plan again with this version"
        )));
    }
    let mut reader = serde_json::Deserializer::from_slice(&bytes);
    serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let at = error.path().to_string();
        let words = plain_words::of_parser(&error.inner().to_string());
        bad(format!(
            "{shown} is of another version, or was changed by hand: {at}: {words}\nhint: make the plan again with this version"
        ))
    })
}

const MAKE_ONE: &str = "eb2eks plan SNAPSHOT --out DIR makes a plan; then name DIR";

/// `plan.json` of a folder, or the file that was named.
fn file_of(place: &Path) -> Result<PathBuf, CommandError> {
    let bad = |message: String| Err(CommandError::new(Exit::BadInput, message));
    let shown = place.display();
    if !place.exists() {
        return bad(format!(
            "there is no plan at {shown}: neither plan.json nor a folder with one\nhint: {MAKE_ONE}"
        ));
    }
    if !place.is_dir() {
        return Ok(place.to_owned());
    }
    let path = place.join("plan.json");
    if path.exists() {
        return Ok(path);
    }
    bad(if place.join("manifest.json").exists() {
        format!(
            "{shown} holds a snapshot, not a plan (it has no plan.json)\nhint: eb2eks plan {shown} --out DIR makes a plan; then name DIR"
        )
    } else {
        format!("{shown} holds no plan: it has no plan.json\nhint: {MAKE_ONE}")
    })
}
