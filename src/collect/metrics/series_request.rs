//! A series that is asked for, before it is there.

use serde::{Deserialize, Serialize};

use crate::snapshot::{Metric, Subject};

/// A half-open time in seconds since 1970, both ends on the grid of the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::collect) struct Span {
    pub(in crate::collect) start: i64,
    pub(in crate::collect) end: i64,
    pub(in crate::collect) period: u32,
}

impl Span {
    /// `days` back from `end`, which a whole hour makes fit every period.
    pub(in crate::collect) fn back(end: i64, days: u32, period: u32) -> Self {
        Self {
            start: end - i64::from(days) * 86_400,
            end,
            period,
        }
    }

    /// The part of it from the period in which `from` lies to the one in which `to` lies.
    pub(in crate::collect) fn within(self, from: Option<i64>, to: Option<i64>) -> Self {
        let period = i64::from(self.period);
        let down = |time: i64| time.div_euclid(period) * period;
        let up = |time: i64| down(time + period - 1);
        let start = from.map_or(self.start, |from| down(from).clamp(self.start, self.end));
        let end = to.map_or(self.end, |to| up(to).clamp(start, self.end));
        Self {
            start,
            end,
            period: self.period,
        }
    }

    /// Periods in it: the data points that one series of it can have.
    pub(in crate::collect) fn slots(self) -> usize {
        usize::try_from((self.end - self.start) / i64::from(self.period)).unwrap_or(0)
    }
}

/// What CloudWatch calls a metric.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(in crate::collect) struct CloudWatchMetric {
    pub(in crate::collect) namespace: String,
    pub(in crate::collect) name: String,
    /// Sorted by name; CloudWatch wants exactly these.
    pub(in crate::collect) dimensions: Vec<(String, String)>,
}

impl CloudWatchMetric {
    pub(in crate::collect) fn new(
        namespace: &str,
        name: &str,
        dimensions: &[(&str, &str)],
    ) -> Self {
        let mut dimensions: Vec<_> = dimensions
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        dimensions.sort();
        Self {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            dimensions,
        }
    }

    /// The value of a dimension.
    pub(in crate::collect) fn dimension(&self, name: &str) -> Option<&str> {
        self.dimensions
            .iter()
            .find(|(dimension, _)| dimension == name)
            .map(|(_, value)| value.as_str())
    }

    /// `AWS/EC2 CPUUtilization InstanceId=i-0abc`, as the snapshot names it.
    pub(in crate::collect) fn text(&self) -> String {
        let dimensions: String = self
            .dimensions
            .iter()
            .map(|(name, value)| format!(" {name}={value}"))
            .collect();
        format!("{} {}{dimensions}", self.namespace, self.name)
    }
}

/// One series of one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::collect) struct SeriesRequest {
    /// Place of the environment in its group.
    pub(in crate::collect) environment: usize,
    pub(in crate::collect) subject: Subject,
    pub(in crate::collect) metric: Metric,
    pub(in crate::collect) statistic: Statistic,
    pub(in crate::collect) span: Span,
    pub(in crate::collect) source: CloudWatchMetric,
}

/// What becomes of the samples of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::collect) enum Statistic {
    Average,
    Maximum,
    Sum,
    SampleCount,
    P95,
}

impl Statistic {
    /// The metric's name as CloudWatch spells it.
    pub(in crate::collect) const fn cloudwatch_name(self) -> &'static str {
        match self {
            Self::Average => "Average",
            Self::Maximum => "Maximum",
            Self::Sum => "Sum",
            Self::SampleCount => "SampleCount",
            Self::P95 => "p95",
        }
    }

    /// The metric's name as a snapshot spells it.
    pub(in crate::collect) const fn snapshot_name(self) -> &'static str {
        match self {
            Self::Average => "average",
            Self::Maximum => "maximum",
            Self::Sum => "sum",
            Self::SampleCount => "sample_count",
            Self::P95 => "p95",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_widens_to_whole_periods_and_never_leaves_the_span() {
        let span = Span {
            start: 3_000,
            end: 6_000,
            period: 300,
        };
        assert_eq!(span.slots(), 10);
        let life = |from, to| {
            let part = span.within(from, to);
            (part.start, part.end)
        };
        assert_eq!(life(Some(3_301), Some(3_901)), (3_300, 4_200));
        assert_eq!(life(None, Some(3_300)), (3_000, 3_300));
        assert_eq!(life(Some(10), Some(9_999)), (3_000, 6_000));
        assert_eq!(life(Some(7_000), None), (6_000, 6_000));
        assert_eq!(life(Some(100), Some(200)), (3_000, 3_000));
    }
}
