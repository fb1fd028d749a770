//! The doctor's report for a terminal, as a pure function of the report and a width.

use std::collections::BTreeSet;

use comfy_table::{ContentArrangement, LineStyle, Table, TableStyle};

use super::calls::Call;
use super::contact::is_silence;
use super::outcome::Outcome;
use super::remedy::remedy;
use super::report::{DoctorReport, RegionReport, Verdict};

/// Narrower, and the table would be all borders.
const NARROWEST: u16 = 40;

/// One line, under the header.
const PLAIN: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// A table for each region, then what to do. `width` in columns; lines of the tables are no longer,
/// at least 40.
#[must_use]
pub fn report_text(report: &DoctorReport, width: u16) -> String {
    let mut text = String::new();
    for region in &report.regions {
        text.push_str(&format!("{}\n{}\n\n", region.region, table(region, width)));
    }
    text.push_str(&summary(report));
    text.push('\n');
    for hint in hints(report) {
        text.push_str(&format!("hint: {hint}\n"));
    }
    text
}

fn table(region: &RegionReport, width: u16) -> String {
    let mut table = Table::new();
    table.force_no_tty().load_style(PLAIN);
    table
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width.max(NARROWEST));
    table.set_header(["permission", "result", ""]);
    for probe in &region.probes {
        // Where nothing was said, the reader may want to know what the call is for.
        let remark = probe
            .message
            .clone()
            .unwrap_or_else(|| format!("for {}", probe.call.why()));
        table.add_row([
            probe.call.action().to_owned(),
            probe.outcome.to_string(),
            remark,
        ]);
    }
    table.trim_fmt()
}

fn summary(report: &DoctorReport) -> String {
    let all = report.outcomes().count();
    let usable = report
        .outcomes()
        .filter(|outcome| outcome.is_usable())
        .count();
    let verdict = match report.verdict() {
        Verdict::Ready => "a collection can run",
        Verdict::Incomplete => "a collection would be incomplete",
        Verdict::Credentials => "stopped: no usable credentials",
        Verdict::Network => "nothing answered",
    };
    let regions = report.regions.len();
    let plural = if regions == 1 { "" } else { "s" };
    format!("{usable} of {all} calls answered in {regions} region{plural}: {verdict}")
}

/// In the order in which a person would act.
fn hints(report: &DoctorReport) -> Vec<String> {
    let any = |outcome| report.outcomes().any(|found| found == outcome);
    let mut hints = Vec::new();
    if any(Outcome::NoCredentials) || any(Outcome::CredentialsExpired) {
        let login = report.profile.as_deref().map_or_else(
            || "aws sso login, or name a profile with --profile".to_owned(),
            |profile| {
                format!(
                    "aws sso login --profile {}, or check its name and settings",
                    shell_word(profile)
                )
            },
        );
        hints.push(login);
    }
    if any(Outcome::CredentialsRejected) {
        hints.push("check the access key, the profile and this machine's clock".to_owned());
    }
    let silent = report
        .regions
        .iter()
        .flat_map(|region| &region.probes)
        .filter(|probe| is_silence(probe.outcome));
    let remedies: BTreeSet<&str> = silent
        .map(|probe| remedy(probe.outcome, probe.message.as_deref().unwrap_or_default()))
        .collect();
    hints.extend(remedies.into_iter().map(str::to_owned));
    if any(Outcome::DeniedByOrganization) {
        hints.push("the organisation's own policy denies a call: its administrators can allow it, a policy of the account cannot".to_owned());
    }
    if any(Outcome::RegionDisabled) {
        hints.push("enable the region for the account, or leave it out".to_owned());
    }
    let denied = report.denied_actions();
    if !denied.is_empty() {
        hints.push(format!(
            "attach the policy that eb2eks iam-policy prints; denied: {}",
            denied.join(", ")
        ));
    }
    if any(Outcome::Empty) {
        let call = Call::DescribeEnvironments.action();
        hints.push(format!("Beanstalk answers a caller without {call} with an empty list: compare with its console in this region"));
    }
    if any(Outcome::ThrottledOut) {
        hints.push(
            "the limit is shared with the account's own deployments: try again when they are done"
                .to_owned(),
        );
    }
    hints
}

/// A word as it can be pasted into a shell and shown on a terminal.
#[must_use]
pub fn shell_word(text: &str) -> String {
    let plain = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '@' | '/' | ':' | '=' | ',')
    };
    if text.chars().all(plain) && !text.is_empty() {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// Between single quotes a shell reads everything as it stands, but for the quote itself. What a terminal
/// would obey is written as bash and zsh spell it.
fn quoted(text: &str) -> String {
    if !text.chars().any(char::is_control) {
        return format!("'{}'", text.replace('\'', r"'\''"));
    }
    let spelt = |c: char| match c {
        '\'' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    format!("$'{}'", text.chars().map(spelt).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::super::report::Probe;
    use super::*;

    fn report(message: &str) -> DoctorReport {
        let probe = |call| match call {
            Call::GetMetricData => Probe {
                call,
                outcome: Outcome::Denied,
                message: Some(message.to_owned()),
            },
            _ => Probe {
                call,
                outcome: Outcome::Ok,
                message: None,
            },
        };
        let region = "ap-northeast-1".parse().expect("a region");
        DoctorReport {
            profile: None,
            regions: vec![RegionReport {
                region,
                probes: Call::of_collection().map(probe).collect(),
            }],
        }
    }

    #[test]
    fn every_call_and_the_missing_permission_are_named() {
        let text = report_text(&report("no"), 120);
        for call in Call::of_collection() {
            assert!(
                text.contains(call.action()),
                "{} is missing in\n{text}",
                call.action()
            );
        }
        assert!(
            text.contains("21 of 22 calls answered in 1 region: a collection would be incomplete"),
            "{text}"
        );
        assert!(
            text.contains("denied: cloudwatch:GetMetricData\n"),
            "{text}"
        );
    }

    #[test]
    fn a_word_can_be_pasted_into_a_shell() {
        for (word, pasted) in [
            ("prod-1", "prod-1"),
            ("", "''"),
            ("my profile", "'my profile'"),
            ("o'neill $HOME", r"'o'\''neill $HOME'"),
            ("a\u{1b}b'", r"$'a\u001bb\''"),
        ] {
            assert_eq!(shell_word(word), pasted);
        }
    }

    #[test]
    fn a_table_keeps_to_the_width_it_was_given() {
        for width in [0, 40, 60, 80, 200] {
            let text = table(&report(&"long ".repeat(40)).regions[0], width);
            let longest = text
                .lines()
                .map(|line| line.chars().count())
                .max()
                .unwrap_or(0);
            assert!(
                longest <= usize::from(width.max(NARROWEST)),
                "{longest} columns for {width}:\n{text}"
            );
        }
    }
}
