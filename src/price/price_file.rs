//! Prices of a file, which win over every other: CSV or JSON with the keys of the price book.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::term_keys::TERM_KEYS;
use crate::units::plain_words::{of_csv_reader, of_parser};
use crate::units::{Money, line_at, line_of_record};

/// What is wrong with a price file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{file}:{line}: {message}\nhint: CSV with the columns key, usd and where known source, or JSON {{\"REGION/ec2/TYPE\": \"0.428\"}}"
)]
pub struct PriceFileError {
    /// As the user gave it.
    pub file: String,
    /// Line of the file as an editor counts, from 1.
    pub line: u64,
    /// What is wrong there, as a lowercase fragment.
    pub message: String,
}

/// A price and where the file says that it is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedPrice {
    /// US dollars for one unit of the key: an hour, a GB.
    pub usd: Money,
    /// With the file's name.
    pub source: String,
}

/// The prices of a file, by the keys of the price book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceFile {
    /// Each by its key of the price book, whatever the order of the file.
    pub prices: BTreeMap<String, StatedPrice>,
}

impl PriceFile {
    /// Reads `text`, the content of `file`: JSON if it begins with a brace, else CSV.
    ///
    /// # Errors
    /// The first thing wrong, with its line: an unknown kind of key, a key that stands twice, a text that is
    /// no amount, an amount below zero, or nothing at all.
    pub fn read(file: &str, text: &str) -> Result<Self, PriceFileError> {
        let text = text.trim_start_matches('\u{feff}');
        let rows = if text.trim_start().starts_with('{') {
            of_json(file, text)?
        } else {
            of_csv(file, text)?
        };
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let mut prices = BTreeMap::new();
        for Row {
            line,
            key,
            usd,
            source,
        } in rows
        {
            let wrong = |message: String| PriceFileError {
                file: file.to_owned(),
                line,
                message,
            };
            if !is_key(&key) {
                return Err(wrong(format!(
                    "\"{key}\" is no key of the price book (see [prices] in eb2eks policy)"
                )));
            }
            let usd: Money = usd
                .parse()
                .map_err(|error| wrong(format!("{key}: {error}")))?;
            if usd.is_negative() {
                return Err(wrong(format!("{key} costs {usd}; a price is not negative")));
            }
            if usd > crate::policy::MOST_PRICE {
                return Err(wrong(format!(
                    "{key} costs {usd}; more than {} a unit is taken for a slip of the pen",
                    crate::policy::MOST_PRICE
                )));
            }
            let source = if source.is_empty() {
                format!("{name}: {key}")
            } else {
                format!("{name}: {key} ({source})")
            };
            if prices
                .insert(key.clone(), StatedPrice { usd, source })
                .is_some()
            {
                return Err(wrong(format!("{key} stands twice")));
            }
        }
        if prices.is_empty() {
            return Err(PriceFileError {
                file: file.to_owned(),
                line: 1,
                message: "no price in it".to_owned(),
            });
        }
        Ok(Self { prices })
    }
}

/// A price file: `remarks` as comments, then a row for each price, by key. [`PriceFile::read`] reads it.
///
/// # Errors
/// None in practice: the rows go to memory.
pub fn price_file_text(
    remarks: &[String],
    prices: &BTreeMap<String, StatedPrice>,
) -> Result<Vec<u8>, csv::Error> {
    let mut text = Vec::new();
    for remark in remarks {
        // A line break would make a row of the rest.
        let line: String = remark
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        text.extend(format!("# {line}\n").into_bytes());
    }
    let mut rows = csv::Writer::from_writer(text);
    rows.write_record(["key", "usd", "source"])?;
    for (key, StatedPrice { usd, source }) in prices {
        rows.write_record([key, &usd.to_string(), source])?;
    }
    rows.into_inner().map_err(|error| error.into_error().into())
}

struct Row {
    line: u64,
    key: String,
    usd: String,
    source: String,
}

/// The kinds of keys: what stands between the region and a name, or after the region.
const KINDS: [&str; 14] = [
    "application-load-balancer-hour",
    "application-load-balancer-lcu-hour",
    "network-load-balancer-hour",
    "network-load-balancer-lcu-hour",
    "classic-load-balancer-hour",
    "classic-load-balancer-gb",
    "nat-gateway-hour",
    "nat-gateway-gb",
    "public-ipv4-hour",
    "cloudwatch-metric-month",
    "cloudwatch-logs-ingested-gb",
    "cloudwatch-logs-stored-gb-month",
    "eks-cluster-hour-standard",
    "eks-cluster-hour-extended",
];

fn is_key(key: &str) -> bool {
    let parts: Vec<&str> = key.split('/').collect();
    match parts.as_slice() {
        [
            region,
            "eks-auto-mode" | "ec2" | "ec2-windows" | "ec2-spot" | "windows-licence",
            name,
        ] => !region.is_empty() && name.contains('.'),
        [region, term, name] if TERM_KEYS.contains(term) => {
            !region.is_empty() && name.contains('.')
        }
        [region, kind] => {
            let volume = kind
                .strip_prefix("volume-")
                .and_then(|rest| rest.split_once('-'));
            let is_volume = matches!(volume, Some((kind, "gb-month" | "iops-month" | "throughput-mibps-month")) if !kind.is_empty());
            !region.is_empty() && (KINDS.contains(kind) || is_volume)
        }
        _ => false,
    }
}

fn of_csv(file: &str, text: &str) -> Result<Vec<Row>, PriceFileError> {
    let wrong = |line, message: String| PriceFileError {
        file: file.to_owned(),
        line,
        message,
    };
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    let header = reader
        .headers()
        .map_err(|error| wrong(1, of_csv_reader(&error)))?
        .clone();
    let column = |name: &str| {
        header
            .iter()
            .position(|title| title.eq_ignore_ascii_case(name))
    };
    let (Some(key), Some(usd)) = (column("key"), column("usd")) else {
        return Err(wrong(
            1,
            "the header names no columns key and usd".to_owned(),
        ));
    };
    let source = column("source");
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let at = error.position().map_or(0, csv::Position::byte);
            wrong(line_of_record(text, at, Some('#')), of_csv_reader(&error))
        })?;
        let cell = |place: usize| record.get(place).unwrap_or_default().to_owned();
        let at = record.position().map_or(0, csv::Position::byte);
        let line = line_of_record(text, at, Some('#'));
        rows.push(Row {
            line,
            key: cell(key),
            usd: cell(usd),
            source: source.map(cell).unwrap_or_default(),
        });
    }
    Ok(rows)
}

/// A map that keeps what stands twice: `serde_json`'s own keeps the last.
struct Entries(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of keys and prices")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Each)
    }
}

fn of_json(file: &str, text: &str) -> Result<Vec<Row>, PriceFileError> {
    let wrong = |line, message| PriceFileError {
        file: file.to_owned(),
        line,
        message,
    };
    let entries: Entries = serde_json::from_str(text)
        .map_err(|error| wrong(error.line() as u64, of_parser(&error.to_string())))?;
    let mut from = 0;
    let mut rows = Vec::new();
    for (key, price) in entries.0 {
        // Entries come in the order of the text, so each is looked for after the one before it.
        let quoted = serde_json::to_string(&key).unwrap_or_default();
        let at = text
            .get(from..)
            .and_then(|rest| rest.find(&quoted))
            .map_or(from, |at| from + at);
        from = (at + quoted.len()).min(text.len());
        let line = line_at(text, at);
        let field = |name: &str| price.get(name).and_then(Value::as_str).map(str::to_owned);
        let usd = price.as_str().map(str::to_owned).or_else(|| field("usd"));
        let usd = usd.ok_or_else(|| {
            wrong(
                line,
                format!("{key}: a price is a decimal in quotes, or {{\"usd\": …, \"source\": …}}"),
            )
        })?;
        rows.push(Row {
            line,
            key,
            usd,
            source: field("source").unwrap_or_default(),
        });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        PriceFile::read("dir/p.csv", text)
            .expect_err("must be refused")
            .to_string()
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned()
    }

    #[test]
    fn both_forms_say_the_same() {
        let csv = PriceFile::read(
            "p.csv",
            "key,usd,source\nr/ec2/m5.large,0.124,our contract\nglobal/public-ipv4-hour,0.004,\n",
        )
        .expect("a price file");
        let json = "{\n \"r/ec2/m5.large\": {\"usd\": \"0.124\", \"source\": \"our contract\"},\n \"global/public-ipv4-hour\": \"0.004\"\n}";
        assert_eq!(csv, PriceFile::read("p.csv", json).expect("a price file"));
        assert_eq!(
            csv.prices["r/ec2/m5.large"].source,
            "p.csv: r/ec2/m5.large (our contract)"
        );
    }

    #[test]
    fn lines_are_the_editors_whatever_ends_them() {
        for end in ["\n", "\r\n"] {
            let lines = [
                "# mine",
                "key,usd",
                "r/ec2/m5.large,0.1",
                "",
                "r/ec2/m5.xlarge,much",
                "",
            ];
            assert!(
                error(&lines.join(end)).starts_with("dir/p.csv:5: "),
                "{end:?}"
            );
            let lines = ["key,usd", "r/ec2/m5.large,0.1", "r/ec2/m5.xlarge"];
            assert_eq!(
                error(&lines.join(end)),
                "dir/p.csv:3: 1 cell, but the header has 2"
            );
            let lines = [
                "{",
                " \"r/ec2/m5.large\": \"0.1\",",
                " \"r/ec2/m5.xlarge\": 1",
                "}",
            ];
            assert!(
                error(&lines.join(end)).starts_with("dir/p.csv:3: "),
                "{end:?}"
            );
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_file_and_line() {
        assert!(
            error("key,usd\nr/ec2/m5.large,0.1\nr/ec3/m5.large,0.1\n")
                .starts_with("dir/p.csv:3: \"r/ec3/m5.large\" is no key")
        );
        assert!(
            error("key,usd\nr/ec2/m5.large,free\n")
                .starts_with("dir/p.csv:2: r/ec2/m5.large: \"free\" is not an amount")
        );
        assert!(
            error("key,usd\nr/ec2/m5.large,-1\n")
                .contains("2: r/ec2/m5.large costs -1.00; a price is not negative")
        );
        assert!(
            error("key,usd\nr/ec2/m5.large,1\n\nr/ec2/m5.large,2\n")
                .starts_with("dir/p.csv:4: r/ec2/m5.large stands twice")
        );
        assert!(error("name,usd\n").starts_with("dir/p.csv:1: the header"));
        assert!(error("key,usd\n").contains("no price in it"));
        assert!(
            error("{\n \"r/ec2/m5.large\": \"1\",\n \"r/volume--gb-month\": \"1\"\n}")
                .starts_with("dir/p.csv:3: \"r/volume--gb-month\"")
        );
        assert!(
            error("{\n \"r/ec2/m5.large\": 1\n}")
                .starts_with("dir/p.csv:2: r/ec2/m5.large: a price is a decimal in quotes")
        );
    }

    #[test]
    fn what_is_written_is_read_again() {
        let price = |usd: &str, source: &str| StatedPrice {
            usd: usd.parse().expect("an amount"),
            source: source.to_owned(),
        };
        let prices = BTreeMap::from([
            ("r/ec2/m5.large".to_owned(), price("0.124", "a, \"b\"")),
            ("r/ec2-one-year/m5.large".to_owned(), price("0.0864", "c")),
            (
                "r/eks-auto-mode/m5.large".to_owned(),
                price("0.000000001", "d"),
            ),
        ]);
        let text =
            price_file_text(&["two\nlines, and r/ec2/x.y,1".to_owned()], &prices).expect("memory");
        let text = String::from_utf8(text).expect("text");
        assert!(
            text.starts_with("# two lines, and r/ec2/x.y,1\nkey,usd,source\n"),
            "{text}"
        );
        let read = PriceFile::read("p.csv", &text)
            .expect("a price file")
            .prices;
        assert_eq!(
            read.keys().collect::<Vec<_>>(),
            prices.keys().collect::<Vec<_>>()
        );
        assert_eq!(
            read["r/ec2/m5.large"].source,
            "p.csv: r/ec2/m5.large (a, \"b\")"
        );
        assert!(read.iter().all(|(key, one)| one.usd == prices[key].usd));
    }
}
