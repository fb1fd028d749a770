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
        None if cell.contains(',') && !has_decimal_comma => Err(format!(
            "{cell:?} is no number (12,5 is one with --decimal-comma)"
        )),
        None => Err(format!("{cell:?} is no number")),
    }
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
