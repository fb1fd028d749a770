//! Every choice that was in force, with what it means and who made it.

use serde_json::Value;

use super::block::{Block, Cell, Section, Table};
use super::locale::Locale;
use crate::plan::{Plan, Policy, description};
use crate::wording::text;

const ROOM: usize = 3_000;
/// Characters of a value; longer ones stand in plan.json.
const LONGEST: usize = 160;

/// One key of the policy.
#[derive(Debug)]
pub(in crate::render) struct Choice {
    /// `sizing.cpu_risk`
    pub(in crate::render) key: String,
    /// As in the file.
    pub(in crate::render) value: String,
    /// In words: default, or the user's.
    pub(in crate::render) origin: String,
    /// What it is, with its unit.
    pub(in crate::render) meaning: String,
    is_changed: bool,
}

/// All keys by name; those of the user first.
pub(in crate::render) fn choices(plan: &Plan, locale: Locale) -> Vec<Choice> {
    let (mut chosen, mut shipped) = (Vec::new(), Vec::new());
    leaves("", &as_value(&plan.inputs.policy), &mut chosen);
    leaves(
        "",
        &crate::plan::default_policy().map_or(Value::Null, |policy| as_value(&policy)),
        &mut shipped,
    );
    let choice = |(key, value): (String, String)| {
        let is_changed = !shipped
            .iter()
            .any(|(name, shipped)| *name == key && *shipped == value);
        let origin = if is_changed {
            text!("origin-changed")
        } else {
            text!("origin-default")
        };
        let meaning = description(&key).map_or_else(String::new, |meaning| locale.say(&meaning));
        Choice {
            key,
            value,
            origin: locale.say(&origin),
            meaning,
            is_changed,
        }
    };
    let mut choices: Vec<Choice> = chosen.into_iter().map(choice).collect();
    choices.sort_by(|a, b| (!a.is_changed, &a.key).cmp(&(!b.is_changed, &b.key)));
    choices
}

fn as_value(policy: &Policy) -> Value {
    serde_json::to_value(policy).unwrap_or(Value::Null)
}

/// Keys with their values; lists are values.
fn leaves(above: &str, value: &Value, into: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let key = if above.is_empty() {
                    name.clone()
                } else {
                    format!("{above}.{name}")
                };
                leaves(&key, value, into);
            }
        }
        Value::Null => into.push((above.to_owned(), String::new())),
        Value::String(text) => into.push((above.to_owned(), text.clone())),
        other => into.push((above.to_owned(), other.to_string())),
    }
}

/// What differs, then all.
pub(super) fn section(plan: &Plan, locale: Locale) -> Section {
    let choices = choices(plan, locale);
    let titles = [
        text!("key-column"),
        text!("choice-column"),
        text!("origin-column"),
        text!("meaning-column"),
    ];
    let titles = titles.map(|title| locale.say(&title));
    let changed = choices.iter().filter(|choice| choice.is_changed).count();
    let finding = text!("assumptions-says", changed = changed, all = choices.len());
    let title = locale.say(&text!("assumptions-title"));
    let mut section = Section::new("assumptions", title, locale.line(&finding));
    let (of_user, defaults) = choices.split_at(changed);
    if changed > 0 {
        let caption = locale.say(&text!("assumptions-changed-caption"));
        section = section.with(Block::Table(table(
            "policy-changed",
            caption,
            &titles,
            of_user,
        )));
    }
    section.with(Block::Folded {
        summary: locale.say(&text!("assumptions-caption")),
        blocks: vec![Block::Table(table(
            "policy",
            locale.say(&text!("assumptions-caption")),
            &titles,
            defaults,
        ))],
    })
}

fn table(id: &'static str, caption: String, titles: &[String], choices: &[Choice]) -> Table {
    let mut table = Table::new(id, caption, titles, ROOM, "plan.json");
    for choice in choices {
        let value = if choice.value.chars().count() > LONGEST {
            choice
                .value
                .chars()
                .take(LONGEST - 1)
                .chain(['…'])
                .collect()
        } else {
            choice.value.clone()
        };
        table.row([
            Cell::name(&choice.key),
            Cell::name(value),
            Cell::words(&choice.origin),
            Cell::words(&choice.meaning),
        ]);
    }
    table
}
