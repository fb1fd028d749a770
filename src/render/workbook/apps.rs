//! Every environment that was seen, planned or not.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::sheet::{FIRST_ROW, Kind, Sheet, Value, column, titled};
use crate::plan::{EnvironmentPlan, Outcome, Plan, Sizing};
use crate::render::report::locale::Locale;
use crate::units::Money;
use crate::wording::text;

/// Columns with a sum at the end.
const SUMMED: [usize; 5] = [5, 12, 13, 14, 15];

pub(super) fn write(sheet: &mut Worksheet, plan: &Plan, locale: Locale) -> Result<(), XlsxError> {
    let columns = [
        (text!("environment-column"), Kind::Name),
        (text!("application-column"), Kind::Name),
        (text!("on-eks-column"), Kind::Name),
        (text!("outcome-column"), Kind::Words),
        (text!("stage-column"), Kind::Name),
        (text!("instances-today-column"), Kind::Count),
        (text!("cpu-request-column"), Kind::Count),
        (text!("cpu-limit-column"), Kind::Count),
        (text!("memory-request-column"), Kind::Count),
        (text!("memory-limit-column"), Kind::Count),
        (text!("cpu-grade-column"), Kind::Name),
        (text!("memory-grade-column"), Kind::Name),
        (text!("replicas-column"), Kind::Count),
        (text!("today-column"), Kind::Money),
        (text!("after-column"), Kind::Money),
        (text!("saving-column"), Kind::Money),
    ];
    let mut sheet = Sheet::new(
        sheet,
        &locale.say(&text!("sheet-apps")),
        &titled(columns, locale),
    )?;
    for (row, environment) in (FIRST_ROW + 1..).zip(&plan.environments) {
        sheet.row(&cells(plan, environment, row, locale))?;
    }
    let last = plan.environments.len() + 1;
    if last > 1 {
        let sums = sums(plan);
        let value = |place: usize| match SUMMED.iter().position(|summed| *summed == place) {
            Some(which) => Value::Formula(
                format!("=SUM({0}2:{0}{last})", column(place)),
                sums.get(which).copied().unwrap_or_default(),
            ),
            None if place == 0 => Value::text(locale.say(&text!("total"))),
            None => Value::Empty,
        };
        sheet.total(&(0..16).map(value).collect::<Vec<_>>())?;
    }
    Ok(())
}

/// What the sums come to: instances, replicas, today, after, saving.
fn sums(plan: &Plan) -> [f64; 5] {
    let instances: u32 = plan
        .environments
        .iter()
        .flat_map(|environment| environment.instances_today.values())
        .sum();
    let replicas: u32 = plan
        .environments
        .iter()
        .filter_map(EnvironmentPlan::planned)
        .map(|(_, sizing)| replicas(sizing))
        .sum();
    let rows = &plan.economics.by_app;
    let [today, after, saving] = [
        rows.iter().map(|row| row.today).sum::<Money>(),
        rows.iter().map(|row| row.after).sum(),
        rows.iter().map(|row| row.saving).sum(),
    ];
    [
        f64::from(instances),
        f64::from(replicas),
        today.as_f64(),
        after.as_f64(),
        saving.as_f64(),
    ]
}

/// In normal times, on all clusters.
fn replicas(sizing: &Sizing) -> u32 {
    sizing.replicas.clusters.values().map(|on| on.normal).sum()
}

fn cells(plan: &Plan, environment: &EnvironmentPlan, row: u32, locale: Locale) -> Vec<Value> {
    const MEBIBYTE: f64 = 1_048_576.0;
    let outcome = match &environment.outcome {
        Outcome::Planned { .. } => locale.say(&text!("outcome-planned")),
        Outcome::Excluded { reason } => locale.say(&text!(
            "outcome-excluded-because",
            reason = locale.say(reason)
        )),
        Outcome::Unknown { reason } => locale.say(&text!(
            "outcome-unknown-because",
            reason = locale.say(reason)
        )),
    };
    let planned = environment.planned();
    let sizing = planned.map(|(_, sizing)| sizing);
    let number = |of: fn(&Sizing) -> f64| Value::maybe(sizing.map(of));
    let grade =
        |of: fn(&Sizing) -> String| sizing.map_or(Value::Empty, |sizing| Value::text(of(sizing)));
    let shared = plan
        .economics
        .by_app
        .iter()
        .find(|one| one.environment == environment.label);
    let money =
        |of: fn(&crate::plan::AppSaving) -> Money| Value::maybe(shared.map(of).map(Money::as_f64));
    vec![
        Value::text(&environment.label),
        Value::text(&environment.application),
        planned.map_or(Value::Empty, |(name, _)| Value::text(name.as_str())),
        Value::text(outcome),
        Value::text(locale.say(&environment.stage.text())),
        Value::Number(f64::from(environment.instances_today.values().sum::<u32>())),
        number(|sizing| sizing.requests.cpu.cores() * 1_000.0),
        Value::maybe(
            sizing
                .and_then(|sizing| sizing.limits.cpu_millicores)
                .map(|limit| limit.cores() * 1_000.0),
        ),
        number(|sizing| sizing.requests.memory.as_f64() / MEBIBYTE),
        number(|sizing| sizing.limits.memory_bytes.as_f64() / MEBIBYTE),
        grade(|sizing| sizing.evidence.cpu.grade.to_string()),
        grade(|sizing| sizing.evidence.memory.grade.to_string()),
        number(|sizing| f64::from(replicas(sizing))),
        money(|shared| shared.today),
        money(|shared| shared.after),
        shared.map_or(Value::Empty, |shared| {
            Value::Formula(format!("=N{row}-O{row}"), shared.saving.as_f64())
        }),
    ]
}
