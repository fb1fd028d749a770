//! Whether the calls of CloudWatch are allowed.

use std::time::SystemTime;

use aws_sdk_cloudwatch::primitives::DateTime;
use aws_sdk_cloudwatch::types::{Metric, MetricDataQuery, MetricStat, StatusCode};

use super::super::clients::RegionClients;
use super::super::outcome::Outcome;
use super::{Finding, refused};

/// Every `Ok` will do: in CBOR an empty list may be left out.
pub(super) async fn metrics(clients: &RegionClients) -> Finding {
    match clients
        .cloudwatch
        .list_metrics()
        .namespace("AWS/EC2")
        .metric_name("CPUUtilization")
        .send()
        .await
    {
        Ok(_) => Finding::of(Outcome::Ok),
        Err(error) => refused(clients, &error),
    }
}

/// One metric over a quarter of an hour: a thousandth of a cent.
pub(super) async fn metric_data(clients: &RegionClients) -> Finding {
    let cpu = Metric::builder()
        .namespace("AWS/EC2")
        .metric_name("CPUUtilization")
        .build();
    let query = MetricDataQuery::builder()
        .id("cpu")
        .metric_stat(
            MetricStat::builder()
                .metric(cpu)
                .period(300)
                .stat("Average")
                .build(),
        )
        .return_data(true)
        .build();
    let end = now();
    let start = DateTime::from_secs(end.secs() - 900);
    match clients
        .cloudwatch
        .get_metric_data()
        .metric_data_queries(query)
        .start_time(start)
        .end_time(end)
        .send()
        .await
    {
        // The call may be allowed and the series forbidden.
        Ok(answer)
            if answer
                .metric_data_results()
                .iter()
                .any(|series| series.status_code == Some(StatusCode::Forbidden)) =>
        {
            Finding::saying(
                Outcome::Denied,
                "the call is allowed, but the series answers Forbidden",
            )
        }
        Ok(_) => Finding::of(Outcome::Ok),
        Err(error) => refused(clients, &error),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "CloudWatch is asked for the last minutes; nothing of the answer is kept"
)]
fn now() -> DateTime {
    DateTime::from(SystemTime::now())
}
