//! The form of `plan.json`, as a JSON Schema: what this version writes, and a promise to whoever reads it.
//!
//! Made from the types themselves, so that it cannot say anything else. A later plan of the same format may have
//! more fields, never fewer: unknown fields are therefore allowed, but in the policy and in certificates, whose
//! readers refuse what they do not know.

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, RestrictFormats, Transform};
use serde_json::{Value, json};

use super::{PLAN_FORMAT, Plan};

/// The schema of [`Plan`] in the dialect of 2020-12.
#[must_use]
pub fn schema() -> Value {
    let mut schema = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Plan>();
    RecursiveTransform(in_plain_words).transform(&mut schema);
    // `uint32` and the like are no formats of JSON Schema; some validators refuse what they do not know.
    RestrictFormats::default().transform(&mut schema);
    schema.insert("$id".to_owned(), json!(format!("urn:eb2eks:{PLAN_FORMAT}")));
    schema.insert(
        "title".to_owned(),
        json!(format!("{PLAN_FORMAT}: plan.json of eb2eks")),
    );
    let mut schema = schema.to_value();
    // Whoever validates shall see that it is another format, and not a hundred missing fields.
    schema["properties"]["format"]["const"] = json!(PLAN_FORMAT);
    schema
}

/// Descriptions are the documentation of the source, where names are links.
fn in_plain_words(schema: &mut Schema) {
    if let Some(Value::String(text)) = schema.get_mut("description") {
        *text = text
            .replace("[`", "`")
            .replace("`]", "`")
            .replace('\n', " ");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_description_shows_the_marks_of_links() {
        let text = schema().to_string();
        assert!(!text.contains("[`") && !text.contains("`]"), "{text}");
    }

    #[test]
    fn no_two_types_share_a_name() {
        // A type of a name that is taken gets a number, which would move when fields do.
        let schema = schema();
        let names: Vec<&String> = schema["$defs"]
            .as_object()
            .expect("definitions")
            .keys()
            .collect();
        assert!(
            names
                .iter()
                .all(|name| !name.ends_with(|c: char| c.is_ascii_digit())),
            "{names:?}"
        );
    }
}
