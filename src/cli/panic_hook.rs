//! What a panic prints.

use std::panic;

use crate::snapshot;

/// Lets the default hook print every panic but those that `snapshot` turns into an error.
///
/// The Parquet reader panics on some damaged bytes. The snapshot catches that and says which file is
/// damaged; the hook runs before, and would print lines about a source file that is not the user's.
/// A panic anywhere else is a defect and keeps its message.
pub(super) fn install() {
    let default = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !snapshot::is_reading_history() {
            default(panic);
        }
    }));
}
