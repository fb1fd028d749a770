//! Answers that the real service gave (ids and secrets replaced), sent once more over the wire.

use serde_json::Value;

use super::{Home, said};
use crate::fake_aws::{Answer, FakeAws, beanstalk};

fn recording(name: &str) -> Value {
    let path = format!(
        "{}/tests/recordings/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    serde_json::from_slice(&std::fs::read(path).expect("a recording")).expect("JSON")
}

/// As the query protocol writes it: members of a list are called so.
fn xml(value: &Value) -> String {
    match value {
        Value::Object(fields) => fields
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| format!("<{name}>{}</{name}>", xml(value)))
            .collect(),
        Value::Array(items) => items
            .iter()
            .map(|item| format!("<member>{}</member>", xml(item)))
            .collect(),
        Value::String(text) => text.replace('&', "&amp;").replace('<', "&lt;"),
        other => other.to_string(),
    }
}

#[test]
fn real_answers_are_read_to_the_last_option_and_their_secrets_are_dropped() {
    let aws = FakeAws::start(|asked| {
        let name = match asked.action.as_str() {
            "elasticbeanstalk:DescribeEnvironments" => "describe-environments",
            "elasticbeanstalk:DescribeApplications" => "describe-applications",
            "elasticbeanstalk:DescribeConfigurationSettings" => "describe-configuration-settings",
            _ => return Answer::Well,
        };
        let operation = asked.action.split(':').nth(1).expect("an operation");
        Answer::Body(beanstalk(operation, &xml(&recording(name))).into_bytes())
    });
    let home = Home::new(1);
    let output = home.collect(&aws.url(), &[]);
    assert!(
        matches!(output.status.code(), Some(0 | 3)),
        "{}",
        said(&output)
    );
    let inventory = home.inventory();
    let [one] = inventory.environments.as_slice() else {
        panic!("one environment")
    };
    assert_eq!(
        (one.name.as_str(), one.id.as_str(), one.tier.as_str()),
        ("demo-app-env", "e-abcdefghij", "WebServer")
    );
    assert_eq!(one.account, "123456789012");

    let recorded = recording("describe-configuration-settings");
    let recorded = recorded["ConfigurationSettings"][0]["OptionSettings"]
        .as_array()
        .expect("options")
        .clone();
    assert_eq!(one.option_settings.len(), recorded.len());
    let mut dropped = Vec::new();
    for (option, was) in one.option_settings.iter().zip(&recorded) {
        assert_eq!(
            (was["Namespace"].as_str(), was["OptionName"].as_str()),
            (Some(option.namespace.as_str()), Some(option.name.as_str()))
        );
        let value = was["Value"].as_str();
        if option.redacted {
            assert!(value.is_some_and(|value| !value.is_empty()) && option.value.is_none());
            dropped.push(option.name.as_str());
        } else {
            assert_eq!(option.value.as_deref(), value, "{}", option.name);
        }
    }
    // Environment properties, the same again in one string, and two addresses of S3.
    for name in [
        "DEMO_ACCESS_KEY",
        "DEMO_SECRET_KEY",
        "PYTHONPATH",
        "EnvironmentVariables",
        "AppSource",
        "HooksPkgUrl",
    ] {
        assert!(
            dropped.contains(&name),
            "{name} was kept; dropped: {dropped:?}"
        );
    }
    assert_eq!(dropped.len(), 6, "{dropped:?}");
    let text = std::fs::read_to_string(home.out().join("inventory.json")).expect("a file");
    assert!(!text.contains("not-a-secret") && !text.contains("not-a-key"));
}
