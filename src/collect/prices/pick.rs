//! From the products of an answer to the price of one key.

use super::offer::{Dimension, Offer, Term};
use super::query::{Pick, ProductSearch, ReservedTerm, Unit};
use crate::units::Money;

/// A price of the list, and where it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPrice {
    /// For one unit of the key.
    pub usd: Money,
    /// Products that it is from; their prices were added up.
    pub skus: Vec<String>,
    /// The day since which the youngest of them is in force: `2026-08-01`, or empty.
    pub since: String,
    /// The day of the list: `2026-08-25`, or empty.
    pub published: String,
    /// How many steps the price has by volume; it is that of the first.
    pub tiers: usize,
}

/// The price of `pick`, or why there is none. `today` is a day; prices that are announced for later do not count.
pub(super) fn price(
    pick: &Pick,
    asking: &ProductSearch,
    offers: &[Offer],
    today: &str,
) -> Result<ListPrice, String> {
    let of_usage = |usage: &String| of_usage(usage, pick, asking, offers, today);
    let parts = pick
        .usages
        .iter()
        .map(of_usage)
        .collect::<Result<Vec<ListPrice>, String>>()?;
    let sum = |whole: ListPrice, part: ListPrice| ListPrice {
        usd: whole.usd + part.usd,
        skus: [whole.skus, part.skus].concat(),
        since: whole.since.max(part.since),
        published: whole.published.max(part.published),
        tiers: whole.tiers.max(part.tiers),
    };
    parts
        .into_iter()
        .reduce(sum)
        .ok_or_else(|| "nothing was asked for".to_owned())
}

fn of_usage(
    usage: &str,
    pick: &Pick,
    asking: &ProductSearch,
    offers: &[Offer],
    today: &str,
) -> Result<ListPrice, String> {
    let fitting: Vec<&Offer> = offers
        .iter()
        .filter(|offer| offer.is_of(asking) && offer.is_usage(usage))
        .collect();
    if fitting.is_empty() {
        return Err("the price list has no such product there".to_owned());
    }
    let mut prices = fitting
        .iter()
        .map(|offer| of_offer(offer, pick.unit, pick.lease, today))
        .collect::<Result<Vec<ListPrice>, String>>()?;
    prices.sort_by(|a, b| a.skus.cmp(&b.skus));
    if prices
        .iter()
        .any(|price| Some(price.usd) != prices.first().map(|first| first.usd))
    {
        return Err(format!(
            "{} products fit, and differ in price",
            prices.len()
        ));
    }
    prices
        .into_iter()
        .next()
        .ok_or_else(|| "the price list has no such product there".to_owned())
}

fn of_offer(
    offer: &Offer,
    unit: Unit,
    lease: Option<ReservedTerm>,
    today: &str,
) -> Result<ListPrice, String> {
    let terms = if lease.is_some() {
        &offer.terms.reserved
    } else {
        &offer.terms.on_demand
    };
    let is_wanted = |term: &&Term| {
        let has = |name: &str, value: &str| {
            term.term_attributes
                .get(name)
                .is_some_and(|own| own.eq_ignore_ascii_case(value))
        };
        day(&term.effective_date).as_str() <= today
            && lease.is_none_or(|lease| {
                has("LeaseContractLength", lease.length)
                    && has("OfferingClass", lease.class)
                    && has("PurchaseOption", lease.paid)
            })
    };
    // Of several in force the youngest; of equals the one whose code comes last, so that it is always the same.
    let term = terms
        .values()
        .filter(is_wanted)
        .max_by(|a, b| a.effective_date.cmp(&b.effective_date));
    let term = term.ok_or_else(|| {
        if lease.is_some() {
            "the product has no such term".to_owned()
        } else {
            "the product has no on-demand price".to_owned()
        }
    })?;
    let (usd, tiers) = match lease {
        None => on_demand(term, unit)?,
        Some(lease) => (leased(term, lease)?, 1),
    };
    Ok(ListPrice {
        usd,
        skus: vec![code(&offer.product.sku)],
        since: day(&term.effective_date),
        published: day(&offer.publication_date),
        tiers,
    })
}

/// The first step of a price by volume, and how many there are.
fn on_demand(term: &Term, unit: Unit) -> Result<(Money, usize), String> {
    let mut first = term
        .price_dimensions
        .values()
        .filter(|one| one.begin_range.as_deref().is_none_or(|begin| begin == "0"));
    let (Some(step), None) = (first.next(), first.next()) else {
        return Err("the product's price does not begin with one step".to_owned());
    };
    let spelled = step.unit.to_ascii_lowercase();
    let of_book = unit
        .spellings()
        .iter()
        .find(|(spelling, _)| *spelling == spelled)
        .map(|(_, of_book)| *of_book);
    let of_book =
        of_book.ok_or_else(|| format!("the product is priced by \"{}\"", code(&step.unit)))?;
    Ok((
        dollars(step)?.scaled(1, of_book),
        term.price_dimensions.len(),
    ))
}

/// What an hour comes to, with what is paid upfront.
fn leased(term: &Term, lease: ReservedTerm) -> Result<Money, String> {
    let mut hour = Money::ZERO;
    for dimension in term.price_dimensions.values() {
        let usd = dollars(dimension)?;
        hour += match dimension.unit.to_ascii_lowercase().as_str() {
            "hrs" => usd,
            "quantity" => usd.scaled(1, lease.hours),
            _ => {
                return Err(format!(
                    "the term is priced by \"{}\"",
                    code(&dimension.unit)
                ));
            }
        };
    }
    if hour > Money::ZERO {
        Ok(hour)
    } else {
        Err("the term names no price".to_owned())
    }
}

/// The list writes ten places; what is behind the ninth must be nothing.
fn dollars(dimension: &Dimension) -> Result<Money, String> {
    let text = dimension.price_per_unit.get("USD").ok_or_else(|| {
        let currencies: Vec<String> = dimension
            .price_per_unit
            .keys()
            .map(|currency| code(currency))
            .collect();
        format!(
            "the price is not in dollars but in {}",
            if currencies.is_empty() {
                "nothing".to_owned()
            } else {
                currencies.join(", ")
            }
        )
    })?;
    let digits = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        text
    };
    let usd: Money = digits
        .parse()
        .map_err(|_| format!("\"{}\" is no price", code(text)))?;
    if usd.is_negative() {
        Err(format!("\"{}\" is no price", code(text)))
    } else {
        Ok(usd)
    }
}

/// A name of the list that may stand in a file: a stranger wrote it.
fn code(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
        .take(40)
        .collect()
}

/// `2026-08-01` of `2026-08-01T00:00:00Z`, or nothing.
fn day(moment: &str) -> String {
    moment
        .get(..10)
        .filter(|day| day.parse::<jiff::civil::Date>().is_ok())
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::query::queries;
    use super::*;
    use serde_json::{Value, json};

    const TODAY: &str = "2026-11-27";

    fn dimension(unit: &str, begin: &str, usd: &str) -> Value {
        json!({"unit": unit, "beginRange": begin, "endRange": "Inf", "pricePerUnit": {"USD": usd}})
    }

    fn product(usage: &str, dimensions: Value) -> Value {
        json!({"product": {"sku": "SKU1", "attributes": {"usagetype": usage, "regionCode": "ap-northeast-1"}}, "publicationDate": "2026-11-20T01:02:03Z",
            "terms": {"OnDemand": {"SKU1.A": {"effectiveDate": "2026-11-01T00:00:00Z", "priceDimensions": dimensions, "termAttributes": {}}}}})
    }

    fn found(name: &str, offers: &[Value]) -> Result<String, String> {
        let (queries, _) = queries(&[("ap-northeast-1".to_owned(), name.to_owned())]);
        let offers: Vec<Offer> = offers
            .iter()
            .filter_map(|offer| Offer::read(&offer.to_string()))
            .collect();
        price(&queries[0].picks[0], &queries[0].asking, &offers, TODAY)
            .map(|price| format!("{} of {}", price.usd, price.skus.join("+")))
    }

    #[test]
    fn a_price_is_exact() {
        let offer = |usd| {
            product(
                "APN1-BoxUsage:c5.2xlarge",
                json!({"d": dimension("Hrs", "0", usd)}),
            )
        };
        assert_eq!(
            found("ec2/c5.2xlarge", &[offer("0.4280000000")]),
            Ok("0.428 of SKU1".to_owned())
        );
        assert_eq!(
            found("ec2/c5.2xlarge", &[offer("0.0000000010")]),
            Ok("0.000000001 of SKU1".to_owned())
        );
        assert_eq!(
            found("ec2/c5.2xlarge", &[offer("100")]),
            Ok("100.00 of SKU1".to_owned())
        );
        for wrong in [
            "0.0000000001",
            "-1",
            "NaN",
            "1e3",
            "",
            "9999999999999999999",
        ] {
            assert!(
                found("ec2/c5.2xlarge", &[offer(wrong)]).is_err_and(|why| why.contains("no price")),
                "{wrong}"
            );
        }
    }

    #[test]
    fn units_are_the_books() {
        let offer = |unit| {
            product(
                "APN1-EBS:VolumeP-Throughput.gp3",
                json!({"d": dimension(unit, "0", "49.152")}),
            )
        };
        assert_eq!(
            found("volume-gp3-throughput-mibps-month", &[offer("GiBps-mo")]),
            Ok("0.048 of SKU1".to_owned())
        );
        assert!(
            found("volume-gp3-throughput-mibps-month", &[offer("Hrs")])
                .is_err_and(|why| why.contains("priced by \"Hrs\""))
        );
    }

    #[test]
    fn of_steps_the_first_counts_and_of_currencies_the_dollar() {
        let steps = json!({"b": dimension("Metrics", "10000", "0.1"), "a": dimension("Metrics", "0", "0.3")});
        assert_eq!(
            found(
                "cloudwatch-metric-month",
                &[product("APN1-CW:MetricMonitorUsage", steps)]
            ),
            Ok("0.30 of SKU1".to_owned())
        );
        let yuan =
            json!({"a": {"unit": "Metrics", "beginRange": "0", "pricePerUnit": {"CNY": "2.5"}}});
        assert!(
            found(
                "cloudwatch-metric-month",
                &[product("APN1-CW:MetricMonitorUsage", yuan)]
            )
            .is_err_and(|why| why.contains("CNY"))
        );
    }

    #[test]
    fn products_that_differ_are_none_and_one_of_another_region_is_not_looked_at() {
        let offer = |usd: &str, region: &str| {
            let mut offer = product(
                "APN1-BoxUsage:c5.2xlarge",
                json!({"d": dimension("Hrs", "0", usd)}),
            );
            offer["product"]["attributes"]["regionCode"] = json!(region);
            offer
        };
        assert!(
            found(
                "ec2/c5.2xlarge",
                &[offer("1", "ap-northeast-1"), offer("2", "ap-northeast-1")]
            )
            .is_err_and(|why| why.contains("2 products"))
        );
        assert_eq!(
            found(
                "ec2/c5.2xlarge",
                &[offer("1", "ap-northeast-1"), offer("2", "us-east-1")]
            ),
            Ok("1.00 of SKU1".to_owned())
        );
        assert!(
            found("ec2/c5.2xlarge", &[offer("1", "us-east-1")])
                .is_err_and(|why| why.contains("no such product"))
        );
    }

    #[test]
    fn extended_support_is_what_it_adds_and_the_cluster() {
        let offers = [("perCluster", "0.10"), ("extendedSupport", "0.50")].map(|(what, usd)| {
            product(
                &format!("APN1-AmazonEKS-Hours:{what}"),
                json!({"d": dimension("Hours", "0", usd)}),
            )
        });
        assert_eq!(
            found("eks-cluster-hour-extended", &offers),
            Ok("0.60 of SKU1+SKU1".to_owned())
        );
        assert_eq!(
            found("eks-cluster-hour-standard", &offers),
            Ok("0.10 of SKU1".to_owned())
        );
        assert!(found("eks-cluster-hour-extended", &offers[..1]).is_err());
    }

    #[test]
    fn a_term_spreads_what_is_paid_upfront() {
        let mut offer = product(
            "APN1-BoxUsage:c5.2xlarge",
            json!({"d": dimension("Hrs", "0", "0.428")}),
        );
        let term = |length: &str, paid: &str, dimensions: Value| {
            let attributes = json!({"LeaseContractLength": length, "OfferingClass": "standard", "PurchaseOption": paid});
            json!({"effectiveDate": "2025-01-01T00:00:00Z", "priceDimensions": dimensions, "termAttributes": attributes})
        };
        let hourly = |usd| json!({"unit": "Hrs", "pricePerUnit": {"USD": usd}});
        offer["terms"]["Reserved"] = json!({
            "a": term("1yr", "No Upfront", json!({"h": hourly("0.3077")})),
            "b": term("3yr", "All Upfront", json!({"u": {"unit": "Quantity", "pricePerUnit": {"USD": "5045"}}, "h": hourly("0.0000000000")})),
        });
        assert_eq!(
            found("ec2-one-year/c5.2xlarge", &[offer.clone()]),
            Ok("0.3077 of SKU1".to_owned())
        );
        // 5,045 / 26,280 = 0.191971081
        assert_eq!(
            found("ec2-three-years-all-upfront/c5.2xlarge", &[offer.clone()]),
            Ok("0.191971081 of SKU1".to_owned())
        );
        assert!(
            found("ec2-three-years/c5.2xlarge", &[offer])
                .is_err_and(|why| why.contains("no such term"))
        );
    }

    #[test]
    fn a_price_of_tomorrow_is_not_todays() {
        let mut offer = product(
            "APN1-BoxUsage:c5.2xlarge",
            json!({"d": dimension("Hrs", "0", "0.428")}),
        );
        offer["terms"]["OnDemand"]["SKU1.B"] = json!({"effectiveDate": "2026-12-01T00:00:00Z", "priceDimensions": {"d": dimension("Hrs", "0", "0.5")}});
        assert_eq!(
            found("ec2/c5.2xlarge", &[offer]),
            Ok("0.428 of SKU1".to_owned())
        );
    }
}
