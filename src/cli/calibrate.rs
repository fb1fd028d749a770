//! `eb2eks calibrate`: a plan and the results of a load test in, what to correct of one app out.

use super::arguments::CalibrateArguments;
use super::read_plan::read_plan;
use super::report_error::CommandError;
use super::{Exit, terminal};
use crate::calibrate::{Correction, Knee, Peak, Step, steps};
use crate::disk;
use crate::render;
use crate::size::Sizing;
use crate::units::Bytes;

pub(super) fn run(arguments: &CalibrateArguments) -> Result<Exit, CommandError> {
    let plan = read_plan(&arguments.plan)?;
    let environment = render::find(&plan, &arguments.app)
        .map_err(|error| CommandError::new(Exit::Usage, error))?;
    let Some((_, sizing)) = environment.planned() else {
        return Err(usage(format!(
            "\"{}\" does not move, so there is nothing to correct\nhint: eb2eks explain {0} says why it stays",
            arguments.app
        )));
    };
    let steps = read(arguments)?;
    let knee = Knee::of(&steps, arguments.slow_ms)
        .map_err(|error| CommandError::new(Exit::BadInput, error))?;
    let known = sizing.evidence.cpu.rhythm.requests_per_second;
    let rate = arguments
        .peak_rate
        .or(known)
        .filter(|rate| rate.is_finite() && *rate > 0.0);
    let rate =
        rate.ok_or_else(|| usage("the snapshot counts no requests of this app\nhint: give --peak-rate, in requests a second".to_owned()))?;
    let peak = Peak {
        rate,
        pods: arguments.pods.get(),
    };
    let correction = Correction::of(sizing, &steps, &knee, peak)
        .map_err(|error| CommandError::new(Exit::BadInput, error))?;
    terminal::print(text(&environment.name, sizing, &knee, peak, &correction).as_bytes())?;
    Ok(Exit::Complete)
}

fn usage(message: String) -> CommandError {
    CommandError::new(Exit::Usage, message)
}

fn read(arguments: &CalibrateArguments) -> Result<Vec<Step>, CommandError> {
    let mut all = Vec::new();
    for path in &arguments.results {
        let bad = |error: &dyn std::fmt::Display| {
            let hint = "a summary of k6 --summary-export, or CSV with the columns rate and p95_ms";
            CommandError::new(
                Exit::BadInput,
                format!("{}: {error}\nhint: {hint}", path.display()),
            )
        };
        let content = disk::read_text(path, disk::MOST_TEXT_BYTES).map_err(|error| bad(&error))?;
        all.extend(steps(&content).map_err(|error| bad(&error))?);
    }
    Ok(all)
}

/// What was found as TOML comments, then the entry: the whole can be appended to a policy.
fn text(name: &str, sizing: &Sizing, knee: &Knee, peak: Peak, correction: &Correction) -> String {
    let reached = if knee.is_reached {
        "gets slow at"
    } else {
        "was not slow at (so this is the least that it carries)"
    };
    let mut text = format!(
        "# {} pods: {reached} {:.1} requests a second (95th percentile over {:.0} ms); one pod carries {:.1}.\n",
        peak.pods, knee.rate, knee.slow_ms, correction.rate_of_a_pod
    );
    text += &format!(
        "# The peak is {:.1} a second, carried at {} % of that: {} replicas (the plan has {}).\n",
        peak.rate,
        sizing.autoscaling.target_percent,
        correction.replicas,
        sizing.replicas.full_load
    );
    match correction.cpu {
        Some(cpu) => {
            text += &format!(
                "# CPU of a pod that carries all that it can: {cpu} (the plan requests {}).\n",
                sizing.requests.cpu
            )
        }
        None => {
            text += "# The test did not measure CPU (column cpu_millicores): the request stays.\n"
        }
    }
    let memory = correction
        .memory
        .map(|memory| memory.rounded_up_to(Bytes::from_mebibytes(1)));
    if let Some(memory) = memory {
        text += &format!(
            "# Memory of a pod went up to {memory} (the plan requests {}).\n",
            sizing.requests.memory
        );
    }
    let mut entry = toml::Table::new();
    entry.insert(
        "replicas".to_owned(),
        toml::Value::Integer(i64::from(correction.replicas)),
    );
    if let Some(cpu) = correction.cpu {
        entry.insert(
            "cpu_request".to_owned(),
            toml::Value::String(cpu.to_string()),
        );
    }
    if let Some(memory) = memory {
        entry.insert(
            "memory_request".to_owned(),
            toml::Value::String(memory.to_string()),
        );
    }
    let apps = toml::Table::from_iter([(name.to_owned(), toml::Value::Table(entry))]);
    let policy = toml::Table::from_iter([("calibrated".to_owned(), toml::Value::Table(apps))]);
    text + &policy.to_string()
}
