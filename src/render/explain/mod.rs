//! The story of one app: every step from samples to requests, what it rests on, where it goes.
//!
//! Comes in: a plan and a name as a user types it. Goes out: plain text of at most 100 columns. This
//! room refuses to guess which app is meant: what matches nothing gets near matches, what matches
//! several gets their ids.

mod finding;
mod options;
mod part;
mod sections;

use sections::{agent, evidence, flags, money, outcome, placement, replicas, requests, scheduler, steps, title};

pub use finding::{ExplainError, find};
pub use options::explain_options;
pub use part::{PlanPart, part};

use crate::plan::Plan;

/// The widest line.
const WIDTH: usize = 100;

/// Explains the environment with this name, Kubernetes name or id; letters compare without case.
///
/// # Errors
/// Nothing or more than one environment matches.
pub fn explain(plan: &Plan, app: &str) -> Result<String, ExplainError> {
    let environment = find(plan, app)?;
    let mut parts = vec![title(environment), outcome(environment)];
    if let Some((name, sizing)) = environment.planned() {
        parts.extend([
            requests(sizing),
            evidence(sizing),
            flags(sizing),
            agent(environment.operating_system, sizing),
            steps(sizing),
            replicas(sizing),
            placement(plan, name),
            scheduler(plan, name),
        ]);
    }
    parts.push(money(plan, environment));
    parts.retain(|part| !part.is_empty());
    Ok(parts.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::test_plan::hand_made;

    #[test]
    fn every_step_flag_and_line_is_told() {
        let plan = hand_made();
        let text = explain(&plan, "E-BILLING").expect("an id, whatever its case");
        let environment = plan.environments.iter().find(|environment| environment.id == "e-billing").expect("it is there");
        let (_, sizing) = environment.planned().expect("it moves");
        let words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for step in sizing.reasons.iter().flat_map(|reason| &reason.steps) {
            assert!(text.contains(&step.value.to_string()), "{} in\n{text}", step.value);
            assert!(step.policy.as_ref().is_none_or(|key| text.contains(key)), "{step:?} in\n{text}");
        }
        for flag in &sizing.flags {
            assert!(words.contains(&flag.label().to_string()), "{flag} in\n{text}");
        }
        for part in ["ASSUMED", "workers-01", "t3.medium linux", "eks-2"] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
    }

    #[test]
    fn lines_fit_and_names_are_inert() {
        let plan = hand_made();
        for environment in &plan.environments {
            let text = explain(&plan, &environment.id).expect("ids are unique");
            assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
            assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text}");
        }
    }

    #[test]
    fn what_stays_says_why() {
        let plan = hand_made();
        assert!(explain(&plan, "legacy-batch").expect("a name").contains("scope.exclude_environments"));
        assert!(explain(&plan, "dark-prod").expect("a name").contains("no CPU sample"));
    }
}
