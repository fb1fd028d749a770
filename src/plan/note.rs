//! What a human should know.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::wording::{Text, text};

/// How much it matters; worst first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The plan is wrong: nothing is written.
    Fatal,
    /// Somebody has to look before moving.
    Warning,
    /// Worth knowing; nothing is wrong.
    Advice,
}

impl Severity {
    /// A word for a table.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::Fatal => text!("severity-fatal"),
            Self::Warning => text!("severity-warning"),
            Self::Advice => text!("severity-advice"),
        }
    }
}

/// Something that a human should know about the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Note {
    /// How much it matters.
    pub severity: Severity,
    /// A stable name of the kind of finding: `memory-assumed`.
    pub code: String,
    /// What it is about: an environment, a cluster, a node.
    pub subject: Text,
    /// The finding with its numbers, as a lowercase fragment.
    pub message: Text,
    /// What to do about it.
    pub hint: Text,
}

impl Note {
    /// A finding that somebody has to look at.
    #[must_use]
    pub fn warning(
        code: &str,
        subject: impl Into<Text>,
        message: impl Into<Text>,
        hint: impl Into<Text>,
    ) -> Self {
        Self::new(Severity::Warning, code, subject, message, hint)
    }

    /// A finding worth knowing.
    #[must_use]
    pub fn advice(
        code: &str,
        subject: impl Into<Text>,
        message: impl Into<Text>,
        hint: impl Into<Text>,
    ) -> Self {
        Self::new(Severity::Advice, code, subject, message, hint)
    }

    /// A finding that makes the plan unusable.
    #[must_use]
    pub fn fatal(
        code: &str,
        subject: impl Into<Text>,
        message: impl Into<Text>,
        hint: impl Into<Text>,
    ) -> Self {
        Self::new(Severity::Fatal, code, subject, message, hint)
    }

    fn new(
        severity: Severity,
        code: &str,
        subject: impl Into<Text>,
        message: impl Into<Text>,
        hint: impl Into<Text>,
    ) -> Self {
        Self {
            severity,
            code: code.to_owned(),
            subject: subject.into(),
            message: message.into(),
            hint: hint.into(),
        }
    }
}

/// Worst first, then by code, then by what is said in English: an id of the catalogue decides only between equals.
impl Ord for Note {
    fn cmp(&self, other: &Self) -> Ordering {
        let said = |one: &Text, other: &Text| {
            one.to_string()
                .cmp(&other.to_string())
                .then_with(|| one.cmp(other))
        };
        (self.severity, &self.code)
            .cmp(&(other.severity, &other.code))
            .then_with(|| said(&self.subject, &other.subject))
            .then_with(|| said(&self.message, &other.message))
            .then_with(|| said(&self.hint, &other.hint))
    }
}

impl PartialOrd for Note {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
