//! What to type next, as it can be typed: with the snapshot, the policy and the folders of this run.

use std::path::{Path, PathBuf};

use super::arguments::{PlanArguments, PlanToWrite};
use crate::plan::{Outcome, Plan};
use crate::render::NextCommands;
use crate::wording::Language;

/// Where a plan goes whose user named no folder.
const USUAL_OUT: &str = "eb2eks-out";

/// The commands that the summary of `plan` prints.
pub(super) fn of(plan: &Plan, arguments: &PlanArguments) -> NextCommands {
    let out = arguments.out.as_deref().unwrap_or(Path::new(USUAL_OUT));
    NextCommands {
        same_plan: same_plan(arguments),
        beside: word(&with_suffix(out, "-next")),
        explain: arguments
            .out
            .as_deref()
            .and_then(|out| explain(plan, out, arguments.language)),
    }
}

/// The same run, writing its files.
pub(super) fn writing(arguments: &PlanArguments) -> String {
    let choose = match arguments.choose {
        PlanToWrite::AsAsked => "",
        PlanToWrite::Recommended => " --choose recommended",
    };
    format!("{}{choose} --out {USUAL_OUT}", same_plan(arguments))
}

/// `eb2eks plan SNAPSHOT` with what changes the plan.
fn same_plan(arguments: &PlanArguments) -> String {
    let mut words = vec!["eb2eks plan".to_owned(), word(&arguments.snapshot)];
    for (option, path) in [
        ("--policy", &arguments.policy),
        ("--prices", &arguments.prices),
        ("--bill", &arguments.bill),
    ] {
        words.extend(path.iter().map(|path| format!("{option} {}", word(path))));
    }
    let settings = arguments.settings.iter();
    words.extend(settings.map(|setting| format!("--set {}", quoted(setting.as_typed()))));
    words.extend(language(arguments.language));
    words.join(" ")
}

fn language(language: Language) -> Option<String> {
    (language != Language::default()).then(|| format!("--lang {}", language.tag()))
}

/// The first app that moves, as an example that exists.
fn explain(plan: &Plan, out: &Path, spoken: Language) -> Option<String> {
    let moves = |outcome: &Outcome| matches!(outcome, Outcome::Planned { .. });
    let app = plan.environments.iter().find(|one| moves(&one.outcome))?;
    let (name, _) = app.planned()?;
    let mut words = vec![format!("eb2eks explain {name}")];
    if out != Path::new(USUAL_OUT) {
        words.push(format!("--plan {}", word(out)));
    }
    words.extend(language(spoken));
    Some(words.join(" "))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    // A slash at the end would put the suffix into the folder.
    let mut name = path.components().collect::<PathBuf>().into_os_string();
    name.push(suffix);
    name.into()
}

fn word(path: &Path) -> String {
    quoted(&path.display().to_string())
}

/// One word of a shell, quoted where it has to be.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:@%,=".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use clap::FromArgMatches;

    use super::*;
    use crate::cli::{Arguments, Command, help};

    fn arguments(typed: &[&str]) -> PlanArguments {
        let matches = help::command()
            .try_get_matches_from(["eb2eks", "plan"].iter().chain(typed))
            .expect("arguments");
        match Arguments::from_arg_matches(&matches)
            .expect("arguments")
            .command
        {
            Command::Plan(arguments) => arguments,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn everything_that_changes_the_plan_is_typed_again() {
        let typed = [
            "my fleet",
            "--policy",
            "p.toml",
            "--set",
            "topology.survive=[\"node\"]",
            "--set",
            "sizing.cpu_risk=0.05",
            "--lang",
            "ja",
            "--bill",
            "it's.csv",
            "-o",
            "json",
        ];
        assert_eq!(
            writing(&arguments(&typed)),
            "eb2eks plan 'my fleet' --policy p.toml --bill 'it'\\''s.csv' --set 'topology.survive=[\"node\"]' \
             --set sizing.cpu_risk=0.05 --lang ja --out eb2eks-out"
        );
        assert_eq!(
            writing(&arguments(&["s", "--choose", "recommended"])),
            "eb2eks plan s --choose recommended --out eb2eks-out"
        );
        assert_eq!(
            with_suffix(Path::new("out/"), "-next"),
            Path::new("out-next")
        );
    }
}
