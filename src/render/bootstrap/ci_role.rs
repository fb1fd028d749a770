//! Whose rights the CI has.

use crate::plan::Plan;
use crate::render::site::Site;

/// The role of what applies `platform/`: the policy's, else the one that is made here.
pub(in crate::render) fn ci_role(plan: &Plan) -> String {
    match plan.inputs.policy.platform.ci_role.as_str() {
        "" => Site::of(plan).global_arn("iam", &format!("role/{CI_ROLE}")),
        chosen => chosen.to_owned(),
    }
}

pub(super) const CI_ROLE: &str = "platform-ci";
