//! Nobody there, somebody else there, and who denies: told in a line, with what helps.

#![expect(
    clippy::disallowed_methods,
    reason = "that whoever waits is told in time is measured with a clock"
)]

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::process::Output;
use std::time::{Duration, Instant};

use super::{Home, files, said};
use crate::fake_aws::{Answer, Asked, Estate, FakeAws, Limits, Setup, cbor_map, cbor_text};

const PAGE: &str = "<html><body>Please log in to the network</body></html>";

/// Whoever waits is told within this.
const IN_TIME: Duration = Duration::from_secs(15);

fn aws(script: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> FakeAws {
    let setup = Setup {
        page: 50,
        ..Setup::new(8, 1)
    };
    FakeAws::of(Estate::new(setup), Limits::none(), script)
}

/// One line of what befell, one of what helps, code 5, in time, and nothing left behind.
fn assert_unreached(home: &Home, url: &str, more: &[(&str, &str)], remedy: &str) -> Duration {
    let start = Instant::now();
    let mut command = home.command(url, &[]);
    for (name, value) in more {
        command.env(name, value);
    }
    let output = command.output().expect("the program runs");
    let took = start.elapsed();
    let said = said(&output);
    assert_eq!(output.status.code(), Some(5), "{said}");
    assert!(took < IN_TIME, "{took:?}: {said}");
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 2, "{said}");
    assert!(lines[0].starts_with("eb2eks: nothing answered: "), "{said}");
    assert!(
        lines[1].starts_with("hint: ") && lines[1].contains(remedy),
        "{said}"
    );
    assert!(!home.out().exists() && !home.partial().exists());
    took
}

#[test]
fn with_nobody_there_the_error_comes_at_once_and_says_what_helps() {
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|socket| socket.local_addr())
        .expect("a free port");
    let home = Home::new(1);
    assert_unreached(&home, &format!("http://{free}"), &[], "nobody listens");
    assert_unreached(&home, "http://nobody.invalid", &[], "");
    // A proxy that asks for a login.
    let proxy = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let address = format!("http://{}", proxy.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in proxy.incoming() {
            let mut stream = stream.expect("a connection");
            let mut request = [0; 4_096];
            drop(stream.read(&mut request));
            drop(stream.write_all(
                b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n",
            ));
        }
    });
    assert_unreached(
        &home,
        "https://aws.invalid",
        &[("HTTPS_PROXY", &address)],
        "asks for a login",
    );
}

#[test]
fn a_network_that_swallows_everything_is_left_in_time() {
    let home = Home::new(1);
    let silent = aws(|_| Answer::Silence);
    assert_unreached(&home, &silent.url(), &[], "firewall");
    for (kind, body) in [("text/html", PAGE.as_bytes()), ("text/plain", b"")] {
        let portal = aws(move |_| Answer::Foreign(200, kind, body.to_vec()));
        assert_unreached(&home, &portal.url(), &[], "portal");
    }
}

#[test]
fn beanstalk_alone_is_enough_to_go_on() {
    let aws = aws(|asked| match asked.action.as_str() {
        "sts:GetCallerIdentity" => Answer::Reset,
        _ => Answer::Well,
    });
    let home = Home::new(1);
    let output = home.collect(&aws.url(), &[]);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert_eq!(home.inventory().environments.len(), 8);
}

#[test]
fn a_bundle_that_is_none_is_named() {
    let home = Home::new(1);
    let notes = home.folder.path().join("notes.pem");
    std::fs::write(&notes, "no certificate").expect("a file");
    for path in [notes.to_str().expect("a path"), "/no/such/bundle.pem"] {
        let output = home
            .command("https://127.0.0.1:1", &[])
            .env("AWS_CA_BUNDLE", path)
            .output()
            .expect("the program runs");
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(
            said(&output).contains("AWS_CA_BUNDLE") && said(&output).contains(path),
            "{}",
            said(&output)
        );
    }
}

/// What stands in the place of answers: a portal's page, nothing, garbage, a gateway's 429.
fn foreign() -> Vec<(&'static str, Answer)> {
    vec![
        ("unparsable", Answer::Foreign(200, "text/html", PAGE.into())),
        ("unparsable", Answer::Foreign(302, "text/html", Vec::new())),
        ("unparsable", Answer::Foreign(200, "text/xml", Vec::new())),
        (
            "unparsable",
            Answer::Foreign(200, "application/cbor", Vec::new()),
        ),
        (
            "unparsable",
            Answer::Foreign(200, "application/octet-stream", vec![7; 99]),
        ),
        ("unparsable", Answer::Foreign(403, "text/html", PAGE.into())),
        (
            "throttled out",
            Answer::Foreign(429, "text/plain", b"slow down".to_vec()),
        ),
        (
            "throttled out",
            Answer::Foreign(429, "text/plain", Vec::new()),
        ),
    ]
}

const SPOILT: [&str; 3] = [
    "elasticbeanstalk:DescribeConfigurationSettings",
    "ec2:DescribeVpcs",
    "cloudwatch:ListMetrics",
];

#[test]
fn what_no_service_would_say_is_asked_again() {
    let home = Home::new(1);
    assert_eq!(
        home.collect(&aws(|_| Answer::Well).url(), &[])
            .status
            .code(),
        Some(0)
    );
    let expected = files(&home.out());
    for (_, answer) in foreign() {
        let aws = aws({
            let answer = answer.clone();
            move |asked| match SPOILT.contains(&asked.action.as_str()) && asked.earlier % 3 < 2 {
                true => answer.clone(),
                false => Answer::Well,
            }
        });
        let home = Home::new(1);
        let output = home.collect(&aws.url(), &[]);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{answer:?}: {}",
            said(&output)
        );
        assert!(files(&home.out()) == expected, "{answer:?}");
    }
}

#[test]
fn what_stays_foreign_is_a_gap_with_its_name() {
    for (outcome, answer) in foreign() {
        let aws = aws({
            let answer = answer.clone();
            move |asked| match asked.action == "ec2:DescribeVpcs" {
                true => answer.clone(),
                false => Answer::Well,
            }
        });
        let home = Home::new(1);
        let output = home.collect(&aws.url(), &[]);
        assert_eq!(output.status.code(), Some(3), "{}", said(&output));
        let gap = &home.manifest().scopes[0].gaps[0];
        assert!(
            gap.what == "VPCs" && gap.why.starts_with(outcome),
            "{answer:?}: {gap:?}"
        );
        assert_eq!(aws.counts()["ec2:DescribeVpcs"], 10, "{answer:?}");
    }
}

/// How many refusals for speed the run counted.
fn throttled(output: &Output) -> u64 {
    let said = said(output);
    let before = said.split(" throttled").next().unwrap_or_default();
    let count = before
        .rsplit(' ')
        .next()
        .and_then(|count| count.parse().ok());
    count.expect("the run says how many were throttled")
}

#[test]
fn a_refusal_for_speed_counts_however_it_is_written() {
    let bare = cbor_map(&[("__type", cbor_text("ThrottlingException"))]);
    for answer in [
        Answer::Foreign(400, "application/cbor", bare),
        Answer::Foreign(429, "text/html", PAGE.into()),
    ] {
        let aws = aws(move |asked| {
            match asked.action == "cloudwatch:GetMetricData" && asked.earlier == 0 {
                true => answer.clone(),
                false => Answer::Well,
            }
        });
        let output = Home::new(1).collect(&aws.url(), &[]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert_eq!(throttled(&output), 1, "{}", said(&output));
    }
}

#[test]
fn an_organisations_denial_is_told_apart_however_long_the_caller_is_called() {
    let caller = format!(
        "arn:aws:sts::111122223333:assumed-role/{}/a.user",
        "Role".repeat(60)
    );
    let denied = format!(
        "User: {caller} is not authorized to perform: ec2:DescribeVpcs with an explicit deny in a service control policy"
    );
    let aws = aws(move |asked| match asked.action.as_str() {
        "ec2:DescribeVpcs" => Answer::Refuse(403, "UnauthorizedOperation", denied.clone()),
        _ => Answer::Well,
    });
    let home = Home::new(1);
    let output = home.collect(&aws.url(), &[]);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    let manifest = home.manifest();
    let scope = &manifest.scopes[0];
    assert!(
        scope.gaps[0].why.starts_with("denied by the organization")
            && scope.gaps[0].why.contains("service control policy"),
        "{:?}",
        scope.gaps
    );
    let units = &scope.coverage.as_ref().expect("a coverage").units;
    assert_eq!(units["denied-by-organization"], 1);
}

#[test]
fn the_progress_claims_nothing_that_was_not_answered() {
    let aws = aws(|asked| match asked.action.as_str() {
        "cloudwatch:GetMetricData" => Answer::Refuse(403, "AccessDenied", "no".to_owned()),
        "elasticbeanstalk:DescribeConfigurationSettings" => {
            Answer::Refuse(403, "AccessDenied", "no".to_owned())
        }
        _ => Answer::Well,
    });
    let output = Home::new(1).collect(&aws.url(), &[]);
    let said = said(&output);
    for line in [
        "environments: 0 of 8 done, 8 not answered in full",
        "history: 0 of 8 done, 8 not answered in full",
        "region: 1 done",
    ] {
        assert!(said.contains(line), "{line} is missing in {said}");
    }
    let stopped = self::aws(|asked| match asked.action.as_str() {
        "cloudwatch:GetMetricData" => Answer::Refuse(400, "ExpiredTokenException", "no".to_owned()),
        _ => Answer::Well,
    });
    let output = Home::new(1).collect(&stopped.url(), &[]);
    let said = super::said(&output);
    assert_eq!(output.status.code(), Some(4), "{said}");
    assert!(
        !said.contains("history: ") && !said.contains("snapshot: "),
        "{said}"
    );
}

#[test]
fn refused_activities_are_told() {
    let aws = aws(|asked| match asked.action.as_str() {
        "autoscaling:DescribeScalingActivities" => {
            Answer::Refuse(403, "AccessDenied", "no".to_owned())
        }
        _ => Answer::Well,
    });
    let home = Home::new(1);
    let output = home.collect(&aws.url(), &[]);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    let gaps = &home.manifest().scopes[0].gaps;
    let told = gaps
        .iter()
        .filter(|gap| gap.what.starts_with("scaling activities of ") && gap.why.contains("denied"));
    assert!(told.count() >= 8, "{gaps:?}");
}

#[test]
fn names_that_would_act_on_a_terminal_are_spelt_out() {
    let aws = aws(|asked| match asked.action.as_str() {
        "ec2:DescribeVpcs" => {
            Answer::Refuse(403, "Code\u{202e}\u{200b}", "a\u{1b}[2Jb\u{7}".to_owned())
        }
        "ec2:DescribeInstances" => Answer::Body(
            crate::fake_aws::instance_of("hidden\u{202e}\u{200d}&#10;missing: nothing\u{85}")
                .into_bytes(),
        ),
        _ => Answer::Well,
    });
    let home = Home::new(1);
    let output = home.collect(&aws.url(), &[]);
    let said = said(&output);
    assert!(said.contains(r"hidden\u{202e}\u{200d}"), "{said}");
    assert!(
        said.chars()
            .all(|c| c == '\n' || !eb2eks::units::is_unseen(c)),
        "{said:?}"
    );
    assert!(!said.contains("\nmissing: nothing"), "{said}");
}

/// A profile that assumes a role with the credentials of another one, which have expired.
#[test]
fn of_a_chain_of_profiles_the_one_to_log_in_with_is_named() {
    let aws = aws(|asked| match asked.action.as_str() {
        "sts:AssumeRole" => Answer::Refuse(
            403,
            "ExpiredToken",
            "The security token included in the request is expired".to_owned(),
        ),
        _ => Answer::Well,
    });
    let home = Home::new(1);
    let config = home.folder.path().join("config");
    let text = "[profile prod]\nrole_arn = arn:aws:iam::111122223333:role/reader\nsource_profile = base\nregion = ap-northeast-1\n[profile base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\naws_session_token = x\n";
    std::fs::write(&config, text).expect("a file");
    let output = home
        .command(&aws.url(), &["--profile", "prod"])
        .env_remove("AWS_ACCESS_KEY_ID")
        .env_remove("AWS_SECRET_ACCESS_KEY")
        .env("AWS_CONFIG_FILE", &config)
        .env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(4), "{}", said(&output));
    assert!(
        said(&output).contains("profile \"base\""),
        "{}",
        said(&output)
    );
}
