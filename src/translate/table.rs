//! The table of the documented options: `options.csv`, one row each, to be read by people as it is.
//!
//! Columns: `namespace` and `option`, where `*` stands for any text; `verdict`; `default`, what Beanstalk
//! assumes where nothing is set; `target`, what takes its place: a name of Kubernetes, or where that takes
//! words, an entry of the catalogue (`option-target-…`); `note`, an entry too (`option-note-…`), which a
//! dropped and a manual option must have. Of two rows that fit, the one with fewer stars counts.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Verdict;
use crate::wording::Text;

/// Names and defaults: AWS Elastic Beanstalk Developer Guide, "General options for all environments" and
/// "Platform specific options" (January 2023), and what the service answered beside them in 2025.
const TABLE: &str = include_str!("options.csv");

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Rule {
    /// `aws:elb:listener:*`
    pub namespace: String,
    /// `InstancePort`, or `*`.
    pub option: String,
    /// What becomes of it.
    pub verdict: Verdict,
    /// What Beanstalk assumes where nothing is set; empty: nothing.
    pub default: String,
    /// What takes its place, as the file has it; see [`Rule::target`].
    target: String,
    /// Why, or what to know: the id of an entry, or empty.
    note: String,
}

/// Targets that begin with this are entries of the catalogue.
const TARGETS: &str = "option-target-";

impl Rule {
    /// What takes its place, if anything does.
    #[must_use]
    pub fn target(&self) -> Option<Text> {
        match self.target.as_str() {
            "" => None,
            entry if entry.starts_with(TARGETS) => Some(Text::of_id(entry.to_owned())),
            name => Some(Text::plain(name)),
        }
    }

    /// Why, or what to know.
    #[must_use]
    pub fn note(&self) -> Option<Text> {
        (!self.note.is_empty()).then(|| Text::of_id(self.note.clone()))
    }
}

/// The table with its rows findable by namespace.
#[derive(Debug)]
pub struct OptionTable {
    rules: Vec<Rule>,
    /// Rows by namespace without a star.
    exact: BTreeMap<String, Vec<usize>>,
    /// Rows whose namespace has a star, those with the longest text first.
    patterns: Vec<usize>,
}

impl OptionTable {
    /// The table of this build, read once.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static OPTIONS: LazyLock<OptionTable> = LazyLock::new(|| {
            OptionTable::of(
                csv::Reader::from_reader(TABLE.as_bytes())
                    .into_deserialize()
                    .filter_map(Result::ok)
                    .collect(),
            )
        });
        &OPTIONS
    }

    fn of(rules: Vec<Rule>) -> Self {
        let mut exact: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut patterns = Vec::new();
        for (index, rule) in rules.iter().enumerate() {
            if rule.namespace.contains('*') {
                patterns.push(index);
            } else {
                exact.entry(rule.namespace.clone()).or_default().push(index);
            }
        }
        patterns.sort_by_key(|&index| (std::cmp::Reverse(rules[index].namespace.len()), index));
        Self {
            rules,
            exact,
            patterns,
        }
    }

    /// The rows, in the order of the file.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The row that counts for an option; `None` if none fits.
    #[must_use]
    pub fn find(&self, namespace: &str, option: &str) -> Option<&Rule> {
        let of_namespace = self.exact.get(namespace).into_iter().flatten();
        let of_patterns = self
            .patterns
            .iter()
            .filter(|&&index| fits(&self.rules[index].namespace, namespace));
        let rows: Vec<&Rule> = of_namespace
            .chain(of_patterns)
            .filter_map(|&index| self.rules.get(index))
            .collect();
        let named = rows.iter().find(|rule| rule.option == option);
        named
            .or_else(|| rows.iter().find(|rule| rule.option == "*"))
            .copied()
    }
}

/// Whether `text` is `pattern`, in which one star stands for any text but none.
fn fits(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, end)) => {
            text.len() > start.len() + end.len() && text.starts_with(start) && text.ends_with(end)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::wording::tests::ids;

    #[test]
    fn the_catalogue_has_what_the_rows_name_and_no_more() {
        let named = |of: fn(&Rule) -> &String| -> BTreeSet<String> {
            OptionTable::embedded()
                .rules()
                .iter()
                .map(of)
                .cloned()
                .collect()
        };
        let targets: BTreeSet<_> = named(|rule| &rule.target)
            .into_iter()
            .filter(|target| target.starts_with(TARGETS))
            .collect();
        let notes: BTreeSet<_> = named(|rule| &rule.note)
            .into_iter()
            .filter(|note| !note.is_empty())
            .collect();
        assert_eq!((targets, notes), (ids(TARGETS), ids("option-note-")));
    }

    #[test]
    fn every_row_is_read_and_what_is_dropped_or_manual_says_why() {
        let table = OptionTable::embedded();
        assert_eq!(table.rules().len(), TABLE.lines().count() - 1);
        for rule in table.rules() {
            let needs_note = matches!(rule.verdict, Verdict::Dropped | Verdict::Manual);
            assert!(!needs_note || !rule.note.is_empty(), "{rule:?}");
            assert!(
                rule.verdict == Verdict::Dropped
                    || !rule.target.is_empty()
                    || !rule.note.is_empty(),
                "{rule:?}"
            );
            assert_eq!(
                table
                    .find(
                        &rule.namespace.replace('*', "x"),
                        &rule.option.replace('*', "x")
                    )
                    .map(|found| found.verdict),
                Some(rule.verdict),
                "{rule:?}"
            );
        }
    }

    #[test]
    fn dynamic_namespaces_and_free_names_are_found_and_strangers_are_not() {
        let of = |namespace: &str, option: &str| {
            OptionTable::embedded()
                .find(namespace, option)
                .map(|rule| (rule.verdict, rule.option.as_str()))
        };
        assert_eq!(
            of("aws:elasticbeanstalk:environment:process:api", "Port"),
            Some((Verdict::Translated, "Port"))
        );
        assert_eq!(
            of("aws:elbv2:listener:8443", "Protocol"),
            Some((Verdict::Translated, "Protocol"))
        );
        assert_eq!(
            of(
                "aws:elasticbeanstalk:application:environment",
                "ANYTHING AT ALL"
            ),
            Some((Verdict::Translated, "*"))
        );
        assert_eq!(
            of(
                "aws:elasticbeanstalk:container:python:staticfiles",
                "/static/"
            ),
            Some((Verdict::Replaced, "*"))
        );
        assert_eq!(
            of("aws:elasticbeanstalk:eks:alb", "scheme"),
            Some((Verdict::Infrastructure, "*"))
        );
        assert_eq!(
            of("aws:elbv2:listener:", "Protocol"),
            None,
            "a star is not nothing"
        );
        assert_eq!(of("aws:autoscaling:asg", "minsize"), None);
        assert_eq!(of("aws:new:thing", "Option"), None);
    }
}
