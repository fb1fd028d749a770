//! Choices about money that no bill could follow.

use super::{Currency, Estimate, Migration, Policy, Prices};
use crate::units::Money;

/// Beyond this no estimate of the policy means anything, and products stay far from the end of the integers.
const MOST: f64 = 1e6;

/// The dearest unit that is taken for a price: more than twice what an hour of the largest machine costs (u7in-32tb,
/// about $407). A thousand of them for a month stay below what [`Money`] holds.
pub const MOST_PRICE: Money = Money::from_cents(100_000);
/// An agent on a machine for a month, a day of work, an hour of a commitment.
const MOST_RATE: Money = Money::from_cents(10_000_000);
/// What is paid once, or a month beside everything else.
const MOST_AMOUNT: Money = Money::from_cents(10_000_000_000);

/// The first such choice, with its key.
pub(super) fn refused(policy: &Policy) -> Option<(&'static str, String)> {
    impossible_price(policy)
        .or_else(|| wrong_estimate(&policy.prices, &policy.migration))
        .or_else(|| wrong_commitment(&policy.prices))
        .or_else(|| wrong_move(&policy.migration))
        .or_else(|| wrong_currency(&policy.currency))
}

/// A price below zero would be a saving that nobody pays, one beyond all others a slip of the pen.
fn impossible_price(policy: &Policy) -> Option<(&'static str, String)> {
    let Prices {
        overrides,
        host_agents,
        extra,
        commitments,
        ..
    } = &policy.prices;
    let overridden = overrides
        .iter()
        .map(|(key, price)| ("prices.overrides", key.as_str(), *price, MOST_PRICE));
    let agents = host_agents.iter().map(|agent| {
        (
            "prices.host_agents",
            agent.name.as_str(),
            agent.usd_per_host_month,
            MOST_RATE,
        )
    });
    let extra = extra.iter().flat_map(|extra| {
        [extra.today_usd_month, extra.after_usd_month]
            .map(|usd| ("prices.extra", extra.name.as_str(), usd, MOST_AMOUNT))
    });
    let committed = commitments.iter().map(|commitment| {
        (
            "prices.commitments",
            commitment.name.as_str(),
            commitment.usd_per_hour,
            MOST_RATE,
        )
    });
    let once = policy.migration.one_off.iter().map(|cost| {
        (
            "migration.one_off",
            cost.name.as_str(),
            cost.usd,
            MOST_AMOUNT,
        )
    });
    let day = (
        "migration.usd_per_day",
        "a day",
        policy.migration.usd_per_day,
        MOST_RATE,
    );
    overridden
        .chain(agents)
        .chain(extra)
        .chain(committed)
        .chain(once)
        .chain([day])
        .find_map(|(key, name, price, most)| {
            let why = if price.is_negative() {
                "a price is not negative".to_owned()
            } else if price > most {
                format!("more than {most} is taken for a slip of the pen")
            } else {
                return None;
            };
            Some((key, format!("\"{name}\" costs {price}; {why}")))
        })
}

fn wrong_estimate(prices: &Prices, migration: &Migration) -> Option<(&'static str, String)> {
    let estimates: [(&'static str, &Estimate, f64); 12] = [
        (
            "prices.connections_per_request",
            &prices.connections_per_request,
            1.0,
        ),
        (
            "prices.connection_seconds",
            &prices.connection_seconds,
            86_400.0,
        ),
        (
            "prices.kilobytes_per_request",
            &prices.kilobytes_per_request,
            MOST,
        ),
        (
            "prices.log_gb_per_instance_month",
            &prices.log_gb_per_instance_month,
            MOST,
        ),
        (
            "prices.nat_gb_per_environment_month",
            &prices.nat_gb_per_environment_month,
            MOST,
        ),
        ("prices.spot_price_share", &prices.spot_price_share, 1.0),
        (
            "prices.auto_mode_fee_share",
            &prices.auto_mode_fee_share,
            1.0,
        ),
        ("migration.parallel_weeks", &migration.parallel_weeks, 520.0),
        (
            "migration.preparation_days",
            &migration.preparation_days,
            MOST,
        ),
        (
            "migration.days_per_small_app",
            &migration.days_per_small_app,
            MOST,
        ),
        ("migration.days_per_app", &migration.days_per_app, MOST),
        (
            "migration.days_per_large_app",
            &migration.days_per_large_app,
            MOST,
        ),
    ];
    estimates.into_iter().find(|(_, estimate, most)| !estimate.is_sound(*most)).map(|(key, estimate, most)| {
        let Estimate { low, expected, high } = estimate;
        (key, format!("{low}, {expected}, {high} is no estimate; allowed are low, expected and high from 0 to {most}, in that order"))
    })
}

fn wrong_commitment(prices: &Prices) -> Option<(&'static str, String)> {
    prices.commitments.iter().find_map(|commitment| {
        let message = if commitment.count == 0 || commitment.count > 100_000 {
            format!(
                "\"{}\" binds {} instances; from 1 to 100000",
                commitment.name, commitment.count
            )
        } else if commitment.instance_type.split_once('.').is_none() {
            format!(
                "\"{}\" names no instance type such as m5.large, but \"{}\"",
                commitment.name, commitment.instance_type
            )
        } else {
            return None;
        };
        Some(("prices.commitments", message))
    })
}

fn wrong_move(migration: &Migration) -> Option<(&'static str, String)> {
    let rules = [
        (
            migration.apps_per_wave == 0,
            "migration.apps_per_wave",
            "at least 1",
        ),
        (
            !(1..=52).contains(&migration.weeks_per_wave),
            "migration.weeks_per_wave",
            "from 1 to 52",
        ),
        (
            migration.preparation_weeks > 520,
            "migration.preparation_weeks",
            "at most 520",
        ),
        (
            !(1..=120).contains(&migration.horizon_months),
            "migration.horizon_months",
            "from 1 to 120",
        ),
    ];
    rules
        .into_iter()
        .find_map(|(is_broken, key, message)| is_broken.then(|| (key, message.to_owned())))
}

fn wrong_currency(currency: &Currency) -> Option<(&'static str, String)> {
    let Currency {
        code,
        per_usd,
        rate_date,
        ..
    } = currency;
    if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Some((
            "currency.code",
            format!("\"{code}\" is no ISO 4217 code such as JPY"),
        ));
    }
    if *per_usd <= Money::ZERO || *per_usd > Money::from_cents(10_000_000) {
        return Some((
            "currency.per_usd",
            format!("{per_usd} is no rate; more than 0, at most 100000"),
        ));
    }
    if code == "USD" {
        let is_one = *per_usd == Money::from_cents(100);
        return (!is_one).then(|| ("currency.per_usd", "a dollar is 1.00 dollars".to_owned()));
    }
    if rate_date.is_empty() {
        let message = format!(
            "{code} needs its rate and the rate's date too: currency.per_usd and currency.rate_date"
        );
        return Some(("currency.code", message));
    }
    let is_date = rate_date.parse::<jiff::civil::Date>().is_ok();
    (!is_date).then(|| {
        (
            "currency.rate_date",
            format!(
                "\"{rate_date}\" is no date; a rate without its date says nothing: \"2026-11-20\""
            ),
        )
    })
}
