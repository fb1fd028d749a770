//! What the image of a worker's queue daemon must do.

use crate::plan::Worker;
use crate::render::apps::{App, queue_daemon};
use crate::render::report::markdown::code;

/// The contract, in the order in which a pod lives. `check-queue-daemon.py` beside the pages tries an image's program
/// against it.
pub(super) const CHECK: &str = include_str!("check_queue_daemon.py");

pub(super) fn steps(app: &App<'_>, worker: &Worker, lines: &mut Vec<String>) {
    lines.push(format!(
        "- [ ] Image {} of the daemon. It reads the variables of the container `sqsd`, as simple-sqsd has them, and must:",
        code(&queue_daemon(app.plan))
    ));
    for must in [
        "take credentials from EKS Pod Identity (AWS SDK for Go 1.47.11, for Python 1.34.41, or later)".to_owned(),
        "receive one message at a time for each of its connections, and hand it over at once".to_owned(),
        format!("wait up to {} s for the app's answer; delete the message after a 2xx, and only then", worker.inactivity_seconds),
        "on SIGTERM receive nothing more, finish what it has handed over, and end by itself with 0. The app gets its own SIGTERM only then".to_owned(),
    ] {
        lines.push(format!("  - {must}"));
    }
    lines.push("  - simple-sqsd as it is fails the last of them: it ends at once on SIGTERM, and what it had handed over comes a second time".to_owned());
    lines.push("- [ ] `python3 handover/check-queue-daemon.py -- PROGRAM` tries the daemon's program against a stand-in of the queue and of the app".to_owned());
    if app
        .plan
        .inputs
        .policy
        .platform
        .queue_daemon_image
        .is_empty()
    {
        lines.push("- [ ] Push it to your registry, set `platform.queue_daemon_image` to it and plan again".to_owned());
    }
}
