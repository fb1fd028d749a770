//! What a human should know.

use serde::{Deserialize, Serialize};

use crate::wording::Text;

/// How much it matters; worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The plan is wrong: nothing is written.
    Fatal,
    /// Somebody has to look before moving.
    Warning,
    /// Worth knowing.
    Advice,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Note {
    /// How much it matters.
    pub severity: Severity,
    /// A stable name of the kind of finding: `memory-assumed`.
    pub code: String,
    /// What it is about: an environment, a cluster, a node.
    pub subject: String,
    /// The finding with its numbers, as a lowercase fragment.
    pub message: Text,
    /// What to do.
    pub hint: Text,
}

impl Note {
    /// A finding that somebody has to look at.
    #[must_use]
    pub fn warning(code: &str, subject: &str, message: impl Into<Text>, hint: impl Into<Text>) -> Self {
        Self::new(Severity::Warning, code, subject, message, hint)
    }

    /// A finding worth knowing.
    #[must_use]
    pub fn advice(code: &str, subject: &str, message: impl Into<Text>, hint: impl Into<Text>) -> Self {
        Self::new(Severity::Advice, code, subject, message, hint)
    }

    /// A finding that makes the plan unusable.
    #[must_use]
    pub fn fatal(code: &str, subject: &str, message: impl Into<Text>, hint: impl Into<Text>) -> Self {
        Self::new(Severity::Fatal, code, subject, message, hint)
    }

    fn new(severity: Severity, code: &str, subject: &str, message: impl Into<Text>, hint: impl Into<Text>) -> Self {
        Self { severity, code: code.to_owned(), subject: subject.to_owned(), message: message.into(), hint: hint.into() }
    }
}
