//! What only humans can do, in order: a page for each app, and the waves.
//!
//! Comes in: the plan. Goes out: Markdown for issues and wikis. Names are shown as code and everything else is
//! escaped, so that no name acts. This room decides nothing: blockers, waves and numbers are the plan's.

mod around;
mod checklist;
mod dockerfile;
mod ending;
mod queue_daemon;
mod waves;

use std::collections::BTreeMap;

use super::RenderError;
use super::apps::moving;
use crate::plan::Plan;

/// All files under `handover/`.
///
/// # Errors
/// Never; the signature is that of its neighbours.
pub(super) fn files(plan: &Plan) -> Result<BTreeMap<String, Vec<u8>>, RenderError> {
    let mut files: BTreeMap<String, Vec<u8>> = moving(plan)
        .map(|app| {
            (
                format!("handover/{}.md", app.name),
                checklist::text(&app).into_bytes(),
            )
        })
        .collect();
    if moving(plan).any(|app| app.manifests.sidecar.is_some()) {
        files.insert(
            "handover/check-queue-daemon.py".to_owned(),
            queue_daemon::CHECK.as_bytes().to_vec(),
        );
    }
    files.insert(
        "handover/waves.md".to_owned(),
        waves::text(plan).into_bytes(),
    );
    Ok(files)
}
