//! `eb2eks calibrate`, from the results of a load test to a plan that follows them.

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

fn eb2eks(arguments: &[&str]) -> Output {
    Command::cargo_bin("eb2eks")
        .expect("the program")
        .args(arguments)
        .output()
        .expect("it runs")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

#[expect(clippy::disallowed_methods, reason = "inputs of the test")]
fn put(path: &Path, content: &str) {
    std::fs::write(path, content).expect("it can be written");
}

#[expect(clippy::disallowed_methods, reason = "outputs of the test")]
fn plan_json(folder: &Path) -> Value {
    let bytes = std::fs::read(folder.join("plan.json")).expect("a plan");
    serde_json::from_slice(&bytes).expect("JSON")
}

fn sizing(plan: &Value, name: &str) -> Value {
    let environments = plan["environments"].as_array().expect("a list");
    environments
        .iter()
        .find(|one| one["name"] == name)
        .expect("it is there")["outcome"]["sizing"]
        .clone()
}

#[test]
fn a_load_test_corrects_the_next_plan() {
    let folder = tempfile::tempdir().expect("a folder");
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sample");
    assert!(
        eb2eks(&["plan", text(&sample), "--out", text(&first)])
            .status
            .success()
    );
    let target = sizing(&plan_json(&first), "search-prod")["autoscaling"]["target_percent"]
        .as_f64()
        .expect("a number")
        / 100.0;

    // Two pods: 20 ms, 22 ms, 30 ms, then 50 ms. Twice the lightest is 40 ms, reached at 350 a second: 175 each.
    let result = folder.path().join("load.csv");
    put(
        &result,
        "rate,p95_ms,cpu_millicores,memory_mib\n100,20,110,700\n200,22,220,710\n300,30,330,9000\n400,50,440,720\n",
    );
    let arguments = [
        "calibrate",
        text(&first),
        text(&result),
        "--app",
        "search-prod",
        "--pods",
        "2",
        "--peak-rate",
        "1000",
    ];
    let output = eb2eks(&arguments);
    let policy = String::from_utf8(output.stdout).expect("text");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        policy.starts_with("# 2 pods: gets slow at 350.0 requests a second"),
        "{policy}"
    );

    let own = folder.path().join("own.toml");
    put(&own, &policy);
    assert!(
        eb2eks(&[
            "plan",
            text(&sample),
            "--out",
            text(&second),
            "--policy",
            text(&own)
        ])
        .status
        .success()
    );
    let corrected = sizing(&plan_json(&second), "search-prod");
    let replicas = (1000.0 / (175.0 * target)).ceil();
    assert_eq!(corrected["replicas"]["full_load"].as_f64(), Some(replicas));
    // 330 m at 300 a second, 385 m at the knee of 350, up to the next 10 m.
    assert_eq!(
        corrected["requests"]["cpu_millicores"].as_f64(),
        Some(390.0)
    );
    assert_eq!(
        corrected["requests"]["memory_bytes"].as_u64(),
        Some(9024 << 20),
        "9,000 MiB, up to the next 32"
    );
}

#[test]
fn a_split_app_is_corrected_by_the_pod() {
    let folder = tempfile::tempdir().expect("a folder");
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sample");
    assert!(
        eb2eks(&["plan", text(&sample), "--out", text(&first)])
            .status
            .success()
    );
    let before = sizing(&plan_json(&first), "hotel-prod");
    let pieces = before["replicas"]["pods_per_instance"]
        .as_u64()
        .expect("a number");
    assert!(pieces > 1, "it is larger than a node");
    let own = folder.path().join("own.toml");
    put(
        &own,
        "[calibrated.\"hotel-prod\"]\nreplicas = 7\ncpu_request = \"900m\"\nmemory_request = \"1Mi\"\n",
    );
    assert!(
        eb2eks(&[
            "plan",
            text(&sample),
            "--out",
            text(&second),
            "--policy",
            text(&own)
        ])
        .status
        .success()
    );
    let after = sizing(&plan_json(&second), "hotel-prod");
    assert_eq!(after["replicas"]["full_load"].as_u64(), Some(7));
    assert_eq!(
        after["replicas"]["pods_per_instance"].as_u64(),
        Some(pieces)
    );
    assert_eq!(after["requests"]["cpu_millicores"].as_u64(), Some(900));
    assert_eq!(
        after["requests"]["memory_bytes"], before["requests"]["memory_bytes"],
        "a test that saw less takes nothing away"
    );
}

#[test]
fn a_test_that_says_nothing_is_refused_with_a_hint() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sample");
    assert!(
        eb2eks(&["plan", text(&sample), "--out", text(&out)])
            .status
            .success()
    );
    let result = folder.path().join("summary.json");
    let refused = |content: &str, app: &str, rate: &[&str]| {
        put(&result, content);
        let arguments = [
            &[
                "calibrate",
                text(&out),
                text(&result),
                "--app",
                app,
                "--pods",
                "2",
            ],
            rate,
        ]
        .concat();
        let output = eb2eks(&arguments);
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    let one = r#"{"metrics": {"http_reqs": {"rate": 100}, "http_req_duration": {"p(95)": 20}}}"#;
    let (code, message) = refused(one, "search-prod", &["--peak-rate", "10"]);
    assert_eq!(code, Some(7), "{message}");
    assert!(message.contains("at least three loads"), "{message}");
    let (code, message) = refused("rate,p95_ms\n1,x\n", "search-prod", &["--peak-rate", "10"]);
    assert_eq!(code, Some(7), "{message}");
    assert!(
        message.contains("summary.json: line 2: \"x\" in column p95_ms"),
        "{message}"
    );
    let (code, message) = refused(
        "rate,p95_ms\n1,2\n3,9\n",
        "search-prod",
        &["--peak-rate", "-4"],
    );
    assert_eq!(code, Some(2), "{message}");
    assert!(
        refused(one, "no-such-app", &["--peak-rate", "10"])
            .1
            .contains("no environment is called")
    );
}
