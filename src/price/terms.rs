//! What binding oneself takes off, and what is bound already.
//!
//! Both are lines of their own beside a bill at list prices: what a term takes off is a negative line, what
//! is bound and not used a positive one. So a bill with terms is a bill and its lines of terms, and adds up.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::bases::{policy_source, thousandths};
use super::{Bill, BillLine, Category, Discount, Hours, Pricing, RangedPrice, Unit, UnitPrice};
use crate::catalog::OperatingSystem;
use crate::policy::{Commitment, Term, Terms};
use crate::units::{HOURS_PER_MONTH, Money, Quantity};
use crate::wording::{Text, text};

/// Where the machines of each subject of a bill stand.
pub type Regions<'a> = BTreeMap<&'a str, &'a str>;

/// Hours that may be interrupted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpotHours {
    /// A cluster or an environment, a subject of the bill.
    pub subject: String,
    /// Instance type that the discount is of.
    pub instance_type: String,
    /// How many hours of a month.
    pub hours: Quantity,
}

/// On-demand hours of Linux instances of a bill, by region and type: licences and spot have no terms.
fn hours_by_type<'a>(bill: &Bill, regions: &Regions<'a>) -> BTreeMap<(&'a str, String), Quantity> {
    let mut hours: BTreeMap<(&str, String), Quantity> = BTreeMap::new();
    for line in &bill.lines {
        let Some(machines) = line
            .machines
            .as_ref()
            .filter(|machines| matches!(machines.hours, Hours::Instance | Hours::Node))
        else {
            continue;
        };
        let Some(region) = line
            .subject
            .as_plain()
            .and_then(|subject| regions.get(subject))
        else {
            continue;
        };
        let sum = hours
            .entry((region, machines.instance_type.clone()))
            .or_default();
        *sum =
            Quantity::from_millionths(sum.millionths().saturating_add(line.quantity.millionths()));
    }
    hours
}

/// Terms are of Linux, or of the Linux part of a price.
fn reduced(line: BillLine, instance_type: &str) -> BillLine {
    line.of_machines(instance_type, OperatingSystem::Linux, Hours::Reduced)
}

/// What the policy's term, and spot for what tolerates it, take off `bill`.
#[must_use]
pub fn term_lines(
    bill: &Bill,
    regions: &Regions<'_>,
    interruptible: &[SpotHours],
    pricing: &Pricing<'_>,
) -> Vec<BillLine> {
    let terms = &pricing.policy.prices.terms;
    let mut hours = hours_by_type(bill, regions);
    let mut lines = Vec::new();
    for part in interruptible
        .iter()
        .filter(|part| part.hours.millionths() > 0)
    {
        let Some(region) = regions.get(part.subject.as_str()) else {
            continue;
        };
        let spot_hours = part.hours;
        if let Some(left) = hours.get_mut(&(*region, part.instance_type.clone())) {
            *left = Quantity::from_millionths(
                left.millionths()
                    .saturating_sub(spot_hours.millionths())
                    .max(0),
            );
        }
        let list = pricing
            .book
            .instance_hour(region, &part.instance_type, OperatingSystem::Linux);
        let spot = pricing.spot(region, &part.instance_type, list.clone());
        let list = pricing.adjusted(list);
        let off = RangedPrice {
            usd: list.usd.zip(spot.usd).map(|(list, spot)| spot.less(list)),
            ..spot
        };
        let item = text!("item-on-spot", type = &part.instance_type);
        let line = BillLine::new(
            Category::Terms,
            &part.subject,
            item,
            (spot_hours, Unit::InstanceHour),
            &off,
        );
        lines.push(reduced(line, &part.instance_type).because(text!("basis-interruptible")));
    }
    if terms.term == Term::None {
        return lines;
    }
    lines.extend(terms_of_tasks(bill, regions, terms));
    let coverage = thousandths(terms.coverage.get());
    for ((region, instance_type), hours) in hours {
        let covered = hours.scaled(coverage, 1_000);
        if covered.millionths() <= 0 {
            continue;
        }
        let (off, source) = match pricing.book.discount(region, &instance_type, terms) {
            Discount::Known {
                thousandths,
                source,
            } => (thousandths, source),
            Discount::Unknown { source } => {
                lines.push(unknown_discount(
                    region,
                    &instance_type,
                    covered,
                    source,
                    terms,
                ));
                continue;
            }
        };
        let list = pricing.adjusted(pricing.book.instance_hour(
            region,
            &instance_type,
            OperatingSystem::Linux,
        ));
        let part_of = |usd: Money, thousandths: u32| usd.scaled(i64::from(thousandths), 1_000);
        let price = RangedPrice {
            usd: list.usd.map(|usd| usd.map(|usd| -part_of(usd, off))),
            source,
        };
        let item = text!("item-term", type = &instance_type, term = term_name(terms.term));
        let commits = list
            .usd
            .map(|usd| part_of(usd.expected, 1_000_u32.saturating_sub(off)));
        let percent = format!("{:.1}", f64::from(off) / 10.0);
        let coverage = terms.coverage.to_string();
        let basis = match commits {
            Some(commits) => text!(
                "basis-term",
                percent = percent,
                coverage = coverage,
                commits = commits
            ),
            None => text!(
                "basis-term-unpriced",
                percent = percent,
                coverage = coverage
            ),
        };
        let line = BillLine::new(
            Category::Terms,
            region,
            item,
            (covered, Unit::InstanceHour),
            &price,
        );
        lines.push(reduced(line, &instance_type).because(basis));
    }
    lines
}

/// Reservations and Savings Plans of instances cover no tasks. A Compute Savings Plan does, at a rate that is not in
/// the price book.
fn terms_of_tasks(bill: &Bill, regions: &Regions<'_>, terms: &Terms) -> Vec<BillLine> {
    let mut hours: BTreeMap<&str, Quantity> = BTreeMap::new();
    for line in bill.lines.iter().filter(|line| line.unit == Unit::VcpuHour) {
        let region = line
            .subject
            .as_plain()
            .and_then(|subject| regions.get(subject));
        if let Some(region) = region {
            let sum = hours.entry(region).or_default();
            *sum = Quantity::from_millionths(
                sum.millionths().saturating_add(line.quantity.millionths()),
            );
        }
    }
    let unknown = |(region, hours): (&str, Quantity)| {
        let price = RangedPrice {
            usd: None,
            source: text!("source-term-of-tasks"),
        };
        let item = text!("item-term-of-tasks", term = term_name(terms.term));
        BillLine::new(
            Category::Terms,
            region,
            item,
            (hours, Unit::VcpuHour),
            &price,
        )
        .because(text!(
            "basis-term-unknown",
            coverage = terms.coverage.to_string()
        ))
    };
    hours.into_iter().map(unknown).collect()
}

/// A line without an amount: what nobody knows is not nothing.
fn unknown_discount(
    region: &str,
    instance_type: &str,
    covered: Quantity,
    source: Text,
    terms: &Terms,
) -> BillLine {
    let item = text!("item-term", type = instance_type, term = term_name(terms.term));
    let line = BillLine::new(
        Category::Terms,
        region,
        item,
        (covered, Unit::InstanceHour),
        &RangedPrice { usd: None, source },
    );
    let basis = text!("basis-term-unknown", coverage = terms.coverage.to_string());
    reduced(line, instance_type).because(basis)
}

/// As people say it.
#[must_use]
pub fn term_name(term: Term) -> Text {
    match term {
        Term::None => text!("term-none"),
        Term::OneYear => text!("term-one-year"),
        Term::OneYearConvertible => text!("term-one-year-convertible"),
        Term::ThreeYears => text!("term-three-years"),
        Term::ThreeYearsAllUpfront => text!("term-three-years-all-upfront"),
    }
}

/// What commitments that still run on `day` change of `bill`: what is covered costs the bound price instead of
/// the list's, and what is bound and not used costs it for nothing.
#[must_use]
pub fn commitment_lines(
    bill: &Bill,
    regions: &Regions<'_>,
    day: Date,
    pricing: &Pricing<'_>,
) -> Vec<BillLine> {
    let mut pools: BTreeMap<(&str, String), Money> = BTreeMap::new();
    for ((region, instance_type), hours) in hours_by_type(bill, regions) {
        let list = pricing
            .book
            .instance_hour(region, &instance_type, OperatingSystem::Linux)
            .usd;
        let family = instance_type
            .split('.')
            .next()
            .unwrap_or_default()
            .to_owned();
        let spent = list
            .and_then(|usd| usd.for_quantity(hours))
            .unwrap_or_default();
        *pools.entry((region, family)).or_default() += spent;
    }
    let active = pricing
        .policy
        .prices
        .commitments
        .iter()
        .filter(|commitment| commitment.until > day);
    active
        .flat_map(|commitment| lines_of(commitment, &mut pools, pricing))
        .collect()
}

fn lines_of(
    commitment: &Commitment,
    pools: &mut BTreeMap<(&str, String), Money>,
    pricing: &Pricing<'_>,
) -> Vec<BillLine> {
    let Commitment {
        name,
        region,
        instance_type,
        count,
        usd_per_hour,
        until,
        any_family,
    } = commitment;
    let family = instance_type.split('.').next().unwrap_or_default();
    let list = pricing
        .book
        .instance_hour(region, instance_type, OperatingSystem::Linux);
    let bound_hours = Quantity::from(count.saturating_mul(HOURS_PER_MONTH));
    let price = |usd: Option<Money>, source: Text| UnitPrice {
        usd,
        source,
        doubt: 0,
    };
    let basis = text!("basis-commitment", count = count.to_string(), type = instance_type, until = until.to_string());
    let line = |item: Text, hours, price: &UnitPrice| {
        reduced(
            BillLine::new(
                Category::Terms,
                name,
                item,
                (hours, Unit::InstanceHour),
                price,
            ),
            instance_type,
        )
        .because(basis.clone())
    };
    let Some(list_usd) = list.usd.filter(|usd| *usd > Money::ZERO) else {
        // What it takes off is unknown, and a line without an amount says so.
        return vec![line(
            text!("item-bound", type = instance_type),
            bound_hours,
            &price(None, list.source),
        )];
    };
    let mut worth = list_usd.for_quantity(bound_hours).unwrap_or_default();
    let whole = worth;
    let is_covered =
        |(place, of): &(&str, String)| place == region && (*any_family || of == family);
    for (_, left) in pools.iter_mut().filter(|(key, _)| is_covered(key)) {
        let used = worth.min(*left);
        *left = *left - used;
        worth = worth - used;
    }
    let used_hours = bound_hours.scaled((whole - worth).nanos(), whole.nanos());
    let unused_hours =
        Quantity::from_millionths(bound_hours.millionths() - used_hours.millionths());
    let mut lines = Vec::new();
    if used_hours.millionths() > 0 {
        let off = price(
            Some(*usd_per_hour - list_usd),
            text!("source-commitment-less-list"),
        );
        lines.push(line(
            text!("item-covered", type = instance_type),
            used_hours,
            &off,
        ));
    }
    if unused_hours.millionths() > 0 {
        let stranded = price(Some(*usd_per_hour), policy_source("prices.commitments"));
        let unused = line(
            text!("item-bound-unused", type = instance_type),
            unused_hours,
            &stranded,
        );
        lines.push(unused.of_machines(instance_type, OperatingSystem::Linux, Hours::Unused));
    }
    lines
}
