//! What became of each option setting of an app, and of what its manifests are made.

use super::finding::{ExplainError, find};
use crate::plan::{EnvironmentPlan, JudgedOption, Plan, Verdict};
use crate::render::inert;
use crate::render::terminal::{columns, paragraph, readable, shortened, table};
use crate::render::wording::counted;
use crate::wording::Text;

/// Columns of a value; longer ones are cut: plan.json has more of them, the snapshot all.
const LONGEST_VALUE: usize = 40;

/// Every setting of the environment with its verdict, then what was made of them.
///
/// # Errors
/// Nothing or more than one environment matches.
pub fn explain_options(plan: &Plan, app: &str, width: usize) -> Result<String, ExplainError> {
    let width = readable(width);
    let environment = find(plan, app)?;
    let mut parts = vec![
        paragraph(
            &format!("Option settings of {}", inert::name(&environment.name)),
            0,
            width,
        ),
        counts(plan, environment, width),
    ];
    for verdict in Verdict::ALL {
        parts.push(of_verdict(plan, environment, verdict, width));
    }
    parts.extend([
        derivations(environment, width),
        blockers(environment, width),
        turn(plan, environment, width),
    ]);
    parts.retain(|part| !part.is_empty());
    Ok(parts.join("\n"))
}

fn counts(plan: &Plan, environment: &EnvironmentPlan, width: usize) -> String {
    let settings = &environment.translation.settings;
    let unknown = settings
        .set
        .keys()
        .chain(&settings.redacted)
        .chain(&settings.default)
        .chain(&settings.unset);
    let unknown = unknown
        .filter(|&&number| {
            option(plan, number).is_some_and(|option| option.verdict == Verdict::Unknown)
        })
        .count();
    let text = format!(
        "{}: {} set, {} set with a value that was dropped when it was collected, {} at Beanstalk's default, {} without a value. {} unknown.",
        counted(settings.count() as u64, "setting"),
        settings.set.len(),
        settings.redacted.len(),
        settings.default.len(),
        settings.unset.len(),
        if unknown == 0 {
            "None is".to_owned()
        } else {
            unknown.to_string()
        }
    );
    paragraph(&text, 2, width)
}

fn option(plan: &Plan, number: u32) -> Option<&JudgedOption> {
    plan.options.get(number as usize)
}

/// Those that somebody set in full, the others by name.
fn of_verdict(
    plan: &Plan,
    environment: &EnvironmentPlan,
    verdict: Verdict,
    width: usize,
) -> String {
    let settings = &environment.translation.settings;
    let is_of =
        |number: &u32| option(plan, *number).is_some_and(|option| option.verdict == verdict);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut add = |number: u32, value: String| {
        let Some(option) = option(plan, number) else {
            return;
        };
        let becomes: Vec<String> = [&option.target, &option.note]
            .into_iter()
            .flatten()
            .map(Text::to_string)
            .collect();
        let namespace = option
            .namespace
            .strip_prefix("aws:")
            .unwrap_or(&option.namespace);
        let resource = option
            .resource
            .as_ref()
            .filter(|_| option.namespace == "aws:autoscaling:scheduledaction");
        let resource = resource.map_or_else(String::new, |resource| {
            format!(" [{}]", inert::one_line(resource))
        });
        rows.push(vec![
            inert::one_line(&format!("{namespace} {}{resource}", option.name)),
            value,
            inert::one_line(&becomes.join("; ")),
        ]);
    };
    for (&number, value) in settings.set.iter().filter(|(number, _)| is_of(number)) {
        add(number, shortened(&inert::one_line(value), LONGEST_VALUE));
    }
    let mut names = Vec::new();
    for (numbers, state) in [
        (&settings.redacted, "set, value dropped"),
        (&settings.default, "default"),
        (&settings.unset, "not set"),
    ] {
        let of_state: Vec<String> = numbers
            .iter()
            .filter(|number| is_of(number))
            .filter_map(|&number| option(plan, number))
            .map(|option| inert::one_line(&option.name))
            .collect();
        if !of_state.is_empty() {
            names.push(paragraph(
                &format!("{state}: {}", of_state.join(", ")),
                2,
                width,
            ));
        }
    }
    if rows.is_empty() && names.is_empty() {
        return String::new();
    }
    let heading = format!(
        "{}{}",
        verdict.word()[..1].to_uppercase(),
        &verdict.word()[1..]
    );
    let table = if rows.is_empty() {
        String::new()
    } else {
        table(&["Option", "Today", "Becomes"], rows, &[], width)
    };
    format!("{heading}\n{table}{}", names.concat())
}

fn derivations(environment: &EnvironmentPlan, width: usize) -> String {
    let derivations = &environment.translation.intents.derivations;
    if derivations.is_empty() {
        return String::new();
    }
    let rows = derivations
        .iter()
        .map(|derived| {
            vec![
                derived.field.clone(),
                derived.value.to_string(),
                derived.from.to_string(),
            ]
        })
        .collect();
    format!(
        "In the manifests\n{}",
        table(&["Field", "Value", "From"], rows, &[], width)
    )
}

fn blockers(environment: &EnvironmentPlan, width: usize) -> String {
    let blockers = &environment.translation.blockers;
    if blockers.is_empty() {
        return "To settle first: nothing that the settings show.\n".to_owned();
    }
    let rows = blockers.iter().map(|blocker| {
        vec![
            blocker.code.clone(),
            format!("{}: {}", blocker.what, blocker.remedy),
            format!("{}, {}", blocker.owner, blocker.effort),
        ]
    });
    format!(
        "To settle first\n{}",
        table(
            &["What", "Why, and what to do", "Who"],
            rows.collect(),
            &[],
            width
        )
    )
}

fn turn(plan: &Plan, environment: &EnvironmentPlan, width: usize) -> String {
    let (Some(manifests), Some(wave)) = (environment.manifests(), plan.wave_of(environment)) else {
        return String::new();
    };
    let turn = &manifests.turn;
    let row = vec![
        format!("wave {wave}, phase {}", turn.phase),
        turn.because.to_string(),
    ];
    format!("When it moves\n{}", columns(vec![row], 2, width))
}
