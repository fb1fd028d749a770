//! What an environment used in an average month, from its history.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::snapshot::{Environment, Instance, Metric, Series, Subject, Window};
use crate::units::Quantity;
use crate::wording::{Text, text};

/// What was used, scaled to a month where it is a rate.
#[derive(Debug, Clone, PartialEq)]
pub struct Usage {
    /// Mean number of instances by type; their sum is the mean of all.
    pub instances: BTreeMap<String, Quantity>,
    /// How that was found, for the lines that rest on it.
    pub basis: Text,
    /// Requests a second on average, where somebody counted them.
    pub requests_per_second: Option<f64>,
    /// Custom metrics of memory and disk that the instances' agents send, for each instance.
    pub agent_metrics: u32,
}

/// Less of the window than this says nothing about a month.
const LEAST_COVERED: f64 = 0.5;

impl Usage {
    /// Of an environment whose history nobody knows: what runs today.
    #[must_use]
    pub fn of_today(environment: &Environment) -> Self {
        let mut instances: BTreeMap<String, Quantity> = BTreeMap::new();
        for instance in environment.running_instances() {
            let count = instances.entry(instance.instance_type.clone()).or_default();
            *count = Quantity::from_millionths(count.millionths() + Quantity::SCALE);
        }
        Self {
            instances,
            basis: text!("usage-as-today"),
            requests_per_second: None,
            agent_metrics: 0,
        }
    }

    /// Reads the history: how many instances ran, and how many requests came.
    ///
    /// How many: by the group's own count if it covers half of the window; else by the lives of its instances,
    /// past ones included, where each is known; else as many as today. Which types: by their lives.
    #[must_use]
    pub fn of(environment: &Environment, series: &[Series], window: Window) -> Self {
        let today = Self::of_today(environment);
        // What is younger than the window counts at the rate at which it runs: it was not there before, and it will be.
        let since = began(environment, series, window);
        let window = Window {
            start: since,
            ..window
        };
        let lives = lived(environment, series, window);
        let days = (window.seconds() / 86_400).max(1);
        let counted = mean_count(series, window);
        let total_lived: i64 = lives.values().map(|mean| mean.millionths()).sum();
        let (instances, basis) = match counted {
            Some((mean, samples)) => {
                let shares = if total_lived > 0 {
                    &lives
                } else {
                    &today.instances
                };
                (
                    split(mean, shares),
                    text!("usage-counted", samples = samples, days = days),
                )
            }
            None if total_lived > 0 => (lives, text!("usage-lives", days = days)),
            None => (today.instances, today.basis),
        };
        Self {
            instances,
            basis,
            requests_per_second: mean_requests(series, window),
            agent_metrics: agent_metrics(series),
        }
    }

    /// Hours of all types together, in a month of 730.
    #[must_use]
    pub fn instances_in_all(&self) -> Quantity {
        Quantity::from_millionths(self.instances.values().map(|mean| mean.millionths()).sum())
    }
}

/// `total` in the proportions of `shares`; the last takes what rounding leaves.
fn split(total: Quantity, shares: &BTreeMap<String, Quantity>) -> BTreeMap<String, Quantity> {
    let whole: i64 = shares.values().map(|share| share.millionths()).sum();
    let mut left = total.millionths();
    let mut parts: BTreeMap<String, Quantity> = BTreeMap::new();
    for (name, share) in shares {
        let part = total
            .scaled(share.millionths(), whole)
            .millionths()
            .min(left);
        left -= part;
        parts.insert(name.clone(), Quantity::from_millionths(part));
    }
    if let Some(mut last) = parts.last_entry() {
        let part = last.get().millionths() + left;
        last.insert(Quantity::from_millionths(part));
    }
    parts.retain(|_, part| part.millionths() > 0);
    parts
}

/// The mean of the group's count of instances in the window, and of how many samples; the series that covers
/// most of it, of equals the finest.
fn mean_count(series: &[Series], window: Window) -> Option<(Quantity, u64)> {
    let within = |series: &Series| -> (f64, u64) {
        let inside = series
            .present()
            .filter(|&(slot, _)| is_inside(series, slot, window));
        inside.fold((0.0, 0), |(sum, count), (_, value)| {
            (sum + f64::from(value), count + 1)
        })
    };
    let covered =
        |series: &Series, samples: u64| samples.saturating_mul(u64::from(series.period_seconds));
    let best = series
        .iter()
        .filter(|series| is_count(series))
        .map(|series| (within(series), series));
    let ((sum, samples), series) = best.max_by_key(|((_, samples), series)| {
        (
            covered(series, *samples),
            std::cmp::Reverse(series.period_seconds),
        )
    })?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "seconds of a window are far from 2^53"
    )]
    let share = covered(series, samples) as f64 / window.seconds().max(1) as f64;
    #[expect(
        clippy::cast_precision_loss,
        reason = "samples of a window are far from 2^53"
    )]
    let mean = sum / samples.max(1) as f64;
    (share >= LEAST_COVERED).then(|| (Quantity::estimated(mean), samples))
}

fn is_inside(series: &Series, slot: usize, window: Window) -> bool {
    let Ok(slot) = i64::try_from(slot) else {
        return false;
    };
    let second = series
        .start
        .as_second()
        .saturating_add(slot.saturating_mul(i64::from(series.period_seconds)));
    second >= window.start.as_second() && second < window.end.as_second()
}

/// Mean number of instances by type, from launch to end within the window. An instance whose launch is not
/// known begins with its first sample; without one, it ran all the time. Nothing at all unless the lives of
/// today's instances are known by launch, or nothing ended: a past without launches would be cut short.
fn lived(
    environment: &Environment,
    series: &[Series],
    window: Window,
) -> BTreeMap<String, Quantity> {
    let (start, end) = (window.start.as_second(), window.end.as_second());
    let mut seconds: BTreeMap<String, i64> = BTreeMap::new();
    for instance in &environment.instances {
        let began = launch(instance, series).unwrap_or(start).max(start);
        let ended = instance
            .terminated_at
            .map_or(end, |at| at.as_second())
            .min(end);
        *seconds.entry(instance.instance_type.clone()).or_default() += (ended - began).max(0);
    }
    let whole = (end - start).max(1);
    let mean = |(name, seconds): (String, i64)| {
        (
            name,
            Quantity::from_millionths(Quantity::SCALE).scaled(seconds, whole),
        )
    };
    seconds
        .into_iter()
        .filter(|(_, seconds)| *seconds > 0)
        .map(mean)
        .collect()
}

/// When an instance was launched, else its first sample, in seconds since 1970.
fn launch(instance: &Instance, series: &[Series]) -> Option<i64> {
    let first = |series: &Series| {
        let (slot, _) = series.present().next()?;
        let offset = i64::try_from(slot)
            .ok()?
            .saturating_mul(i64::from(series.period_seconds));
        Some(series.start.as_second() + offset)
    };
    let own = series.iter().filter(
        |series| matches!(&series.subject, Subject::Instance(subject) if *subject == instance.id),
    );
    let launched = instance.launched_at.map(|at| at.as_second());
    launched.or_else(|| own.filter_map(first).min())
}

/// Where an environment's known past begins: with the window, or with the first launch in it where nothing of the
/// environment is known before.
fn began(environment: &Environment, series: &[Series], window: Window) -> Timestamp {
    let launches: Option<Vec<i64>> = environment
        .instances
        .iter()
        .map(|instance| launch(instance, series))
        .collect();
    let first = launches.and_then(|launches| launches.into_iter().min());
    let count = series.iter().find(|series| is_count(series));
    let counted = count.and_then(|count| {
        let (slot, _) = count.present().next()?;
        let offset = i64::try_from(slot).ok()? * i64::from(count.period_seconds);
        Some(count.start.as_second() + offset)
    });
    let known = match (first, counted) {
        (Some(first), Some(counted)) => Some(first.min(counted)),
        (first, _) => first,
    };
    known
        .and_then(|known| Timestamp::from_second(known).ok())
        .map_or(window.start, |known| known.clamp(window.start, window.end))
}

/// Of the group, how many instances it had.
fn is_count(series: &Series) -> bool {
    series.subject == Subject::Environment && series.metric == Metric::Other("instances".to_owned())
}

/// Requests, and the seconds from the first sample to the end of the last.
type RequestCount = (f64, Option<(i64, i64)>);

/// Requests a second over the window, of all balancers and target groups together: of the system that
/// counted for longest, at its finest. A balancer without requests reports nothing, so gaps between the
/// first sample and the last are counted as none.
fn mean_requests(series: &[Series], window: Window) -> Option<f64> {
    let mut systems: BTreeMap<(&str, u32), RequestCount> = BTreeMap::new();
    for series in series.iter().filter(|series| {
        series.metric == Metric::Other("requests".to_owned()) && series.statistic == "sum"
    }) {
        let namespace = series.source.split(' ').next().unwrap_or_default();
        let (sum, span) = systems
            .entry((namespace, series.period_seconds))
            .or_default();
        for (slot, requests) in series
            .present()
            .filter(|&(slot, _)| is_inside(series, slot, window))
        {
            *sum += f64::from(requests);
            let from = series.start.as_second()
                + i64::try_from(slot).unwrap_or(0) * i64::from(series.period_seconds);
            let to = from + i64::from(series.period_seconds);
            *span = Some(span.map_or((from, to), |(first, last)| (first.min(from), last.max(to))));
        }
    }
    let known = systems
        .into_iter()
        .filter_map(|((namespace, period), (sum, span))| {
            span.map(|(from, to)| (to - from, period, namespace, sum))
        });
    let longest = known.max_by_key(|&(seconds, period, namespace, _)| {
        (
            seconds,
            std::cmp::Reverse(period),
            std::cmp::Reverse(namespace),
        )
    });
    #[expect(
        clippy::cast_precision_loss,
        reason = "seconds of a window are far from 2^53"
    )]
    longest.map(|(seconds, _, _, sum)| (sum / seconds.max(1) as f64 * 1_000.0).round() / 1_000.0)
}

/// Metrics of the CloudWatch agent that were seen for one instance: at least those are billed.
fn agent_metrics(series: &[Series]) -> u32 {
    let mut names: BTreeMap<&Subject, std::collections::BTreeSet<&str>> = BTreeMap::new();
    for series in series
        .iter()
        .filter(|series| series.source.starts_with("CWAgent "))
    {
        names
            .entry(&series.subject)
            .or_default()
            .insert(series.metric.name());
    }
    names
        .values()
        .map(|names| u32::try_from(names.len()).unwrap_or(u32::MAX))
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::{Instance, SeriesStatus};
    use jiff::Timestamp;

    const DAY: i64 = 86_400;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a small second")
    }

    fn window(days: i64) -> Window {
        Window {
            start: at(0),
            end: at(days * DAY),
        }
    }

    fn series(
        metric: &str,
        statistic: &str,
        source: &str,
        period_seconds: u32,
        samples: Vec<f32>,
    ) -> Series {
        Series {
            subject: Subject::Environment,
            metric: Metric::from_name(metric),
            statistic: statistic.to_owned(),
            period_seconds,
            start: at(0),
            source: source.to_owned(),
            status: SeriesStatus("complete".to_owned()),
            samples,
            rejected: 0,
        }
    }

    fn instance(id: &str, instance_type: &str, from: Option<i64>, to: Option<i64>) -> Instance {
        Instance {
            id: id.to_owned(),
            instance_type: instance_type.to_owned(),
            launched_at: from.map(|day| at(day * DAY)),
            terminated_at: to.map(|day| at(day * DAY)),
            ..Instance::default()
        }
    }

    fn shown(usage: &Usage) -> Vec<String> {
        usage
            .instances
            .iter()
            .map(|(name, mean)| format!("{name} {mean}"))
            .collect()
    }

    #[test]
    fn the_count_of_the_group_is_what_ran() {
        // Two by night and four by day, an hour each: three on average.
        let environment = Environment {
            instances: vec![instance("a", "m5.large", None, None)],
            ..Environment::default()
        };
        let counts = (0..24)
            .map(|hour| if hour < 12 { 2.0 } else { 4.0 })
            .collect();
        let usage = Usage::of(
            &environment,
            &[series(
                "instances",
                "average",
                "AWS/AutoScaling",
                3_600,
                counts,
            )],
            window(1),
        );
        assert_eq!(shown(&usage), ["m5.large 3"]);
        assert_eq!(
            usage.basis,
            "mean of 24 counts of the group over 1 days, scaled to 730 hours"
        );
    }

    #[test]
    fn a_count_of_a_few_hours_is_not_a_month() {
        let environment = Environment {
            instances: vec![instance("a", "m5.large", Some(-5), None)],
            ..Environment::default()
        };
        let usage = Usage::of(
            &environment,
            &[series(
                "instances",
                "average",
                "AWS/AutoScaling",
                3_600,
                vec![9.0; 11],
            )],
            window(1),
        );
        assert_eq!(shown(&usage), ["m5.large 1"]);
    }

    #[test]
    fn lives_count_by_type_where_the_group_was_not_counted() {
        // Ten days: one of m5.large all of the time, one of t3.medium for the last four, one that ended after five.
        let instances = vec![
            instance("a", "m5.large", Some(-3), None),
            instance("b", "t3.medium", Some(6), None),
            instance("c", "m5.large", Some(-9), Some(5)),
        ];
        let usage = Usage::of(
            &Environment {
                instances,
                ..Environment::default()
            },
            &[],
            window(10),
        );
        assert_eq!(shown(&usage), ["m5.large 1.5", "t3.medium 0.4"]);
        assert_eq!(
            usage.instances_in_all(),
            Quantity::from_millionths(1_900_000)
        );
    }

    #[test]
    fn what_was_launched_in_the_window_counts_at_its_run_rate() {
        // Two instances for the last two of thirty days are two a month, not a fifteenth of them.
        let instances = vec![
            instance("a", "m5.large", Some(28), None),
            instance("b", "m5.large", Some(28), None),
        ];
        let young = Environment {
            instances,
            ..Environment::default()
        };
        assert_eq!(shown(&Usage::of(&young, &[], window(30))), ["m5.large 2"]);
        // One that replaced another in the last days was not all there was.
        let instances = vec![
            instance("a", "m5.large", Some(28), None),
            instance("b", "m5.large", Some(-3), Some(15)),
        ];
        let replaced = Environment {
            instances,
            ..Environment::default()
        };
        let usage = Usage::of(&replaced, &[], window(30));
        assert_eq!(usage.instances_in_all(), Quantity::from_millionths(566_667));
    }

    #[test]
    fn parts_add_up_to_the_count() {
        let instances = vec![
            instance("a", "m5.large", Some(-3), None),
            instance("b", "t3.medium", Some(-3), None),
            instance("c", "c5.large", Some(-3), None),
        ];
        let usage = Usage::of(
            &Environment {
                instances,
                ..Environment::default()
            },
            &[series("instances", "average", "", 3_600, vec![10.0; 24])],
            window(1),
        );
        assert_eq!(usage.instances_in_all(), Quantity::from(10_u32));
    }

    #[test]
    fn requests_are_those_of_one_system_and_gaps_are_none() {
        // 7,200 in the first hour, nothing in the second, 3,600 in the third: 1 a second. Beanstalk's own count
        // of the same requests covers less.
        let balancer = series(
            "requests",
            "sum",
            "AWS/ApplicationELB RequestCount",
            3_600,
            vec![7_200.0, f32::NAN, 3_600.0],
        );
        let own = series(
            "requests",
            "sum",
            "AWS/ElasticBeanstalk ApplicationRequestsTotal",
            3_600,
            vec![9_000.0],
        );
        let usage = Usage::of(&Environment::default(), &[balancer, own], window(1));
        assert_eq!(usage.requests_per_second, Some(1.0));
    }
}
