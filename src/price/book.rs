//! What things cost: a dated, regional price book, and the operator's own prices above it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::bases::policy_source;
use super::book_sources;
use super::term_keys::term_key;
use super::{PriceFile, UnitPrice};
use crate::catalog::{Architecture, InstanceTypes, OperatingSystem, Support};
use crate::policy::{Prices, Term, Terms};
use crate::units::Money;
use crate::wording::{Text, text};

/// Linux on-demand prices, shared tenancy, a column for each of 17 regions, of the families that Beanstalk and node
/// groups use. From a dump of AWS's price list of 2026-05-12 (AWS-EC2-Pricing-Landscape-Analysis @b7dbceb). What
/// stands behind a price says how sure it is: nothing, a second extraction has the same; `~`, only this one has it; `k`,
/// Karpenter's list of 2026-07-20, for types that came out later.
const EC2: &str = include_str!("book/ec2_linux_on_demand.csv");
/// Windows licences that do not follow the rule of [`windows_licence_by_rule`]: the difference of the Windows and the
/// Linux price in the same dump; without a region they hold where no row of that region says otherwise.
const LICENCES: &str = include_str!("book/windows_licences.csv");
/// Load balancers, volumes, Fargate, control planes; each row names its source by a code of [`book_sources`].
const SERVICES: &str = include_str!("book/services.csv");
/// What terms take off Linux on-demand, in thousandths, by region and family: standard reservations (EC2 Instance
/// Savings Plans cost the same), and convertible ones (Compute Savings Plans cost the same). `~`: derived, by the ratio
/// of the ways of paying, which was within 0.6 points of each of 118 prices that were seen.
const TERMS: &str = include_str!("book/terms.csv");

/// The day on which the embedded book was put together.
const DATE: &str = "2026-11-28";

/// The region of prices that are the same everywhere.
const EVERYWHERE: &str = "global";

/// What a term takes off an on-demand price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Discount {
    /// A price with its source, and how far others are from it.
    Known {
        /// Of the on-demand price.
        thousandths: u32,
        /// Where it is from.
        source: Text,
    },
    /// Nobody knows one, which is not the same as none.
    Unknown {
        /// What would provide it.
        source: Text,
    },
}

/// Unit prices by key: `ap-northeast-1/ec2/c5.2xlarge`, `ap-northeast-1/volume-gp3-gb-month`,
/// `global/eks-cluster-hour-standard`.
#[derive(Debug, Clone)]
pub struct PriceBook {
    prices: BTreeMap<String, UnitPrice>,
    /// Thousandths by region, family and term, and whether they are derived.
    terms: TermTable,
}

/// Thousandths of each of [`TERM_COLUMNS`] and whether they are derived, by region and family.
type TermTable = BTreeMap<(String, String), [Option<(u32, bool)>; 4]>;

/// A price book that does not parse.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "cannot read the embedded price book: {0}\nhint: this is a defect of eb2eks; please report it"
)]
pub struct PriceError(String);

impl PriceBook {
    /// The embedded book, the policy's prices laid over it, and those of a file over both.
    ///
    /// # Errors
    /// Never in a released binary: a unit test reads every row.
    pub fn new(policy: &Prices, file: Option<&PriceFile>) -> Result<Self, PriceError> {
        #[derive(Deserialize)]
        struct Licence {
            region: String,
            r#type: String,
            usd_per_hour: String,
        }
        #[derive(Deserialize)]
        struct Service {
            region: String,
            key: String,
            usd: String,
            doubt: u32,
            source: String,
        }
        let price = |usd: &str, source: Text, doubt: u32| {
            usd.parse::<Money>()
                .map(|usd| UnitPrice {
                    usd: Some(usd),
                    source,
                    doubt,
                })
                .map_err(|error| PriceError(error.to_string()))
        };
        let mut prices = BTreeMap::new();
        for_each_cell(EC2, 1, |column, row, cell| {
            let (usd, mark) = marked(cell);
            let key = format!("{column}/ec2/{}", row.iter().next().unwrap_or_default());
            let doubt = if mark == Some('~') { ONE_LIST } else { 0 };
            prices.insert(key, price(usd, book_sources::instance(mark), doubt)?);
            Ok(())
        })?;
        for row in rows::<Licence>(LICENCES)? {
            let region = if row.region.is_empty() {
                EVERYWHERE
            } else {
                &row.region
            };
            prices.insert(
                format!("{region}/windows-licence/{}", row.r#type),
                price(&row.usd_per_hour, text!("source-windows-licence"), 0)?,
            );
        }
        for row in rows::<Service>(SERVICES)? {
            prices.insert(
                format!("{}/{}", row.region, row.key),
                price(&row.usd, book_sources::service(&row.source), row.doubt)?,
            );
        }
        for (key, &usd) in &policy.overrides {
            prices.insert(key.clone(), UnitPrice::stated(usd, override_source(key)));
        }
        for (key, stated) in file.into_iter().flat_map(|file| &file.prices) {
            prices.insert(key.clone(), UnitPrice::stated(stated.usd, &stated.source));
        }
        let mut terms = TermTable::new();
        for_each_cell(TERMS, 2, |column, row, cell| {
            let (thousandths, mark) = marked(cell);
            let thousandths = thousandths
                .parse()
                .map_err(|_| PriceError(format!("\"{cell}\" is no discount")))?;
            let part = |place: usize| row.get(place).unwrap_or_default().to_owned();
            let place = TERM_COLUMNS.iter().position(|name| *name == column);
            if let Some(slot) =
                place.and_then(|place| terms.entry((part(0), part(1))).or_default().get_mut(place))
            {
                *slot = Some((thousandths, mark.is_some()));
            }
            Ok(())
        })?;
        Ok(Self { prices, terms })
    }

    /// The day on which its prices were put together, as ISO 8601 writes it.
    #[must_use]
    pub const fn date() -> &'static str {
        DATE
    }

    /// What a term takes off an instance type's on-demand price: by the price of the type under that term where it is
    /// stated, else the policy's discount of its family, else the book's.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of thousandths"
    )]
    pub fn discount(&self, region: &str, instance_type: &str, terms: &Terms) -> Discount {
        let family = instance_type.split('.').next().unwrap_or_default();
        let place = match terms.term {
            Term::OneYear | Term::None => 0,
            Term::OneYearConvertible => 1,
            Term::ThreeYears => 2,
            Term::ThreeYearsAllUpfront => 3,
        };
        let kind = term_key(terms.term).unwrap_or_default();
        if let Some((thousandths, source)) = self.stated_discount(region, kind, instance_type) {
            return Discount::Known {
                thousandths,
                source,
            };
        }
        if let Some(share) = terms.discounts.get(family) {
            return Discount::Known {
                thousandths: (share.get() * 1_000.0).round() as u32,
                source: policy_source(&format!("prices.terms.discounts.{family}")),
            };
        }
        let known = self.terms.get(&(region.to_owned(), family.to_owned()));
        match known.and_then(|known| known.get(place).copied().flatten()) {
            Some((thousandths, is_derived)) => Discount::Known {
                thousandths,
                source: if is_derived {
                    text!("source-term-derived", region = region, family = family)
                } else {
                    text!("source-term", region = region, family = family)
                },
            },
            None => Discount::Unknown {
                source: text!(
                    "source-no-discount",
                    key = format!("{region}/{kind}/{instance_type}"),
                    family = family
                ),
            },
        }
    }

    fn stated_discount(
        &self,
        region: &str,
        kind: &str,
        instance_type: &str,
    ) -> Option<(u32, Text)> {
        let bound = self
            .prices
            .get(&format!("{region}/{kind}/{instance_type}"))?;
        let (bound_usd, list) = (
            bound.usd?.nanos(),
            self.prices
                .get(&format!("{region}/ec2/{instance_type}"))?
                .usd?
                .nanos(),
        );
        // A term that costs more than the list takes nothing off.
        let off = i128::from(list.saturating_sub(bound_usd).max(0)) * 1_000 + i128::from(list / 2);
        let off = u32::try_from(off / i128::from(list.max(1))).ok()?;
        Some((
            off,
            text!("source-term-beside-list", source = bound.source.clone()),
        ))
    }

    /// The price of any key, in the region or everywhere.
    #[must_use]
    pub fn of(&self, region: &str, key: &str) -> UnitPrice {
        let regional = format!("{region}/{key}");
        match self
            .prices
            .get(&regional)
            .or_else(|| self.prices.get(&format!("{EVERYWHERE}/{key}")))
        {
            Some(price) => price.clone(),
            None => unknown(&regional),
        }
    }

    /// An hour of a spot instance, where somebody stated one.
    #[must_use]
    pub fn spot_hour(&self, region: &str, instance_type: &str) -> Option<UnitPrice> {
        self.prices
            .get(&format!("{region}/ec2-spot/{instance_type}"))
            .cloned()
    }

    /// Linux types that have a price in the region.
    pub fn instance_types<'a>(&'a self, region: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let prefix = format!("{region}/ec2/");
        let after = prefix.clone();
        self.prices
            .range(prefix..)
            .map_while(move |(key, _)| key.strip_prefix(&after))
    }

    /// An hour of an instance, on-demand, with its licence.
    #[must_use]
    pub fn instance_hour(
        &self,
        region: &str,
        instance_type: &str,
        operating_system: OperatingSystem,
    ) -> UnitPrice {
        let linux = self.look_up(&format!("{region}/ec2/{instance_type}"));
        if operating_system == OperatingSystem::Linux {
            return linux;
        }
        let key = format!("{region}/ec2-windows/{instance_type}");
        if let Some(price) = self.prices.get(&key) {
            return price.clone();
        }
        let licence = self.windows_licence(region, instance_type);
        match (linux.usd, licence) {
            (Some(linux_usd), Some((licence, source))) => UnitPrice {
                usd: Some(linux_usd + licence),
                source: text!(
                    "source-with-licence",
                    source = linux.source,
                    licence = source
                ),
                doubt: linux.doubt,
            },
            _ => unknown(&key),
        }
    }

    /// A GB-month of a volume type.
    #[must_use]
    pub fn volume_gb_month(&self, region: &str, volume_type: &str) -> UnitPrice {
        self.look_up(&format!("{region}/volume-{volume_type}-gb-month"))
    }

    /// An hour of a load balancer of that kind, without traffic.
    #[must_use]
    pub fn load_balancer_hour(&self, region: &str, kind: &str) -> UnitPrice {
        self.look_up(&format!("{region}/{kind}-load-balancer-hour"))
    }

    /// What EKS Auto Mode takes for an hour of a node, where somebody stated it.
    #[must_use]
    pub fn auto_mode_hour(&self, region: &str, instance_type: &str) -> Option<UnitPrice> {
        self.prices
            .get(&format!("{region}/eks-auto-mode/{instance_type}"))
            .cloned()
    }

    /// An hour of an EKS control plane. After extended support EKS upgrades by force, at the extended price till then.
    #[must_use]
    pub fn control_plane_hour(&self, region: &str, support: Support) -> UnitPrice {
        let key = match support {
            Support::Standard => "eks-cluster-hour-standard",
            Support::Extended | Support::Ended => "eks-cluster-hour-extended",
        };
        self.of(region, key)
    }

    fn look_up(&self, key: &str) -> UnitPrice {
        self.prices
            .get(key)
            .cloned()
            .unwrap_or_else(|| unknown(key))
    }

    fn windows_licence(&self, region: &str, instance_type: &str) -> Option<(Money, Text)> {
        let of = |place: &str| {
            self.prices
                .get(&format!("{place}/windows-licence/{instance_type}"))
        };
        of(region)
            .or_else(|| of(EVERYWHERE))
            .and_then(|price| Some((price.usd?, price.source.clone())))
            .or_else(|| windows_licence_by_rule(instance_type))
    }
}

/// The source of a price that the policy sets: with its key, so that one that no line uses can be told.
#[must_use]
pub fn override_source(key: &str) -> Text {
    policy_source(&format!("prices.overrides.\"{key}\""))
}

/// How far a price may be off that only one extraction of the list has, in thousandths. Of 6,415 such prices that a
/// second one has, 12 differ, all of a family whose price AWS had cut since.
const ONE_LIST: u32 = 10;

/// The columns of [`TERMS`] behind region and family.
const TERM_COLUMNS: [&str; 4] = [
    "one_year",
    "one_year_convertible",
    "three_years",
    "three_years_all_upfront",
];

/// A number of a table, and the mark behind it.
fn marked(cell: &str) -> (&str, Option<char>) {
    match cell.chars().last() {
        Some(mark @ ('~' | 'k')) => (cell.trim_end_matches(mark), Some(mark)),
        _ => (cell, None),
    }
}

/// Every cell of a table that is not empty, behind the first `names` columns, with its column and its row.
fn for_each_cell(
    table: &str,
    names: usize,
    mut take: impl FnMut(&str, &csv::StringRecord, &str) -> Result<(), PriceError>,
) -> Result<(), PriceError> {
    let wrong = |error: csv::Error| PriceError(error.to_string());
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header = reader.headers().map_err(wrong)?.clone();
    for row in reader.records() {
        let row = row.map_err(wrong)?;
        for (column, cell) in header.iter().zip(&row).skip(names) {
            if !cell.is_empty() {
                take(column, &row, cell)?;
            }
        }
    }
    Ok(())
}

/// Nobody knows it; never free.
fn unknown(key: &str) -> UnitPrice {
    UnitPrice {
        usd: None,
        doubt: 0,
        source: text!("source-unknown", key = key, day = DATE),
    }
}

/// $0.046 for each vCPU and hour. Source: the difference of the Windows and the Linux price of every type in the dump
/// of 2026-05, but for those of [`LICENCES`]. Graviton has no Windows.
fn windows_licence_by_rule(instance_type: &str) -> Option<(Money, Text)> {
    const PER_VCPU: Money = Money::from_nanos(46_000_000);
    let shape = InstanceTypes::embedded().get(instance_type)?;
    (shape.architecture == Architecture::Amd64).then(|| {
        (
            PER_VCPU.times(i64::from(shape.vcpu)),
            text!("source-windows-licence-by-rule"),
        )
    })
}

fn rows<T: serde::de::DeserializeOwned>(table: &str) -> Result<Vec<T>, PriceError> {
    csv::Reader::from_reader(table.as_bytes())
        .into_deserialize()
        .collect::<Result<_, _>>()
        .map_err(|error| PriceError(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy;

    fn book(policy: &str) -> PriceBook {
        PriceBook::new(&policy::read("p", policy).expect("valid").prices, None)
            .expect("the embedded book parses")
    }

    fn usd(text: &str) -> Option<Money> {
        Some(text.parse().expect("an amount"))
    }

    #[test]
    fn tokyo_prices_are_those_of_the_list() {
        let book = book("");
        assert_eq!(
            book.instance_hour("ap-northeast-1", "c5.2xlarge", OperatingSystem::Linux)
                .usd,
            usd("0.428")
        );
        // 0.428 + 8 x 0.046
        assert_eq!(
            book.instance_hour("ap-northeast-1", "c5.2xlarge", OperatingSystem::Windows)
                .usd,
            usd("0.796")
        );
        // The rule does not hold for generation 3 in Tokyo: 0.146 - 0.096 in the offer file, not 0.046.
        assert_eq!(
            book.windows_licence("ap-northeast-1", "m3.medium")
                .map(|(price, _)| price),
            usd("0.05")
        );
        assert_eq!(
            book.windows_licence("ap-northeast-1", "t3.medium")
                .map(|(price, _)| price),
            usd("0.0184")
        );
    }

    #[test]
    fn every_source_is_in_words() {
        let book = book("");
        let plain: Vec<_> = book
            .prices
            .values()
            .filter_map(|price| price.source.as_plain())
            .collect();
        assert!(plain.is_empty(), "{plain:?}");
    }

    #[test]
    fn a_family_whose_discount_nobody_knows_has_none_that_counts_as_nothing() {
        let terms = policy::defaults().expect("the shipped policy").prices.terms;
        let of = |name: &str| book("").discount("ap-northeast-1", name, &terms);
        let thousandths = |name| match of(name) {
            Discount::Known { thousandths, .. } => Some(thousandths),
            Discount::Unknown { .. } => None,
        };
        // 0.270 of 0.428 in AWS's list since 2020-04; that of 2019 had 0.308.
        assert_eq!(thousandths("c5.2xlarge"), Some(370));
        assert_eq!(thousandths("m7i.large"), Some(338));
        assert_eq!(thousandths("c5d.large"), None);
    }

    #[test]
    fn what_is_not_in_the_book_is_unknown_and_says_which_key_would_help() {
        let classic = book("").load_balancer_hour("ap-south-1", "classic");
        assert_eq!(classic.usd, None);
        assert!(
            classic
                .source
                .to_string()
                .contains("ap-south-1/classic-load-balancer-hour"),
            "{}",
            classic.source
        );
        assert_eq!(
            book("")
                .instance_hour("ap-northeast-1", "p9.huge", OperatingSystem::Windows)
                .usd,
            None
        );
    }

    #[test]
    fn the_operators_prices_win() {
        let own = "[prices]\noverrides = { \"ap-northeast-1/ec2/c5.2xlarge\" = \"0.3\", \"ap-northeast-1/classic-load-balancer-hour\" = \"0.027\" }\n";
        let book = book(own);
        assert_eq!(
            book.instance_hour("ap-northeast-1", "c5.2xlarge", OperatingSystem::Linux)
                .usd,
            usd("0.3")
        );
        assert_eq!(
            book.load_balancer_hour("ap-northeast-1", "classic").usd,
            usd("0.027")
        );
    }

    #[test]
    fn the_method_tells_the_date_of_the_book() {
        assert!(
            include_str!("../../docs/METHOD.md").contains(&format!("the book is dated {DATE}"))
        );
    }

    #[test]
    fn old_kubernetes_versions_cost_six_times_as_much() {
        assert_eq!(
            book("")
                .control_plane_hour("eu-west-1", Support::Standard)
                .usd,
            usd("0.1")
        );
        assert_eq!(
            book("")
                .control_plane_hour("eu-west-1", Support::Extended)
                .usd,
            usd("0.6")
        );
    }
}
