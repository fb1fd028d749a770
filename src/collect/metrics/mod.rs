//! History out of CloudWatch: what is asked, in which calls, and what becomes of the answers.

mod batch;
mod discover;
mod fetch;
mod gather;
mod retention;
mod series;
mod series_request;

pub(super) use discover::{ListedMetrics, METRIC_SEARCHES, list};
pub(super) use gather::{GroupHistory, gather};
pub(super) use retention::Retention;
pub(super) use series::{
    MeasuredBalancer, MeasuredEnvironment, MeasuredInstance, Spans, is_burstable, of,
};
pub(super) use series_request::{SeriesRequest, Span};
