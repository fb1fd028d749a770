//! Snapshots that are missing, cut off, foreign or empty: exit code 7, and nothing is written.

use std::fs;
use std::path::Path;

use eb2eks::snapshot::Snapshot;
use serde_json::{Value, json};

use crate::fleet::Fleet;
use crate::program::Desk;

const BAD_INPUT: i32 = 7;

/// The snapshot cannot be planned from, for a reason that names `subjects`.
#[track_caller]
fn assert_refused(snapshot: &Path, subjects: &[&str]) {
    let desk = Desk::new();
    desk.plan(snapshot, &[]).assert_refused(BAD_INPUT, subjects);
    desk.assert_empty();
}

#[test]
fn a_folder_that_is_not_there() {
    assert_refused(
        Path::new("no/such/snapshot"),
        &["no/such/snapshot", "there is no such folder"],
    );
}

#[test]
fn a_file_in_place_of_the_folder() {
    assert_refused(&Fleet::of(1).file("inventory.json"), &["inventory.json"]);
}

#[test]
fn each_file_that_is_missing() {
    for name in ["manifest.json", "inventory.json", "metrics.parquet"] {
        let fleet = Fleet::of(1);
        fs::remove_file(fleet.file(name)).expect("it was there");
        assert_refused(fleet.path(), &[name]);
    }
}

#[test]
fn each_file_cut_off() {
    for name in ["manifest.json", "inventory.json", "metrics.parquet"] {
        let fleet = Fleet::of(1);
        let whole = fleet.bytes(name);
        for length in [0, 1, whole.len() / 2, whole.len() - 3] {
            fleet.write(name, &whole[..length]);
            assert_refused(fleet.path(), &[name]);
        }
    }
}

/// The Parquet reader panics on some bytes. That is caught, but a panic also prints, unless told not to.
#[test]
fn damage_that_makes_the_parquet_reader_panic_is_told_like_any_other() {
    let fleet = Fleet::of(1);
    let whole = fleet.bytes("metrics.parquet");
    let mut found = 0;
    for position in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[position] ^= 0x10;
        fleet.write("metrics.parquet", &bytes);
        let history = Snapshot::read(fleet.path())
            .and_then(|snapshot| snapshot.history.summarise(|_, _| (), &|_| ()).map(drop));
        if history.is_err_and(|error| error.to_string().contains("gave up")) {
            assert_refused(
                fleet.path(),
                &["metrics.parquet", "gave up on damaged bytes"],
            );
            found += 1;
        }
        if found == 3 {
            return;
        }
    }
    assert!(
        found > 0,
        "no byte makes the reader panic any more: the hook in src/cli can go"
    );
}

#[test]
fn another_format_and_a_later_one() {
    let fleet = Fleet::of(1);
    for format in ["eb2eks-snapshot/2", "something-else/1", ""] {
        fleet.edit("manifest.json", |manifest| {
            manifest["format"] = json!(format)
        });
        assert_refused(
            fleet.path(),
            &[
                "manifest.json",
                &format!("\"{format}\""),
                "\"eb2eks-snapshot/1\"",
            ],
        );
    }
    fleet.write(
        "manifest.json",
        br#"{"format": "eb2eks-snapshot/2", "all": "else differs"}"#,
    );
    assert_refused(fleet.path(), &["\"eb2eks-snapshot/2\""]);
}

#[test]
fn values_of_the_wrong_kind() {
    let fleet = Fleet::of(1);
    fleet.edit_environments(|environments| environments[0]["root_volume_gib"] = json!(-1));
    assert_refused(
        fleet.path(),
        &[
            "inventory.json",
            "a whole number, 0 or more is expected, not -1 (line 1)",
        ],
    );
    fleet.edit("inventory.json", |inventory| *inventory = json!([]));
    assert_refused(fleet.path(), &["inventory.json"]);
}

#[test]
fn a_window_that_cannot_be() {
    for (start, complaint) in [
        ("2027-01-01T00:00:00Z", "is empty"),
        ("0001-01-01T00:00:00Z", "longer than"),
    ] {
        let fleet = Fleet::of(1);
        fleet.edit("manifest.json", |manifest| {
            manifest["window"]["start"] = json!(start)
        });
        assert_refused(fleet.path(), &["window", complaint]);
    }
}

#[test]
fn an_environment_twice() {
    let fleet = Fleet::of(2);
    fleet.edit_environments(|environments| environments.push(environments[0].clone()));
    assert_refused(fleet.path(), &["search-prod", "2 times"]);
}

#[test]
fn a_fleet_without_a_live_environment() {
    let fleet = Fleet::of(2);
    fleet.edit_environments(|environments| {
        environments
            .iter_mut()
            .for_each(|environment| environment["status"] = json!("Terminated"))
    });
    assert_refused(fleet.path(), &["no live environment"]);
    fleet.edit_environments(Vec::clear);
    assert_refused(fleet.path(), &["no live environment"]);
}

#[test]
fn a_snapshot_that_is_not_complete_is_planned_and_says_so() {
    let fleet = Fleet::of(1);
    fleet.edit("manifest.json", |manifest| {
        manifest["scopes"][0]["status"] = json!("AccessDenied")
    });
    let desk = Desk::new();
    let ending = desk.plan(fleet.path(), &[]);
    ending.assert_planned(3);
    assert!(ending.stdout.contains("INCOMPLETE"), "{}", ending.stdout);
    assert_eq!(
        super::noted(&desk.plan_json(), "incomplete-snapshot"),
        ["111122223333 ap-northeast-1"]
    );
}

#[test]
fn history_without_its_environment_is_noted() {
    let fleet = Fleet::of(2);
    fleet.edit_environments(|environments| drop(environments.remove(1)));
    let desk = Desk::new();
    desk.plan(fleet.path(), &[]).assert_planned(0);
    let plan: Value = desk.plan_json();
    assert_eq!(
        (
            plan["coverage"]["seen"].as_u64(),
            super::noted(&plan, "orphan-history").len()
        ),
        (Some(1), 1)
    );
}
