//! Numbers as people type them, with what is expected instead of what is wrong.

use std::str::FromStr;

/// A whole number from `least` on that fits where it goes.
///
/// # Errors
/// What is expected, as a sentence without its end.
pub fn whole_number<T: FromStr>(text: &str, least: u64) -> Result<T, String> {
    let expected = || {
        if least == 0 {
            "a whole number, 0 or more, is expected".to_owned()
        } else {
            format!("a whole number, {least} or more, is expected")
        }
    };
    let is_whole = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_whole || text.parse::<u64>().is_ok_and(|number| number < least) {
        return Err(expected());
    }
    text.parse()
        .map_err(|_| "a smaller number is expected".to_owned())
}

/// A number above zero.
///
/// # Errors
/// What is expected.
pub fn positive_number(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|number: &f64| number.is_finite() && *number > 0.0)
        .ok_or_else(|| "a number above 0 is expected, such as 25 or 0.5".to_owned())
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::*;

    #[test]
    fn what_is_expected_is_said() {
        assert_eq!(whole_number::<u32>("3", 1), Ok(3));
        assert_eq!(whole_number("3", 1), Ok(NonZeroU32::MIN.saturating_add(2)));
        for text in ["", "0", "-1", "two", "1.5", "+3", "0x3", " 3"] {
            assert_eq!(
                whole_number::<NonZeroU32>(text, 1),
                Err("a whole number, 1 or more, is expected".to_owned()),
                "{text}"
            );
        }
        for text in ["4294967296", "99999999999999999999999"] {
            assert!(whole_number::<u32>(text, 0).is_err_and(|why| why.contains("smaller")));
        }
        for text in ["", "fast", "-5", "0", "inf", "nan"] {
            assert!(positive_number(text).is_err(), "{text}");
        }
    }
}
