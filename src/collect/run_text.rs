//! A run's end, and a dry run, for a terminal: pure functions of what was found.

use std::collections::BTreeMap;

use super::calls::Call;
use super::dry_run::DryScope;
use super::summary::{CollectionSummary, ScopeSummary};
use super::wire::Tally;
use crate::snapshot::Coverage;
use crate::units::spelt;

/// Gaps of a scope that are shown; all of them stand in the manifest.
const MOST_GAPS: usize = 10;

/// What was collected, what is missing, and what it took.
#[must_use]
pub fn collected_text(collected: &CollectionSummary) -> String {
    let mut text = String::new();
    for scope in &collected.scopes {
        text.push_str(&scope_text(scope));
    }
    let total = collected
        .calls
        .values()
        .fold(Tally::default(), |sum, one| Tally {
            attempts: sum.attempts + one.attempts,
            throttled: sum.throttled + one.throttled,
            broken: sum.broken + one.broken,
        });
    text.push_str(&format!(
        "calls: {} sent, {} throttled, {} without a whole answer\n",
        total.attempts, total.throttled, total.broken
    ));
    text
}

fn scope_text(found: &ScopeSummary) -> String {
    let scope = &found.scope;
    let mut text = format!(
        "{} {} ({}): {}, {}\n",
        spelt(&scope.account),
        spelt(&scope.region),
        spelt(&found.label),
        plural(found.environments, "environment"),
        spelt(&scope.status)
    );
    if let Some(coverage) = &scope.coverage {
        text.push_str(&coverage_text(coverage));
    }
    for gap in scope.gaps.iter().take(MOST_GAPS) {
        text.push_str(&format!(
            "  missing: {}: {}\n",
            spelt(&gap.what),
            spelt(&gap.why)
        ));
    }
    if scope.gaps.len() > MOST_GAPS {
        text.push_str(&format!(
            "  and {} more, all of them in manifest.json\n",
            scope.gaps.len() - MOST_GAPS
        ));
    }
    text
}

fn coverage_text(coverage: &Coverage) -> String {
    let listed = |counts: &BTreeMap<String, u64>| {
        counts
            .iter()
            .map(|(word, count)| format!("{count} {word}"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let share = match coverage.points_expected {
        0 => "no data points were expected".to_owned(),
        #[expect(clippy::cast_precision_loss, reason = "a percentage for people")]
        expected => format!(
            "{:.1} % of {expected} data points came",
            100.0 * coverage.points_came as f64 / expected as f64
        ),
    };
    let mut text = format!(
        "  answers: {}\n  series: {}; {share}\n",
        listed(&coverage.units),
        listed(&coverage.series)
    );
    if !coverage.filtered.is_empty() {
        text.push_str(&format!(
            "  left out by a filter: {}\n",
            plural(coverage.filtered.len(), "environment")
        ));
    }
    text
}

/// What a run would take.
#[must_use]
pub fn dry_text(scopes: &[DryScope]) -> String {
    let mut text = String::new();
    for scope in scopes {
        let census = scope.census;
        let estimate = match &scope.estimate {
            Ok(estimate) => estimate,
            Err(why) => {
                text.push_str(&format!(
                    "{}: cannot be estimated: {}\n",
                    spelt(&scope.name),
                    spelt(why)
                ));
                continue;
            }
        };
        let instances = usize::try_from(census.instances).unwrap_or(usize::MAX);
        let environments = usize::try_from(census.environments).unwrap_or(usize::MAX);
        text.push_str(&format!(
            "{}: {}, {}\na collection would send about {} calls, take {} and cost {:.2} US cents (GetMetricData; all else is free)\n",
            spelt(&scope.name),
            plural(environments, "environment"),
            plural(instances, "instance"),
            estimate.calls.values().sum::<u64>(),
            duration(estimate.seconds),
            estimate.cents
        ));
        for (call, count) in &estimate.calls {
            text.push_str(&format!(
                "  {count:>7}  {}{}\n",
                call.action(),
                note(*call, estimate.points)
            ));
        }
    }
    text
}

fn note(call: Call, points: u64) -> String {
    match call {
        Call::GetMetricData => format!(" ({points} data points)"),
        Call::DescribeClassicLoadBalancers => " (classic)".to_owned(),
        _ => String::new(),
    }
}

/// Rounded up to what a person plans with.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a whole number of minutes"
)]
fn duration(seconds: f64) -> String {
    match seconds {
        ..60.0 => "less than a minute".to_owned(),
        _ => format!("about {} minutes", (seconds / 60.0).ceil() as u64),
    }
}

fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
