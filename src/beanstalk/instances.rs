//! What instances are made with beside their type.

use super::conflict::{Conflicts, Fact};
use super::options::Options;
use super::values;
use crate::catalog::accelerator_of;
use crate::snapshot::Environment;

/// Settings of the launch template and of what is installed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Instances {
    /// The machine image, by its id.
    pub image: Option<String>,
    /// The instance profile's name.
    pub profile: Option<String>,
    /// Whether a bucket holds extensions that are run on each.
    pub external_extensions: bool,
    /// Options that extensions of the app read.
    pub custom_options: usize,
    /// Whether they join a directory of Windows.
    pub joins_directory: bool,
    /// Whether X-Ray's daemon runs.
    pub is_traced: bool,
}

const LAUNCH: &str = "aws:autoscaling:launchconfiguration";

pub(super) fn of(environment: &Environment, options: &Options<'_>) -> Instances {
    let bucket = options.get(
        "aws:elasticbeanstalk:environment",
        "ExternalExtensionsS3Bucket",
    );
    let of_namespace = |namespace: &'static str| {
        environment
            .option_settings
            .iter()
            .filter(move |setting| setting.namespace == namespace)
    };
    Instances {
        image: options.get(LAUNCH, "ImageId").and_then(values::identifier),
        profile: profile(options),
        external_extensions: bucket.is_some(),
        custom_options: of_namespace("aws:elasticbeanstalk:customoption").count(),
        joins_directory: of_namespace("aws:elasticbeanstalk:windows:activedirectory").any(
            |setting| {
                setting.redacted
                    || setting
                        .value
                        .as_deref()
                        .is_some_and(|value| !values::bare(value).is_empty())
            },
        ),
        is_traced: options.is_on("aws:elasticbeanstalk:xray", "XRayEnabled"),
    }
}

/// The profile's name; of an ARN what follows the last slash.
fn profile(options: &Options<'_>) -> Option<String> {
    let named = options
        .get(LAUNCH, "IamInstanceProfile")
        .and_then(values::identifier)?;
    let name = named
        .rsplit_once('/')
        .map_or(named.as_str(), |(_, name)| name);
    (!name.is_empty()).then(|| name.to_owned())
}

/// What runs and what the settings name: a type with more than a CPU.
pub(super) fn accelerator(
    environment: &Environment,
    options: &Options<'_>,
) -> Option<(String, &'static str)> {
    let running = environment
        .running_instances()
        .map(|instance| instance.instance_type.as_str());
    let set = ["InstanceTypes", "InstanceType"]
        .into_iter()
        .zip(["aws:ec2:instances", LAUNCH])
        .filter_map(|(name, namespace)| options.get(namespace, name))
        .flat_map(values::list);
    running
        .chain(set)
        .find_map(|name| Some((values::identifier(name)?, accelerator_of(name)?)))
}

/// By its group, which was seen; else by the settings.
pub(super) fn at_most_one(
    environment: &Environment,
    options: &Options<'_>,
    conflicts: &mut Conflicts,
) -> bool {
    let set = options.number("aws:autoscaling:asg", "MaxSize", 0, 10_000);
    let seen = environment
        .auto_scaling_group
        .as_ref()
        .map(|group| group.max);
    conflicts.seen_wins(Fact::MostInstances, set, seen) == Some(1)
}
