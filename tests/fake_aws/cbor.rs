//! As much of CBOR (RFC 8949) as CloudWatch's requests and answers need.

use aws_smithy_cbor::{Decoder, data::Type};

/// A request, decoded.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Number(f64),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
    Other,
}

impl Value {
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(entries) => entries
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn number(&self, key: &str) -> Option<f64> {
        match self.get(key)? {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub(crate) fn list(&self, key: &str) -> &[Self] {
        match self.get(key) {
            Some(Self::List(items)) => items,
            _ => &[],
        }
    }
}

pub(crate) fn decode(bytes: &[u8]) -> Value {
    item(&mut Decoder::new(bytes))
}

fn item(decoder: &mut Decoder<'_>) -> Value {
    let text = |decoder: &mut Decoder<'_>| decoder.string().expect("a text");
    match decoder.datatype().expect("an item") {
        Type::String | Type::StringIndef => Value::Text(text(decoder)),
        Type::Map | Type::MapIndef => {
            let count = decoder.map().expect("a map");
            let mut entries = Vec::new();
            while count.map_or(
                decoder.datatype().expect("an item") != Type::Break,
                |count| (entries.len() as u64) < count,
            ) {
                let key = text(decoder);
                entries.push((key, item(decoder)));
            }
            if count.is_none() {
                decoder.skip().expect("the end of the map");
            }
            Value::Map(entries)
        }
        Type::Array | Type::ArrayIndef => {
            let count = decoder.list().expect("a list");
            let mut items = Vec::new();
            while count.map_or(
                decoder.datatype().expect("an item") != Type::Break,
                |count| (items.len() as u64) < count,
            ) {
                items.push(item(decoder));
            }
            if count.is_none() {
                decoder.skip().expect("the end of the list");
            }
            Value::List(items)
        }
        Type::Tag => Value::Number(decoder.timestamp().expect("a time").as_secs_f64()),
        Type::U8
        | Type::U16
        | Type::U32
        | Type::U64
        | Type::I8
        | Type::I16
        | Type::I32
        | Type::I64 => Value::Number(decoder.long().expect("a number") as f64),
        Type::F16 | Type::F32 | Type::F64 => Value::Number(decoder.double().expect("a number")),
        _ => {
            decoder.skip().expect("an item");
            Value::Other
        }
    }
}

pub(crate) fn cbor_number(value: f64) -> Vec<u8> {
    [vec![0xfb], value.to_be_bytes().to_vec()].concat()
}

/// Tag 1: seconds since 1970.
pub(crate) fn cbor_time(seconds: i64) -> Vec<u8> {
    let seconds = u32::try_from(seconds).expect("a time after 1970");
    [vec![0xc1, 0x1a], seconds.to_be_bytes().to_vec()].concat()
}

pub(crate) fn cbor_text(text: &str) -> Vec<u8> {
    [cbor_head(0x60, text.len()), text.as_bytes().to_vec()].concat()
}

pub(crate) fn cbor_list(items: &[Vec<u8>]) -> Vec<u8> {
    [cbor_head(0x80, items.len()), items.concat()].concat()
}

pub(crate) fn cbor_map(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = cbor_head(0xa0, entries.len());
    for (key, value) in entries {
        bytes.extend(cbor_text(key));
        bytes.extend(value);
    }
    bytes
}

/// Major type and length (RFC 8949, section 3).
fn cbor_head(major: u8, length: usize) -> Vec<u8> {
    match u32::try_from(length).expect("a value of a test") {
        short @ 0..24 => vec![major | short.to_be_bytes()[3]],
        long => [vec![major | 26], long.to_be_bytes().to_vec()].concat(),
    }
}
