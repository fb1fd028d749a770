//! Which series go into one call of GetMetricData.
//!
//! A call has one span and takes 500 queries and 100,800 data points (CloudWatch API reference,
//! GetMetricData). Points are counted as the service counts them: span over period, for each query.

use std::collections::BTreeMap;

use super::series_request::{SeriesRequest, Span};

/// Queries in a call.
const MOST_QUERIES: usize = 500;

/// Data points in an answer.
const MOST_POINTS: usize = 100_800;

/// Places in the list of wanted series, and the span of all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::collect) struct Batch {
    pub(in crate::collect) start: i64,
    pub(in crate::collect) end: i64,
    pub(in crate::collect) members: Vec<usize>,
    pub(in crate::collect) points: usize,
}

/// Every series in exactly one batch; first fit, the largest first. A series without a slot is in none.
pub(in crate::collect) fn batches(wanted: &[SeriesRequest]) -> Vec<Batch> {
    let mut by_span: BTreeMap<(i64, i64), Vec<(usize, usize)>> = BTreeMap::new();
    for (place, one) in wanted.iter().enumerate() {
        let Span { start, end, .. } = one.span;
        if one.span.slots() > 0 {
            by_span
                .entry((start, end))
                .or_default()
                .push((one.span.slots(), place));
        }
    }
    let mut all = Vec::new();
    for ((start, end), mut members) in by_span {
        members.sort_by_key(|(points, place)| (std::cmp::Reverse(*points), *place));
        let mut of_span: Vec<Batch> = Vec::new();
        for (points, place) in members {
            let fits = |batch: &&mut Batch| {
                batch.members.len() < MOST_QUERIES && batch.points + points <= MOST_POINTS
            };
            match of_span.iter_mut().find(fits) {
                Some(batch) => {
                    batch.members.push(place);
                    batch.points += points;
                }
                // A single series may be longer than an answer: it then comes in pages.
                None => of_span.push(Batch {
                    start,
                    end,
                    members: vec![place],
                    points,
                }),
            }
        }
        all.append(&mut of_span);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::series_request::{CloudWatchMetric, Statistic};
    use super::*;
    use crate::snapshot::{Metric, Subject};
    use proptest::prelude::*;

    fn wanted(span: Span) -> SeriesRequest {
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

    fn five_minutes(days: u32) -> Span {
        Span::back(1_000_000 * 3_600, days, 300)
    }

    #[test]
    fn five_series_of_63_days_fill_nine_tenths_of_a_call() {
        let found = batches(&vec![wanted(five_minutes(63)); 11]);
        assert_eq!(
            found
                .iter()
                .map(|batch| batch.members.len())
                .collect::<Vec<_>>(),
            [5, 5, 1]
        );
        assert_eq!(found[0].points, 90_720);
    }

    #[test]
    fn no_call_has_more_than_500_queries_at_any_edge() {
        for (count, calls) in [(1, 1), (499, 1), (500, 1), (501, 2), (1_000, 2), (1_001, 3)] {
            let found = batches(&vec![
                wanted(Span {
                    start: 0,
                    end: 300,
                    period: 300
                });
                count
            ]);
            assert_eq!(
                (
                    found.len(),
                    found.iter().map(|batch| batch.members.len()).sum::<usize>()
                ),
                (calls, count)
            );
        }
    }

    #[test]
    fn a_series_longer_than_an_answer_goes_alone() {
        let found = batches(&[
            wanted(Span {
                start: 0,
                end: 60 * 100_801,
                period: 60,
            }),
            wanted(Span {
                start: 0,
                end: 60,
                period: 60,
            }),
        ]);
        assert_eq!(found.len(), 2);
    }

    proptest! {
        #[test]
        fn every_series_is_asked_for_exactly_once_within_the_limits(days in prop::collection::vec((0_u32..64, prop::sample::select(vec![60_u32, 300, 3_600])), 0..60)) {
            let all: Vec<SeriesRequest> = days.iter().map(|(days, period)| wanted(Span::back(7_200_000, *days, *period))).collect();
            let found = batches(&all);
            let mut places: Vec<usize> = found.iter().flat_map(|batch| batch.members.clone()).collect();
            places.sort_unstable();
            let expected: Vec<usize> = (0..all.len()).filter(|place| all[*place].span.slots() > 0).collect();
            prop_assert_eq!(places, expected);
            for batch in found {
                let points: usize = batch.members.iter().map(|place| all[*place].span.slots()).sum();
                prop_assert_eq!(points, batch.points);
                prop_assert!(batch.members.len() <= MOST_QUERIES && (points <= MOST_POINTS || batch.members.len() == 1));
                prop_assert!(batch.members.iter().all(|place| (all[*place].span.start, all[*place].span.end) == (batch.start, batch.end)));
            }
        }
    }
}
