//! Everything that users get wrong, and what befalls their files: the documented exit code, a message
//! with subject and hint, nothing left behind; or a plan that says what it did not know.

mod command_line;
mod environments;
mod explaining;
mod output;
mod policy;
mod samples;
mod snapshot;
mod streams;

use serde_json::Value;

use crate::program::english;

/// The environment of that name in a plan.
fn planned<'a>(plan: &'a Value, name: &str) -> &'a Value {
    let environments = plan["environments"].as_array().expect("a list");
    environments
        .iter()
        .find(|environment| environment["name"] == name)
        .expect("every environment that lives is in the plan")
}

/// The lines of a bill that are about `subject`.
fn lines<'a>(plan: &'a Value, bill: &str, subject: &str) -> Vec<&'a Value> {
    let bills = plan["bills"].as_array().expect("a list");
    let bill = bills
        .iter()
        .find(|it| it["name"] == bill)
        .expect("both bills are there");
    bill["lines"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|line| line["subject"] == subject)
        .collect()
}

/// The notes of that code: what each is about.
fn noted<'a>(plan: &'a Value, code: &str) -> Vec<&'a str> {
    let notes = plan["notes"].as_array().expect("a list");
    notes
        .iter()
        .filter(|note| note["code"] == code)
        .map(|note| english(&note["subject"]))
        .collect()
}
