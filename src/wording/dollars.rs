//! Money for people: `$1,234.50`. Files for machines keep the plain decimal.

use crate::units::Money;

/// Dollars with thousands separators and all the decimals that the amount has.
pub(crate) fn dollars(amount: Money) -> String {
    let plain = amount.to_string();
    let (sign, digits) = plain
        .strip_prefix('-')
        .map_or(("", plain.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "00"));
    format!("{sign}${}.{fraction}", grouped(whole))
}

/// An amount of another currency with its code: `JPY 1,234`, `EUR -12.50`.
pub(crate) fn in_currency(amount: Money, code: &str, decimals: u32) -> String {
    let plain = amount.to_string();
    let (sign, digits) = plain
        .strip_prefix('-')
        .map_or(("", plain.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "00"));
    let whole = grouped(whole);
    if decimals == 0 {
        format!("{code} {sign}{whole}")
    } else {
        format!("{code} {sign}{whole}.{fraction}")
    }
}

/// `12345` to `12,345`.
pub(crate) fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cents_are_exact_and_thousands_are_grouped() {
        let shown = |text: &str| dollars(text.parse().expect("an amount"));
        assert_eq!(shown("1234.5"), "$1,234.50");
        assert_eq!(shown("-1234567.89"), "-$1,234,567.89");
        assert_eq!(shown("0.428"), "$0.428");
        assert_eq!(shown("999"), "$999.00");
        assert_eq!(shown("100000"), "$100,000.00");
    }
}
