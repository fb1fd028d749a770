//! A refresh, and a dry run of one, for a terminal and for the price file: pure functions of what was found.

use super::super::calls::Call;
use super::super::region::RegionName;
use super::pick::ListPrice;
use super::query::Query;
use super::refreshed_prices::RefreshedPrices;
use crate::policy::Collect;

/// Missing prices that are shown; all of them stand in the price file.
const MOST_MISSING: usize = 20;

/// What a refresh would ask.
#[derive(Debug, Clone, PartialEq)]
pub struct DryRefresh {
    endpoint: String,
    queries: Vec<String>,
    prices: usize,
    refused: Vec<(String, String)>,
    seconds: f64,
}

impl DryRefresh {
    #[expect(clippy::cast_precision_loss, reason = "an estimate for people")]
    pub(super) fn new(
        endpoint: &RegionName,
        queries: &[Query],
        refused: Vec<(String, String)>,
        policy: &Collect,
    ) -> Self {
        Self {
            endpoint: endpoint.to_string(),
            queries: queries.iter().map(query_text).collect(),
            prices: queries.iter().map(|query| query.picks.len()).sum(),
            refused,
            seconds: queries.len() as f64 / policy.other_per_second.get(),
        }
    }

    /// Whether there is a query for every key.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.refused.is_empty()
    }
}

/// `AmazonEC2: regionCode=eu-west-1 usagetype~EKS: eu-west-1/ec2/m5.large`
fn query_text(query: &Query) -> String {
    let filters: Vec<String> = query
        .asking
        .filters
        .iter()
        .map(|filter| {
            let value = if filter.value.contains(' ') {
                format!("\"{}\"", filter.value)
            } else {
                filter.value.clone()
            };
            format!(
                "{}{}{value}",
                filter.field,
                if filter.is_part { "~" } else { "=" }
            )
        })
        .collect();
    let keys: Vec<&str> = query.picks.iter().map(|pick| pick.key.as_str()).collect();
    format!(
        "{} {}\n    for {}",
        query.asking.service,
        filters.join(" "),
        keys.join(", ")
    )
}

/// What would be asked, query by query.
#[must_use]
pub fn dry_refresh_text(dry: &DryRefresh) -> String {
    let mut text = format!(
        "a refresh would send {} queries ({}) to the price list in {}, a page or more each, for {} prices; {:.0} seconds or more, free of charge\n",
        dry.queries.len(),
        Call::GetProducts.action(),
        dry.endpoint,
        dry.prices,
        dry.seconds.ceil()
    );
    for query in &dry.queries {
        text.push_str(&format!("  {query}\n"));
    }
    for (key, why) in &dry.refused {
        text.push_str(&format!("  not asked for: {}: {why}\n", key.escape_debug()));
    }
    text
}

/// Where a price is from, for its row.
#[must_use]
pub fn provenance(price: &ListPrice, day: &str) -> String {
    let mut text = format!("AWS Price List API, SKU {}", price.skus.join(" + "));
    if !price.since.is_empty() {
        text.push_str(&format!(", since {}", price.since));
    }
    if !price.published.is_empty() {
        text.push_str(&format!(", list of {}", price.published));
    }
    if price.tiers > 1 {
        text.push_str(&format!(", first of {} steps by volume", price.tiers));
    }
    text.push_str(&format!(", read on {day}"));
    text
}

/// What was read and what was not.
#[must_use]
pub fn refreshed_text(refreshed: &RefreshedPrices) -> String {
    let wanted = refreshed.prices.len() + refreshed.missing.len();
    let mut text = format!(
        "{} of {wanted} prices read from the price list in {}\n",
        refreshed.prices.len(),
        refreshed.endpoint
    );
    for one in refreshed.missing.iter().take(MOST_MISSING) {
        text.push_str(&format!(
            "  missing: {}: {}\n",
            one.key.escape_debug(),
            one.why
        ));
    }
    if refreshed.missing.len() > MOST_MISSING {
        text.push_str(&format!(
            "  and {} more, all of them in the price file\n",
            refreshed.missing.len() - MOST_MISSING
        ));
    }
    if refreshed.unreadable > 0 {
        text.push_str(&format!(
            "products that cannot be read, left out: {}\n",
            refreshed.unreadable
        ));
    }
    let calls = refreshed.calls;
    text.push_str(&format!(
        "calls: {} sent, {} throttled, {} without a whole answer\n",
        calls.attempts, calls.throttled, calls.broken
    ));
    text
}
