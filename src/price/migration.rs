//! The move: waves, both systems side by side, people's days, and when it has paid for itself.
//!
//! Time is counted in days from the start of the preparation; a month has 365 / 12 of them. Everything is
//! integer arithmetic on bill lines, so each month of the curve adds up to the cent.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bases::policy_source;
use super::{Bill, BillKey, BillLine, Category, Driver, Pricing, ThreePoint, Unit, UnitPrice};
use crate::policy::Estimate;
use crate::units::{Money, Quantity};
use crate::wording::{Text, text};

/// How much work an environment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveEffort {
    /// Stateless, measured, nothing to look at.
    Small,
    /// Neither small nor large: the usual environment.
    Medium,
    /// Windows, or something that needs a human.
    Large,
}

/// An environment that moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppToMove<'a> {
    /// As its bill lines call it.
    pub label: &'a str,
    /// Those of a phase go before those of the next.
    pub phase: u32,
    /// Staging goes first in its phase.
    pub is_staging: bool,
    /// How much work it is.
    pub effort: MoveEffort,
    /// Its share of what all pods request, in millionths.
    pub weight: u64,
}

/// Environments that move in the same weeks, and the people that it takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct MoveWave {
    /// Its place, counted from 1.
    pub number: u32,
    /// Days from the start of the preparation to its pods running.
    pub starts_on_day: u32,
    /// Days to the end of its environments on Beanstalk.
    pub ends_on_day: u32,
    /// As bills call them.
    pub environments: Vec<String>,
    /// People's days, in thousandths.
    pub people_days: Quantity,
}

/// One month of the curve. Net is what staying would have cost less everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct CurveMonth {
    /// Its place, counted from 1.
    pub month: u32,
    /// What the month costs if nothing moves.
    pub stay: Money,
    /// What is still on Beanstalk.
    pub beanstalk: Money,
    /// Clusters, as far as they are filled.
    pub clusters: Money,
    /// What commitments change, beside what they change if nothing moves.
    pub commitments: Money,
    /// People, and costs that come once.
    pub once: Money,
    /// stay - beanstalk - clusters - commitments - once.
    pub net: Money,
    /// All nets up to this month.
    pub cumulative: Money,
}

/// The move as a project: its waves, what it costs once, and month by month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Move {
    /// In the order in which they move.
    pub waves: Vec<MoveWave>,
    /// People's days and costs that come once.
    pub once: Bill,
    /// What the clusters and Beanstalk together cost more than staying would have, up to the end of the last wave:
    /// both running side by side, and what apps that have moved already cost more or less than before.
    pub double_running: Money,
    /// By month, to the horizon of the policy.
    pub curve: Vec<CurveMonth>,
    /// The first month from which on the move has paid for itself, up to the horizon; absent: never within it.
    pub break_even_month: Option<u32>,
}

/// What the move is made of.
#[derive(Debug, Clone, Copy)]
pub struct MoveInputs<'a> {
    /// The environments that move, with the days that each takes.
    pub apps: &'a [AppToMove<'a>],
    /// At list prices, a month.
    pub today: &'a Bill,
    /// At list prices, a month.
    pub after: &'a Bill,
    /// What commitments change in each month: if nothing moves, and after the move.
    pub commitments: &'a [(Money, Money)],
}

const DAYS_PER_WEEK: u32 = 7;

/// Waves, double running, people, and the curve.
#[must_use]
pub fn plan_move(inputs: &MoveInputs<'_>, pricing: &Pricing<'_>) -> Move {
    let rules = &pricing.policy.migration;
    let waves = waves(inputs.apps, pricing);
    let once = Bill::new(BillKey::Move, once_lines(inputs.apps, &waves, pricing));
    let parts = CostsByWave::of(inputs, &waves);
    let preparation = rules.preparation_weeks.saturating_mul(DAYS_PER_WEEK);
    let last_day = waves
        .iter()
        .map(|wave| wave.ends_on_day)
        .max()
        .unwrap_or(preparation);
    let first_day_of = |month: u32| month.saturating_mul(365) / 12;
    let mut curve = Vec::new();
    let mut cumulative = Money::ZERO;
    let mut double_running = Money::ZERO;
    let (mut once_paid, people_end) = (
        Money::ZERO,
        waves
            .iter()
            .map(|wave| wave.starts_on_day)
            .max()
            .unwrap_or(0)
            .max(preparation)
            .max(1),
    );
    for month in 1..=rules.horizon_months {
        let (from, to) = (first_day_of(month - 1), first_day_of(month));
        let beanstalk = parts.beanstalk(from, to);
        let clusters = parts.clusters(from, to);
        let (kept, changed) = inputs
            .commitments
            .get(month as usize - 1)
            .copied()
            .unwrap_or_default();
        // Paid evenly until the last wave has begun; the rest of rounding with the last of it.
        let paid_by_then = once
            .total
            .scaled(i64::from(to.min(people_end)), i64::from(people_end))
            .whole_cents();
        let paid = paid_by_then - once_paid;
        once_paid = paid_by_then;
        // The share of the environments that have left Beanstalk decides between the two effects of commitments.
        let left = parts.left_thousandths(from, to);
        let commitments = (changed - kept).scaled(left, 1_000).whole_cents();
        let stay = inputs.today.total;
        let net = stay - beanstalk - clusters - commitments - paid;
        cumulative += net;
        if from < last_day {
            double_running += beanstalk + clusters - stay;
        }
        curve.push(CurveMonth {
            month,
            stay,
            beanstalk,
            clusters,
            commitments,
            once: paid,
            net,
            cumulative,
        });
    }
    let break_even_month = break_even(&curve);
    Move {
        waves,
        once,
        double_running,
        curve,
        break_even_month,
    }
}

/// The first month from which on the sum is never below zero again.
fn break_even(curve: &[CurveMonth]) -> Option<u32> {
    let months_below = curve
        .iter()
        .rposition(|month| month.cumulative.is_negative())
        .map_or(0, |place| place + 1);
    curve.get(months_below).map(|month| month.month)
}

/// Phase by phase, each in as many waves as it takes; in a phase staging first, then by effort, then small before
/// large; of equals by name.
fn waves(apps: &[AppToMove<'_>], pricing: &Pricing<'_>) -> Vec<MoveWave> {
    let rules = &pricing.policy.migration;
    let mut order: Vec<&AppToMove<'_>> = apps.iter().collect();
    order.sort_by_key(|app| {
        (
            app.phase,
            !app.is_staging,
            app.effort,
            app.weight,
            app.label,
        )
    });
    let parallel = days(&rules.parallel_weeks, pricing, Driver::Parallel);
    let wave = |(number, apps): (usize, &[&AppToMove<'_>])| {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let weeks = rules
            .preparation_weeks
            .saturating_add(number.saturating_mul(rules.weeks_per_wave));
        let starts_on_day = weeks.saturating_mul(DAYS_PER_WEEK);
        let ends_on_day = starts_on_day
            .saturating_add(rules.weeks_per_wave.saturating_mul(DAYS_PER_WEEK))
            .saturating_add(parallel);
        let people_days = apps
            .iter()
            .map(|app| people_days(app.effort, pricing).expected.millionths())
            .sum();
        MoveWave {
            number: number + 1,
            starts_on_day,
            ends_on_day,
            environments: apps.iter().map(|app| app.label.to_owned()).collect(),
            people_days: Quantity::from_millionths(people_days),
        }
    };
    let phases = order.chunk_by(|one, next| one.phase == next.phase);
    phases
        .flat_map(|phase| phase.chunks(rules.apps_per_wave.max(1) as usize))
        .enumerate()
        .map(wave)
        .collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a checked number of weeks"
)]
fn days(weeks: &Estimate, pricing: &Pricing<'_>, driver: Driver) -> u32 {
    (weeks.at(pricing.levels.of(driver).expected) * f64::from(DAYS_PER_WEEK)).round() as u32
}

fn people_days(effort: MoveEffort, pricing: &Pricing<'_>) -> ThreePoint<Quantity> {
    let rules = &pricing.policy.migration;
    let estimate = match effort {
        MoveEffort::Small => &rules.days_per_small_app,
        MoveEffort::Medium => &rules.days_per_app,
        MoveEffort::Large => &rules.days_per_large_app,
    };
    pricing
        .levels
        .of(Driver::Effort)
        .of(estimate)
        .map(Quantity::estimated)
}

fn once_lines(apps: &[AppToMove<'_>], waves: &[MoveWave], pricing: &Pricing<'_>) -> Vec<BillLine> {
    let rules = &pricing.policy.migration;
    let day = UnitPrice::stated(rules.usd_per_day, policy_source("migration.usd_per_day"));
    let line = |subject: Text, item: Text, quantity: ThreePoint<Quantity>, basis: Text| {
        BillLine::new(
            Category::Extra,
            subject,
            item,
            (quantity, Unit::PersonDay),
            &day,
        )
        .because(basis)
    };
    let preparation = pricing
        .levels
        .of(Driver::Effort)
        .of(&rules.preparation_days)
        .map(Quantity::estimated);
    let mut lines = vec![line(
        text!("subject-preparation"),
        text!("item-people"),
        preparation,
        text!("basis-preparation-days"),
    )];
    let efforts: BTreeMap<&str, MoveEffort> =
        apps.iter().map(|app| (app.label, app.effort)).collect();
    for wave in waves {
        let people_days = wave
            .environments
            .iter()
            .filter_map(|label| efforts.get(label.as_str()))
            .map(|effort| people_days(*effort, pricing))
            .fold(ThreePoint::default(), |all: ThreePoint<Quantity>, one| {
                all.plus(one)
            });
        let subject = text!("subject-wave", number = format!("{:03}", wave.number));
        let item = text!(
            "item-people-of-wave",
            environments = wave.environments.len()
        );
        lines.push(line(subject, item, people_days, text!("basis-wave-days")));
    }
    for cost in &rules.one_off {
        let price = UnitPrice::stated(cost.usd, policy_source("migration.one_off"));
        let line = BillLine::new(
            Category::Extra,
            text!("subject-once"),
            &cost.name,
            (Quantity::from(1_u32), Unit::Time),
            &price,
        );
        lines.push(line.because(text!("basis-as-stated")));
    }
    lines
}

/// What of both bills ends and begins when.
struct CostsByWave {
    /// Monthly amount of what leaves with each wave, and the last day of it.
    leaving: Vec<(Money, u32)>,
    /// Monthly amount that stays on Beanstalk, or belongs to several environments, which end with the last wave.
    lasting: Money,
    /// Of the clusters, whatever runs on them.
    fixed: Money,
    /// Monthly amount of everything else, and what share of it stands from which day, in millionths.
    filling: Money,
    filled: Vec<(u32, u64)>,
    /// Day and number of environments gone by it.
    all: u64,
}

impl CostsByWave {
    fn of(inputs: &MoveInputs<'_>, waves: &[MoveWave]) -> Self {
        let mut ends: BTreeMap<&str, u32> = BTreeMap::new();
        for wave in waves {
            ends.extend(
                wave.environments
                    .iter()
                    .map(|label| (label.as_str(), wave.ends_on_day)),
            );
        }
        let last = waves.iter().map(|wave| wave.ends_on_day).max().unwrap_or(0);
        // Lines that stay are in the bill of after, too, and cost the same until then.
        let staying: Money = inputs
            .after
            .lines
            .iter()
            .filter(|line| is_staying(line))
            .filter_map(|line| line.amount)
            .sum();
        let mut leaving: BTreeMap<u32, Money> = BTreeMap::new();
        let mut lasting = Money::ZERO;
        for line in &inputs.today.lines {
            let Some(amount) = line.amount else { continue };
            match line
                .subject
                .as_plain()
                .and_then(|subject| ends.get(subject))
            {
                Some(day) => *leaving.entry(*day).or_default() += amount,
                None => lasting += amount,
            }
        }
        // Shared balancers and what the company pays besides end when the last environment has left.
        *leaving.entry(last).or_default() += lasting - staying;
        let weights: BTreeMap<&str, u64> = inputs
            .apps
            .iter()
            .map(|app| (app.label, app.weight))
            .collect();
        let whole: u64 = weights.values().sum::<u64>().max(1);
        let mut sum = 0;
        let filled = waves.iter().map(|wave| {
            sum += wave
                .environments
                .iter()
                .filter_map(|label| weights.get(label.as_str()))
                .sum::<u64>();
            (wave.starts_on_day, sum.saturating_mul(1_000_000) / whole)
        });
        let mut filled: Vec<(u32, u64)> = filled.collect();
        // Clusters for nobody, or for apps that ask for nothing, cost all the same.
        match filled.last_mut() {
            Some((_, share)) => *share = 1_000_000,
            None => filled.push((0, 1_000_000)),
        }
        let of_clusters = || inputs.after.lines.iter().filter(|line| !is_staying(line));
        let is_fixed = |line: &&BillLine| line.category == Category::ControlPlanes;
        let fixed: Money = of_clusters()
            .filter(is_fixed)
            .filter_map(|line| line.amount)
            .sum();
        let all: Money = of_clusters().filter_map(|line| line.amount).sum();
        Self {
            leaving: leaving
                .into_iter()
                .map(|(day, amount)| (amount, day))
                .collect(),
            lasting: staying,
            fixed,
            filling: all - fixed,
            filled,
            all: inputs.apps.len() as u64,
        }
    }

    /// What is on Beanstalk from day to day, as a part of a month.
    fn beanstalk(&self, from: u32, to: u32) -> Money {
        let days = i64::from(to - from);
        let part = |(amount, end): &(Money, u32)| {
            let running = i64::from((*end).clamp(from, to) - from);
            amount.scaled(running, days).whole_cents()
        };
        self.lasting + self.leaving.iter().map(part).sum()
    }

    fn clusters(&self, from: u32, to: u32) -> Money {
        let days = i64::from(to - from);
        // Day by day what is filled, in millionths.
        let mut sum = 0_i64;
        for (place, (day, share)) in self.filled.iter().enumerate() {
            let before = place
                .checked_sub(1)
                .and_then(|place| self.filled.get(place))
                .map_or(0, |(_, share)| *share);
            let standing = i64::from(to - (*day).clamp(from, to));
            sum += i64::try_from(share - before).unwrap_or(0) * standing;
        }
        self.fixed + self.filling.scaled(sum, days * 1_000_000).whole_cents()
    }

    /// The share of what has left Beanstalk, by what it cost, over those days, in thousandths.
    fn left_thousandths(&self, from: u32, to: u32) -> i64 {
        let whole: Money = self.leaving.iter().map(|(amount, _)| *amount).sum();
        let running = self.beanstalk(from, to) - self.lasting;
        if self.all == 0 || whole <= Money::ZERO {
            return 0;
        }
        (1_000
            - i64::try_from(i128::from(running.nanos()) * 1_000 / i128::from(whole.nanos()))
                .unwrap_or(0))
        .clamp(0, 1_000)
    }
}

/// What the company pays besides stays, too.
fn is_staying(line: &BillLine) -> bool {
    line.stays || line.category == Category::Extra
}
