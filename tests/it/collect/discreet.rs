//! Secrets that stand in every field, and are seen nowhere again.

use std::os::unix::fs::PermissionsExt;

use eb2eks::snapshot::OptionSetting;

use super::{Home, said};
use crate::fake_aws::{Answer, Canaries, Estate, FakeAws, Limits, Setup};

const CANARIES: [&str; 4] = [
    "canary-4f2d9a1c77",
    "AKIAQCANARYCANARY123",
    "wJcanaryUtnFEMIK7MDENGbPxRfiCYcanary0KEY",
    "-----BEGIN RSA PRIVATE KEY----- canarycanary",
];

#[test]
fn no_secret_reaches_disk_or_terminal() {
    let canaries = Canaries(CANARIES.map(str::to_owned).to_vec());
    let setup = Setup {
        canaries,
        ..Setup::new(8, 1)
    };
    // The account repeats a secret in an error message, too.
    let aws = FakeAws::of(Estate::new(setup), Limits::none(), |asked| {
        match asked.action.as_str() {
            "ec2:DescribeVpcs" => Answer::Refuse(
                403,
                "UnauthorizedOperation",
                format!("no {} {}", CANARIES[1], CANARIES[2]),
            ),
            _ => Answer::Well,
        }
    });
    let home = Home::new(1);
    // The program writes no log today; should it ever get one, the terminal must still show nothing.
    let output = home
        .command(&aws.url(), &[])
        .env("RUST_LOG", "trace")
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    let mut seen = vec![("the terminal".to_owned(), said(&output).into_bytes())];
    for folder in [home.out(), home.partial(), home.partial().join("scope-0")] {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let mode = std::fs::metadata(&path)
                .expect("it is there")
                .permissions()
                .mode()
                & 0o777;
            assert_eq!(
                mode,
                if path.is_dir() { 0o700 } else { 0o600 },
                "{}",
                path.display()
            );
            if path.is_file() {
                seen.push((
                    path.display().to_string(),
                    std::fs::read(&path).expect("a file"),
                ));
            }
        }
    }
    for (place, bytes) in &seen {
        let text = String::from_utf8_lossy(bytes);
        for canary in CANARIES {
            assert!(!text.contains(canary), "{canary} is in {place}");
        }
        for part in ["canary", "in clear text"] {
            assert!(!text.contains(part), "{part} is in {place}");
        }
    }
    // That they were there is kept.
    let dropped = home
        .inventory()
        .environments
        .iter()
        .flat_map(|one| one.option_settings.clone())
        .filter(|option| option.redacted)
        .count();
    assert!(dropped >= 8 * CANARIES.len() * 6, "{dropped}");
}

/// Made up; each of the form that its service documents, with the part that must not be seen again.
const KINDS: [(&str, &str); 21] = [
    ("5f4dcc3b5aa765d61d8327deb882cf99", "5f4dcc3b5aa765d6"),
    (
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "9f86d081884c7d65",
    ),
    ("xoxb-123456789012-abcdefABCDEF", "abcdefABCDEF"),
    ("sk_live_4eC39HqLyjWDarjtT1zdp7dc", "4eC39HqLyjWDarjt"),
    ("glpat-ab12CD34ef56GH78ij90", "ab12CD34ef56"),
    (
        "ghp_0123456789abcdefghijABCDEFGHIJ012345",
        "0123456789abcdefghij",
    ),
    ("3f2504e0-4f89-11d3-9a0c-0305e82c3301", "3f2504e0-4f89"),
    ("https://ops:hunter2@repo.internal/x", "hunter2"),
    ("https://tokenhunter2@repo.internal/x", "tokenhunter2"),
    ("https://abchunter2@o1.ingest.sentry.io/42", "abchunter2"),
    ("postgres://shop:hunter2@db.internal/shop", "hunter2"),
    ("shop:hunter2@tcp(db.internal:3306)/shop", "hunter2"),
    ("Server=db;User Id=shop;Password=hunter2;", "hunter2"),
    ("host=db user=shop password=hunter2", "hunter2"),
    ("release of today, password: hunter2", "hunter2"),
    ("Authorization: Bearer abcdefhunter2", "abcdefhunter2"),
    ("Authorization: Basic c2hvcDpodW50ZXIy", "c2hvcDpodW50ZXIy"),
    ("jdbc:oracle:thin:scott/hunter2@//db:1521/orcl", "hunter2"),
    (
        "DefaultEndpointsProtocol=https;AccountKey=hunter2==",
        "hunter2",
    ),
    ("AKIAQCANARYCANARY123", "AKIAQCANARY"),
    ("wJcanaryUtnFEMIK7MDENGbPxRfiCYcanary0KEY", "wJcanary"),
];

/// Each kind of secret in each field that somebody writes: version labels, keys and values of tags, options whose
/// values are kept, and errors that repeat them.
#[test]
fn each_kind_of_secret_in_each_field_is_seen_nowhere_again() {
    let mut estate = Estate::new(Setup {
        page: 50,
        ..Setup::new(u32::try_from(KINDS.len()).expect("a few kinds"), 1)
    });
    for (environment, (secret, _)) in estate.environments.iter_mut().zip(KINDS) {
        environment.version_label = Some(format!("build 7 {secret}"));
        environment
            .tags
            .insert("note".to_owned(), secret.to_owned());
        environment.tags.insert(secret.to_owned(), "x".to_owned());
        for key in ["pw", "db-pass", "passphrase"] {
            environment
                .tags
                .insert(key.to_owned(), "hunter2".to_owned());
        }
        for (namespace, name, value) in [
            (
                "aws:elasticbeanstalk:application",
                "Application Healthcheck URL",
                secret,
            ),
            ("aws:elasticbeanstalk:environment", "ServiceRole", secret),
            (
                "aws:elasticbeanstalk:container:tomcat:jvmoptions",
                "Xmx",
                secret,
            ),
            (
                "aws:elasticbeanstalk:container:tomcat:jvmoptions",
                "Xms",
                "512m hunter2",
            ),
            (
                "aws:elasticbeanstalk:application:environmentsecrets",
                "DB",
                "hunter2",
            ),
            ("aws:rds:dbinstance", "DBUser", "hunter2"),
            (
                "aws:elasticbeanstalk:container:php:phpini",
                "composer_options",
                "hunter2",
            ),
        ] {
            environment.option_settings.push(OptionSetting {
                namespace: namespace.to_owned(),
                name: name.to_owned(),
                value: Some(value.to_owned()),
                resource: None,
                redacted: false,
            });
        }
    }
    let aws = FakeAws::of(estate, Limits::none(), |asked| {
        match asked.action.as_str() {
            "ec2:DescribeVpcs" => {
                let all: Vec<&str> = KINDS[asked.earlier % KINDS.len()..]
                    .iter()
                    .take(3)
                    .map(|(secret, _)| *secret)
                    .collect();
                Answer::Refuse(503, "ServiceUnavailable", all.join(" and "))
            }
            "ec2:DescribeSubnets" => {
                let (secret, _) = KINDS[asked.earlier % KINDS.len()];
                Answer::Refuse(403, "UnauthorizedOperation", format!("not with {secret}"))
            }
            _ => Answer::Well,
        }
    });
    let home = Home::new(1);
    let output = home.collect(&aws.url(), &[]);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    let mut seen = vec![("the terminal".to_owned(), said(&output).into_bytes())];
    for folder in [home.out(), home.partial(), home.partial().join("scope-0")] {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                let bytes = std::fs::read(&path).expect("a file");
                seen.push((path.display().to_string(), bytes));
            }
        }
    }
    assert!(seen.len() >= 6, "the journal is among them");
    for (place, bytes) in &seen {
        let text = String::from_utf8_lossy(bytes);
        for (secret, part) in KINDS {
            assert!(!text.contains(part), "{secret} is in {place}");
        }
    }
    let one = &home.inventory().environments[0];
    assert!(
        one.tags.contains_key("pw") && one.tags["pw"].is_empty(),
        "{:?}",
        one.tags
    );
}
