//! What to know before the platform is made: who gets in, what EKS would do by itself, what nobody has looked at.

use jiff::ToSpan;
use jiff::tz::TimeZone;

use crate::catalog::KubernetesVersions;
use crate::plan::{EnvironmentPlan, Note, Plan};
use crate::policy::{Endpoint, SupportType};
use crate::wording::{Text, text};

pub(super) fn about_platform(plan: &Plan) -> Vec<Note> {
    if plan.environments.iter().all(|it| it.planned().is_none()) {
        return Vec::new();
    }
    let platform = &plan.inputs.policy.platform;
    let mut notes = Vec::new();
    let subject = || text!("subject-fleet");
    if platform.admin_roles.is_empty() {
        notes.push(Note::warning(
            "nobody-administers",
            subject(),
            text!("note-nobody-administers"),
            text!("note-nobody-administers-hint"),
        ));
    }
    if platform.delivery_role.is_empty() {
        notes.push(Note::warning(
            "nothing-deploys",
            subject(),
            text!("note-nothing-deploys"),
            text!("note-nothing-deploys-hint"),
        ));
    }
    let kubernetes = &plan.inputs.policy.kubernetes;
    if kubernetes.endpoint == Endpoint::Public && kubernetes.public_access_cidrs.is_empty() {
        notes.push(Note::advice(
            "endpoint-open",
            subject(),
            text!("note-endpoint-open"),
            text!("note-endpoint-open-hint"),
        ));
    }
    notes.extend(upgrade_during_the_move(plan));
    let is_unknown = |environment: &&EnvironmentPlan| {
        environment.translation.intents.instance_profile.is_some()
            && environment
                .manifests()
                .is_some_and(|manifests| manifests.role_arn.is_none())
    };
    let unknown = plan.environments.iter().filter(is_unknown).count();
    if unknown > 0 {
        notes.push(Note::warning(
            "role-unknown",
            subject(),
            text!(
                "note-role-unknown",
                apps = u32::try_from(unknown).unwrap_or(u32::MAX)
            ),
            text!("note-role-unknown-hint"),
        ));
    }
    notes.push(Note::advice(
        "alarms-and-firewalls",
        subject(),
        text!("note-alarms-and-firewalls"),
        text!("note-alarms-and-firewalls-hint"),
    ));
    notes
}

/// Whether standard support of the planned version ends before the last wave does, so that EKS upgrades the clusters
/// by itself in between, or bills them six times as high.
fn upgrade_during_the_move(plan: &Plan) -> Option<Note> {
    let kubernetes = &plan.inputs.policy.kubernetes;
    let ends = KubernetesVersions::embedded()
        .get(&kubernetes.version)?
        .standard_support_ends?;
    let days = plan
        .economics
        .move_
        .waves
        .iter()
        .map(|wave| wave.ends_on_day)
        .max()?;
    let begins = plan.inputs.collected_at.to_zoned(TimeZone::UTC).date();
    let done = begins.checked_add(i64::from(days).days()).ok()?;
    (begins <= ends && ends < done).then(|| {
        let what: Text = match kubernetes.support {
            SupportType::Standard => text!(
                "note-upgrade-during-move",
                version = &kubernetes.version,
                ends = ends.to_string(),
                done = done.to_string()
            ),
            SupportType::Extended => text!(
                "note-dearer-during-move",
                version = &kubernetes.version,
                ends = ends.to_string(),
                done = done.to_string()
            ),
        };
        Note::warning(
            "upgrade-during-move",
            text!("subject-fleet"),
            what,
            text!("note-upgrade-during-move-hint"),
        )
    })
}
