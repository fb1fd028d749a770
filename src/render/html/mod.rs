//! `report.html`: one page without a network, for a manager's five minutes and an engineer's hour.
//!
//! Comes in: a finished plan and a language. Goes out: one HTML file with its style and its script inside. The first
//! two printed pages decide ([`front`]); behind them stand the sections of [`super::report`] and a page for each app.
//! This room refuses to need anything: the page reads without its script, and its Content-Security-Policy allows
//! nothing but the two texts whose hashes it names. Invariants: the text of strangers stays text; nothing is hidden
//! in print.

mod front;
mod write;

use std::fmt::Write as _;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::plan::Plan;
use crate::render::figure::{DEFINITIONS, escaped};
use crate::render::report::app_pages::{AppPage, pages};
use crate::render::report::block::{Block, Section};
use crate::render::report::voice::Voice;
use crate::render::report::{head, more_sections, sections};
use crate::wording::{Language, text};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

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

/// The whole page.
pub(super) fn document(plan: &Plan, language: Language) -> String {
    let voice = Voice::new(language);
    let head = head(plan, voice);
    let mut sections = sections(plan, voice);
    sections.extend(more_sections(plan, voice));
    sections.sort_by_key(|section| ORDER.iter().position(|id| *id == section.id).unwrap_or(ORDER.len()));
    let apps = pages(plan, voice);
    let mut page = String::with_capacity(64 * 1024 + apps.len() * 16 * 1024);
    let _ = write!(
        page,
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta name=\"referrer\" content=\"no-referrer\">\
         <meta name=\"color-scheme\" content=\"light dark\"><meta name=\"generator\" content=\"{}\"><title>{}</title><style>{STYLE}</style></head><body>\n",
        language.tag(),
        policy(),
        escaped(&plan.tool),
        escaped(&head.title)
    );
    let _ = write!(page, "<a class=\"skip\" href=\"#main\">{}</a>{DEFINITIONS}", escaped(&voice.say(&text!("skip"))));
    front::write(&mut page, plan, &head, voice);
    contents(&mut page, &sections, voice);
    for section in &sections {
        write::section(&mut page, section);
        if section.id == "applications" {
            app_section(&mut page, &apps, voice);
        }
    }
    let _ = writeln!(
        page,
        "</main><footer>{}</footer><script type=\"application/json\" id=\"words\">{}</script><script>{SCRIPT}</script></body></html>",
        escaped(&voice.say(&text!("footer", tool = plan.tool.as_str()))),
        words(voice)
    );
    page
}

/// Nothing but the style and the script of this very page.
fn policy() -> String {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())));
    format!("default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'", hash(STYLE), hash(SCRIPT))
}

/// What the script says. In a script element only `<` could end it.
fn words(voice: Voice) -> String {
    let words = [
        ("theme", text!("tool-theme")),
        ("resource", text!("tool-resource")),
        ("both", text!("tool-both")),
        ("cpu", text!("cpu")),
        ("memory", text!("memory")),
        ("filter", text!("tool-filter")),
        ("search", text!("tool-search")),
        ("sort", text!("tool-sort")),
        ("found", text!("tool-found")),
    ];
    let entries = words.map(|(name, text)| format!("\"{name}\":{}", serde_json::Value::from(voice.say(&text))));
    format!("{{{}}}", entries.join(",")).replace('<', "\\u003c")
}

fn contents(page: &mut String, sections: &[Section], voice: Voice) {
    let _ = write!(page, "<nav aria-labelledby=\"contents\"><h2 id=\"contents\">{}</h2><ol>", escaped(&voice.say(&text!("contents"))));
    for section in sections {
        let _ = write!(page, "<li><a href=\"#{}\">{}</a></li>", section.id, escaped(&section.title));
    }
    page.push_str("</ol></nav>\n");
}

fn app_section(page: &mut String, apps: &[AppPage], voice: Voice) {
    let _ = write!(
        page,
        "<section class=\"apps\" id=\"apps\" aria-labelledby=\"apps-title\"><h2 id=\"apps-title\">{}</h2>",
        escaped(&voice.say(&text!("apps-title")))
    );
    if apps.is_empty() {
        write::blocks(page, &[Block::Paragraph(voice.line(&text!("apps-empty")))]);
    }
    for app in apps {
        let (id, title, search) = (escaped(&app.id), escaped(&app.title), escaped(&app.search));
        let _ = write!(page, "<article id=\"{id}\" data-search=\"{search}\"><h3>{title}</h3><p>");
        write::line(page, &app.lead);
        page.push_str("</p><div class=\"pair\">");
        app.drawings.iter().for_each(|drawing| write::drawing(page, drawing));
        page.push_str("</div>");
        write::blocks(page, &app.blocks);
        page.push_str("</article>\n");
    }
    page.push_str("</section>\n");
}
