//! Names that Kubernetes accepts, made from names that people chose.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// A DNS label (RFC 1123): 1 to 63 of `a-z`, `0-9` and `-`, with a letter in front and no `-` at the end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KubernetesName(String);

impl KubernetesName {
    /// The longest label that DNS carries.
    pub const MAX_LENGTH: usize = 63;

    /// The label as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `text` is such a label.
    #[must_use]
    pub fn is_valid(text: &str) -> bool {
        (1..=Self::MAX_LENGTH).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && !text.ends_with('-')
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    }

    /// The label nearest to `text`: lower case, everything else a hyphen, runs of hyphens one.
    /// A text with nothing usable in it becomes `app`. Not unique: see [`KubernetesNames`].
    fn nearest(text: &str) -> String {
        let mut label = String::with_capacity(text.len());
        for c in text.chars().map(|c| c.to_ascii_lowercase()) {
            if c.is_ascii_lowercase() || c.is_ascii_digit() {
                label.push(c);
            } else if !label.is_empty() && !label.ends_with('-') {
                label.push('-');
            }
        }
        if !label.starts_with(|c: char| c.is_ascii_lowercase()) {
            label.insert_str(0, if label.is_empty() { "app" } else { "app-" });
        }
        label.truncate(Self::MAX_LENGTH);
        label.truncate(label.trim_end_matches('-').len());
        label
    }
}

/// [`KubernetesName::is_valid`] as a pattern.
impl JsonSchema for KubernetesName {
    fn schema_name() -> Cow<'static, str> {
        "KubernetesName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A DNS label (RFC 1123) with a letter in front.",
            "type": "string",
            "pattern": "^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$",
        })
    }
}

impl fmt::Display for KubernetesName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Hands out names so that no two are alike.
#[derive(Debug, Default)]
pub struct KubernetesNames {
    taken: BTreeSet<String>,
}

impl KubernetesNames {
    /// A valid name near to `text` that was not handed out before; the second `search` becomes `search-2`.
    pub fn unique(&mut self, text: &str) -> KubernetesName {
        let nearest = KubernetesName::nearest(text);
        let mut name = nearest.clone();
        let mut count = 1_u32;
        while !self.taken.insert(name.clone()) {
            count += 1;
            let suffix = format!("-{count}");
            let stem = &nearest[..nearest.len().min(KubernetesName::MAX_LENGTH - suffix.len())];
            name = format!("{}{suffix}", stem.trim_end_matches('-'));
        }
        KubernetesName(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_stay_recognisable() {
        let mut names = KubernetesNames::default();
        assert_eq!(names.unique("Search_PROD").as_str(), "search-prod");
        assert_eq!(names.unique("search.prod").as_str(), "search-prod-2");
        assert_eq!(names.unique("../../etc/passwd").as_str(), "etc-passwd");
        assert_eq!(names.unique("7eleven").as_str(), "app-7eleven");
        assert_eq!(names.unique("検索").as_str(), "app");
        assert_eq!(names.unique("").as_str(), "app-2");
    }

    proptest! {
        #[test]
        fn every_name_is_valid_and_unique(texts in prop::collection::vec(".{0,100}", 1..40)) {
            let mut names = KubernetesNames::default();
            let given: Vec<_> = texts.iter().map(|text| names.unique(text)).collect();
            prop_assert!(given.iter().all(|name| KubernetesName::is_valid(name.as_str())));
            prop_assert_eq!(given.iter().collect::<BTreeSet<_>>().len(), given.len());
        }
    }
}
