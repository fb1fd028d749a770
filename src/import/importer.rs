//! Rows of CSV files, put together to series of a regular grid.

use std::collections::BTreeMap;
use std::io::BufRead;

use csv::StringRecord;
use jiff::Timestamp;

use super::columns::Columns;
use super::environment_index::Target;
use super::slots::Slots;
use super::table::Table;
use super::{EnvironmentIndex, ImportError, Options, SlotSeconds, Statistic, moment, number};
use crate::snapshot::{EnvironmentKey, Extent, Metric, Series, SeriesStatus, Subject, Window};

/// Bad rows that are named; all are counted.
const NAMED_ROWS: usize = 20;
/// Names that nobody knows and that are told; all rows of them are counted.
const NAMED_UNKNOWN: usize = 100;

/// Slots that are filled whatever is in them: 160 MB.
const MOST_SLOTS: usize = 20_000_000;
/// Where there are more, at least one in so many has a value: an hourly export in slots of a minute has no fewer.
const SLOTS_OF_A_VALUE: usize = 60;

/// What was read so far.
pub struct Importer<'a> {
    estate: &'a EnvironmentIndex<'a>,
    options: &'a Options,
    targets: BTreeMap<String, Target>,
    series: BTreeMap<(EnvironmentKey, Subject, Metric), Slots>,
    highest: BTreeMap<Metric, f64>,
    import: Import,
    named_bad: Vec<String>,
}

/// Series that were imported, and what was left out.
#[derive(Debug, Default)]
pub struct Import {
    /// The series of each environment.
    pub series: BTreeMap<EnvironmentKey, Vec<Series>>,
    /// From the first sample to the moment after the last.
    pub window: Option<Window>,
    /// Rows read, those of other `only` apart.
    pub rows: u64,
    /// Cells that said that there is no value.
    pub empty: u64,
    /// Rows that could not be read and were left out.
    pub bad: u64,
    /// Rows of whom nobody knows.
    pub unknown_rows: u64,
    /// Some of them: who, and why not.
    pub unknown: BTreeMap<String, (&'static str, u64)>,
    /// What was taken as what, and what looks odd, for people.
    pub remarks: Vec<String>,
    /// A CPU that never passes 1 %.
    pub looks_like_fractions: bool,
}

impl<'a> Importer<'a> {
    /// An importer that has read no row yet.
    #[must_use]
    pub fn new(estate: &'a EnvironmentIndex<'a>, options: &'a Options) -> Self {
        Self {
            estate,
            options,
            targets: BTreeMap::new(),
            series: BTreeMap::new(),
            highest: BTreeMap::new(),
            import: Import::default(),
            named_bad: Vec::new(),
        }
    }

    /// Reads one file, called `file` in messages.
    ///
    /// # Errors
    /// When its columns are not what the options say. Bad rows are kept for [`Self::finish`].
    pub fn read(&mut self, file: &str, input: impl BufRead) -> Result<(), ImportError> {
        let wrong = |message: String| ImportError::of_columns(file, message);
        let mut table = Table::open(input, self.options.delimiter).map_err(wrong)?;
        let columns = self.options.columns(table.header()).map_err(wrong)?;
        if let Some(message) = self.options.contradiction(&columns, table.header()) {
            let file = file.to_owned();
            return Err(ImportError::Contradiction { file, message });
        }
        self.import
            .remarks
            .push(told(file, &columns, table.header()));
        let mut row = StringRecord::new();
        while let Some(next) = table.next(&mut row) {
            match next {
                Ok(line) => {
                    if columns
                        .only
                        .iter()
                        .any(|(at, text)| row[*at].trim() != text)
                    {
                        continue;
                    }
                    self.import.rows += 1;
                    if let Err(message) = self.take(&columns, &row) {
                        self.bad(file, line, &message);
                    }
                }
                Err(bad) => {
                    self.import.rows += 1;
                    self.bad(file, bad.line, &bad.message);
                    if bad.is_last {
                        return Err(wrong("reading it failed on the way".to_owned()));
                    }
                }
            }
        }
        Ok(())
    }

    fn bad(&mut self, file: &str, line: u64, message: &str) {
        self.import.bad += 1;
        if self.named_bad.len() < NAMED_ROWS {
            let message: String = message
                .chars()
                .take(200)
                .map(|c| if c.is_control() { ' ' } else { c })
                .collect();
            self.named_bad.push(format!("{file}:{line}: {message}"));
        }
    }

    fn take(&mut self, columns: &Columns, row: &StringRecord) -> Result<(), String> {
        let cell = |at: Option<usize>| at.map_or("", |at| row[at].trim());
        let second = moment::second_of(cell(Some(columns.time)), self.options.time_zone.as_ref())?;
        let slot = second.div_euclid(self.slot_seconds());
        let (environment, instance) = (cell(columns.environment), cell(columns.instance));
        let who = format!("{environment}\u{1f}{instance}");
        if !self.targets.contains_key(&who) {
            match self.estate.resolve(environment, instance) {
                Ok(target) => drop(self.targets.insert(who.clone(), target)),
                Err(why) => {
                    self.import.unknown_rows += 1;
                    let name = format!("{environment} {instance}").trim().to_owned();
                    if self.import.unknown.len() < NAMED_UNKNOWN
                        || self.import.unknown.contains_key(&name)
                    {
                        self.import.unknown.entry(name).or_insert((why, 0)).1 += 1;
                    }
                    return Ok(());
                }
            }
        }
        let target = &self.targets[&who];
        let comma = self.options.has_decimal_comma;
        for (metric, at) in [
            (Metric::CpuPercent, columns.cpu),
            (Metric::MemoryPercent, columns.memory),
        ] {
            // As it stands in the file: a share that is free is judged before it is turned around.
            if let Ok(Some(raw)) = number::parse(cell(at), comma) {
                let highest = self.highest.entry(metric).or_default();
                *highest = highest.max(raw);
            }
        }
        let cpu = self.options.cpu.and_then(|unit| {
            number::parse(cell(columns.cpu), comma)
                .transpose()
                .map(|value| {
                    value
                        .and_then(|value| unit.percent(value, target.machine))
                        .map_err(|message| format!("cpu: {message}"))
                })
        });
        let memory = self.options.memory.and_then(|unit| {
            number::parse(cell(columns.memory), comma)
                .transpose()
                .map(|value| {
                    value
                        .and_then(|value| unit.percent(value, target.machine))
                        .map_err(|message| format!("memory: {message}"))
                })
        });
        let (cpu, memory) = (cpu.transpose()?, memory.transpose()?);
        self.import.empty += u64::from(self.options.cpu.is_some() && cpu.is_none());
        self.import.empty += u64::from(self.options.memory.is_some() && memory.is_none());
        for (metric, percent) in [(Metric::CpuPercent, cpu), (Metric::MemoryPercent, memory)] {
            let Some(percent) = percent else { continue };
            self.series
                .entry((target.key.clone(), target.subject.clone(), metric))
                .or_default()
                .add(slot, percent);
        }
        Ok(())
    }

    /// All that was read, as series.
    ///
    /// # Errors
    /// When rows could not be read and may not be skipped, or nothing is left.
    pub fn finish(mut self) -> Result<Import, ImportError> {
        if self.import.bad > 0 && !self.options.skips_bad_rows {
            return Err(ImportError::Rows {
                count: self.import.bad,
                first: self.named_bad,
            });
        }
        if self.series.is_empty() && self.import.bad > 0 {
            return Err(ImportError::NoneReadable {
                rows: self.import.rows,
                bad: self.import.bad,
                unknown: self.import.unknown_rows,
                first: self.named_bad,
            });
        }
        self.import.remarks.append(&mut self.named_bad);
        if self.series.is_empty() {
            let examples = self
                .import
                .unknown
                .iter()
                .take(5)
                .map(|(name, (why, _))| format!("{name:?}: {why}"))
                .collect();
            return Err(ImportError::Nothing {
                rows: self.import.rows,
                unknown: self.import.unknown_rows,
                examples,
            });
        }
        let never_over_one = |metric: &Metric| {
            self.highest
                .get(metric)
                .is_some_and(|highest| *highest > 0.0 && *highest <= 1.0)
        };
        if self
            .options
            .memory
            .is_some_and(super::MemoryUnit::is_percent)
            && never_over_one(&Metric::MemoryPercent)
        {
            return Err(ImportError::Fractions);
        }
        self.import.looks_like_fractions = self.options.cpu.is_some_and(super::CpuUnit::is_percent)
            && never_over_one(&Metric::CpuPercent);
        let base = self.slot_seconds();
        self.refuse_what_fills_memory(base)?;
        for ((key, subject, metric), slots) in std::mem::take(&mut self.series) {
            let step = step_of(&slots, self.options);
            let Some(samples) = slots.samples(step) else {
                continue;
            };
            let seconds = step * base;
            let start = samples.first * base;
            let end = start + seconds * i64::try_from(samples.averages.len()).unwrap_or(0);
            let at = |second| Timestamp::from_second(second).unwrap_or_default();
            let window = self.import.window.get_or_insert(Window {
                start: at(start),
                end: at(end),
            });
            *window = Window {
                start: window.start.min(at(start)),
                end: window.end.max(at(end)),
            };
            let one = |statistic: &str, samples: Vec<f32>| Series {
                subject: subject.clone(),
                metric: metric.clone(),
                statistic: statistic.to_owned(),
                period_seconds: u32::try_from(seconds).unwrap_or(u32::MAX),
                start: at(start),
                source: self.options.source.clone(),
                status: SeriesStatus(
                    if self.import.bad > 0 {
                        "partial"
                    } else {
                        "complete"
                    }
                    .to_owned(),
                ),
                samples,
                rejected: 0,
            };
            let into = self.import.series.entry(key).or_default();
            // The mean of a slot hides the peak that memory is sized from: it stands beside it.
            let has_peaks = metric == Metric::MemoryPercent
                && samples
                    .averages
                    .iter()
                    .zip(&samples.highest)
                    .any(|(a, b)| a != b && !a.is_nan());
            if self.options.statistic == Statistic::Maximum || has_peaks {
                into.push(one("maximum", samples.highest));
            }
            if self.options.statistic == Statistic::Average {
                into.push(one("average", samples.averages));
            }
        }
        Ok(self.import)
    }

    fn slot_seconds(&self) -> i64 {
        let period = self.options.period.unwrap_or(SlotSeconds::DEFAULT);
        i64::from(period.seconds())
    }

    /// A few rows far apart are as many samples as a table of millions: gaps are samples, too.
    fn refuse_what_fills_memory(&self, slot_seconds: i64) -> Result<(), ImportError> {
        let ends = || self.series.values().filter_map(Slots::ends);
        let first = ends().map(|(first, _)| first).min().unwrap_or(0);
        let last = ends().map(|(_, last)| last).max().unwrap_or(0);
        let days = (last - first) * slot_seconds / 86_400;
        if days.unsigned_abs() > Extent::LONGEST_DAYS {
            let at = |slot: i64| Timestamp::from_second(slot * slot_seconds).unwrap_or_default();
            return Err(ImportError::Long {
                first: at(first),
                last: at(last),
                most_days: Extent::LONGEST_DAYS,
            });
        }
        let series = || self.series.values();
        let values: usize = series().map(Slots::values).sum();
        let slots = series()
            .filter_map(|slots| slots.length(step_of(slots, self.options)))
            .fold(0, usize::saturating_add);
        if slots > MOST_SLOTS && slots / SLOTS_OF_A_VALUE > values {
            return Err(ImportError::Sparse { values, slots });
        }
        Ok(())
    }
}

/// How many slots apart the samples of a series are: what was asked for, or what its values show.
fn step_of(slots: &Slots, options: &Options) -> i64 {
    if options.period.is_some() {
        1
    } else {
        slots.step()
    }
}

fn told(file: &str, columns: &Columns, header: &StringRecord) -> String {
    let named = [
        ("environment", columns.environment),
        ("instance", columns.instance),
        ("cpu", columns.cpu),
        ("memory", columns.memory),
    ];
    let named = named
        .iter()
        .filter_map(|(what, at)| at.map(|at| format!("{what} from {:?}", &header[at])));
    format!(
        "{file}: time from {:?}, {}",
        &header[columns.time],
        named.collect::<Vec<_>>().join(", ")
    )
}
