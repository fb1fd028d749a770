//! Which environments are wanted.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::policy::NamePattern;

/// `name=shop-*`, `application=legacy`, `tag:Stack=prod*`. Letters compare without case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Filter {
    field: Field,
    pattern: NamePattern,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Field {
    Name,
    Application,
    Tag(String),
}

/// A text that is no filter, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{}\" is no filter\nhint: name=shop-*, application=legacy or tag:Stack=prod*", .0.escape_debug())]
pub struct FilterError(String);

impl FromStr for Filter {
    type Err = FilterError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || FilterError(text.to_owned());
        let (field, pattern) = text.split_once('=').ok_or_else(wrong)?;
        let field = match field {
            "name" => Field::Name,
            "application" => Field::Application,
            _ => Field::Tag(
                field
                    .strip_prefix("tag:")
                    .filter(|key| !key.is_empty())
                    .ok_or_else(wrong)?
                    .to_owned(),
            ),
        };
        Ok(Self {
            field,
            pattern: NamePattern::from(pattern),
        })
    }
}

impl TryFrom<String> for Filter {
    type Error = FilterError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Filter> for String {
    fn from(filter: Filter) -> Self {
        filter.to_string()
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pattern = self.pattern.as_str();
        match &self.field {
            Field::Name => write!(out, "name={pattern}"),
            Field::Application => write!(out, "application={pattern}"),
            Field::Tag(key) => write!(out, "tag:{key}={pattern}"),
        }
    }
}

impl Filter {
    /// Whether it can only be answered with the environment's tags.
    pub(super) const fn needs_tags(&self) -> bool {
        matches!(self.field, Field::Tag(_))
    }

    /// Whether it speaks of this environment, as far as its tags do not matter.
    pub(super) fn fits(&self, application: &str, name: &str) -> bool {
        self.matches(application, name, &BTreeMap::new())
    }

    fn matches(&self, application: &str, name: &str, tags: &BTreeMap<String, String>) -> bool {
        match &self.field {
            Field::Name => self.pattern.matches(name),
            Field::Application => self.pattern.matches(application),
            Field::Tag(key) => tags
                .get(key)
                .is_some_and(|value| self.pattern.matches(value)),
        }
    }
}

/// Both lists together: wanted is what matches any of the includes (or all, if there are none) and none of
/// the excludes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Filters {
    pub(super) include: Vec<Filter>,
    pub(super) exclude: Vec<Filter>,
}

impl Filters {
    /// Whether the environment is wanted. Without its tags (they were denied), what only its tags could
    /// leave out is kept.
    pub(super) fn wants(
        &self,
        application: &str,
        name: &str,
        tags: Option<&BTreeMap<String, String>>,
    ) -> bool {
        let none = BTreeMap::new();
        let matches = |filter: &Filter| filter.matches(application, name, tags.unwrap_or(&none));
        let unknown = |filter: &Filter| tags.is_none() && filter.needs_tags();
        let is_included = self.include.is_empty()
            || self
                .include
                .iter()
                .any(|filter| unknown(filter) || matches(filter));
        is_included && !self.exclude.iter().any(matches)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filters(include: &[&str], exclude: &[&str]) -> Filters {
        let parse = |texts: &[&str]| {
            texts
                .iter()
                .map(|text| text.parse().expect("a filter"))
                .collect()
        };
        Filters {
            include: parse(include),
            exclude: parse(exclude),
        }
    }

    #[test]
    fn includes_add_up_and_excludes_win() {
        let tags = BTreeMap::from([("Stack".to_owned(), "prod".to_owned())]);
        let wants = |filters: &Filters, application: &str, name: &str| {
            filters.wants(application, name, Some(&tags))
        };
        assert!(wants(&filters(&[], &[]), "a", "a-1"));
        let both = filters(&["name=shop-*", "application=legacy"], &["name=*-stg"]);
        assert!(wants(&both, "x", "shop-prod") && wants(&both, "legacy", "any"));
        assert!(!wants(&both, "x", "shop-stg") && !wants(&both, "x", "other"));
        assert!(wants(&filters(&["tag:Stack=PROD"], &[]), "x", "y"));
        assert!(!wants(&filters(&["tag:Stack=stg"], &[]), "x", "y"));
        assert!(!wants(&filters(&[], &["tag:Stack=p*"]), "x", "y"));
    }

    #[test]
    fn what_only_unknown_tags_could_leave_out_stays() {
        assert!(filters(&["tag:Stack=prod"], &["tag:Team=x"]).wants("a", "b", None));
        assert!(!filters(&["name=c"], &[]).wants("a", "b", None));
    }

    #[test]
    fn a_filter_reads_as_it_was_written_and_anything_else_is_refused() {
        for text in [
            "name=a=b",
            "application=*",
            "tag:aws:cloudformation:stack-name=x*",
        ] {
            assert_eq!(text.parse::<Filter>().expect("a filter").to_string(), text);
        }
        for text in ["", "shop", "tag:=x", "stack=x", "=x"] {
            assert!(text.parse::<Filter>().is_err(), "{text:?}");
        }
    }
}
