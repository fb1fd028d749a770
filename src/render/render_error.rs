//! Why there is no output folder.

use super::eksctl::EksctlRefusal;

/// What a plan holds and no file can.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A file that eksctl would not accept.
    #[error(transparent)]
    Eksctl(#[from] EksctlRefusal),
    /// A value of the plan that JSON cannot hold.
    #[error("the plan cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A value of the plan that YAML cannot hold.
    #[error("the plan cannot be written as YAML: {0}")]
    Yaml(String),
    /// A table that cannot be written.
    #[error("a table of the plan cannot be written as CSV: {0}")]
    Csv(#[from] csv::Error),
    /// A workbook that Excel could not hold.
    #[error("the plan cannot be written as a workbook: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}
