//! The end of an environment: what the pods and the new load balancers still use stays, and what refers to something
//! goes before it.

use crate::plan::{EnvironmentPlan, Plan};
use crate::render::apps::App;
use crate::render::report::markdown::{code, command, typed};

pub(super) fn steps(app: &App<'_>, lines: &mut Vec<String>) {
    let environment = app.environment;
    let intents = app.intents();
    lines.push("- [ ] For a week: leave the environment as it is, with its least instances. It is the way back".to_owned());
    lines.push("- [ ] Nobody comes any more: its load balancer had no request, or its queue no message, for a week".to_owned());
    lines.push("- [ ] Its database is not its own, or has been taken out of it (see above); so is its queue".to_owned());
    if let Some(profile) = &intents.instance_profile {
        lines.push(format!(
            "- [ ] **The role {} stays: its pods have it.** If Terraform made it together with the profile {}, take it out of that state first (`terraform state rm`)",
            command(&app.role_arn().unwrap_or_default()),
            code(profile)
        ));
    }
    let kept = kept_groups(app);
    if !kept.is_empty() {
        let kept: Vec<String> = kept.into_iter().map(code).collect();
        lines.push(format!(
            "- [ ] **Security groups {} stay: the new load balancers carry them**",
            kept.join(", ")
        ));
    }
    lines.push("- [ ] Rules of other security groups (databases, caches) that name one of the environment's: delete those rules first. Beanstalk cannot delete a group that a rule names, and its stack stops half way".to_owned());
    lines.push("- [ ] DNS names that lead to its load balancer: delete them first, or somebody else may get its address".to_owned());
    lines.push(format!(
        "- [ ] Terminate {}. Way back for six weeks: {}",
        code(&environment.name),
        command(&format!(
            "aws elasticbeanstalk rebuild-environment --region {} --environment-id {}",
            typed(&environment.region, "REGION"),
            typed(&environment.id, "ID")
        ))
    ));
    let others = others_of(app.plan, environment);
    match &intents.instance_profile {
        Some(profile) if others == 0 => lines.push(format!(
            "- [ ] Then the profile {} alone, without its role: `aws iam remove-role-from-instance-profile`, then `aws iam delete-instance-profile`",
            code(profile)
        )),
        Some(profile) => lines.push(format!(
            "- [ ] The profile {} stays: {others} more of today's environments have it",
            code(profile)
        )),
        None => {}
    }
    lines.push("- [ ] Then its Terraform, and its own security groups that nothing carries any more: `aws ec2 describe-network-interfaces --filters Name=group-id,Values=GROUP` shows none".to_owned());
}

/// Its groups of today that the load balancers of the clusters have.
fn kept_groups<'a>(app: &App<'a>) -> Vec<&'a str> {
    let plan: &'a Plan = app.plan;
    let group = plan
        .ingress_groups
        .iter()
        .find(|group| Some(&group.name) == app.manifests.ingress_group.as_ref());
    group
        .map(|group| group.security_groups.iter().map(String::as_str).collect())
        .unwrap_or_default()
}

/// Other environments with the same profile.
fn others_of(plan: &Plan, environment: &EnvironmentPlan) -> usize {
    let profile = &environment.translation.intents.instance_profile;
    plan.environments
        .iter()
        .filter(|other| {
            other.account == environment.account
                && other.id != environment.id
                && other.translation.intents.instance_profile == *profile
        })
        .count()
}
