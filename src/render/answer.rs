//! Sentences and marks that the report and the terminal summary share: ranges, what is recommended, coverage, basis.

use super::report::locale::Locale;
use crate::plan::{BillKey, Bound, Plan, Saving};
use crate::units::Money;
use crate::wording::dollars::dollars;
use crate::wording::{Text, text};

/// Between what and what both totals lie, how long the move takes to pay for itself, and what that rests on.
pub(super) fn range_and_move(plan: &Plan, locale: Locale) -> String {
    let (Some(today), Some(after)) = (plan.bill(BillKey::TODAY), plan.bill(BillKey::AFTER)) else {
        return String::new();
    };
    let moved = &plan.economics.move_;
    let break_even = match moved.break_even_month {
        Some(month) => text!("range-pays-back", month = month),
        None => text!("range-never-pays-back", months = moved.curve.len()),
    };
    let scenario = |name: &str| {
        plan.economics
            .scenarios
            .iter()
            .find(|scenario| scenario.name == name)
    };
    let scenarios = match (scenario("cautious"), scenario("optimistic")) {
        (Some(cautious), Some(optimistic)) => {
            text!(
                "range-of-scenarios",
                cautious = dollars(cautious.saving),
                optimistic = dollars(optimistic.saving)
            )
        }
        _ => Text::plain(""),
    };
    locale.say(&text!(
        "range-and-move",
        today_low = dollars(today.low),
        today_high = dollars(today.high),
        after_low = dollars(after.low),
        after_high = dollars(after.high),
        scenarios = scenarios,
        unpriced = if today.unpriced_lines + after.unpriced_lines > 0 {
            text!("range-of-priced")
        } else {
            Text::plain("")
        },
        once = dollars(moved.once.total),
        break_even = break_even
    ))
}

/// The saving for a table cell, with what it is given the lines without a price.
pub(super) fn bounded_saving(saving: &Saving) -> Text {
    bounded(dollars(saving.per_month), saving.bound)
}

/// What is recommended, what cannot be, and what EKS and further clusters cost by themselves: a sentence each.
pub(super) fn about_choosing(plan: &Plan, locale: Locale) -> Vec<String> {
    let choosing = &plan.economics.choosing;
    let mut sentences: Vec<String> = recommended(plan, locale).into_iter().collect();
    if let Some(costs) = choosing.cost_of_eks {
        let text = if costs.is_negative() {
            text!("cost-of-eks-less", amount = locale.money(-costs))
        } else {
            text!("cost-of-eks", amount = locale.money(costs))
        };
        sentences.push(locale.say(&text));
    }
    if let Some(costs) = choosing.cost_of_further_clusters {
        sentences.push(locale.say(&text!(
            "cost-of-further-clusters",
            amount = locale.money(costs)
        )));
    }
    sentences.extend(choosing.not_offered.iter().map(|one| {
        locale.say(&text!(
            "not-offered",
            title = one.title.clone(),
            reason = one.reason.clone()
        ))
    }));
    sentences
}

/// The recommended plan in a sentence, with the command that makes it; nothing if none could be found.
pub(super) fn recommended(plan: &Plan, locale: Locale) -> Option<String> {
    let best = plan
        .economics
        .choosing
        .alternatives
        .iter()
        .find(|one| one.recommended)?;
    if best.settings.is_empty() {
        let others = plan.economics.choosing.alternatives.iter();
        let failed = others
            .filter(|one| one.replay.is_some_and(|replay| !replay.passes))
            .count();
        let monthly = locale.money(best.monthly);
        return Some(locale.say(&if failed > 0 {
            text!(
                "recommended-as-asked-replayed",
                monthly = monthly,
                failed = failed
            )
        } else {
            text!("recommended-as-asked", monthly = monthly)
        }));
    }
    let settings: Vec<String> = best
        .settings
        .iter()
        .map(|setting| setting.as_str().to_owned())
        .collect();
    Some(locale.say(&text!(
        "recommended",
        title = locale.say(&best.title),
        monthly = locale.money(best.monthly),
        low = locale.money(best.likely.low),
        high = locale.money(best.likely.high),
        settings = locale.list(settings)
    )))
}

/// An amount without its sign, which the sentence says: `more` or `less` by [`more_or_less`].
pub(super) fn unsigned(amount: Money) -> Money {
    if amount.is_negative() {
        -amount
    } else {
        amount
    }
}

/// What a sentence chooses its words by.
pub(super) const fn more_or_less(amount: Money) -> &'static str {
    if amount.is_negative() { "less" } else { "more" }
}

/// One word of a shell, whatever names are in it.
pub(super) fn shell_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// What is shown of a difference between two bills. What misses a line without a price carries a mark, which one
/// sentence of the answer explains.
pub(super) fn bounded(amount: String, bound: Bound) -> Text {
    match bound {
        Bound::Exact => Text::Plain(amount),
        Bound::AtLeast | Bound::AtMost | Bound::Unknown => Text::Plain(marked(amount, true)),
    }
}

/// With the mark of what misses a line without a price.
pub(super) fn marked(amount: String, misses_lines: bool) -> String {
    if misses_lines {
        format!("{amount}*")
    } else {
        amount
    }
}

/// Every environment in exactly one class, and the sum.
pub(super) fn coverage(plan: &Plan, locale: Locale) -> String {
    let coverage = &plan.coverage;
    let gone = match coverage.terminated {
        0 => Text::plain(""),
        count => text!("coverage-terminated", count = count),
    };
    locale.say(&text!(
        "coverage",
        seen = coverage.seen,
        planned = coverage.planned,
        excluded = coverage.excluded,
        unknown = coverage.unknown,
        gone = gone
    ))
}

/// Which day the plan takes for today, and how much history it had.
pub(super) fn basis(plan: &Plan, locale: Locale) -> Text {
    let window = &plan.inputs.window;
    text!(
        "basis",
        day = locale.day(plan.inputs.collected_at),
        start = locale.day(window.start),
        end = locale.day(window.end),
        days = window.seconds() / 86_400,
        price_book = locale.day_named(&plan.inputs.price_book)
    )
}

/// The date of an RFC 3339 time in UTC.
pub(super) fn date(time: String) -> String {
    time.split('T').next().unwrap_or_default().to_owned()
}

/// An amount, or the least that it can be.
pub(super) fn amount(amount: Money, is_lower_bound: bool) -> Text {
    bounded(
        dollars(amount),
        if is_lower_bound {
            Bound::AtLeast
        } else {
            Bound::Exact
        },
    )
}
