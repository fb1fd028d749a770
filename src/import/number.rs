//! What a cell says, in whatever unit.

/// How exporters write "nothing was measured".
const NOTHING: [&str; 8] = ["", "-", "nan", "null", "none", "nil", "n/a", "na"];

/// The number in a cell; `None` if the cell says that there is none.
pub(super) fn parse(cell: &str, has_decimal_comma: bool) -> Result<Option<f64>, String> {
    if NOTHING
        .iter()
        .any(|nothing| cell.eq_ignore_ascii_case(nothing))
    {
        return Ok(None);
    }
    let plain = if has_decimal_comma && !cell.contains('.') {
        cell.replacen(',', ".", 1)
    } else {
        cell.to_owned()
    };
    let number = plain
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite());
    match number {
        Some(number) => Ok(Some(number)),
        None if has_thousands(cell) => Err(format!(
            "{cell:?} is no number: export it without separators of thousands"
        )),
        None if cell.ends_with('%') => {
            Err(format!("{cell:?} is no number: export it without the unit"))
        }
        None if cell.contains(',') && !has_decimal_comma => Err(format!(
            "{cell:?} is no number (12,5 is one with --decimal-comma)"
        )),
        None => Err(format!("{cell:?} is no number")),
    }
}

/// `2,100,000` or `2.100.000,5`, `2'100'000`, `2 100 000`: three digits behind each separator, and more than one
/// of them or another sign behind it. `2,100` alone could be two and a tenth.
fn has_thousands(cell: &str) -> bool {
    [',', '.', '\'', ' ', '\u{a0}', '\u{202f}', '_']
        .iter()
        .any(|&separator| {
            let decimal = if separator == '.' { ',' } else { '.' };
            let (whole, fraction) = cell
                .split_once(decimal)
                .map_or((cell, None), |(whole, fraction)| (whole, Some(fraction)));
            let mut groups = whole.trim_start_matches('-').split(separator);
            let is_digits =
                |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            let starts = groups
                .next()
                .is_some_and(|first| first.len() <= 3 && is_digits(first));
            let groups: Vec<&str> = groups.collect();
            let is_certain = groups.len() > 1
                || (groups.len() == 1 && (fraction.is_some() || !matches!(separator, ',' | '.')));
            starts
                && is_certain
                && groups
                    .iter()
                    .all(|group| group.len() == 3 && is_digits(group))
                && fraction.is_none_or(is_digits)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_their_absence() {
        assert_eq!(parse("12.5", false), Ok(Some(12.5)));
        assert_eq!(parse("1.5e3", false), Ok(Some(1500.0)));
        assert_eq!(parse("12,5", true), Ok(Some(12.5)));
        for nothing in ["", "NaN", "null", "-", "N/A", "None"] {
            assert_eq!(parse(nothing, false), Ok(None), "{nothing}");
        }
    }

    #[test]
    fn what_could_be_two_numbers_is_refused() {
        assert!(parse("12,5", false).is_err_and(|error| error.contains("--decimal-comma")));
        for cell in [
            "2,100,000,000",
            "2,100.5",
            "2'100",
            "1\u{a0}234",
            "2.100.000",
        ] {
            assert!(
                parse(cell, false).is_err_and(|error| error.contains("thousands")),
                "{cell}"
            );
        }
        for (cell, comma) in [("2,100", false), ("12,5", false)] {
            assert!(
                parse(cell, comma).is_err_and(|error| error.contains("--decimal-comma")),
                "{cell}"
            );
        }
        for (cell, comma) in [
            ("1,234,5", true),
            ("1.234,5", true),
            ("12 %", false),
            ("inf", false),
            ("=1+1", false),
            ("12MB", false),
        ] {
            assert!(parse(cell, comma).is_err(), "{cell}");
        }
    }
}
