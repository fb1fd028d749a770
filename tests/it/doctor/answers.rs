//! What an account answers: everything, all but one thing, nothing in many words.

use std::collections::BTreeSet;

use eb2eks::collect::{Call, Outcome, Verdict, iam_policy, report_text};

use super::{
    ACCESS_KEY, SECRET_KEY, SESSION_TOKEN, TOKYO, examine, hurried, message, others, outcome,
};
use crate::fake_aws::{Answer, FakeAws, beanstalk, cbor_list, cbor_map, cbor_text, instance_of};

#[test]
fn every_call_is_made_once_and_the_policy_allows_exactly_what_was_seen_on_the_wire() {
    let aws = FakeAws::start(|_| Answer::Well);
    let report = examine(&aws.url(), &[TOKYO], &hurried());
    assert_eq!(report.verdict(), Verdict::Ready, "{report:?}");
    assert!(
        report.outcomes().all(|outcome| outcome == Outcome::Ok),
        "{report:?}"
    );

    let policy: serde_json::Value =
        serde_json::from_str(&iam_policy(&[]).expect("it serialises")).expect("it is JSON");
    let statements = policy["Statement"].as_array().expect("statements").iter();
    let allowed: BTreeSet<String> = statements
        .flat_map(|one| one["Action"].as_array().expect("actions"))
        .map(|name| name.as_str().expect("a name").to_owned())
        .collect();
    let counts = aws.counts();
    // Two services share the name of a call, and with it the permission.
    let called: BTreeSet<String> = counts
        .keys()
        .map(|action| action.trim_end_matches(" (classic)").to_owned())
        .collect();
    // The price list is for `prices refresh` alone.
    let of_collection: BTreeSet<String> = allowed
        .into_iter()
        .filter(|action| action != "pricing:GetProducts")
        .collect();
    assert_eq!(called, of_collection);
    assert!(counts.values().all(|count| *count == 1), "{counts:?}");
    for asked in aws.asked() {
        assert_eq!(asked.region, TOKYO);
        let body = String::from_utf8_lossy(&asked.body).into_owned();
        match asked.action.as_str() {
            "elasticbeanstalk:DescribeEnvironments" => {
                assert!(body.contains("MaxRecords=1"), "{body}")
            }
            "ec2:DescribeInstances" => assert!(body.contains("MaxResults=5"), "{body}"),
            _ => {}
        }
    }
}

#[test]
fn every_region_is_asked_in_its_own_name() {
    let aws = FakeAws::start(|_| Answer::Well);
    let report = examine(&aws.url(), &[TOKYO, "eu-central-1"], &hurried());
    assert_eq!(report.outcomes().count(), 2 * Call::of_collection().count());
    let regions: Vec<String> = aws.asked().into_iter().map(|asked| asked.region).collect();
    assert_eq!(
        regions.iter().filter(|region| *region == TOKYO).count(),
        Call::of_collection().count()
    );
    assert_eq!(
        regions
            .iter()
            .filter(|region| *region == "eu-central-1")
            .count(),
        Call::of_collection().count()
    );
}

#[test]
fn one_denied_call_is_named_and_the_others_are_still_tried() {
    let said = "User: arn:aws:iam::123456789012:user/reader is not authorized to perform: cloudwatch:GetMetricData";
    let aws = FakeAws::start(move |asked| match asked.action.as_str() {
        "cloudwatch:GetMetricData" => Answer::Refuse(403, "AccessDenied", said.to_owned()),
        _ => Answer::Well,
    });
    let report = examine(&aws.url(), &[TOKYO], &hurried());
    assert_eq!(outcome(&report, Call::GetMetricData), Outcome::Denied);
    assert_eq!(
        message(&report, Call::GetMetricData),
        format!("AccessDenied: {said}")
    );
    assert!(
        others(Call::GetMetricData).all(|call| outcome(&report, call) == Outcome::Ok),
        "{report:?}"
    );
    assert_eq!(report.verdict(), Verdict::Incomplete);
    assert_eq!(report.denied_actions(), ["cloudwatch:GetMetricData"]);
    assert!(report_text(&report, 100).contains("eb2eks iam-policy"));
}

#[test]
fn each_service_spells_a_denial_in_its_own_way() {
    let aws = FakeAws::start(|asked| match asked.action.split(':').next() {
        Some("ec2") => Answer::Refuse(
            403,
            "UnauthorizedOperation",
            "You are not authorized to perform this operation.".to_owned(),
        ),
        Some("cloudwatch") => Answer::Refuse(400, "AccessDeniedException", "no".to_owned()),
        _ => Answer::Refuse(403, "InsufficientPrivilegesException", "no".to_owned()),
    });
    let report = examine(&aws.url(), &[TOKYO], &hurried());
    assert!(
        report.outcomes().all(|outcome| outcome == Outcome::Denied),
        "{report:?}"
    );
    assert_eq!(
        aws.asked().len(),
        Call::of_collection().count(),
        "a denial is not worth a second attempt"
    );
}

#[test]
fn a_series_that_is_forbidden_is_a_denial_although_the_call_succeeds() {
    let series = cbor_map(&[
        ("Id", cbor_text("cpu")),
        ("StatusCode", cbor_text("Forbidden")),
    ]);
    let body = cbor_map(&[("MetricDataResults", cbor_list(&[series]))]);
    let aws = FakeAws::start(move |asked| match asked.action.as_str() {
        "cloudwatch:GetMetricData" => Answer::Body(body.clone()),
        _ => Answer::Well,
    });
    assert_eq!(
        outcome(
            &examine(&aws.url(), &[TOKYO], &hurried()),
            Call::GetMetricData
        ),
        Outcome::Denied
    );
}

#[test]
fn an_empty_list_of_environments_is_good_but_doubtful() {
    let aws = FakeAws::start(|asked| match asked.action.as_str() {
        "elasticbeanstalk:DescribeEnvironments" => {
            Answer::Body(beanstalk("DescribeEnvironments", "<Environments/>").into_bytes())
        }
        "ec2:DescribeInstances" => Answer::Body(
            b"<DescribeInstancesResponse><reservationSet/></DescribeInstancesResponse>".to_vec(),
        ),
        _ => Answer::Well,
    });
    let report = examine(&aws.url(), &[TOKYO], &hurried());
    assert_eq!(outcome(&report, Call::DescribeEnvironments), Outcome::Empty);
    assert!(message(&report, Call::DescribeEnvironments).contains("a permission that is missing"));
    assert_eq!(report.verdict(), Verdict::Ready);
    assert!(report_text(&report, 100).contains("compare with its console"));
}

#[test]
fn an_empty_list_is_a_denial_where_ec2_shows_an_instance_of_an_environment() {
    let aws = FakeAws::start(|asked| match asked.action.as_str() {
        "elasticbeanstalk:DescribeEnvironments" => {
            Answer::Body(beanstalk("DescribeEnvironments", "<Environments/>").into_bytes())
        }
        "ec2:DescribeInstances" => Answer::Body(instance_of("search-prod").into_bytes()),
        _ => Answer::Well,
    });
    let report = examine(&aws.url(), &[TOKYO], &hurried());
    assert_eq!(
        outcome(&report, Call::DescribeEnvironments),
        Outcome::Denied
    );
    assert!(message(&report, Call::DescribeEnvironments).contains("\"search-prod\""));
    assert_eq!(
        report.denied_actions(),
        ["elasticbeanstalk:DescribeEnvironments"]
    );
}

#[test]
fn an_empty_page_with_a_following_one_is_not_an_empty_list() {
    let page = beanstalk(
        "DescribeEnvironments",
        "<Environments/><NextToken>more</NextToken>",
    );
    let aws = FakeAws::start(move |asked| match asked.action.as_str() {
        "elasticbeanstalk:DescribeEnvironments" => Answer::Body(page.clone().into_bytes()),
        _ => Answer::Well,
    });
    assert_eq!(
        outcome(
            &examine(&aws.url(), &[TOKYO], &hurried()),
            Call::DescribeEnvironments
        ),
        Outcome::Ok
    );
}

#[test]
fn an_answer_that_is_none_is_a_failure_and_never_an_empty_list() {
    for garbage in [
        "<html><title>Sign in to the guest network</title></html>",
        "",
        "\u{0}\u{1}garbage",
        "<DescribeEnvironmentsResponse>",
    ] {
        let aws = FakeAws::start(move |_| Answer::Body(garbage.as_bytes().to_vec()));
        let report = examine(&aws.url(), &[TOKYO], &hurried());
        assert!(
            report.outcomes().all(|outcome| outcome == Outcome::Failed),
            "{garbage:?} {report:?}"
        );
        assert_eq!(report.verdict(), Verdict::Incomplete);
    }
}

#[test]
fn an_answer_without_its_list_was_cut_off() {
    let aws = FakeAws::start(|asked| match asked.action.split_once(':') {
        Some(("elasticbeanstalk", operation)) => {
            Answer::Body(beanstalk(operation, "").into_bytes())
        }
        Some(("ec2", operation)) => {
            Answer::Body(format!("<{operation}Response><requestId>r").into_bytes())
        }
        _ => Answer::Well,
    });
    let report = examine(&aws.url(), &[TOKYO], &hurried());
    let looked_at = [
        Call::DescribeEnvironments,
        Call::DescribeApplications,
        Call::DescribeInstances,
        Call::DescribeInstanceTypes,
        Call::DescribeSubnets,
    ];
    assert!(
        looked_at
            .iter()
            .all(|&call| outcome(&report, call) == Outcome::Failed),
        "{report:?}"
    );
}

#[test]
fn what_an_error_echoes_of_the_credentials_is_not_repeated() {
    let echo = format!(
        "\u{1b}[2Jbad {ACCESS_KEY} {SECRET_KEY} x-amz-security-token:{SESSION_TOKEN} {}",
        "and so on ".repeat(100)
    );
    let codes = ["AccessDenied", "InternalFailure", "SomethingNew"];
    for code in codes {
        let echo = echo.clone();
        let aws = FakeAws::start(move |_| Answer::Refuse(400, code, echo.clone()));
        let report = examine(&aws.url(), &[TOKYO], &hurried());
        for shown in [
            format!("{report:?}"),
            report_text(&report, 10_000),
            report_text(&report, 80),
        ] {
            for canary in [ACCESS_KEY, SECRET_KEY, SESSION_TOKEN, "FwoGZXIv", "\u{1b}"] {
                assert!(!shown.contains(canary), "{canary:?} in {shown}");
            }
        }
        for call in Call::of_collection() {
            let message = message(&report, call);
            assert!(
                message.starts_with(code)
                    && message.ends_with('…')
                    && message.chars().count() <= 200,
                "{message}"
            );
        }
    }
}
