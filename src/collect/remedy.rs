//! What to do where nothing answers.
//!
//! The SDK has no types for what befalls a connection, only words of the libraries under it: these are theirs.

use super::outcome::Outcome;

/// Words of a message, lower-case, and what helps.
const REMEDIES: [(&[&str], &str); 6] = [
    (
        &["in place of an answer", "cut off"],
        "something between here and AWS answers for it: log in to the network's portal, or set HTTPS_PROXY",
    ),
    (
        &[
            "unknownissuer",
            "unknown issuer",
            "self-signed",
            "self signed",
            "invalid peer certificate",
        ],
        "who opens TLS here is not trusted: set AWS_CA_BUNDLE to a file with your organisation's CA certificates (PEM)",
    ),
    (
        &["proxy authorization required", "407"],
        "the proxy asks for a login: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT",
    ),
    (
        &["tunnel error", "proxy"],
        "check HTTPS_PROXY and NO_PROXY: the proxy does not let this through",
    ),
    (
        &[
            "dns error",
            "failed to lookup",
            "name or service not known",
            "name resolution",
        ],
        "the name cannot be resolved: check the region's name, the VPN, DNS, and AWS_ENDPOINT_URL",
    ),
    (
        &["connection refused"],
        "nobody listens there: check HTTPS_PROXY, AWS_ENDPOINT_URL and VPC endpoints",
    ),
];

/// One line for a call that ended so.
pub(super) fn remedy(outcome: Outcome, message: &str) -> &'static str {
    let said = message.to_ascii_lowercase();
    let known = REMEDIES
        .iter()
        .find(|(words, _)| words.iter().any(|word| said.contains(word)));
    match (outcome, known) {
        (Outcome::Unreachable | Outcome::TimedOut | Outcome::Unparsable, Some((_, remedy))) => {
            remedy
        }
        (Outcome::Unreachable | Outcome::TimedOut, None) => {
            "check the region's name, HTTPS_PROXY, the firewall, VPC endpoints and AWS_ENDPOINT_URL"
        }
        _ => "eb2eks doctor shows what is reachable",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_of_not_being_reached_has_its_remedy() {
        for (said, word) in [
            (
                "client error (Connect): dns error: failed to lookup address information",
                "resolved",
            ),
            (
                "tcp connect error: Connection refused (os error 111)",
                "listens",
            ),
            (
                "client error (Connect): tunnel error: proxy authorization required",
                "USER:PASSWORD",
            ),
            (
                "client error (Connect): tunnel error: unsuccessful",
                "does not let",
            ),
            ("invalid peer certificate: UnknownIssuer", "AWS_CA_BUNDLE"),
            ("HTTP connect timeout occurred after 5s", "firewall"),
        ] {
            assert!(remedy(Outcome::Unreachable, said).contains(word), "{said}");
        }
        assert!(
            remedy(
                Outcome::Unparsable,
                "HTTP 200 and a web page in place of an answer"
            )
            .contains("portal")
        );
        assert!(remedy(Outcome::Denied, "proxy").contains("doctor"));
    }
}
