//! The terminal summary: what was seen, what is planned, nodes, money, what needs a human.
//!
//! Comes in: a plan, a language, the width of the terminal, and the commands that come next as they are typed. Goes
//! out: plain text without colours, the answer first, that fits the width (60 to 100 columns are used). Counting is
//! left to the plan.

use super::answer;
use super::category;
use super::inert;
use super::note_groups::{NoteGroup, groups};
use super::page::Page;
use super::report::block::{Line, Row};
use super::report::head;
use super::simulated;
use super::terminal::{shortened, table};
use super::verdict::NextStep;
use crate::plan::{BillKey, NodeUse, Plan, Replay, ReplayRun, Severity};
use crate::wording::dollars::dollars;
use crate::wording::{Language, Text, text};

/// Kinds of findings that are shown; the report has them all.
const FINDINGS: usize = 12;
/// Subjects that are named with a finding.
const NAMED: usize = 2;
/// Columns of a name; longer ones are cut, so that others have room. The report has them in full.
const LONGEST_NAME: usize = 28;

/// Commands that can be run as they are printed: only who was called knows how the snapshot was named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NextCommands {
    /// Plans the same again, up to what is changed: `eb2eks plan SNAPSHOT`; empty where nobody knows.
    pub same_plan: String,
    /// A folder beside that of the plan.
    pub beside: String,
    /// Explains an app of the plan that was written.
    pub explain: Option<String>,
}

/// The summary, ending in a line break.
#[must_use]
pub fn summary(plan: &Plan, language: Language, width: usize, next: &NextCommands) -> String {
    let page = Page::new(language, width);
    let mut parts = vec![
        page.answer(plan, next),
        page.seen(plan),
        page.nodes(plan),
        page.replayed(plan),
        page.money(plan),
        page.findings(plan),
    ];
    if let Some(command) = &next.explain {
        parts.push(page.command(&text!("terminal-why"), command));
    }
    parts.join("\n")
}

/// One run by itself, for a plan that was made before.
#[must_use]
pub fn replay_run(run: &ReplayRun, is_own: bool, language: Language, width: usize) -> String {
    let page = Page::new(language, width);
    let of = if is_own {
        text!("terminal-replay-own")
    } else {
        text!("terminal-replay-this")
    };
    let mut text = page.replay_table(vec![page.run(&of, run)]);
    text.push_str(&page.losses(run));
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
        text.push_str(&page.say(&text!("terminal-nobody-hurt")));
    } else {
        let header = [
            text!("terminal-app"),
            text!("replay-starved-column"),
            text!("terminal-evicted"),
            text!("terminal-killed"),
        ];
        text.push('\n');
        text.push_str(&page.table(header, apps, &[1, 2, 3]));
    }
    text
}

impl Page {
    /// The verdict, what carries it, the three columns, and what to type next: as every report begins.
    fn answer(&self, plan: &Plan, next: &NextCommands) -> String {
        let head = head(plan, self.locale);
        let said = |lines: &[Line]| -> String {
            lines
                .iter()
                .map(|line| self.paragraph(&line.plain()))
                .collect()
        };
        let mut text = self.paragraph(&head.verdict) + &said(&head.answer);
        for shown in [&head.columns, &head.levers].into_iter().flatten() {
            let titles: Vec<&str> = shown.columns.iter().map(|one| one.title.as_str()).collect();
            let row = |row: &Row| row.cells.iter().map(|cell| cell.line.plain()).collect();
            let rows = shown.rows.iter().map(row).collect();
            text.push('\n');
            text.push_str(&table(&titles, rows, &[], self.width));
        }
        text.push('\n');
        text.push_str(&said(&head.why));
        let made = |more: &str| format!("{} {more} --out {}", next.same_plan, next.beside);
        text.push_str(&match head.next_step {
            Some(NextStep::MakeRecommended) if !next.same_plan.is_empty() => {
                self.command(&text!("terminal-to-make"), &made("--choose recommended"))
            }
            Some(NextStep::Try(settings)) if !next.same_plan.is_empty() => {
                self.command(&text!("terminal-to-try"), &made(&settings))
            }
            _ => said(&head.next),
        });
        text
    }

    fn seen(&self, plan: &Plan) -> String {
        let mut text = self.paragraph(&answer::coverage(plan, self.locale));
        let basis = answer::basis(plan, self.locale);
        text.push_str(&self.say(&text!("terminal-basis", basis = basis)));
        if let Some(note) = &plan.inputs.note {
            text.push_str(&self.say(&text!("terminal-note", note = note)));
        }
        let scopes = &plan.inputs.scopes;
        let incomplete = scopes.iter().filter(|scope| !scope.is_complete()).count();
        if incomplete > 0 {
            text.push_str(&self.say(&text!(
                "terminal-incomplete",
                incomplete = incomplete,
                all = scopes.len()
            )));
        }
        text
    }

    fn nodes(&self, plan: &Plan) -> String {
        let groups = plan.clusters.iter().flat_map(|cluster| {
            let groups = cluster.node_groups.iter();
            groups.map(move |group| (cluster, group))
        });
        let rows: Vec<_> = groups
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
            return self.say(&text!("terminal-no-nodes"));
        }
        let titles = [
            text!("cluster-column"),
            text!("group-column"),
            text!("type-column"),
            text!("terminal-needed"),
            text!("terminal-simulated"),
            text!("min-column"),
            text!("desired-column"),
            text!("max-column"),
        ];
        self.table(titles, rows, &[3, 4, 5, 6, 7])
    }

    /// What would have happened; nothing where nothing was replayed.
    fn replayed(&self, plan: &Plan) -> String {
        let Some(replay) = &plan.replay else {
            return self.say(&text!("terminal-not-replayed"));
        };
        let runs = [
            Some((text!("terminal-replay-seen"), &replay.seen)),
            replay
                .unseen
                .as_ref()
                .map(|run| (text!("terminal-replay-unseen"), run)),
            replay
                .year
                .as_ref()
                .map(|run| (text!("terminal-replay-year"), run)),
        ];
        let rows = runs.into_iter().flatten();
        let mut text = self.replay_table(rows.map(|(name, run)| self.run(&name, run)).collect());
        text.push_str(&self.paragraph(&self.promise(replay)));
        text.push_str(&self.losses(&replay.seen));
        text
    }

    /// What users are promised, and whether it was kept: on unseen days where there are some.
    fn promise(&self, replay: &Replay) -> String {
        let run = replay.unseen.as_ref().unwrap_or(&replay.seen);
        let yes = |is: bool| if is { "yes" } else { "no" };
        let mut said = vec![self.locale.say(&text!(
            "terminal-promise",
            unseen = yes(replay.unseen.is_some()),
            days = format!("{:.0}", run.days),
            evictions = run.evictions,
            kills = run.kills,
            starved = run.starved_app_minutes,
            weeks = format!("{:.0}", run.pod_weeks),
            kept = yes(run.kept)
        ))];
        if let Some(nodes) = replay.seen.fewest_nodes {
            said.push(self.locale.say(&text!(
                "terminal-fewest-nodes",
                planned = nodes.planned,
                enough = nodes.enough,
                in_use = nodes.in_use
            )));
        }
        self.locale.sentences(said)
    }

    fn run(&self, name: &Text, run: &ReplayRun) -> Vec<String> {
        #[expect(clippy::cast_precision_loss, reason = "minutes, far under 2^53")]
        let over = run.over_cpu_request_app_minutes as f64 / run.app_minutes.max(1) as f64;
        let shares = |used: &NodeUse| {
            [used.mean, used.p99, used.max]
                .map(|share| format!("{:.0}", 100.0 * share))
                .join(" / ")
        };
        vec![
            self.locale.say(name),
            format!("{:.0}", run.days),
            run.app_minutes.to_string(),
            run.starved_app_minutes.to_string(),
            self.locale.percent(over, 2),
            run.evictions.to_string(),
            run.kills.to_string(),
            shares(&run.node_cpu),
            shares(&run.node_memory),
        ]
    }

    fn replay_table(&self, rows: Vec<Vec<String>>) -> String {
        let titles = [
            text!("terminal-replay"),
            text!("replay-days-column"),
            text!("replay-app-minutes-column"),
            text!("replay-starved-column"),
            text!("terminal-over"),
            text!("terminal-evicted"),
            text!("terminal-killed"),
            text!("terminal-cpu-share"),
            text!("terminal-memory-share"),
        ];
        self.table(titles, rows, &[1, 2, 3, 4, 5, 6, 7, 8])
    }

    fn losses(&self, run: &ReplayRun) -> String {
        let losses = &run.losses;
        let told: Vec<String> = [
            losses.node.as_ref().map(|loss| {
                text!(
                    "terminal-loss-node",
                    starved = loss.cases_with_outage,
                    cases = loss.cases
                )
            }),
            losses.zone.as_ref().map(|loss| {
                text!(
                    "terminal-loss-zone",
                    starved = loss.cases_with_outage,
                    cases = loss.cases
                )
            }),
            losses.cluster.as_ref().map(|loss| {
                text!(
                    "terminal-loss-cluster",
                    starved = loss.cases_with_outage,
                    cases = loss.cases
                )
            }),
        ]
        .into_iter()
        .flatten()
        .map(|loss| self.locale.say(&loss))
        .collect();
        self.say(&if told.is_empty() {
            text!("terminal-no-loss")
        } else {
            text!("terminal-losses", losses = self.locale.clauses(told))
        })
    }

    fn money(&self, plan: &Plan) -> String {
        let mut rows: Vec<_> = category::rows(plan)
            .into_iter()
            .map(|row| {
                [
                    row.category.text(),
                    row.today.text(),
                    row.after.text(),
                    row.saving(),
                ]
                .map(|text| self.locale.say(&text))
                .to_vec()
            })
            .collect();
        let saving = &plan.saving;
        rows.push(vec![
            self.locale.say(&text!("terminal-total")),
            dollars(saving.today),
            dollars(saving.after),
            self.locale.say(&answer::bounded_saving(saving)),
        ]);
        let titles = [
            text!("money-column"),
            text!("today-column"),
            text!("after-column"),
            text!("saving-column"),
        ];
        let mut parts = vec![
            self.table(titles, rows, &[1, 2, 3]),
            self.paragraph(&answer::range_and_move(plan, self.locale)),
            self.alternatives(plan),
        ];
        let sentences = answer::about_choosing(plan, self.locale);
        parts.extend(sentences.iter().map(|words| self.paragraph(words)));
        parts.join("\n")
    }

    fn alternatives(&self, plan: &Plan) -> String {
        let today = plan.bill(BillKey::TODAY);
        let rows = plan.economics.choosing.alternatives.iter().map(|one| {
            let bound = one.saving_bound(today);
            // A discount that nobody knows leaves the sum with terms too high.
            let misses_terms = one.unpriced_lines + one.unknown_discounts > 0;
            let mark = if one.recommended { "* " } else { "" };
            vec![
                format!("{mark}{}", self.locale.say(&one.title)),
                answer::marked(dollars(one.monthly), one.unpriced_lines > 0),
                self.locale
                    .say(&answer::bounded(dollars(one.saving), bound)),
                answer::marked(dollars(one.monthly_with_terms), misses_terms),
                one.payback_month
                    .map_or_else(|| "-".to_owned(), |month| month.to_string()),
            ]
        });
        let titles = [
            text!("terminal-alternatives"),
            text!("a-month-column"),
            text!("saves-column"),
            text!("with-terms-column"),
            text!("terminal-payback"),
        ];
        self.table(titles, rows.collect(), &[1, 2, 3, 4])
    }

    fn findings(&self, plan: &Plan) -> String {
        let groups = groups(plan);
        let human: Vec<_> = groups
            .iter()
            .filter(|group| group.first.severity != Severity::Advice)
            .collect();
        let advice = groups.len() - human.len();
        let mut text = if human.is_empty() {
            self.say(&text!("terminal-nothing-to-do"))
        } else {
            let shown = human.iter().take(FINDINGS);
            let rows = shown.map(|group| self.finding(group)).collect();
            self.headed(&text!("terminal-to-do"), &self.columns(rows, 2))
        };
        let more = match (human.len().saturating_sub(FINDINGS), advice) {
            (0, 0) => return text,
            (0, advice) => text!("terminal-more-advice", advice = advice),
            (findings, advice) => {
                text!("terminal-more", findings = findings, advice = advice)
            }
        };
        text.push_str(&self.said(&more, 2));
        text
    }

    fn finding(&self, group: &NoteGroup<'_>) -> Vec<String> {
        let names = group
            .subjects()
            .take(NAMED)
            .map(|subject| shortened(&inert::name(&self.locale.say(subject)), LONGEST_NAME));
        let names = self.locale.list(names);
        let rest = group.subjects().count().saturating_sub(NAMED);
        let about = if rest > 0 {
            self.locale
                .say(&text!("terminal-and-more", names = names, count = rest))
        } else {
            names
        };
        vec![
            self.locale.say(&group.first.severity.text()),
            group.first.code.clone(),
            about,
            self.locale.say(&group.first.hint),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::test_plan::{hand_made, large};
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn every_width_is_kept() {
        for plan in [hand_made(), large(100)] {
            for (width, language) in [60, 80, 100]
                .into_iter()
                .flat_map(|width| Language::ALL.map(|language| (width, language)))
            {
                let text = summary(&plan, language, width, &NextCommands::default());
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
        let next = NextCommands {
            same_plan: "eb2eks plan here".to_owned(),
            beside: "there".to_owned(),
            explain: Some("eb2eks explain search-prod --plan there".to_owned()),
        };
        let text = summary(&plan, Language::English, 100, &next);
        assert!(text.starts_with("For cost alone: "), "{text}");
        for part in [
            "7 environments seen: 5 planned, 1 excluded, 1 unknown",
            "workers",
            "Control planes",
            "memory-assumed",
            ":\n  eb2eks explain search-prod --plan there\n",
        ] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
        assert!(
            text.contains(&dollars(plan.saving.today))
                && text.contains(&dollars(plan.saving.after))
        );
    }

    #[test]
    fn japanese_is_japanese_to_the_last_line() {
        let text = summary(
            &hand_made(),
            Language::Japanese,
            100,
            &NextCommands::default(),
        );
        for english in [
            "The plan", " a month", "Needed", "Total", "Action", "Based on", "Replay", "today",
        ] {
            assert!(!text.contains(english), "{english} in\n{text}");
        }
    }

    #[test]
    fn names_cannot_reach_the_terminal() {
        let text = summary(
            &hand_made(),
            Language::English,
            100,
            &NextCommands::default(),
        );
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
    }
}
