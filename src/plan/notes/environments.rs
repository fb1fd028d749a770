//! What to be careful about in each environment.

use crate::plan::{EnvironmentPlan, Note, Outcome};
use crate::size::{Flag, Sizing};
use crate::units::Bytes;
use crate::wording::text;

pub(super) fn about_environment(environment: &EnvironmentPlan) -> Vec<Note> {
    match &environment.outcome {
        Outcome::Planned { sizing, .. } => sizing
            .flags
            .iter()
            .map(|&flag| about_flag(flag, &environment.label, sizing))
            .collect(),
        Outcome::Excluded { reason } => {
            vec![Note::advice(
                "excluded",
                &environment.label,
                reason.clone(),
                text!("note-excluded-hint"),
            )]
        }
        Outcome::Unknown { reason } => {
            vec![Note::warning(
                "unknown",
                &environment.label,
                reason.clone(),
                text!("note-unknown-hint"),
            )]
        }
    }
}

fn about_flag(flag: Flag, label: &str, sizing: &Sizing) -> Note {
    let evidence = &sizing.evidence;
    let (cpu, memory) = (&evidence.cpu, &evidence.memory);
    let message = match flag {
        Flag::ThinHistory => text!("note-thin-history", days = evidence.days.to_string()),
        Flag::LowCoverage => text!(
            "note-many-gaps",
            cpu = cpu.present_samples.to_string(),
            cpu_expected = cpu.expected_samples.to_string(),
            memory = memory.present_samples.to_string(),
            memory_expected = memory.expected_samples.to_string()
        ),
        Flag::SilentInstances => {
            text!(
                "note-silent-instances",
                present = memory.present_samples.to_string(),
                expected = memory.expected_samples.to_string()
            )
        }
        Flag::OftenOverRequest => text!(
            "note-often-over-request",
            violated = cpu.record.violated.to_string(),
            weeks = cpu.record.weeks.to_string(),
            over = cpu.days_over_request.to_string(),
            days = cpu.days_observed.to_string(),
            peak = cpu.peak
        ),
        Flag::SaturatedCpu => match cpu.wanted_at_most {
            // Both of the instance: what a pod wanted is its share of that.
            Some(wanted) => text!(
                "note-cpu-saturated-at",
                peak = cpu.peak,
                wanted = wanted * sizing.replicas.pods_per_instance
            ),
            None => text!("note-cpu-saturated", peak = cpu.peak),
        },
        Flag::CreditsExhausted => text!("note-credits-exhausted", peak = cpu.peak),
        Flag::MemoryAssumed => {
            text!(
                "note-memory-assumed",
                expected = memory.expected_samples.to_string(),
                assumed = sizing.requests.memory
            )
        }
        Flag::MemoryAtCeiling => {
            let gib = |bytes: Bytes| format!("{:.1}", bytes.gibibytes());
            text!(
                "note-memory-at-ceiling",
                peak = gib(memory.peak.unwrap_or_default()),
                has = gib(memory.instance_memory)
            )
        }
        Flag::GroupAverageOnly => text!("note-group-average-only"),
        Flag::LevelShift => {
            text!(
                "note-level-shift",
                days = evidence.fit_days - cpu.days_before_shift,
                before = cpu.days_before_shift.to_string()
            )
        }
        Flag::QuietOfLate => text!(
            "note-quiet-of-late",
            fit = (evidence.fit_days - cpu.days_before_shift).to_string(),
            mean = cpu.mean,
            over = cpu.days_over_request,
            days = cpu.days_observed.to_string()
        ),
        Flag::Growing => text!(
            "note-growing",
            percent = format!(
                "{:.0}",
                100.0 * cpu.rhythm.trend_per_month.unwrap_or_default()
            )
        ),
        Flag::YearPeak => text!(
            "note-years-peak",
            times = format!("{:.1}", cpu.rhythm.year_factor())
        ),
        Flag::Bursts => text!(
            "note-bursts",
            times = format!("{:.1}", cpu.burst.unwrap_or_default())
        ),
        Flag::InvalidSamples => text!(
            "note-invalid-samples",
            samples = cpu.rejected_samples + memory.rejected_samples
        ),
        Flag::PartialSeries => text!("note-partial-series"),
        Flag::FractionReadings => text!("note-fraction-readings"),
        Flag::ZeroReadings => text!(
            "note-zero-readings",
            samples = cpu.present_samples.to_string()
        ),
        Flag::Strangers => text!("note-unknown-instances"),
        Flag::Stale => text!("note-stale"),
        Flag::BusierBefore => text!(
            "note-busier-before",
            p99 = cpu.p99,
            request = sizing.requests.cpu
        ),
        Flag::AtBaseline => text!("note-at-baseline", peak = cpu.peak),
        Flag::Uneven => text!(
            "note-uneven",
            times = format!("{:.1}", cpu.unevenness),
            request = sizing.requests.cpu
        ),
        Flag::MemoryGrows => text!(
            "note-memory-grows",
            percent = format!("{:.0}", 100.0 * memory.growth_per_month.unwrap_or_default()),
            limit = sizing.limits.memory_bytes
        ),
        Flag::MemorySaw => text!("note-memory-saw", usual = memory.usual.unwrap_or_default()),
        Flag::SystemShare => text!(
            "note-system-share",
            usual = memory.usual.unwrap_or_default(),
            low = memory.range.0
        ),
        Flag::LimitAtNode => text!(
            "note-limit-at-node",
            limit = sizing.limits.memory_bytes,
            has = memory.instance_memory
        ),
        Flag::Split => text!("note-split", pods = sizing.replicas.pods_per_instance),
        Flag::OtherArchitecture => text!("note-other-architecture"),
    };
    Note::warning(flag.code(), label, message, flag.what_to_do())
}
