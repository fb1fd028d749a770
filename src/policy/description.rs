//! What each key of the policy is, for who reads the values that were in force.

use crate::wording::{Text, text};

/// What the key is, and its unit: `sizing.cpu_risk`. A name that an operator chose (a family under `cpu_speed`) is
/// told as what it stands under, a level of an [`Estimate`](super::Estimate) with what is estimated. `None` for what is no key.
#[must_use]
pub fn description(key: &str) -> Option<Text> {
    let entry = Text::of_known_id(format!("policy-{}", key.replace(['.', '_'], "-")));
    entry.or_else(|| {
        let (above, name) = key.rsplit_once('.')?;
        let of = description(above)?;
        Some(match name {
            "low" => text!("estimate-low", of = of),
            "expected" => text!("estimate-expected", of = of),
            "high" => text!("estimate-high", of = of),
            _ => of,
        })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::policy::defaults;
    use crate::wording::tests::ids;

    /// Every key of a table with those of the tables in it; a list is one key.
    fn keys(value: &Value, above: &str, into: &mut Vec<(String, bool)>) {
        for (name, value) in value.as_object().into_iter().flatten() {
            let key = if above.is_empty() {
                name.clone()
            } else {
                format!("{above}.{name}")
            };
            into.push((
                key.clone(),
                value.as_object().is_none_or(serde_json::Map::is_empty),
            ));
            keys(value, &key, into);
        }
    }

    #[test]
    fn every_key_of_the_defaults_is_described_and_nothing_else_is() {
        let policy = serde_json::to_value(defaults().expect("the shipped policy")).expect("JSON");
        let mut all = Vec::new();
        keys(&policy, "", &mut all);
        let undescribed: Vec<_> = all
            .iter()
            .filter(|(key, is_leaf)| *is_leaf && description(key).is_none())
            .collect();
        assert!(undescribed.is_empty(), "{undescribed:?}");
        let known: BTreeSet<String> = all
            .iter()
            .map(|(key, _)| format!("policy-{}", key.replace(['.', '_'], "-")))
            .collect();
        let strangers: Vec<_> = ids("policy-")
            .into_iter()
            .filter(|id| !known.contains(id))
            .collect();
        assert!(strangers.is_empty(), "{strangers:?}");
    }

    #[test]
    fn names_and_levels_are_told_by_what_they_stand_under() {
        let english = |key| description(key).map(|text| text.to_string());
        assert_eq!(english("cpu_speed.m5"), english("cpu_speed"));
        assert_eq!(
            english("prices.overrides.ap-northeast-1/ec2/c5.2xlarge"),
            english("prices.overrides")
        );
        assert_eq!(
            english("migration.parallel_weeks.low").as_deref(),
            Some("weeks that both systems run: low case")
        );
        assert_eq!(
            (english("sizing"), english("sizing.cpu_margin"), english("")),
            (None, None, None)
        );
    }
}
