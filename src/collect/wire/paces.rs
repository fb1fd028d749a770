//! How fast each service may be asked.

use super::super::calls::{Call, Service};

/// A rate and what may be saved up of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::collect) struct Pace {
    /// Units in a second.
    pub(in crate::collect) per_second: f64,
    /// Units that may pass at once after a pause.
    pub(in crate::collect) burst: f64,
}

/// The limits of one account in one region; each member is a gate of its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::collect) struct Paces {
    /// Beanstalk's calls, all kinds together.
    pub(in crate::collect) beanstalk: Pace,
    /// How fast GetMetricData may be called.
    pub(in crate::collect) metric_data: Pace,
    /// GetMetricData's data points, as the service estimates them.
    pub(in crate::collect) points: Pace,
    /// How fast ListMetrics may be called.
    pub(in crate::collect) list_metrics: Pace,
    /// Every other service's calls, each service for itself.
    pub(in crate::collect) other: Pace,
}

/// Calls that share a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    MetricData,
    ListMetrics,
    Service(Service),
}

impl Kind {
    pub(super) fn of(call: Call) -> Self {
        match call {
            Call::GetMetricData => Self::MetricData,
            Call::ListMetrics => Self::ListMetrics,
            _ => Self::Service(call.service()),
        }
    }

    pub(super) fn pace(self, paces: &Paces) -> Pace {
        match self {
            Self::MetricData => paces.metric_data,
            Self::ListMetrics => paces.list_metrics,
            Self::Service(Service::ElasticBeanstalk) => paces.beanstalk,
            Self::Service(_) => paces.other,
        }
    }
}
