//! CloudWatch: which metrics exist, and what they were.

use std::collections::BTreeMap;

use eb2eks::sample::Recipe;
use eb2eks::snapshot::{Environment, Metric, Series, Subject};

use super::Asked;
use super::cbor::{Value, cbor_list, cbor_map, cbor_number, cbor_text, cbor_time, decode};
use super::estate::Estate;

const STEP: i64 = 300;

/// The history of one environment on its grid of five minutes.
#[derive(Debug)]
pub(crate) struct Past {
    start: i64,
    slots: usize,
    /// By instance and metric.
    instances: BTreeMap<(String, &'static str), Vec<f32>>,
    /// Of the group as a whole, by metric, where the generator says so.
    group: BTreeMap<&'static str, Vec<f32>>,
}

impl Past {
    pub(super) fn new(recipe: &Recipe, _: &Environment, series: &[Series]) -> Self {
        let window = recipe.window();
        let start = window.start.as_second();
        let slots = usize::try_from((window.end.as_second() - start) / STEP).expect("a window");
        let mut past = Self {
            start,
            slots,
            instances: BTreeMap::new(),
            group: BTreeMap::new(),
        };
        for one in series {
            let metric = match &one.metric {
                Metric::CpuPercent => "cpu",
                Metric::MemoryPercent => "memory",
                Metric::CpuCreditBalance => "credits",
                Metric::Other(_) => continue,
            };
            let first =
                usize::try_from((one.start.as_second() - start) / STEP).expect("within the window");
            let mut samples = vec![f32::NAN; slots];
            samples[first..first + one.samples.len()].copy_from_slice(&one.samples);
            match &one.subject {
                Subject::Instance(id) => drop(past.instances.insert((id.clone(), metric), samples)),
                Subject::Environment => drop(past.group.insert(metric, samples)),
            }
        }
        past
    }

    /// What `statistic` of a metric of an instance was in the slot.
    fn of_instance(
        &self,
        id: &str,
        metric: &'static str,
        statistic: &str,
        slot: usize,
    ) -> Option<f64> {
        let average = f64::from(*self.instances.get(&(id.to_owned(), metric))?.get(slot)?);
        value(average, statistic)
    }

    fn of_group(&self, metric: &'static str, statistic: &str, slot: usize) -> Option<f64> {
        if let Some(samples) = self.group.get(metric) {
            return value(f64::from(*samples.get(slot)?), statistic);
        }
        let all = self
            .instances
            .iter()
            .filter(|((_, name), _)| *name == metric)
            .filter_map(|(_, samples)| samples.get(slot));
        let known: Vec<f64> = all
            .filter(|sample| !sample.is_nan())
            .map(|sample| f64::from(*sample))
            .collect();
        let count = known.len() as f64;
        match statistic {
            _ if known.is_empty() => None,
            "SampleCount" => Some(count),
            "Maximum" => known
                .iter()
                .filter_map(|sample| value(*sample, "Maximum"))
                .reduce(f64::max),
            _ => Some(known.iter().sum::<f64>() / count),
        }
    }

    fn slot(&self, time: i64) -> Option<usize> {
        let slot = usize::try_from((time - self.start).div_euclid(STEP)).ok()?;
        (slot < self.slots).then_some(slot)
    }
}

/// The generator knows averages; a maximum lies a quarter above, as far as there is room.
pub(crate) fn value(average: f64, statistic: &str) -> Option<f64> {
    match statistic {
        _ if average.is_nan() => None,
        "Maximum" => Some((average * 1.25).min(100.0)),
        "SampleCount" => Some(1.0),
        _ => Some(average),
    }
}

/// Requests, seconds and messages follow the clock; nothing else is known of them.
pub(crate) fn by_clock(metric: &str, time: i64) -> f64 {
    let slot = (time.div_euclid(STEP) % 288) as f64;
    match metric {
        "RequestCount" => 100.0 + slot,
        "TargetResponseTime" => 0.05 + slot / 10_000.0,
        _ => (slot % 12.0).floor(),
    }
}

struct Query {
    id: String,
    metric: String,
    dimensions: BTreeMap<String, String>,
    statistic: String,
    period: i64,
}

/// Points that the service would count for the request.
pub(super) fn points(asked: &Asked) -> usize {
    if asked.action != "cloudwatch:GetMetricData" {
        return 0;
    }
    let request = decode(&asked.body);
    let span =
        request.number("EndTime").unwrap_or(0.0) - request.number("StartTime").unwrap_or(0.0);
    queries(&request)
        .iter()
        .map(|query| (span / query.period as f64) as usize)
        .sum()
}

fn queries(request: &Value) -> Vec<Query> {
    let query = |one: &Value| {
        let stat = one.get("MetricStat").expect("a plain metric");
        let metric = stat.get("Metric").expect("a metric");
        let dimension = |one: &Value| {
            (
                one.text("Name").unwrap_or_default().to_owned(),
                one.text("Value").unwrap_or_default().to_owned(),
            )
        };
        Query {
            id: one.text("Id").expect("an id").to_owned(),
            metric: metric.text("MetricName").expect("a name").to_owned(),
            dimensions: metric.list("Dimensions").iter().map(dimension).collect(),
            statistic: stat.text("Stat").expect("a statistic").to_owned(),
            period: stat.number("Period").expect("a period") as i64,
        }
    };
    request
        .list("MetricDataQueries")
        .iter()
        .map(query)
        .collect()
}

pub(super) fn answer(estate: &Estate, asked: &Asked) -> Vec<u8> {
    let request = decode(&asked.body);
    match asked.action.as_str() {
        "cloudwatch:ListMetrics" => list_metrics(estate, &request),
        "cloudwatch:GetMetricData" => metric_data(estate, &request),
        other => panic!("{other} is no call of CloudWatch"),
    }
}

fn metric_data(estate: &Estate, request: &Value) -> Vec<u8> {
    let queries = queries(request);
    assert!(queries.len() <= 500, "{} queries in a call", queries.len());
    let (start, end) = (
        request.number("StartTime").expect("a start") as i64,
        request.number("EndTime").expect("an end") as i64,
    );
    let ascending = request.text("ScanBy") == Some("TimestampAscending");
    let begin: usize = request
        .text("NextToken")
        .map_or(0, |token| token.parse().expect("a token of ours"));
    let (mut at, mut room, mut results) = (0, estate.setup.points, Vec::new());
    let mut next = None;
    for query in &queries {
        let mut points = series(estate, query, start, end);
        if !ascending {
            points.reverse();
        }
        // Pages cut through series wherever they are full.
        let skipped = begin.saturating_sub(at).min(points.len());
        at += points.len();
        let taken = (points.len() - skipped).min(room);
        if skipped + taken < points.len() {
            next = next.or(Some(at - points.len() + skipped + taken));
        }
        room -= taken;
        let page = &points[skipped..skipped + taken];
        let status = if skipped + taken < points.len() {
            "PartialData"
        } else {
            "Complete"
        };
        if page.is_empty() && skipped > 0 {
            continue;
        }
        results.push(cbor_map(&[
            ("Id", cbor_text(&query.id)),
            ("Label", cbor_text(&query.metric)),
            ("StatusCode", cbor_text(status)),
            (
                "Timestamps",
                cbor_list(
                    &page
                        .iter()
                        .map(|(time, _)| cbor_time(*time))
                        .collect::<Vec<_>>(),
                ),
            ),
            (
                "Values",
                cbor_list(
                    &page
                        .iter()
                        .map(|(_, value)| cbor_number(*value))
                        .collect::<Vec<_>>(),
                ),
            ),
        ]));
    }
    let mut answer = vec![("MetricDataResults", cbor_list(&results))];
    if let Some(next) = next {
        answer.push(("NextToken", cbor_text(&next.to_string())));
    }
    cbor_map(&answer)
}

fn series(estate: &Estate, query: &Query, start: i64, end: i64) -> Vec<(i64, f64)> {
    // A start that is older than what is kept at that period brings nothing at all.
    let kept_days = match query.period {
        hours if hours % 3_600 == 0 => 455,
        minutes if minutes % 300 == 0 => 63,
        _ => 15,
    };
    if start < estate.setup.recipe.end.as_second() + STEP - kept_days * 86_400 {
        return Vec::new();
    }
    let dimension = |name: &str| query.dimensions.get(name).map(String::as_str);
    let subject = [
        "InstanceId",
        "AutoScalingGroupName",
        "TargetGroup",
        "LoadBalancer",
        "QueueName",
    ]
    .iter()
    .find_map(|name| dimension(name));
    let Some(past) = subject.and_then(|subject| estate.past(subject)) else {
        return Vec::new();
    };
    let metric = match query.metric.as_str() {
        "CPUUtilization" => "cpu",
        "CPUCreditBalance" => "credits",
        "mem_used_percent" | "Memory % Committed Bytes In Use" => "memory",
        _ => "",
    };
    let at = |time: i64| {
        let slot = past.slot(time)?;
        match (dimension("InstanceId"), dimension("AutoScalingGroupName")) {
            _ if metric.is_empty() => Some(by_clock(&query.metric, time)),
            (Some(id), _) => past.of_instance(id, metric, &query.statistic, slot),
            (None, Some(_)) => past.of_group(metric, &query.statistic, slot),
            _ => None,
        }
    };
    let mut points = Vec::new();
    let mut time = start;
    while time < end {
        // Detailed monitoring repeats the five minutes; an hour sums or averages its twelve parts.
        let parts: Vec<f64> = (0..(query.period / STEP).max(1))
            .filter_map(|part| at(time + part * STEP))
            .collect();
        let count = parts.len() as f64;
        let folded = match query.statistic.as_str() {
            _ if parts.is_empty() => None,
            "Maximum" => parts.into_iter().reduce(f64::max),
            "Sum" | "SampleCount" => Some(parts.iter().sum::<f64>()),
            _ => Some(parts.iter().sum::<f64>() / count),
        };
        points.extend(folded.map(|value| (time, value)));
        time += query.period;
    }
    points
}

/// Memory under the dimensions that the generator's sources speak of.
fn list_metrics(estate: &Estate, request: &Value) -> Vec<u8> {
    let sought = request.text("MetricName").unwrap_or_default();
    let mut found: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for (number, (one, reported)) in estate.environments.iter().zip(&estate.memory).enumerate() {
        let is_windows = one.platform.to_ascii_lowercase().contains("windows");
        let name = if is_windows {
            "Memory % Committed Bytes In Use"
        } else {
            "mem_used_percent"
        };
        if name != sought {
            continue;
        }
        let group = one
            .auto_scaling_group
            .as_ref()
            .map(|group| group.name.clone())
            .unwrap_or_default();
        if reported.group {
            found.push((
                "CWAgent".to_owned(),
                vec![("AutoScalingGroupName".to_owned(), group.clone())],
            ));
        }
        for instance in one
            .running_instances()
            .filter(|instance| reported.instances.contains(&instance.id))
        {
            let id = ("InstanceId".to_owned(), instance.id.clone());
            let wizard = [
                ("ImageId", "ami-0123"),
                ("InstanceType", instance.instance_type.as_str()),
                ("AutoScalingGroupName", group.as_str()),
            ];
            let mut all: Vec<(String, String)> = wizard
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect();
            all.push(id.clone());
            if is_windows {
                all.push(("objectname".to_owned(), "Memory".to_owned()));
            }
            found.push(("CWAgent".to_owned(), all));
            // Every other environment's agent has the roll-up by instance, too.
            if number % 2 == 0 {
                found.push(("CWAgent".to_owned(), vec![id]));
            }
        }
    }
    let (page, next) = estate.page(&found, request.text("NextToken"));
    let metric = |(namespace, dimensions): &(String, Vec<(String, String)>)| {
        let dimension = |(name, value): &(String, String)| {
            cbor_map(&[("Name", cbor_text(name)), ("Value", cbor_text(value))])
        };
        cbor_map(&[
            ("Namespace", cbor_text(namespace)),
            ("MetricName", cbor_text(sought)),
            (
                "Dimensions",
                cbor_list(&dimensions.iter().map(dimension).collect::<Vec<_>>()),
            ),
        ])
    };
    let mut answer = vec![(
        "Metrics",
        cbor_list(&page.iter().map(metric).collect::<Vec<_>>()),
    )];
    if let Some(next) = next {
        answer.push(("NextToken", cbor_text(&next)));
    }
    cbor_map(&answer)
}
