//! Secrets that stand in every field, and are seen nowhere again.

use std::os::unix::fs::PermissionsExt;

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
