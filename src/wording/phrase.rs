//! A sentence before it has a language.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use fluent_bundle::{FluentArgs, FluentValue};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use super::dollars::dollars;
use super::{Language, catalogue};

/// Something to say: an entry of the catalogue with its arguments, or a value that is the same in every language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(untagged)]
pub enum Text {
    /// A name, a number, a quantity: `c5.2xlarge`, `1240m`.
    Plain(String),
    /// An entry of the catalogue.
    Entry {
        /// The entry of the catalogue.
        id: Cow<'static, str>,
        /// What it is said of, by name.
        #[serde(default)]
        arguments: BTreeMap<Cow<'static, str>, Argument>,
    },
}

/// What a text is said of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Argument {
    /// A count: languages have other words for one and for many.
    Count(u64),
    /// A text of its own, or a name.
    Text(Text),
    /// Several, joined as the language joins them.
    List(Vec<Text>),
}

impl Text {
    /// The entry `id` without arguments.
    #[must_use]
    pub fn of(id: &'static str) -> Self {
        Self::Entry {
            id: Cow::Borrowed(id),
            arguments: BTreeMap::new(),
        }
    }

    /// The entry of an id that is made while the program runs, as that of a policy key; nothing checks that there is
    /// one but the tests of who makes it.
    #[must_use]
    pub const fn of_id(id: String) -> Self {
        Self::Entry {
            id: Cow::Owned(id),
            arguments: BTreeMap::new(),
        }
    }

    /// The same, if there is such an entry.
    #[must_use]
    pub fn of_known_id(id: String) -> Option<Self> {
        catalogue::of(Language::English)
            .has(&id)
            .then(|| Self::of_id(id))
    }

    /// The same in every language: names and quantities, never words.
    #[must_use]
    pub fn plain(value: impl ToString) -> Self {
        Self::Plain(value.to_string())
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Plain(value) if value.is_empty())
    }

    /// The value, where it is the same in every language.
    #[must_use]
    pub fn as_plain(&self) -> Option<&str> {
        match self {
            Self::Plain(value) => Some(value),
            Self::Entry { .. } => None,
        }
    }

    /// This text and all that it is made of.
    #[must_use]
    pub fn parts(&self) -> Vec<&Self> {
        let mut parts = vec![self];
        if let Self::Entry { arguments, .. } = self {
            for argument in arguments.values() {
                match argument {
                    Argument::Count(_) => {}
                    Argument::Text(text) => parts.extend(text.parts()),
                    Argument::List(texts) => parts.extend(texts.iter().flat_map(Self::parts)),
                }
            }
        }
        parts
    }

    /// The entry with one argument more; a plain value has none.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Argument>) -> Self {
        if let Self::Entry { arguments, .. } = &mut self {
            arguments.insert(Cow::Borrowed(name), value.into());
        }
        self
    }
}

/// A text that says nothing.
impl Default for Text {
    fn default() -> Self {
        Self::Plain(String::new())
    }
}

impl Language {
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
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&Language::English.say(self))
    }
}

/// By its English, so that a test reads as the reader does.
#[cfg(test)]
impl PartialEq<&str> for Text {
    fn eq(&self, english: &&str) -> bool {
        Language::English.say(self) == **english
    }
}

/// Plain values are strings; entries show their English, which nobody reads back.
impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(value) => serializer.serialize_str(value),
            Self::Entry { id, arguments } => {
                let mut entry = serializer.serialize_struct("Text", 3)?;
                entry.serialize_field("english", &self.to_string())?;
                entry.serialize_field("id", id)?;
                if !arguments.is_empty() {
                    entry.serialize_field("arguments", arguments)?;
                }
                entry.end()
            }
        }
    }
}

/// What is written, which is more than what is read: an entry shows its English.
impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let argument = generator.subschema_for::<Argument>();
        json_schema!({
            "description": "Something to say: a value that is the same in every language, or an entry of the catalogue with its arguments.",
            "anyOf": [
                { "description": "A name, a number, a quantity.", "type": "string" },
                {
                    "description": "An entry of the catalogue.",
                    "type": "object",
                    "properties": {
                        "english": { "description": "What it says in English.", "type": "string" },
                        "id": { "description": "Its id in the catalogue of every language.", "type": "string" },
                        "arguments": {
                            "description": "What it is said of, by name.",
                            "type": "object",
                            "additionalProperties": argument,
                        },
                    },
                    "required": ["english", "id"],
                },
            ],
        })
    }
}

impl From<Text> for Argument {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl From<Vec<Text>> for Argument {
    fn from(texts: Vec<Text>) -> Self {
        Self::List(texts)
    }
}

impl From<usize> for Argument {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

macro_rules! counts {
    ($($kind:ty),*) => {
        $(impl From<$kind> for Argument {
            fn from(count: $kind) -> Self {
                Self::Count(u64::from(count))
            }
        })*
    };
}
counts!(u8, u16, u32, u64);

macro_rules! plain_values {
    ($($kind:ty),* $(,)?) => {
        $(impl From<$kind> for Text {
            fn from(value: $kind) -> Self {
                Self::plain(value)
            }
        }

        impl From<$kind> for Argument {
            fn from(value: $kind) -> Self {
                Self::Text(Text::plain(value))
            }
        })*
    };
}

/// With its sign and its separators, `$1,234.50`: no sentence says a bare amount.
impl From<crate::units::Money> for Text {
    fn from(amount: crate::units::Money) -> Self {
        Self::plain(dollars(amount))
    }
}

impl From<crate::units::Money> for Argument {
    fn from(amount: crate::units::Money) -> Self {
        Self::Text(amount.into())
    }
}

/// Its English is that of `Display`.
impl From<crate::units::Resources> for Text {
    fn from(resources: crate::units::Resources) -> Self {
        Self::of("resources")
            .with("cpu", resources.cpu)
            .with("memory", resources.memory.in_whole_mebibytes())
    }
}

impl From<crate::units::Resources> for Argument {
    fn from(resources: crate::units::Resources) -> Self {
        Self::Text(resources.into())
    }
}

impl From<u32> for Text {
    fn from(value: u32) -> Self {
        Self::plain(value)
    }
}

plain_values!(
    &str,
    String,
    &String,
    crate::units::Bytes,
    crate::units::Millicores,
    crate::units::Quantity,
    &crate::units::KubernetesName,
);
