//! Wherever a run ends, the same command goes on, and the snapshot is the one of an undisturbed run.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::{Home, files, said};
use crate::fake_aws::{Answer, Estate, FakeAws, Limits, Setup};

fn estate() -> Estate {
    Estate::new(Setup {
        page: 50,
        ..Setup::new(18, 1)
    })
}

fn undisturbed() -> Vec<Vec<u8>> {
    let home = Home::new(1);
    let output = home.collect(
        &FakeAws::of(estate(), Limits::none(), |_| Answer::Well).url(),
        &[],
    );
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    files(&home.out())
}

#[test]
fn killed_at_any_call_it_ends_with_the_same_bytes() {
    let expected = undisturbed();
    for at in [1, 7, 20, 33, 51, 70, 90] {
        let home = Home::new(1);
        // The account counts; at that call it holds its answer until the program has been killed.
        let count = Arc::new(AtomicUsize::new(0));
        let counting = Arc::clone(&count);
        let aws = FakeAws::of(estate(), Limits::none(), move |_| {
            match counting.fetch_add(1, Ordering::SeqCst) {
                now if now == at => Answer::Silence,
                _ => Answer::Well,
            }
        });
        let mut running = Command::new(env!("CARGO_BIN_EXE_eb2eks"));
        running
            .args(home.command(&aws.url(), &[]).get_args())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .env_clear();
        running.envs(
            home.command(&aws.url(), &[])
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        let mut running = running.spawn().expect("the program starts");
        while count.load(Ordering::SeqCst) <= at {
            std::thread::sleep(Duration::from_millis(5));
        }
        running.kill().expect("it can be killed");
        running.wait().expect("it ends");
        assert!(
            !home.out().exists(),
            "nothing half-done under the snapshot's name"
        );
        let output = home.collect(&aws.url(), &[]);
        assert_eq!(
            output.status.code(),
            Some(0),
            "killed at call {at}: {}",
            said(&output)
        );
        assert!(files(&home.out()) == expected, "killed at call {at}");
        assert!(!home.partial().exists());
    }
}

#[test]
fn expired_credentials_stop_at_once_and_a_new_login_goes_on() {
    let expected = undisturbed();
    // A key that was good and is unknown in the middle has ended, too.
    let said_so = [
        ("ExpiredToken", "ExpiredTokenException"),
        ("InvalidClientTokenId", "UnrecognizedClientException"),
    ];
    for (at, (code, of_cloudwatch)) in [
        (3, said_so[0]),
        (30, said_so[0]),
        (60, said_so[0]),
        (30, said_so[1]),
        (60, said_so[1]),
    ] {
        let home = Home::new(1);
        let count = Arc::new(AtomicUsize::new(0));
        let counting = Arc::clone(&count);
        let aws = FakeAws::of(estate(), Limits::none(), move |asked| {
            let now = counting.fetch_add(1, Ordering::SeqCst);
            match now >= at && now < 1_000 {
                true if asked.action.starts_with("cloudwatch:") => {
                    Answer::Refuse(400, of_cloudwatch, "expired".to_owned())
                }
                true => Answer::Refuse(
                    403,
                    code,
                    "The security token included in the request is expired".to_owned(),
                ),
                false => Answer::Well,
            }
        });
        let output = home.collect(&aws.url(), &[]);
        assert_eq!(output.status.code(), Some(4), "{}", said(&output));
        assert!(
            said(&output).contains("eb2eks collect --out"),
            "the command that continues is printed: {}",
            said(&output)
        );
        assert!(
            count.load(Ordering::SeqCst) < at + 20,
            "it goes on asking after the end of its credentials"
        );
        assert!(!home.out().exists());
        count.store(1_000, Ordering::SeqCst);
        let output = home.collect(&aws.url(), &[]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert!(files(&home.out()) == expected, "expired at call {at}");
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_and_kill_end_it_in_order() {
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let home = Home::new(1);
        let aws = FakeAws::of(estate(), Limits::none(), |asked| {
            match asked.action.as_str() {
                "cloudwatch:GetMetricData" => Answer::Silence,
                _ => Answer::Well,
            }
        });
        let template = home.command(&aws.url(), &[]);
        let mut running = Command::new(env!("CARGO_BIN_EXE_eb2eks"));
        running
            .args(template.get_args())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .env_clear();
        running.envs(
            template
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        let running = running.spawn().expect("the program starts");
        while !aws.counts().contains_key("cloudwatch:GetMetricData") {
            std::thread::sleep(Duration::from_millis(5));
        }
        let id = running.id().to_string();
        assert!(
            Command::new("kill")
                .args([format!("-{signal}"), id])
                .status()
                .expect("kill")
                .success()
        );
        let output = running.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(code), "{}", said(&output));
        assert!(
            said(&output).contains("continue with: "),
            "{}",
            said(&output)
        );
        assert!(home.partial().exists() && !home.out().exists());
    }
}

/// Where there is strace to kill it there. Between two of these calls nothing changes that a later run could trip over,
/// but for the journal, which is torn in tests of its own.
#[test]
fn killed_at_any_change_of_a_name_it_ends_with_the_same_bytes() {
    const CALLS: &str = "rename,renameat,renameat2,mkdir,mkdirat,rmdir,unlink,unlinkat";
    if Command::new("strace").arg("-V").output().is_err() {
        return;
    }
    let expected = undisturbed();
    let aws = FakeAws::of(estate(), Limits::none(), |_| Answer::Well);
    let (mut at, mut killed) = (1, 0);
    loop {
        let home = Home::new(1);
        let command = home.command(&aws.url(), &[]);
        let mut traced = Command::new("strace");
        traced
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .args(["-f", "-qq", "-o", "/dev/null", "-e"])
            .arg(format!("trace={CALLS}"))
            .arg("-e")
            .arg(format!("inject={CALLS}:signal=KILL:when={at}"))
            .arg(command.get_program())
            .args(command.get_args())
            .envs(
                command
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            );
        let output = traced.output().expect("strace runs");
        if output.status.code().is_some() {
            assert_eq!(output.status.code(), Some(0), "{}", said(&output));
            break;
        }
        killed += 1;
        let again = home.collect(&aws.url(), &[]);
        // Killed after the last rename, the snapshot is there: the second run only cleans up.
        let code = again.status.code();
        assert!(
            code == Some(0) || (code == Some(2) && said(&again).contains("exists")),
            "killed at change {at}: {}",
            said(&again)
        );
        assert!(files(&home.out()) == expected, "killed at change {at}");
        assert!(
            !home.partial().exists(),
            "killed at change {at}: {:?}: {}",
            std::fs::read_dir(home.partial()).map(|entries| entries.count()),
            said(&again)
        );
        at += if at < 12 { 1 } else { 5 };
    }
    // strace counts the calls of each thread by itself, and the run has some.
    assert!(killed >= 5, "{killed}");
}
