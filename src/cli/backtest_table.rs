//! The backtest in words and as a table. Every number was counted elsewhere.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::plan::{OWN_RULE, RuleOnNodes};
use crate::policy::Policy;
use crate::render::{counted, paragraph, readable, table};
use crate::size::{
    BEST_KNOWN, Backtest, BacktestTable, Comparison, JudgedWindows, Resource, Rule, SkippedWindows,
};

/// Differences under this are called none: a tenth of a per cent is the last digit that is shown.
const SAME: f64 = 0.0005;

/// For instances and then for replicas: what was judged, the comparison in words, the table; and how to read them.
pub(super) fn text(backtest: &Backtest, width: usize) -> String {
    let width = readable(width);
    let parts = [
        paragraph(&of_instances(backtest), 0, width),
        rules(&backtest.instances, width),
        paragraph(&of_replicas(backtest), 0, width),
        rules(&backtest.replicas, width),
        paragraph(&legend(backtest), 0, width),
    ];
    parts.join("\n")
}

/// Nodes on average and harm in sum, rule by rule over all moments; and how to read it.
pub(super) fn on_nodes(rows: &[RuleOnNodes], policy: &Policy, width: usize) -> String {
    let width = readable(width);
    let moments: BTreeSet<Timestamp> = rows.iter().map(|row| row.planned_at).collect();
    let days: Vec<String> = moments
        .iter()
        .map(|at| at.strftime("%Y-%m-%d").to_string())
        .collect();
    let head = format!(
        "Plans as of {}, each replayed on the days after it, which it had not seen. Other rules' requests take the \
         place of ours; replicas, limits, floors and packing are the same.",
        days.join(", ")
    );
    let mut rules: Vec<&str> = rows.iter().map(|row| row.rule.as_str()).collect();
    // Ours first, then its levels: their names begin with its own.
    rules.sort_unstable_by_key(|rule| (!rule.starts_with(OWN_RULE), *rule));
    rules.dedup();
    let of_rule = |rule: &str| {
        let own: Vec<&RuleOnNodes> = rows.iter().filter(|row| row.rule == rule).collect();
        let sum = |of: fn(&RuleOnNodes) -> u64| own.iter().map(|row| of(row)).sum::<u64>();
        let weeks: f64 = own.iter().map(|row| row.pod_weeks).sum();
        let nodes: u32 = own.iter().map(|row| row.nodes).sum();
        let kept = own.iter().filter(|row| row.kept).count();
        let most = |of: fn(&RuleOnNodes) -> f64| own.iter().map(|row| of(row)).fold(0.0, f64::max);
        vec![
            rule.to_owned(),
            format!("{:.1}", f64::from(nodes) / as_f64(own.len())),
            sum(|row| row.evictions).to_string(),
            sum(|row| row.kills).to_string(),
            sum(|row| row.starved_app_minutes).to_string(),
            format!("{weeks:.0}"),
            percent(most(|row| row.node_cpu_max)),
            percent(most(|row| row.node_memory_max)),
            format!("{kept}/{}", own.len()),
        ]
    };
    let header = [
        "Rule",
        "Nodes",
        "Evictions",
        "Kills",
        "Starved minutes",
        "Pod-weeks",
        "Most CPU",
        "Most memory",
        "Kept",
    ];
    let cells = rules.into_iter().map(of_rule).collect();
    let legend = format!(
        "Nodes: the mean of the plans. Starved: an app got less than 95 % of its CPU. Kept: plans with at most {} \
         evictions and kills in a pod-week and {} % of the minutes starved, as the policy has it.",
        policy.replay.evictions_per_pod_week.get(),
        100.0 * policy.replay.starved_share.get()
    );
    let parts = [
        paragraph(&head, 0, width),
        table(&header, cells, &[1, 2, 3, 4, 5, 6, 7], width),
        paragraph(&legend, 0, width),
    ];
    parts.join("\n")
}

#[expect(clippy::cast_precision_loss, reason = "a few plans")]
fn as_f64(count: usize) -> f64 {
    count as f64
}

fn of_instances(backtest: &Backtest) -> String {
    let Backtest {
        span, instances, ..
    } = backtest;
    let judged = format!(
        "Requests made from {} were judged on the {} after, {} over, for {} of {}: {}",
        counted(span.train_days.get(), "day"),
        counted(span.test_days.get(), "day"),
        counted(backtest.folds, "time"),
        counted(instances.subjects_judged, "instance"),
        counted(instances.environments_judged, "environment"),
        both_windows(instances),
    );
    verdict(&judged, instances)
}

fn of_replicas(backtest: &Backtest) -> String {
    let Backtest { replicas, .. } = backtest;
    let judged = format!(
        "The same for what the plan requests for, one replica of {}, its busiest at any time: {}",
        counted(replicas.environments_judged, "environment"),
        both_windows(replicas)
    );
    verdict(&judged, replicas)
}

/// One sentence, whatever the result.
fn verdict(judged: &str, table: &BacktestTable) -> String {
    let compared: Vec<String> = table.comparisons.iter().map(compared).collect();
    if compared.is_empty() {
        return format!("{judged}; how the plan's rule does cannot be said.");
    }
    format!(
        "{judged}; beside {BEST_KNOWN}, the plan's rule asks {}.",
        compared.join(", and ")
    )
}

fn both_windows(table: &BacktestTable) -> String {
    format!(
        "{} and {}",
        windows(Resource::Cpu, &table.cpu),
        windows(Resource::Memory, &table.memory)
    )
}

fn windows(resource: Resource, judged: &JudgedWindows) -> String {
    format!(
        "{} of {resource} ({} skipped)",
        counted(judged.windows, "window"),
        judged.skipped.total()
    )
}

fn compared(comparison: &Comparison) -> String {
    let Comparison {
        resource,
        requested_over_peer,
        violating_share,
        peer_violating_share,
        nominal_share,
        ..
    } = *comparison;
    let difference = requested_over_peer - 1.0;
    let asks = match difference {
        _ if difference.abs() < SAME => format!("for as much {resource}"),
        _ if difference < 0.0 => format!("for {} less {resource}", percent(-difference)),
        _ => format!("for {} more {resource}", percent(difference)),
    };
    let (ours, theirs) = (percent(violating_share), percent(peer_violating_share));
    let breaks = match violating_share - peer_violating_share {
        difference if difference.abs() < SAME => {
            format!("is too small as often ({ours} of the windows)")
        }
        difference if difference < 0.0 => {
            format!("is too small less often ({ours} of the windows, not {theirs})")
        }
        _ => format!("is too small more often ({ours} of the windows, not {theirs})"),
    };
    format!(
        "{asks} and {breaks}; the policy takes {} there",
        percent(nominal_share)
    )
}

fn legend(backtest: &Backtest) -> String {
    let BacktestTable { cpu, memory, .. } = &backtest.instances;
    let skipped = [
        (Resource::Cpu, &cpu.skipped),
        (Resource::Memory, &memory.skipped),
    ];
    let skipped = skipped
        .into_iter()
        .filter(|(_, skipped)| skipped.total() > 0);
    let skipped: String = skipped
        .map(|(resource, skipped)| {
            format!(
                " Windows of instances skipped for {resource}: {}.",
                reasons(skipped)
            )
        })
        .collect();
    format!(
        "Requested: the sum of the requests, as a multiple of the mean use in the days that judged. Violated: the share of the \
         windows in which the request was too small, for CPU in more than 1 % of the samples, for memory in any. Floors and \
         rounding steps are left out of every rule; of krr-simple-limit the request is judged, not the limit.{skipped}"
    )
}

fn reasons(skipped: &SkippedWindows) -> String {
    let all = [
        (skipped.unreported, "without a series of the instance's own"),
        (skipped.training, "with under half of the samples to fit on"),
        (skipped.test, "with under half of the samples to judge on"),
        (
            skipped.unknown_type,
            "in environments with an unknown instance type",
        ),
    ];
    let present = all.into_iter().filter(|(windows, _)| *windows > 0);
    present
        .map(|(windows, reason)| format!("{windows} {reason}"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn rules(judged: &BacktestTable, width: usize) -> String {
    let rows = Rule::ALL.into_iter().map(|rule| {
        let promised = rule.risk().map_or_else(nothing, |risk| percent(risk.get()));
        let cells = Resource::ALL.into_iter().flat_map(|resource| {
            let row = judged.row(rule, resource);
            let ratio = row
                .and_then(|row| row.requested_over_used)
                .map_or_else(nothing, |ratio| format!("{ratio:.2}"));
            let share = row
                .and_then(|row| row.violating_share)
                .map_or_else(nothing, percent);
            [ratio, share]
        });
        [rule.name().to_owned(), promised]
            .into_iter()
            .chain(cells)
            .collect()
    });
    let header = [
        "Policy",
        "Promised",
        "CPU requested",
        "CPU violated",
        "Memory requested",
        "Memory violated",
    ];
    table(&header, rows.collect(), &[1, 2, 3, 4, 5], width)
}

fn nothing() -> String {
    "-".to_owned()
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comparison(requested_over_peer: f64, violating_share: f64) -> Comparison {
        let (resource, peer) = (Resource::Cpu, BEST_KNOWN);
        Comparison {
            resource,
            peer,
            requested_over_peer,
            violating_share,
            peer_violating_share: 0.068,
            nominal_share: 0.1,
        }
    }

    #[test]
    fn the_words_follow_the_numbers_in_either_direction() {
        let cases = [
            (
                0.9,
                0.13,
                "for 10.0 % less CPU and is too small more often (13.0 % of the windows, not 6.8 %); the policy takes 10.0 % there",
            ),
            (
                1.25,
                0.01,
                "for 25.0 % more CPU and is too small less often (1.0 % of the windows, not 6.8 %); the policy takes 10.0 % there",
            ),
            (
                1.0,
                0.068,
                "for as much CPU and is too small as often (6.8 % of the windows); the policy takes 10.0 % there",
            ),
        ];
        for (ratio, share, expected) in cases {
            assert_eq!(compared(&comparison(ratio, share)), expected);
        }
    }

    #[test]
    fn only_reasons_that_occurred_are_named() {
        let skipped = SkippedWindows {
            training: 3,
            unreported: 7,
            ..SkippedWindows::default()
        };
        assert_eq!(
            reasons(&skipped),
            "7 without a series of the instance's own, 3 with under half of the samples to fit on"
        );
        let one = JudgedWindows {
            windows: 1,
            skipped,
        };
        assert_eq!(
            windows(Resource::Memory, &one),
            "1 window of memory (10 skipped)"
        );
    }
}
