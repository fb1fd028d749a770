//! All series of a group of environments.

use futures_util::StreamExt;
use jiff::Timestamp;

use super::super::call_error::CallError;
use super::super::outcome::Outcome;
use super::super::scope::Scope;
use super::batch::{Batch, batches};
use super::fetch::{FetchedSeries, fetch};
use super::series_request::SeriesRequest;
use crate::snapshot::{Series, SeriesStatus};

/// Calls on their way at the same time. At 376,000 data points a second a full call takes its turn every
/// quarter of a second; four bridge answers of a second.
const CALLS_AT_ONCE: usize = 4;

/// What came of a group.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::collect) struct GroupHistory {
    /// For each environment of the group, in its order.
    pub(in crate::collect) series: Vec<Vec<Series>>,
    /// Whether every call was answered, and every series whole, so that nothing is gained by asking again.
    pub(in crate::collect) is_answered: bool,
    /// Calls and series that were refused, by how, and in the words of the first.
    pub(in crate::collect) refused: Vec<(Outcome, String)>,
}

/// Asks for everything in `wanted`, which speaks of `environments` environments.
pub(in crate::collect) async fn gather(
    scope: &Scope,
    wanted: &[SeriesRequest],
    environments: usize,
) -> GroupHistory {
    let mut gathered = GroupHistory {
        series: vec![Vec::new(); environments],
        is_answered: true,
        refused: Vec::new(),
    };
    let batches = batches(wanted);
    let calls = batches
        .iter()
        .map(|batch| async move { (batch, ask(scope, wanted, batch).await) });
    let mut answers = futures_util::stream::iter(calls).buffered(CALLS_AT_ONCE);
    while let Some((batch, answered)) = answers.next().await {
        match answered {
            Ok(got) => {
                scope.has_answered();
                for (place, got) in batch.members.iter().zip(got) {
                    if let Some(refused) =
                        wanted.get(*place).and_then(|one| got.refused(&one.source))
                    {
                        gathered.refuse(refused.outcome, refused.message);
                    }
                    gathered.add(wanted, *place, got);
                }
            }
            Err((outcome, message)) => {
                for place in &batch.members {
                    gathered.add(
                        wanted,
                        *place,
                        FetchedSeries {
                            status: outcome.word(),
                            samples: Vec::new(),
                        },
                    );
                }
                gathered.refuse(outcome, message);
            }
        }
    }
    gathered
}

impl GroupHistory {
    fn refuse(&mut self, outcome: Outcome, message: String) {
        self.is_answered = false;
        if !self.refused.iter().any(|(known, _)| *known == outcome) {
            self.refused.push((outcome, message));
        }
    }

    fn add(&mut self, wanted: &[SeriesRequest], place: usize, got: FetchedSeries) {
        let Some(wanted) = wanted.get(place) else {
            return;
        };
        let Some(series) = self.series.get_mut(wanted.environment) else {
            return;
        };
        let nothing_came =
            got.status == "complete" && got.samples.iter().all(|sample| sample.is_nan());
        series.push(Series {
            subject: wanted.subject.clone(),
            metric: wanted.metric.clone(),
            statistic: wanted.statistic.snapshot_name().to_owned(),
            period_seconds: wanted.span.period,
            start: Timestamp::from_second(wanted.span.start).unwrap_or(Timestamp::UNIX_EPOCH),
            source: wanted.source.text(),
            status: SeriesStatus(if nothing_came { "empty" } else { got.status }.to_owned()),
            samples: got.samples,
            rejected: 0,
        });
    }
}

async fn ask(
    scope: &Scope,
    wanted: &[SeriesRequest],
    batch: &Batch,
) -> Result<Vec<FetchedSeries>, (Outcome, String)> {
    let refused = |outcome, message: &str| Err((outcome, message.to_owned()));
    if scope.control.is_stopped() {
        return refused(Outcome::NotAttempted, "the run was stopped before");
    }
    if let Some(CallError { outcome, message }) = scope.blocked() {
        return refused(outcome, &message);
    }
    let answered = tokio::select! {
        answered = fetch(&scope.clients, wanted, batch) => answered,
        () = scope.control.stopped() => return refused(Outcome::NotAttempted, "the run was stopped before"),
    };
    answered.map_err(|error| {
        let error = scope.look_at(error);
        (error.outcome, error.message)
    })
}
