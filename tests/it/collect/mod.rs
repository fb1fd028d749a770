//! `eb2eks collect`: the real program, the real SDK clients, real HTTP, an AWS on loopback.

mod discreet;
mod faults;
mod interrupted;
mod network;
mod recorded;
mod values;

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use eb2eks::snapshot::{Inventory, Manifest};

/// Limits are respected in the tests that are about them; elsewhere nobody waits.
const FAST: &str = "[collect]\nhourly_days = 2\nbeanstalk_per_second = 1000.0\nother_per_second = 1000.0\nlist_metrics_per_second = 1000.0\ndata_points_per_second = 1e9\nmetric_data_per_second = 1000.0\npause_seconds = 0.02\n";

/// A folder to work in and the snapshot to come in it.
struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn new(days: u32) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(
            folder.path().join("policy.toml"),
            format!("{FAST}five_minute_days = {days}\n"),
        )
        .expect("a file");
        Self { folder }
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("snapshot")
    }

    fn partial(&self) -> PathBuf {
        self.folder.path().join("snapshot.partial")
    }

    /// The program as a user would call it, with nothing but this environment.
    fn command(&self, url: &str, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_eb2eks"));
        command
            .env_clear()
            .env("AWS_ENDPOINT_URL", url)
            .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
            .env(
                "AWS_SECRET_ACCESS_KEY",
                "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            )
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("AWS_REGION", "ap-northeast-1")
            .arg("collect")
            .arg("--out")
            .arg(self.out())
            .arg("--policy")
            .arg(self.folder.path().join("policy.toml"))
            .args(more);
        command
    }

    fn collect(&self, url: &str, more: &[&str]) -> Output {
        self.command(url, more).output().expect("the program runs")
    }

    fn inventory(&self) -> Inventory {
        serde_json::from_slice(
            &std::fs::read(self.out().join("inventory.json")).expect("an inventory"),
        )
        .expect("JSON")
    }

    fn manifest(&self) -> Manifest {
        serde_json::from_slice(
            &std::fs::read(self.out().join("manifest.json")).expect("a manifest"),
        )
        .expect("JSON")
    }
}

/// The three files, as bytes.
fn files(folder: &Path) -> Vec<Vec<u8>> {
    ["manifest.json", "inventory.json", "metrics.parquet"]
        .map(|name| std::fs::read(folder.join(name)).expect("a snapshot's file"))
        .to_vec()
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}
