//! Logs that instances send to CloudWatch.

use super::options::Options;

const NAMESPACE: &str = "aws:elasticbeanstalk:cloudwatch:logs";

/// The longest that CloudWatch keeps anything for a number of days: ten years.
const MOST_DAYS: u32 = 3_653;

/// For how many days they are kept there, if they are sent.
/// Source: AWS Elastic Beanstalk Developer Guide, `aws:elasticbeanstalk:cloudwatch:logs`: seven where nothing is set.
pub(super) fn days(options: &Options<'_>) -> Option<u32> {
    options.is_on(NAMESPACE, "StreamLogs").then(|| {
        options
            .number(NAMESPACE, "RetentionInDays", 1, u32::MAX)
            .unwrap_or(7)
            .min(MOST_DAYS)
    })
}
