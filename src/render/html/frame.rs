//! What every page has: its head, its style, its script, and a policy that allows nothing else.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::render::figure::{DEFINITIONS, escaped};
use crate::render::report::locale::Locale;
use crate::wording::text;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// A whole page around its header and its `<main>`, whose id is `main`.
pub(super) fn framed(tool: &str, title: &str, body: &str, locale: Locale) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta name=\"referrer\" content=\"no-referrer\">\
         <meta name=\"color-scheme\" content=\"light dark\"><meta name=\"generator\" content=\"{tool}\"><title>{title}</title><style>{STYLE}</style></head><body>\n\
         <a class=\"skip\" href=\"#main\">{skip}</a>{DEFINITIONS}{body}<footer>{footer}</footer>\
         <script type=\"application/json\" id=\"words\">{words}</script><script>{SCRIPT}</script></body></html>\n",
        language = locale.language.tag(),
        policy = policy(),
        tool = escaped(tool),
        title = escaped(title),
        skip = escaped(&locale.say(&text!("skip"))),
        footer = escaped(&locale.say(&text!("footer", tool = tool))),
        words = words(locale)
    )
}

/// Nothing but the style and the script of this very page.
fn policy() -> String {
    let hash = |text: &str| {
        format!(
            "'sha256-{}'",
            STANDARD.encode(Sha256::digest(text.as_bytes()))
        )
    };
    format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

/// What the script says. In a script element only `<` could end it.
fn words(locale: Locale) -> String {
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
        ("print", text!("tool-print")),
        ("open", text!("tool-open")),
    ];
    let entries = words
        .map(|(name, text)| format!("\"{name}\":{}", serde_json::Value::from(locale.say(&text))));
    format!("{{{}}}", entries.join(",")).replace('<', "\\u003c")
}
