//! Versions of what the files use beside charts: images, actions of CI, providers of Terraform.
//!
//! `versions.csv` is the table: each version with the page that names it and the day on which it was looked at.

use std::sync::LazyLock;

use serde::Deserialize;

const VERSIONS: &str = include_str!("versions.csv");

#[derive(Debug, Deserialize)]
struct Version {
    name: String,
    version: String,
}

/// The version that is pinned for `name`; empty for what the table does not have, which a test refuses.
pub(super) fn version_of(name: &str) -> &'static str {
    static ROWS: LazyLock<Vec<Version>> = LazyLock::new(|| {
        csv::Reader::from_reader(VERSIONS.as_bytes())
            .into_deserialize()
            .filter_map(Result::ok)
            .collect()
    });
    ROWS.iter()
        .find(|row| row.name == name)
        .map_or("", |row| row.version.as_str())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_version_is_pinned_and_says_where_and_when_it_was_seen() {
        let charts = include_str!("platform/charts.csv");
        for table in [VERSIONS, charts] {
            let rows: Vec<BTreeMap<String, String>> = csv::Reader::from_reader(table.as_bytes())
                .into_deserialize()
                .collect::<Result<_, _>>()
                .expect("a table");
            assert!(!rows.is_empty());
            for row in rows {
                assert!(
                    row["version"].chars().any(|char| char.is_ascii_digit()),
                    "{row:?}"
                );
                assert!(row["source"].starts_with("https://"), "{row:?}");
                assert!(
                    row["checked"].len() == 10 && row["checked"].starts_with("20"),
                    "{row:?}"
                );
            }
        }
    }
}
