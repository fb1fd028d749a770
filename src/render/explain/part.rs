//! What a plan says of one app, for machines.

use std::collections::BTreeMap;

use serde::Serialize;

use super::finding::{ExplainError, find};
use crate::plan::{BillKey, BillLine, EnvironmentPlan, JudgedOption, Note, Plan};
use crate::wording::Text;

/// The parts of a plan that are about one environment, as they stand there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanPart<'a> {
    /// What the plan says of the environment as a whole.
    pub environment: &'a EnvironmentPlan,
    /// The options that it sets, by the numbers that it names them by.
    pub options: BTreeMap<u32, &'a JudgedOption>,
    /// The lines of today's bill that name it.
    pub today: Vec<&'a BillLine>,
    /// What a human should know about it.
    pub notes: Vec<&'a Note>,
}

/// The part of the plan that is about this environment.
///
/// # Errors
/// Nothing or more than one environment matches.
pub fn part<'a>(plan: &'a Plan, app: &str) -> Result<PlanPart<'a>, ExplainError> {
    let environment = find(plan, app)?;
    let subject = Text::plain(&environment.label);
    let settings = &environment.translation.settings;
    let numbers = settings
        .set
        .keys()
        .chain(&settings.redacted)
        .chain(&settings.default)
        .chain(&settings.unset);
    Ok(PlanPart {
        environment,
        options: numbers
            .filter_map(|&number| Some((number, plan.options.get(number as usize)?)))
            .collect(),
        today: plan
            .bill(BillKey::TODAY)
            .into_iter()
            .flat_map(|bill| &bill.lines)
            .filter(|line| line.subject == subject)
            .collect(),
        notes: plan
            .notes
            .iter()
            .filter(|note| note.subject == subject)
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::test_plan::hand_made;

    #[test]
    fn a_part_is_about_one_app() {
        let plan = hand_made();
        let environment = &plan.environments[0];
        let part = part(&plan, &environment.id).expect("ids are unique");
        assert_eq!(part.environment, environment);
        assert!(
            !part.today.is_empty()
                && part
                    .today
                    .iter()
                    .all(|line| line.subject.to_string() == part.environment.label)
        );
        assert_eq!(
            part.notes.len(),
            plan.notes
                .iter()
                .filter(|note| note.subject.to_string() == part.environment.label)
                .count()
        );
        assert_eq!(part.options.len(), environment.translation.settings.count());
    }
}
