//! What option settings say that an app will take, whatever was seen.

use crate::policy;
use crate::snapshot::{Environment, OptionSetting};
use crate::units::Bytes;
use crate::wording::{Text, text};

/// A demand of a runtime setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RuntimeFloor {
    /// Least memory of one of today's instances.
    pub(super) memory: Bytes,
    /// The setting in words.
    pub(super) setting: Text,
}

impl RuntimeFloor {
    /// The largest that the settings of `environment` demand.
    pub(super) fn of(environment: &Environment, rules: &policy::Sizing) -> Option<Self> {
        environment
            .option_settings
            .iter()
            .filter_map(|setting| demand(setting, rules))
            .max_by_key(|floor| floor.memory)
    }
}

fn demand(setting: &OptionSetting, rules: &policy::Sizing) -> Option<RuntimeFloor> {
    let value = setting.value.as_deref()?.trim();
    let floor = |memory: f64, setting: Text| {
        Some(RuntimeFloor {
            memory: Bytes::from_f64_rounded_up(memory),
            setting,
        })
    };
    match (setting.namespace.as_str(), setting.name.as_str()) {
        ("aws:elasticbeanstalk:container:tomcat:jvmoptions", "Xmx") => {
            let heap = binary_size(value)?;
            let more = format!("{:.0}", 100.0 * rules.jvm_overhead.get());
            floor(
                heap * (1.0 + rules.jvm_overhead.get()),
                text!("runtime-java-heap", value = value, more = more),
            )
        }
        ("aws:elasticbeanstalk:container:php:phpini", "memory_limit") => floor(
            binary_size(value)?,
            Text::plain(format!("PHP memory_limit {value}")),
        ),
        ("aws:elasticbeanstalk:container:python", "NumProcesses") => {
            let processes: u32 = value.parse().ok().filter(|processes| *processes <= 1_000)?;
            let each = rules.python_process_memory;
            floor(
                f64::from(processes) * each.as_f64(),
                text!(
                    "runtime-python-processes",
                    processes = processes,
                    each = each
                ),
            )
        }
        _ => None,
    }
}

/// `512m`, `2G`, `256M`: bytes. As Java and PHP read it: k, m and g are powers of 1024.
fn binary_size(text: &str) -> Option<f64> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit = match text.get(digits.len()..)?.to_ascii_lowercase().as_str() {
        "" => 1.0,
        "k" => 1024.0,
        "m" => 1024.0 * 1024.0,
        "g" => 1024.0 * 1024.0 * 1024.0,
        _ => return None,
    };
    let number: u32 = digits.parse().ok()?;
    Some(f64::from(number) * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floor(namespace: &str, name: &str, value: &str) -> Option<(u64, String)> {
        let setting = OptionSetting {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            resource: None,
            value: Some(value.to_owned()),
            redacted: false,
        };
        let environment = Environment {
            option_settings: vec![setting],
            ..Environment::default()
        };
        let rules = policy::defaults().expect("the shipped policy").sizing;
        RuntimeFloor::of(&environment, &rules)
            .map(|floor| (floor.memory.0 / 1024 / 1024, floor.setting.to_string()))
    }

    #[test]
    fn settings_of_three_runtimes_are_read() {
        let java = |value| {
            floor(
                "aws:elasticbeanstalk:container:tomcat:jvmoptions",
                "Xmx",
                value,
            )
        };
        assert_eq!(
            java("2g"),
            Some((2764, "Xmx 2g and 35 % beside the heap".to_owned()))
        );
        assert_eq!(java("512m").map(|floor| floor.0), Some(691));
        assert_eq!(
            (java("${HEAP}"), java(""), java("12q"), java("99999999999g")),
            (None, None, None, None)
        );
        assert_eq!(
            floor(
                "aws:elasticbeanstalk:container:php:phpini",
                "memory_limit",
                "256M"
            )
            .map(|floor| floor.0),
            Some(256)
        );
        assert_eq!(
            floor(
                "aws:elasticbeanstalk:container:php:phpini",
                "memory_limit",
                "-1"
            ),
            None,
            "no limit demands nothing"
        );
        assert_eq!(
            floor("aws:elasticbeanstalk:container:python", "NumProcesses", "4"),
            Some((256, "4 Python processes of 64Mi".to_owned()))
        );
        assert_eq!(floor("aws:autoscaling:asg", "MinSize", "2"), None);
    }
}
