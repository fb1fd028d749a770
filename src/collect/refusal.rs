//! From an SDK error to an [`Outcome`] and a sentence.
//!
//! The codes are those that the services really send, which differ between the query protocols, CBOR and
//! EC2's own spelling. An unknown code is [`Outcome::Failed`] with its name, never a guess.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_ec2::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_runtime_api::client::result::ConnectorError;

use super::message::clean;
use super::outcome::Outcome;
use super::region::RegionName;
use super::wire::{CutOff, NotAnAnswer, TooFast};

const DENIED: [&str; 6] = [
    "AccessDenied",
    "AccessDeniedException",
    "AuthorizationError",
    "InsufficientPrivilegesException",
    "NotAuthorized",
    "UnauthorizedOperation",
];

const EXPIRED: [&str; 4] = [
    "ExpiredToken",
    "ExpiredTokenException",
    "RequestExpired",
    "TokenRefreshRequired",
];

/// Said of a key that the endpoint does not know: a wrong key, a region that the account has not enabled, or,
/// once it has answered, a key that has ended ([`super::scope::Scope::look_at`]).
pub(super) const UNKNOWN_KEY: [&str; 5] = [
    "AuthFailure",
    "InvalidAccessKeyId",
    "InvalidClientTokenId",
    "UnrecognizedClient",
    "UnrecognizedClientException",
];

/// Said of a signature: a wrong secret, or a clock that is off by more than the SDK corrects.
const BAD_SIGNATURE: [&str; 6] = [
    "IncompleteSignature",
    "InvalidSignatureException",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
];

/// As the SDK's own retry classifier has them (`aws_runtime::retries::classifiers::THROTTLING_ERRORS`).
const THROTTLED: [&str; 13] = [
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "LimitExceededException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
];

/// What went wrong, and in the service's words where it spoke.
pub(super) fn refusal<E>(error: &SdkError<E>, region: &RegionName) -> (Outcome, String)
where
    E: ProvideErrorMetadata + Error + 'static,
{
    // The outermost error only names the stage ("dispatch failure").
    let said = error.source().map_or_else(|| error.to_string(), chain);
    let outcome = match error {
        SdkError::ServiceError(answer) => {
            let status = answer.raw().status().as_u16();
            let Some(code) = answer.err().code() else {
                let said = answer
                    .err()
                    .source()
                    .map_or_else(|| answer.err().to_string(), chain);
                return (unnamed(status), clean(&format!("HTTP {status}: {said}")));
            };
            let told = answer
                .err()
                .message()
                .map_or_else(|| code.to_owned(), |message| format!("{code}: {message}"));
            let outcome = named(code, region);
            return match denied_by(&told).filter(|_| outcome == Outcome::Denied) {
                Some((outcome, by)) => (outcome, clean(&format!("{code}: {by}: {told}"))),
                None => (outcome, clean(&told)),
            };
        }
        SdkError::TimeoutError(_) => Outcome::TimedOut,
        SdkError::DispatchFailure(failure) if failure.is_timeout() => Outcome::TimedOut,
        SdkError::DispatchFailure(failure) if failure.is_io() => Outcome::Unreachable,
        SdkError::ResponseError(_) => Outcome::Unparsable,
        _ => Outcome::Failed,
    };
    if causes(error).any(|cause| cause.is::<TooFast>()) {
        return (Outcome::ThrottledOut, clean(&said));
    }
    if causes(error).any(|cause| cause.is::<CutOff>() || cause.is::<NotAnAnswer>()) {
        return (Outcome::Unparsable, clean(&said));
    }
    // Credentials are loaded inside the call, so their failure arrives as one of the others.
    match causes(error).find_map(|cause| cause.downcast_ref::<CredentialsError>()) {
        Some(cause) => without_credentials(cause),
        None => (outcome, clean(&said)),
    }
}

/// Which policy denies, as the services say it at the end of a sentence that begins with the caller's ARN, however
/// long that is. Source: IAM user guide, "Troubleshoot access denied error messages".
fn denied_by(told: &str) -> Option<(Outcome, &'static str)> {
    let said = told.to_ascii_lowercase();
    let is_explicit = said.contains("explicit deny");
    let kinds = [
        (
            "service control policy",
            Outcome::DeniedByOrganization,
            "denied by a service control policy",
        ),
        (
            "resource control policy",
            Outcome::DeniedByOrganization,
            "denied by a resource control policy",
        ),
        (
            "permissions boundary",
            Outcome::Denied,
            "denied by a permissions boundary",
        ),
        (
            "session policy",
            Outcome::Denied,
            "denied by a session policy",
        ),
        (
            "vpc endpoint policy",
            Outcome::Denied,
            "denied by a VPC endpoint policy",
        ),
        (
            "identity-based policy",
            Outcome::Denied,
            "explicitly denied by an identity-based policy",
        ),
    ];
    kinds
        .into_iter()
        .find(|(kind, outcome, _)| {
            // "no … policy allows" is a missing permission, but for what the organisation or a bound withholds.
            let is_missing = *kind == "identity-based policy" && !is_explicit;
            said.contains(kind)
                && !is_missing
                && (is_explicit || *outcome != Outcome::Denied || said.contains("because no"))
        })
        .map(|(_, outcome, by)| (outcome, by))
}

fn named(code: &str, region: &RegionName) -> Outcome {
    // Old EC2 endpoints write "Client.AuthFailure".
    let code = code.rsplit('.').next().unwrap_or(code);
    let is_in = |codes: &[&str]| codes.contains(&code);
    if is_in(&DENIED) {
        Outcome::Denied
    } else if is_in(&EXPIRED) {
        Outcome::CredentialsExpired
    } else if code == "OptInRequired" || (is_in(&UNKNOWN_KEY) && region.may_be_disabled()) {
        Outcome::RegionDisabled
    } else if is_in(&UNKNOWN_KEY) || is_in(&BAD_SIGNATURE) {
        Outcome::CredentialsRejected
    } else if is_in(&THROTTLED) {
        Outcome::ThrottledOut
    } else {
        Outcome::Failed
    }
}

/// Whether a service's code says that it was asked too fast.
pub(super) fn is_throttling(code: &str) -> bool {
    THROTTLED.contains(&code)
}

fn unnamed(status: u16) -> Outcome {
    if status == 429 {
        Outcome::ThrottledOut
    } else {
        Outcome::Failed
    }
}

/// The call never left. An expired login of SSO or of a role has no type of its own in the SDK, only words.
fn without_credentials(error: &CredentialsError) -> (Outcome, String) {
    if is_network(error) {
        return (Outcome::Unreachable, clean(&chain(error)));
    }
    let said = match error {
        // The SDK's own words for it, "the credential provider was not enabled", send a reader astray.
        CredentialsError::CredentialsNotLoaded(_) => error.source().map_or_else(
            || "none were found".to_owned(),
            |cause| format!("none were found: {}", chain(cause)),
        ),
        _ => chain(error),
    };
    let expired = said.to_ascii_lowercase().contains("expired");
    (
        if expired {
            Outcome::CredentialsExpired
        } else {
            Outcome::NoCredentials
        },
        clean(&said),
    )
}

/// Whether credentials could not be fetched because nobody was reached.
fn is_network(error: &CredentialsError) -> bool {
    causes(error)
        .filter_map(|cause| cause.downcast_ref::<ConnectorError>())
        .any(|error| error.is_io() || error.is_timeout())
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&cause| cause.source())
}

/// The causes, outermost first, each said once.
fn chain(error: &(dyn Error + 'static)) -> String {
    let mut said: Vec<String> = Vec::new();
    for cause in causes(error) {
        let text = cause.to_string();
        if !said.iter().any(|earlier| earlier.contains(&text)) {
            said.push(text);
        }
    }
    said.join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_means_a_disabled_region_only_where_regions_can_be_disabled() {
        let region = |text: &str| text.parse::<RegionName>().expect("a region");
        assert_eq!(
            named("AuthFailure", &region("ap-east-1")),
            Outcome::RegionDisabled
        );
        assert_eq!(
            named("AuthFailure", &region("ap-northeast-1")),
            Outcome::CredentialsRejected
        );
        assert_eq!(
            named("SignatureDoesNotMatch", &region("ap-east-1")),
            Outcome::CredentialsRejected
        );
        assert_eq!(
            named("Client.UnauthorizedOperation", &region("ap-east-1")),
            Outcome::Denied
        );
        assert_eq!(named("SomethingNew", &region("ap-east-1")), Outcome::Failed);
    }

    #[test]
    fn who_denies_is_told_however_long_the_caller_is_called() {
        let caller = format!(
            "User: arn:aws:sts::123456789012:assumed-role/{}/a.user",
            "Role".repeat(60)
        );
        let said = |end: &str| {
            format!("AccessDenied: {caller} is not authorized to perform: ec2:DescribeVpcs {end}")
        };
        let by = |end: &str| denied_by(&said(end)).map(|(outcome, _)| outcome);
        assert_eq!(
            by("with an explicit deny in a service control policy"),
            Some(Outcome::DeniedByOrganization)
        );
        assert_eq!(
            by("because no service control policy allows the ec2:DescribeVpcs action"),
            Some(Outcome::DeniedByOrganization)
        );
        assert_eq!(
            by("with an explicit deny in an identity-based policy"),
            Some(Outcome::Denied)
        );
        assert_eq!(
            by("because no permissions boundary allows the ec2:DescribeVpcs action"),
            Some(Outcome::Denied)
        );
        assert_eq!(
            by("because no identity-based policy allows the action"),
            None
        );
        assert_eq!(by(""), None);
    }

    #[test]
    fn no_code_has_two_meanings() {
        let mut codes: Vec<&str> = [
            &DENIED[..],
            &EXPIRED,
            &UNKNOWN_KEY,
            &BAD_SIGNATURE,
            &THROTTLED,
        ]
        .concat();
        let all = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all);
    }
}
