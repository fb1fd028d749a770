//! What things cost: a dated, regional price book, and the operator's own prices above it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::bases::policy_source;
use super::book_sources;
use super::term_keys::term_key;
use super::{PriceFile, UnitPrice};
use crate::catalog::{InstanceTypes, OperatingSystem, Support};
use crate::policy::{Prices, Term, Terms};
use crate::units::Money;
use crate::wording::{Text, text};

/// Linux on-demand prices of 17 regions; each row names its origin (karpenter-provider-aws 2026-07,
/// libcloud 3.9.1 of 2025-03 checked against it, libcloud 3.5.1 of 2022-03, or derived from the family).
const EC2: &str = include_str!("book/ec2_linux_on_demand.csv");
/// Windows licences that do not follow the rule of [`windows_licence_by_rule`]: the difference of the
/// Windows and the Linux price in AWS's offer file of 2019-04.
const LICENCES: &str = include_str!("book/windows_licences.csv");
/// Load balancers, volumes, control planes; each row names its source by a code of [`book_sources`].
const SERVICES: &str = include_str!("book/services.csv");

/// The day on which the embedded book was put together.
const DATE: &str = "2026-11-22";

/// The region of prices that are the same everywhere.
const EVERYWHERE: &str = "global";

/// What a reservation took off in 2019-04, by region and family, in thousandths of the on-demand price.
const RESERVED: &str = include_str!("book/reserved_2019.csv");

/// Unit prices by key: `ap-northeast-1/ec2/c5.2xlarge`, `ap-northeast-1/volume-gp3-gb-month`,
/// `global/eks-cluster-hour-standard`.
#[derive(Debug, Clone)]
pub struct PriceBook {
    prices: BTreeMap<String, UnitPrice>,
    /// Thousandths by region, family and term.
    reserved: BTreeMap<(String, String), [Option<u32>; 4]>,
}

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
        struct Instance {
            region: String,
            r#type: String,
            usd_per_hour: String,
            provenance: String,
        }
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
        #[derive(Deserialize)]
        struct Reserved {
            region: String,
            family: String,
            one_year: Option<u32>,
            one_year_convertible: Option<u32>,
            three_years: Option<u32>,
            three_years_all_upfront: Option<u32>,
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
        for row in rows::<Instance>(EC2)? {
            let doubt = doubt_of(&row.provenance);
            prices.insert(
                format!("{}/ec2/{}", row.region, row.r#type),
                price(
                    &row.usd_per_hour,
                    book_sources::provenance(&row.provenance),
                    doubt,
                )?,
            );
        }
        for row in rows::<Licence>(LICENCES)? {
            let source = text!("source-windows-licence");
            prices.insert(
                format!("{}/windows-licence/{}", row.region, row.r#type),
                price(&row.usd_per_hour, source, OLD_LIST)?,
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
        let reserved = rows::<Reserved>(RESERVED)?.into_iter();
        let reserved = reserved.map(|row| {
            (
                (row.region, row.family),
                [
                    row.one_year,
                    row.one_year_convertible,
                    row.three_years,
                    row.three_years_all_upfront,
                ],
            )
        });
        Ok(Self {
            prices,
            reserved: reserved.collect(),
        })
    }

    /// The book's date.
    #[must_use]
    pub const fn date() -> &'static str {
        DATE
    }

    /// What `term` takes off an instance type's on-demand price, in thousandths: by the price of the type under that
    /// term where somebody stated it, else the policy's discount of its family, else that of 2019. With it, where it
    /// is from.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of thousandths"
    )]
    pub fn discount(
        &self,
        region: &str,
        instance_type: &str,
        terms: &Terms,
    ) -> Option<(u32, Text)> {
        let (family, _) = instance_type.split_once('.')?;
        let place = match terms.term {
            Term::None => return None,
            Term::OneYear => 0,
            Term::OneYearConvertible => 1,
            Term::ThreeYears => 2,
            Term::ThreeYearsAllUpfront => 3,
        };
        if let Some(stated) =
            term_key(terms.term).and_then(|kind| self.stated_discount(region, kind, instance_type))
        {
            return Some(stated);
        }
        if let Some(share) = terms.discounts.get(family) {
            return Some((
                (share.get() * 1_000.0).round() as u32,
                policy_source(&format!("prices.terms.discounts.{family}")),
            ));
        }
        let known = self
            .reserved
            .get(&(region.to_owned(), family.to_owned()))?
            .get(place)
            .copied()
            .flatten()?;
        Some((
            known,
            text!("source-reserved", region = region, family = family),
        ))
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
                doubt: linux.doubt.max(OLD_LIST),
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
        let stated = self
            .prices
            .get(&format!("{region}/windows-licence/{instance_type}"));
        stated
            .and_then(|price| Some((price.usd?, price.source.clone())))
            .or_else(|| windows_licence_by_rule(instance_type))
    }
}

/// The source of a price that the policy sets: with its key, so that one that no line uses can be told.
#[must_use]
pub fn override_source(key: &str) -> Text {
    policy_source(&format!("prices.overrides.\"{key}\""))
}

/// How far a price of an old list may be off, in thousandths. Of the 494 types of us-east-1 that lists of
/// 2022-03 and 2026-07 both have, 484 cost the same; what changed there changed by a few per cent.
const OLD_LIST: u32 = 50;

/// How far a price may be off, by the list that it is from.
fn doubt_of(provenance: &str) -> u32 {
    match provenance {
        // Derived from another size of the family.
        derived if derived.starts_with("derived") => 100,
        old if old.contains("2022-03") => OLD_LIST,
        _ => 0,
    }
}

/// Nobody knows it; never free.
fn unknown(key: &str) -> UnitPrice {
    UnitPrice {
        usd: None,
        doubt: 0,
        source: text!("source-unknown", key = key, day = DATE),
    }
}

/// $0.046 for each vCPU and hour, for the general, compute and memory families of generations 4 to 7.
/// Source: the difference of Windows and Linux prices in AWS's offer file of 2019-04 (every type of
/// these families in 16 regions, but the odd c4.8xlarge) and in price tables of 2023 for generations 6 and 7.
fn windows_licence_by_rule(instance_type: &str) -> Option<(Money, Text)> {
    const PER_VCPU: Money = Money::from_nanos(46_000_000);
    let (family, _) = instance_type.split_once('.')?;
    let generation = family
        .strip_prefix(['m', 'c', 'r'])?
        .chars()
        .next()?
        .to_digit(10)?;
    if !(4..=7).contains(&generation) || family.contains("flex") {
        return None;
    }
    let vcpu = InstanceTypes::embedded().get(instance_type)?.vcpu;
    Some((
        PER_VCPU.times(i64::from(vcpu)),
        text!("source-windows-licence-by-rule"),
    ))
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
        let is_list = |name: &str| name.starts_with("libcloud-") || name.starts_with("karpenter-");
        let book = book("");
        let plain: Vec<_> = book
            .prices
            .values()
            .filter_map(|price| price.source.as_plain())
            .filter(|name| !is_list(name))
            .collect();
        assert!(plain.is_empty(), "{plain:?}");
    }

    #[test]
    fn what_is_not_in_the_book_is_unknown_and_says_which_key_would_help() {
        let classic = book("").load_balancer_hour("ap-northeast-1", "classic");
        assert_eq!(classic.usd, None);
        assert!(
            classic
                .source
                .to_string()
                .contains("ap-northeast-1/classic-load-balancer-hour"),
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
