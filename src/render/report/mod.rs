//! The report: the plan for a pull request and for those who pay, in the language of its readers.
//!
//! Comes in: a plan and a locale (a language, and how it writes what is no word). Goes out: what stands at its head ([`head`]) and its [`sections`] as blocks, which
//! every format prints alike; [`markdown()`] prints them as `report.md`. The answer stands first, then what it rests
//! on, then what needs a human. Markdown folds long tables and is bounded to the 65,536 characters that GitHub takes
//! in a comment: tables that would not fit say how many rows are left out and which file has them all.

mod addresses;
pub(super) mod app_pages;
mod applications;
pub(super) mod assumptions;
pub(super) mod block;
mod coverage;
pub(super) mod decisions;
mod economics;
mod findings;
mod glossary;
pub(super) mod idle;
mod inputs;
pub(super) mod locale;
pub(super) mod localisable;
pub(super) mod markdown;
mod money;
mod node_groups;
mod node_types;
mod options;
pub(super) mod packing_map;
pub(in crate::render) mod replay;
mod replay_figures;
mod report_head;
pub(super) mod risks;
mod savings;
mod scheduler;

use block::{Line, Section};
use locale::Locale;

pub(in crate::render) use report_head::ReportHead;

use super::answer;
use super::verdict::VerdictBasis;
use crate::plan::Plan;
use crate::wording::{Language, text};

/// The answer and what it rests on, in the currency of the policy.
pub(in crate::render) fn head(plan: &Plan, locale: Locale) -> ReportHead {
    let coverage = text!(
        "report-coverage",
        coverage = answer::coverage(plan, locale),
        basis = answer::basis(plan, locale)
    );
    let owner = locale.for_owner(plan);
    let basis = VerdictBasis::of(plan);
    let lines =
        |of: &dyn Fn(&VerdictBasis<'_>) -> Vec<Line>| basis.as_ref().map_or_else(Vec::new, of);
    let mut answer = lines(&|basis| basis.sentences(plan, owner));
    if let Some(shown) = plan.economics.in_currency.as_ref() {
        answer.push(locale.line(&text!(
            "answer-currency",
            code = shown.code.as_str(),
            rate = shown.per_usd.to_string(),
            day = locale.day_named(&shown.rate_date)
        )));
    }
    ReportHead {
        title: locale.say(&text!("report-title")),
        verdict: locale.say(
            &basis
                .as_ref()
                .map_or_else(|| text!("verdict-nothing"), VerdictBasis::headline),
        ),
        answer,
        columns: basis.as_ref().map(|basis| basis.columns(plan, owner)),
        why: lines(&|basis| basis.why(plan, owner)),
        levers: basis.as_ref().and_then(|basis| basis.levers(plan, owner)),
        next: lines(&|basis| vec![basis.command(plan, owner)]),
        next_step: basis.as_ref().map(|basis| basis.next(plan)),
        decisions: lines(&|basis| decisions::first(plan, basis, owner)),
        coverage: locale.line(&coverage),
        warnings: inputs::warnings(plan, locale),
    }
}

/// Everything below the head, in order.
pub(in crate::render) fn sections(plan: &Plan, locale: Locale) -> Vec<Section> {
    let mut sections = vec![money::section(plan, locale), idle::section(plan, locale)];
    sections.extend(economics::sections(plan, locale));
    sections.extend(decisions::section(plan, locale));
    sections.push(node_groups::section(plan, locale));
    sections.extend(scheduler::section(plan, locale));
    sections.extend(replay::section(plan, locale));
    sections.extend(node_types::section(plan, locale));
    sections.extend(addresses::section(plan, locale));
    sections.push(findings::section(plan, locale));
    sections.extend(options::section(plan, locale));
    sections.push(applications::planned(plan, locale));
    sections.extend(applications::not_planned(plan, locale));
    sections.push(money::not_included(plan, locale));
    sections.push(inputs::section(plan, locale));
    sections
}

/// What formats without a limit have beside [`sections`]: a comment on GitHub has no room for it.
pub(in crate::render) fn more_sections(plan: &Plan, locale: Locale) -> Vec<Section> {
    vec![
        risks::section(plan, locale),
        savings::section(plan, locale),
        packing_map::section(plan, locale),
        coverage::section(plan, locale),
        assumptions::section(plan, locale),
        glossary::method(locale),
        glossary::glossary(locale),
    ]
}

/// The whole report as `report.md`.
pub(super) fn markdown(plan: &Plan, language: Language) -> String {
    let locale = Locale::new(language);
    let mut parts = markdown::head(&head(plan, locale), locale);
    parts.extend(
        sections(plan, locale)
            .iter()
            .map(|section| markdown::section(section, locale)),
    );
    parts.join("\n\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Note;
    use crate::render::test_plan::{hand_made, large};

    #[test]
    fn the_answer_stands_first() {
        let plan = hand_made();
        let text = markdown(&plan, Language::English);
        let answer = text.lines().nth(2).expect("a third line");
        assert!(answer.starts_with("**For cost alone: "), "{answer}");
    }

    #[test]
    fn hostile_names_stay_text() {
        for language in Language::ALL {
            let text = markdown(&hand_made(), language);
            assert!(
                !text.contains("<script") && !text.contains("<img"),
                "no HTML of a stranger"
            );
            assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
            assert!(!text.contains('\u{202e}') && !text.contains('\u{200b}'));
            assert!(!text.contains("](http"), "no link of a stranger");
            // Every row of a table has the cells of its header.
            let mut cells = None;
            for line in text.lines() {
                if line.starts_with('|') {
                    let bars = line.replace("\\\\", "").matches('|').count();
                    assert_eq!(*cells.get_or_insert(bars), bars, "{line}");
                } else {
                    cells = None;
                }
            }
        }
    }

    #[test]
    fn a_hundred_environments_fit_and_a_thousand_say_what_is_left_out() {
        let hundred = large(100);
        let mut thousand = large(1000);
        for number in 0..5000 {
            thousand.notes.push(Note::advice(
                &format!("code-{number}"),
                "subject",
                "m".repeat(500),
                format!("hint {number}"),
            ));
        }
        let pattern = thousand.environments[0].clone();
        for number in 0..200 {
            let mut stays = pattern.clone();
            stays.name = format!("{number}|{}", "`".repeat(100));
            thousand.environments.push(stays);
            thousand
                .inputs
                .scopes
                .push(thousand.inputs.scopes[1].clone());
            thousand.inputs.files.push(thousand.inputs.files[0].clone());
            let group = thousand.clusters[0].node_groups[0].clone();
            thousand.clusters[0].node_groups.push(group);
            let mut line = thousand.bills[1].lines[0].clone();
            line.amount = None;
            thousand.bills[1].lines.push(line);
        }
        for (language, left_out) in [
            (Language::English, "more rows"),
            (Language::Japanese, "行が`plan.json`"),
        ] {
            let hundred = markdown(&hundred, language);
            assert!(
                hundred.chars().count() <= 65_536,
                "{}",
                hundred.chars().count()
            );
            assert!(
                !hundred.contains(left_out),
                "a hundred ordinary environments are shown in full"
            );
            let thousand = markdown(&thousand, language);
            assert!(
                thousand.chars().count() <= 65_536,
                "{}",
                thousand.chars().count()
            );
            assert!(thousand.contains(left_out));
        }
    }

    #[test]
    fn the_sections_have_ids_of_their_own() {
        let plan = hand_made();
        let ids: Vec<_> = sections(&plan, Locale::new(Language::English))
            .iter()
            .map(|section| section.id)
            .collect();
        assert!(
            ids.iter()
                .all(|id| id.chars().all(|c| c == '-' || c.is_ascii_lowercase())),
            "{ids:?}"
        );
        assert_eq!(
            ids.iter().collect::<std::collections::BTreeSet<_>>().len(),
            ids.len(),
            "{ids:?}"
        );
        let translated: Vec<_> = sections(&plan, Locale::new(Language::Japanese))
            .iter()
            .map(|section| section.id)
            .collect();
        assert_eq!(ids, translated);
    }

    #[test]
    fn japanese_readers_find_no_english_but_the_plans_own() {
        let plan = hand_made();
        let own = own_words(&serde_json::to_value(&plan).expect("JSON"));
        let japanese = only_latin(&markdown(&plan, Language::Japanese), &own);
        assert!(japanese.is_empty(), "{japanese:#?}");
        let english = only_latin(&markdown(&plan, Language::English), &own);
        assert!(
            english.len() > 100,
            "what finds nothing in English finds nothing: {}",
            english.len()
        );
    }

    /// Letters of every string and key of the plan: prose of rooms that make no texts, names, words of enums.
    fn own_words(value: &serde_json::Value) -> Vec<String> {
        match value {
            serde_json::Value::String(text) => vec![letters(text)],
            serde_json::Value::Array(values) => values.iter().flat_map(own_words).collect(),
            serde_json::Value::Object(fields) => fields
                .iter()
                .filter(|(key, _)| *key != "english")
                .flat_map(|(key, value)| own_words(value).into_iter().chain([letters(key)]))
                .collect(),
            _ => Vec::new(),
        }
    }

    fn letters(text: &str) -> String {
        text.chars().filter(char::is_ascii_alphabetic).collect()
    }

    /// Lines and cells that have words, none of them in Japanese, and are neither names nor the plan's own.
    fn only_latin(markdown: &str, own: &[String]) -> Vec<String> {
        let is_japanese = |c: char| matches!(c, '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
        let names = [
            "Pod",
            "B",
            "C",
            "CPU",
            "AZ",
            "SHA",
            "Beanstalk",
            "VPC",
            "m",
            "Mi",
            "Gi",
            "detailssummary",
            "details",
        ];
        let is_left = |part: &&str| {
            let outside_of_code: String = part.split('`').step_by(2).collect();
            let letters = letters(&outside_of_code);
            let is_known =
                letters.is_empty() || names.contains(&letters.as_str()) || own.contains(&letters);
            !part.contains("<code>") && !part.chars().any(is_japanese) && !is_known
        };
        markdown
            .lines()
            .flat_map(|line| line.split('|'))
            .filter(is_left)
            .map(str::to_owned)
            .collect()
    }
}
