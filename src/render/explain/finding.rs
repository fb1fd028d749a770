//! Which environment a user means.

use crate::plan::{EnvironmentPlan, Plan};
use crate::render::inert;

/// Why nothing is explained.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExplainError {
    /// No environment is called that.
    #[error("no environment is called \"{asked}\"{}", hint(near))]
    NoneMatches {
        /// What was asked for.
        asked: String,
        /// Names that look like it, nearest first.
        near: Vec<String>,
    },
    /// Several are, in different accounts, regions or applications.
    #[error("\"{asked}\" is the name of {} environments:\n{}\nhint: ask by id", matches.len(), matches.join("\n"))]
    SeveralMatch {
        /// What was asked for.
        asked: String,
        /// Id, name and place of each.
        matches: Vec<String>,
    },
}

fn hint(near: &[String]) -> String {
    if near.is_empty() {
        "\nhint: requests.csv lists all of them".to_owned()
    } else {
        format!("\nhint: did you mean {}?", near.join(", "))
    }
}

/// Near matches that are worth naming.
const NEAR: usize = 5;

/// The one environment with this id, or else this name or Kubernetes name.
///
/// # Errors
/// When there is none, or are several.
pub fn find<'a>(plan: &'a Plan, asked: &str) -> Result<&'a EnvironmentPlan, ExplainError> {
    let wanted = folded(asked);
    let by = |is_it: &dyn Fn(&EnvironmentPlan) -> bool| {
        plan.environments
            .iter()
            .filter(|it| is_it(it))
            .collect::<Vec<_>>()
    };
    let mut matches = by(&|environment| folded(&environment.id) == wanted);
    if matches.is_empty() {
        matches = by(&|environment| names(environment).any(|name| folded(name) == wanted));
    }
    match matches[..] {
        [one] => Ok(one),
        [] => Err(ExplainError::NoneMatches {
            asked: inert::one_line(asked),
            near: near(plan, &wanted),
        }),
        _ => Err(ExplainError::SeveralMatch {
            asked: inert::one_line(asked),
            matches: matches.into_iter().map(place).collect(),
        }),
    }
}

/// What people see of a name, without case: so that a name with something unseen in it can be typed.
fn folded(name: &str) -> String {
    inert::one_line(name).trim().to_lowercase()
}

fn names(environment: &EnvironmentPlan) -> impl Iterator<Item = &str> {
    let kubernetes_name = environment.planned().map(|(name, _)| name.as_str());
    std::iter::once(environment.name.as_str()).chain(kubernetes_name)
}

fn place(environment: &EnvironmentPlan) -> String {
    let EnvironmentPlan {
        id,
        name,
        application,
        account,
        region,
        ..
    } = environment;
    let kubernetes_name = environment
        .planned()
        .map_or_else(String::new, |(name, _)| format!(", on EKS {name}"));
    inert::one_line(&format!(
        "  {id}: {name} of {application}, account {account}, {region}{kubernetes_name}"
    ))
}

/// Names that contain what was asked for or differ from it in a few letters; nearest, then alphabetical.
fn near(plan: &Plan, wanted: &str) -> Vec<String> {
    let letters = wanted.chars().count();
    let mut near: Vec<(usize, String)> = plan
        .environments
        .iter()
        .flat_map(names)
        .map(|name| (folded(name), inert::name(name)))
        .filter_map(|(folded, name)| {
            let distance = strsim::osa_distance(wanted, &folded);
            let contains = letters >= 3 && folded.contains(wanted);
            (contains || distance <= letters.div_ceil(3)).then_some((distance, name))
        })
        .collect();
    near.sort();
    near.dedup();
    near.into_iter().take(NEAR).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::test_plan::hand_made;

    #[test]
    fn names_ids_and_kubernetes_names_match_without_case() {
        let plan = hand_made();
        let id = |asked: &str| find(&plan, asked).map(|environment| environment.id.clone());
        assert_eq!(id("E-SEARCH1"), Ok("e-search1".to_owned()));
        assert_eq!(id("Billing-Worker"), Ok("e-billing".to_owned()));
        assert_eq!(id("search-prod-2"), Ok("e-search2".to_owned()));
    }

    #[test]
    fn a_name_in_two_accounts_lists_both() {
        let error = find(&hand_made(), "search-prod").expect_err("two have it");
        let message = error.to_string();
        assert!(
            message.contains("e-search1")
                && message.contains("e-search2")
                && message.contains("ask by id"),
            "{message}"
        );
    }

    #[test]
    fn a_typo_gets_near_matches() {
        let error = find(&hand_made(), "biling-worker").expect_err("nothing is called that");
        assert_eq!(
            error.to_string(),
            "no environment is called \"biling-worker\"\nhint: did you mean billing-worker?"
        );
        let far = find(&hand_made(), "zzzzzz\u{1b}[2J")
            .expect_err("nothing is called that")
            .to_string();
        assert_eq!(
            far,
            "no environment is called \"zzzzzz\"\nhint: requests.csv lists all of them"
        );
    }
}
