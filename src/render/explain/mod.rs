//! The story of one app: every step from samples to requests, what it rests on, where it goes.
//!
//! Comes in: a plan, a name as a user types it, and the width of the terminal. Goes out: plain text that fits the
//! width (60 to 100 columns are used), but for files to copy, whose lines stay whole. This room refuses to guess
//! which app is meant: what matches nothing gets near matches, what matches several gets their ids.

mod finding;
mod options;
mod part;
mod replayed;
mod sections;

#[cfg(test)]
pub(super) use sections::AGENT;

pub use finding::{ExplainError, find};
pub use options::explain_options;
pub use part::{PlanPart, part};

use super::page::Page;
use crate::plan::Plan;
use crate::wording::Language;

/// Explains the environment with this name, Kubernetes name or id; letters compare without case.
///
/// # Errors
/// Nothing or more than one environment matches.
pub fn explain(
    plan: &Plan,
    app: &str,
    language: Language,
    width: usize,
) -> Result<String, ExplainError> {
    let page = &Page::new(language, width);
    let environment = find(plan, app)?;
    let mut parts = vec![
        sections::title(page, environment),
        sections::outcome(page, environment),
    ];
    if let Some((name, sizing)) = environment.planned() {
        parts.extend(sections::of_planned(page, plan, environment, name, sizing));
    }
    parts.push(sections::money(page, plan, environment));
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
        let text =
            explain(&plan, "E-BILLING", Language::English, 100).expect("an id, whatever its case");
        let environment = plan
            .environments
            .iter()
            .find(|environment| environment.id == "e-billing")
            .expect("it is there");
        let (_, sizing) = environment.planned().expect("it moves");
        let words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for step in sizing.reasons.iter().flat_map(|reason| &reason.steps) {
            assert!(
                text.contains(&step.value.to_string()),
                "{} in\n{text}",
                step.value
            );
            assert!(
                step.policy.as_ref().is_none_or(|key| text.contains(key)),
                "{step:?} in\n{text}"
            );
        }
        for flag in &sizing.flags {
            assert!(
                words.contains(&flag.label().to_string()),
                "{flag} in\n{text}"
            );
        }
        for part in ["ASSUMED", "workers-01", "t3.medium linux", "eks-2"] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
    }

    #[test]
    fn japanese_is_japanese_to_the_last_line() {
        let plan = hand_made();
        for environment in &plan.environments {
            let id = &environment.id;
            let story = explain(&plan, id, Language::Japanese, 100).expect("ids are unique");
            let options =
                explain_options(&plan, id, Language::Japanese, 100).expect("ids are unique");
            for text in [story, options] {
                for english in [
                    "It moves",
                    "It stays",
                    "Each replica",
                    "Evidence",
                    "Careful",
                    "Replicas",
                    "Cost today",
                    "Option settings",
                    "Becomes",
                    "not set:",
                    "When it moves",
                ] {
                    assert!(!text.contains(english), "{english} in\n{text}");
                }
            }
        }
    }

    #[test]
    fn names_are_inert() {
        let plan = hand_made();
        for environment in &plan.environments {
            let text =
                explain(&plan, &environment.id, Language::English, 100).expect("ids are unique");
            assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text}");
        }
    }

    #[test]
    fn what_stays_says_why() {
        let plan = hand_made();
        assert!(
            explain(&plan, "legacy-batch", Language::English, 100)
                .expect("a name")
                .contains("scope.exclude_environments")
        );
        assert!(
            explain(&plan, "dark-prod", Language::English, 100)
                .expect("a name")
                .contains("no CPU sample")
        );
    }
}
