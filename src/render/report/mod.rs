//! `report.md`: the plan for a pull request and for those who pay, on one page that GitHub renders.
//!
//! The answer stands first, then what it rests on, then what needs a human; long tables are folded.
//! Bounded to the 65,536 characters that GitHub takes in a comment: tables that would not fit say how
//! many rows are left out and which file has them all.

mod addresses;
mod applications;
mod findings;
mod inputs;
pub(super) mod markdown;
mod money;
mod node_groups;
mod node_types;
mod options;
mod scheduler;

use markdown::prose;

use super::answer;
use crate::plan::Plan;

/// The whole report.
pub(super) fn markdown(plan: &Plan) -> String {
    let mut sections = vec![
        "# From Elastic Beanstalk to EKS".to_owned(),
        format!("**{}**", prose(&answer::money(plan))),
        format!("{} Based on: {}.", prose(&answer::coverage(plan)), prose(&answer::basis(plan))),
    ];
    sections.extend(inputs::warnings(plan));
    sections.push(money::section(plan));
    sections.push(node_groups::section(plan));
    sections.extend(scheduler::section(plan));
    sections.extend(node_types::section(plan));
    sections.extend(addresses::section(plan));
    sections.push(findings::section(plan));
    sections.extend(options::section(plan));
    sections.push(applications::planned(plan));
    sections.extend(applications::not_planned(plan));
    sections.push(money::not_included(plan));
    sections.push(inputs::section(plan));
    let mut text = sections.join("\n\n");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Note;
    use crate::render::test_plan::{hand_made, large};

    #[test]
    fn the_answer_stands_first() {
        let plan = hand_made();
        let text = markdown(&plan);
        let answer = text.lines().nth(2).expect("a third line");
        assert!(answer.starts_with("**The environments cost"), "{answer}");
    }

    #[test]
    fn hostile_names_stay_text() {
        let text = markdown(&hand_made());
        assert!(!text.contains("<script") && !text.contains("<img"), "no HTML of a stranger");
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

    #[test]
    fn a_hundred_environments_fit_and_a_thousand_say_what_is_left_out() {
        let hundred = markdown(&large(100));
        assert!(hundred.chars().count() <= 65_536, "{}", hundred.chars().count());
        assert!(!hundred.contains("more rows"), "a hundred ordinary environments are shown in full");
        let mut thousand = large(1000);
        for number in 0..5000 {
            thousand.notes.push(Note::advice(&format!("code-{number}"), "subject", "m".repeat(500), format!("hint {number}")));
        }
        let pattern = thousand.environments[0].clone();
        for number in 0..200 {
            let mut stays = pattern.clone();
            stays.name = format!("{number}|{}", "`".repeat(100));
            thousand.environments.push(stays);
            thousand.inputs.scopes.push(thousand.inputs.scopes[1].clone());
            thousand.inputs.files.push(thousand.inputs.files[0].clone());
            let group = thousand.clusters[0].node_groups[0].clone();
            thousand.clusters[0].node_groups.push(group);
            let mut line = thousand.bills[1].lines[0].clone();
            line.amount = None;
            thousand.bills[1].lines.push(line);
        }
        let thousand = markdown(&thousand);
        assert!(thousand.chars().count() <= 65_536, "{}", thousand.chars().count());
        assert!(thousand.contains("more rows"));
    }
}
