//! The backtest in words and as a table. Every number was counted elsewhere.

use crate::render::{counted, paragraph, readable, table};
use crate::size::{BEST_KNOWN, Backtest, Comparison, Judged, Resource, Rule, Skipped};

/// Differences under this are called none: a tenth of a per cent is the last digit that is shown.
const SAME: f64 = 0.0005;

/// What was judged, the comparison in words, and the table.
pub(super) fn text(backtest: &Backtest, width: usize) -> String {
    let width = readable(width);
    let legend = "CPU is violated if more than 1 % of a window's samples are above the request, memory if any is. \
                  Requested / used: sum of the requests over the sum of the mean use in the days that judged. \
                  Floors and rounding steps are left out of every rule.";
    [paragraph(&verdict(backtest), 0, width), rules(backtest, width), paragraph(legend, 0, width)].join("\n")
}

/// One sentence, whatever the result.
fn verdict(backtest: &Backtest) -> String {
    let span = backtest.span;
    let judged = format!(
        "Requests made from {} were judged on the {} after, {} over, for {} of {}: {} and {}",
        counted(span.train_days.get(), "day"),
        counted(span.test_days.get(), "day"),
        counted(backtest.folds, "time"),
        counted(backtest.instances_judged, "instance"),
        counted(backtest.environments_judged, "environment"),
        windows(Resource::Cpu, &backtest.cpu),
        windows(Resource::Memory, &backtest.memory),
    );
    let results = Resource::ALL.map(|resource| match backtest.beside(BEST_KNOWN, resource) {
        Some(comparison) => compared(&comparison),
        None => format!("about {resource} nothing can be said"),
    });
    format!("{judged}; {}.", results.join("; "))
}

fn windows(resource: Resource, judged: &Judged) -> String {
    let used = format!("{} of {resource}", counted(judged.windows, "window"));
    match judged.skipped.total() {
        0 => format!("{used}, none skipped"),
        skipped => format!("{used}, {skipped} more skipped ({})", reasons(&judged.skipped)),
    }
}

fn reasons(skipped: &Skipped) -> String {
    let all = [
        (skipped.unreported, "without a series of the instance's own"),
        (skipped.training, "under half of the samples to fit on"),
        (skipped.test, "under half of the samples to judge on"),
        (skipped.unknown_type, "of unknown instance types"),
    ];
    let present = all.into_iter().filter(|(windows, _)| *windows > 0);
    present.map(|(windows, reason)| format!("{windows} {reason}")).collect::<Vec<_>>().join(", ")
}

fn compared(comparison: &Comparison) -> String {
    let Comparison { resource, peer, requested_over_peer, violating_share, peer_violating_share } = *comparison;
    let difference = requested_over_peer - 1.0;
    let asks = match difference {
        _ if difference.abs() < SAME => format!("as much {resource} as {peer}"),
        _ if difference < 0.0 => format!("{} less {resource} than {peer}", percent(-difference)),
        _ => format!("{} more {resource} than {peer}", percent(difference)),
    };
    let (ours, theirs) = (percent(violating_share), percent(peer_violating_share));
    let breaks = match violating_share - peer_violating_share {
        difference if difference.abs() < SAME => format!("is too small as often ({ours} of the windows)"),
        difference if difference < 0.0 => format!("is too small less often ({ours} of the windows, not {theirs})"),
        _ => format!("is too small more often ({ours} of the windows, not {theirs})"),
    };
    format!("the plan's rule asks for {asks} and {breaks}")
}

fn rules(backtest: &Backtest, width: usize) -> String {
    let rows = Rule::ALL.into_iter().map(|rule| {
        let cells = Resource::ALL.into_iter().flat_map(|resource| {
            let row = backtest.row(rule, resource);
            let ratio = row.and_then(|row| row.requested_over_used).map_or_else(nothing, |ratio| format!("{ratio:.2}"));
            let share = row.and_then(|row| row.violating_share).map_or_else(nothing, percent);
            [ratio, share]
        });
        std::iter::once(rule.name().to_owned()).chain(cells).collect()
    });
    let header = ["Policy", "CPU requested / used", "CPU violated", "Memory requested / used", "Memory violated"];
    table(&header, rows.collect(), &[1, 2, 3, 4], width)
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
        Comparison { resource, peer, requested_over_peer, violating_share, peer_violating_share: 0.068 }
    }

    #[test]
    fn the_words_follow_the_numbers_in_either_direction() {
        let cases = [
            (0.9, 0.13, "10.0 % less CPU than compute-optimizer and is too small more often (13.0 % of the windows, not 6.8 %)"),
            (1.25, 0.01, "25.0 % more CPU than compute-optimizer and is too small less often (1.0 % of the windows, not 6.8 %)"),
            (1.0, 0.068, "as much CPU as compute-optimizer and is too small as often (6.8 % of the windows)"),
        ];
        for (ratio, share, expected) in cases {
            assert_eq!(compared(&comparison(ratio, share)), format!("the plan's rule asks for {expected}"));
        }
    }

    #[test]
    fn only_reasons_that_occurred_are_named() {
        let skipped = Skipped { training: 3, unreported: 7, ..Skipped::default() };
        assert_eq!(reasons(&skipped), "7 without a series of the instance's own, 3 under half of the samples to fit on");
        let none = Judged { windows: 1, skipped: Skipped::default() };
        assert_eq!(windows(Resource::Memory, &none), "1 window of memory, none skipped");
    }
}
