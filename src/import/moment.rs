//! When a row was measured.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// 2000-01-01 to 2100-01-01: what lies outside is another unit or another column.
const SECONDS: std::ops::Range<i64> = 946_684_800..4_102_444_800;

/// A grid step: 60 seconds to an hour, and a divisor of the hour, so that a grid never straddles one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotSeconds(u32);

impl SlotSeconds {
    /// Five minutes: sizing works on no finer grid.
    pub(super) const DEFAULT: Self = Self(300);

    /// The unit's length in seconds.
    pub(super) const fn seconds(self) -> u32 {
        self.0
    }
}

impl std::str::FromStr for SlotSeconds {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let allowed =
            |seconds: &u32| (60..=3600).contains(seconds) && 3600_u32.is_multiple_of(*seconds);
        text.parse().ok().filter(allowed).map(Self).ok_or_else(|| {
            "a period is 60 to 3600 seconds and divides the hour, such as 300".to_owned()
        })
    }
}

/// `Asia/Tokyo`, `+09:00`, `UTC`. The rules are those built into the program, not the machine's.
///
/// # Errors
/// When nothing is known by that name.
pub fn parse_time_zone(text: &str) -> Result<TimeZone, String> {
    let zone = jiff::fmt::temporal::DateTimeParser::new().parse_time_zone(text);
    zone.map_err(|_| {
        "a zone such as Asia/Tokyo, an offset such as +09:00, or UTC is expected".to_owned()
    })
}

/// The second (since 1970, UTC) that `text` names: RFC 3339; `2026-11-01 12:30[:00]` or with slashes, in
/// `zone`; or seconds or milliseconds since 1970, told apart by their size.
pub(super) fn second_of(text: &str, zone: Option<&TimeZone>) -> Result<i64, String> {
    let second = if text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || c == '.')
    {
        of_number(text)
    } else {
        of_date(text, zone)
    }?;
    if SECONDS.contains(&second) {
        Ok(second)
    } else {
        Err(format!("{text:?} is not between 2000 and 2100"))
    }
}

fn of_number(text: &str) -> Result<i64, String> {
    let whole: i64 = text
        .split('.')
        .next()
        .unwrap_or(text)
        .parse()
        .map_err(|_| format!("{text:?} is no number of seconds or milliseconds"))?;
    let milliseconds = whole.div_euclid(1000);
    Ok(if SECONDS.contains(&milliseconds) {
        milliseconds
    } else {
        whole
    })
}

fn of_date(text: &str, zone: Option<&TimeZone>) -> Result<i64, String> {
    let plain = text.replace('/', "-");
    let plain = plain
        .strip_suffix(" UTC")
        .map_or_else(|| plain.clone(), |time| format!("{time}Z"));
    if let Ok(timestamp) = plain.parse::<Timestamp>() {
        return Ok(timestamp.as_second());
    }
    let civil = plain
        .parse::<DateTime>()
        .ok()
        .filter(|_| plain.contains(':'));
    let civil =
        civil.ok_or_else(|| format!("{text:?} is no time: RFC 3339, YYYY-MM-DD HH:MM:SS, or seconds or milliseconds since 1970"))?;
    let zone = zone.ok_or_else(|| {
        format!("{text:?} says no time zone: give --time-zone, such as Asia/Tokyo or +09:00")
    })?;
    // Without its offset an hour of autumn could be either of two, and one of spring never was.
    let moment = zone.to_ambiguous_timestamp(civil).unambiguous();
    let moment = moment.map_err(|_| {
        format!(
            "{text:?} is twice or never in that time zone, since its clocks change: export in UTC"
        )
    })?;
    Ok(moment.as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_793_534_400; // 2026-11-01T12:00:00Z

    fn zone(text: &str) -> TimeZone {
        parse_time_zone(text).expect("a zone")
    }

    #[test]
    fn one_moment_in_each_of_the_forms() {
        for text in [
            "2026-11-01T12:00:00Z",
            "2026-11-01 21:00:00+09:00",
            "2026-11-01 12:00:00 UTC",
            "1793534400",
            "1793534400.781",
            "1793534400781",
        ] {
            assert_eq!(second_of(text, None), Ok(NOON), "{text}");
        }
        for text in [
            "2026-11-01 21:00:00",
            "2026-11-01 21:00",
            "2026/11/01 21:00:00",
            "2026-11-01T21:00:00.5",
        ] {
            assert_eq!(second_of(text, Some(&zone("+09:00"))), Ok(NOON), "{text}");
            assert_eq!(
                second_of(text, Some(&zone("Asia/Tokyo"))),
                Ok(NOON),
                "{text}"
            );
            assert!(
                second_of(text, None).is_err_and(|error| error.contains("--time-zone")),
                "{text}"
            );
        }
    }

    #[test]
    fn an_hour_that_is_twice_or_never_is_refused() {
        let new_york = zone("America/New_York");
        assert!(
            second_of("2026-11-01 01:30:00", Some(&new_york))
                .is_err_and(|error| error.contains("twice or never"))
        );
        assert!(
            second_of("2026-03-08 02:30:00", Some(&new_york))
                .is_err_and(|error| error.contains("twice or never"))
        );
        assert_eq!(
            second_of("2026-11-01 07:00:00", Some(&new_york)),
            Ok(NOON),
            "EST from 2 o'clock on"
        );
    }

    #[test]
    fn what_is_no_time_is_refused() {
        let tokyo = zone("Asia/Tokyo");
        for text in [
            "",
            "soon",
            "2026-13-01 00:00:00",
            "2026-11-01",
            "12",
            "99999999999999999999",
            "1793534400781000",
            "-1",
            "0.5",
        ] {
            assert!(second_of(text, Some(&tokyo)).is_err(), "{text}");
        }
        for text in [
            "2026/11/1 0:00",
            "2026/11/31 00:00:00 UTC",
            "11/1/2026 0:00",
        ] {
            let refused = second_of(text, Some(&tokyo)).expect_err("refused");
            assert!(
                refused.starts_with(&format!("{text:?} ")),
                "the cell as it stands in the file: {refused}"
            );
        }
        assert!(parse_time_zone("Mars/Olympus").is_err());
    }

    #[test]
    fn a_period_divides_the_hour() {
        assert!("300".parse::<SlotSeconds>().is_ok() && "3600".parse::<SlotSeconds>().is_ok());
        for text in ["0", "7", "70", "7200", "-60", "x"] {
            assert!(text.parse::<SlotSeconds>().is_err(), "{text}");
        }
    }
}
