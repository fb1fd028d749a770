//! Texts of option settings as values: flags, seconds, ports, durations, health checks, lists.
//!
//! Everything here refuses instead of guessing: a text that is not of the form that Beanstalk documents is
//! `None`, and its caller falls back to the documented default.

/// Without blanks around it, and without one pair of quotes: Beanstalk writes single ones, templates leave double ones.
/// A text with further quotes inside is a command or a document, whose quotes are its own.
pub(super) fn bare(text: &str) -> &str {
    let text = text.trim();
    let within = |quote: char| {
        let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
        (!inner.contains(quote)).then(|| inner.trim())
    };
    within('\'').or_else(|| within('"')).unwrap_or(text)
}

/// One of the words that are known. Beanstalk takes and gives them with capitals, blanks and quotes.
pub(super) fn choice<T: Copy>(text: &str, known: &[(&str, T)]) -> Option<T> {
    let text = bare(text);
    known
        .iter()
        .find(|(word, _)| word.eq_ignore_ascii_case(text))
        .map(|(_, value)| *value)
}

/// `true`, `False`, `'true'`: Beanstalk writes all of them.
pub(super) fn flag(text: &str) -> Option<bool> {
    choice(text, &[("true", true), ("false", false)])
}

/// A whole number between `least` and `most`.
pub(super) fn number(text: &str, least: u32, most: u32) -> Option<u32> {
    bare(text)
        .parse()
        .ok()
        .filter(|number| (least..=most).contains(number))
}

pub(super) fn port(text: &str) -> Option<u16> {
    bare(text).parse().ok().filter(|port| *port > 0)
}

/// An ISO 8601 duration of days and smaller parts (`PT30M`, `PT1H`, `PT12M30S`, `P1D`), in seconds.
pub(super) fn duration(text: &str) -> Option<u32> {
    let rest = text.trim().strip_prefix('P')?;
    let (days, time) = rest.split_once('T').unwrap_or((rest, ""));
    let mut seconds: u32 = 0;
    for (part, units) in [
        (days, &[('D', 86_400)][..]),
        (time, &[('H', 3_600), ('M', 60), ('S', 1)][..]),
    ] {
        let mut digits = String::new();
        for c in part.chars() {
            if c.is_ascii_digit() {
                digits.push(c);
                continue;
            }
            let (_, unit) = units.iter().find(|(letter, _)| *letter == c)?;
            let count: u32 = digits.parse().ok()?;
            seconds = seconds.checked_add(count.checked_mul(*unit)?)?;
            digits.clear();
        }
        if !digits.is_empty() {
            return None;
        }
    }
    (rest.len() > 1).then_some(seconds)
}

/// A moment in RFC 3339: `2026-05-14T07:00:00Z`.
pub(super) fn moment(text: &str) -> Option<jiff::Timestamp> {
    text.trim().parse().ok()
}

/// Where a health check goes: `/health`, `HTTP:80/health`, `HTTPS:443/health`, `TCP:80`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HealthTarget {
    pub(super) port: Option<u16>,
    /// `None`: a connection is enough.
    pub(super) path: Option<String>,
}

pub(super) fn health_target(text: &str) -> Option<HealthTarget> {
    let text = text.trim();
    if text.starts_with('/') {
        return path(text).map(|path| HealthTarget {
            port: None,
            path: Some(path),
        });
    }
    let (protocol, rest) = text.split_once(':')?;
    let at = rest.find('/').unwrap_or(rest.len());
    let port = Some(port(&rest[..at])?);
    match protocol.to_ascii_uppercase().as_str() {
        "HTTP" | "HTTPS" => Some(HealthTarget {
            port,
            path: Some(path(if rest[at..].is_empty() {
                "/"
            } else {
                &rest[at..]
            })?),
        }),
        "TCP" | "SSL" => Some(HealthTarget { port, path: None }),
        _ => None,
    }
}

/// A path of a URL: what a load balancer takes (at most 1,024 characters, none of them a blank).
pub(super) fn path(text: &str) -> Option<String> {
    let is_allowed = |c: char| {
        c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '<' | '>' | '^' | '`' | '{' | '|' | '}')
    };
    (text.starts_with('/') && text.len() <= 1_024 && text.chars().all(is_allowed))
        .then(|| text.to_owned())
}

/// The parts between commas, without blanks around them, empty ones left out.
pub(super) fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// An id, an ARN, a name of a bucket or a policy: letters, digits and `-_.:/+=`, at most 2,048 of them. Nothing
/// else may go into an annotation, where a comma or an equals sign would begin another setting.
pub(super) fn identifier(text: &str) -> Option<String> {
    let text = text.trim();
    let is_allowed =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '/');
    ((1..=2_048).contains(&text.len()) && text.chars().all(is_allowed)).then(|| text.to_owned())
}

/// Status codes of a matcher (`200`, `200,202`, `200-299`) in the form of the load balancer, if they are such.
pub(super) fn status_codes(text: &str) -> Option<String> {
    let code = |code: &str| number(code, 100, 599);
    let is_part = |part: &str| match part.split_once('-') {
        Some((first, last)) => code(first)
            .zip(code(last))
            .is_some_and(|(first, last)| first <= last),
        None => code(part).is_some(),
    };
    let parts: Vec<&str> = list(text).collect();
    (!parts.is_empty() && parts.iter().all(|part| is_part(part))).then(|| parts.join(","))
}

/// Whether every one of these codes is a success for the kubelet, which takes 200 to 399.
pub(super) fn kubelet_takes(codes: &str) -> bool {
    list(codes)
        .flat_map(|part| part.split('-'))
        .all(|code| number(code, 200, 399).is_some())
}

/// A cron expression of five fields that Kubernetes and Auto Scaling read alike (UTC), if it is such.
pub(super) fn cron(text: &str) -> Option<String> {
    let fields: Vec<&str> = text.split_whitespace().collect();
    let is_allowed =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '*' | '/' | ',' | '-' | '?');
    (fields.len() == 5
        && fields
            .iter()
            .all(|field| field.len() <= 60 && field.chars().all(is_allowed)))
    .then(|| fields.join(" "))
}

/// A host or a pattern of hosts: `example.com`, `*.example.com`.
pub(super) fn host(text: &str) -> Option<String> {
    let bare = text.strip_prefix("*.").unwrap_or(text);
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    (text.len() <= 253 && bare.split('.').all(is_label)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_and_numbers() {
        assert_eq!(
            (
                flag("true"),
                flag("'false'"),
                flag("False"),
                flag("\"TRUE\""),
                flag("yes"),
                flag("")
            ),
            (Some(true), Some(false), Some(false), Some(true), None, None)
        );
        assert_eq!(
            (
                number("20", 0, 3600),
                number("-1", 0, 9),
                number("3601", 0, 3600),
                number("1e3", 0, 9999)
            ),
            (Some(20), None, None, None)
        );
        assert_eq!(
            (port("80"), port("0"), port("65536")),
            (Some(80), None, None)
        );
    }

    #[test]
    fn durations_are_those_of_iso_8601() {
        assert_eq!(
            ["PT30M", "PT1H", "PT12M30S", "P1D", "P1DT1S", "PT0S"].map(duration),
            [1800, 3600, 750, 86_400, 86_401, 0].map(Some)
        );
        assert_eq!(
            [
                "P",
                "PT",
                "30M",
                "PT5",
                "PT1X",
                "P1M",
                "PT99999999999S",
                "PT1H1D"
            ]
            .map(duration),
            [None; 8]
        );
    }

    #[test]
    fn health_checks_have_four_forms() {
        let target = |port, path: Option<&str>| {
            Some(HealthTarget {
                port,
                path: path.map(str::to_owned),
            })
        };
        assert_eq!(health_target("/health"), target(None, Some("/health")));
        assert_eq!(
            health_target("HTTPS:443/health"),
            target(Some(443), Some("/health"))
        );
        assert_eq!(health_target("HTTP:8080"), target(Some(8080), Some("/")));
        assert_eq!(health_target("TCP:80"), target(Some(80), None));
        assert_eq!(
            [
                "",
                "health",
                "FTP:21/x",
                "HTTP:x/y",
                "/a b",
                "/\u{1f680}",
                "/a\nb",
                "TCP:"
            ]
            .map(health_target),
            [const { None }; 8]
        );
    }

    #[test]
    fn nothing_can_begin_another_setting() {
        assert_eq!(
            identifier("arn:aws:acm:ap-northeast-1:111122223333:certificate/1-2"),
            Some("arn:aws:acm:ap-northeast-1:111122223333:certificate/1-2".to_owned())
        );
        assert_eq!(
            [
                "",
                "a,b",
                "a=b",
                "a b",
                "a\nb",
                "\u{1f680}",
                "${x}",
                "{{x}}"
            ]
            .map(identifier),
            [const { None }; 8]
        );
        assert_eq!(
            (
                host("*.example.com"),
                host("example.com"),
                host("a b"),
                host("{{x}}"),
                host("*"),
                host("-a.b")
            ),
            (
                Some("*.example.com".to_owned()),
                Some("example.com".to_owned()),
                None,
                None,
                None,
                None
            )
        );
        assert_eq!(
            (cron("0 9 * * 1-5"), cron("0 9 * *"), cron("0 9 * * ;")),
            (Some("0 9 * * 1-5".to_owned()), None, None)
        );
    }

    #[test]
    fn the_kubelet_takes_two_hundreds_and_three_hundreds() {
        assert_eq!(status_codes("200, 202").as_deref(), Some("200,202"));
        assert_eq!(
            (
                status_codes("200-299").as_deref(),
                status_codes("299-200"),
                status_codes("20x"),
                status_codes("")
            ),
            (Some("200-299"), None, None, None)
        );
        assert!(
            kubelet_takes("200,301")
                && kubelet_takes("200-399")
                && !kubelet_takes("200,404")
                && !kubelet_takes("200-499")
        );
    }
}
