//! What shells and `man` are given.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};

use crate::program::{Desk, Ending, eb2eks, files_below};

/// The commands that `--help` lists and this build has.
fn commands() -> BTreeSet<String> {
    let help = Ending::of(eb2eks().arg("--help")).stdout;
    let listed = help
        .lines()
        .skip_while(|line| *line != "Plan:")
        .take_while(|line| *line != "Options:");
    let names =
        listed.filter(|line| line.starts_with("  ") && !line.ends_with("(not in this build)"));
    let names: BTreeSet<String> = names
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect();
    assert!(
        names.contains("plan") && names.contains("verify-certificate") && names.len() > 10,
        "{help}"
    );
    names
}

fn script(shell: &str) -> String {
    let ending = Ending::of(eb2eks().args(["completions", shell]));
    assert_eq!((ending.code, ending.stderr.as_str()), (0, ""), "{shell}");
    ending.stdout
}

#[test]
fn every_shell_completes_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = script(shell);
        for command in commands() {
            assert!(script.contains(&command), "{command} for {shell}");
        }
        assert!(
            script.contains("--certificate") || script.contains("certificate"),
            "options too, for {shell}"
        );
    }
    assert_eq!(Ending::of(eb2eks().args(["completions", "cmd"])).code, 2);
}

/// Runs a script in bash; nothing where there is no bash.
fn in_bash(arguments: &[&str], input: &str) -> Option<(bool, String)> {
    let bash = Command::new("bash")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut bash = match bash {
        Ok(bash) => bash,
        Err(error) => {
            assert!(
                error.kind() == std::io::ErrorKind::NotFound && std::env::var_os("CI").is_none(),
                "{error}"
            );
            return None;
        }
    };
    bash.stdin
        .take()
        .expect("it is piped")
        .write_all(input.as_bytes())
        .expect("it reads");
    let output = bash.wait_with_output().expect("it ends");
    let text = [output.stdout, output.stderr]
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .concat();
    Some((output.status.success(), text))
}

#[test]
fn bash_takes_the_script_and_completes() {
    let script = script("bash");
    let Some(parsed) = in_bash(&["--norc", "-n"], &script) else {
        return;
    };
    assert_eq!(parsed, (true, String::new()));
    let completed = |words: &[&str]| {
        let (last, all) = (words.len() - 1, words.join(" "));
        let ask = format!(
            "{script}\nCOMP_WORDS=({all})\nCOMP_CWORD={last}\n_eb2eks eb2eks {} {}\nprintf '%s ' \"${{COMPREPLY[@]}}\"\n",
            words[last],
            words[last - 1]
        );
        let (success, text) = in_bash(&["--norc"], &ask).expect("it was there a moment ago");
        assert!(success, "{text}");
        text.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(completed(&["eb2eks", "verify"]), ["verify-certificate"]);
    assert_eq!(completed(&["eb2eks", "plan", "--pri"]), ["--prices"]);
    assert_eq!(completed(&["eb2eks", "plan", "--output", "y"]), ["yaml"]);
}

#[track_caller]
fn assert_page(name: &str, page: &str) {
    for section in ["NAME", "SYNOPSIS", "DESCRIPTION"] {
        assert!(
            page.lines().any(|line| line == format!(".SH {section}")),
            "{section} in {name}:\n{page}"
        );
    }
    assert!(
        page.lines().any(|line| line.starts_with(".TH ")),
        "{name}:\n{page}"
    );
    // Nothing of the terminal's colours.
    assert!(!page.contains('\u{1b}'), "{name}");
}

#[test]
fn every_command_has_a_page() {
    let desk = Desk::new();
    let ending = Ending::of(eb2eks().args(["man", "--out"]).arg(desk.out()));
    assert_eq!((ending.code, ending.stdout.as_str()), (0, ""));
    let pages = files_below(&desk.out());
    let text = |name: &str| std::str::from_utf8(&pages[name]).expect("UTF-8").to_owned();
    for command in commands().iter().filter(|command| *command != "help") {
        let name = format!("eb2eks-{command}.1");
        assert!(pages.contains_key(&name), "{name} of {:?}", pages.keys());
        let bold = format!("\\fBeb2eks {}\\fR", command.replace('-', "\\-"));
        assert!(
            text(&name).contains(&bold),
            "its name is typed as {command}: {}",
            text(&name)
        );
    }
    pages.keys().for_each(|name| assert_page(name, &text(name)));

    let printed = Ending::of(eb2eks().arg("man"));
    assert_eq!((printed.code, printed.stderr.as_str()), (0, ""));
    assert_eq!(printed.stdout, text("eb2eks.1"));
    Ending::of(eb2eks().args(["man", "--out"]).arg(desk.out())).assert_refused(2, &["not empty"]);
}
