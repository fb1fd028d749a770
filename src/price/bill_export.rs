//! A Cost and Usage export in FOCUS columns: what AWS really charged.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Category;
use crate::units::plain_words::of_csv_reader;
use crate::units::{HOURS_PER_MONTH, Money, line_of_record};

/// What is wrong with an export.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{file}:{line}: {message}\nhint: a FOCUS export of AWS Data Exports as CSV, with resource ids (docs: FOCUS 1.0 or 1.2 with AWS columns)"
)]
pub struct BillExportError {
    /// As the user gave it.
    pub file: String,
    /// Line of the file as an editor counts, from 1.
    pub line: u64,
    /// What is wrong there, as a lowercase fragment.
    pub message: String,
}

/// The charges of an export, summed by who caused them and what for, scaled to a month of 730 hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillExport {
    /// From the first charge's start to the last one's end.
    pub start: Timestamp,
    /// Where the charges end; the moment itself is not charged any more.
    pub end: Timestamp,
    /// Rows that were read.
    pub rows: u64,
    /// Usage by resource or environment.
    pub(super) usage: BTreeMap<(Owner, Option<Category>), ChargedAmount>,
    /// Taxes, purchases, credits, refunds: by their charge category.
    pub(super) other: BTreeMap<String, Money>,
}

/// Whom a charge names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    /// By Beanstalk's own tag: account and environment.
    Environment { account: String, name: String },
    /// By its id or ARN.
    Resource(String),
}

/// What it came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ChargedAmount {
    /// At list prices, in billionths of a dollar.
    pub(super) list: i128,
    /// After discounts and amortised commitments.
    pub(super) effective: i128,
    /// Pricing units (hours, for machines), in millionths.
    pub(super) quantity: i128,
}

/// The tag that Beanstalk puts on what it makes; exports write prefixes before it.
const ENVIRONMENT_TAG: &str = "elasticbeanstalk:environment-name";

impl BillExport {
    /// Reads `text`, the content of `file`.
    ///
    /// # Errors
    /// A missing column, an amount that is none, charges in another currency than dollars, or no usage at all.
    pub fn read(file: &str, text: &str) -> Result<Self, BillExportError> {
        let wrong = |line, message: String| BillExportError {
            file: file.to_owned(),
            line,
            message,
        };
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new()
            .flexible(false)
            .from_reader(text.as_bytes());
        let header = reader
            .headers()
            .map_err(|error| wrong(1, of_csv_reader(&error)))?
            .clone();
        let optional = |name: &str| {
            header
                .iter()
                .position(|title| title.eq_ignore_ascii_case(name))
        };
        let column = |name: &str| {
            optional(name).ok_or_else(|| wrong(1, format!("the header names no column {name}")))
        };
        let (start_at, end_at) = (column("ChargePeriodStart")?, column("ChargePeriodEnd")?);
        let (effective_at, list_at, kind_at) = (
            column("EffectiveCost")?,
            column("ListCost")?,
            column("ChargeCategory")?,
        );
        let (currency_at, service_at, resource_at) = (
            column("BillingCurrency")?,
            column("ServiceName")?,
            column("ResourceId")?,
        );
        let (tags_at, usage_at) = (
            optional("Tags"),
            optional("x_UsageType").or_else(|| optional("SkuMeter")),
        );
        let (quantity_at, account_at) = (optional("PricingQuantity"), optional("SubAccountId"));
        let mut usage: BTreeMap<(Owner, Option<Category>), ChargedAmount> = BTreeMap::new();
        let mut other: BTreeMap<String, i128> = BTreeMap::new();
        let (mut start, mut end, mut rows) = (Timestamp::MAX, Timestamp::MIN, 0_u64);
        for record in reader.records() {
            let record = record.map_err(|error| {
                let at = error.position().map_or(0, csv::Position::byte);
                wrong(line_of_record(text, at, None), of_csv_reader(&error))
            })?;
            // Counted only where something is wrong: an export has millions of lines.
            let wrong = |message: String| {
                let at = record.position().map_or(0, csv::Position::byte);
                wrong(line_of_record(text, at, None), message)
            };
            let cell = |place: usize| record.get(place).unwrap_or_default();
            let maybe = |place: Option<usize>| place.map_or("", cell);
            if !cell(currency_at).eq_ignore_ascii_case("USD") {
                return Err(wrong(format!(
                    "BillingCurrency is \"{}\"; only USD can be compared with list prices",
                    cell(currency_at)
                )));
            }
            let amount = |place: usize, name: &str| {
                billionths(cell(place)).ok_or_else(|| {
                    wrong(format!("{name} is \"{}\", which is no amount", cell(place)))
                })
            };
            let (list, effective) = (
                amount(list_at, "ListCost")?,
                amount(effective_at, "EffectiveCost")?,
            );
            rows += 1;
            if cell(kind_at) != "Usage" {
                *other.entry(cell(kind_at).to_owned()).or_default() += effective;
                continue;
            }
            let time = |place: usize, name: &str| {
                moment(cell(place)).ok_or_else(|| {
                    wrong(format!("{name} is \"{}\", which is no time", cell(place)))
                })
            };
            (start, end) = (
                start.min(time(start_at, "ChargePeriodStart")?),
                end.max(time(end_at, "ChargePeriodEnd")?),
            );
            let account = maybe(account_at).to_owned();
            let owner = environment_of(maybe(tags_at)).map_or_else(
                || Owner::Resource(cell(resource_at).to_owned()),
                |name| Owner::Environment { account, name },
            );
            let charged = usage
                .entry((owner, category(cell(service_at), maybe(usage_at))))
                .or_default();
            charged.list += list;
            charged.effective += effective;
            charged.quantity += billionths(maybe(quantity_at)).unwrap_or(0) / 1_000;
        }
        if usage.is_empty() || end <= start {
            return Err(wrong(1, "no usage in it".to_owned()));
        }
        let seconds = i128::from(end.as_second() - start.as_second()).max(1);
        let month = i128::from(HOURS_PER_MONTH) * 3_600;
        let scale = |value: i128| value * month / seconds;
        for charged in usage.values_mut() {
            *charged = ChargedAmount {
                list: scale(charged.list),
                effective: scale(charged.effective),
                quantity: scale(charged.quantity),
            };
        }
        let other = other
            .into_iter()
            .map(|(kind, nanos)| (kind, money(scale(nanos))))
            .collect();
        Ok(Self {
            start,
            end,
            rows,
            usage,
            other,
        })
    }
}

/// Billionths of a dollar to the nearest cent.
pub(super) fn money(nanos: i128) -> Money {
    Money::from_nanos(i64::try_from(nanos).unwrap_or(if nanos < 0 { -i64::MAX } else { i64::MAX }))
        .whole_cents()
}

/// `0.0434`, `-1.2E-5`, or nothing for none: to the billionth. Exports write as many digits as a double has.
fn billionths(text: &str) -> Option<i128> {
    if text.trim().is_empty() {
        return Some(0);
    }
    let (mantissa, exponent) = text
        .trim()
        .split_once(['e', 'E'])
        .unwrap_or((text.trim(), "0"));
    let exponent: i32 = exponent
        .parse()
        .ok()
        .filter(|exponent| (-30..=12).contains(exponent))?;
    let (is_negative, digits) = mantissa
        .strip_prefix('-')
        .map_or((false, mantissa), |rest| (true, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{fraction}");
    if all.is_empty() || all.len() > 30 || !all.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value: i128 = all.parse().ok()?;
    let shift = 9 + exponent - i32::try_from(fraction.len()).ok()?;
    let scaled = if shift >= 0 {
        value.checked_mul(10_i128.checked_pow(shift.unsigned_abs())?)?
    } else {
        let divisor = 10_i128.checked_pow(shift.unsigned_abs())?;
        (value + divisor / 2) / divisor
    };
    // More than any bill, and far from where sums overflow.
    (scaled < 1_i128 << 90).then_some(if is_negative { -scaled } else { scaled })
}

/// `2026-11-01T00:00:00Z`, `2026-11-01 00:00:00.000`, or a bare date: exports differ; times without a zone are UTC.
fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim().trim_end_matches(" UTC");
    let in_utc = |time: jiff::civil::DateTime| {
        time.to_zoned(jiff::tz::TimeZone::UTC)
            .ok()
            .map(|time| time.timestamp())
    };
    text.parse::<Timestamp>()
        .ok()
        .or_else(|| text.parse::<jiff::civil::DateTime>().ok().and_then(in_utc))
}

/// The environment that a row's tags name: `{"aws:elasticbeanstalk:environment-name": "shop"}`.
fn environment_of(tags: &str) -> Option<String> {
    let tags: serde_json::Map<String, serde_json::Value> = serde_json::from_str(tags).ok()?;
    let named = tags.iter().find(|(key, _)| {
        key.ends_with(ENVIRONMENT_TAG)
            || key
                .replace('_', ":")
                .ends_with("elasticbeanstalk:environment-name")
    });
    named
        .and_then(|(_, value)| value.as_str())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
}

/// The kind of bill line that a row belongs to; none for what no line stands for.
fn category(service: &str, usage_type: &str) -> Option<Category> {
    let has = |part: &str| usage_type.contains(part);
    let is = |part: &str| service.to_ascii_lowercase().contains(part);
    match () {
        () if has("BoxUsage") || has("SpotUsage") || has("HeavyUsage") => Some(Category::Machines),
        () if has("EBS:Volume") => Some(Category::Volumes),
        () if has("PublicIPv4") => Some(Category::Addresses),
        () if has("NatGateway") => Some(Category::Nat),
        () if is("load balanc") => Some(Category::LoadBalancers),
        () if is("cloudwatch") => Some(Category::Monitoring),
        () if is("kubernetes") => Some(Category::ControlPlanes),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_exports_write_them() {
        assert_eq!(billionths("0.0434"), Some(43_400_000));
        assert_eq!(billionths("1.0E-5"), Some(10_000));
        assert_eq!(billionths("-12.5"), Some(-12_500_000_000));
        assert_eq!(billionths("0.12345678949"), Some(123_456_789));
        assert_eq!(billionths(""), Some(0));
        assert_eq!(billionths("NaN"), None);
        assert_eq!(billionths("1e99"), None);
        // What no integer holds keeps its sign.
        assert!(money(-(1 << 90)).is_negative());
        assert!(!money(1 << 90).is_negative());
    }

    #[test]
    fn times_are_read_as_exports_write_them() {
        let utc = moment("2026-11-01T00:00:00Z");
        assert!(utc.is_some());
        assert_eq!(moment("2026-11-01 00:00:00.000"), utc);
        assert_eq!(moment("2026-11-01 00:00:00 UTC"), utc);
        assert_eq!(moment("yesterday"), None);
    }

    #[test]
    fn tags_name_the_environment_whatever_stands_before() {
        assert_eq!(
            environment_of("{\"aws:elasticbeanstalk:environment-name\":\"shop\"}").as_deref(),
            Some("shop")
        );
        assert_eq!(
            environment_of("{\"user_elasticbeanstalk_environment-name\":\"shop\"}").as_deref(),
            Some("shop")
        );
        assert_eq!(environment_of("{\"Name\":\"shop\"}"), None);
        assert_eq!(environment_of("not json"), None);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        const HEADER: &str = "ChargePeriodStart,ChargePeriodEnd,EffectiveCost,ListCost,ChargeCategory,BillingCurrency,ServiceName,ResourceId";
        let error = |rows: &str| {
            BillExport::read("f.csv", &format!("{HEADER}\n{rows}"))
                .expect_err("refused")
                .to_string()
        };
        assert!(error("").starts_with("f.csv:1: no usage in it"));
        assert!(
            error("2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,1,x,Usage,USD,EC2,i-1\n")
                .starts_with("f.csv:2: ListCost is \"x\"")
        );
        assert!(
            error("2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,1,1,Usage,JPY,EC2,i-1\n")
                .contains("2: BillingCurrency is \"JPY\"")
        );
        let headless = BillExport::read("f.csv", "a,b\n1,2\n")
            .expect_err("refused")
            .to_string();
        assert!(
            headless.starts_with("f.csv:1: the header names no column ChargePeriodStart"),
            "{headless}"
        );
    }
}
