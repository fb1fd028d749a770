//! Units of the CSV, and their way to percent of the machine.

use clap::ValueEnum;

use crate::catalog::InstanceType;

/// What a CPU value counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CpuUnit {
    /// 0 to 100, of all vCPUs of the instance
    Percent,
    /// 0 to 1, of all vCPUs of the instance
    Fraction,
    /// 0 to 100, of all vCPUs of the instance, idle (Datadog's system.cpu.idle)
    PercentIdle,
    /// 0 to 1, of all vCPUs of the instance, idle
    FractionIdle,
    /// vCPUs in use
    Cores,
    /// thousandths of a vCPU in use
    Millicores,
}

/// What a memory value counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MemoryUnit {
    /// 0 to 100 of the instance's memory, in use
    Percent,
    /// 0 to 1 of the instance's memory, in use
    Fraction,
    /// 0 to 100 of the instance's memory, still available
    PercentFree,
    /// 0 to 1 of the instance's memory, still available (Datadog's pct_usable)
    FractionFree,
    /// bytes in use
    Bytes,
    /// KiB in use
    Kib,
    /// MiB in use
    Mib,
    /// GiB in use
    Gib,
}

/// What the exported values are of the time that each stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Statistic {
    /// Averages: several in one slot are averaged
    Average,
    /// Maxima: the highest in one slot is kept
    Maximum,
}

/// Up to here a percentage over 100 is rounding in the source; the same as in the snapshot.
const MOST_PERCENT: f64 = 101.0;

impl CpuUnit {
    /// Percent of all vCPUs of `machine`, 0 to 100.
    pub(super) fn percent(self, value: f64, machine: Option<&InstanceType>) -> Result<f64, String> {
        let percent = match self {
            Self::Percent => value,
            Self::Fraction => value * 100.0,
            Self::PercentIdle => 100.0 - value,
            Self::FractionIdle => 100.0 - value * 100.0,
            Self::Cores => value * 100.0 / f64::from(size_of(machine)?.vcpu),
            Self::Millicores => value / 10.0 / f64::from(size_of(machine)?.vcpu),
        };
        possible(percent, value, machine)
    }

    /// Whether a fraction would pass for it unnoticed.
    pub(super) fn is_percent(self) -> bool {
        matches!(self, Self::Percent | Self::PercentIdle)
    }

    /// Why the column of this name holds something else, if its name says so: what is idle is not in use.
    pub(super) fn contradicts(self, name: &str) -> Option<String> {
        let counts_idle = matches!(self, Self::PercentIdle | Self::FractionIdle);
        (!counts_idle && is_named(name, &["idle"])).then(|| {
            format!("{name:?} is the CPU that is idle\nhint: give --cpu-unit percent-idle or fraction-idle")
        })
    }
}

impl MemoryUnit {
    /// Percent of the memory of `machine`, 0 to 100.
    pub(super) fn percent(self, value: f64, machine: Option<&InstanceType>) -> Result<f64, String> {
        let share =
            |bytes: f64| size_of(machine).map(|machine| bytes * 100.0 / machine.memory.as_f64());
        let percent = match self {
            Self::Percent => value,
            Self::Fraction => value * 100.0,
            Self::PercentFree => 100.0 - value,
            Self::FractionFree => 100.0 - value * 100.0,
            Self::Bytes => share(value)?,
            Self::Kib => share(value * 1024.0)?,
            Self::Mib => share(value * 1024.0 * 1024.0)?,
            Self::Gib => share(value * 1024.0 * 1024.0 * 1024.0)?,
        };
        possible(percent, value, machine)
    }

    /// Whether a fraction would pass for it unnoticed.
    pub(super) fn is_percent(self) -> bool {
        matches!(self, Self::Percent | Self::PercentFree)
    }

    /// Why the column of this name holds something else, if its name says so: what is free is not in use.
    pub(super) fn contradicts(self, name: &str) -> Option<String> {
        let counts_free = matches!(self, Self::PercentFree | Self::FractionFree);
        (!counts_free && is_named(name, &["free", "avail", "usable", "unused"])).then(|| {
            format!("{name:?} is the memory that is free\nhint: give --memory-unit percent-free or fraction-free, or export what is in use")
        })
    }
}

/// Whether a column's name has one of the words, and does not deny it (`non_idle`).
fn is_named(name: &str, words: &[&str]) -> bool {
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    words.iter().any(|word| {
        plain
            .match_indices(word)
            .any(|(at, _)| !plain[..at].ends_with("non") && !plain[..at].ends_with("not"))
    })
}

fn size_of(machine: Option<&InstanceType>) -> Result<&InstanceType, String> {
    machine.ok_or_else(|| {
        "its machine's size is unknown: the instance type is not in the catalogue".to_owned()
    })
}

fn possible(percent: f64, value: f64, machine: Option<&InstanceType>) -> Result<f64, String> {
    if (0.0..=MOST_PERCENT).contains(&percent) {
        return Ok(percent.min(100.0));
    }
    let of = machine.map_or_else(
        || "its machine".to_owned(),
        |machine| format!("a {}", machine.name),
    );
    Err(format!(
        "{value} is {percent:.1} percent of {of}: is the unit right?"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::InstanceTypes;

    #[test]
    fn every_unit_of_a_quarter_of_a_large_machine() {
        // c5.2xlarge: 8 vCPUs, 16 GiB.
        let machine = InstanceTypes::embedded().get("c5.2xlarge");
        for (unit, value) in [
            (CpuUnit::Percent, 25.0),
            (CpuUnit::Fraction, 0.25),
            (CpuUnit::PercentIdle, 75.0),
            (CpuUnit::FractionIdle, 0.75),
            (CpuUnit::Cores, 2.0),
            (CpuUnit::Millicores, 2000.0),
        ] {
            assert_eq!(unit.percent(value, machine), Ok(25.0), "{unit:?}");
        }
        for (unit, value) in [
            (MemoryUnit::Percent, 25.0),
            (MemoryUnit::Fraction, 0.25),
            (MemoryUnit::PercentFree, 75.0),
            (MemoryUnit::FractionFree, 0.75),
            (MemoryUnit::Bytes, 4_294_967_296.0),
            (MemoryUnit::Kib, 4_194_304.0),
            (MemoryUnit::Mib, 4096.0),
            (MemoryUnit::Gib, 4.0),
        ] {
            assert_eq!(unit.percent(value, machine), Ok(25.0), "{unit:?}");
        }
    }

    #[test]
    fn a_name_that_says_idle_or_free_contradicts_a_unit_of_what_is_in_use() {
        for name in ["system.cpu.idle", "CPU Idle %", "cpu_usage_idle"] {
            assert!(CpuUnit::Percent.contradicts(name).is_some(), "{name}");
            assert!(CpuUnit::Cores.contradicts(name).is_some(), "{name}");
            assert_eq!(CpuUnit::PercentIdle.contradicts(name), None, "{name}");
        }
        for name in ["cpu", "system.cpu.user", "cpu_non_idle"] {
            assert_eq!(CpuUnit::Percent.contradicts(name), None, "{name}");
        }
        for name in [
            "system.mem.pct_usable",
            "node_memory_MemAvailable_bytes",
            "free memory",
        ] {
            assert!(MemoryUnit::Bytes.contradicts(name).is_some(), "{name}");
            assert_eq!(MemoryUnit::FractionFree.contradicts(name), None, "{name}");
        }
        assert_eq!(MemoryUnit::Percent.contradicts("mem_used_percent"), None);
    }

    #[test]
    fn more_than_the_machine_has_is_refused_and_so_is_a_machine_of_unknown_size() {
        let machine = InstanceTypes::embedded().get("c5.2xlarge");
        assert!(
            CpuUnit::Percent
                .percent(350.0, machine)
                .is_err_and(|error| error.contains("350.0 percent of a c5.2xlarge"))
        );
        assert!(MemoryUnit::PercentFree.percent(120.0, machine).is_err());
        assert!(CpuUnit::Cores.percent(-0.1, machine).is_err());
        assert_eq!(
            CpuUnit::Percent.percent(100.4, machine),
            Ok(100.0),
            "rounding in the source"
        );
        assert!(
            MemoryUnit::Gib
                .percent(1.0, None)
                .is_err_and(|error| error.contains("catalogue"))
        );
        assert_eq!(
            MemoryUnit::Percent.percent(30.0, None),
            Ok(30.0),
            "a share needs no size"
        );
    }
}
