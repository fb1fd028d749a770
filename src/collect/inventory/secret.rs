//! What of an answer may be kept.
//!
//! A value is kept only where it is known to be harmless: the option's namespace is documented, the option
//! is none of those that hold secrets, and the text itself does not look like one. Everything else is
//! dropped here, before it can reach a journal, a log or a message; that it was there is kept.

use super::super::redaction::{REMOVED, looks_secret, names_secret};

/// A value as it came. It cannot be printed, compared or serialised: the only way out is to be judged.
pub(super) struct UnredactedValue(String);

impl UnredactedValue {
    pub(super) fn new(value: String) -> Self {
        Self(value)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// What may be kept of the value of an option.
    pub(super) fn of_option(self, namespace: &str, name: &str) -> Option<String> {
        if is_memory_and_more(namespace, name) {
            return Some(memory_flags(&self.0))
                .filter(|flags| !flags.is_empty() || self.is_empty());
        }
        if is_memory(namespace, name) {
            return (self.is_empty() || is_size(&self.0)).then_some(self.0);
        }
        let is_kept = self.is_empty()
            || (is_documented(namespace)
                && !holds_secrets(namespace, name)
                && !looks_secret(&self.0));
        is_kept.then_some(self.0)
    }
}

/// Namespaces of the developer guide ("General options for all environments", "Platform specific options")
/// whose options are settings and not texts of somebody's own.
const DOCUMENTED: [&str; 30] = [
    "aws:autoscaling:asg",
    "aws:autoscaling:launchconfiguration",
    "aws:autoscaling:scheduledaction",
    "aws:autoscaling:trigger",
    "aws:autoscaling:updatepolicy:rollingupdate",
    "aws:cloudformation:template:parameter",
    "aws:ec2:instances",
    "aws:ec2:vpc",
    "aws:elasticbeanstalk:application",
    "aws:elasticbeanstalk:cloudwatch:logs",
    "aws:elasticbeanstalk:command",
    "aws:elasticbeanstalk:container",
    "aws:elasticbeanstalk:control",
    "aws:elasticbeanstalk:eks",
    "aws:elasticbeanstalk:environment",
    "aws:elasticbeanstalk:healthreporting:system",
    "aws:elasticbeanstalk:hostmanager",
    "aws:elasticbeanstalk:managedactions",
    "aws:elasticbeanstalk:monitoring",
    "aws:elasticbeanstalk:sns:topics",
    "aws:elasticbeanstalk:sqsd",
    "aws:elasticbeanstalk:trafficsplitting",
    "aws:elasticbeanstalk:xray",
    "aws:elb:healthcheck",
    "aws:elb:listener",
    "aws:elb:loadbalancer",
    "aws:elb:policies",
    "aws:elbv2",
    "aws:rds:dbinstance",
    "aws:elasticbeanstalk:nodejs",
];

/// Itself, or a part of it (`aws:elb:listener:443`).
fn is_documented(namespace: &str) -> bool {
    DOCUMENTED.iter().any(|known| {
        namespace
            .strip_prefix(known)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    })
}

/// Options that hold secrets, or may.
fn holds_secrets(namespace: &str, name: &str) -> bool {
    match namespace {
        // Environment properties, in both places; and the ARNs of those that live elsewhere.
        "aws:elasticbeanstalk:application:environment"
        | "aws:elasticbeanstalk:application:environmentsecrets" => true,
        // The same properties once more, in one string; signed addresses of source bundles.
        "aws:cloudformation:template:parameter" => {
            !["InstancePort", "InstanceTypeFamily"].contains(&name)
        }
        "aws:rds:dbinstance" => ["DBPassword", "DBUser"].contains(&name),
        "aws:elasticbeanstalk:sns:topics" => name == "Notification Endpoint",
        // Credentials of a package registry stand in these.
        _ => ["composer_options", "NodeCommand"].contains(&name),
    }
}

/// `-Xmx512m` is needed for sizing, `-Ddb.password=…` stands beside it.
fn is_memory_and_more(namespace: &str, name: &str) -> bool {
    namespace.ends_with("jvmoptions") && name == "JVM Options"
}

/// A text field of the console: whatever was typed there.
fn is_memory(namespace: &str, name: &str) -> bool {
    namespace.ends_with("jvmoptions") && ["Xmx", "Xms", "XX:MaxPermSize"].contains(&name)
}

/// Whether it is a number with at most one letter of a unit: `512m`, `75.0`.
fn is_size(text: &str) -> bool {
    let digits = text
        .strip_suffix(|c: char| "kKmMgGtT".contains(c))
        .unwrap_or(text);
    !digits.is_empty()
        && digits.len() <= 12
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}

fn memory_flags(options: &str) -> String {
    let starts = [
        "-Xmx",
        "-Xms",
        "-Xmn",
        "-Xss",
        "-XX:MaxRAMPercentage=",
        "-XX:MaxMetaspaceSize=",
        "-XX:MaxDirectMemorySize=",
        "-XX:MaxPermSize=",
    ];
    let is_flag = |word: &&str| {
        starts
            .iter()
            .any(|start| word.strip_prefix(start).is_some_and(is_size))
    };
    options
        .split_whitespace()
        .filter(is_flag)
        .collect::<Vec<_>>()
        .join(" ")
}

/// A tag, its value emptied where the key or the value speaks of a secret. A key that is one itself is replaced.
pub(super) fn tag(key: String, value: String) -> (String, String) {
    let is_secret =
        names_secret(&key) || key.to_ascii_lowercase().contains("private") || looks_secret(&value);
    (text(key), if is_secret { String::new() } else { value })
}

/// A text of somebody's own: kept unless there is a secret in it.
pub(super) fn text(value: String) -> String {
    if looks_secret(&value) {
        REMOVED.to_owned()
    } else {
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(namespace: &str, name: &str, value: &str) -> Option<String> {
        UnredactedValue::new(value.to_owned()).of_option(namespace, name)
    }

    #[test]
    fn settings_are_kept_and_what_may_be_a_secret_is_not() {
        assert_eq!(
            kept("aws:autoscaling:asg", "MinSize", "2").as_deref(),
            Some("2")
        );
        assert!(
            kept(
                "aws:elb:listener:443",
                "SSLCertificateId",
                "arn:aws:acm:eu-west-1:123456789012:certificate/0a1b2c3d"
            )
            .is_some()
        );
        for (namespace, name) in [
            ("aws:elasticbeanstalk:application:environment", "HARMLESS"),
            (
                "aws:cloudformation:template:parameter",
                "EnvironmentVariables",
            ),
            ("aws:cloudformation:template:parameter", "SomethingNew"),
            ("aws:rds:dbinstance", "DBPassword"),
            ("aws:rds:dbinstance", "DBUser"),
            (
                "aws:elasticbeanstalk:application:environmentsecrets",
                "HARMLESS",
            ),
            (
                "aws:elasticbeanstalk:container:php:phpini",
                "composer_options",
            ),
            ("aws:elasticbeanstalk:container:nodejs", "NodeCommand"),
            ("aws:elasticbeanstalk:sns:topics", "Notification Endpoint"),
            ("aws:elasticbeanstalk:customoption", "Anything"),
            ("aws:new:namespace", "Option"),
            ("aws:elbv2x:listener", "Option"),
        ] {
            assert_eq!(kept(namespace, name, "canary"), None, "{namespace} {name}");
        }
    }

    #[test]
    fn a_secret_in_a_harmless_option_is_seen_by_its_looks() {
        for value in [
            "postgres://shop:hunter2@db.internal/shop",
            "jdbc:mysql://db/shop?user=a&password=b",
            "{\"db_password\": \"x\"}",
            "-----BEGIN RSA PRIVATE KEY-----",
            "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        ] {
            assert_eq!(
                kept(
                    "aws:elasticbeanstalk:application",
                    "Application Healthcheck URL",
                    value
                ),
                None,
                "{value}"
            );
        }
        for value in [
            "/health?deep=1",
            "HTTP:80/ping",
            "https://example.com/@me:x/",
            "subnet-0123456789abcdef0,subnet-0123456789abcdef1",
        ] {
            assert!(
                kept(
                    "aws:elasticbeanstalk:application",
                    "Application Healthcheck URL",
                    value
                )
                .is_some(),
                "{value}"
            );
        }
    }

    #[test]
    fn of_jvm_options_only_the_memory_stays() {
        let found = kept(
            "aws:elasticbeanstalk:container:tomcat:jvmoptions",
            "JVM Options",
            "-Xmx512m -Ddb.password=x -XX:MaxRAMPercentage=75.0 -Xss1m,canary -Xmsx",
        );
        assert_eq!(found.as_deref(), Some("-Xmx512m -XX:MaxRAMPercentage=75.0"));
    }

    #[test]
    fn a_field_for_a_size_keeps_nothing_else() {
        let namespace = "aws:elasticbeanstalk:container:tomcat:jvmoptions";
        for (value, stays) in [
            ("512m", true),
            ("2048M", true),
            ("", true),
            ("512m -Dx=canary", false),
            ("canary", false),
        ] {
            let found = kept(namespace, "Xmx", value);
            assert_eq!(found.as_deref(), stays.then_some(value), "{value}");
        }
    }

    #[test]
    fn a_tag_that_speaks_of_a_secret_keeps_its_key() {
        assert_eq!(tag("Stack".to_owned(), "prod".to_owned()).1, "prod");
        assert_eq!(tag("DbPassword".to_owned(), "x".to_owned()).1, "");
        assert_eq!(
            tag("note".to_owned(), "AKIAIOSFODNN7EXAMPLE".to_owned()).1,
            ""
        );
    }
}
