//! Names with `*` for any run of characters.

use serde::{Deserialize, Serialize};

/// `search-*`, `*-stg`, `*` or a plain name; letters compare without case.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct NamePattern(String);

impl From<&str> for NamePattern {
    fn from(pattern: &str) -> Self {
        Self(pattern.to_owned())
    }
}

impl NamePattern {
    /// Whether the whole of `name` matches.
    #[must_use]
    pub fn matches(&self, name: &str) -> bool {
        let (pattern, name) = (self.0.to_lowercase(), name.to_lowercase());
        let mut parts = pattern.split('*');
        let Some(rest) = parts.next().and_then(|first| name.strip_prefix(first)) else {
            return false;
        };
        let mut parts: Vec<_> = parts.collect();
        let Some(last) = parts.pop() else {
            return rest.is_empty();
        };
        let mut rest = rest;
        for part in parts {
            // The leftmost place is always as good as a later one: what follows only needs room.
            let Some(at) = rest.find(part) else {
                return false;
            };
            rest = &rest[at + part.len()..];
        }
        rest.len() >= last.len() && rest.ends_with(last)
    }

    /// The pattern as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_anything() {
        let matches = |pattern: &str, name: &str| NamePattern(pattern.to_owned()).matches(name);
        assert!(matches("*-stg", "search-STG"));
        assert!(!matches("*-stg", "search-stg-2"));
        assert!(
            matches("search", "search")
                && !matches("search", "research")
                && !matches("search", "searches")
        );
        assert!(matches("a*b*c", "a-b-b-c") && !matches("a*b*c", "a-c-b"));
        assert!(matches("*", "") && matches("*", "anything"));
        assert!(
            !matches("ab*ba", "aba"),
            "the two ends may not share a letter"
        );
    }
}
