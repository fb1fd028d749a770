//! The answer first: the sentences that stand at the top of the report and of the terminal summary.

use super::report::voice::Voice;
use crate::plan::{Bill, BillKey, Bound, Plan, Saving};
use crate::units::Money;
use crate::wording::dollars::{dollars, unsigned_dollars};
use crate::wording::{Text, text};

/// Today, after and the difference, with what is unknown said in the same breath. Plain text.
pub(super) fn money(plan: &Plan, voice: Voice) -> String {
    let saving = &plan.saving;
    let answer = text!(
        "answer",
        today = at_least(plan.bill(BillKey::TODAY), saving.today),
        after = at_least(plan.bill(BillKey::AFTER), saving.after),
        verdict = verdict(plan, voice)
    );
    let unpriced: Vec<Text> = [BillKey::TODAY, BillKey::AFTER]
        .into_iter()
        .filter_map(|key| plan.bill(key))
        .filter(|bill| bill.unpriced_lines > 0)
        .map(|bill| {
            text!(
                "answer-unpriced-lines",
                count = bill.unpriced_lines,
                bill = bill.title()
            )
        })
        .collect();
    voice.say(&if unpriced.is_empty() {
        answer
    } else {
        text!("answer-unpriced", answer = answer, lines = unpriced)
    })
}

/// What the difference is, as far as it is known.
fn verdict(plan: &Plan, voice: Voice) -> Text {
    let saving = &plan.saving;
    let difference = unsigned_dollars(saving.per_month);
    let share = share_of_today(plan, voice).map_or_else(
        || Text::plain(""),
        |share| text!("answer-share", share = share),
    );
    match (saving.bound, saving.per_month.is_negative()) {
        (Bound::Exact, _) if saving.today == saving.after => text!("answer-same"),
        (Bound::Exact, false) => text!("answer-saves", difference = difference, share = share),
        (Bound::Exact, true) => text!("answer-costs-more", difference = difference, share = share),
        // Lines without a price only add to their side, so that a saving and a loss are bounded the other way round.
        (Bound::AtLeast, false) => text!(
            "answer-saves-at-least",
            difference = difference,
            share = share
        ),
        (Bound::AtLeast, true) => text!(
            "answer-costs-at-most-more",
            difference = difference,
            share = share
        ),
        (Bound::AtMost, false) => text!(
            "answer-saves-at-most",
            difference = difference,
            share = share
        ),
        (Bound::AtMost, true) => text!(
            "answer-costs-at-least-more",
            difference = difference,
            share = share
        ),
        (Bound::Unknown, false) => text!("answer-unknown", difference = difference),
        (Bound::Unknown, true) => text!("answer-unknown-costs-more", difference = difference),
    }
}

/// Between what and what both totals lie, how long the move takes to pay for itself, and what that rests on.
pub(super) fn range_and_move(plan: &Plan, voice: Voice) -> String {
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
    voice.say(&text!(
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
pub(super) fn about_choosing(plan: &Plan, voice: Voice) -> Vec<String> {
    let choosing = &plan.economics.choosing;
    let mut sentences: Vec<String> = recommended(plan, voice).into_iter().collect();
    if let Some(costs) = choosing.cost_of_eks {
        let text = if costs.is_negative() {
            text!("cost-of-eks-less", amount = voice.money(-costs))
        } else {
            text!("cost-of-eks", amount = voice.money(costs))
        };
        sentences.push(voice.say(&text));
    }
    if let Some(costs) = choosing.cost_of_further_clusters {
        sentences.push(voice.say(&text!(
            "cost-of-further-clusters",
            amount = voice.money(costs)
        )));
    }
    sentences.extend(choosing.not_offered.iter().map(|one| {
        voice.say(&text!(
            "not-offered",
            title = one.title.clone(),
            reason = one.reason.clone()
        ))
    }));
    sentences
}

/// The recommended plan in a sentence, with the command that makes it; nothing if none could be found.
pub(super) fn recommended(plan: &Plan, voice: Voice) -> Option<String> {
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
        let monthly = voice.money(best.monthly);
        return Some(voice.say(&if failed > 0 {
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
        .map(|setting| format!("--set {}", shell_quoted(setting)))
        .collect();
    Some(voice.say(&text!(
        "recommended",
        title = voice.say(&best.title),
        monthly = voice.money(best.monthly),
        low = voice.money(best.likely.low),
        high = voice.money(best.likely.high),
        settings = settings.join(" ")
    )))
}

/// An amount without its sign, which the sentence says: `more` or `less` by [`way`].
pub(super) fn unsigned(amount: Money) -> Money {
    if amount.is_negative() {
        -amount
    } else {
        amount
    }
}

/// What a sentence chooses its words by.
pub(super) const fn way(amount: Money) -> &'static str {
    if amount.is_negative() { "less" } else { "more" }
}

/// One word of a shell, whatever names are in it.
fn shell_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// What is shown of a difference between two bills, with how it is to be read.
pub(super) fn bounded(amount: String, bound: Bound) -> Text {
    match bound {
        Bound::Exact => Text::Plain(amount),
        Bound::AtLeast => text!("at-least", amount = amount),
        Bound::AtMost => text!("at-most", amount = amount),
        Bound::Unknown => text!("priced-lines-only", amount = amount),
    }
}

/// `31.2 %`, unsigned: the sentence says which way; nothing if today costs nothing.
fn share_of_today(plan: &Plan, voice: Voice) -> Option<String> {
    let today = plan.saving.today.as_f64();
    (today > 0.0)
        .then(|| voice.per_hundred((plan.saving.per_month.as_f64() / today * 100.0).abs(), 1))
}

/// Every environment in exactly one class, and the sum.
pub(super) fn coverage(plan: &Plan, voice: Voice) -> String {
    let coverage = &plan.coverage;
    let gone = match coverage.terminated {
        0 => Text::plain(""),
        count => text!("coverage-terminated", count = count),
    };
    voice.say(&text!(
        "coverage",
        seen = coverage.seen,
        planned = coverage.planned,
        excluded = coverage.excluded,
        unknown = coverage.unknown,
        gone = gone
    ))
}

/// Which day the plan takes for today, and how much history it had.
pub(super) fn basis(plan: &Plan, voice: Voice) -> Text {
    let window = &plan.inputs.window;
    text!(
        "basis",
        day = voice.day(plan.inputs.collected_at),
        start = voice.day(window.start),
        end = voice.day(window.end),
        days = window.seconds() / 86_400,
        price_book = voice.day_named(&plan.inputs.price_book)
    )
}

/// The date of an RFC 3339 time in UTC.
pub(super) fn date(time: String) -> String {
    time.split('T').next().unwrap_or_default().to_owned()
}

fn at_least(bill: Option<&Bill>, total: Money) -> Text {
    amount(total, bill.is_some_and(|bill| bill.unpriced_lines > 0))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::test_plan::hand_made;
    use crate::wording::Language;

    fn sentence(today: i64, after: i64, bound: Bound) -> String {
        let mut plan = hand_made();
        let (today, after) = (Money::from_cents(today), Money::from_cents(after));
        plan.bills
            .iter_mut()
            .for_each(|bill| bill.unpriced_lines = 0);
        plan.saving = Saving {
            today,
            after,
            per_month: today - after,
            bound,
        };
        money(&plan, Voice::new(Language::English))
    }

    #[test]
    fn a_saving_is_a_saving_and_a_loss_a_loss() {
        assert!(
            sentence(100_000, 75_000, Bound::Exact)
                .ends_with("a saving of $250.00 a month (25.0 % of today).")
        );
        assert!(
            sentence(75_000, 100_000, Bound::Exact)
                .contains("costs $250.00 a month more (33.3 % of today); it saves nothing")
        );
        assert!(sentence(75_000, 75_000, Bound::Exact).ends_with("exactly the same."));
        assert!(
            sentence(0, 100, Bound::Exact).ends_with("costs $1.00 a month more; it saves nothing.")
        );
    }

    #[test]
    fn bounds_turn_round_with_the_sign() {
        assert!(sentence(200, 100, Bound::AtLeast).contains("a saving of at least $1.00"));
        assert!(
            sentence(100, 200, Bound::AtLeast)
                .contains("costs $1.00 a month more (100.0 % of today), less what")
        );
        assert!(sentence(200, 100, Bound::AtMost).contains("a saving of at most $1.00"));
        assert!(sentence(100, 200, Bound::AtMost).contains("costs at least $1.00 a month more"));
        assert!(
            sentence(200, 100, Bound::Unknown)
                .ends_with("unknown; by the priced lines alone, $1.00 a month.")
        );
        assert!(
            sentence(100, 200, Bound::Unknown)
                .ends_with("unknown; by the priced lines alone, it costs $1.00 a month more.")
        );
    }

    #[test]
    fn lines_without_a_price_are_counted_in_the_same_breath() {
        let answer = money(&hand_made(), Voice::new(Language::English));
        assert!(
            answer.contains("would cost at least $2,724.88 after the move"),
            "{answer}"
        );
        assert!(
            answer.ends_with("Without a price: 1 line of the bill \"after\"."),
            "{answer}"
        );
    }
}
