//! The languages that the report is written in.

/// A language with a catalogue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Language {
    /// English
    #[default]
    #[value(name = "en")]
    English,
    /// Japanese (日本語)
    #[value(name = "ja")]
    Japanese,
}

impl Language {
    /// Every language that there is a catalogue of.
    pub const ALL: [Self; 2] = [Self::English, Self::Japanese];

    /// Its tag: `en`, `ja`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Japanese => "ja",
        }
    }

    /// Joined as this language joins a list.
    #[must_use]
    pub fn list(self, parts: impl IntoIterator<Item = String>) -> String {
        parts.into_iter().collect::<Vec<_>>().join(self.separator())
    }

    /// What stands between the parts of a list.
    #[must_use]
    pub const fn separator(self) -> &'static str {
        match self {
            Self::English => ", ",
            Self::Japanese => "、",
        }
    }
}
