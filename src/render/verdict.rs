//! The answer: whether to do it, for cost alone, and which plan; the first words of every report.
//!
//! Comes in: a plan whose alternatives are priced. Goes out: a verdict, the sentences and the three columns that carry
//! it. Every number is the plan's; what is rounded is rounded for a sentence only.

use crate::plan::{
    Alternative, AlternativeKind, BillKey, Lever, Plan, ReplayRun, ReplayVerdict, Survive,
};
use crate::render::report::block::{Cell, Line, Table};
use crate::render::report::locale::Locale;
use crate::render::{answer, category};
use crate::units::Money;
use crate::wording::{Text, text};

/// Levers that stand in front; all are behind.
const LEVERS: usize = 3;

/// What the costs say, before other reasons are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The plan as asked is the cheapest that survives as much, and is paid back.
    AsAsked,
    /// Another plan that survives what the policy asks for costs less, and is paid back.
    Otherwise,
    /// Not even the cheapest such plan is paid back within the horizon.
    Not,
}

/// What the verdict rests on.
#[derive(Debug, Clone, Copy)]
pub(super) struct VerdictBasis<'a> {
    pub(super) verdict: Verdict,
    /// The recommended plan; as asked, where nothing whose every line has a price survives what is asked for.
    pub(super) best: &'a Alternative,
    pub(super) asked: &'a Alternative,
    pub(super) as_is: &'a Alternative,
    /// How far the policy looks.
    months: usize,
}

impl<'a> VerdictBasis<'a> {
    /// Nothing where the plan does not compare staying with moving.
    pub(super) fn of(plan: &'a Plan) -> Option<Self> {
        let choosing = &plan.economics.choosing;
        let mut all = choosing.alternatives.iter();
        let as_is = all.clone().find(|one| one.kind == AlternativeKind::AsIs)?;
        let asked = all.find(|one| one.kind == AlternativeKind::AsAsked)?;
        let best = choosing.recommended().unwrap_or(asked);
        let is_paid_back = best.payback_month.is_some() && !best.saving.is_negative();
        let verdict = match (is_paid_back, best.kind == asked.kind) {
            (true, true) => Verdict::AsAsked,
            (true, false) => Verdict::Otherwise,
            (false, _) => Verdict::Not,
        };
        Some(Self {
            verdict,
            best,
            asked,
            as_is,
            months: plan.economics.move_.curve.len(),
        })
    }

    /// Whether the plan as asked is another than the best one.
    pub(super) fn is_other(&self) -> bool {
        self.best.kind != self.asked.kind
    }

    /// What the best plan is called: where it does not pay, nobody recommends it.
    pub(super) fn best_title(&self) -> Text {
        match self.verdict {
            Verdict::AsAsked | Verdict::Otherwise => text!("recommended-column"),
            Verdict::Not => text!("cheapest-column"),
        }
    }

    /// In a few words, for a headline.
    pub(super) fn headline(&self) -> Text {
        match self.verdict {
            Verdict::AsAsked => text!("verdict-as-asked"),
            Verdict::Otherwise => text!("verdict-otherwise"),
            Verdict::Not => text!("verdict-not"),
        }
    }

    /// What is behind the headline: the best plan, the plan as asked, and what brings more than both.
    pub(super) fn sentences(&self, plan: &Plan, locale: Locale) -> Vec<Line> {
        let mut sentences = vec![self.about_best(locale)];
        if self.is_other() {
            sentences.push(self.about_asked(locale));
        }
        sentences.extend(
            self.elsewhere(plan)
                .map(|one| self.about_other(one, locale)),
        );
        sentences.extend(unpriced(plan, locale));
        sentences.iter().map(|text| locale.line(text)).collect()
    }

    /// As fine as the largest of the amounts beside it.
    fn about(&self, amount: Money, locale: Locale) -> String {
        let largest = [self.best, self.asked, self.as_is].map(|one| one.monthly);
        locale.about(amount, largest.into_iter().max().unwrap_or(amount))
    }

    fn about_best(&self, locale: Locale) -> Text {
        let best = self.best;
        let (monthly, today) = (
            self.about(best.monthly, locale),
            self.about(self.as_is.monthly, locale),
        );
        let (once, back) = (locale.about(best.once, best.once), self.payback(best));
        let difference = self.about(answer::unsigned(best.saving), locale);
        match (self.is_other(), best.saving.is_negative()) {
            (true, false) if self.verdict == Verdict::Not => text!(
                "answer-cheapest-saves",
                title = locale.say(&best.title),
                monthly = monthly,
                today = today,
                saving = difference,
                once = once,
                back = back
            ),
            (true, false) => text!(
                "answer-recommended-saves",
                title = locale.say(&best.title),
                monthly = monthly,
                today = today,
                saving = difference,
                once = once,
                back = back
            ),
            (true, true) => text!(
                "answer-recommended-costs",
                title = locale.say(&best.title),
                monthly = monthly,
                today = today,
                more = difference,
                once = once
            ),
            (false, false) => text!(
                "answer-asked-saves",
                monthly = monthly,
                today = today,
                saving = difference,
                once = once,
                back = back
            ),
            (false, true) => text!(
                "answer-asked-costs",
                monthly = monthly,
                today = today,
                more = difference,
                once = once
            ),
        }
    }

    fn about_asked(&self, locale: Locale) -> Text {
        let asked = self.asked;
        let monthly = self.about(asked.monthly, locale);
        let difference = self.about(answer::unsigned(asked.saving), locale);
        if asked.saving.is_negative() {
            text!(
                "answer-as-asked-costs",
                monthly = monthly,
                more = difference
            )
        } else {
            text!(
                "answer-as-asked-saves",
                monthly = monthly,
                saving = difference,
                back = self.payback(asked)
            )
        }
    }

    /// `is paid back in month 22`
    fn payback(&self, one: &Alternative) -> Text {
        match one.payback_month {
            Some(month) if !one.saving.is_negative() => text!("payback-in", month = month),
            _ => text!("payback-never", months = self.months),
        }
    }

    /// Of the ways that are no plan of clusters, or survive less: what brings in most, if that is more than the best.
    pub(super) fn elsewhere<'p>(&self, plan: &'p Plan) -> Option<&'p Alternative> {
        let all = plan.economics.choosing.alternatives.iter();
        all.filter(|one| one.unpriced_lines == 0 && one.saving > Money::ZERO)
            .filter(|one| one.cumulative > self.best.cumulative && one.cumulative > Money::ZERO)
            .max_by_key(|one| (one.cumulative, std::cmp::Reverse(one.kind)))
    }

    fn about_other(&self, one: &Alternative, locale: Locale) -> Text {
        text!(
            "answer-elsewhere",
            title = locale.say(&one.title),
            saving = self.about(one.saving, locale),
            once = locale.about(one.once, one.once),
            back = self.payback(one),
            survives = failures(&one.survives, locale)
        )
    }

    /// Recommended, as asked, as it is, side by side.
    pub(super) fn columns(&self, plan: &Plan, locale: Locale) -> Table {
        let shown: Vec<(Text, &Alternative)> = if self.is_other() {
            vec![
                (self.best_title(), self.best),
                (text!("as-asked-column"), self.asked),
                (text!("as-it-is-column"), self.as_is),
            ]
        } else if self.verdict == Verdict::AsAsked {
            vec![
                (text!("recommended-as-asked-column"), self.asked),
                (text!("as-it-is-column"), self.as_is),
            ]
        } else {
            vec![
                (text!("as-asked-column"), self.asked),
                (text!("as-it-is-column"), self.as_is),
            ]
        };
        let titles: Vec<String> = std::iter::once(locale.say(&text!("compared-column")))
            .chain(shown.iter().map(|(title, _)| locale.say(title)))
            .collect();
        let mut table = Table::new(
            "answer-columns",
            locale.say(&text!("columns-caption")),
            &titles,
            usize::MAX,
            "plan.json",
        );
        let mut row = |title: Text, cell: &dyn Fn(&Alternative) -> Cell| {
            let cells = shown.iter().map(|(_, one)| cell(one));
            table.row(std::iter::once(Cell::words(locale.say(&title))).chain(cells));
        };
        row(text!("row-what"), &|one| {
            Cell::words(locale.say(&one.title))
        });
        row(text!("row-monthly"), &|one| {
            let marked = answer::marked(locale.whole_money(one.monthly), one.unpriced_lines > 0);
            Cell::strong(in_both(marked, one.monthly, locale))
        });
        row(text!("row-likely"), &|one| {
            Cell::words(locale.range(
                locale.whole_money(one.likely.low),
                locale.whole_money(one.likely.high),
            ))
        });
        let is_today = |one: &Alternative| one.kind == AlternativeKind::AsIs;
        let nothing = || Cell::words("–");
        row(text!("row-saving"), &|one| {
            if is_today(one) {
                return nothing();
            }
            let bound = one.saving_bound(plan.bill(BillKey::TODAY));
            Cell::words(locale.say(&answer::bounded(locale.whole_money(one.saving), bound)))
        });
        row(text!("row-once"), &|one| {
            if is_today(one) {
                nothing()
            } else {
                Cell::words(in_both(locale.whole_money(one.once), one.once, locale))
            }
        });
        row(text!("row-payback"), &|one| match one.payback_month {
            _ if is_today(one) => nothing(),
            Some(month) if !one.saving.is_negative() => {
                Cell::words(locale.say(&text!("payback-month", month = month)))
            }
            _ => Cell::words(locale.say(&text!("payback-not-within", months = self.months))),
        });
        row(text!("row-cumulative", months = self.months), &|one| {
            if is_today(one) {
                nothing()
            } else {
                Cell::words(locale.whole_money(one.cumulative))
            }
        });
        row(text!("row-survives"), &|one| {
            Cell::words(failures(&one.survives, locale))
        });
        row(text!("row-replay"), &|one| {
            Cell::words(locale.say(&replayed(plan, one, locale)))
        });
        row(text!("row-machines"), &|one| {
            Cell::words(locale.say(&one.machines))
        });
        table
    }

    /// What makes the difference between today and the best plan, and what the plan as asked adds to that, in money.
    pub(super) fn why(&self, plan: &Plan, locale: Locale) -> Vec<Line> {
        let bill = |one: &Alternative| plan.bill(one.bill);
        let changes = |from: &Alternative, to: &Alternative| {
            let mut rows: Vec<(Text, Money)> = category::rows_between(bill(from), bill(to))
                .into_iter()
                .map(|row| (row.category.text(), row.after.amount - row.today.amount))
                .filter(|(_, change)| change.as_f64().abs() >= 0.5)
                .collect();
            rows.sort_by_key(|(_, change)| std::cmp::Reverse(change.nanos().unsigned_abs()));
            rows.truncate(LEVERS);
            locale.list(rows.into_iter().map(|(what, change)| {
                locale.say(&text!(
                    "change-of",
                    what = what,
                    change = locale.signed_money(change)
                ))
            }))
        };
        let mut lines = Vec::new();
        if self.best.saving.is_negative() {
            lines.push(text!(
                "why-best-costs",
                more = locale.whole_money(-self.best.saving),
                changes = changes(self.as_is, self.best)
            ));
        } else if self.verdict == Verdict::Not {
            lines.push(text!(
                "why-not-paid-back",
                saving = locale.whole_money(self.best.saving),
                once = locale.whole_money(self.best.once),
                months = self.months,
                short = locale.whole_money(-self.best.cumulative)
            ));
        }
        if self.is_other() && self.verdict == Verdict::Not {
            lines.push(text!(
                "why-asked-costs",
                more = locale.whole_money(self.asked.monthly - self.best.monthly),
                changes = changes(self.best, self.asked)
            ));
        }
        lines.iter().map(|text| locale.line(text)).collect()
    }

    /// The changes to the plan as asked that save most, on a fleet where it does not pay; nothing elsewhere.
    pub(super) fn levers(&self, plan: &Plan, locale: Locale) -> Option<Table> {
        let levers = &plan.economics.choosing.levers;
        if self.verdict != Verdict::Not || levers.is_empty() {
            return None;
        }
        let titles = locale.titles([
            text!("lever-column"),
            text!("lever-saves-column"),
            text!("lever-leaves-column"),
            text!("settings-column"),
        ]);
        let mut table = Table::new(
            "levers-short",
            locale.say(&text!("levers-short-caption")),
            &titles,
            usize::MAX,
            "plan.json",
        );
        for lever in levers.iter().take(LEVERS) {
            let left = lever.monthly - self.as_is.monthly;
            table.row([
                Cell::words(locale.say(&lever.title)),
                Cell::number(locale.whole_money(lever.saving), lever.saving.as_f64()),
                Cell::number(locale.signed_money(left), left.as_f64()),
                setting(lever),
            ]);
        }
        Some(table)
    }

    /// What to do next.
    pub(super) fn next(&self, plan: &Plan) -> NextStep {
        let first = plan.economics.choosing.levers.first();
        match (self.is_other(), self.verdict, first) {
            (true, Verdict::Not, _) => NextStep::MakeCheapest,
            (true, ..) => NextStep::MakeRecommended,
            (false, Verdict::Not, Some(lever)) => {
                let settings = lever.settings.iter();
                let settings: Vec<String> = settings
                    .map(|setting| format!("--set {}", answer::shell_quoted(setting)))
                    .collect();
                NextStep::Try(settings.join(" "))
            }
            (false, ..) => NextStep::UseTheFiles,
        }
    }

    /// The same in words, with names in place of what only who planned knows.
    pub(super) fn command(&self, plan: &Plan, locale: Locale) -> Line {
        match self.next(plan) {
            NextStep::MakeRecommended => locale.line(&text!("next-recommended")),
            NextStep::MakeCheapest => locale.line(&text!("next-cheapest")),
            NextStep::Try(settings) => locale
                .line(&text!("next-lever"))
                .and_name(format!("eb2eks plan SNAPSHOT {settings} --out DIR")),
            NextStep::UseTheFiles => locale.line(&text!("next-as-asked")),
        }
    }
}

/// What follows from the verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NextStep {
    /// The files of the recommended plan, which is another than this one.
    MakeRecommended,
    /// Those of the cheapest plan, which does not pay either.
    MakeCheapest,
    /// A plan with these arguments: the change that saves most.
    Try(String),
    /// Those beside the report.
    UseTheFiles,
}

/// The setting that moves a lever; several are told by the first, and all stand behind.
fn setting(lever: &Lever) -> Cell {
    const LONGEST: usize = 60;
    let all = lever.settings.join(" ");
    if all.chars().count() <= LONGEST {
        return Cell::name(all);
    }
    let cut: String = all.chars().take(LONGEST - 1).collect();
    Cell::name(format!("{cut}…"))
}

/// In the owner's currency, with the bill's dollars behind it where that is another.
fn in_both(shown: String, amount: Money, locale: Locale) -> String {
    if locale.is_converted() {
        let dollars = Locale::new(locale.language).whole_money(amount);
        locale.say(&text!("in-both", amount = shown, dollars = dollars))
    } else {
        shown
    }
}

/// Failures, each by itself.
fn failures(survived: &[Survive], locale: Locale) -> String {
    if survived.is_empty() {
        return locale.say(&text!("survives-nothing"));
    }
    locale.list(survived.iter().map(|failure| locale.say(&failure.text())))
}

/// What the recorded days did to it.
fn replayed(plan: &Plan, one: &Alternative, locale: Locale) -> Text {
    let asked = (one.kind == AlternativeKind::AsAsked)
        .then_some(plan.replay.as_ref())
        .flatten();
    match (asked, one.replay) {
        (Some(replay), _) => {
            let seen = of_run(&replay.seen, locale);
            match &replay.unseen {
                Some(unseen) => text!(
                    "replayed-both",
                    seen = seen,
                    days = days(unseen),
                    unseen = of_run(unseen, locale)
                ),
                None => seen,
            }
        }
        (None, Some(verdict)) => of_verdict(&verdict, locale),
        (None, None) if one.kind == AlternativeKind::AsIs => text!("replayed-is-the-record"),
        (None, None) => text!("replayed-not"),
    }
}

fn days(run: &ReplayRun) -> String {
    format!("{:.0}", run.days)
}

fn of_run(run: &ReplayRun, locale: Locale) -> Text {
    replay_sentence(
        run.kept,
        false,
        [run.evictions, run.kills, run.starved_app_minutes],
        run.app_minutes,
        locale,
    )
}

fn of_verdict(verdict: &ReplayVerdict, locale: Locale) -> Text {
    let harm = [
        verdict.evictions,
        verdict.kills,
        verdict.starved_app_minutes,
    ];
    replay_sentence(
        verdict.kept,
        verdict.passes,
        harm,
        verdict.app_minutes,
        locale,
    )
}

#[expect(
    clippy::cast_precision_loss,
    reason = "events of a fleet, far under 2^53"
)]
fn replay_sentence(
    is_kept: bool,
    passes: bool,
    [evictions, kills, starved]: [u64; 3],
    app_minutes: u64,
    locale: Locale,
) -> Text {
    let number = |count: u64| locale.grouped(count as f64);
    let verdict = match (is_kept, passes) {
        (true, _) => text!("promise-kept"),
        (false, true) => text!("promise-no-worse"),
        (false, false) => text!("promise-broken"),
    };
    text!(
        "replayed",
        verdict = verdict,
        evictions = number(evictions),
        kills = number(kills),
        starved = number(starved),
        days = number(app_minutes / 1_440)
    )
}

/// Lines without a price, once for the whole report: how many, in which of the bills that are compared, and what they
/// come to at most.
fn unpriced(plan: &Plan, locale: Locale) -> Option<Text> {
    let bills = [BillKey::TODAY, BillKey::AFTER];
    let bills = bills.into_iter().filter_map(|key| plan.bill(key));
    let unpriced: Vec<_> = bills.filter(|bill| bill.unpriced_lines > 0).collect();
    let lines = unpriced.iter().map(|bill| {
        text!(
            "answer-unpriced-lines",
            count = bill.unpriced_lines,
            bill = bill.title()
        )
    });
    let lines: Vec<Text> = lines.collect();
    if lines.is_empty() {
        return None;
    }
    let most: Option<Vec<Money>> = unpriced.iter().map(|bill| bill.unpriced_at_most).collect();
    Some(match most.and_then(|most| most.into_iter().max()) {
        Some(most) => text!(
            "unpriced-at-most",
            lines = lines,
            most = locale.whole_money(most)
        ),
        None => text!("unpriced-unbounded", lines = lines),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::test_plan::hand_made;
    use crate::wording::Language;

    const ENGLISH: Locale = Locale::new(Language::English);

    fn usd(text: &str) -> Money {
        text.parse().expect("an amount")
    }

    /// As it is for 10,000, as asked for `asked`, and a plan on smaller nodes for `found`, which is recommended where it
    /// is cheaper; each plan takes 36,000 once and saves from the first month on.
    fn weighing(asked: &str, found: &str) -> Plan {
        let mut plan = hand_made();
        plan.bills
            .iter_mut()
            .for_each(|bill| bill.unpriced_lines = 0);
        let choosing = &mut plan.economics.choosing;
        let pattern = choosing.alternatives[1].clone();
        let (today, once) = (usd("10000.00"), usd("36000.00"));
        let priced = |kind, monthly: &str| {
            let saving = today - usd(monthly);
            let sums: Vec<Money> = (1..=36).map(|month| saving.times(month) - once).collect();
            let payback = sums.iter().position(|sum| !sum.is_negative());
            Alternative {
                kind,
                monthly: usd(monthly),
                saving,
                once,
                payback_month: payback.map(|place| u32::try_from(place).expect("few") + 1),
                cumulative: *sums.last().expect("36"),
                cumulative_by_month: sums,
                unpriced_lines: 0,
                recommended: false,
                ..pattern.clone()
            }
        };
        let mut asked = priced(AlternativeKind::AsAsked, asked);
        let mut found = priced(AlternativeKind::EksCluster, found);
        asked.recommended = asked.monthly <= found.monthly;
        found.recommended = !asked.recommended;
        found.title = "smaller nodes".into();
        found.settings = vec!["nodes.instance_type=m6a.xlarge".to_owned()];
        let as_is = Alternative {
            once: Money::ZERO,
            payback_month: None,
            cumulative: Money::ZERO,
            ..priced(AlternativeKind::AsIs, "10000.00")
        };
        choosing.alternatives = vec![as_is, asked, found];
        let month = plan.economics.move_.curve.first().copied();
        if let Some(month) = month {
            plan.economics.move_.curve = vec![month; 36];
        }
        plan
    }

    fn said(plan: &Plan) -> (Verdict, String) {
        let basis = VerdictBasis::of(plan).expect("it compares");
        let lines = basis.sentences(plan, ENGLISH);
        let lines: Vec<String> = lines.iter().map(Line::plain).collect();
        (basis.verdict, lines.join(" "))
    }

    #[test]
    fn the_cheapest_plan_that_pays_decides_and_it_may_be_another_than_asked() {
        // 2,000 a month pay 36,000 back in 18 months, 6,000 in 6.
        let (verdict, words) = said(&weighing("8000.00", "9000.00"));
        assert_eq!(verdict, Verdict::AsAsked);
        assert!(
            words.contains(
                "costs about $8,000 a month instead of today's $10,000, a net saving of $2,000"
            ),
            "{words}"
        );
        assert!(
            words.contains("one-off cost of $36,000 is recovered in month 18"),
            "{words}"
        );
        let (verdict, words) = said(&weighing("9900.00", "4000.00"));
        assert_eq!(verdict, Verdict::Otherwise);
        assert!(
            words.contains("(smaller nodes) costs about $4,000"),
            "{words}"
        );
        assert!(words.contains("is recovered in month 6."), "{words}");
        assert!(words.contains("As asked, it would be $9,900 a month, a net saving of $100; the one-off cost is not recovered"), "{words}");
    }

    #[test]
    fn what_costs_more_or_is_never_recovered_is_not_to_be_done() {
        let (verdict, words) = said(&weighing("15000.00", "11000.00"));
        assert_eq!(verdict, Verdict::Not);
        assert!(
            words.contains(
                "costs about $11,000 a month, $1,000 more than today's $10,000, and $36,000 once"
            ),
            "{words}"
        );
        assert!(
            words.contains("As asked, it would be $15,000 a month, $5,000 more than today."),
            "{words}"
        );
        let plan = weighing("9900.00", "9500.00");
        let (verdict, words) = said(&plan);
        assert_eq!(verdict, Verdict::Not);
        assert!(
            words
                .contains("a net saving of $500; but its one-off cost of $36,000 is not recovered"),
            "{words}"
        );
        let basis = VerdictBasis::of(&plan).expect("it compares");
        let why: Vec<String> = basis.why(&plan, ENGLISH).iter().map(Line::plain).collect();
        assert!(
            why[0].contains("saves $500 a month") && why[0].contains("$18,000 are missing"),
            "{why:?}"
        );
        assert!(
            basis
                .command(&plan, ENGLISH)
                .plain()
                .contains("--choose recommended")
        );
    }

    #[test]
    fn a_losing_plan_has_three_levers_with_what_is_left_against_today() {
        let mut plan = weighing("15000.00", "11000.00");
        let lever = |name: &str, saving: &str| Lever {
            kind: crate::plan::LeverKind::Workers,
            title: Text::plain(name),
            monthly: usd("15000.00") - usd(saving),
            saving: usd(saving),
            settings: vec![format!("key={name}")],
        };
        plan.economics.choosing.levers = ["4000.00", "3000.00", "2000.00", "1.00"]
            .map(|saving| lever(saving, saving))
            .to_vec();
        let basis = VerdictBasis::of(&plan).expect("it compares");
        let levers = basis.levers(&plan, ENGLISH).expect("levers");
        let rows: Vec<Vec<String>> = levers
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| cell.line.plain()).collect())
            .collect();
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0], ["4000.00", "$4,000", "+$1,000", "key=4000.00"]);
        assert!(
            VerdictBasis::of(&weighing("8000.00", "9000.00"))
                .expect("it compares")
                .levers(&plan, ENGLISH)
                .is_none()
        );
    }

    #[test]
    fn unseen_days_that_broke_the_promise_are_told_as_broken() {
        let run = ReplayRun {
            kept: false,
            evictions: 38,
            ..ReplayRun::default()
        };
        let told = ENGLISH.say(&of_run(&run, ENGLISH));
        assert!(told.starts_with("Promise not kept: 38 evictions"), "{told}");
    }
}
