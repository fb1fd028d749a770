//! Which apps the saving comes from.

use super::block::{Block, Cell, Drawing, NarrowLayout, Section, Table};
use super::locale::Locale;
use crate::plan::{AppSaving, Bound, Grade, Plan};
use crate::render::figure::{Bar, bars};
use crate::units::Money;
use crate::wording::text;

const ROOM: usize = 4_000;
/// Bars, those that change most; the others are told in words.
const SHOWN: usize = 15;

/// The rule, a figure and every app; a sentence where there is none.
pub(super) fn section(plan: &Plan, locale: Locale) -> Section {
    let say = |text| locale.say(&text);
    let rows = &plan.economics.by_app;
    let cheaper = rows.iter().filter(|row| row.saving > Money::ZERO).count();
    let finding = if rows.is_empty() {
        text!("savings-empty")
    } else {
        text!("finding-savings", cheaper = cheaper, all = rows.len())
    };
    let section = Section::new(
        "savings",
        say(text!("savings-title")),
        locale.line(&finding),
    );
    if rows.is_empty() {
        return section;
    }
    let titles = [
        text!("environment-column"),
        text!("today-column"),
        text!("after-column"),
        text!("saving-column"),
        text!("grade-column"),
    ];
    let mut table = Table::new(
        "savings-by-app",
        say(text!("savings-caption")),
        &titles.map(say),
        ROOM,
        "plan.json",
    );
    for row in rows {
        let grade = grade(plan, row).map_or_else(String::new, |grade| grade.to_string());
        table.row([
            Cell::name(&row.environment),
            locale.amount(row.today),
            locale.amount(row.after),
            locale.amount(row.saving),
            Cell::words(grade),
        ]);
    }
    let sum = |of: fn(&AppSaving) -> Money| rows.iter().map(of).sum::<Money>();
    table.total([
        Cell::words(say(text!("total"))),
        locale.amount(sum(|row| row.today)),
        locale.amount(sum(|row| row.after)),
        locale.amount(sum(|row| row.saving)),
        Cell::default(),
    ]);
    let section = section.with(Block::Paragraph(locale.line(&text!("savings-rule"))));
    let is_whole = plan.saving.bound == Bound::Exact;
    let section = if is_whole {
        section
    } else {
        section.with(Block::Paragraph(locale.line(&text!("savings-unpriced"))))
    };
    section
        .with(Block::Drawing(drawing(plan, locale)))
        .with(Block::Table(table))
}

/// The worse grade of CPU and memory; nothing for what does not move.
fn grade(plan: &Plan, row: &AppSaving) -> Option<Grade> {
    let environment = plan
        .environments
        .iter()
        .find(|environment| environment.label == row.environment)?;
    let evidence = &environment.planned()?.1.evidence;
    Some(evidence.cpu.grade.max(evidence.memory.grade))
}

fn drawing(plan: &Plan, locale: Locale) -> Drawing {
    let rows = &plan.economics.by_app;
    let bar = |row: &AppSaving| Bar {
        label: row.environment.clone(),
        value: row.saving.as_f64(),
        shown: locale.whole_money(row.saving),
        is_uncertain: grade(plan, row).is_none_or(|grade| grade >= Grade::C),
    };
    let mut changed: Vec<&AppSaving> = rows.iter().collect();
    changed.sort_by_key(|row| std::cmp::Reverse(row.saving.nanos().unsigned_abs()));
    let title = match changed.first() {
        Some(most) if most.saving.is_negative() => {
            text!("savings-finding-dearer", name = &most.environment)
        }
        most => text!(
            "savings-finding",
            name = most.map_or("", |row| row.environment.as_str())
        ),
    };
    let rest = changed.split_off(changed.len().min(SHOWN));
    changed.sort_by_key(|row| std::cmp::Reverse(row.saving));
    let shown: Vec<Bar> = changed.into_iter().map(bar).collect();
    let dearer = rows.iter().filter(|row| row.saving.is_negative()).count();
    let cheaper = rows.len() - dearer;
    let says = locale.say(&if rest.is_empty() {
        text!("savings-says", cheaper = cheaper, dearer = dearer)
    } else {
        let saving: Money = rest.iter().map(|row| row.saving).sum();
        text!(
            "savings-says-of-most",
            cheaper = cheaper,
            dearer = dearer,
            shown = shown.len(),
            others = rest.len(),
            saving = locale.money(saving)
        )
    });
    Drawing {
        id: "figure-savings".to_owned(),
        title: locale.say(&title),
        svg: bars(&says, &shown),
        says,
        narrow: NarrowLayout::Scrolls,
        resource: "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::test_plan::hand_made;
    use crate::wording::Language;

    #[test]
    fn the_figure_has_those_that_change_most_whichever_way() {
        let mut plan = hand_made();
        let app = |number: i64| AppSaving {
            environment: format!("app-{number}"),
            today: Money::ZERO,
            after: Money::from_cents(-100 * number),
            saving: Money::from_cents(100 * number),
        };
        plan.economics.by_app = (1..=20).rev().map(app).chain([app(-8)]).collect();
        let locale = Locale::new(Language::English);
        let drawn = drawing(&plan, locale);
        assert_eq!(drawn.title, "Largest saving: app-20");
        plan.economics.by_app.push(app(-21));
        assert_eq!(drawing(&plan, locale).title, "Largest increase: app--21");
        assert!(
            drawn.svg.contains(">-$8<")
                && drawn.svg.contains(">$7<")
                && !drawn.svg.contains(">$6<"),
            "{}",
            drawn.svg
        );
        assert!(
            drawn.says.contains("the other 6 come to $21.00 together"),
            "{}",
            drawn.says
        );
    }
}
