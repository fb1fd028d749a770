//! What an account needs before the first cluster, and what nobody else makes: registries, the archive of logs,
//! secrets without values, certificates, the CI's role, Karpenter's queue; and which roles of today the pods take over.
//!
//! Comes in: the plan. Goes out: a Terraform root (`bootstrap/main.tf.json`), a script that lets roles trust the
//! clusters (`bootstrap/role-trusts.sh`) and one that asks AWS whether there is room (`preflight.sh`), which only
//! reads. Invariant: whatever another file of the output names as existing is made here, or listed in the walk.

mod ci_role;
mod scripts;
mod terraform;

use std::collections::BTreeMap;

use super::RenderError;
use crate::plan::Plan;

pub(super) use ci_role::ci_role;

/// All files under `bootstrap/`, and `preflight.sh`.
///
/// # Errors
/// What the JSON writer refuses.
pub(super) fn files(plan: &Plan) -> Result<BTreeMap<String, Vec<u8>>, RenderError> {
    let mut main = serde_json::to_string_pretty(&terraform::root(plan))?;
    main.push('\n');
    Ok(BTreeMap::from([
        ("bootstrap/main.tf.json".to_owned(), main.into_bytes()),
        (
            "bootstrap/role-trusts.sh".to_owned(),
            scripts::role_trusts(plan).into_bytes(),
        ),
        (
            "preflight.sh".to_owned(),
            scripts::preflight(plan).into_bytes(),
        ),
    ]))
}
