//! The languages that the report is written in.

use fluent_bundle::{FluentArgs, FluentValue};

use super::{Argument, Text, catalogue};

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

    /// `text` in this language. An id that no catalogue has, as of a plan by a newer version, is shown itself.
    #[must_use]
    pub fn say(self, text: &Text) -> String {
        let (id, arguments) = match text {
            Text::Plain(value) => return value.clone(),
            Text::Entry { id, arguments } => (id, arguments),
        };
        let mut values = FluentArgs::new();
        for (name, argument) in arguments {
            values.set(name.as_ref(), self.value(argument));
        }
        catalogue::of(self)
            .format(id, &values)
            .unwrap_or_else(|| id.to_string())
    }

    fn value(self, argument: &Argument) -> FluentValue<'static> {
        match argument {
            #[expect(
                clippy::cast_precision_loss,
                reason = "2^53 are more than anything that is counted"
            )]
            Argument::Count(count) => FluentValue::from(*count as f64),
            Argument::Text(text) => FluentValue::from(self.say(text)),
            Argument::List(texts) => {
                FluentValue::from(self.list(texts.iter().map(|text| self.say(text))))
            }
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
