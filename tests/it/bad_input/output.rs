//! Output folders that are somebody else's, cannot be written, or were written before.

use std::fs;
use std::path::Path;

use crate::fleet::Fleet;
use crate::program::{Desk, Ending, eb2eks, files_below};

const FAILURE: i32 = 1;
const USAGE: i32 = 2;

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("it can be written");
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    // plan.json is what others call their plans too.
    for (name, text) in [
        ("thesis.md", "years of work"),
        (
            "plan.json",
            "{\"format_version\": \"1.2\", \"planned_values\": {}}",
        ),
        ("plan.json", ""),
    ] {
        let (desk, fleet) = (Desk::new(), Fleet::of(1));
        put(&desk.out().join(name), text);
        put(&desk.out().join("more/notes.txt"), "kept");
        let before = files_below(&desk.out());
        desk.plan(fleet.path(), &[])
            .assert_refused(USAGE, &["out", "no output folder of eb2eks"]);
        assert_eq!(files_below(&desk.out()), before, "{name}");
        assert_eq!(desk.entries(), ["out"]);
    }
}

#[test]
fn a_file_in_the_way_is_left_alone() {
    let (desk, fleet) = (Desk::new(), Fleet::of(1));
    put(&desk.out(), "a file");
    desk.plan(fleet.path(), &[]).assert_refused(USAGE, &["out"]);
    assert_eq!(
        fs::read_to_string(desk.out()).expect("it is there"),
        "a file"
    );
    assert_eq!(desk.entries(), ["out"]);
    let below = Ending::of(
        eb2eks()
            .arg("plan")
            .arg(fleet.path())
            .arg("--out")
            .arg(desk.out().join("below")),
    );
    below.assert_refused(USAGE, &["below"]);
    assert_eq!(desk.entries(), ["out"]);
}

#[test]
fn an_empty_folder_is_taken() {
    let (desk, fleet) = (Desk::new(), Fleet::of(1));
    fs::create_dir_all(desk.out()).expect("a folder");
    desk.plan(fleet.path(), &[]).assert_planned(0);
    assert_eq!(desk.entries(), ["out"]);
}

#[test]
fn folders_on_the_way_are_made() {
    let (desk, fleet) = (Desk::new(), Fleet::of(1));
    let out = desk.path().join("a/b/c");
    assert_eq!(
        Ending::of(
            eb2eks()
                .arg("plan")
                .arg(fleet.path())
                .arg("--out")
                .arg(&out)
        )
        .code,
        0
    );
    assert!(out.join("plan.json").is_file());
}

#[test]
fn an_earlier_plan_is_replaced_as_a_whole() {
    let (desk, fleet) = (Desk::new(), Fleet::of(1));
    desk.plan(fleet.path(), &[]).assert_planned(0);
    let first = files_below(&desk.out());
    desk.plan_by(
        "[topology]\nclusters = [\"eks-8\", \"eks-9\"]\nstaging_cluster = \"eks-9\"\n",
        fleet.path(),
    )
    .assert_planned(0);
    assert!(desk.out().join("eksctl/eks-9.yaml").is_file());
    desk.plan(fleet.path(), &[]).assert_planned(0);
    assert_eq!(files_below(&desk.out()), first);
    assert_eq!(desk.entries(), ["out"]);
}

/// A folder of an earlier plan is a good place for notes, and where people run `git init`.
#[test]
fn what_others_put_beside_an_earlier_plan_is_left_alone() {
    let (desk, fleet) = (Desk::new(), Fleet::of(1));
    for foreign in [
        "notes.txt",
        "eksctl/mine.yaml",
        "eksctl/deep/eks-1.yaml",
        ".git/HEAD",
        "report.md.orig",
        "deep/report.md",
    ] {
        desk.plan(fleet.path(), &[]).assert_planned(0);
        put(&desk.out().join(foreign), "kept");
        let before = files_below(&desk.out());
        let entry = if foreign.starts_with("eksctl/deep") {
            "eksctl/deep"
        } else {
            foreign.trim_end_matches("/HEAD")
        };
        let entry = entry.trim_end_matches("/report.md");
        desk.plan(fleet.path(), &[])
            .assert_refused(USAGE, &[&format!("out holds {entry},"), "--out"]);
        assert_eq!(files_below(&desk.out()), before, "{foreign}");
        fs::remove_dir_all(desk.out()).expect("it is ours");
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_is_followed_and_kept() {
    use std::os::unix::fs::symlink;
    let (desk, fleet) = (Desk::new(), Fleet::of(1));
    fs::create_dir_all(desk.path().join("real")).expect("a folder");
    symlink("real", desk.out()).expect("a link");
    for typed in ["out", "out/", "out"] {
        let ending = Ending::of(
            eb2eks()
                .arg("plan")
                .arg(fleet.path())
                .arg("--out")
                .arg(desk.path().join(typed)),
        );
        ending.assert_planned(0);
        assert!(desk.out().is_symlink(), "{typed}");
        assert!(desk.path().join("real/plan.json").is_file(), "{typed}");
        assert_eq!(desk.entries(), ["out", "real"]);
    }
    put(&desk.path().join("real/notes.txt"), "kept");
    desk.plan(fleet.path(), &[])
        .assert_refused(USAGE, &["out holds notes.txt,"]);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_left_alone() {
    let (desk, fleet) = (Desk::new(), Fleet::of(1));
    std::os::unix::fs::symlink("nowhere", desk.out()).expect("a link");
    desk.plan(fleet.path(), &[])
        .assert_refused(USAGE, &["out is a link that leads nowhere"]);
    assert!(desk.out().is_symlink());
}

#[test]
fn an_earlier_plan_survives_a_run_that_fails() {
    let (desk, fleet) = (Desk::new(), Fleet::of(1));
    desk.plan(fleet.path(), &[]).assert_planned(0);
    let first = files_below(&desk.out());
    desk.plan_by("[packing]\nmax_nodes_per_group = 1\n", fleet.path())
        .assert_refused(6, &["workers"]);
    desk.plan(Path::new("nowhere"), &[])
        .assert_refused(7, &["nowhere"]);
    assert_eq!(files_below(&desk.out()), first);
    assert_eq!(desk.entries(), ["out"]);
}

/// Replacing the folder would take with it what the plan is made from.
#[test]
fn inputs_that_lie_in_the_output_folder_are_left_alone() {
    let (desk, fleet) = (Desk::new(), Fleet::of(1));
    desk.plan(fleet.path(), &[]).assert_planned(0);
    let (snapshot, policy) = (desk.out().join("snapshot"), desk.out().join("own.toml"));
    for (name, bytes) in files_below(fleet.path()) {
        put(&snapshot.join(&name), "");
        fs::write(snapshot.join(&name), bytes).expect("it can be written");
    }
    put(&policy, "[sizing]\ncpu_risk = 0.3\n");
    let before = files_below(&desk.out());
    desk.plan(&snapshot, &[])
        .assert_refused(USAGE, &["snapshot", "lies in"]);
    desk.plan(fleet.path(), &["--policy", policy.to_str().expect("UTF-8")])
        .assert_refused(USAGE, &["own.toml", "lies in"]);
    assert_eq!(files_below(&desk.out()), before);
}

/// Not even root can write to /proc.
#[cfg(target_os = "linux")]
#[test]
fn a_parent_that_cannot_be_written() {
    let fleet = Fleet::of(1);
    let ending = Ending::of(
        eb2eks()
            .arg("plan")
            .arg(fleet.path())
            .args(["--out", "/proc/eb2eks-out"]),
    );
    ending.assert_refused(FAILURE, &["cannot write /proc"]);
}

#[cfg(unix)]
#[test]
fn a_parent_that_is_read_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let (desk, fleet) = (Desk::new(), Fleet::of(1));
    let set = |mode: u32| {
        fs::set_permissions(desk.path(), fs::Permissions::from_mode(mode)).expect("it is ours")
    };
    set(0o555);
    // Root may write everywhere, so that there is nothing to see.
    let is_root = fs::write(desk.path().join("probe"), "").is_ok();
    let ending = (!is_root).then(|| desk.plan(fleet.path(), &[]));
    set(0o755);
    if let Some(ending) = ending {
        ending.assert_refused(FAILURE, &["cannot write"]);
        desk.assert_empty();
    }
}

#[test]
fn a_sample_goes_into_a_new_folder_only() {
    let desk = Desk::new();
    put(&desk.out().join("thesis.md"), "years of work");
    let ending = Ending::of(
        eb2eks()
            .args(["sample", "--environments", "1", "--days", "1", "--out"])
            .arg(desk.out()),
    );
    ending.assert_refused(USAGE, &["out", "not empty"]);
    assert_eq!(files_below(&desk.out()).len(), 1);
    assert_eq!(desk.entries(), ["out"]);
}

#[test]
fn a_sample_of_nothing_is_refused() {
    for option in ["--days", "--environments"] {
        let desk = Desk::new();
        let ending = Ending::of(
            eb2eks()
                .args(["sample", option, "0", "--out"])
                .arg(desk.out()),
        );
        assert_eq!(ending.code, USAGE, "{ending:?}");
        assert!(
            ending.stderr.contains(option) && ending.stderr.contains("1 or more"),
            "{}",
            ending.stderr
        );
        desk.assert_empty();
    }
}
