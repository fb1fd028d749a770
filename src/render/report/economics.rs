//! What else one could do, what the move takes, and what would change the answer.

use super::block::{Block, Cell, Line, Section, Table};
use super::locale::Locale;
use crate::plan::{BillKey, Bound, CurrencyTotals, Economics, Move, Plan, Reconciliation};
use crate::render::answer;
use crate::units::Money;
use crate::wording::dollars::in_currency;
use crate::wording::{Text, text};

const ROOM: usize = 4_000;
/// Rows of the reconciliation that are shown, the largest differences first.
const ROWS: usize = 15;

/// Alternatives, the move, ranges, the other currency, the reconciliation.
pub(super) fn sections(plan: &Plan, locale: Locale) -> Vec<Section> {
    let economics = &plan.economics;
    let mut sections = vec![
        alternatives(plan, locale),
        moved(&economics.move_, locale),
        answers(economics, locale),
    ];
    sections.extend(
        economics
            .in_currency
            .as_ref()
            .map(|shown| currency(shown, locale)),
    );
    sections.extend(
        economics
            .reconciliation
            .as_ref()
            .map(|whole| reconciliation(whole, locale)),
    );
    sections
}

fn alternatives(plan: &Plan, locale: Locale) -> Section {
    let titles = locale.titles([
        text!("alternative-column"),
        text!("a-month-column"),
        text!("saves-column"),
        text!("with-terms-column"),
        text!("saves-with-terms-column"),
        text!("likely-column"),
        text!("alternative-once-column"),
        text!("payback-column"),
        text!("survives-column"),
        text!("needs-column"),
        text!("machines-column"),
    ]);
    let mut table = Table::new(
        "alternatives-by-money",
        locale.say(&text!("alternatives-caption")),
        &titles,
        usize::MAX,
        "bills.csv",
    );
    let mut remarks = Vec::new();
    let today = plan.bill(BillKey::TODAY);
    for one in &plan.economics.choosing.alternatives {
        let bounded = |amount| {
            Cell::number(
                locale.say(&answer::amount(amount, one.unpriced_lines > 0)),
                amount.as_f64(),
            )
        };
        let bound = one.saving_bound(today);
        let saved = |amount: Money| {
            Cell::number(
                locale.say(&answer::bounded(locale.money(amount), bound)),
                amount.as_f64(),
            )
        };
        // A discount that nobody knows leaves the sum with terms too high.
        let terms_bound = match (one.unpriced_lines, one.unknown_discounts) {
            (0, 0) => Bound::Exact,
            (_, 0) => Bound::AtLeast,
            (0, _) => Bound::AtMost,
            _ => Bound::Unknown,
        };
        let with_terms = Cell::number(
            locale.say(&answer::bounded(
                locale.money(one.monthly_with_terms),
                terms_bound,
            )),
            one.monthly_with_terms.as_f64(),
        );
        table.row([
            Cell::words(locale.say(&one.title)),
            bounded(one.monthly),
            saved(one.saving),
            with_terms,
            saved(one.saving_with_terms),
            Cell::words(locale.say(&text!(
                "likely-range",
                low = locale.whole_money(one.likely.low),
                high = locale.whole_money(one.likely.high)
            ))),
            locale.amount(one.once),
            one.payback_month
                .map_or_else(|| Cell::words("-".to_owned()), Cell::count),
            Cell::words(
                locale.list(
                    one.survives
                        .iter()
                        .map(|failure| locale.say(&failure.text())),
                ),
            ),
            Cell::words(locale.clauses(one.needs.iter().map(|need| locale.say(&need.text())))),
            Cell::words(locale.say(&one.machines)),
        ]);
        let all = locale.clauses(one.remarks.iter().map(|remark| locale.say(remark)));
        remarks.push(locale.line(&text!(
            "alternative-remarks",
            title = locale.say(&one.title),
            remarks = all
        )));
    }
    let all = &plan.economics.choosing.alternatives;
    let monthly = || all.iter().map(|one| one.monthly);
    let finding = text!(
        "finding-alternatives",
        count = all.len(),
        low = locale.whole_money(monthly().min().unwrap_or_default()),
        high = locale.whole_money(monthly().max().unwrap_or_default())
    );
    let title = locale.say(&text!("alternatives-title"));
    let section = Section::new("alternatives", title, locale.line(&finding))
        .with(Block::Paragraph(locale.line(&text!("alternatives-intro"))));
    let sentences = answer::about_choosing(plan, locale);
    let section = sentences.into_iter().fold(section, |section, words| {
        section.with(Block::Paragraph(Line::words(words)))
    });
    section
        .with(Block::Table(table))
        .with(Block::List(remarks))
        .with(Block::Table(levers(plan, locale)))
        .with(Block::Paragraph(locale.line(&searched(plan))))
}

fn searched(plan: &Plan) -> Text {
    let searched = plan.economics.choosing.searched;
    text!(
        "searched",
        candidates = searched.candidates.to_string(),
        packed = searched.packed.to_string()
    )
}

fn levers(plan: &Plan, locale: Locale) -> Table {
    let titles = [
        text!("lever-column"),
        text!("a-month-column"),
        text!("saves-column"),
        text!("settings-column"),
    ];
    let mut table = Table::new(
        "levers",
        locale.say(&text!("levers-title")),
        &titles.map(|title| locale.say(&title)),
        usize::MAX,
        "plan.json",
    );
    for lever in &plan.economics.choosing.levers {
        table.row([
            Cell::words(locale.say(&lever.title)),
            locale.amount(lever.monthly),
            locale.amount(lever.saving),
            Cell::words(lever.settings.join(" ")),
        ]);
    }
    table
}

/// Months of the curve that are shown: all of the move, then each quarter.
fn is_shown(month: u32, last_of_move: u32) -> bool {
    month <= last_of_move + 1 || month.is_multiple_of(6)
}

fn moved(moved: &Move, locale: Locale) -> Section {
    let environments: usize = moved.waves.iter().map(|wave| wave.environments.len()).sum();
    let last_day = moved
        .waves
        .iter()
        .map(|wave| wave.ends_on_day)
        .max()
        .unwrap_or(0);
    let titles = locale.titles([
        text!("month-column"),
        text!("staying-column"),
        text!("beanstalk-column"),
        text!("clusters-column"),
        text!("commitments-column"),
        text!("once-column"),
        text!("net-column"),
        text!("sum-column"),
    ]);
    let mut table = Table::new(
        "move-by-month",
        locale.say(&text!("move-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    for month in moved
        .curve
        .iter()
        .filter(|month| is_shown(month.month, last_day * 12 / 365 + 1))
    {
        let amounts = [
            month.stay,
            month.beanstalk,
            month.clusters,
            month.commitments,
            month.once,
            month.net,
            month.cumulative,
        ];
        table.row(
            std::iter::once(Cell::count(month.month))
                .chain(amounts.map(|amount| locale.amount(amount))),
        );
    }
    let break_even = match moved.break_even_month {
        Some(month) => text!("move-pays-back", month = month),
        None => text!("move-never-pays-back", months = moved.curve.len()),
    };
    let summary = text!(
        "move-summary",
        environments = environments,
        waves = moved.waves.len(),
        day = last_day,
        once = locale.money(moved.once.total),
        double_running = locale.money(answer::unsigned(moved.double_running)),
        way = answer::more_or_less(moved.double_running),
        break_even = break_even
    );
    let finding = text!(
        "finding-move",
        environments = environments,
        waves = moved.waves.len(),
        day = last_day
    );
    let title = locale.say(&text!("move-title"));
    Section::new("move", title, locale.line(&finding))
        .with(Block::Paragraph(locale.line(&summary)))
        .with(Block::Table(table))
        .with(Block::Paragraph(locale.line(&text!("move-legend"))))
}

fn answers(economics: &Economics, locale: Locale) -> Section {
    let finding = match economics.tornado.first() {
        Some(first) => text!(
            "tornado-says",
            driver = locale.say(&first.driver.text()),
            months = economics.move_.curve.len(),
            low = locale.whole_money(first.net_at_low),
            high = locale.whole_money(first.net_at_high)
        ),
        None => text!("tornado-empty"),
    };
    let title = locale.say(&text!("answer-changes-title"));
    Section::new("answer-changes", title, locale.line(&finding))
        .with(Block::Paragraph(
            locale.line(&text!("answer-changes-intro")),
        ))
        .with(Block::Table(scenarios(economics, locale)))
        .with(Block::Table(tornado(economics, locale)))
}

fn scenarios(economics: &Economics, locale: Locale) -> Table {
    let titles = locale.titles([
        text!("scenario-column"),
        text!("today-column"),
        text!("after-column"),
        text!("saving-column"),
        text!("once-column"),
        text!("net-at-horizon-column"),
        text!("pays-back-column"),
    ]);
    let mut table = Table::new(
        "scenarios",
        locale.say(&text!("scenarios-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    for one in &economics.scenarios {
        let pays_back = match one.break_even_month {
            Some(month) => Cell::number(
                locale.say(&text!("pays-back-in", month = month)),
                f64::from(month),
            ),
            None => Cell::number(locale.say(&text!("never")), f64::from(u32::MAX)),
        };
        let amounts = [one.today, one.after, one.saving, one.once, one.net]
            .map(|amount| locale.amount(amount));
        table.row(
            std::iter::once(Cell::words(locale.say(&one.title())))
                .chain(amounts)
                .chain([pays_back]),
        );
    }
    table
}

fn tornado(economics: &Economics, locale: Locale) -> Table {
    let titles = locale.titles([
        text!("changes-column"),
        text!("saving-at-cheap-end-column"),
        text!("saving-at-dear-end-column"),
        text!("net-at-cheap-end-column"),
        text!("net-at-dear-end-column"),
    ]);
    let mut table = Table::new(
        "drivers",
        locale.say(&text!("drivers-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    for row in &economics.tornado {
        let amounts = [
            row.saving_at_low,
            row.saving_at_high,
            row.net_at_low,
            row.net_at_high,
        ]
        .map(|amount| locale.amount(amount));
        table.row(std::iter::once(Cell::words(locale.say(&row.driver.text()))).chain(amounts));
    }
    table
}

fn currency(shown: &CurrencyTotals, locale: Locale) -> Section {
    let titles = locale.titles([
        text!("currency-column", code = &shown.code),
        text!("today-column"),
        text!("after-column"),
        text!("saving-column"),
    ]);
    let caption = locale.say(&text!("currency-caption", code = &shown.code));
    let mut table = Table::new("money-in-currency", caption, &titles, ROOM, "plan.json");
    let row = |what: Text, today: Money, after: Money, saving: Money| {
        let amounts = [today, after, saving].map(|amount| {
            Cell::number(
                in_currency(amount, &shown.code, shown.decimals),
                amount.as_f64(),
            )
        });
        std::iter::once(Cell::words(locale.say(&what))).chain(amounts)
    };
    for category in &shown.rows {
        table.row(row(
            category.category.text(),
            category.today,
            category.after,
            category.today - category.after,
        ));
    }
    table.total(row(text!("sum"), shown.today, shown.after, shown.saving));
    if shown.tax_today != Money::ZERO || shown.tax_after != Money::ZERO {
        // On top of the sum: among the rows it would seem to be in it.
        table.total(row(
            text!("consumption-tax"),
            shown.tax_today,
            shown.tax_after,
            shown.tax_today - shown.tax_after,
        ));
    }
    let intro = text!(
        "currency-intro",
        rate = in_currency(shown.per_usd, &shown.code, 2),
        day = locale.day_named(&shown.rate_date)
    );
    Section::new(
        "currency",
        locale.say(&text!("currency-title", code = &shown.code)),
        locale.line(&text!(
            "finding-currency",
            today = in_currency(shown.today, &shown.code, shown.decimals),
            after = in_currency(shown.after, &shown.code, shown.decimals)
        )),
    )
    .with(Block::Paragraph(locale.line(&intro)))
    .with(Block::Table(table))
}

fn reconciliation(whole: &Reconciliation, locale: Locale) -> Section {
    let mut rows: Vec<_> = whole.rows.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.difference.nanos().unsigned_abs()));
    let titles = locale.titles([
        text!("subject-column"),
        text!("for-column"),
        text!("estimate-column"),
        text!("real-bill-column"),
        text!("difference-column"),
        text!("by-hours-column"),
        text!("by-price-column"),
        text!("by-discount-column"),
        text!("why-column"),
    ]);
    let mut table = Table::new(
        "differences",
        locale.say(&text!("real-bill-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    for row in rows.iter().take(ROWS) {
        let amounts = [
            row.estimate,
            row.bill,
            row.difference,
            row.by_quantity,
            row.by_price,
            row.by_discount,
        ];
        let head = [
            Cell::name(locale.say(&row.subject)),
            Cell::words(locale.say(&row.category.text())),
        ];
        table.row(
            head.into_iter()
                .chain(amounts.map(|amount| locale.amount(amount)))
                .chain([Cell::words(locale.say(&row.why))]),
        );
    }
    let intro = text!(
        "real-bill-intro",
        rows = whole.rows_read,
        start = whole.start.to_string(),
        end = whole.end.to_string(),
        estimate = locale.money(whole.estimate),
        bill = locale.money(whole.bill),
        difference = locale.money(whole.difference),
        shown = rows.len().min(ROWS),
        all = rows.len()
    );
    let rest = whole.not_attributed.iter().chain(&whole.other);
    let rest = rest.map(|(what, charged)| {
        locale.line(&text!(
            "in-no-row",
            what = locale.say(what),
            amount = locale.money(*charged)
        ))
    });
    let finding = text!(
        "finding-real-bill",
        estimate = locale.whole_money(whole.estimate),
        bill = locale.whole_money(whole.bill)
    );
    let title = locale.say(&text!("real-bill-title"));
    Section::new("real-bill", title, locale.line(&finding))
        .with(Block::Paragraph(locale.line(&intro)))
        .with(Block::Table(table))
        .with(Block::Paragraph(locale.line(&text!("in-no-row-intro"))))
        .with(Block::List(rest.collect()))
}
