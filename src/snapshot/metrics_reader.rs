//! `metrics.parquet`, read one environment at a time.

#![expect(clippy::disallowed_methods, reason = "this is where the history meets the disk")]

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use jiff::Timestamp;
use parquet::basic::{LogicalType, Repetition, TimeUnit, Type as PhysicalType};
use parquet::column::reader::get_typed_column_reader;
use parquet::data_type::{ByteArrayType, DataType, FloatType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, RowGroupReader};
use parquet::file::serialized_reader::SerializedFileReader;
use parquet::schema::types::SchemaDescriptor;
use rayon::prelude::*;

use super::series::sanitise;
use super::{EnvironmentKey, Metric, Series, SeriesStatus, SnapshotError, Subject};

/// The history of a snapshot. Opening it reads which environment each row belongs to, nothing more.
#[derive(Debug)]
pub struct History {
    path: PathBuf,
    columns: Columns,
    row_groups: usize,
    rows_of: BTreeMap<EnvironmentKey, usize>,
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

/// Row groups decoded at the same time. A constant, not the number of threads, so that memory does
/// not depend on the machine: 4 groups of 64 series of 63 days at 5 minutes are 19 MB.
const ROW_GROUPS_AT_ONCE: usize = 4;

impl History {
    /// Opens the file and counts the rows of each environment.
    ///
    /// # Errors
    /// When the file is missing, damaged, or lacks a column.
    pub fn open(path: PathBuf) -> Result<Self, SnapshotError> {
        let file = File::open(&path).map_err(|source| SnapshotError::Unreadable { path: path.clone(), source })?;
        let mut history = Self { path, columns: Columns::NONE, row_groups: 0, rows_of: BTreeMap::new() };
        unpanicked(|| history.index(file)).map_err(|message| history.failure(message))?;
        Ok(history)
    }

    fn index(&mut self, file: File) -> Result<(), String> {
        let reader = SerializedFileReader::new(file).map_err(|error| error.to_string())?;
        self.columns = Columns::locate(reader.metadata().file_metadata().schema_descr())?;
        self.row_groups = reader.num_row_groups();
        for index in 0..self.row_groups {
            let group = reader.get_row_group(index).map_err(|error| error.to_string())?;
            for key in self.columns.keys(group.as_ref())? {
                *self.rows_of.entry(key).or_default() += 1;
            }
        }
        Ok(())
    }

    fn failure(&self, message: String) -> SnapshotError {
        SnapshotError::History { path: self.path.clone(), message }
    }

    /// The environments that have any series.
    pub fn environments(&self) -> impl Iterator<Item = &EnvironmentKey> {
        self.rows_of.keys()
    }

    /// Calls `summarise` once for each environment that has series, as soon as all of them are read,
    /// and `progress` with the share of the file that is done. Raw samples are dropped right after.
    ///
    /// The result does not depend on the number of threads. Memory: four row groups
    /// and the environments that straddle them, if the rows are sorted by environment, as
    /// [`super::write_metrics`] does.
    ///
    /// # Errors
    /// When the file turns out damaged on the way.
    pub fn summarise<T: Send>(
        &self,
        summarise: impl Fn(&EnvironmentKey, Vec<Series>) -> T + Sync,
        progress: &(dyn Fn(f64) + Sync),
    ) -> Result<BTreeMap<EnvironmentKey, T>, SnapshotError> {
        let mut pending: BTreeMap<EnvironmentKey, Vec<Series>> = BTreeMap::new();
        let mut done = BTreeMap::new();
        let groups: Vec<usize> = (0..self.row_groups).collect();
        for batch in groups.chunks(ROW_GROUPS_AT_ONCE) {
            let decoded: Vec<_> = batch.par_iter().map(|&group| unpanicked(|| self.decode(group))).collect();
            for rows in decoded {
                for (key, series) in rows.map_err(|message| self.failure(message))? {
                    pending.entry(key).or_default().push(series);
                }
            }
            let is_whole = |key: &EnvironmentKey, series: &Vec<Series>| self.rows_of.get(key) == Some(&series.len());
            let whole: Vec<_> = pending.extract_if(.., |key, series| is_whole(key, series)).collect();
            whole.iter().try_for_each(|(key, series)| refuse_twice(key, series)).map_err(|message| self.failure(message))?;
            done.par_extend(whole.into_par_iter().map(|(key, series)| {
                let summary = summarise(&key, series);
                (key, summary)
            }));
            #[expect(clippy::cast_precision_loss, reason = "progress, for people")]
            progress(batch.last().map_or(1.0, |&last| (last + 1) as f64 / self.row_groups as f64));
        }
        Ok(done)
    }

    /// Calls `visit` once for each environment that has series, in the order in which the file ends them,
    /// with the samples as they stand in the file: nothing is rejected. For copying.
    ///
    /// # Errors
    /// When the file turns out damaged on the way, or `visit` fails.
    pub fn visit(&self, mut visit: impl FnMut(&EnvironmentKey, Vec<Series>) -> Result<(), SnapshotError>) -> Result<(), SnapshotError> {
        let mut pending: BTreeMap<EnvironmentKey, Vec<Series>> = BTreeMap::new();
        for group in 0..self.row_groups {
            let rows = unpanicked(|| self.decode_as_they_stand(group)).map_err(|message| self.failure(message))?;
            for (key, series) in rows {
                pending.entry(key).or_default().push(series);
            }
            let is_whole = |key: &EnvironmentKey, series: &Vec<Series>| self.rows_of.get(key) == Some(&series.len());
            let whole: Vec<_> = pending.extract_if(.., |key, series| is_whole(key, series)).collect();
            for (key, series) in whole {
                refuse_twice(&key, &series).map_err(|message| self.failure(message))?;
                visit(&key, series)?;
            }
        }
        Ok(())
    }

    fn decode(&self, group: usize) -> Result<Vec<(EnvironmentKey, Series)>, String> {
        let mut rows = self.decode_as_they_stand(group)?;
        for (_, series) in &mut rows {
            series.rejected = sanitise(&series.metric, &mut series.samples);
        }
        Ok(rows)
    }

    fn decode_as_they_stand(&self, group: usize) -> Result<Vec<(EnvironmentKey, Series)>, String> {
        let file = File::open(&self.path).map_err(|error| error.to_string())?;
        let reader = SerializedFileReader::new(file).map_err(|error| error.to_string())?;
        let group = reader.get_row_group(group).map_err(|error| error.to_string())?;
        self.columns.rows(group.as_ref())
    }
}

impl Columns {
    const NONE: Self = Self {
        account: 0,
        region: 0,
        environment_id: 0,
        subject: 0,
        metric: 0,
        statistic: 0,
        period_seconds: 0,
        start: 0,
        source: 0,
        status: 0,
        values: 0,
        start_per_second: 1,
        element_level: 0,
    };

    fn locate(schema: &SchemaDescriptor) -> Result<Self, String> {
        let column = |name: &str, expected: PhysicalType| {
            let index = schema.columns().iter().position(|column| column.path().parts().first().is_some_and(|part| part == name));
            let index = index.ok_or_else(|| format!("column \"{name}\" is missing"))?;
            let found = schema.column(index).physical_type();
            if found == expected { Ok(index) } else { Err(format!("column \"{name}\" is {found}, not {expected}")) }
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

    fn keys(&self, group: &dyn RowGroupReader) -> Result<Vec<EnvironmentKey>, String> {
        let accounts = texts(group, self.account)?;
        let regions = texts(group, self.region)?;
        let ids = texts(group, self.environment_id)?;
        let keys = accounts.into_iter().zip(regions).zip(ids);
        Ok(keys.map(|((account, region), id)| EnvironmentKey { account, region, id }).collect())
    }

    fn rows(&self, group: &dyn RowGroupReader) -> Result<Vec<(EnvironmentKey, Series)>, String> {
        let keys = self.keys(group)?;
        let subjects = texts(group, self.subject)?;
        let metrics = texts(group, self.metric)?;
        let statistics = texts(group, self.statistic)?;
        let periods = scalars::<Int32Type>(group, self.period_seconds)?;
        let starts = scalars::<Int64Type>(group, self.start)?;
        let sources = texts(group, self.source)?;
        let statuses = texts(group, self.status)?;
        let lists = self.lists(group)?;
        let mut rows = Vec::with_capacity(keys.len());
        let series = subjects.into_iter().zip(metrics).zip(statistics).zip(periods).zip(starts).zip(sources).zip(statuses).zip(lists);
        for (key, (((((((subject, metric), statistic), period), start), source), status), samples)) in keys.into_iter().zip(series) {
            let period_seconds = u32::try_from(period).ok().filter(|&seconds| seconds > 0);
            let period_seconds = period_seconds.ok_or_else(|| format!("a series of {key} has a period of {period} seconds"))?;
            let start = Timestamp::from_second(start.div_euclid(self.start_per_second)).map_err(|error| error.to_string())?;
            let metric = Metric::from_name(&metric);
            let (subject, status) = (Subject::from_text(&subject), SeriesStatus(status));
            rows.push((key, Series { subject, metric, statistic, period_seconds, start, source, status, samples, rejected: 0 }));
        }
        Ok(rows)
    }

    /// The samples of each row; a null element is NaN, a null or empty list is empty.
    fn lists(&self, group: &dyn RowGroupReader) -> Result<Vec<Vec<f32>>, String> {
        let (definitions, repetitions, values) = levels::<FloatType>(group, self.values)?;
        let full = group.metadata().column(self.values).column_descr().max_def_level();
        let mut rows: Vec<Vec<f32>> = Vec::new();
        let mut values = values.into_iter();
        for (definition, repetition) in definitions.into_iter().zip(repetitions) {
            if repetition == 0 {
                rows.push(Vec::new());
            }
            let Some(row) = rows.last_mut() else { return Err("column \"values\" begins in the middle of a list".to_owned()) };
            if definition == full {
                row.push(values.next().ok_or("column \"values\" is shorter than its levels")?);
            } else if definition >= self.element_level {
                row.push(f32::NAN);
            }
        }
        Ok(rows)
    }
}

/// The Parquet reader panics on some damaged bytes (an index outside of a dictionary, a page shorter
/// than its header says). To the user that is a damaged file like any other. The closures leave nothing
/// half-changed behind: what they were building is dropped with the error.
fn unpanicked<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    IS_READING.set(true);
    let result = catch_unwind(AssertUnwindSafe(read));
    IS_READING.set(false);
    result.unwrap_or_else(|_| Err("the Parquet reader gave up on damaged bytes".to_owned()))
}

thread_local! {
    static IS_READING: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is inside the Parquet reader, where a panic is damage that becomes a
/// [`SnapshotError::History`] and no defect: for the hook that would print it.
#[must_use]
pub fn is_reading_history() -> bool {
    IS_READING.get()
}

/// A series that stands twice would count twice. Two sources, two resolutions or two parts of the same
/// metric are different series.
fn refuse_twice(key: &EnvironmentKey, series: &[Series]) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for Series { subject, metric, statistic, source, period_seconds, start, .. } in series {
        if !seen.insert((subject, metric, statistic, source, period_seconds, start)) {
            return Err(format!("the series {} of {} of {key} stands there twice", metric.name(), subject.text()));
        }
    }
    Ok(())
}

type Levels<T> = (Vec<i16>, Vec<i16>, Vec<<T as DataType>::T>);

/// All levels and values of a column of a row group.
fn levels<T: DataType>(group: &dyn RowGroupReader, column: usize) -> Result<Levels<T>, String> {
    let in_words = |error: ParquetError| error.to_string();
    let mut reader = get_typed_column_reader::<T>(group.get_column_reader(column).map_err(in_words)?);
    let rows = usize::try_from(group.metadata().num_rows()).map_err(|_| "a row group with a negative number of rows")?;
    let (mut definitions, mut repetitions, mut values) = (Vec::new(), Vec::new(), Vec::new());
    let mut read = 0;
    while read < rows {
        let (records, _, _) =
            reader.read_records(rows - read, Some(&mut definitions), Some(&mut repetitions), &mut values).map_err(in_words)?;
        if records == 0 {
            return Err(format!("a row group ends after {read} of {rows} rows"));
        }
        read += records;
    }
    Ok((definitions, repetitions, values))
}

/// A column of plain values, one for each row.
fn scalars<T: DataType>(group: &dyn RowGroupReader, column: usize) -> Result<Vec<T::T>, String> {
    let (_, _, values) = levels::<T>(group, column)?;
    let rows = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
    if values.len() == rows {
        return Ok(values);
    }
    let name = group.metadata().column(column).column_path().string();
    Err(format!("column \"{name}\" has {} nulls", rows - values.len()))
}

fn texts(group: &dyn RowGroupReader, column: usize) -> Result<Vec<String>, String> {
    let values = scalars::<ByteArrayType>(group, column)?;
    values.iter().map(|value| value.as_utf8().map(str::to_owned).map_err(|error| error.to_string())).collect()
}
