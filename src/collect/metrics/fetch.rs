//! One call of GetMetricData with all its pages, and what came of each series.

use aws_sdk_cloudwatch::primitives::DateTime;
use aws_sdk_cloudwatch::types::{
    Dimension, Metric as Asked, MetricDataQuery, MetricDataResult, MetricStat, ScanBy, StatusCode,
};

use super::super::call_error::{CallError, CallResult};
use super::super::clients::RegionClients;
use super::super::outcome::Outcome;
use super::super::wire::Points;
use super::batch::Batch;
use super::series_request::{CloudWatchMetric, SeriesRequest, Span};
use crate::snapshot::Metric;

/// More pages than any answer has: a service that goes on for ever is a fault.
const MOST_PAGES: usize = 1_000;

/// What came of one series.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::collect) struct FetchedSeries {
    /// `complete`, `partial`, `forbidden`, …
    pub(in crate::collect) status: &'static str,
    /// On the grid of its span, NaN where nothing was reported.
    pub(in crate::collect) samples: Vec<f32>,
}

/// The series of `batch`, in the order of its members.
pub(in crate::collect) async fn fetch(
    clients: &RegionClients,
    wanted: &[SeriesRequest],
    batch: &Batch,
) -> CallResult<Vec<FetchedSeries>> {
    let members: Vec<&SeriesRequest> = batch
        .members
        .iter()
        .filter_map(|place| wanted.get(*place))
        .collect();
    let queries: Vec<MetricDataQuery> = members
        .iter()
        .enumerate()
        .map(|(number, one)| query(number, one))
        .collect();
    let mut merged: Vec<FetchedSeries> = members
        .iter()
        .map(|one| FetchedSeries {
            status: "complete",
            samples: vec![f32::NAN; one.span.slots()],
        })
        .collect();
    let cost = Points(u32::try_from(batch.points).unwrap_or(u32::MAX));
    let mut token: Option<String> = None;
    for _ in 0..MOST_PAGES {
        let answer = clients
            .cloudwatch
            .get_metric_data()
            .set_metric_data_queries(Some(queries.clone()))
            .start_time(DateTime::from_secs(batch.start))
            .end_time(DateTime::from_secs(batch.end))
            .scan_by(ScanBy::TimestampAscending)
            .set_next_token(token.clone())
            .customize()
            .mutate_request(move |request| {
                request.add_extension(cost);
            })
            .send()
            .await
            .map_err(|error| CallError::of(&error, &clients.region))?;
        for result in answer.metric_data_results() {
            merge(result, &members, &mut merged);
        }
        match answer.next_token {
            Some(next) if next.is_empty() => return Ok(merged),
            Some(next) if token.as_ref() == Some(&next) => {
                return Err(CallError::unparsable(
                    "GetMetricData answered with the same NextToken twice",
                ));
            }
            Some(next) => token = Some(next),
            None => return Ok(merged),
        }
    }
    Err(CallError::unparsable(format!(
        "GetMetricData goes on after {MOST_PAGES} pages"
    )))
}

impl FetchedSeries {
    /// Why more than this should have come, if the service says so.
    pub(super) fn refused(&self, source: &CloudWatchMetric) -> Option<CallError> {
        let outcome = match self.status {
            "complete" => return None,
            "forbidden" => Outcome::Denied,
            _ => Outcome::Failed,
        };
        Some(CallError {
            outcome,
            message: format!(
                "GetMetricData answered {} with {}",
                source.text(),
                self.status
            ),
        })
    }
}

fn query(number: usize, wanted: &SeriesRequest) -> MetricDataQuery {
    let dimension =
        |(name, value): &(String, String)| Dimension::builder().name(name).value(value).build();
    let metric = Asked::builder()
        .namespace(&wanted.source.namespace)
        .metric_name(&wanted.source.name)
        .set_dimensions(Some(
            wanted.source.dimensions.iter().map(dimension).collect(),
        ))
        .build();
    let period = i32::try_from(wanted.span.period).unwrap_or(i32::MAX);
    MetricDataQuery::builder()
        .id(format!("q{number}"))
        .metric_stat(
            MetricStat::builder()
                .metric(metric)
                .period(period)
                .stat(wanted.statistic.cloudwatch_name())
                .build(),
        )
        .return_data(true)
        .build()
}

/// Lays a page's points into their slots. A series comes on as many pages as it likes, and the last word on
/// its status is the last page's.
fn merge(result: &MetricDataResult, members: &[&SeriesRequest], merged: &mut [FetchedSeries]) {
    let number = result
        .id()
        .and_then(|id| id.strip_prefix('q'))
        .and_then(|number| number.parse::<usize>().ok());
    let Some((wanted, got)) =
        number.and_then(|number| Some((members.get(number)?, merged.get_mut(number)?)))
    else {
        return;
    };
    for (time, value) in result.timestamps().iter().zip(result.values()) {
        let Some(slot) = slot(wanted.span, time.secs()) else {
            continue;
        };
        if let Some(place) = got.samples.get_mut(slot) {
            *place = kept(*value, &wanted.metric);
        }
    }
    got.status = match &result.status_code {
        // The service leaves it out of pages that are not a series' last.
        None | Some(StatusCode::Complete) => "complete",
        Some(StatusCode::PartialData) => "partial",
        Some(StatusCode::Forbidden) => "forbidden",
        Some(StatusCode::InternalError) => "internal-error",
        Some(_) => "unknown",
    };
}

/// A time that is off the grid belongs to the period it lies in.
fn slot(span: Span, time: i64) -> Option<usize> {
    if !(span.start..span.end).contains(&time) {
        return None;
    }
    usize::try_from((time - span.start) / i64::from(span.period)).ok()
}

/// What is no number is a gap. More decimals than a metric is known to would take four times the room:
/// percentages keep two, seconds four, and counts are whole.
fn kept(value: f64, metric: &Metric) -> f32 {
    if !value.is_finite() {
        return f32::NAN;
    }
    let parts = match metric {
        Metric::CpuPercent | Metric::MemoryPercent | Metric::CpuCreditBalance => 100.0,
        Metric::Other(name) if name.ends_with("_seconds") => 10_000.0,
        Metric::Other(_) => 1.0,
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "rounded to what single precision holds"
    )]
    let kept = ((value * parts).round() / parts) as f32;
    kept
}

#[cfg(test)]
mod tests {
    use super::super::series_request::Statistic;
    use super::*;
    use crate::snapshot::Subject;

    fn wanted() -> SeriesRequest {
        let span = Span {
            start: 300,
            end: 1_800,
            period: 300,
        };
        let source = CloudWatchMetric::new("AWS/EC2", "CPUUtilization", &[]);
        SeriesRequest {
            environment: 0,
            subject: Subject::Environment,
            metric: Metric::CpuPercent,
            statistic: Statistic::Average,
            span,
            source,
        }
    }

    fn page(points: &[(i64, f64)], status: Option<StatusCode>) -> MetricDataResult {
        MetricDataResult::builder()
            .id("q0")
            .set_timestamps(Some(
                points
                    .iter()
                    .map(|(time, _)| DateTime::from_secs(*time))
                    .collect(),
            ))
            .set_values(Some(points.iter().map(|(_, value)| *value).collect()))
            .set_status_code(status)
            .build()
    }

    fn merged(pages: &[MetricDataResult]) -> (Vec<Option<f32>>, &'static str) {
        let wanted = wanted();
        let mut got = vec![FetchedSeries {
            status: "complete",
            samples: vec![f32::NAN; wanted.span.slots()],
        }];
        for page in pages {
            merge(page, &[&wanted], &mut got);
        }
        (
            got[0]
                .samples
                .iter()
                .map(|sample| (!sample.is_nan()).then_some(*sample))
                .collect(),
            got[0].status,
        )
    }

    #[test]
    fn pages_in_any_order_with_repeats_and_strays_make_one_series() {
        let (samples, status) = merged(&[
            page(&[(1_500, 5.0), (900, 3.0)], Some(StatusCode::PartialData)),
            page(
                &[(900, 3.0), (300, 1.23456), (1_800, 9.0), (0, 9.0)],
                Some(StatusCode::Complete),
            ),
        ]);
        assert_eq!(samples, [Some(1.23), None, Some(3.0), None, Some(5.0)]);
        assert_eq!(status, "complete");
    }

    #[test]
    fn a_series_that_ends_in_the_middle_says_so_and_what_is_no_number_is_a_gap() {
        let (samples, status) = merged(&[page(
            &[(300, f64::NAN), (600, f64::INFINITY), (900, 0.0)],
            Some(StatusCode::PartialData),
        )]);
        assert_eq!(samples, [None, None, Some(0.0), None, None]);
        assert_eq!(status, "partial");
    }

    #[test]
    fn a_series_that_is_not_whole_is_no_answer() {
        let refused = |status| {
            FetchedSeries {
                status,
                samples: Vec::new(),
            }
            .refused(&wanted().source)
            .map(|refused| refused.outcome)
        };
        assert_eq!(refused("complete"), None);
        assert_eq!(refused("forbidden"), Some(Outcome::Denied));
        assert_eq!(
            (refused("partial"), refused("internal-error")),
            (Some(Outcome::Failed), Some(Outcome::Failed))
        );
    }

    #[test]
    fn each_metric_keeps_what_it_is_known_to() {
        let latency = Metric::Other("latency_p95_seconds".to_owned());
        let requests = Metric::Other("requests".to_owned());
        assert_eq!(
            (
                kept(0.012_34, &latency),
                kept(12.345_6, &Metric::MemoryPercent),
                kept(1_234.4, &requests)
            ),
            (0.0123, 12.35, 1_234.0)
        );
    }

    #[test]
    fn an_answer_to_something_that_was_not_asked_is_ignored() {
        let stray = MetricDataResult::builder()
            .id("q7")
            .timestamps(DateTime::from_secs(300))
            .values(1.0)
            .build();
        assert_eq!(merged(&[stray]).0, [None; 5]);
    }
}
