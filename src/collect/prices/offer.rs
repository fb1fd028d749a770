//! A product of the price list, as the list writes it: a JSON document inside the answer's JSON.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::query::{Filter, ProductSearch};

/// One product with its terms. Everything in it is a text of the list, prices included: no float touches them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Offer {
    pub(super) product: Product,
    pub(super) terms: Terms,
    #[serde(default)]
    pub(super) publication_date: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Product {
    pub(super) sku: String,
    #[serde(default)]
    pub(super) product_family: Option<String>,
    pub(super) attributes: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Terms {
    #[serde(default)]
    pub(super) on_demand: BTreeMap<String, Term>,
    #[serde(default)]
    pub(super) reserved: BTreeMap<String, Term>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Term {
    pub(super) price_dimensions: BTreeMap<String, Dimension>,
    #[serde(default)]
    pub(super) effective_date: String,
    #[serde(default)]
    pub(super) term_attributes: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Dimension {
    pub(super) unit: String,
    /// Absent for what is paid upfront.
    #[serde(default)]
    pub(super) begin_range: Option<String>,
    /// Amounts by currency, as the price list has them.
    pub(super) price_per_unit: BTreeMap<String, String>,
}

impl Offer {
    /// Nothing where the document is of another shape.
    pub(super) fn read(document: &str) -> Option<Self> {
        serde_json::from_str(document).ok()
    }

    /// Whether it is what was asked for, whatever the service thought: each attribute that it has must fit.
    pub(super) fn is_of(&self, asking: &ProductSearch) -> bool {
        asking.filters.iter().all(|filter| self.fits(filter))
    }

    fn fits(&self, filter: &Filter) -> bool {
        let own = match filter.field {
            "productFamily" => self.product.product_family.as_ref(),
            field => self.product.attributes.get(field),
        };
        own.is_none_or(|own| {
            if filter.is_part {
                own.contains(&filter.value)
            } else {
                *own == filter.value
            }
        })
    }

    /// Whether its usage type is `usage`, after the region's code.
    pub(super) fn is_usage(&self, usage: &str) -> bool {
        let own = self
            .product
            .attributes
            .get("usagetype")
            .map(String::as_str)
            .unwrap_or_default();
        own == usage
            || own
                .strip_suffix(usage)
                .and_then(|rest| rest.strip_suffix('-'))
                .is_some_and(is_region_code)
    }
}

/// `APN1`, `EU`, `USE1`: other words before a usage type make another product of it (`TS-LoadBalancerUsage` is a
/// trust store). All codes but Ireland's end in a digit.
fn is_region_code(text: &str) -> bool {
    let is_spelled = text
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    text == "EU"
        || ((3..=5).contains(&text.len())
            && is_spelled
            && text.ends_with(|last: char| last.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_usage_type_is_known_behind_its_regions_code_alone() {
        let is = |own: &str| {
            let text = serde_json::json!({"product": {"sku": "S", "attributes": {"usagetype": own}}, "terms": {}}).to_string();
            Offer::read(&text)
                .expect("an offer")
                .is_usage("LoadBalancerUsage")
        };
        for own in [
            "LoadBalancerUsage",
            "APN1-LoadBalancerUsage",
            "EU-LoadBalancerUsage",
            "USE1-LoadBalancerUsage",
        ] {
            assert!(is(own), "{own}");
        }
        for own in [
            "TS-LoadBalancerUsage",
            "APN1-TS-LoadBalancerUsage",
            "Outposts-LoadBalancerUsage",
            "xLoadBalancerUsage",
            "-LoadBalancerUsage",
            "",
        ] {
            assert!(!is(own), "{own}");
        }
    }
}
