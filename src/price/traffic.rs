//! What requests cost at a load balancer: capacity units, and data processed by classic ones.
//!
//! AWS bills the dimension that is highest in each hour. All of them grow with the requests, so the one that
//! is highest is so at any rate, and a mean rate is enough.

use super::{Driver, Levels, ThreePoint};
use crate::policy::Level;
use crate::policy::Prices;
use crate::units::{HOURS_PER_MONTH, Quantity};
use crate::wording::{Text, text};

/// What one capacity unit carries.
/// Source: AWS, Elastic Load Balancing pricing: LCU and NLCU for TCP.
struct Unit {
    new_connections_per_second: f64,
    active_connections: f64,
    gigabytes_per_hour: f64,
}

const APPLICATION: Unit = Unit {
    new_connections_per_second: 25.0,
    active_connections: 3_000.0,
    gigabytes_per_hour: 1.0,
};
const NETWORK: Unit = Unit {
    new_connections_per_second: 800.0,
    active_connections: 100_000.0,
    gigabytes_per_hour: 1.0,
};
/// Rule evaluations a second in an LCU, and the rules of each request that are free.
const RULE_EVALUATIONS: f64 = 1_000.0;
const FREE_RULES: u32 = 10;

/// What a balancer's capacity is measured by.
#[derive(Debug, Clone, Copy)]
enum Dimension {
    New,
    Active,
    Bytes,
    Rules,
}

/// How requests became capacity units.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Capacity {
    /// LCU-hours of a month.
    pub(super) lcu_hours: ThreePoint<Quantity>,
    /// How the quantity was found, for the line of the bill.
    pub(super) basis: Text,
}

/// Capacity units of `requests_per_second` at a balancer of that kind, with `rules` rules in front of each request.
#[must_use]
pub(super) fn capacity(
    kind: &str,
    requests_per_second: f64,
    rules: u32,
    prices: &Prices,
    levels: &Levels,
) -> Capacity {
    let units = levels
        .of(Driver::Traffic)
        .map(|level| capacity_units(kind, requests_per_second, rules, prices, level));
    let rate = requests_per_second.to_string();
    let basis = match units.expected.1 {
        Dimension::New => text!("basis-capacity-by-new-connections", rate = rate),
        Dimension::Active => text!("basis-capacity-by-active-connections", rate = rate),
        Dimension::Bytes => text!("basis-capacity-by-bytes", rate = rate),
        Dimension::Rules => text!("basis-capacity-by-rules", rate = rate),
    };
    Capacity {
        lcu_hours: units.map(|(units, _)| Quantity::estimated(units * f64::from(HOURS_PER_MONTH))),
        basis,
    }
}

/// Of the dimension that is highest, and which that is.
fn capacity_units(
    kind: &str,
    requests_per_second: f64,
    rules: u32,
    prices: &Prices,
    level: Level,
) -> (f64, Dimension) {
    let unit = if kind == "network" {
        NETWORK
    } else {
        APPLICATION
    };
    let connections = requests_per_second * prices.connections_per_request.at(level);
    let seconds = prices.connection_seconds.at(level);
    let gigabytes = requests_per_second * prices.kilobytes_per_request.at(level) * 3_600.0 / 1e6;
    let evaluated = if kind == "network" {
        0
    } else {
        rules.saturating_sub(FREE_RULES)
    };
    let dimensions = [
        (
            connections / unit.new_connections_per_second,
            Dimension::New,
        ),
        (
            connections * seconds / unit.active_connections,
            Dimension::Active,
        ),
        (gigabytes / unit.gigabytes_per_hour, Dimension::Bytes),
        (
            requests_per_second * f64::from(evaluated) / RULE_EVALUATIONS,
            Dimension::Rules,
        ),
    ];
    dimensions
        .into_iter()
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .unwrap_or((0.0, Dimension::Bytes))
}

/// Gigabytes of a month that a classic balancer processes.
#[must_use]
pub(super) fn gigabytes(
    requests_per_second: f64,
    prices: &Prices,
    levels: &Levels,
) -> ThreePoint<Quantity> {
    let kilobytes = levels.of(Driver::Traffic).of(&prices.kilobytes_per_request);
    let month = 3_600.0 * f64::from(HOURS_PER_MONTH) / 1e6;
    kilobytes.map(|each| Quantity::estimated(requests_per_second * each * month))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy;

    #[test]
    fn the_highest_dimension_is_billed() {
        let prices = policy::defaults().expect("the shipped policy").prices;
        let units = |kind, rate, rules| {
            capacity(kind, rate, rules, &prices, &Levels::EXPECTED)
                .lcu_hours
                .expected
                .to_string()
        };
        // 50 a second: 10 connections / 25 = 0.4; 10 x 60 / 3,000 = 0.2; 50 x 20 kB x 3,600 = 3.6 GB an hour.
        assert_eq!(units("application", 50.0, 1), "2628", "3.6 x 730");
        // 1,000 rules before each: 50 x 990 / 1,000 = 49.5.
        assert_eq!(units("application", 50.0, 1_000), "36135");
        assert_eq!(units("network", 50.0, 1_000), "2628");
        let low = capacity("application", 50.0, 1, &prices, &Levels::RANGED)
            .lcu_hours
            .low;
        // 2 kB: 0.36 GB; connections 2.5 / 25 = 0.1.
        assert_eq!(low.to_string(), "262.8");
        assert_eq!(
            gigabytes(50.0, &prices, &Levels::EXPECTED)
                .expected
                .to_string(),
            "2628"
        );
    }
}
