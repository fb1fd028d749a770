//! The CPU limit: none, or a factor on the request.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What stands under `limits.cpu`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CpuLimit {
    /// No limit: an app may use CPU that nobody else wants.
    None,
    /// So many times the request.
    Factor(f64),
}

impl fmt::Display for CpuLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::Factor(factor) => write!(f, "{factor}"),
        }
    }
}

impl Serialize for CpuLimit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for CpuLimit {
    fn schema_name() -> Cow<'static, str> {
        "CpuLimit".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "No limit, or so many times the request: from 1 to 100.",
            "type": "string",
            "pattern": r"^(none|[0-9]{1,3}(\.[0-9]+)?)$",
        })
    }
}

impl<'de> Deserialize<'de> for CpuLimit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "none" {
            return Ok(Self::None);
        }
        match text.parse::<f64>() {
            Ok(factor) if (1.0..=100.0).contains(&factor) => Ok(Self::Factor(factor)),
            _ => Err(serde::de::Error::custom(format!(
                "\"{text}\" is no CPU limit; allowed are \"none\" and a factor from 1 to 100 such as \"2\""
            ))),
        }
    }
}
