//! One metric of one subject over time.

use jiff::Timestamp;

/// What was measured. An open set: metrics that this version does not know are kept by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Metric {
    /// Utilisation of all vCPUs of an instance, 0 to 100.
    CpuPercent,
    /// Memory in use as a share of the instance's, 0 to 100.
    MemoryPercent,
    /// Credits that a T instance has left.
    CpuCreditBalance,
    /// A metric that this version does not know, by its name.
    Other(String),
}

impl Metric {
    /// From its name in `metrics.parquet`.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "cpu_percent" => Self::CpuPercent,
            "memory_percent" => Self::MemoryPercent,
            "cpu_credit_balance" => Self::CpuCreditBalance,
            other => Self::Other(other.to_owned()),
        }
    }

    /// Its name in `metrics.parquet`.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::CpuPercent => "cpu_percent",
            Self::MemoryPercent => "memory_percent",
            Self::CpuCreditBalance => "cpu_credit_balance",
            Self::Other(name) => name,
        }
    }
}

/// Whose metric it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The environment as a whole (its auto scaling group).
    Environment,
    /// One instance, by id.
    Instance(String),
}

impl Subject {
    /// From its text in `metrics.parquet`.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        if text == "environment" {
            Self::Environment
        } else {
            Self::Instance(text.to_owned())
        }
    }

    /// Its text in `metrics.parquet`.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Environment => "environment",
            Self::Instance(id) => id,
        }
    }
}

/// How completely a series was collected, in the source's own words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SeriesStatus(pub String);

impl SeriesStatus {
    /// Everything that exists came.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.0 == "complete"
    }
}

/// Samples on a regular grid. A gap is NaN in `samples` and never anything else.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The environment or the instance that was measured.
    pub subject: Subject,
    /// Which metric the values are of.
    pub metric: Metric,
    /// `average`, `maximum`, …
    pub statistic: String,
    /// Seconds from one value to the next.
    pub period_seconds: u32,
    /// Time of the first sample.
    pub start: Timestamp,
    /// Where it came from.
    pub source: String,
    /// Whether AWS answered for the whole window.
    pub status: SeriesStatus,
    /// The values; NaN is "nothing was reported".
    pub samples: Vec<f32>,
    /// Samples that cannot be true (negative, infinite, over 100 %) and were made gaps.
    pub rejected: u32,
}

impl Series {
    /// The grid slots that hold a value: (index, value).
    pub fn present(&self) -> impl Iterator<Item = (usize, f32)> {
        self.samples
            .iter()
            .copied()
            .enumerate()
            .filter(|(_, value)| !value.is_nan())
    }
}

impl Series {
    /// What was known of it at a moment: the samples whose period had ended.
    #[must_use]
    pub fn until(&self, moment: Timestamp) -> Self {
        let seconds = moment.as_second().saturating_sub(self.start.as_second());
        let count = seconds.div_euclid(i64::from(self.period_seconds.max(1)));
        let count = usize::try_from(count).unwrap_or(0).min(self.samples.len());
        Self {
            subject: self.subject.clone(),
            metric: self.metric.clone(),
            statistic: self.statistic.clone(),
            source: self.source.clone(),
            status: self.status.clone(),
            samples: self.samples.get(..count).unwrap_or_default().to_vec(),
            ..*self
        }
    }
}

/// Highest utilisation that is taken for rounding and clock skew rather than for an error.
/// CloudWatch averages can pass 100 by a little when a sample's interval was not quite its period.
const PERCENT_TOLERANCE: f32 = 101.0;

/// The largest sample that can be true, and what it is read as.
fn most(metric: &Metric) -> (f32, f32) {
    let same = |most| (most, most);
    match metric {
        Metric::CpuPercent | Metric::MemoryPercent => (PERCENT_TOLERANCE, 100.0),
        Metric::CpuCreditBalance => same(f32::MAX),
        Metric::Other(name) => match name.as_str() {
            // In a period: 33 million a second over five minutes, a hundred times what the largest sites have.
            "requests" => same(1e10),
            "queue_messages_visible" | "queue_messages_received" => same(1e12),
            // SQS keeps a message for 14 days.
            "queue_oldest_seconds" => same(15.0 * 86_400.0),
            // A load balancer gives up after 4000 seconds of silence.
            "latency_p95_seconds" => same(86_400.0),
            // The largest group of Beanstalk has ten thousand, each with 60 samples an hour.
            "instances" => same(10_000.0),
            "cpu_samples" => same(600_000.0),
            _ => same(f32::MAX),
        },
    }
}

/// Turns what cannot be true into gaps and reports how many there were. Percentages up to 101 are 100.
pub fn sanitise(metric: &Metric, samples: &mut [f32]) -> u32 {
    let (highest, most) = most(metric);
    let mut rejected = 0;
    for sample in samples {
        // A NaN is in no range either, but was a gap before.
        let is_wrong = !((*sample >= 0.0) & (*sample <= highest));
        // Without a branch, so that a processor takes several samples at once.
        rejected += u32::from(is_wrong & !sample.is_nan());
        let within = if *sample > most { most } else { *sample };
        // Added to zero, a negative zero, which would print as "-0", becomes a positive one.
        *sample = if is_wrong { f32::NAN } else { within + 0.0 };
    }
    rejected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_true_becomes_a_gap_and_is_counted() {
        let mut samples = [f32::NAN, 0.0, -0.1, 100.5, 101.5, f32::INFINITY, 42.0];
        assert_eq!(
            sanitise(&Metric::CpuPercent, &mut samples),
            3,
            "the NaN was a gap already"
        );
        assert!(
            samples[0].is_nan()
                && samples[2].is_nan()
                && samples[4].is_nan()
                && samples[5].is_nan()
        );
        assert_eq!((samples[1], samples[3], samples[6]), (0.0, 100.0, 42.0));
    }

    #[test]
    fn what_nobody_has_is_a_gap() {
        for (name, most) in [
            ("requests", 1e10),
            ("queue_oldest_seconds", 1_296_000.0),
            ("instances", 10_000.0),
        ] {
            let mut samples = [most, 3e38];
            let metric = Metric::from_name(name);
            assert_eq!(sanitise(&metric, &mut samples), 1, "{name}");
            assert!(samples[0] == most && samples[1].is_nan(), "{name}");
        }
    }

    #[test]
    fn credits_may_pass_a_hundred() {
        let mut samples = [576.0];
        assert_eq!(sanitise(&Metric::CpuCreditBalance, &mut samples), 0);
        assert_eq!(samples, [576.0]);
    }
}
