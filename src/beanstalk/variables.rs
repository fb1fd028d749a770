//! Environment properties: which are settings, which are secrets. Names, and values only where the snapshot
//! kept them, which it does for no property that AWS answered.

use serde::{Deserialize, Serialize};

use super::options::Options;
use super::values;
use crate::snapshot::Environment;

/// Where a pod gets a variable from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VariableSource {
    /// A ConfigMap; its value is not in the snapshot.
    Setting,
    /// A secret of AWS that a human creates.
    Secret,
    /// A secret of AWS that exists, by its ARN.
    ExistingSecret(String),
    /// What Beanstalk set by itself, with this value.
    Known(String),
}

/// An environment property that a container can have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Variable {
    /// A name that a process can have.
    pub name: String,
    /// Where its value comes from.
    pub source: VariableSource,
}

/// The properties of an environment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Variables {
    /// Those that a process can have, by name, each once.
    pub usable: Vec<Variable>,
    /// Names that no process can have.
    pub unusable: Vec<String>,
}

const PROPERTIES: &str = "aws:elasticbeanstalk:application:environment";
const SECRETS: &str = "aws:elasticbeanstalk:application:environmentsecrets";

/// Words of names whose values should not be read by everybody. A wrong guess costs a secret too many.
const SECRET_WORDS: [&str; 16] = [
    "PASSWORD",
    "PASSWD",
    "PASS",
    "PWD",
    "SECRET",
    "TOKEN",
    "KEY",
    "CREDENTIAL",
    "CREDENTIALS",
    "PRIVATE",
    "DSN",
    "JDBC_CONNECTION_STRING",
    "DATABASE_URL",
    "REDIS_URL",
    "WEBHOOK",
    "SALT",
];

pub(super) fn of(environment: &Environment, options: &Options<'_>) -> Variables {
    let mut variables: Vec<Variable> = Vec::new();
    let mut unusable = Vec::new();
    for setting in environment
        .option_settings
        .iter()
        .filter(|setting| setting.namespace == PROPERTIES)
    {
        if !is_name(&setting.name) {
            unusable.push(setting.name.clone());
        } else {
            let source = if is_secret(&setting.name) {
                VariableSource::Secret
            } else {
                VariableSource::Setting
            };
            variables.push(Variable {
                name: setting.name.clone(),
                source,
            });
        }
    }
    for (name, arn) in options.all(SECRETS) {
        if is_name(name) {
            let source = values::identifier(arn)
                .filter(|arn| arn.starts_with("arn:"))
                .map_or(VariableSource::Secret, VariableSource::ExistingSecret);
            variables.push(Variable {
                name: name.to_owned(),
                source,
            });
        }
    }
    // The collector drops the ARNs of secrets, too: what is left is that there is one.
    for setting in environment.option_settings.iter().filter(|setting| {
        setting.namespace == SECRETS && setting.redacted && is_name(&setting.name)
    }) {
        variables.push(Variable {
            name: setting.name.clone(),
            source: VariableSource::Secret,
        });
    }
    variables.sort_by(|one, other| one.name.cmp(&other.name));
    variables.dedup_by(|one, other| one.name == other.name);
    Variables {
        usable: variables,
        unusable,
    }
}

/// What every shell takes, and Kubernetes in every version.
fn is_name(name: &str) -> bool {
    (1..=253).contains(&name.len())
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn is_secret(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    let is_word = |word: &str| {
        upper == word
            || upper
                .split('_')
                .any(|part| part == word || part.strip_suffix('S') == Some(word))
            || (word.contains('_') && upper.contains(word))
    };
    SECRET_WORDS.iter().any(|word| is_word(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_told_from_settings() {
        for secret in [
            "DATABASE_PASSWORD",
            "DJANGO_SECRET_KEY",
            "api_token",
            "STRIPE_API_KEYS",
            "JDBC_CONNECTION_STRING",
            "SENTRY_DSN",
        ] {
            assert!(is_secret(secret), "{secret}");
        }
        for setting in [
            "LOG_LEVEL",
            "MONKEY_COUNT",
            "NODE_ENV",
            "DATABASE_HOST",
            "BYPASSING",
            "COMPASS",
        ] {
            assert!(!is_secret(setting), "{setting}");
        }
        assert!(
            !is_name("A B") && !is_name("1A") && !is_name("") && !is_name("A=B") && is_name("_a1")
        );
    }
}
