//! What other fleets' weeks needed, for fleets that have too few of their own.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Resource, Stratum, Trial};

/// `prior.csv`: forty evenly spread quantiles of the scores of each stratum, so that the prior weighs as
/// much as forty weeks of one's own. `eb2eks backtest SNAPSHOT --show scores -o csv` made it; docs/METHOD.md says
/// from what.
static SHIPPED: LazyLock<BTreeMap<(Resource, Stratum), Vec<f64>>> =
    LazyLock::new(|| read(include_str!("prior.csv")));

/// How many weeks of its own the prior stands for, in each stratum.
const WEIGHT: usize = 40;

/// The shipped scores of a stratum, ascending.
pub(super) fn scores(resource: Resource, stratum: Stratum) -> &'static [f64] {
    SHIPPED.get(&(resource, stratum)).map_or(&[], Vec::as_slice)
}

fn read(csv: &str) -> BTreeMap<(Resource, Stratum), Vec<f64>> {
    let mut scores: BTreeMap<(Resource, Stratum), Vec<f64>> = BTreeMap::new();
    for line in csv.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split(',');
        let resource = Resource::ALL
            .into_iter()
            .find(|resource| Some(resource.key()) == cells.clone().next());
        let Some(resource) = resource else { continue };
        let number = cells.nth(1).unwrap_or_default();
        let stratum = Stratum::all(resource).find(|stratum| stratum.to_string() == number);
        let Some(stratum) = stratum else { continue };
        scores.insert(
            (resource, stratum),
            cells.filter_map(|cell| cell.parse().ok()).collect(),
        );
    }
    scores
}

/// The scores of `trials` in the form of the shipped prior: a line for each stratum.
pub(in crate::size) fn as_prior(trials: &[Trial]) -> String {
    let mut text = String::new();
    for resource in Resource::ALL {
        for stratum in Stratum::all(resource) {
            let of_stratum = trials
                .iter()
                .filter(|trial| trial.resource == resource && trial.stratum() == stratum);
            let mut scores: Vec<f64> = of_stratum.map(Trial::score).collect();
            scores.sort_unstable_by(f64::total_cmp);
            let spread: Vec<String> = (0..WEIGHT)
                .filter_map(|index| quantile(&scores, index))
                .collect();
            text += &format!("{},{stratum},{}\n", resource.key(), spread.join(","));
        }
    }
    text
}

/// The score at the middle of the `index`th of [`WEIGHT`] equal parts.
fn quantile(scores: &[f64], index: usize) -> Option<String> {
    let at = (2 * index + 1) * scores.len() / (2 * WEIGHT);
    scores
        .get(at.min(scores.len().checked_sub(1)?))
        .map(|score| format!("{score:.4}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stratum_has_a_prior_of_the_stated_weight() {
        for resource in Resource::ALL {
            for stratum in Stratum::all(resource) {
                let scores = scores(resource, stratum);
                assert_eq!(scores.len(), WEIGHT, "{resource} {stratum}");
                assert!(scores.is_sorted() && scores[0] >= 0.0);
            }
        }
    }
}
