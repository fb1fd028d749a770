//! How much work moving an environment is, by what is known of it.

use crate::beanstalk::{EnvironmentReading, PlatformKind};
use crate::catalog::OperatingSystem;
use crate::plan::{EnvironmentPlan, Sizing};
use crate::price::MoveEffort;
use crate::size::Flag;
use crate::translate::Effort;

/// Findings that somebody has to look at before it moves. The rest says how well its load is known.
const CAREFUL: [Flag; 8] = [
    Flag::Split,
    Flag::OtherArchitecture,
    Flag::MemoryAssumed,
    Flag::MemoryAtCeiling,
    Flag::SaturatedCpu,
    Flag::CreditsExhausted,
    Flag::OftenOverRequest,
    Flag::ThinHistory,
];

/// Large: Windows, a database that is bound to it, a blocker that takes weeks, or a finding that needs a human.
/// Small: a web server that is a container already, keeps nothing of its clients, and has neither.
pub(super) fn effort(
    plan: &EnvironmentPlan,
    sizing: &Sizing,
    reading: &EnvironmentReading,
) -> MoveEffort {
    let blockers = &plan.translation.blockers;
    let takes_weeks = blockers
        .iter()
        .any(|blocker| blocker.effort == Effort::Weeks);
    if plan.operating_system == OperatingSystem::Windows
        || reading.database.is_some()
        || takes_weeks
        || sizing.flags.iter().any(|flag| CAREFUL.contains(flag))
    {
        return MoveEffort::Large;
    }
    let is_sticky = reading
        .processes
        .values()
        .any(|process| process.stickiness.is_some());
    let is_container = matches!(
        reading.platform.kind,
        PlatformKind::Docker | PlatformKind::Ecs
    );
    if plan.tier == "WebServer"
        && is_container
        && !is_sticky
        && sizing.flags.is_empty()
        && blockers.is_empty()
    {
        MoveEffort::Small
    } else {
        MoveEffort::Medium
    }
}
