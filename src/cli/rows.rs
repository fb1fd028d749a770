//! Rows on stdout, in the format that was asked for.

use serde::Serialize;
use serde_json::Value;

use super::Exit;
use super::arguments::RowFormat;
use super::report_error::CommandError;
use super::terminal;
use crate::render::{self, readable, table};

/// Prints `rows`; `words` are what people read instead of a plain table, if there is something to say of them.
pub(super) fn print<T: Serialize>(
    rows: &[T],
    format: RowFormat,
    words: Option<&dyn Fn() -> String>,
) -> Result<(), CommandError> {
    let failed =
        |error: &dyn std::fmt::Display| CommandError::new(Exit::Failure, error.to_string());
    let text = match (format, words) {
        (RowFormat::Json, _) => render::json(&rows).map_err(|error| failed(&error))?,
        (RowFormat::Yaml, _) => render::yaml(&rows).map_err(|error| failed(&error))?,
        (RowFormat::Table, Some(words)) => words(),
        (RowFormat::Table | RowFormat::Csv, _) => {
            let (header, cells) = flat(rows).map_err(|error| failed(&error))?;
            if format == RowFormat::Csv {
                let bytes = render::rows_as_csv(&header, &cells).map_err(|error| failed(&error))?;
                return terminal::print(&bytes);
            }
            plain_table(&header, cells)
        }
    };
    terminal::print(text.as_bytes())
}

/// Prints what was made as CSV in the format that was asked for.
pub(super) fn print_csv(csv: &[u8], format: RowFormat) -> Result<(), CommandError> {
    if format == RowFormat::Csv {
        return terminal::print(csv);
    }
    let (header, cells) = read(csv)?;
    if format == RowFormat::Table {
        return terminal::print(plain_table(&header, cells).as_bytes());
    }
    let object = |row: Vec<String>| {
        let values = row.into_iter().map(Value::String);
        Value::Object(header.iter().cloned().zip(values).collect())
    };
    let objects: Vec<Value> = cells.into_iter().map(object).collect();
    print(&objects, format, None)
}

fn read(csv: &[u8]) -> Result<(Vec<String>, Vec<Vec<String>>), CommandError> {
    let failed = |error: csv::Error| CommandError::new(Exit::Failure, error);
    let mut reader = csv::Reader::from_reader(csv);
    let texts = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let header = texts(reader.headers().map_err(failed)?);
    let rows = reader.records().map(|record| Ok(texts(&record?)));
    let rows = rows.collect::<Result<_, csv::Error>>().map_err(failed)?;
    Ok((header, rows))
}

fn plain_table(header: &[String], cells: Vec<Vec<String>>) -> String {
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let is_number = |column: usize| {
        let mut there = cells
            .iter()
            .filter_map(|row| row.get(column))
            .filter(|cell| !cell.is_empty());
        there.all(|cell| cell.parse::<f64>().is_ok())
    };
    let numbers: Vec<usize> = (0..header.len())
        .filter(|&column| is_number(column))
        .collect();
    table(&header, cells, &numbers, readable(terminal::width()))
}

/// Columns and cells of rows that may hold others: `skipped.training`. A row without a value has an empty cell.
fn flat<T: Serialize>(rows: &[T]) -> serde_json::Result<(Vec<String>, Vec<Vec<String>>)> {
    let mut header: Vec<String> = Vec::new();
    let mut all = Vec::new();
    for row in rows {
        let mut cells = Vec::new();
        spread(&serde_json::to_value(row)?, "", &mut cells);
        for (name, _) in &cells {
            if !header.contains(name) {
                header.push(name.clone());
            }
        }
        all.push(cells);
    }
    let cell = |cells: &[(String, String)], name: &String| {
        let found = cells.iter().find(|(other, _)| other == name);
        found.map_or_else(String::new, |(_, value)| value.clone())
    };
    let rows = all
        .iter()
        .map(|cells| header.iter().map(|name| cell(cells, name)).collect())
        .collect();
    Ok((header, rows))
}

fn spread(value: &Value, name: &str, into: &mut Vec<(String, String)>) {
    let text = match value {
        Value::Object(fields) => {
            for (field, value) in fields {
                let name = if name.is_empty() {
                    field.clone()
                } else {
                    format!("{name}.{field}")
                };
                spread(value, &name, into);
            }
            return;
        }
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    into.push((name.to_owned(), text));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn rows_of_different_fields_stand_under_one_header() {
        let rows = [
            json!({"file": "a", "skipped": {"test": 1, "why": null}}),
            json!({"file": "b", "bins": 2}),
        ];
        let (header, cells) = flat(&rows).expect("JSON");
        assert_eq!(header, ["file", "skipped.test", "skipped.why", "bins"]);
        assert_eq!(cells, [["a", "1", "", ""], ["b", "", "", "2"]]);
    }
}
