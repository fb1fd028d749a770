//! What becomes of an option setting, in a word.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::wording::{Text, text};

/// Exactly one of these for every setting of every environment.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// A field of a manifest takes its place.
    Translated,
    /// The cluster or its nodes take its place.
    Infrastructure,
    /// Another mechanism does its work.
    Replaced,
    /// Nothing takes its place, on purpose.
    Dropped,
    /// A human has to decide or to act.
    Manual,
    /// The table does not know it.
    Unknown,
}

impl Verdict {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::Translated,
        Self::Infrastructure,
        Self::Replaced,
        Self::Dropped,
        Self::Manual,
        Self::Unknown,
    ];

    /// The word that plan.json has.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Translated => "translated",
            Self::Infrastructure => "infrastructure",
            Self::Replaced => "replaced",
            Self::Dropped => "dropped",
            Self::Manual => "manual",
            Self::Unknown => "unknown",
        }
    }

    /// In the reader's language.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::Translated => text!("verdict-translated"),
            Self::Infrastructure => text!("verdict-infrastructure"),
            Self::Replaced => text!("verdict-replaced"),
            Self::Dropped => text!("verdict-dropped"),
            Self::Manual => text!("verdict-manual"),
            Self::Unknown => text!("verdict-unknown"),
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}
