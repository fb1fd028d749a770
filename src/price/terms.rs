//! What binding oneself takes off, and what is bound already.
//!
//! Both are lines of their own beside a bill at list prices: what a term takes off is a negative line, what
//! is bound and not used a positive one. So a bill with terms is a bill and its lines of terms, and adds up.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::today::thousandths;
use super::{Bill, BillLine, Category, Pricing, UnitPrice};
use crate::catalog::OperatingSystem;
use crate::policy::{Commitment, Term};
use crate::units::{HOURS_PER_MONTH, Money, Quantity};

/// Where the machines of each subject of a bill stand.
pub type Regions<'a> = BTreeMap<&'a str, &'a str>;

/// Hours that may be interrupted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interruptible {
    /// A cluster or an environment, a subject of the bill.
    pub subject: String,
    /// Of which instances.
    pub instance_type: String,
    /// How many hours of a month.
    pub hours: Quantity,
}

/// On-demand hours of Linux instances of a bill, by region and type: licences and spot have no terms.
fn hours_by_type<'a>(bill: &Bill, regions: &Regions<'a>) -> BTreeMap<(&'a str, String), Quantity> {
    let mut hours: BTreeMap<(&str, String), Quantity> = BTreeMap::new();
    for line in bill.lines.iter().filter(|line| line.unit == "instance-hour" && !line.item.contains(" spot")) {
        let Some(region) = regions.get(line.subject.as_str()) else { continue };
        let item = line.item.strip_prefix("stays on Beanstalk: ").unwrap_or(&line.item);
        let Some(instance_type) = item.split(' ').next() else { continue };
        let sum = hours.entry((region, instance_type.to_owned())).or_default();
        *sum = Quantity::from_millionths(sum.millionths().saturating_add(line.quantity.millionths()));
    }
    hours
}

/// What the policy's term, and spot for what tolerates it, take off `bill`.
#[must_use]
pub fn term_lines(bill: &Bill, regions: &Regions<'_>, interruptible: &[Interruptible], pricing: &Pricing<'_>) -> Vec<BillLine> {
    let terms = &pricing.policy.prices.terms;
    let mut hours = hours_by_type(bill, regions);
    let mut lines = Vec::new();
    for part in interruptible.iter().filter(|part| part.hours.millionths() > 0) {
        let Some(region) = regions.get(part.subject.as_str()) else { continue };
        let spot_hours = part.hours;
        if let Some(left) = hours.get_mut(&(*region, part.instance_type.clone())) {
            *left = Quantity::from_millionths(left.millionths().saturating_sub(spot_hours.millionths()).max(0));
        }
        let list = pricing.book.instance_hour(region, &part.instance_type, OperatingSystem::Linux);
        let spot = pricing.spot(region, &part.instance_type, list.clone());
        let list = pricing.adjusted(list);
        let off = UnitPrice { usd: list.usd.zip(spot.usd).map(|(list, spot)| spot - list), ..spot };
        let item = format!("{} on the spot market", part.instance_type);
        let basis = "what tolerates an interruption (prices.terms); on a cluster whole nodes, in a node group of their own";
        lines.push(BillLine::new(Category::Terms, &part.subject, item, (spot_hours, "instance-hour"), &off).because(basis));
    }
    if terms.term == Term::None {
        return lines;
    }
    let coverage = thousandths(terms.coverage.get());
    for ((region, instance_type), hours) in hours {
        let covered = hours.scaled(coverage, 1_000);
        let Some((off, source)) = pricing.book.discount(region, &instance_type, terms).filter(|_| covered.millionths() > 0) else {
            continue;
        };
        let list = pricing.adjusted(pricing.book.instance_hour(region, &instance_type, OperatingSystem::Linux));
        let price = UnitPrice { usd: list.usd.map(|usd| -usd.scaled(i64::from(off), 1_000)), source, doubt: 0 };
        let item = format!("{instance_type}, {} term", term_name(terms.term));
        let commits = list.usd.map(|usd| usd.scaled(1_000 - i64::from(off), 1_000));
        let commits = commits.map_or_else(|| "unknown".to_owned(), |usd| usd.to_string());
        let basis = format!(
            "{:.1} % off for prices.terms.coverage {} of its hours, each bound at {commits}",
            f64::from(off) / 10.0,
            terms.coverage
        );
        lines.push(BillLine::new(Category::Terms, region, item, (covered, "instance-hour"), &price).because(basis));
    }
    lines
}

/// The kinds of keys under which an hour of an instance under a term stands: what is paid upfront is spread over
/// the hours of the term.
pub(super) const TERM_KEYS: [&str; 4] = ["ec2-one-year", "ec2-one-year-convertible", "ec2-three-years", "ec2-three-years-all-upfront"];

/// The one of `term`.
pub(super) const fn term_key(term: Term) -> Option<&'static str> {
    let [one_year, convertible, three_years, all_upfront] = TERM_KEYS;
    match term {
        Term::None => None,
        Term::OneYear => Some(one_year),
        Term::OneYearConvertible => Some(convertible),
        Term::ThreeYears => Some(three_years),
        Term::ThreeYearsAllUpfront => Some(all_upfront),
    }
}

/// As people say it.
#[must_use]
pub const fn term_name(term: Term) -> &'static str {
    match term {
        Term::None => "no",
        Term::OneYear => "one-year",
        Term::OneYearConvertible => "one-year convertible",
        Term::ThreeYears => "three-year",
        Term::ThreeYearsAllUpfront => "three-year all-upfront",
    }
}

/// What commitments that still run on `day` change of `bill`: what is covered costs the bound price instead of
/// the list's, and what is bound and not used costs it for nothing.
#[must_use]
pub fn commitment_lines(bill: &Bill, regions: &Regions<'_>, day: Date, pricing: &Pricing<'_>) -> Vec<BillLine> {
    let mut pools: BTreeMap<(&str, String), Money> = BTreeMap::new();
    for ((region, instance_type), hours) in hours_by_type(bill, regions) {
        let list = pricing.book.instance_hour(region, &instance_type, OperatingSystem::Linux).usd;
        let family = instance_type.split('.').next().unwrap_or_default().to_owned();
        let spent = list.and_then(|usd| usd.for_quantity(hours)).unwrap_or_default();
        *pools.entry((region, family)).or_default() += spent;
    }
    let active = pricing.policy.prices.commitments.iter().filter(|commitment| commitment.until > day);
    active.flat_map(|commitment| lines_of(commitment, &mut pools, pricing)).collect()
}

fn lines_of(commitment: &Commitment, pools: &mut BTreeMap<(&str, String), Money>, pricing: &Pricing<'_>) -> Vec<BillLine> {
    let Commitment { name, region, instance_type, count, usd_per_hour, until, any_family } = commitment;
    let family = instance_type.split('.').next().unwrap_or_default();
    let list = pricing.book.instance_hour(region, instance_type, OperatingSystem::Linux);
    let bound_hours = Quantity::from(count.saturating_mul(HOURS_PER_MONTH));
    let price = |usd: Option<Money>, source: String| UnitPrice { usd, source, doubt: 0 };
    let line = |item: String, hours, price: &UnitPrice| BillLine::new(Category::Terms, name, item, (hours, "instance-hour"), price);
    let basis = format!("{count} x {instance_type}, bound until {until} (prices.commitments)");
    let Some(list_usd) = list.usd.filter(|usd| *usd > Money::ZERO) else {
        // What it takes off is unknown, and a line without an amount says so.
        return vec![line(format!("{instance_type} bound"), bound_hours, &price(None, list.source)).because(basis)];
    };
    let mut worth = list_usd.for_quantity(bound_hours).unwrap_or_default();
    let whole = worth;
    let is_covered = |(place, of): &(&str, String)| place == region && (*any_family || of == family);
    for (_, left) in pools.iter_mut().filter(|(key, _)| is_covered(key)) {
        let used = worth.min(*left);
        *left = *left - used;
        worth = worth - used;
    }
    let used_hours = bound_hours.scaled((whole - worth).nanos(), whole.nanos());
    let unused_hours = Quantity::from_millionths(bound_hours.millionths() - used_hours.millionths());
    let source = "policy: prices.commitments, less the list price".to_owned();
    let mut lines = Vec::new();
    if used_hours.millionths() > 0 {
        let off = price(Some(*usd_per_hour - list_usd), source);
        lines.push(line(format!("{instance_type} covered"), used_hours, &off).because(&basis));
    }
    if unused_hours.millionths() > 0 {
        let stranded = price(Some(*usd_per_hour), "policy: prices.commitments".to_owned());
        lines.push(line(format!("{instance_type} bound and not used"), unused_hours, &stranded).because(&basis));
    }
    lines
}
