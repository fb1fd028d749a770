//! From fractions to whole bins: patterns that the master uses most are fixed one after another, the
//! rest is priced anew, until all is packed or the rest cannot fit the target any more.

use super::Budget;
use super::chance::Chance;
use super::columns::Columns;
use super::problem::{Pattern, Problem};

/// Rounds of pricing after each fixing.
const ROUNDS: usize = 12;

/// Patterns that meet the demand with at most `target` bins, or those that were fixed before that turned
/// out impossible. Dives differ by chance. `known` are patterns to choose from; those learnt join them.
pub(super) fn dive(
    problem: &Problem,
    known: &mut Vec<Pattern>,
    target: u32,
    chance: &mut Chance,
    budget: &Budget<'_>,
) -> Vec<Pattern> {
    let mut left: Vec<u32> = (0..problem.types())
        .map(|item| problem.demand(item))
        .collect();
    let mut fixed: Vec<Pattern> = Vec::new();
    while left.iter().any(|&left| left > 0) && !budget.is_over() {
        let room = target.saturating_sub(u32::try_from(fixed.len()).unwrap_or(u32::MAX));
        let (rest, kept) = problem.rest(&left);
        let mut columns = Columns::new(&rest, projected(known, &kept, &left));
        let given = columns.master.patterns().len();
        columns.generate(room + 1, ROUNDS, budget);
        known.extend(columns.master.patterns()[given..].iter().map(|pattern| {
            pattern
                .iter()
                .map(|&(item, copies)| (kept[item], copies))
                .collect()
        }));
        let is_lost = columns
            .bound
            .as_ref()
            .is_some_and(|bound| bound.bins > room)
            || columns.master.value() > f64::from(room) + 0.01;
        if is_lost || budget.is_over() {
            break;
        }
        fix(&columns, &kept, &mut left, &mut fixed, chance);
    }
    fixed
}

/// The patterns without what is not left any more, numbered as the rest is; no two the same.
fn projected(known: &[Pattern], kept: &[usize], left: &[u32]) -> Vec<Pattern> {
    let mut position = vec![usize::MAX; left.len()];
    for (new, &old) in kept.iter().enumerate() {
        position[old] = new;
    }
    let project = |pattern: &Pattern| -> Pattern {
        let wanted = pattern
            .iter()
            .map(|&(item, copies)| (item, copies.min(left[item])));
        wanted
            .filter(|&(_, copies)| copies > 0)
            .map(|(item, copies)| (position[item], copies))
            .collect()
    };
    let mut patterns: Vec<Pattern> = known
        .iter()
        .map(project)
        .filter(|pattern| pattern.len() > 1)
        .collect();
    patterns.sort_unstable();
    patterns.dedup();
    patterns
}

/// Fixes what is used as a whole, else one of the patterns that are used most.
fn fix(
    columns: &Columns<'_>,
    kept: &[usize],
    left: &mut [u32],
    fixed: &mut Vec<Pattern>,
    chance: &mut Chance,
) {
    let uses = columns.master.uses();
    let patterns = columns.master.patterns();
    let mut fix_one = |index: usize| {
        let pattern = patterns[index]
            .iter()
            .map(|&(item, copies)| (kept[item], copies.min(left[kept[item]])));
        let pattern: Pattern = pattern.filter(|&(_, copies)| copies > 0).collect();
        for &(item, copies) in &pattern {
            left[item] -= copies;
        }
        if !pattern.is_empty() {
            fixed.push(pattern);
        }
    };
    let whole = uses.iter().filter(|&&(_, value)| value > 0.99);
    let mut is_any = false;
    for &(index, value) in whole {
        let mut value = value;
        while value > 0.99 {
            fix_one(index);
            is_any = true;
            value -= 1.0;
        }
    }
    if !is_any {
        let most = uses.iter().map(|&(_, value)| value).fold(0.0, f64::max);
        let close: Vec<usize> = uses
            .iter()
            .filter(|&&(_, value)| value >= most - 0.1)
            .map(|&(index, _)| index)
            .collect();
        if let Some(&index) = close.get(chance.below(close.len())) {
            fix_one(index);
        }
    }
}
