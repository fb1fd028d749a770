//! The settings as they were recorded, for the list of verdicts: each has one, whatever it means.

use super::values;
use crate::snapshot::{Environment, OptionSetting};

/// Every setting of an environment, in the order of the snapshot. Only for those who treat all alike: what a
/// setting means is in the reading.
#[must_use]
pub fn recorded_settings(environment: &Environment) -> &[OptionSetting] {
    &environment.option_settings
}

/// Whether two values of an option mean the same: `False` is the default `false`. Beanstalk takes words in any case,
/// and a default is never a path or a name in which case matters.
#[must_use]
pub fn is_same_value(one: &str, other: &str) -> bool {
    values::bare(one).eq_ignore_ascii_case(values::bare(other))
}

/// Whether it names the machine image, which environments of a platform mostly have alike.
#[must_use]
pub fn is_machine_image(setting: &OptionSetting) -> bool {
    setting.namespace == "aws:autoscaling:launchconfiguration" && setting.name == "ImageId"
}
