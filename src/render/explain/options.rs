//! What became of each option setting of an app, and of what its manifests are made.

use super::finding::{ExplainError, find};
use crate::plan::{EnvironmentPlan, JudgedOption, Plan, Verdict};
use crate::render::inert;
use crate::render::page::Page;
use crate::render::terminal::shortened;
use crate::wording::{Language, Text, text};

/// Columns of a value; longer ones are cut: plan.json has more of them, the snapshot all.
const LONGEST_VALUE: usize = 40;

/// Every setting of the environment with its verdict, then what was made of them.
///
/// # Errors
/// Nothing or more than one environment matches.
pub fn explain_options(
    plan: &Plan,
    app: &str,
    language: Language,
    width: usize,
) -> Result<String, ExplainError> {
    let page = &Page::new(language, width);
    let environment = find(plan, app)?;
    let name = inert::name(&environment.name);
    let mut parts = vec![
        page.say(&text!("explain-options-of", name = name)),
        counts(page, plan, environment),
    ];
    for verdict in Verdict::ALL {
        parts.push(of_verdict(page, plan, environment, verdict));
    }
    parts.extend([
        derivations(page, environment),
        blockers(page, environment),
        wave_and_reason(page, plan, environment),
    ]);
    parts.retain(|part| !part.is_empty());
    Ok(parts.join("\n"))
}

fn counts(page: &Page, plan: &Plan, environment: &EnvironmentPlan) -> String {
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
    let counted = text!(
        "explain-options-count",
        all = settings.count(),
        set = settings.set.len(),
        redacted = settings.redacted.len(),
        default = settings.default.len(),
        unset = settings.unset.len(),
        unknown = unknown
    );
    page.said(&counted, 2)
}

fn option(plan: &Plan, number: u32) -> Option<&JudgedOption> {
    plan.options.get(number as usize)
}

/// Those that somebody set in full, the others by name.
fn of_verdict(page: &Page, plan: &Plan, environment: &EnvironmentPlan, verdict: Verdict) -> String {
    let settings = &environment.translation.settings;
    let is_of =
        |number: &u32| option(plan, *number).is_some_and(|option| option.verdict == verdict);
    let rows: Vec<Vec<String>> = settings
        .set
        .iter()
        .filter(|(number, _)| is_of(number))
        .filter_map(|(&number, value)| {
            let option = option(plan, number)?;
            let value = shortened(&inert::one_line(value), LONGEST_VALUE);
            Some(vec![named(option), value, becomes(page, option)])
        })
        .collect();
    let mut names = String::new();
    for (numbers, state) in [
        (&settings.redacted, State::Redacted),
        (&settings.default, State::Default),
        (&settings.unset, State::Unset),
    ] {
        let of_state: Vec<String> = numbers
            .iter()
            .filter(|number| is_of(number))
            .filter_map(|&number| option(plan, number))
            .map(|option| inert::one_line(&option.name))
            .collect();
        if !of_state.is_empty() {
            names.push_str(&page.said(&state.of(page.locale.list(of_state)), 2));
        }
    }
    if rows.is_empty() && names.is_empty() {
        return String::new();
    }
    let table = if rows.is_empty() {
        String::new()
    } else {
        let titles = [
            text!("explain-option"),
            text!("explain-option-today"),
            text!("explain-becomes"),
        ];
        page.table(titles, rows, &[])
    };
    format!(
        "{}\n{table}{names}",
        capitalised(&page.locale.say(&verdict.text()))
    )
}

/// Why a setting is told by its name alone.
#[derive(Clone, Copy)]
enum State {
    Redacted,
    Default,
    Unset,
}

impl State {
    fn of(self, names: String) -> Text {
        match self {
            Self::Redacted => text!("explain-state-redacted", names = names),
            Self::Default => text!("explain-state-default", names = names),
            Self::Unset => text!("explain-state-unset", names = names),
        }
    }
}

/// `autoscaling:asg MinSize`
fn named(option: &JudgedOption) -> String {
    let namespace = option
        .namespace
        .strip_prefix("aws:")
        .unwrap_or(&option.namespace);
    // What Beanstalk's own template calls it tells nobody anything; a scheduled action has a name.
    let resource = option
        .resource
        .as_ref()
        .filter(|resource| !resource.starts_with("AWSEB"));
    let resource = resource.map_or_else(String::new, |resource| format!(" [{resource}]"));
    inert::one_line(&format!("{namespace} {}{resource}", option.name))
}

fn becomes(page: &Page, option: &JudgedOption) -> String {
    let parts = [&option.target, &option.note].into_iter().flatten();
    let said = parts.map(|text| page.locale.say(text));
    inert::one_line(&page.locale.clauses(said))
}

/// Of a word of the catalogue; Japanese has no capitals.
fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.collect::<String>() + letters.as_str()
}

fn derivations(page: &Page, environment: &EnvironmentPlan) -> String {
    let derivations = &environment.translation.intents.derivations;
    if derivations.is_empty() {
        return String::new();
    }
    let rows = derivations
        .iter()
        .map(|derived| {
            vec![
                derived.field.clone(),
                page.locale.say(&derived.value),
                page.locale.say(&derived.from),
            ]
        })
        .collect();
    let titles = [
        text!("explain-field"),
        text!("explain-value"),
        text!("explain-from"),
    ];
    page.headed(
        &text!("explain-in-manifests"),
        &page.table(titles, rows, &[]),
    )
}

fn blockers(page: &Page, environment: &EnvironmentPlan) -> String {
    let blockers = &environment.translation.blockers;
    if blockers.is_empty() {
        return page.say(&text!("explain-nothing-to-settle"));
    }
    let rows = blockers.iter().map(|blocker| {
        let why = [&blocker.what, &blocker.remedy].map(|text| page.locale.say(text));
        let who = [blocker.owner.text(), blocker.effort.text()].map(|text| page.locale.say(&text));
        vec![
            blocker.code.clone(),
            page.locale.clauses(why),
            page.locale.list(who),
        ]
    });
    let titles = [
        text!("explain-what"),
        text!("explain-why-and-what-to-do"),
        text!("explain-who"),
    ];
    page.headed(
        &text!("explain-to-settle"),
        &page.table(titles, rows.collect(), &[]),
    )
}

fn wave_and_reason(page: &Page, plan: &Plan, environment: &EnvironmentPlan) -> String {
    let (Some(manifests), Some(wave)) = (environment.manifests(), plan.wave_of(environment)) else {
        return String::new();
    };
    let turn = &manifests.turn;
    let when = text!(
        "explain-turn",
        wave = wave.to_string(),
        phase = turn.phase.to_string()
    );
    let row = vec![page.locale.say(&when), page.locale.say(&turn.because)];
    page.headed(&text!("explain-when"), &page.columns(vec![row], 2))
}
