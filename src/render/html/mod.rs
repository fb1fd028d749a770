//! `report.html`: one page without a network, for a manager's five minutes and an engineer's hour.
//!
//! Comes in: a finished plan and a language. Goes out: one HTML file with its style and its script inside. The first
//! two printed pages decide ([`front`]); behind them stand the sections of [`super::report`] and a page for each app.
//! This room refuses to need anything: the page reads without its script, and its Content-Security-Policy allows
//! nothing but the two texts whose hashes it names. Invariants: the text of strangers stays text; nothing is hidden
//! in print.

mod apps;
mod frame;
mod front;
mod write;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use frame::framed;

use crate::plan::Plan;
use crate::render::figure::escaped;
use crate::render::report::app_pages::pages;
use crate::render::report::block::Section;
use crate::render::report::voice::Voice;
use crate::render::report::{head, more_sections, sections};
use crate::wording::{Language, text};

/// Sections in the order of the page: money, then what it rests on, then apps, then what is behind all of it. Those
/// that are not named stand at the end.
const ORDER: [&str; 20] = [
    "money",
    "savings",
    "idle",
    "alternatives",
    "move",
    "answer-changes",
    "currency",
    "real-bill",
    "risks",
    "decisions",
    "packing",
    "clusters",
    "scheduler",
    "node-types",
    "addresses",
    "findings",
    "options",
    "applications",
    "stays",
    "not-included",
];

/// `report.html`, and the pages of apps that stand beside it where they are many; by path.
pub(super) fn files(plan: &Plan, language: Language) -> BTreeMap<String, String> {
    let voice = Voice::new(language);
    let head = head(plan, voice);
    let mut sections = sections(plan, voice);
    sections.extend(more_sections(plan, voice));
    sections.sort_by_key(|section| {
        ORDER
            .iter()
            .position(|id| *id == section.id)
            .unwrap_or(ORDER.len())
    });
    let apps = pages(plan, voice);
    let mut body = String::with_capacity(256 * 1024);
    front::write(&mut body, plan, &head, voice);
    contents(&mut body, &sections, voice);
    for section in &sections {
        write::section(&mut body, section);
        if section.id == apps::AFTER {
            apps::section(&mut body, &apps, voice);
        }
    }
    body.push_str("</main>");
    let mut files: BTreeMap<String, String> = apps::files(plan, &apps, voice).collect();
    files.insert(
        "report.html".to_owned(),
        framed(&plan.tool, &head.title, &body, voice),
    );
    files
}

fn contents(page: &mut String, sections: &[Section], voice: Voice) {
    let _ = write!(
        page,
        "<nav aria-labelledby=\"contents\"><h2 id=\"contents\">{}</h2><ol>",
        escaped(&voice.say(&text!("contents")))
    );
    let mut entry = |id: &str, title: &str| {
        let _ = write!(page, "<li><a href=\"#{id}\">{}</a></li>", escaped(title));
    };
    for section in sections {
        entry(section.id, &section.title);
        if section.id == apps::AFTER {
            entry(apps::ID, &voice.say(&text!("apps-title")));
        }
    }
    page.push_str("</ol></nav>\n");
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::plan::Outcome;
    use crate::render::test_plan::large;

    /// With names on the clusters that differ, as a plan has them.
    fn with_apps(count: u32) -> Plan {
        let mut plan = large(count);
        for (number, environment) in plan.environments.iter_mut().enumerate() {
            if let Outcome::Planned {
                kubernetes_name, ..
            } = &mut environment.outcome
            {
                *kubernetes_name =
                    serde_json::from_value(format!("app-{number}").into()).expect("a name");
            }
        }
        plan
    }

    #[test]
    fn few_apps_stand_on_the_page_and_many_beside_it_each_behind_a_link() {
        let few = files(&with_apps(100), Language::English);
        assert_eq!(few.keys().collect::<Vec<_>>(), ["report.html"]);
        assert!(few["report.html"].matches("<article ").count() > 90);
        let many = files(&with_apps(1_000), Language::Japanese);
        let page = &many["report.html"];
        assert_eq!(page.matches("<article ").count(), 0);
        let links: BTreeSet<&str> = page
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let beside: BTreeSet<&str> = many
            .keys()
            .map(String::as_str)
            .filter(|path| *path != "report.html")
            .collect();
        assert!(
            beside.len() > 900 && links.is_superset(&beside),
            "{} pages",
            beside.len()
        );
        assert!(
            beside
                .iter()
                .all(|path| many[*path].contains("<html lang=\"ja\">")
                    && many[*path].matches("<article ").count() == 1)
        );
    }
}
