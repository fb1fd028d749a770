//! The answer first: the sentences that stand at the top of the report and of the terminal summary.

use super::dollars::{dollars, unsigned_dollars};
use super::wording::counted;
use crate::plan::{Bill, Bound, Plan, Saving};
use crate::units::Money;

/// Today, after and the difference, with what is unknown said in the same breath. Plain text.
pub(super) fn money(plan: &Plan) -> String {
    let saving = &plan.saving;
    let costs = format!(
        "The environments cost {} a month today and would cost {} after the move",
        at_least(plan.bill("today"), saving.today),
        at_least(plan.bill("after"), saving.after)
    );
    let difference = unsigned_dollars(saving.per_month);
    let share = share_of_today(plan).map_or_else(String::new, |share| format!(" ({share} of today)"));
    let verdict = match (saving.bound, saving.per_month.is_negative()) {
        (Bound::Exact, _) if saving.today == saving.after => "exactly the same".to_owned(),
        (Bound::Exact, false) => format!("a saving of {difference} a month{share}"),
        (Bound::Exact, true) => format!("the plan costs {difference} a month more{share}; it saves nothing"),
        // Lines without a price only add to their side, so that a saving and a loss are bounded the other way round.
        (Bound::AtLeast, false) => format!("a saving of at least {difference} a month{share}"),
        (Bound::AtLeast, true) => {
            format!("the plan costs {difference} a month more{share}, less what the lines without a price cost today")
        }
        (Bound::AtMost, false) => format!("a saving of at most {difference} a month{share}"),
        (Bound::AtMost, true) => format!("the plan costs at least {difference} a month more{share}; it saves nothing"),
        (Bound::Unknown, false) => format!("whether that saves money is unknown; by the priced lines alone, {difference} a month"),
        (Bound::Unknown, true) => {
            format!("whether that saves money is unknown; by the priced lines alone, it costs {difference} a month more")
        }
    };
    let unpriced: Vec<_> = ["today", "after"]
        .into_iter()
        .filter_map(|name| plan.bill(name))
        .filter(|bill| bill.unpriced_lines > 0)
        .map(|bill| format!("{} of the bill \"{}\"", counted(bill.unpriced_lines, "line"), bill.name))
        .collect();
    let unpriced = if unpriced.is_empty() { String::new() } else { format!(" Without a price: {}.", unpriced.join(", ")) };
    format!("{costs}: {verdict}.{unpriced}")
}

/// Between what and what both totals lie, how long the move takes to pay for itself, and what that rests on.
pub(super) fn range_and_move(plan: &Plan) -> String {
    let (Some(today), Some(after)) = (plan.bill("today"), plan.bill("after")) else { return String::new() };
    let moved = &plan.economics.move_;
    let once = dollars(moved.once.total);
    let horizon = counted(u64::try_from(moved.curve.len()).unwrap_or(u64::MAX), "month");
    let break_even = match moved.break_even_month {
        Some(month) => format!("has paid for itself in month {month}"),
        None => format!("never pays for itself within {horizon}"),
    };
    let scenario = |name: &str| plan.economics.scenarios.iter().find(|scenario| scenario.name == name);
    let between = match (scenario("cautious"), scenario("optimistic")) {
        (Some(cautious), Some(optimistic)) => {
            format!(
                " The monthly saving is {} if everything comes badly and {} if everything comes well.",
                dollars(cautious.saving),
                dollars(optimistic.saving)
            )
        }
        _ => String::new(),
    };
    format!(
        "Each line at its own ends, today lies between {} and {} and the plan between {} and {}.{between} The move costs {once} once (people and one-off costs) and {break_even}.",
        dollars(today.low),
        dollars(today.high),
        dollars(after.low),
        dollars(after.high)
    )
}

/// The saving for a table cell, with what it is given the lines without a price.
pub(super) fn bounded_saving(saving: &Saving) -> String {
    let bound = match saving.bound {
        Bound::Exact => "",
        Bound::AtLeast => "at least ",
        Bound::AtMost => "at most ",
        Bound::Unknown => "priced lines only: ",
    };
    format!("{bound}{}", dollars(saving.per_month))
}

/// `31.2 %`, unsigned: the sentence says which way; nothing if today costs nothing.
pub(super) fn share_of_today(plan: &Plan) -> Option<String> {
    let today = plan.saving.today.as_f64();
    (today > 0.0).then(|| format!("{:.1} %", (plan.saving.per_month.as_f64() / today * 100.0).abs()))
}

/// Every environment in exactly one class, and the sum.
pub(super) fn coverage(plan: &Plan) -> String {
    let coverage = &plan.coverage;
    let gone = match coverage.terminated {
        0 => String::new(),
        count => format!(" Not among them: {count} terminated before."),
    };
    format!(
        "{} seen: {} planned, {} excluded, {} unknown.{gone}",
        counted(coverage.seen, "environment"),
        coverage.planned,
        coverage.excluded,
        coverage.unknown
    )
}

/// Which day the plan takes for today, and how much history it had.
pub(super) fn basis(plan: &Plan) -> String {
    let window = &plan.inputs.window;
    format!(
        "snapshot of {}, history from {} to {} ({}), price book put together on {}",
        date(plan.inputs.collected_at.to_string()),
        date(window.start.to_string()),
        date(window.end.to_string()),
        counted(window.seconds() / 86_400, "day"),
        plan.inputs.price_book
    )
}

/// The date of an RFC 3339 time in UTC.
pub(super) fn date(time: String) -> String {
    time.split('T').next().unwrap_or_default().to_owned()
}

fn at_least(bill: Option<&Bill>, total: Money) -> String {
    let bound = if bill.is_some_and(|bill| bill.unpriced_lines > 0) { "at least " } else { "" };
    format!("{bound}{}", dollars(total))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::test_plan::hand_made;

    fn sentence(today: i64, after: i64, bound: Bound) -> String {
        let mut plan = hand_made();
        let (today, after) = (Money::from_cents(today), Money::from_cents(after));
        plan.bills.iter_mut().for_each(|bill| bill.unpriced_lines = 0);
        plan.saving = Saving { today, after, per_month: today - after, bound };
        money(&plan)
    }

    #[test]
    fn a_saving_is_a_saving_and_a_loss_a_loss() {
        assert!(sentence(100_000, 75_000, Bound::Exact).ends_with("a saving of $250.00 a month (25.0 % of today)."));
        assert!(sentence(75_000, 100_000, Bound::Exact).contains("costs $250.00 a month more (33.3 % of today); it saves nothing"));
        assert!(sentence(75_000, 75_000, Bound::Exact).ends_with("exactly the same."));
        assert!(sentence(0, 100, Bound::Exact).ends_with("costs $1.00 a month more; it saves nothing."));
    }

    #[test]
    fn bounds_turn_round_with_the_sign() {
        assert!(sentence(200, 100, Bound::AtLeast).contains("a saving of at least $1.00"));
        assert!(sentence(100, 200, Bound::AtLeast).contains("costs $1.00 a month more (100.0 % of today), less what"));
        assert!(sentence(200, 100, Bound::AtMost).contains("a saving of at most $1.00"));
        assert!(sentence(100, 200, Bound::AtMost).contains("costs at least $1.00 a month more"));
        assert!(sentence(200, 100, Bound::Unknown).ends_with("unknown; by the priced lines alone, $1.00 a month."));
        assert!(sentence(100, 200, Bound::Unknown).ends_with("unknown; by the priced lines alone, it costs $1.00 a month more."));
    }

    #[test]
    fn lines_without_a_price_are_counted_in_the_same_breath() {
        let answer = money(&hand_made());
        assert!(answer.contains("would cost at least $2,724.88 after the move"), "{answer}");
        assert!(answer.ends_with("Without a price: 1 line of the bill \"after\"."), "{answer}");
    }
}
