//! What a history may hold at most, and a Parquet file that is read under these bounds.
//!
//! A file of some kilobytes can claim any number of values: run lengths and zstd make zeros free. Every
//! claim is looked at before anything is allocated for it: rows in the footer, sizes and values in the
//! header of each page, samples of each series by the time that they may cover.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::{ChunkReader, Length};
use parquet::file::serialized_reader::SerializedPageReader;

use super::Window;

/// Rows of a file. Ten thousand environments with two hundred series each.
pub(super) const MOST_ROWS: usize = 2_000_000;

/// Samples that are in memory at once for one reason: a row group, or an environment. 400 MB; five hundred
/// instances of 63 days at 5 minutes, with ten series each, are 90 million.
pub(super) const MOST_SAMPLES: usize = 100_000_000;

/// Samples of environments that begin in one row group and end in another. 2 GB.
pub(super) const MOST_STRADDLING: usize = 500_000_000;

/// Bytes of a page once it is unpacked. Writers cut pages at 1 MB, DuckDB at 100.
const MOST_PAGE_BYTES: u64 = 128 << 20;

/// Bytes of a text: a source names up to thirty dimensions.
pub(super) const MOST_TEXT_BYTES: usize = 16 << 10;

/// Bytes of all texts of one column of a row group.
pub(super) const MOST_COLUMN_BYTES: usize = 256 << 20;

/// Hourly samples go back further than the window of the finer ones: CloudWatch keeps them for 455 days, other
/// systems for years.
const HOUR: u32 = 3_600;

/// How much time a series may cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    seconds: u64,
}

impl Extent {
    /// Ten years, whatever the window. CloudWatch keeps 15 months.
    pub(crate) const LONGEST_DAYS: u64 = 3_660;

    /// Of a snapshot with this window. A day more, because a grid may begin before it.
    pub(super) fn of(window: Window) -> Self {
        Self {
            seconds: window.seconds() + 86_400,
        }
    }

    /// Of files that belong to no manifest yet.
    #[cfg(any(feature = "aws", test))]
    pub(crate) fn longest() -> Self {
        Self {
            seconds: Self::LONGEST_DAYS * 86_400,
        }
    }

    /// Samples that a series of this period may have.
    pub(super) fn most_samples(self, period_seconds: u32) -> usize {
        let seconds = if period_seconds < HOUR {
            self.seconds
        } else {
            self.seconds.max(Self::LONGEST_DAYS * 86_400)
        };
        let slots = seconds / u64::from(period_seconds.max(1)) + 1;
        usize::try_from(slots)
            .unwrap_or(usize::MAX)
            .min(MOST_SAMPLES)
    }

    /// The span in whole days, for a message.
    pub(super) fn days(self) -> u64 {
        self.seconds.div_ceil(86_400)
    }
}

/// One column of a row group, with at most `values` values in all its pages.
pub(super) fn pages(
    file: File,
    group: &RowGroupMetaData,
    column: usize,
    values: usize,
) -> Result<Box<dyn PageReader>> {
    let is_header = Arc::new(AtomicBool::new(false));
    let reader = Arc::new(BoundedFile {
        bytes: file.len(),
        file,
        is_header: Arc::clone(&is_header),
    });
    let rows = usize::try_from(group.num_rows())?;
    // Without the index of pages, so that each page is judged by its own header.
    let inner = SerializedPageReader::new(reader, group.column(column), rows, None)?;
    Ok(Box::new(BoundedPages {
        inner,
        is_header,
        left: values,
        values,
    }))
}

/// A file that hands out no more than it has, and no page that claims too much.
struct BoundedFile {
    file: File,
    bytes: u64,
    /// Whether what is read next begins with the header of a page.
    is_header: Arc<AtomicBool>,
}

impl Length for BoundedFile {
    fn len(&self) -> u64 {
        self.bytes
    }
}

impl ChunkReader for BoundedFile {
    type T = BufReader<std::io::Chain<Cursor<Vec<u8>>, File>>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        let mut file = self.file.try_clone()?;
        file.seek(SeekFrom::Start(start))?;
        let mut begin = Vec::new();
        if self.is_header.load(Ordering::Relaxed) {
            (&mut file).take(LONGEST_BEGIN).read_to_end(&mut begin)?;
            refuse_large(&begin)?;
        }
        Ok(BufReader::new(Cursor::new(begin).chain(file)))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        if start.saturating_add(length as u64) > self.bytes {
            return Err(claims("a page ends after the end of the file"));
        }
        self.file.get_bytes(start, length)
    }
}

/// Bytes in which the kind and the two sizes of a page stand: three fields of a byte and a number each.
const LONGEST_BEGIN: u64 = 18;

/// Looks at the beginning of a page header: a Thrift struct in the compact protocol, whose first fields are the
/// page's kind and its size once it is unpacked, each a byte for the field (0x15: the next one, a 32-bit
/// number) and a zigzag number of seven bits to the byte.
fn refuse_large(begin: &[u8]) -> Result<()> {
    const NEXT_NUMBER: u8 = 0x15;
    let mut bytes = begin.iter().copied();
    let mut number = || {
        if bytes.next() != Some(NEXT_NUMBER) {
            return None;
        }
        let mut value = 0_u64;
        for place in (0..35).step_by(7) {
            let byte = bytes.next()?;
            value |= u64::from(byte & 0x7f) << place;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    };
    let unpacked = number().and_then(|_kind| number());
    match unpacked {
        // Zigzag: even numbers are twice a positive one.
        Some(size) if size % 2 == 0 && size / 2 <= MOST_PAGE_BYTES => Ok(()),
        Some(size) if size % 2 == 0 => Err(claims(&format!(
            "a page claims {} bytes, more than the {MOST_PAGE_BYTES} that are read",
            size / 2
        ))),
        _ => Err(claims("a page without a header")),
    }
}

/// Pages whose headers are looked at before they are unpacked.
struct BoundedPages {
    inner: SerializedPageReader<BoundedFile>,
    is_header: Arc<AtomicBool>,
    left: usize,
    values: usize,
}

impl BoundedPages {
    fn too_many(&self) -> ParquetError {
        claims(&format!(
            "a column claims more values than the {} that its rows can have",
            self.values
        ))
    }
}

impl PageReader for BoundedPages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let Some(next) = self.peek_next_page()? else {
            return Ok(None);
        };
        let levels = next.num_levels.or(next.num_rows).unwrap_or(0);
        if levels > self.left {
            return Err(self.too_many());
        }
        let page = self.inner.get_next_page()?;
        // A dictionary says its length only now; its entries are made after this.
        let values = page.as_ref().map_or(0, |page| page.num_values() as usize);
        let is_data = page.as_ref().is_some_and(Page::is_data_page);
        if is_data {
            self.left = self
                .left
                .checked_sub(values)
                .ok_or_else(|| self.too_many())?;
        } else if values > self.values {
            return Err(self.too_many());
        }
        Ok(page)
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.is_header.store(true, Ordering::Relaxed);
        let next = self.inner.peek_next_page();
        self.is_header.store(false, Ordering::Relaxed);
        next
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.peek_next_page()?;
        self.inner.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        self.peek_next_page()?;
        self.inner.at_record_boundary()
    }
}

impl Iterator for BoundedPages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

fn claims(what: &str) -> ParquetError {
    ParquetError::General(what.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_covers_the_window_and_hours_ten_years() {
        let window = Window {
            start: "2026-11-01T00:00:00Z".parse().expect("a time"),
            end: "2026-11-15T00:00:00Z".parse().expect("a time"),
        };
        let extent = Extent::of(window);
        assert_eq!(extent.most_samples(300), 15 * 288 + 1);
        assert_eq!(extent.most_samples(3_600), 3_660 * 24 + 1);
        assert_eq!(Extent::longest().most_samples(1), MOST_SAMPLES);
    }

    #[test]
    fn the_size_of_a_page_is_read_from_its_header() {
        // A data page (0) of 100 bytes, 60 of them packed.
        assert!(refuse_large(&[0x15, 0x00, 0x15, 0xc8, 0x01, 0x15, 0x78]).is_ok());
        // 2^31 - 1 bytes.
        let large = [0x15, 0x00, 0x15, 0xfe, 0xff, 0xff, 0xff, 0x0f, 0x15, 0x78];
        let said = refuse_large(&large).expect_err("too large").to_string();
        assert!(said.contains("2147483647 bytes"), "{said}");
        for odd in [
            &[][..],
            &[0x15],
            &[0x15, 0, 0x15, 0x01],
            &[0x25, 0, 0x15, 2],
            &[0xff; 18],
        ] {
            assert!(refuse_large(odd).is_err(), "{odd:?}");
        }
    }
}
