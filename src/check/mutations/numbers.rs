//! Every number of a plan, wrong by one and wrong by far: noticed, or known not to matter.

use serde_json::Value;

use super::check;
use crate::check::valid_plan::valid_plan;
use crate::plan::{Plan, Severity};

/// Ends of the paths of numbers that may be something else without a contradiction.
const FREE: [&str; 5] = [
    // Gone environments are not listed.
    "/coverage/terminated",
    // A weaker claim is still true, and the mixture is a hint.
    "/bound/best_pattern",
    "/bound/weights/0",
    "/bound/weights/1",
    "/bound/weights/2",
];
/// Not noticed if they are off by little.
const NEARLY_FREE: [&str; 4] = [
    // Other prices may prove the same.
    "/price",
    // Chance, which is not repeated: what the sizes do not come from.
    "/p99",
    "/holds",
    "/without_waiting",
];

#[test]
fn a_number_off_by_one_is_noticed() {
    let missed = unnoticed(|number| number.checked_add(1));
    let missed: Vec<_> = missed
        .into_iter()
        .filter(|path| !is_free(path) && !NEARLY_FREE.iter().any(|free| path.ends_with(free)))
        .collect();
    assert_eq!(missed, Vec::<String>::new());
}

#[test]
fn the_largest_numbers_that_a_file_can_hold_neither_pass_nor_panic() {
    for extreme in [u64::from(u32::MAX), u64::MAX] {
        let missed = unnoticed(|_| Some(extreme));
        let missed: Vec<_> = missed.into_iter().filter(|path| !is_free(path)).collect();
        assert_eq!(missed, Vec::<String>::new(), "{extreme}");
    }
}

fn is_free(path: &str) -> bool {
    FREE.iter().any(|free| path.ends_with(free))
}

/// Paths of the numbers of clusters and coverage whose change leaves the plan readable and without a fatal note.
fn unnoticed(change: impl Fn(u64) -> Option<u64>) -> Vec<String> {
    let valid = serde_json::to_value(valid_plan()).expect("a plan is JSON");
    let mut paths = Vec::new();
    for room in ["clusters", "coverage"] {
        numbers(&valid[room], format!("/{room}"), &mut paths);
    }
    assert!(paths.len() > 100, "the plan has numbers");
    paths.retain(|path| {
        let mut corrupt = valid.clone();
        let number = corrupt
            .pointer_mut(path)
            .expect("the path is from the same document");
        let Some(changed) = number.as_u64().and_then(&change) else {
            return false;
        };
        *number = changed.into();
        // What does not fit the type is refused before anything is checked.
        serde_json::from_value::<Plan>(corrupt).is_ok_and(|plan| {
            check(&plan)
                .iter()
                .all(|note| note.severity != Severity::Fatal)
        })
    });
    paths
}

fn numbers(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::Number(_) => found.push(path),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, item)| numbers(item, format!("{path}/{index}"), found)),
        Value::Object(fields) => {
            fields.iter().for_each(|(key, item)| {
                numbers(
                    item,
                    format!("{path}/{}", key.replace('~', "~0").replace('/', "~1")),
                    found,
                )
            });
        }
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}
