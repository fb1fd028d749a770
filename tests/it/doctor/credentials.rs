//! Credentials that are missing, spent, unknown or good for other regions only.

use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future::ProvideCredentials as Provided;
use aws_sdk_ec2::config::{ProvideCredentials, SharedCredentialsProvider};
use eb2eks::collect::{Call, DoctorReport, Outcome, Verdict, report_text};

use super::{TOKYO, config, examine, examine_as, hurried, outcome};
use crate::fake_aws::{Answer, FakeAws};

/// Finds nothing, or fails with these words.
#[derive(Debug)]
struct Failing(Option<&'static str>);

impl ProvideCredentials for Failing {
    fn provide_credentials<'a>(&'a self) -> Provided<'a>
    where
        Self: 'a,
    {
        Provided::ready(Err(match self.0 {
            None => CredentialsError::not_loaded_no_source(),
            Some(words) => CredentialsError::provider_error(words),
        }))
    }
}

fn stops_after(report: &DoctorReport, attempted: usize, last: Outcome) {
    let outcomes: Vec<Outcome> = report.outcomes().collect();
    assert_eq!(outcomes[attempted - 1], last, "{report:?}");
    assert!(
        outcomes[attempted..]
            .iter()
            .all(|outcome| *outcome == Outcome::NotAttempted),
        "{report:?}"
    );
    assert_eq!(report.verdict(), Verdict::Credentials);
}

#[test]
fn an_expired_token_stops_everything_at_once() {
    let aws = FakeAws::start(|_| {
        Answer::Refuse(
            403,
            "ExpiredToken",
            "The security token included in the request is expired".to_owned(),
        )
    });
    let report = examine(&aws.url(), &[TOKYO, "eu-central-1"], &hurried());
    stops_after(&report, 1, Outcome::CredentialsExpired);
    assert_eq!(aws.asked().len(), 1);
    let report = DoctorReport {
        profile: Some("prod".to_owned()),
        ..report
    };
    assert!(report_text(&report, 100).contains("hint: aws sso login --profile prod"));
}

#[test]
fn a_token_that_expires_in_the_middle_keeps_what_was_learnt() {
    let aws = FakeAws::start(|asked| match asked.action.as_str() {
        "cloudwatch:ListMetrics" => {
            Answer::Refuse(403, "ExpiredTokenException", "expired".to_owned())
        }
        _ => Answer::Well,
    });
    let report = examine(&aws.url(), &[TOKYO], &hurried());
    stops_after(&report, 7, Outcome::CredentialsExpired);
    assert_eq!(outcome(&report, Call::DescribeEnvironments), Outcome::Ok);
    assert_eq!(aws.asked().len(), 7);
}

#[test]
fn without_credentials_nothing_is_sent() {
    for (words, expected) in [
        (None, Outcome::NoCredentials),
        (
            Some("the profile prod names no source"),
            Outcome::NoCredentials,
        ),
        (
            Some("the SSO token has expired and cannot be refreshed"),
            Outcome::CredentialsExpired,
        ),
    ] {
        let aws = FakeAws::start(|_| Answer::Well);
        let config = config(&aws.url(), SharedCredentialsProvider::new(Failing(words)));
        let report = examine_as(&config, &[TOKYO], &hurried());
        stops_after(&report, 1, expected);
        assert!(aws.asked().is_empty());
        assert!(report_text(&report, 100).contains("hint: aws sso login"));
    }
}

#[test]
fn an_unknown_key_is_a_disabled_region_only_where_a_region_can_be_disabled() {
    let refuse = |asked: &crate::fake_aws::Asked| match (
        asked.region.as_str(),
        asked.action.split(':').next(),
    ) {
        (TOKYO, _) => Answer::Well,
        (_, Some("ec2")) => Answer::Refuse(
            401,
            "AuthFailure",
            "AWS was not able to validate the provided access credentials".to_owned(),
        ),
        (_, Some("cloudwatch")) => Answer::Refuse(
            403,
            "UnrecognizedClientException",
            "invalid token".to_owned(),
        ),
        _ => Answer::Refuse(
            403,
            "InvalidClientTokenId",
            "The security token included in the request is invalid.".to_owned(),
        ),
    };
    let aws = FakeAws::start(refuse);
    let report = examine(&aws.url(), &["ap-east-1", TOKYO], &hurried());
    assert!(
        report.regions[0]
            .probes
            .iter()
            .all(|probe| probe.outcome == Outcome::RegionDisabled),
        "{report:?}"
    );
    assert!(
        report.regions[1]
            .probes
            .iter()
            .all(|probe| probe.outcome == Outcome::Ok),
        "{report:?}"
    );
    assert_eq!(report.verdict(), Verdict::Incomplete);

    let aws = FakeAws::start(refuse);
    stops_after(
        &examine(&aws.url(), &["us-east-1"], &hurried()),
        1,
        Outcome::CredentialsRejected,
    );
}
