//! Servers that throttle, stall, fail and are not there: the doctor always comes back.

use std::net::{Ipv4Addr, TcpListener};
use std::time::Duration;

use eb2eks::collect::{Call, Outcome, RetryPolicy, Verdict};

use super::{TOKYO, examine, hurried, message, others, outcome, timed};
use crate::fake_aws::{Answer, FakeAws};

#[test]
fn a_call_that_is_throttled_for_ever_is_given_up_after_the_last_attempt() {
    let aws = FakeAws::start(|asked| match asked.action.as_str() {
        "elasticbeanstalk:DescribeApplications" => {
            Answer::Refuse(400, "Throttling", "Rate exceeded".to_owned())
        }
        _ => Answer::Well,
    });
    let report = examine(&aws.url(), &[TOKYO], &hurried());
    assert_eq!(
        outcome(&report, Call::DescribeApplications),
        Outcome::ThrottledOut
    );
    assert_eq!(
        message(&report, Call::DescribeApplications),
        "Throttling: Rate exceeded"
    );
    assert!(
        others(Call::DescribeApplications).all(|call| outcome(&report, call) == Outcome::Ok),
        "{report:?}"
    );
    assert_eq!(aws.counts()["elasticbeanstalk:DescribeApplications"], 3);
}

#[test]
fn a_service_that_asks_for_an_hour_does_not_get_it() {
    for header in [
        "x-amz-retry-after: 3600000",
        "x-amz-retry-after: -1",
        "x-amz-retry-after: abc",
        "retry-after: 3600",
    ] {
        let aws = FakeAws::start(move |asked| match asked.action.as_str() {
            "cloudwatch:ListMetrics" => Answer::RefuseWith(
                400,
                "ThrottlingException",
                "Rate exceeded".to_owned(),
                header,
            ),
            _ => Answer::Well,
        });
        let retry_policy = RetryPolicy {
            operation: Duration::from_secs(1),
            ..hurried()
        };
        let (report, took) = timed(|| examine(&aws.url(), &[TOKYO], &retry_policy));
        let found = outcome(&report, Call::ListMetrics);
        assert!(
            matches!(found, Outcome::ThrottledOut | Outcome::TimedOut),
            "{header}: {report:?}"
        );
        assert!(took < Duration::from_secs(7), "{header}: {took:?}");
    }
}

#[test]
fn a_service_that_recovers_is_well() {
    let aws = FakeAws::start(|asked| match asked.earlier {
        0 => Answer::Refuse(503, "ServiceUnavailable", "try again".to_owned()),
        1 => Answer::Refuse(500, "InternalFailure", "try again".to_owned()),
        _ => Answer::Well,
    });
    let report = examine(&aws.url(), &[TOKYO], &hurried());
    assert_eq!(report.verdict(), Verdict::Ready, "{report:?}");
}

#[test]
fn a_server_that_never_answers_is_left_in_time() {
    for stall in [Answer::Silence, Answer::HeadOnly] {
        let aws = FakeAws::start(move |_| stall.clone());
        let retry_policy = RetryPolicy {
            read: Duration::from_millis(150),
            attempt: Duration::from_millis(200),
            operation: Duration::from_millis(500),
            ..hurried()
        };
        let (report, took) = timed(|| examine(&aws.url(), &[TOKYO], &retry_policy));
        let outcomes: Vec<Outcome> = report.outcomes().collect();
        assert!(
            outcomes[..3]
                .iter()
                .all(|outcome| *outcome == Outcome::TimedOut),
            "{report:?}"
        );
        assert!(
            outcomes[3..]
                .iter()
                .all(|outcome| *outcome == Outcome::NotAttempted),
            "{report:?}"
        );
        assert_eq!(report.verdict(), Verdict::Network);
        // Three calls of half a second, and some for a busy machine.
        assert!(took < Duration::from_secs(7), "{took:?}");
    }
}

#[test]
fn a_port_where_nobody_listens_is_unreachable() {
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|socket| socket.local_addr())
        .expect("a free port");
    let report = examine(&format!("http://{free}"), &[TOKYO], &hurried());
    assert!(
        report
            .outcomes()
            .all(|outcome| outcome == Outcome::Unreachable),
        "{report:?}"
    );
    assert_eq!(report.verdict(), Verdict::Network);
    assert!(!message(&report, Call::ListMetrics).is_empty());
}
