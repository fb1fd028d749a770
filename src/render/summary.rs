//! The terminal summary: what was seen, what is planned, nodes, money, what needs a human.
//!
//! Comes in: a plan and the width of the terminal. Goes out: plain text without colours, the answer
//! first, that fits the width (60 to 100 columns are used). Counting is left to the plan.

use super::answer;
use super::category;
use super::inert;
use super::note_groups::{NoteGroup, groups};
use super::report::voice::Voice;
use super::simulated;
use super::terminal::{columns, paragraph, readable, shortened, table};
use crate::plan::{BillKey, Bound, NodeUse, Plan, Replay, ReplayRun, Severity};
use crate::wording::Language;
use crate::wording::dollars::dollars;

/// The terminal speaks English.
const VOICE: Voice = Voice::new(Language::English);
/// Kinds of findings that are shown; the report has them all.
const FINDINGS: usize = 12;
/// Subjects that are named with a finding.
const NAMED: usize = 2;
/// Columns of a name; longer ones are cut, so that others have room. The report has them in full.
const LONGEST_NAME: usize = 28;

/// The summary, ending in a line break.
#[must_use]
pub fn summary(plan: &Plan, width: usize) -> String {
    let width = readable(width);
    let mut parts = vec![
        paragraph(&answer::money(plan, VOICE), 0, width),
        seen(plan, width),
        nodes(plan, width),
        replayed(plan, width),
        money(plan, width),
    ];
    parts.push(findings(plan, width));
    parts.push(paragraph(
        "Why any number is what it is: eb2eks explain NAME",
        0,
        width,
    ));
    parts.join("\n")
}

fn seen(plan: &Plan, width: usize) -> String {
    let mut text = paragraph(&answer::coverage(plan, VOICE), 0, width);
    text.push_str(&paragraph(
        &format!("Based on: {}.", VOICE.say(&answer::basis(plan, VOICE))),
        0,
        width,
    ));
    if let Some(note) = &plan.inputs.note {
        text.push_str(&paragraph(&format!("About the data: {note}"), 0, width));
    }
    let incomplete = plan
        .inputs
        .scopes
        .iter()
        .filter(|scope| !scope.is_complete())
        .count();
    if incomplete > 0 {
        let all = plan.inputs.scopes.len();
        text.push_str(&paragraph(
            &format!(
                "INCOMPLETE: {incomplete} of {all} accounts and regions were not read in full."
            ),
            0,
            width,
        ));
    }
    text
}

fn nodes(plan: &Plan, width: usize) -> String {
    let rows: Vec<_> = plan
        .clusters
        .iter()
        .flat_map(|cluster| {
            cluster
                .node_groups
                .iter()
                .map(move |group| (cluster, group))
        })
        .map(|(cluster, group)| {
            vec![
                cluster.name.clone(),
                group.name.clone(),
                group.instance_type.clone(),
                format!(
                    "{} (>= {})",
                    group.normal.nodes_needed, group.normal.lower_bound.nodes
                ),
                simulated::quantiles(&group.realistic.grown),
                group.min_size.to_string(),
                group.desired_capacity.to_string(),
                group.max_size.to_string(),
            ]
        })
        .collect();
    if rows.is_empty() {
        return paragraph(
            "No node group is planned, because no environment is.",
            0,
            width,
        );
    }
    table(
        &[
            "Cluster",
            "Group",
            "Type",
            "Needed",
            "Simulated",
            "Min",
            "Desired",
            "Max",
        ],
        rows,
        &[3, 4, 5, 6, 7],
        width,
    )
}

/// What would have happened; nothing where nothing was replayed.
fn replayed(plan: &Plan, width: usize) -> String {
    let Some(replay) = &plan.replay else {
        return paragraph(
            "The history was not run over these clusters (replay.enabled).",
            0,
            width,
        );
    };
    let mut rows = vec![row("seen", &replay.seen)];
    rows.extend(replay.unseen.iter().map(|run| row("unseen", run)));
    rows.extend(replay.year.iter().map(|run| row("the year before", run)));
    let mut text = replay_table(rows, width);
    text.push_str(&paragraph(&promise(replay), 0, width));
    text.push_str(&paragraph(&losses(&replay.seen), 0, width));
    text
}

/// What users are promised, and whether it was kept: on unseen days where there are some.
fn promise(replay: &Replay) -> String {
    let (run, days) = match &replay.unseen {
        Some(run) => (run, "that it had not seen"),
        None => (&replay.seen, "that it was made from"),
    };
    let kept = if run.kept {
        "within the promise of the policy"
    } else {
        "more than the policy allows"
    };
    let mut text = format!(
        "On {:.0} days {days}: {} evictions, {} kills and {} starved app-minutes in {:.0} pod-weeks, which is {kept}.",
        run.days, run.evictions, run.kills, run.starved_app_minutes, run.pod_weeks
    );
    if let Some(nodes) = replay.seen.fewest_nodes {
        text.push_str(&format!(
            " Of {} nodes {} would have passed the same replay; what was in use at most would fill {}.",
            nodes.planned, nodes.enough, nodes.in_use
        ));
    }
    text
}

/// One run by itself, for a plan that was made before.
#[must_use]
pub fn replay_run(run: &ReplayRun, is_own: bool, width: usize) -> String {
    let width = readable(width);
    let of = if is_own {
        "own history"
    } else {
        "this history"
    };
    let mut text = replay_table(vec![row(of, run)], width);
    text.push_str(&paragraph(&losses(run), 0, width));
    let apps: Vec<Vec<String>> = run
        .apps
        .iter()
        .filter(|(_, app)| app.starved_app_minutes + app.evictions + app.kills > 0)
        .map(|(name, app)| {
            let numbers = [app.starved_app_minutes, app.evictions, app.kills];
            std::iter::once(shortened(&inert::name(name), LONGEST_NAME))
                .chain(numbers.map(|number| number.to_string()))
                .collect()
        })
        .collect();
    if apps.is_empty() {
        text.push_str(&paragraph("No app was hurt.", 0, width));
    } else {
        let header = ["App", "Starved", "Evicted", "Killed"];
        text.push('\n');
        text.push_str(&table(&header, apps, &[1, 2, 3], width));
    }
    text
}

fn row(name: &str, run: &ReplayRun) -> Vec<String> {
    #[expect(clippy::cast_precision_loss, reason = "minutes, far under 2^53")]
    let over = run.over_cpu_request_app_minutes as f64 / run.app_minutes.max(1) as f64;
    let shares = |used: &NodeUse| {
        [used.mean, used.p99, used.max]
            .map(|share| format!("{:.0}", 100.0 * share))
            .join(" / ")
    };
    vec![
        name.to_owned(),
        format!("{:.0}", run.days),
        run.app_minutes.to_string(),
        run.starved_app_minutes.to_string(),
        format!("{:.2} %", 100.0 * over),
        run.evictions.to_string(),
        run.kills.to_string(),
        shares(&run.node_cpu),
        shares(&run.node_memory),
    ]
}

fn replay_table(rows: Vec<Vec<String>>, width: usize) -> String {
    let header = [
        "Replay",
        "Days",
        "App-minutes",
        "Starved",
        "Over",
        "Evicted",
        "Killed",
        "CPU %",
        "Memory %",
    ];
    table(&header, rows, &[1, 2, 3, 4, 5, 6, 7, 8], width)
}

fn losses(run: &ReplayRun) -> String {
    let kinds = [
        ("a node", &run.losses.node),
        ("a zone", &run.losses.zone),
        ("the other cluster", &run.losses.cluster),
    ];
    let told: Vec<String> = kinds
        .into_iter()
        .filter_map(|(name, loss)| {
            let loss = loss.as_ref()?;
            Some(format!(
                "{name}, apps starved in {} of {} cases",
                loss.cases_with_outage, loss.cases
            ))
        })
        .collect();
    if told.is_empty() {
        return "No loss was replayed.".to_owned();
    }
    format!("Lost at the worst moments: {}.", told.join("; "))
}

fn money(plan: &Plan, width: usize) -> String {
    let mut rows: Vec<_> = category::rows(plan)
        .into_iter()
        .map(|row| {
            [
                row.category.text(),
                row.today.text(),
                row.after.text(),
                row.saving(),
            ]
            .map(|text| VOICE.say(&text))
            .to_vec()
        })
        .collect();
    let saving = &plan.saving;
    rows.push(vec![
        "Total".to_owned(),
        dollars(saving.today),
        dollars(saving.after),
        VOICE.say(&answer::bounded_saving(saving)),
    ]);
    let bills = table(
        &["US dollars a month", "Today", "After", "Saving"],
        rows,
        &[1, 2, 3],
        width,
    );
    [
        bills,
        paragraph(&answer::range_and_move(plan, VOICE), 0, width),
        alternatives(plan, width),
    ]
    .join("\n")
}

fn alternatives(plan: &Plan, width: usize) -> String {
    let today = plan.bill(BillKey::TODAY);
    let rows = plan.economics.choosing.alternatives.iter().map(|one| {
        let bound = if one.unpriced_lines > 0 { ">= " } else { "" };
        let saved = match one.saving_bound(today) {
            Bound::Exact => "",
            Bound::AtLeast => ">= ",
            Bound::AtMost => "<= ",
            Bound::Unknown => "? ",
        };
        // A discount that nobody knows leaves the sum with terms too high.
        let with_terms = match (one.unpriced_lines, one.unknown_discounts) {
            (0, 0) => "",
            (_, 0) => ">= ",
            (0, _) => "<= ",
            _ => "? ",
        };
        let mark = if one.recommended { "* " } else { "" };
        vec![
            format!("{mark}{}", one.title),
            format!("{bound}{}", dollars(one.monthly)),
            format!("{saved}{}", dollars(one.saving)),
            format!("{with_terms}{}", dollars(one.monthly_with_terms)),
            one.payback_month
                .map_or_else(|| "-".to_owned(), |month| month.to_string()),
        ]
    });
    let rows = table(
        &[
            "What one could do",
            "A month",
            "Saves",
            "With terms",
            "Paid back",
        ],
        rows.collect(),
        &[1, 2, 3, 4],
        width,
    );
    let sentences = answer::about_choosing(plan, VOICE);
    let words = sentences.iter().map(|words| paragraph(words, 0, width));
    std::iter::once(rows)
        .chain(words)
        .collect::<Vec<_>>()
        .join("\n")
}

fn findings(plan: &Plan, width: usize) -> String {
    let groups = groups(plan);
    let human: Vec<_> = groups
        .iter()
        .filter(|group| group.first.severity != Severity::Advice)
        .collect();
    let advice = groups.len() - human.len();
    let mut text = if human.is_empty() {
        paragraph("Nothing in this plan waits for a human.", 0, width)
    } else {
        let mut text = paragraph("Needs a human:", 0, width);
        text.push_str(&columns(
            human
                .iter()
                .take(FINDINGS)
                .map(|group| finding(group))
                .collect(),
            2,
            width,
        ));
        text
    };
    let more = match (human.len().saturating_sub(FINDINGS), advice) {
        (0, 0) => return text,
        (0, advice) => format!("And {advice} pieces of advice: see report.md."),
        (findings, advice) => {
            format!("And {findings} more kinds of findings and {advice} of advice: see report.md.")
        }
    };
    text.push_str(&paragraph(&more, 2, width));
    text
}

fn finding(group: &NoteGroup<'_>) -> Vec<String> {
    let names: Vec<_> = group
        .subjects()
        .take(NAMED)
        .map(|subject| shortened(&inert::name(&subject.to_string()), LONGEST_NAME))
        .collect();
    let rest = group.subjects().count().saturating_sub(NAMED);
    let rest = if rest > 0 {
        format!(" and {rest} more")
    } else {
        String::new()
    };
    let about = format!("{}{rest}", names.join(", "));
    vec![
        VOICE.say(&group.first.severity.text()),
        group.first.code.clone(),
        about,
        group.first.hint.to_string(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::test_plan::{hand_made, large};
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn every_width_is_kept() {
        for plan in [hand_made(), large(100)] {
            for width in [60, 80, 100] {
                let text = summary(&plan, width);
                assert!(
                    text.lines().all(|line| line.width() <= width),
                    "{width}:\n{text}"
                );
            }
        }
    }

    #[test]
    fn the_answer_comes_first_and_everything_is_there() {
        let plan = hand_made();
        let text = summary(&plan, 100);
        assert!(text.starts_with("The environments cost"), "{text}");
        for part in [
            "7 environments seen: 5 planned, 1 excluded, 1 unknown",
            "workers",
            "Control planes",
            "memory-assumed",
            "eb2eks explain",
        ] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
        assert!(
            text.contains(&dollars(plan.saving.today))
                && text.contains(&dollars(plan.saving.after))
        );
    }

    #[test]
    fn names_cannot_reach_the_terminal() {
        let text = summary(&hand_made(), 100);
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
    }
}
