//! History out of CloudWatch: what is asked, in which calls, and what becomes of the answers.

mod batch;
mod discover;
mod fetch;
mod gather;
mod retention;
mod series;
mod wanted;

pub(super) use discover::{Listed, SOUGHT, list};
pub(super) use gather::{Gathered, gather};
pub(super) use retention::Retention;
pub(super) use series::{Measured, MeasuredBalancer, MeasuredInstance, Spans, is_burstable, of};
pub(super) use wanted::{Span, Wanted};
