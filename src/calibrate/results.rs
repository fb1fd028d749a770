//! The results of a load test: summaries of k6, or a simple CSV.

use serde_json::Value;

use crate::units::line_of_record;

/// One step of a load test: a constant load, held for a while.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// Requests that were answered in a second, of all pods together.
    pub rate: f64,
    /// 95th percentile of their latency, in milliseconds.
    pub p95_ms: f64,
    /// Share of them that failed, 0 to 1.
    pub failed: f64,
    /// CPU of one pod in millicores, where it was measured.
    pub cpu_millicores: Option<f64>,
    /// Memory of one pod in MiB, where it was measured.
    pub memory_mib: Option<f64>,
}

/// What is wrong with a result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResultError {
    /// Neither JSON nor CSV with the columns needed.
    #[error(
        "is neither a summary of k6 (JSON) nor a CSV with the columns rate and p95_ms (and failed, cpu_millicores, memory_mib)"
    )]
    Unknown,
    /// A summary of k6 without a metric.
    #[error(
        "has no {0}: let k6 write it with --summary-export, with p(95) among the trend statistics"
    )]
    Missing(&'static str),
    /// A number that no load test measures.
    #[error("{0} is out of range: rates and latencies are over 0, failures a share from 0 to 1")]
    OutOfRange(&'static str),
    /// A cell of a CSV.
    #[error("line {line}: \"{cell}\" in column {column} is no number from 0")]
    Cell {
        /// From 1, the header included.
        line: u64,
        /// Name of the column that holds no number.
        column: String,
        /// The cell as it stands in the file.
        cell: String,
    },
}

/// Reads one file: a k6 summary is one step, a CSV has a step in each row.
///
/// # Errors
/// When it is neither, or a number is missing or none.
pub fn steps(text: &str) -> Result<Vec<Step>, ResultError> {
    let steps = match serde_json::from_str::<Value>(text) {
        Ok(summary) => vec![k6(&summary)?],
        Err(_) => csv(text)?,
    };
    steps.iter().try_for_each(possible)?;
    Ok(steps)
}

fn possible(step: &Step) -> Result<(), ResultError> {
    let positive = |value: f64| value.is_finite() && value > 0.0;
    match step {
        Step { rate, .. } if !positive(*rate) => Err(ResultError::OutOfRange("a rate")),
        Step { p95_ms, .. } if !positive(*p95_ms) => Err(ResultError::OutOfRange("a latency")),
        Step { failed, .. } if !(0.0..=1.0).contains(failed) => {
            Err(ResultError::OutOfRange("a share of failures"))
        }
        _ => Ok(()),
    }
}

/// `--summary-export` has the statistics at the metric itself, `handleSummary` under `values`.
fn k6(summary: &Value) -> Result<Step, ResultError> {
    let metrics = summary.get("metrics").ok_or(ResultError::Unknown)?;
    let value = |metric: &str, statistic: &str| {
        let metric = metrics.get(metric)?;
        metric
            .get("values")
            .and_then(|values| values.get(statistic))
            .or_else(|| metric.get(statistic))?
            .as_f64()
    };
    Ok(Step {
        rate: value("http_reqs", "rate").ok_or(ResultError::Missing("http_reqs rate"))?,
        p95_ms: value("http_req_duration", "p(95)")
            .ok_or(ResultError::Missing("http_req_duration p(95)"))?,
        failed: value("http_req_failed", "rate")
            .or_else(|| value("http_req_failed", "value"))
            .unwrap_or(0.0),
        cpu_millicores: None,
        memory_mib: None,
    })
}

fn csv(text: &str) -> Result<Vec<Step>, ResultError> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(|_| ResultError::Unknown)?.clone();
    let column = |name: &str| {
        header
            .iter()
            .position(|column| column.eq_ignore_ascii_case(name))
    };
    let (Some(rate), Some(p95_ms)) = (column("rate"), column("p95_ms")) else {
        return Err(ResultError::Unknown);
    };
    let mut steps = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|_| ResultError::Unknown)?;
        let at = row.position().map_or(0, csv::Position::byte);
        let number = |column: usize| {
            let cell = row.get(column).unwrap_or_default();
            let refused = || ResultError::Cell {
                line: line_of_record(text, at, None),
                column: header.get(column).unwrap_or_default().to_owned(),
                cell: cell.to_owned(),
            };
            cell.parse::<f64>()
                .ok()
                .filter(|value| value.is_finite() && *value >= 0.0)
                .ok_or_else(refused)
        };
        let optional = |name: &str| match column(name)
            .filter(|&column| row.get(column).is_some_and(|cell| !cell.is_empty()))
        {
            Some(column) => number(column).map(Some),
            None => Ok(None),
        };
        steps.push(Step {
            rate: number(rate)?,
            p95_ms: number(p95_ms)?,
            failed: optional("failed")?.unwrap_or(0.0),
            cpu_millicores: optional("cpu_millicores")?,
            memory_mib: optional("memory_mib")?,
        });
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BARE: Step = Step {
        rate: 250.5,
        p95_ms: 81.25,
        failed: 0.002,
        cpu_millicores: None,
        memory_mib: None,
    };

    #[test]
    fn both_shapes_of_a_k6_summary_are_read() {
        let exported = r#"{"metrics": {"http_reqs": {"count": 15030, "rate": 250.5},
            "http_req_duration": {"avg": 40.1, "p(95)": 81.25}, "http_req_failed": {"passes": 30, "value": 0.002}}}"#;
        assert_eq!(steps(exported), Ok(vec![BARE]));
        let handled = r#"{"metrics": {"http_reqs": {"type": "counter", "values": {"count": 15030, "rate": 250.5}},
            "http_req_duration": {"values": {"p(95)": 81.25}}, "http_req_failed": {"values": {"rate": 0.002}}}}"#;
        assert_eq!(steps(handled), Ok(vec![BARE]));
        assert_eq!(
            steps(r#"{"metrics": {"http_reqs": {"rate": 1}}}"#),
            Err(ResultError::Missing("http_req_duration p(95)"))
        );
        assert_eq!(steps("{}"), Err(ResultError::Unknown));
    }

    #[test]
    fn a_csv_has_a_step_in_each_row() {
        let text = "Rate, p95_ms, cpu_millicores, failed\n100, 20, 150,\n200, 25.5, 290, 0.01\n";
        let read = steps(text).expect("a result");
        assert_eq!(read.len(), 2);
        assert_eq!(
            (read[0].failed, read[1].cpu_millicores, read[1].memory_mib),
            (0.0, Some(290.0), None)
        );
    }

    #[test]
    fn a_wrong_cell_is_named_with_its_place() {
        let error = steps("rate,p95_ms\n100,20\n-5,20\n").expect_err("refused");
        assert_eq!(
            error.to_string(),
            "line 3: \"-5\" in column rate is no number from 0"
        );
        assert_eq!(steps("a,b\n1,2\n"), Err(ResultError::Unknown));
        assert_eq!(
            steps("rate,p95_ms\n0,10\n"),
            Err(ResultError::OutOfRange("a rate"))
        );
        let negative =
            r#"{"metrics": {"http_reqs": {"rate": 5}, "http_req_duration": {"p(95)": -1}}}"#;
        assert_eq!(steps(negative), Err(ResultError::OutOfRange("a latency")));
        assert!(matches!(
            steps("rate,p95_ms\nNaN,20\n"),
            Err(ResultError::Cell { line: 2, .. })
        ));
    }
}
