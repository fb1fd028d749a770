//! How wide and how colourful what is printed for people is.

use std::collections::BTreeSet;
use std::fs;

use crate::hostile::planned_attacks;
use crate::program::{Desk, Ending, eb2eks, planned_sample};

const BOLD: &str = "\u{1b}[1m";

/// What `explain` prints of the sample with these variables set.
fn explained(variables: &[(&str, &str)], more: &[&str]) -> String {
    let desk = Desk::new();
    let path = desk.path().join("plan.json");
    fs::write(&path, &planned_sample().files["plan.json"]).expect("it can be written");
    let ending = Ending::of(
        eb2eks()
            .args(["explain", "search-prod", "--plan"])
            .arg(&path)
            .args(more)
            .envs(variables.iter().copied()),
    );
    assert_eq!((ending.code, ending.stderr.as_str()), (0, ""));
    ending.stdout
}

#[test]
fn a_pipe_is_as_wide_as_columns_says_within_reason() {
    let widest = |columns: &str| {
        explained(&[("COLUMNS", columns)], &[])
            .lines()
            .map(|line| line.chars().count())
            .max()
            .expect("lines")
    };
    // Lines of the sample's English take one column for each letter.
    assert!(
        (55..=60).contains(&widest("60")) && (75..=80).contains(&widest("80")),
        "{} {}",
        widest("60"),
        widest("80")
    );
    assert_eq!(
        explained(&[("COLUMNS", "300")], &[]),
        explained(&[], &[]),
        "100 at most"
    );
    assert_eq!(
        explained(&[("COLUMNS", "1")], &[]),
        explained(&[("COLUMNS", "60")], &[]),
        "60 at least"
    );
    assert_eq!(explained(&[("COLUMNS", "wide")], &[]), explained(&[], &[]));
}

/// A word is whole on a line of its own, however narrow the terminal; what stands nowhere at 100 columns was broken.
#[test]
fn no_word_is_broken_at_any_width() {
    for more in [&[][..], &["--options"]] {
        let wide = explained(&[], more);
        let whole: BTreeSet<&str> = wide.split_whitespace().collect();
        for columns in 60..100 {
            let narrow = explained(&[("COLUMNS", &columns.to_string())], more);
            let is_title = |word: &str| word.ends_with(':');
            let broken: Vec<&str> = narrow
                .split_whitespace()
                .filter(|word| !whole.contains(word) && !is_title(word) && !word.contains('─'))
                .collect();
            assert!(broken.is_empty(), "{columns}: {broken:?}");
        }
    }
}

#[test]
fn emphasis_is_only_where_it_is_wanted() {
    let plain = explained(&[], &[]);
    assert!(!plain.contains('\u{1b}'), "a pipe wants none");
    let forced = explained(&[("CLICOLOR_FORCE", "1")], &[]);
    assert!(
        forced.contains(BOLD)
            && forced
                .replace(BOLD, "")
                .replace("\u{1b}[2m", "")
                .replace("\u{1b}[0m", "")
                == plain
    );
    assert_eq!(
        explained(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]),
        plain
    );
    for format in ["json", "yaml"] {
        let document = explained(&[("CLICOLOR_FORCE", "1")], &["-o", format]);
        assert_eq!(
            document,
            explained(&[], &["-o", format]),
            "machines want none, whoever forces it"
        );
    }
}

/// In a terminal of util-linux's `script`, where there is one.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_emphasis_unless_it_is_dumb() {
    let desk = Desk::new();
    let path = desk.path().join("plan.json");
    fs::write(&path, &planned_sample().files["plan.json"]).expect("it can be written");
    let command = format!(
        "stty rows 24 columns 72; '{}' explain search-prod --plan '{}'",
        env!("CARGO_BIN_EXE_eb2eks"),
        path.display()
    );
    let shown = |terminal: &str, no_color: &str| {
        let mut script = std::process::Command::new("script");
        script
            .args(["-q", "-e", "-c", &command, "/dev/null"])
            .env("TERM", terminal)
            .env("NO_COLOR", no_color);
        ["COLUMNS", "CLICOLOR", "CLICOLOR_FORCE"]
            .iter()
            .for_each(|name| {
                script.env_remove(name);
            });
        let output = script.stdin(std::process::Stdio::null()).output().ok()?;
        assert!(output.status.success(), "{output:?}");
        Some(
            String::from_utf8(output.stdout)
                .expect("UTF-8")
                .replace('\r', ""),
        )
    };
    let Some(emphasised) = shown("xterm", "") else {
        return;
    };
    assert!(emphasised.contains(BOLD));
    let plain = explained(&[("COLUMNS", "72")], &[]);
    assert_eq!(
        [shown("dumb", ""), shown("xterm", "1")],
        [Some(plain.clone()), Some(plain)],
        "as wide as the terminal"
    );
}

#[test]
fn names_that_attack_are_not_emphasised_into_acting() {
    let planned = planned_attacks();
    let desk = Desk::new();
    let path = desk.path().join("plan.json");
    fs::write(&path, &planned.files["plan.json"]).expect("it can be written");
    for environment in planned.json()["environments"].as_array().expect("a list") {
        let id = environment["id"].as_str().expect("an id");
        let ending = Ending::of(
            eb2eks()
                .args(["explain", id, "--plan"])
                .arg(&path)
                .env("CLICOLOR_FORCE", "1"),
        );
        assert_eq!(ending.code, 0, "{ending:#?}");
        let bare = [BOLD, "\u{1b}[2m", "\u{1b}[0m"]
            .iter()
            .fold(ending.stdout, |text, ours| text.replace(ours, ""));
        assert!(
            bare.chars().all(|c| c == '\n' || !c.is_control()),
            "{bare:?}"
        );
    }
}
