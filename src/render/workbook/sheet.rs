//! A sheet in the making: columns with a kind, rows of cells, a row of sums.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Formula, Worksheet, XlsxError};

use crate::render::inert;
use crate::render::report::locale::Locale;
use crate::wording::Text;

/// What a column holds; it decides format and width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Name,
    Words,
    /// A number without decimals.
    Count,
    /// Numbers with a few digits after the point.
    Number,
    /// US dollars with cents.
    Money,
    /// US dollars with all the digits that prices have.
    Price,
    /// A share of one.
    Share,
}

/// A cell. Text is never a formula: it is written as a string, whatever it begins with.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Text(String),
    Number(f64),
    /// A formula over cells of this file, with what it comes to: a reader that does not calculate shows that.
    Formula(String, f64),
    Empty,
}

impl Value {
    pub(super) fn text(text: impl AsRef<str>) -> Self {
        Self::Text(inert::one_line(text.as_ref()))
    }

    pub(super) fn maybe(number: Option<f64>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }
}

/// Where the header of a table stands, and where its rows begin.
pub(super) const HEADER_ROW: u32 = 0;
pub(super) const FIRST_ROW: u32 = 1;

/// Excel's limit on the text of a cell.
const LONGEST: usize = 32_767;

/// Columns with their titles.
pub(super) struct Sheet<'a> {
    sheet: &'a mut Worksheet,
    kinds: Vec<Kind>,
    row: u32,
}

impl<'a> Sheet<'a> {
    /// Names the sheet and writes its header, which stays in sight and is repeated on each printed page.
    pub(super) fn new(
        sheet: &'a mut Worksheet,
        name: &str,
        columns: &[(String, Kind)],
    ) -> Result<Self, XlsxError> {
        sheet
            .set_name(name)?
            .set_landscape()
            .set_print_fit_to_pages(1, 0)
            .set_paper_size(9);
        sheet.set_freeze_panes(FIRST_ROW, 1)?;
        sheet.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
        let header = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_border_bottom(FormatBorder::Thin)
            .set_align(FormatAlign::Top);
        for (place, (title, kind)) in (0_u16..).zip(columns) {
            sheet.write_string_with_format(HEADER_ROW, place, title, &header)?;
            sheet.set_column_width(place, width(*kind))?;
        }
        Ok(Self {
            sheet,
            kinds: columns.iter().map(|(_, kind)| *kind).collect(),
            row: FIRST_ROW,
        })
    }

    /// Adds a row; returns its number as Excel counts, from 1.
    pub(super) fn row(&mut self, values: &[Value]) -> Result<u32, XlsxError> {
        self.write(values, false)
    }

    /// Adds a row that sums up others.
    pub(super) fn total(&mut self, values: &[Value]) -> Result<u32, XlsxError> {
        self.write(values, true)
    }

    fn write(&mut self, values: &[Value], is_total: bool) -> Result<u32, XlsxError> {
        for ((place, value), kind) in (0_u16..).zip(values).zip(&self.kinds) {
            let format = format(*kind, is_total);
            match value {
                Value::Text(text) => {
                    let text: String = text.chars().take(LONGEST).collect();
                    self.sheet
                        .write_string_with_format(self.row, place, text, &format)?;
                }
                Value::Number(number) => {
                    self.sheet
                        .write_number_with_format(self.row, place, *number, &format)?;
                }
                Value::Formula(formula, result) => {
                    let formula = Formula::new(formula).set_result(result.to_string());
                    self.sheet
                        .write_formula_with_format(self.row, place, formula, &format)?;
                }
                Value::Empty => {}
            }
        }
        self.row += 1;
        Ok(self.row)
    }

    /// Rows up to here, the header too, can be filtered.
    pub(super) fn filtered(self) -> Result<(), XlsxError> {
        let last = u16::try_from(self.kinds.len())
            .unwrap_or(1)
            .saturating_sub(1);
        if self.row > FIRST_ROW {
            self.sheet.autofilter(HEADER_ROW, 0, self.row - 1, last)?;
        }
        Ok(())
    }
}

/// Of a cell of that kind, for sheets that are no one table.
pub(super) fn cell_format(kind: Kind) -> Format {
    format(kind, false)
}

const fn width(kind: Kind) -> f64 {
    match kind {
        Kind::Name => 32.0,
        Kind::Words => 48.0,
        Kind::Count | Kind::Share => 13.0,
        // `-$1,234,567.89` in bold.
        Kind::Number | Kind::Money | Kind::Price => 18.0,
    }
}

fn format(kind: Kind, is_total: bool) -> Format {
    let format = match kind {
        Kind::Name | Kind::Words => Format::new().set_text_wrap().set_align(FormatAlign::Top),
        Kind::Count => Format::new()
            .set_num_format("#,##0")
            .set_align(FormatAlign::Top),
        Kind::Number => Format::new()
            .set_num_format("#,##0.0##")
            .set_align(FormatAlign::Top),
        Kind::Money => Format::new()
            .set_num_format("[$$-409]#,##0.00;[Red]-[$$-409]#,##0.00")
            .set_align(FormatAlign::Top),
        Kind::Price => Format::new()
            .set_num_format("[$$-409]#,##0.00#######")
            .set_align(FormatAlign::Top),
        Kind::Share => Format::new()
            .set_num_format("0.0%")
            .set_align(FormatAlign::Top),
    };
    if is_total {
        format.set_bold().set_border_top(FormatBorder::Thin)
    } else {
        format
    }
}

/// `A`, `B`, … `AA`: the name of a column from 0.
pub(super) fn column(place: usize) -> String {
    let mut name = String::new();
    let mut rest = place + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        name.insert(0, char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    name
}

/// Titles in words; those of columns of numbers without the mark that other tables need.
pub(super) fn titled<const N: usize>(
    columns: [(Text, Kind); N],
    locale: Locale,
) -> [(String, Kind); N] {
    columns.map(|(title, kind)| (locale.say(&title).trim_end_matches(':').to_owned(), kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_excel_names_them() {
        assert_eq!(
            [0, 25, 26, 51, 52, 701, 702].map(column),
            ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
        );
    }
}
