//! Readers that hang up, disks that are full, and command lines that are wrong.

use std::process::{Command, Stdio};

use crate::fleet::Fleet;
use crate::program::{Desk, Ending, eb2eks, files_below};

const USAGE: i32 = 2;

/// Runs with nobody reading stdout, nor, if `both`, stderr: as `| head` and `2>&1 | head` do when they
/// have seen enough.
fn unread(desk: &Desk, fleet: &Fleet, format: &str, both: bool) -> Option<i32> {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!())
        .arg("plan")
        .arg(fleet.path())
        .arg("--out")
        .arg(desk.out())
        .args(["--show", if format == "csv" { "requests" } else { "plan" }])
        .args(["-o", format])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    if both {
        drop(child.stderr.take());
    }
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(
        String::from_utf8_lossy(&output.stderr)
            .matches("panicked")
            .count(),
        0
    );
    output.status.code()
}

#[test]
fn a_reader_that_hangs_up_is_no_error() {
    let fleet = Fleet::of(1);
    for (format, both) in [
        ("table", false),
        ("json", false),
        ("yaml", false),
        ("csv", false),
        ("table", true),
    ] {
        let desk = Desk::new();
        assert_eq!(
            unread(&desk, &fleet, format, both),
            Some(0),
            "{format}, stderr too: {both}"
        );
        assert!(
            files_below(&desk.out()).contains_key("files.sha256"),
            "the files are written all the same"
        );
        assert_eq!(desk.entries(), ["out"]);
    }
}

#[test]
fn errors_need_no_reader_either() {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!())
        .args(["plan", "nowhere"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stderr.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(7));
}

/// The disk that is always full.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_stdout_is_told() {
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("every Linux has it");
    let output = Command::new(assert_cmd::cargo::cargo_bin!())
        .arg("policy")
        .stdout(full)
        .output()
        .expect("the program starts");
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr.contains("cannot write to stdout") && stderr.contains("\nhint: "),
        "{stderr}"
    );
}

#[test]
fn command_lines_that_are_wrong() {
    for arguments in [
        &["plam"][..],
        &["plan"],
        &["plan", "x", "--outt", "y"],
        &["plan", "x", "-o", "xml"],
        &["explain"],
        &[],
    ] {
        let ending = Ending::of(eb2eks().args(arguments));
        assert_eq!(
            (ending.code, ending.stdout.as_str()),
            (USAGE, ""),
            "{arguments:?}"
        );
        let is_told = ending.stderr.starts_with("eb2eks: ") && ending.stderr.contains("\nhint: ");
        // Of a program that is given nothing, the help is the answer.
        assert!(
            is_told || (arguments.is_empty() && ending.stderr.contains("Usage: eb2eks")),
            "{}",
            ending.stderr
        );
    }
    for arguments in [&["--help"][..], &["--version"], &["plan", "--help"]] {
        let ending = Ending::of(eb2eks().args(arguments));
        assert_eq!(
            (ending.code, ending.stderr.as_str()),
            (0, ""),
            "{arguments:?}"
        );
    }
}
