//! What option settings say that an app will take, whatever was seen.

use crate::beanstalk::RuntimeSettings;
use crate::policy;
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
    /// The largest that the settings demand.
    pub(super) fn of(settings: &RuntimeSettings, rules: &policy::Sizing) -> Option<Self> {
        let heap = settings.jvm.largest_heap.as_ref().map(|heap| {
            let beside = rules.jvm_overhead.get();
            let more = format!("{:.0}", 100.0 * beside);
            Self {
                memory: Bytes::from_f64_rounded_up(heap.size.as_f64() * (1.0 + beside)),
                setting: text!("runtime-java-heap", value = &heap.text, more = more),
            }
        });
        let php = settings
            .php
            .memory_limit
            .as_ref()
            .map(|(text, limit)| Self {
                memory: *limit,
                setting: Text::plain(format!("PHP memory_limit {text}")),
            });
        let node = settings.node.largest_heap().map(|(text, size)| Self {
            memory: Bytes::from_f64_rounded_up(size.as_f64() * (1.0 + rules.jvm_overhead.get())),
            setting: Text::plain(format!("Node.js {text}")),
        });
        let python = settings.python.processes.map(|processes| {
            let each = rules.python_process_memory;
            Self {
                memory: each * processes,
                setting: text!(
                    "runtime-python-processes",
                    processes = processes,
                    each = each
                ),
            }
        });
        [heap, php, node, python]
            .into_iter()
            .flatten()
            .max_by_key(|floor| floor.memory)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::beanstalk::EnvironmentReading;
    use crate::snapshot::{Environment, OptionSetting};

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
        let reading = EnvironmentReading::alone(&environment);
        RuntimeFloor::of(&reading.runtime, &rules)
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
