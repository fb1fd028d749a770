//! The columns of `metrics.parquet`: where they stand in a file of any writer, and a row group as series.

use std::fs::File;

use jiff::Timestamp;
use parquet::basic::{LogicalType, Repetition, TimeUnit, Type as PhysicalType};
use parquet::column::reader::{ColumnReaderImpl, get_column_reader, get_typed_column_reader};
use parquet::data_type::{ByteArrayType, DataType, FloatType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader, RowGroupMetaData};
use parquet::schema::types::SchemaDescriptor;

use super::bounded::{self, Extent, MOST_COLUMN_BYTES, MOST_ROWS, MOST_SAMPLES, MOST_TEXT_BYTES};
use super::{EnvironmentKey, Metric, Series, SeriesStatus, Subject};

/// A file whose footer was read. Errors are in words; whoever knows the path adds it.
#[derive(Debug)]
pub(super) struct Table {
    metadata: ParquetMetaData,
    columns: Columns,
    extent: Extent,
}

/// A row group of an open file: of its own for each reader, because reading moves its position.
struct Group<'a> {
    file: File,
    metadata: &'a RowGroupMetaData,
}

/// Where the columns stand in this file; writers order them as they like.
#[derive(Debug, Clone, Copy)]
struct Columns {
    account: usize,
    region: usize,
    environment_id: usize,
    subject: usize,
    metric: usize,
    statistic: usize,
    period_seconds: usize,
    start: usize,
    source: usize,
    status: usize,
    values: usize,
    /// Units of `start` in a second.
    start_per_second: i64,
    /// Definition level at which an element of `values` stands, null or not.
    element_level: i16,
}

impl Table {
    /// Reads the footer. `extent` is how much time a series may cover.
    pub(super) fn of(file: &File, extent: Extent) -> Result<Self, String> {
        let metadata = ParquetMetaDataReader::new()
            .parse_and_finish(file)
            .map_err(in_words)?;
        let columns = Columns::locate(metadata.file_metadata().schema_descr())?;
        let mut rows = 0_usize;
        for group in metadata.row_groups() {
            let claimed = usize::try_from(group.num_rows())
                .map_err(|_| "a row group with a negative number of rows")?;
            rows = rows.saturating_add(claimed);
        }
        if rows > MOST_ROWS {
            return Err(format!(
                "it claims {rows} series, more than the {MOST_ROWS} that are read"
            ));
        }
        Ok(Self {
            metadata,
            columns,
            extent,
        })
    }

    pub(super) fn row_groups(&self) -> usize {
        self.metadata.num_row_groups()
    }

    /// Whose each row of a row group is.
    pub(super) fn keys(&self, file: File, group: usize) -> Result<Vec<EnvironmentKey>, String> {
        self.columns.keys(&self.group(file, group))
    }

    /// The rows of a row group, samples as they stand in the file.
    pub(super) fn series(&self, file: File, group: usize) -> Result<Vec<Series>, String> {
        self.columns.series(&self.group(file, group), self.extent)
    }

    fn group(&self, file: File, group: usize) -> Group<'_> {
        Group {
            file,
            metadata: self.metadata.row_group(group),
        }
    }
}

impl Group<'_> {
    /// Reads a column of at most `values` values.
    fn column<T: DataType>(
        &self,
        column: usize,
        values: usize,
    ) -> Result<ColumnReaderImpl<T>, String> {
        let file = self.file.try_clone().map_err(|error| error.to_string())?;
        let pages = bounded::pages(file, self.metadata, column, values).map_err(in_words)?;
        let descriptor = self.metadata.schema_descr().column(column);
        Ok(get_typed_column_reader(get_column_reader(
            descriptor, pages,
        )))
    }

    fn rows(&self) -> usize {
        // The footer was refused if this is negative.
        usize::try_from(self.metadata.num_rows()).unwrap_or(0)
    }
}

impl Columns {
    fn locate(schema: &SchemaDescriptor) -> Result<Self, String> {
        let column = |name: &str, expected: PhysicalType| {
            let index = schema.columns().iter().position(|column| {
                column
                    .path()
                    .parts()
                    .first()
                    .is_some_and(|part| part == name)
            });
            let index = index.ok_or_else(|| format!("column \"{name}\" is missing"))?;
            let found = schema.column(index).physical_type();
            if found == expected {
                Ok(index)
            } else {
                Err(format!("column \"{name}\" is {found}, not {expected}"))
            }
        };
        let text = |name| column(name, PhysicalType::BYTE_ARRAY);
        let start = column("start", PhysicalType::INT64)?;
        let start_per_second = match schema.column(start).logical_type_ref() {
            Some(LogicalType::Timestamp(timestamp)) => match timestamp.unit {
                TimeUnit::MILLIS => 1_000,
                TimeUnit::MICROS => 1_000_000,
                TimeUnit::NANOS => 1_000_000_000,
            },
            _ => return Err("column \"start\" is no timestamp".to_owned()),
        };
        let values = column("values", PhysicalType::FLOAT)?;
        let leaf = schema.column(values);
        if leaf.max_rep_level() != 1 {
            return Err("column \"values\" is no list of numbers".to_owned());
        }
        let is_nullable = leaf.self_type().get_basic_info().repetition() == Repetition::OPTIONAL;
        Ok(Self {
            account: text("account")?,
            region: text("region")?,
            environment_id: text("environment_id")?,
            subject: text("subject")?,
            metric: text("metric")?,
            statistic: text("statistic")?,
            period_seconds: column("period_seconds", PhysicalType::INT32)?,
            start,
            source: text("source")?,
            status: text("status")?,
            values,
            start_per_second,
            element_level: leaf.max_def_level() - i16::from(is_nullable),
        })
    }

    fn keys(&self, group: &Group<'_>) -> Result<Vec<EnvironmentKey>, String> {
        let accounts = texts(group, self.account)?;
        let regions = texts(group, self.region)?;
        let ids = texts(group, self.environment_id)?;
        let keys = accounts.into_iter().zip(regions).zip(ids);
        Ok(keys
            .map(|((account, region), id)| EnvironmentKey {
                account,
                region,
                id,
            })
            .collect())
    }

    fn series(&self, group: &Group<'_>, extent: Extent) -> Result<Vec<Series>, String> {
        let subjects = texts(group, self.subject)?;
        let metrics = texts(group, self.metric)?;
        let statistics = texts(group, self.statistic)?;
        let periods = periods(group, self.period_seconds, &subjects, &metrics)?;
        let starts = scalars::<Int64Type>(group, self.start)?;
        let sources = texts(group, self.source)?;
        let statuses = texts(group, self.status)?;
        let most = periods.iter().fold(0_usize, |sum, &period| {
            sum.saturating_add(extent.most_samples(period))
        });
        let mut lists = Lists::of(group, self.values, self.element_level, most)?;
        let rows = subjects
            .into_iter()
            .zip(metrics)
            .zip(statistics)
            .zip(periods)
            .zip(starts)
            .zip(sources)
            .zip(statuses);
        rows.map(
            |((((((subject, metric), statistic), period_seconds), start), source), status)| {
                let (subject, metric) = (Subject::from_text(&subject), Metric::from_name(&metric));
                let start = Timestamp::from_second(start.div_euclid(self.start_per_second))
                    .map_err(|error| error.to_string())?;
                let samples = lists.next()?;
                if samples.len() > extent.most_samples(period_seconds) {
                    return Err(format!(
                        "the series {} of {} has {} samples of {period_seconds} s, more than the {} days of the snapshot's window hold",
                        metric.name(),
                        subject.text(),
                        samples.len(),
                        extent.days()
                    ));
                }
                Ok(Series {
                    subject,
                    metric,
                    statistic,
                    period_seconds,
                    start,
                    source,
                    status: SeriesStatus(status),
                    samples,
                    rejected: 0,
                })
            },
        )
        .collect()
    }
}

/// The samples of one row after the other. What is decoded on the way stays in the buffers of a single row, which
/// fit a cache, instead of in levels and values of a whole row group.
struct Lists {
    reader: ColumnReaderImpl<FloatType>,
    /// Of an element that is there, and of one that is null.
    full_level: i16,
    element_level: i16,
    definitions: Vec<i16>,
    repetitions: Vec<i16>,
    values: Vec<f32>,
}

impl Lists {
    /// `most` is how many samples the rows can have by the time that they may cover.
    fn of(
        group: &Group<'_>,
        column: usize,
        element_level: i16,
        most: usize,
    ) -> Result<Self, String> {
        // A row without samples is a level, too.
        let levels = most.min(MOST_SAMPLES).saturating_add(group.rows());
        let reader = group.column(column, levels)?;
        let full_level = group.metadata.column(column).column_descr().max_def_level();
        Ok(Self {
            reader,
            full_level,
            element_level,
            definitions: Vec::new(),
            repetitions: Vec::new(),
            values: Vec::new(),
        })
    }

    /// A null element is NaN, a null or empty list is empty.
    fn next(&mut self) -> Result<Vec<f32>, String> {
        self.definitions.clear();
        self.repetitions.clear();
        self.values.clear();
        let levels = (Some(&mut self.definitions), Some(&mut self.repetitions));
        let (records, ..) = self
            .reader
            .read_records(1, levels.0, levels.1, &mut self.values)
            .map_err(in_words)?;
        if records != 1 || self.repetitions.first() != Some(&0) {
            return Err("column \"values\" has fewer lists than rows".to_owned());
        }
        if self.values.len() == self.definitions.len() {
            let next = Vec::with_capacity(self.values.len());
            return Ok(std::mem::replace(&mut self.values, next));
        }
        // A null or empty list is one definition without an element; a list with elements has nothing else.
        if self
            .definitions
            .iter()
            .any(|definition| *definition < self.element_level)
        {
            return Ok(Vec::new());
        }
        let mut next = 0;
        let sample = |&definition: &i16| {
            let is_there = definition == self.full_level;
            let value = self.values.get(next).copied().unwrap_or(f32::NAN);
            next += usize::from(is_there);
            if is_there { value } else { f32::NAN }
        };
        Ok(self.definitions.iter().map(sample).collect())
    }
}

fn in_words(error: ParquetError) -> String {
    error.to_string()
}

/// The steps of the grids, which are over 0.
fn periods(
    group: &Group<'_>,
    column: usize,
    subjects: &[String],
    metrics: &[String],
) -> Result<Vec<u32>, String> {
    let periods = scalars::<Int32Type>(group, column)?;
    let of = periods.iter().zip(subjects).zip(metrics);
    of.map(|((&period, subject), metric)| {
        u32::try_from(period)
            .ok()
            .filter(|&seconds| seconds > 0)
            .ok_or_else(|| {
                format!("the series {metric} of {subject} has a period of {period} seconds")
            })
    })
    .collect()
}

/// A column of plain values, one for each row.
fn scalars<T: DataType>(group: &Group<'_>, column: usize) -> Result<Vec<T::T>, String> {
    let rows = group.rows();
    let mut reader = group.column::<T>(column, rows)?;
    let (mut definitions, mut values, mut read) = (Vec::new(), Vec::new(), 0);
    while read < rows {
        let (records, ..) = reader
            .read_records(rows - read, Some(&mut definitions), None, &mut values)
            .map_err(in_words)?;
        if records == 0 {
            return Err(format!("a row group ends after {read} of {rows} rows"));
        }
        read += records;
    }
    if values.len() == rows {
        return Ok(values);
    }
    let name = group.metadata.column(column).column_path().string();
    Err(format!(
        "column \"{name}\" has {} nulls",
        rows - values.len()
    ))
}

/// Texts share their bytes with the page until they are copied: a long one that stands in every row is short in
/// the file.
fn texts(group: &Group<'_>, column: usize) -> Result<Vec<String>, String> {
    let values = scalars::<ByteArrayType>(group, column)?;
    let longest = values.iter().map(|value| value.len()).max().unwrap_or(0);
    let all = values.iter().fold(0_usize, |sum, value| sum + value.len());
    if longest > MOST_TEXT_BYTES || all > MOST_COLUMN_BYTES {
        let name = group.metadata.column(column).column_path().string();
        return Err(format!(
            "column \"{name}\" has texts of up to {longest} bytes, {all} in all, more than are read"
        ));
    }
    values
        .iter()
        .map(|value| {
            value
                .as_utf8()
                .map(str::to_owned)
                .map_err(|error| error.to_string())
        })
        .collect()
}
