//! `schemas/plan.schema.json`, which is published, against the program and its plans.
//!
//! `UPDATE_GOLDEN=1 cargo test --no-default-features plan_schema` writes the file anew.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::output_folder::hand_made;
use crate::program::{Ending, eb2eks, planned_sample};

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/plan.schema.json")
}

/// Of what the program prints, which is what is published; with formats, which JSON Schema leaves to whoever validates.
fn validator() -> jsonschema::Validator {
    let schema = eb2eks::plan::schema();
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("it is a schema")
}

#[track_caller]
fn assert_valid(plan: &Value) {
    let validator = validator();
    let errors: Vec<_> = validator
        .iter_errors(plan)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

/// The sample's plan with another value at this place, or without it.
fn changed(place: &str, value: Option<Value>) -> Value {
    let mut plan = planned_sample().json();
    let (parent, key) = place.rsplit_once('/').expect("a place has a parent");
    let parent = plan.pointer_mut(parent).expect("the parent is there");
    match value {
        Some(value) => parent[key] = value,
        None => drop(
            parent
                .as_object_mut()
                .and_then(|parent| parent.remove(key))
                .expect("it is there"),
        ),
    }
    plan
}

#[test]
fn the_published_file_is_what_the_program_prints() {
    let ending = Ending::of(eb2eks().arg("schema"));
    assert_eq!((ending.code, ending.stderr.as_str()), (0, ""));
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        fs::create_dir_all(file().parent().expect("a folder")).expect("a folder");
        fs::write(file(), &ending.stdout).expect("it can be written");
    }
    let published = fs::read_to_string(file()).expect("the schema is published");
    assert!(
        published == ending.stdout,
        "schemas/plan.schema.json is not what `eb2eks schema` prints\nif that is meant: UPDATE_GOLDEN=1 cargo test --no-default-features plan_schema"
    );
}

#[test]
fn it_names_its_dialect_and_the_format() {
    let schema = eb2eks::plan::schema();
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    assert_eq!(schema["$id"], "urn:eb2eks:eb2eks-plan/1");
    assert!(
        schema["title"]
            .as_str()
            .is_some_and(|title| title.starts_with("eb2eks-plan/1"))
    );
    assert!(jsonschema::meta::is_valid(&schema));
}

#[test]
fn plans_are_valid() {
    assert_valid(&planned_sample().json());
    assert_valid(&serde_json::to_value(hand_made()).expect("JSON"));
}

#[test]
fn every_field_of_the_sample_is_described() {
    // A type whose schema says less than what is written would let anything through.
    let mut schema = eb2eks::plan::schema();
    close(&mut schema);
    let closed = jsonschema::draft202012::new(&schema).expect("it is a schema");
    let plan = planned_sample().json();
    let errors: Vec<_> = closed
        .iter_errors(&plan)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

/// Allows no field that is not named.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            fields.values_mut().for_each(close);
            if fields.contains_key("properties")
                && fields.get("type").is_some_and(|kind| kind == "object")
            {
                fields.entry("additionalProperties").or_insert(json!(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

#[test]
fn what_is_no_plan_is_refused() {
    let plan = planned_sample().json();
    let environments = plan["environments"].as_array().expect("a list");
    let planned = environments
        .iter()
        .position(|one| one["outcome"]["status"] == "planned")
        .expect("one moves");
    let outcome = |place: &str| format!("/environments/{planned}/outcome/{place}");
    let wrong = [
        (
            "money that is a number",
            "/saving/today".to_owned(),
            Some(json!(12.5)),
        ),
        (
            "money with a thousands separator",
            "/saving/after".to_owned(),
            Some(json!("1,240.00")),
        ),
        (
            "money without cents",
            "/bills/0/lines/0/amount".to_owned(),
            Some(json!("1240")),
        ),
        (
            "a quantity that is a number",
            "/bills/0/lines/0/quantity".to_owned(),
            Some(json!(730)),
        ),
        ("a missing list", "/notes".to_owned(), None),
        (
            "a missing field deep inside",
            outcome("sizing/requests/cpu_millicores"),
            None,
        ),
        (
            "CPU as Kubernetes spells it",
            outcome("sizing/requests/cpu_millicores"),
            Some(json!("250m")),
        ),
        (
            "memory below nothing",
            outcome("sizing/requests/memory_bytes"),
            Some(json!(-1)),
        ),
        (
            "a name that Kubernetes refuses",
            outcome("kubernetes_name"),
            Some(json!("Search_PROD")),
        ),
        (
            "an outcome that there is not",
            outcome("status"),
            Some(json!("forgotten")),
        ),
        (
            "a moment that is none",
            "/inputs/collected_at".to_owned(),
            Some(json!("yesterday")),
        ),
        (
            "a text without English",
            "/notes/0/message".to_owned(),
            Some(json!({"id": "memory-assumed"})),
        ),
        (
            "another format",
            "/format".to_owned(),
            Some(json!("eb2eks-plan/2")),
        ),
    ];
    let validator = validator();
    for (what, place, value) in wrong {
        assert!(!validator.is_valid(&changed(&place, value)), "{what}");
    }
}

#[test]
fn fields_of_a_later_version_are_allowed() {
    assert_valid(&changed("/coverage/later", Some(json!(1))));
}

#[test]
fn a_text_may_be_an_entry_of_the_catalogue() {
    let entry = json!({"english": "3 nodes of c5", "id": "x", "arguments": {"n": 3, "of": "c5", "each": ["a", {"english": "b", "id": "b"}]}});
    assert_valid(&changed("/notes/0/message", Some(entry)));
}
