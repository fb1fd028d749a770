//! What may go wrong or holds something up, with who has to act.

use std::collections::BTreeMap;

use super::block::{Block, Cell, Line, Section, Table};
use super::locale::Locale;
use crate::plan::{Blocker, Effort, Note, Owner, Plan, Severity};
use crate::render::note_groups::{NoteGroup, groups};
use crate::wording::text;

const ROOM: usize = 5_000;
/// Subjects named before the rest is a number.
const NAMED: usize = 3;

/// A kind of risk.
#[derive(Debug)]
pub(in crate::render) struct Risk {
    /// What is the matter.
    pub(in crate::render) what: String,
    /// Names of the apps that it concerns.
    pub(in crate::render) subjects: Vec<String>,
    /// How long it takes, where that is known.
    pub(in crate::render) effort: Option<Effort>,
    /// Who has to act.
    pub(in crate::render) owner: String,
    /// What to do about it.
    pub(in crate::render) remedy: String,
}

/// What takes longest first, then by its stable name.
type Key<'a> = (std::cmp::Reverse<Effort>, &'a str);

/// What holds up the clusters themselves, at their largest or before: no app can settle it.
pub(in crate::render) const NO_ROOM: &str = "subnet-too-small";

/// What holds up everything, then blockers, those that take longest first, then findings that somebody has to look at.
pub(in crate::render) fn risks(plan: &Plan, locale: Locale) -> Vec<Risk> {
    let mut blockers: BTreeMap<Key<'_>, Vec<(&Blocker, String)>> = BTreeMap::new();
    for environment in &plan.environments {
        for blocker in &environment.translation.blockers {
            let key = (std::cmp::Reverse(blocker.effort), blocker.code.as_str());
            blockers
                .entry(key)
                .or_default()
                .push((blocker, environment.label.clone()));
        }
    }
    let blocked = blockers.into_values().filter_map(|alike| {
        let &(first, _) = alike.first()?;
        let is_the_same = alike.iter().all(|(blocker, _)| blocker.what == first.what);
        let what = if is_the_same {
            first.what.clone()
        } else {
            text!("finding-example", message = first.what.clone())
        };
        Some(Risk {
            what: locale.say(&what),
            subjects: alike.iter().map(|(_, label)| label.clone()).collect(),
            effort: Some(first.effort),
            owner: locale.say(&first.owner.text()),
            remedy: locale.say(&first.remedy),
        })
    });
    let is_risk = |group: &NoteGroup<'_>| group.first.severity != Severity::Advice;
    let (of_all, of_some): (Vec<_>, Vec<_>) = groups(plan)
        .into_iter()
        .filter(is_risk)
        .partition(|group| group.first.code == NO_ROOM);
    let found = |group: NoteGroup<'_>| Risk {
        what: locale.say(&group.message()),
        subjects: group
            .subjects()
            .map(|subject| locale.say(subject))
            .collect(),
        effort: None,
        owner: locale.say(&owner_of(plan, group.first).text()),
        remedy: locale.say(&group.first.hint),
    };
    of_all
        .into_iter()
        .map(found)
        .chain(blocked)
        .chain(of_some.into_iter().map(found))
        .collect()
}

/// A finding about an environment is its team's; about clusters, prices and the snapshot the platform team's.
fn owner_of(plan: &Plan, note: &Note) -> Owner {
    let subject = note.subject.to_string();
    let is_of_an_app = plan
        .environments
        .iter()
        .any(|environment| environment.label == subject);
    if is_of_an_app {
        Owner::AppTeam
    } else {
        Owner::PlatformTeam
    }
}

/// The chapter of risks, worst first.
pub(super) fn section(plan: &Plan, locale: Locale) -> Section {
    let risks = risks(plan, locale);
    let finding = match risks.len() {
        0 => text!("risks-empty"),
        count => text!("risks-says", count = count),
    };
    let title = locale.say(&text!("risks-title"));
    let section = Section::new("risks", title, locale.line(&finding));
    if risks.is_empty() {
        return section;
    }
    section.with(Block::Table(table("all-risks", &risks, locale)))
}

/// A row for each.
pub(in crate::render) fn table(id: &'static str, risks: &[Risk], locale: Locale) -> Table {
    let titles = [
        text!("risk-column"),
        text!("concerns-column"),
        text!("risk-owner-column"),
        text!("risk-effort-column"),
        text!("risk-remedy-column"),
    ];
    let titles = titles.map(|title| locale.say(&title));
    let mut table = Table::new(
        id,
        locale.say(&text!("risks-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    for risk in risks {
        let days = risk
            .effort
            .map_or_else(|| text!("effort-unknown"), Effort::text);
        table.row([
            Cell::words(&risk.what),
            Cell::from(concerned(&risk.subjects, locale)),
            Cell::words(&risk.owner),
            Cell::words(locale.say(&days)),
            Cell::words(&risk.remedy),
        ]);
    }
    table
}

fn concerned(subjects: &[String], locale: Locale) -> Line {
    let named = Line::names(
        subjects.iter().take(NAMED).map(String::as_str),
        locale.comma(),
    );
    match subjects.len().saturating_sub(NAMED) {
        0 => named,
        more => named.and(locale.say(&text!("risk-others", count = more))),
    }
}
