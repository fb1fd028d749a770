//! What to be careful about in each environment.

use crate::plan::{EnvironmentPlan, Note, Outcome};
use crate::size::{Flag, Sizing};

pub(super) fn about_environment(environment: &EnvironmentPlan) -> Vec<Note> {
    match &environment.outcome {
        Outcome::Planned { sizing, .. } => sizing.flags.iter().map(|&flag| about_flag(flag, &environment.label, sizing)).collect(),
        Outcome::Excluded { reason } => {
            vec![Note::advice("excluded", &environment.label, reason, "its cost stays in the bill on both sides")]
        }
        Outcome::Unknown { reason } => {
            vec![Note::warning(
                "unknown",
                &environment.label,
                reason,
                "its cost stays in the bill on both sides; collect what is missing and plan again",
            )]
        }
    }
}

fn about_flag(flag: Flag, label: &str, sizing: &Sizing) -> Note {
    let evidence = &sizing.evidence;
    let (cpu, memory) = (&evidence.cpu, &evidence.memory);
    let message = match flag {
        Flag::ThinHistory => format!("{} days of history", evidence.days),
        Flag::LowCoverage => format!(
            "{} of {} CPU samples and {} of {} memory samples were reported",
            cpu.present_samples, cpu.expected_samples, memory.present_samples, memory.expected_samples
        ),
        Flag::SilentInstances => format!(
            "memory of some instances was never reported ({} of {} samples in all)",
            memory.present_samples, memory.expected_samples
        ),
        Flag::OftenOverRequest => {
            format!(
                "its CPU would have been over the request in {} of {} of its own weeks, and on {} of {} days; it peaked at {}",
                cpu.record.violated, cpu.record.weeks, cpu.days_over_request, cpu.days_observed, cpu.peak
            )
        }
        Flag::SaturatedCpu => match cpu.wanted_at_most {
            Some(wanted) => format!("the CPU was saturated at {}; it may have wanted up to {wanted}", cpu.peak),
            None => format!("the CPU was saturated; it peaked at {}", cpu.peak),
        },
        Flag::CreditsExhausted => format!("CPU credits ran out; the CPU peaked at {}", cpu.peak),
        Flag::MemoryAssumed => {
            format!("memory was never reported (0 of {} samples); {} is assumed", memory.expected_samples, sizing.requests.memory)
        }
        Flag::MemoryAtCeiling => {
            let peak = memory.peak.unwrap_or_default();
            format!("memory peaked at {:.1} of the {:.1} GiB that the instance has", peak.gibibytes(), memory.instance_memory.gibibytes())
        }
        Flag::GroupAverageOnly => "only the average of the group is known".to_owned(),
        Flag::LevelShift => format!(
            "its CPU has been on this level for {} days only; the {} before them were on another",
            evidence.fit_days - cpu.days_before_shift,
            cpu.days_before_shift
        ),
        Flag::Growing => format!("its demand grows by {:.0} % a month", 100.0 * cpu.rhythm.trend_per_month.unwrap_or_default()),
        Flag::YearPeak => format!("its year's busiest hour was {:.1} times that of the days seen", cpu.rhythm.year_factor()),
        Flag::Bursts => format!("within five minutes its CPU reaches {:.1} times their average", cpu.burst.unwrap_or_default()),
        Flag::InvalidSamples => format!("{} samples could not be true and were left out", cpu.rejected_samples + memory.rejected_samples),
        Flag::PartialSeries => "some series were collected in part".to_owned(),
        Flag::Split => format!("each instance becomes {} pods", sizing.replicas.pods_per_instance),
        Flag::OtherArchitecture => "today's instances have another architecture than the nodes".to_owned(),
    };
    Note::warning(flag.code(), label, message, flag.what_to_do())
}
