//! Kubernetes objects to YAML that every reader takes for the same.
//!
//! Objects are built as values, never as text, so that whatever a name contains stays the text of one
//! scalar. Keys come out in the order of the alphabet, which puts `apiVersion`, `kind`, `metadata` and
//! `spec` where people look for them.

use serde::Serialize;
use serde_json::Value;

use super::RenderError;

/// One document.
///
/// # Errors
/// What the YAML writer refuses.
pub(super) fn document(object: &Value) -> Result<Vec<u8>, RenderError> {
    text(object).map(String::into_bytes)
}

/// The same of anything; the one place where files become YAML.
///
/// # Errors
/// What the YAML writer refuses.
pub(super) fn text<T: Serialize>(value: &T) -> Result<String, RenderError> {
    let written = |options| {
        serde_saphyr::to_string_with_options(value, options)
            .map_err(|error| RenderError::Yaml(error.to_string()))
    };
    let mut text = written(serde_saphyr::ser_options! {})?;
    // In a block scalar libyaml, and what kubectl took over from it, refuses such a line as wrongly indented: there
    // texts of several lines are quoted.
    if text
        .lines()
        .any(|line| line.trim_start_matches(' ').starts_with('\t'))
    {
        text = written(serde_saphyr::ser_options! { prefer_block_scalars: false })?;
    }
    #[cfg(test)]
    super::written_trees::note(&text, value);
    Ok(text)
}

/// Several documents in one file.
///
/// # Errors
/// What the YAML writer refuses.
pub(super) fn documents(objects: &[Value]) -> Result<Vec<u8>, RenderError> {
    let mut file = Vec::new();
    for object in objects {
        file.extend_from_slice(b"---\n");
        file.extend(document(object)?);
    }
    Ok(file)
}

/// The object without the fields that are null or empty: "not set" is said by absence.
pub(super) fn without_empty(object: Value) -> Value {
    match object {
        Value::Object(fields) => {
            let kept = fields
                .into_iter()
                .map(|(key, value)| (key, without_empty(value)));
            Value::Object(
                kept.filter(|(key, value)| !is_empty(value) || KEPT_EMPTY.contains(&key.as_str()))
                    .collect(),
            )
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_empty).collect()),
        other => other,
    }
}

/// Fields that mean something by being there.
const KEPT_EMPTY: [&str; 2] = ["emptyDir", "data"];

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(fields) => fields.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_not_set_is_not_there() {
        let object = json!({"a": null, "b": {}, "c": {"d": null}, "e": [], "f": 0, "g": "", "h": false, "emptyDir": {}});
        assert_eq!(
            without_empty(object),
            json!({"f": 0, "g": "", "h": false, "emptyDir": {}})
        );
    }

    #[test]
    fn no_line_of_a_block_begins_with_a_tab() {
        for hostile in ["\ta\n", "a\n\tb\n", "\n\t- x"] {
            let text = String::from_utf8(document(&json!({"name": hostile})).expect("YAML"))
                .expect("UTF-8");
            assert!(!text.contains('\t'), "{text}");
            assert_eq!(
                serde_saphyr::from_str::<Value>(&text).expect("YAML"),
                json!({"name": hostile})
            );
        }
    }

    #[test]
    fn hostile_text_is_one_scalar() {
        let hostile = "a: b\n- {{ x }} & *y !!python/object\u{0}\u{1b}[2J\u{85}\u{2028}\u{1f680}";
        let text =
            String::from_utf8(document(&json!({"name": hostile})).expect("YAML")).expect("UTF-8");
        let back: Value = serde_saphyr::from_str(&text).expect("YAML");
        assert_eq!(back, json!({"name": hostile}));
        assert_eq!(text.lines().count(), 1, "{text}");
    }
}
