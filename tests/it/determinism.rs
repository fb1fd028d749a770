//! The same snapshot and policy give the same bytes, whatever the machine is set to.

use std::path::Path;

use serde_json::Value;

use crate::fleet::Fleet;
use crate::program::{
    Desk, Ending, Planned, eb2eks, files_below, planned_sample, sample, without_places,
};

/// The same plan as ever, under other environment variables.
#[track_caller]
fn assert_same(variables: &[(&str, &str)]) {
    assert_same_in(Path::new("."), variables);
}

#[track_caller]
fn assert_same_in(folder: &Path, variables: &[(&str, &str)]) {
    assert_eq!(
        assert_same_files(folder, variables).stdout,
        planned_sample().ending.stdout
    );
}

#[track_caller]
fn assert_same_files(folder: &Path, variables: &[(&str, &str)]) -> Ending {
    let desk = Desk::new();
    let mut command = eb2eks();
    command
        .arg("plan")
        .arg(sample())
        .arg("--out")
        .arg(desk.out())
        .current_dir(folder)
        .envs(variables.iter().copied());
    let mut ending = Ending::of(&mut command);
    ending.stdout = without_places(&ending.stdout, &desk.out());
    let (files, expected) = (files_below(&desk.out()), planned_sample());
    assert_eq!(
        files.keys().collect::<Vec<_>>(),
        expected.files.keys().collect::<Vec<_>>()
    );
    for (name, bytes) in &expected.files {
        assert!(files[name] == *bytes, "{name} differs");
    }
    assert_eq!(ending.code, expected.ending.code);
    ending
}

#[test]
fn twice() {
    assert_same(&[]);
}

#[test]
fn with_another_number_of_threads() {
    assert_same(&[("RAYON_NUM_THREADS", "1")]);
    assert_same(&[("RAYON_NUM_THREADS", "7")]);
}

#[test]
fn in_another_time_zone() {
    assert_same(&[("TZ", "Asia/Tokyo")]);
    assert_same(&[("TZ", "America/St_Johns")]);
}

#[test]
fn in_another_language() {
    assert_same(&[("LC_ALL", "C")]);
    assert_same(&[("LC_ALL", "ja_JP.UTF-8"), ("LANG", "ja_JP.UTF-8")]);
    assert_same(&[("LC_ALL", "tr_TR.UTF-8")]);
}

#[test]
fn from_another_folder() {
    assert_same_in(Desk::new().path(), &[]);
}

#[test]
fn on_another_terminal() {
    assert_same(&[("NO_COLOR", "1"), ("TERM", "dumb")]);
    // What is printed for people follows the terminal; see `terminal`.
    assert_same_files(
        Path::new("."),
        &[("CLICOLOR_FORCE", "1"), ("COLUMNS", "40")],
    );
}

#[test]
fn the_plan_does_not_know_where_the_snapshot_lay() {
    let copy = Desk::new();
    for (name, bytes) in files_below(&sample()) {
        std::fs::write(copy.path().join(name), bytes).expect("it can be written");
    }
    assert!(Planned::from(copy.path()).files == planned_sample().files);
}

/// A plan without the fingerprint of the inventory, the one thing in it that knows the order.
fn without_fingerprint(planned: &Planned) -> Value {
    let mut plan = planned.json();
    let files = plan["inputs"]["files"].as_array_mut().expect("a list");
    let inventory = files
        .iter_mut()
        .find(|file| file["name"] == "inventory.json")
        .expect("it was read");
    inventory
        .as_object_mut()
        .expect("an object")
        .retain(|key, _| key == "name");
    plan
}

#[test]
fn the_order_of_the_inventory_does_not_matter() {
    let fleet = Fleet::of(30);
    let sorted = Planned::from(fleet.path());
    // Neither of these is an order that a sort would leave alone by chance.
    for turn in [7, 19] {
        fleet.edit("inventory.json", |inventory| {
            for list in ["environments", "vpcs", "subnets"] {
                let list = inventory[list].as_array_mut().expect("a list");
                let by = turn % list.len().max(1);
                list.rotate_left(by);
                list.reverse();
            }
        });
        let shuffled = Planned::from(fleet.path());
        assert_ne!(
            shuffled.text("plan.json"),
            sorted.text("plan.json"),
            "the fingerprint tells them apart"
        );
        assert_eq!(without_fingerprint(&shuffled), without_fingerprint(&sorted));
        for name in sorted.files.keys().filter(|name| {
            !["files.sha256", "plan.json", "report.html", "report.md"].contains(&name.as_str())
        }) {
            assert!(shuffled.files[name] == sorted.files[name], "{name}");
        }
        assert_eq!(shuffled.ending.stdout, sorted.ending.stdout);
    }
}
