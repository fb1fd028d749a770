//! The limits that AWS documents, or that callers have met, as buckets of tokens.

use std::collections::BTreeMap;
use std::time::Instant;

use super::Asked;

/// A service's limits in one account and region, times a factor for tests that have no hour.
#[derive(Debug)]
pub(crate) struct Limits {
    factor: Option<f64>,
    buckets: BTreeMap<(String, String, &'static str), (f64, Instant)>,
}

impl Limits {
    pub(crate) fn none() -> Self {
        Self {
            factor: None,
            buckets: BTreeMap::new(),
        }
    }

    /// As documented, but `factor` times as fast.
    pub(crate) fn documented(factor: f64) -> Self {
        Self {
            factor: Some(factor),
            buckets: BTreeMap::new(),
        }
    }

    /// How the service says that this came too fast, if it did. `points` are those of GetMetricData.
    pub(super) fn refuse(&mut self, asked: &Asked, points: usize) -> Option<(u16, &'static str)> {
        let factor = self.factor?;
        // Calls in a second and what may be saved up: Beanstalk's is not published, CloudWatch's is
        // (GetMetricData 50 calls and 396,000 points, ListMetrics 25 calls), the others' are buckets of
        // tens of calls.
        let (bucket, rate, burst) = match asked.action.as_str() {
            "cloudwatch:GetMetricData" => {
                if !self.take(
                    asked,
                    "points",
                    396_000.0 * factor,
                    396_000.0 * factor,
                    points as f64,
                ) {
                    return Some((400, "ThrottlingException"));
                }
                ("metric data", 50.0, 50.0)
            }
            "cloudwatch:ListMetrics" => ("list metrics", 25.0, 25.0),
            action if action.starts_with("elasticbeanstalk:") => ("beanstalk", 2.0, 4.0),
            action if action.starts_with("ec2:") => ("ec2", 20.0, 50.0),
            action if action.starts_with("autoscaling:") => ("autoscaling", 10.0, 20.0),
            _ => ("other", 10.0, 20.0),
        };
        if self.take(asked, bucket, rate * factor, burst * factor.max(1.0), 1.0) {
            return None;
        }
        Some(match bucket {
            "metric data" | "list metrics" => (400, "ThrottlingException"),
            "ec2" => (503, "RequestLimitExceeded"),
            _ => (400, "Throttling"),
        })
    }

    fn take(
        &mut self,
        asked: &Asked,
        bucket: &'static str,
        rate: f64,
        burst: f64,
        cost: f64,
    ) -> bool {
        let now = Instant::now();
        let (tokens, last) = self
            .buckets
            .entry((asked.key.clone(), asked.region.clone(), bucket))
            .or_insert((burst, now));
        *tokens = (*tokens + now.duration_since(*last).as_secs_f64() * rate).min(burst);
        *last = now;
        if *tokens < cost {
            return false;
        }
        *tokens -= cost;
        true
    }
}
