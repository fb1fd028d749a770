//! Which apps the saving comes from.

use super::block::{Block, Cell, Drawing, Section, Table};
use super::voice::Voice;
use crate::plan::{AppSaving, Grade, Plan};
use crate::render::figure::{Bar, bars};
use crate::units::Money;
use crate::wording::text;

const ROOM: usize = 4_000;
/// Bars; the others are one bar together.
const SHOWN: usize = 15;

/// The rule, a figure and every app; a sentence where there is none.
pub(super) fn section(plan: &Plan, voice: Voice) -> Section {
    let say = |text| voice.say(&text);
    let section = Section::new("savings", say(text!("savings-title")));
    let rows = &plan.economics.by_app;
    if rows.is_empty() {
        return section.with(Block::Paragraph(voice.line(&text!("savings-empty"))));
    }
    let titles = [text!("environment-column"), text!("today-column"), text!("after-column"), text!("saving-column"), text!("grade-column")];
    let mut table = Table::new("savings-by-app", say(text!("savings-caption")), &titles.map(say), ROOM, "plan.json");
    for row in rows {
        let grade = grade(plan, row).map_or_else(String::new, |grade| grade.to_string());
        table.row([
            Cell::name(&row.environment),
            voice.amount(row.today),
            voice.amount(row.after),
            voice.amount(row.saving),
            Cell::words(grade),
        ]);
    }
    let sum = |of: fn(&AppSaving) -> Money| rows.iter().map(of).sum::<Money>();
    table.total([
        Cell::words(say(text!("total"))),
        voice.amount(sum(|row| row.today)),
        voice.amount(sum(|row| row.after)),
        voice.amount(sum(|row| row.saving)),
        Cell::default(),
    ]);
    section.with(Block::Paragraph(voice.line(&text!("savings-rule")))).with(Block::Drawing(drawing(plan, voice))).with(Block::Table(table))
}

/// The worse grade of CPU and memory; nothing for what does not move.
fn grade(plan: &Plan, row: &AppSaving) -> Option<Grade> {
    let environment = plan.environments.iter().find(|environment| environment.label == row.environment)?;
    let evidence = &environment.planned()?.1.evidence;
    Some(evidence.cpu.grade.max(evidence.memory.grade))
}

fn drawing(plan: &Plan, voice: Voice) -> Drawing {
    let rows = &plan.economics.by_app;
    let bar = |row: &AppSaving| Bar {
        label: row.environment.clone(),
        value: row.saving.as_f64(),
        shown: voice.whole_money(row.saving),
        is_uncertain: grade(plan, row).is_none_or(|grade| grade >= Grade::C),
    };
    let mut shown: Vec<Bar> = rows.iter().take(SHOWN).map(bar).collect();
    if let Some(rest) = rows.get(SHOWN..).filter(|rest| !rest.is_empty()) {
        let saving: Money = rest.iter().map(|row| row.saving).sum();
        shown.push(Bar {
            label: voice.say(&text!("savings-others", count = rest.len())),
            value: saving.as_f64(),
            shown: voice.whole_money(saving),
            is_uncertain: true,
        });
    }
    let dearer = rows.iter().filter(|row| row.saving.is_negative()).count();
    let says = voice.say(&text!("savings-says", cheaper = rows.len() - dearer, dearer = dearer));
    Drawing {
        id: "figure-savings".to_owned(),
        title: voice.say(&text!("savings-finding", name = rows.first().map_or("", |row| row.environment.as_str()))),
        svg: bars(&says, &shown),
        says,
        resource: "",
    }
}
