//! `report.html`: one page without a network, for a manager's five minutes and an engineer's hour.
//!
//! Comes in: a finished plan and a language. Goes out: one HTML file with its style and its script inside. The first
//! two printed pages decide ([`front`]); behind them stand the sections of [`super::report`] and a page for each app,
//! each folded behind what it finds. Printing prints the two pages, and everything where the reader chose that. This room
//! refuses to need anything: the page reads without its script, and its Content-Security-Policy allows nothing but the two
//! texts whose hashes it names. Invariants: the text of strangers stays text; a link to something that is folded opens it;
//! no height is guessed, so that links land.

mod apps;
mod frame;
mod front;
mod front_figures;
mod write;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use frame::framed;

use crate::plan::Plan;
use crate::render::figure::escaped;
use crate::render::report::app_pages::pages;
use crate::render::report::block::Section;
use crate::render::report::locale::Locale;
use crate::render::report::{head, more_sections, sections};
use crate::wording::{Language, Text, text};

/// Chapters on one subject: its title, and the ids of their sections.
type Part = (fn() -> Text, &'static [&'static str]);

/// Chapters by what they are about, in the order of the page. What is named nowhere stands in the last.
const PARTS: [Part; 4] = [
    (
        || text!("part-money"),
        &[
            "money",
            "savings",
            "idle",
            "alternatives",
            "move",
            "answer-changes",
            "currency",
            "real-bill",
            "not-included",
        ],
    ),
    (
        || text!("part-clusters"),
        &[
            "packing",
            "clusters",
            "scheduler",
            "replay",
            "node-types",
            "addresses",
        ],
    ),
    (
        || text!("part-apps"),
        &[
            "risks",
            "decisions",
            "findings",
            "options",
            "applications",
            "apps",
            "stays",
        ],
    ),
    (
        || text!("part-basis"),
        &["coverage", "inputs", "assumptions", "method", "glossary"],
    ),
];

/// Where a section stands: its part, and its place there.
fn place(id: &str) -> (usize, usize) {
    let of_part =
        |(part, (_, ids)): (usize, &Part)| Some((part, ids.iter().position(|one| *one == id)?));
    let mut parts = PARTS.iter().enumerate();
    parts
        .find_map(of_part)
        .unwrap_or((PARTS.len() - 1, usize::MAX))
}

/// `report.html`, and the pages of apps that stand beside it where they are many; by path.
pub(super) fn files(plan: &Plan, language: Language) -> BTreeMap<String, String> {
    let locale = Locale::new(language);
    let head = head(plan, locale);
    let mut sections = sections(plan, locale);
    sections.extend(more_sections(plan, locale));
    if let Some(inputs) = sections.iter_mut().find(|section| section.id == "inputs") {
        inputs.blocks.splice(0..0, front::long_notes(&head));
    }
    sections.sort_by_key(|section| place(section.id));
    let apps = pages(plan, locale);
    let mut body = String::with_capacity(256 * 1024);
    let _ = write!(
        body,
        "<header><div class=\"tools\" id=\"tools\" hidden></div><h1>{}</h1><p class=\"head-band\">",
        escaped(&head.title)
    );
    write::line(&mut body, &head.coverage);
    body.push_str("</p></header>\n<div class=\"page\">");
    contents(&mut body, &sections, locale);
    body.push_str("<main id=\"main\" tabindex=\"-1\">");
    front::write(&mut body, plan, &head, locale);
    body.push_str("<div class=\"chapters\" id=\"all\">");
    let mut part = None;
    for section in &sections {
        let (of, _) = place(section.id);
        if part != Some(of)
            && let Some((title, _)) = PARTS.get(of)
        {
            let _ = write!(
                body,
                "<p class=\"part\">{}</p>",
                escaped(&locale.say(&title()))
            );
            part = Some(of);
        }
        write::section(&mut body, section);
        if section.id == apps::AFTER {
            apps::section(&mut body, &apps, locale);
        }
    }
    body.push_str("</div></main></div>");
    let mut files: BTreeMap<String, String> = apps::files(plan, &apps, locale).collect();
    files.insert(
        "report.html".to_owned(),
        framed(&plan.tool, &head.title, &body, locale),
    );
    files
}

/// The two pages, then every chapter by its part; and how to print all of them.
fn contents(page: &mut String, sections: &[Section], locale: Locale) {
    let say = |text: Text| escaped(&locale.say(&text));
    let _ = write!(
        page,
        "<nav aria-labelledby=\"contents\"><details><summary id=\"contents\">{}</summary><ul><li><a href=\"#answer\">{}</a></li><li><a href=\"#choices\">{}</a></li></ul>",
        say(text!("contents")),
        say(text!("answer-title")),
        say(text!("decisions-title"))
    );
    for (number, (title, _)) in PARTS.iter().enumerate() {
        let _ = write!(page, "<p>{}</p><ul>", say(title()));
        let mut entry = |id: &str, title: &str| {
            let _ = write!(page, "<li><a href=\"#{id}\">{}</a></li>", escaped(title));
        };
        for section in sections
            .iter()
            .filter(|section| place(section.id).0 == number)
        {
            entry(section.id, &section.title);
            if section.id == apps::AFTER {
                entry(apps::ID, &locale.say(&text!("apps-title")));
            }
        }
        page.push_str("</ul>");
    }
    let _ = writeln!(
        page,
        "<p class=\"print-hint\"><a href=\"#all\">{}</a></p></details></nav>",
        say(text!("print-all-hint"))
    );
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
