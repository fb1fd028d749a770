//! Which environments of a scope are collected, and which part of their history.

use super::filter::Filters;
use super::metrics::{Retention, Spans};

/// The same for every scope.
#[derive(Debug, Clone)]
pub(super) struct Selection {
    pub(super) filters: Filters,
    pub(super) spans: Spans,
    pub(super) retention: Retention,
}
