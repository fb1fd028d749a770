//! The environments that a fleet is cast from.

use std::sync::LazyLock;

use serde::Deserialize;

use super::chance::{Chance, RandomStream};

/// One row for each environment. `idle` and `peak` are percentages of an instance's CPU: at rest, and
/// what the busiest hour adds; `memory` is the percentage in use. Invented.
const TABLE: &str = include_str!("fleet.csv");

/// Types that a repeated ordinary environment may get.
const ORDINARY_TYPES: [&str; 7] = [
    "t3.medium",
    "t3.large",
    "m5.large",
    "m5.large",
    "c5.large",
    "c5.xlarge",
    "m5.xlarge",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Stage {
    Production,
    Staging,
}

impl Stage {
    /// The value of the tag `Stack`.
    pub(super) const fn tag(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Staging => "staging",
        }
    }

    /// The end of an environment's name.
    pub(super) const fn suffix(self) -> &'static str {
        match self {
            Self::Production => "prod",
            Self::Staging => "stg",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Platform {
    Docker,
    Go,
    Python,
    Nodejs,
    Tomcat,
    Php,
    Iis,
}

impl Platform {
    /// Solution stacks in the spelling of Beanstalk.
    pub(super) const fn solution_stack(self) -> &'static str {
        match self {
            Self::Docker => "64bit Amazon Linux 2023 v4.9.2 running Docker",
            Self::Go => "64bit Amazon Linux 2023 v4.6.3 running Go 1",
            Self::Python => "64bit Amazon Linux 2023 v4.7.1 running Python 3.11",
            Self::Nodejs => "64bit Amazon Linux 2023 v6.8.0 running Node.js 22",
            Self::Tomcat => "64bit Amazon Linux 2023 v5.9.2 running Tomcat 11 Corretto 21",
            Self::Php => "64bit Amazon Linux 2 v3.9.2 running PHP 8.1",
            Self::Iis => "64bit Windows Server 2022 v2.19.2 running IIS 10.0",
        }
    }

    pub(super) const fn is_windows(self) -> bool {
        matches!(self, Self::Iis)
    }
}

/// What stands in front of an environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Front {
    /// A load balancer of its own, open to the internet.
    Public,
    /// A load balancer of its own, inside the network.
    Internal,
    /// The load balancer that several environments share.
    Shared,
    /// A queue: the worker tier.
    Queue,
}

/// When an environment is busy, in Japanese time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Rhythm {
    /// Lunch breaks and evenings, more at weekends.
    Visitors,
    /// Office hours of working days.
    Office,
    /// Idle by day, busy with batches after midnight.
    Nightly,
}

/// What makes an environment hard to size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Peculiarity {
    None,
    /// Calm, with short peaks that are many times as high.
    Spiky,
    /// Memory between 85 and 95 %.
    MemoryBound,
    /// Wants more CPU than it has for hours.
    SaturatedCpu,
    /// No agent on its instances.
    NoMemory,
    /// Created the day before yesterday.
    TwoDays,
    /// A T2 in standard mode, throttled to its baseline for much of the day.
    CreditsExhausted,
    /// More instances on Saturday evenings; those are in the inventory as past ones.
    Scaled,
    /// More memory in use than a c5.2xlarge node has.
    LargeMemory,
    /// Metrics exist only for the auto scaling group.
    GroupMetrics,
    /// A series that the source answered in part.
    PartialSeries,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Case {
    pub(super) application: String,
    pub(super) stage: Stage,
    pub(super) platform: Platform,
    pub(super) front: Front,
    pub(super) instance_type: String,
    pub(super) instances: u32,
    pub(super) rhythm: Rhythm,
    pub(super) idle: f64,
    pub(super) peak: f64,
    pub(super) memory: f64,
    pub(super) peculiarity: Peculiarity,
}

impl Case {
    /// The rows of the table.
    pub(super) fn written_down() -> &'static [Self] {
        static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
            csv::Reader::from_reader(TABLE.as_bytes())
                .into_deserialize()
                .filter_map(Result::ok)
                .collect()
        });
        &CASES
    }

    /// The case of environment `number`: its row, or beyond the table's end a variation of one.
    pub(super) fn of(seed: u64, number: u32) -> Self {
        let cases = Self::written_down();
        let (round, row) = (number as usize / cases.len(), number as usize % cases.len());
        let mut case = cases[row].clone();
        if round > 0 {
            case.application = format!("{}-{}", case.application, round + 1);
            case.vary(&mut Chance::new(seed, number, RandomStream::Case));
        }
        case
    }

    /// Other numbers for an ordinary case; a peculiar one would lose what it stands for.
    fn vary(&mut self, chance: &mut Chance) {
        if self.peculiarity != Peculiarity::None {
            return;
        }
        let drawn = chance
            .one_of(&ORDINARY_TYPES)
            .filter(|_| !self.platform.is_windows());
        if let Some(&drawn) = drawn {
            drawn.clone_into(&mut self.instance_type);
        }
        self.instances = 2 + u32::from(chance.happens(0.4)) + 2 * u32::from(chance.happens(0.15));
        let size = chance.between(0.6, 1.4);
        self.idle *= size;
        self.peak *= size;
        self.memory = chance.between(18.0, 66.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        assert_eq!(Case::written_down().len(), TABLE.lines().count() - 1);
        assert_eq!(Case::written_down().len(), 24);
    }

    #[test]
    fn each_peculiarity_has_its_case_also_in_later_rounds() {
        for (number, case) in (24..).zip(Case::written_down()) {
            assert_eq!(Case::of(1, number).peculiarity, case.peculiarity);
            assert_eq!(
                Case::of(1, number).application,
                format!("{}-2", case.application)
            );
        }
    }
}
