//! DescribeConfigurationSettings: the options that are in force.

use serde::{Deserialize, Serialize};

use super::super::call_error::{CallError, CallResult};
use super::super::clients::RegionClients;
use super::resources::vanished;
use super::secret::{self, UnredactedValue};
use crate::snapshot::OptionSetting;

/// The deployed set, secrets dropped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::collect) struct Settings {
    pub(in crate::collect) options: Vec<OptionSetting>,
    /// Whether somebody has changed settings that are not in force: a deployment that runs, or failed.
    pub(in crate::collect) draft: bool,
}

pub(in crate::collect) async fn read(
    clients: &RegionClients,
    application: &str,
    name: &str,
) -> CallResult<Settings> {
    let call = clients
        .beanstalk
        .describe_configuration_settings()
        .application_name(application)
        .environment_name(name);
    let answer = call
        .send()
        .await
        .map_err(|error| vanished(CallError::of(&error, &clients.region)))?;
    let sets = answer.configuration_settings.ok_or_else(|| {
        CallError::unparsable("DescribeConfigurationSettings answered without settings")
    })?;
    let status = |set: &aws_sdk_elasticbeanstalk::types::ConfigurationSettingsDescription| {
        set.deployment_status
            .as_ref()
            .map(|status| status.as_str().to_owned())
    };
    let is_deployed = |set: &&aws_sdk_elasticbeanstalk::types::ConfigurationSettingsDescription| {
        matches!(status(set).as_deref(), None | Some("deployed"))
    };
    let deployed = sets.iter().find(is_deployed).ok_or_else(|| {
        CallError::unparsable(
            "no settings are in force: the answer holds no set whose status is deployed",
        )
    })?;
    // Beanstalk keeps a second set for a while after a change that has gone through.
    let draft = sets
        .iter()
        .any(|set| set.option_settings != deployed.option_settings);
    Ok(Settings {
        options: deployed
            .option_settings()
            .iter()
            .cloned()
            .filter_map(option)
            .collect(),
        draft,
    })
}

fn option(
    found: aws_sdk_elasticbeanstalk::types::ConfigurationOptionSetting,
) -> Option<OptionSetting> {
    let (namespace, name) = (found.namespace?, found.option_name?);
    let came = found.value.map(UnredactedValue::new);
    let length = came.as_ref().map_or(0, UnredactedValue::len);
    let value = came.and_then(|value| value.of_option(&namespace, &name));
    let redacted = value.as_ref().map_or(0, String::len) < length;
    Some(OptionSetting {
        redacted,
        resource: found.resource_name.map(secret::text),
        namespace,
        name,
        value,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_elasticbeanstalk::types::ConfigurationOptionSetting;

    #[test]
    fn a_dropped_value_leaves_its_name_and_that_it_was_there() {
        let setting = |value: Option<&str>| {
            let found = ConfigurationOptionSetting::builder()
                .namespace("aws:elasticbeanstalk:application:environment")
                .option_name("DATABASE_URL")
                .set_value(value.map(str::to_owned))
                .build();
            option(found).expect("an option")
        };
        let dropped = setting(Some("canary"));
        assert_eq!(
            (
                dropped.name.as_str(),
                dropped.value.as_deref(),
                dropped.redacted
            ),
            ("DATABASE_URL", None, true)
        );
        assert!(!setting(None).redacted);
        let options = |value: &str| {
            let found = ConfigurationOptionSetting::builder()
                .namespace("aws:elasticbeanstalk:container:tomcat:jvmoptions")
                .option_name("JVM Options")
                .value(value)
                .build();
            let kept = option(found).expect("an option");
            (kept.value, kept.redacted)
        };
        assert_eq!(
            options("-Xmx512m -Ddb.name=canary"),
            (Some("-Xmx512m".to_owned()), true)
        );
        assert_eq!(options("-Xmx512m"), (Some("-Xmx512m".to_owned()), false));
        assert!(
            !format!(
                "{dropped:?}{}",
                serde_json::to_string(&dropped).expect("JSON")
            )
            .contains("canary")
        );
    }
}
