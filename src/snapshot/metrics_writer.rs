//! `metrics.parquet`, written so that every Parquet reader understands it.

use std::cmp::Ordering;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, FloatType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use super::folder::{METRICS, create_private};
use super::{EnvironmentKey, Series, SnapshotError};

const SCHEMA: &str = "
message eb2eks_metrics {
  required binary account (STRING);
  required binary region (STRING);
  required binary environment_id (STRING);
  required binary subject (STRING);
  required binary metric (STRING);
  required binary statistic (STRING);
  required int32 period_seconds;
  required int64 start (TIMESTAMP(MILLIS,true));
  required binary source (STRING);
  required binary status (STRING);
  required group values (LIST) {
    repeated group list {
      optional float element;
    }
  }
}";

/// Definition levels of `values.list.element`: an empty list, a null element, a value.
const EMPTY: i16 = 0;
const NULL: i16 = 1;
const VALUE: i16 = 2;

/// Series to a row group: large enough to compress well, small enough to read a few at once.
const SERIES_PER_ROW_GROUP: usize = 64;

/// Writes `rows` to `path`, ordered by environment, subject, metric and statistic, 64 series to a row
/// group, zstd. Percentages rounded to 0.01 by the caller compress to about 1.5 bytes a sample.
///
/// # Errors
/// When the disk refuses.
pub fn write_metrics(
    path: &Path,
    mut rows: Vec<(EnvironmentKey, Series)>,
) -> Result<(), SnapshotError> {
    rows.sort_by(in_order);
    let mut metrics = MetricsWriter::create_file(path)?;
    for chunk in rows.chunks(SERIES_PER_ROW_GROUP) {
        metrics.row_group(chunk)?;
    }
    metrics.finish()
}

fn in_order(
    (key, series): &(EnvironmentKey, Series),
    (other_key, other): &(EnvironmentKey, Series),
) -> Ordering {
    (key, &series.subject, &series.metric, &series.statistic).cmp(&(
        other_key,
        &other.subject,
        &other.metric,
        &other.statistic,
    ))
}

/// A history that is written environment by environment, for those larger than memory.
///
/// The caller appends the environments in ascending order of their keys; a reader of any other order
/// gets the same answers but holds more in memory. The file is whole only after [`Self::finish`].
pub struct MetricsWriter {
    path: PathBuf,
    file: SerializedFileWriter<File>,
    pending: Vec<(EnvironmentKey, Series)>,
}

impl MetricsWriter {
    /// Begins `metrics.parquet` in `folder`, which must exist.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn create(folder: &Path) -> Result<Self, SnapshotError> {
        Self::create_file(&folder.join(METRICS))
    }

    fn create_file(path: &Path) -> Result<Self, SnapshotError> {
        let file = create_private(path).map_err(|source| SnapshotError::Unwritable {
            path: path.to_owned(),
            source,
        })?;
        let file = begin(file).map_err(|error| unwritable(path, error))?;
        Ok(Self {
            path: path.to_owned(),
            file,
            pending: Vec::new(),
        })
    }

    /// Adds all series of one environment.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn append(
        &mut self,
        key: &EnvironmentKey,
        series: Vec<Series>,
    ) -> Result<(), SnapshotError> {
        let already = self.pending.len();
        self.pending
            .extend(series.into_iter().map(|series| (key.clone(), series)));
        self.pending[already..].sort_by(in_order);
        while self.pending.len() >= SERIES_PER_ROW_GROUP {
            let later = self.pending.split_off(SERIES_PER_ROW_GROUP);
            let full = std::mem::replace(&mut self.pending, later);
            self.row_group(&full)?;
        }
        Ok(())
    }

    /// Writes what is left and the end of the file.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn finish(mut self) -> Result<(), SnapshotError> {
        let rest = std::mem::take(&mut self.pending);
        if !rest.is_empty() {
            self.row_group(&rest)?;
        }
        let file = self
            .file
            .into_inner()
            .map_err(|error| unwritable(&self.path, error))?;
        file.sync_all().map_err(|source| SnapshotError::Unwritable {
            path: self.path,
            source,
        })
    }

    fn row_group(&mut self, rows: &[(EnvironmentKey, Series)]) -> Result<(), SnapshotError> {
        write_row_group(&mut self.file, rows).map_err(|error| unwritable(&self.path, error))
    }
}

fn unwritable(path: &Path, error: ParquetError) -> SnapshotError {
    SnapshotError::Unwritable {
        path: path.to_owned(),
        source: std::io::Error::other(error),
    }
}

fn begin(file: File) -> Result<SerializedFileWriter<File>, ParquetError> {
    let schema = Arc::new(parse_message_type(SCHEMA)?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(9)?))
        .set_dictionary_page_size_limit(4 << 20)
        .set_created_by("eb2eks".to_owned())
        .build();
    SerializedFileWriter::new(file, schema, Arc::new(properties))
}

fn write_row_group(
    file: &mut SerializedFileWriter<File>,
    rows: &[(EnvironmentKey, Series)],
) -> Result<(), ParquetError> {
    let mut group = file.next_row_group()?;
    let text = |of: fn(&(EnvironmentKey, Series)) -> &str| {
        rows.iter()
            .map(|row| ByteArray::from(of(row)))
            .collect::<Vec<_>>()
    };
    column::<ByteArrayType>(&mut group, &text(|(key, _)| &key.account))?;
    column::<ByteArrayType>(&mut group, &text(|(key, _)| &key.region))?;
    column::<ByteArrayType>(&mut group, &text(|(key, _)| &key.id))?;
    column::<ByteArrayType>(&mut group, &text(|(_, series)| series.subject.text()))?;
    column::<ByteArrayType>(&mut group, &text(|(_, series)| series.metric.name()))?;
    column::<ByteArrayType>(&mut group, &text(|(_, series)| &series.statistic))?;
    let periods: Vec<i32> = rows
        .iter()
        .map(|(_, series)| series.period_seconds.cast_signed())
        .collect();
    column::<Int32Type>(&mut group, &periods)?;
    let starts: Vec<i64> = rows
        .iter()
        .map(|(_, series)| series.start.as_millisecond())
        .collect();
    column::<Int64Type>(&mut group, &starts)?;
    column::<ByteArrayType>(&mut group, &text(|(_, series)| &series.source))?;
    column::<ByteArrayType>(&mut group, &text(|(_, series)| &series.status.0))?;
    lists(&mut group, rows)?;
    group.close().map(drop)
}

fn column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, File>,
    values: &[T::T],
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else {
        return Err(ParquetError::General(
            "the schema has too few columns".to_owned(),
        ));
    };
    column.typed::<T>().write_batch(values, None, None)?;
    column.close()
}

fn lists(
    group: &mut SerializedRowGroupWriter<'_, File>,
    rows: &[(EnvironmentKey, Series)],
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else {
        return Err(ParquetError::General(
            "the schema has too few columns".to_owned(),
        ));
    };
    for (_, series) in rows {
        let values: Vec<f32> = series.present().map(|(_, value)| value).collect();
        let mut definitions: Vec<i16> = series
            .samples
            .iter()
            .map(|sample| if sample.is_nan() { NULL } else { VALUE })
            .collect();
        let mut repetitions = vec![1; definitions.len()];
        if definitions.is_empty() {
            (definitions, repetitions) = (vec![EMPTY], vec![0]);
        } else {
            repetitions[0] = 0;
        }
        column
            .typed::<FloatType>()
            .write_batch(&values, Some(&definitions), Some(&repetitions))?;
    }
    column.close()
}
