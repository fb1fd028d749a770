//! `eb2eks prices refresh`: the real program, the real SDK client, real HTTP, a price list on loopback.

use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use assert_cmd::Command;
use serde_json::{Value, json};

use crate::fake_aws::{Answer, Asked, FakeAws, listed, product};
use crate::program::english;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let policy = "[collect]\nother_per_second = 1000.0\npause_seconds = 0.02\nattempts = 4\n[nodes]\ncompare_families = [\"c5\"]\ncompare_sizes = [\"2xlarge\"]\n";
        std::fs::write(folder.path().join("policy.toml"), policy).expect("a file");
        Self { folder }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("prices.csv")
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.file()).expect("a price file")
    }

    fn command(&self, url: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_eb2eks"));
        command
            .env_clear()
            .env("AWS_ENDPOINT_URL", url)
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .args(["prices", "refresh"]);
        command
            .arg(sample())
            .arg("--policy")
            .arg(self.folder.path().join("policy.toml"))
            .arg("--out")
            .arg(self.file());
        command
    }

    fn refresh(&self, aws: &FakeAws) -> Output {
        let mut command = self.command(&aws.url());
        command
            .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
            .env("AWS_SECRET_ACCESS_KEY", SECRET);
        command.output().expect("the program runs")
    }

    /// The plan with the file, and how it ended.
    fn plan(&self) -> (Value, Option<i32>) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_eb2eks"));
        command
            .env_clear()
            .arg("plan")
            .arg(sample())
            .args(["-o", "json"])
            .arg("--prices")
            .arg(self.file());
        let output = command
            .arg("--policy")
            .arg(self.folder.path().join("policy.toml"))
            .output()
            .expect("the program runs");
        (
            serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output))),
            output.status.code(),
        )
    }
}

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sample")
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

fn asks_for(asked: &Asked, what: &str) -> bool {
    String::from_utf8_lossy(&asked.body).contains(what)
}

/// What a list without faults gives.
fn undisturbed() -> String {
    let home = Home::new();
    let output = home.refresh(&FakeAws::start(|_| Answer::Well));
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    home.text()
}

#[test]
fn what_a_plan_needs_is_read_to_the_last_digit_and_the_plan_takes_it() {
    let aws = FakeAws::start(|_| Answer::Well);
    let home = Home::new();
    let output = home.refresh(&aws);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let text = home.text();
    for row in [
        "ap-northeast-1/ec2/c5.2xlarge,0.428,\"AWS Price List API, SKU EC1, since 2026-08-01, list of 2026-08-25, read on 20",
        "ap-northeast-1/ec2-one-year/c5.2xlarge,0.3077,\"AWS Price List API, SKU EC1, since 2025-01-01,",
        "ap-northeast-1/application-load-balancer-hour,0.0243,\"AWS Price List API, SKU LB1,",
        "ap-northeast-1/application-load-balancer-lcu-hour,0.008,\"AWS Price List API, SKU LB2,",
        "ap-northeast-1/volume-gp3-throughput-mibps-month,0.048,\"AWS Price List API, SKU EB3,",
        "ap-northeast-1/public-ipv4-hour,0.005,\"AWS Price List API, SKU IP1,",
        "ap-northeast-1/cloudwatch-logs-ingested-gb,0.76,\"AWS Price List API, SKU CW2,",
        "ap-northeast-1/eks-cluster-hour-extended,0.60,\"AWS Price List API, SKU EK1 + EK2,",
        "ap-northeast-1/eks-auto-mode/c5.2xlarge,0.05136,\"AWS Price List API, SKU EK3,",
    ] {
        assert_eq!(text.matches(row).count(), 1, "{row} in\n{text}");
    }
    assert!(
        text.contains("SKU CW1, since 2026-08-01, list of 2026-08-25, first of 2 steps by volume"),
        "{text}"
    );
    let keys: Vec<&str> = text.lines().filter(|line| line.contains('/')).collect();
    assert!(keys.is_sorted(), "{text}");
    // Nothing but this one call, where the list is answered; the balancers' in two pages.
    let asked = aws.asked();
    assert!(
        asked
            .iter()
            .all(|one| one.action == "pricing:GetProducts" && one.region == "us-east-1")
    );
    assert!(asked.iter().any(|one| asks_for(one, "page two")));
    assert_eq!(home.text(), undisturbed());

    let (plan, code) = home.plan();
    let lines: Vec<&Value> = plan["bills"]
        .as_array()
        .expect("bills")
        .iter()
        .flat_map(|bill| bill["lines"].as_array().expect("lines"))
        .collect();
    let source = |item: &str| {
        let line = lines
            .iter()
            .find(|line| english(&line["item"]).starts_with(item));
        english(&line.unwrap_or_else(|| panic!("no line {item}"))["source"]).to_owned()
    };
    assert!(matches!(code, Some(0 | 3)), "{code:?}");
    for item in [
        "c5.2xlarge linux node",
        "EKS control plane",
        "gp3 volume",
        "application load balancer",
        "c5.2xlarge, one-year term",
    ] {
        assert!(
            source(item).contains("AWS Price List API, SKU"),
            "{item}: {}",
            source(item)
        );
    }
    // (0.428 - 0.3077) / 0.428 = 28.1 %
    assert!(
        lines
            .iter()
            .any(|line| english(&line["basis"]).starts_with("28.1 % off"))
    );
}

#[test]
fn throttling_resets_and_cut_off_answers_change_nothing_but_the_time() {
    let expected = undisturbed();
    let faults: [fn(&Asked) -> Answer; 4] = [
        |asked| match asked.earlier % 3 {
            0 => Answer::Refuse(400, "ThrottlingException", "Rate exceeded".to_owned()),
            _ => Answer::Well,
        },
        |asked| {
            if asked.earlier == 1 {
                Answer::Reset
            } else {
                Answer::Well
            }
        },
        |asked| {
            if asked.earlier % 5 == 1 {
                Answer::Cut(700)
            } else {
                Answer::Well
            }
        },
        |asked| match asked.earlier {
            0 | 4 => Answer::Refuse(500, "InternalErrorException", "try again".to_owned()),
            _ => Answer::Well,
        },
    ];
    for (number, fault) in faults.into_iter().enumerate() {
        let home = Home::new();
        let output = home.refresh(&FakeAws::start(fault));
        assert_eq!(output.status.code(), Some(0), "{number}: {}", said(&output));
        assert_eq!(home.text(), expected, "{number}");
        assert!(
            number != 0 || !said(&output).contains(" 0 throttled"),
            "{}",
            said(&output)
        );
    }
}

#[test]
fn a_denial_ends_it_at_once_and_nothing_is_written() {
    let aws = FakeAws::start(|_| {
        let said = format!(
            "User: arn:aws:iam::123456789012:user/u is not authorized to perform: pricing:GetProducts with {SECRET}"
        );
        Answer::Refuse(400, "AccessDeniedException", said)
    });
    let home = Home::new();
    let output = home.refresh(&aws);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(
        said(&output).contains("pricing:GetProducts must be allowed")
            && !said(&output).contains("K7MDENG"),
        "{}",
        said(&output)
    );
    assert_eq!(aws.asked().len(), 1);
    assert!(!home.file().exists());
}

#[test]
fn without_credentials_nothing_leaves() {
    let aws = FakeAws::start(|_| Answer::Well);
    let home = Home::new();
    let output = home.command(&aws.url()).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(4), "{}", said(&output));
    assert!(aws.asked().is_empty() && !home.file().exists());
}

/// A c5.2xlarge whose answer is `products`; everything else is as it should be.
fn with_odd(products: Vec<Value>) -> FakeAws {
    FakeAws::start(move |asked| {
        if asks_for(asked, "\"c5.2xlarge\"") && asks_for(asked, "Linux") {
            Answer::Body(listed(&products, None))
        } else {
            Answer::Well
        }
    })
}

#[test]
fn what_the_list_does_not_have_or_says_oddly_is_named_and_the_rest_is_there() {
    let priced = |usd: &str| {
        product(
            "EC1",
            "APN1-BoxUsage:c5.2xlarge",
            "Compute Instance",
            &[("Hrs", "0", usd)],
        )
    };
    let mut hostile = priced("0.1");
    hostile["product"]["sku"] = json!("\u{1b}[2J\n# evil,1\nap-northeast-1/ec2/m5.large,0.01,");
    hostile["terms"]["OnDemand"]["O"]["priceDimensions"]["EC1.0"]["unit"] =
        json!("\u{1b}]0;x\u{7}\nHrs");
    let odd: [(Vec<Value>, &str); 7] = [
        (vec![], "no such product"),
        (
            vec![json!([]), json!({"product": 1}), json!("\u{1b}[2J")],
            "3 of the products that came cannot be read",
        ),
        (vec![priced("1e9")], "is no price"),
        (vec![priced("-0.1")], "is no price"),
        (
            vec![priced("0.1"), priced("0.2")],
            "2 products fit, and differ in price",
        ),
        (vec![hostile], "priced by"),
        (
            vec![product("EC1", "APN1-BoxUsage:c5.2xlarge", "f", &[])],
            "does not begin with one step",
        ),
    ];
    for (products, why) in odd {
        let home = Home::new();
        let output = home.refresh(&with_odd(products));
        assert_eq!(output.status.code(), Some(3), "{why}: {}", said(&output));
        let text = home.text();
        let missing = text
            .lines()
            .find(|line| line.starts_with("# missing: ap-northeast-1/ec2/c5.2xlarge: "));
        assert!(
            missing.is_some_and(|line| line.contains(why)),
            "{why}:\n{text}"
        );
        assert!(
            !text.contains("\nap-northeast-1/ec2/c5.2xlarge,")
                && text.contains("\nap-northeast-1/ec2/m5.large,0.428,"),
            "{why}:\n{text}"
        );
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{why}");
        assert!(
            said(&output).contains("missing: ap-northeast-1/ec2/c5.2xlarge"),
            "{}",
            said(&output)
        );
    }
    // The plan takes what is there, and the book has the rest.
    let home = Home::new();
    home.refresh(&with_odd(vec![]));
    let (plan, _) = home.plan();
    let lines = plan["bills"][1]["lines"].as_array().expect("lines");
    let node = lines
        .iter()
        .find(|line| english(&line["item"]) == "c5.2xlarge linux node")
        .expect("nodes");
    assert!(
        english(&node["source"]).starts_with("AWS price list of 2026-05-12"),
        "{node}"
    );
}

#[test]
fn a_list_without_an_end_is_given_up() {
    let aws = FakeAws::start(|asked| {
        match asks_for(asked, "PublicIPv4") || asks_for(asked, "AmazonVPC") {
            true => Answer::Body(listed(&[], Some("again"))),
            false => Answer::Well,
        }
    });
    let home = Home::new();
    let output = home.refresh(&aws);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(
        home.text().contains("# missing: ap-northeast-1/public-ipv4-hour: unparsable: GetProducts answered with the same NextToken twice")
    );
}

#[test]
fn what_was_read_before_a_login_ended_is_kept() {
    let aws = FakeAws::start(|asked| match asked.earlier {
        0..6 => Answer::Well,
        _ => Answer::Refuse(
            400,
            "ExpiredTokenException",
            "The security token included in the request is expired".to_owned(),
        ),
    });
    let home = Home::new();
    let output = home.refresh(&aws);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(
        home.text().contains("# missing: ") && home.text().contains("credentials expired"),
        "{}",
        home.text()
    );
    assert_eq!(aws.asked().len(), 7);
}

#[test]
fn a_file_of_somebody_else_is_not_replaced_and_an_earlier_one_is() {
    let home = Home::new();
    std::fs::write(home.file(), "key,usd\nmine,1\n").expect("a file");
    let aws = FakeAws::start(|_| Answer::Well);
    assert_eq!(home.refresh(&aws).status.code(), Some(2));
    assert!(aws.asked().is_empty() && home.text().contains("mine"));
    std::fs::write(
        home.file(),
        "# eb2eks prices refresh: of yesterday\nkey,usd\n",
    )
    .expect("a file");
    assert_eq!(home.refresh(&aws).status.code(), Some(0));
    assert_eq!(home.text(), undisturbed());
}

#[test]
fn a_dry_run_names_every_query_and_asks_none() {
    let was_asked = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&was_asked);
    let aws = FakeAws::start(move |_| {
        seen.store(true, Ordering::SeqCst);
        Answer::Well
    });
    let home = Home::new();
    let output = home
        .command(&aws.url())
        .arg("--dry-run")
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    for part in [
        "pricing:GetProducts",
        "instanceType=c5.2xlarge",
        "usagetype~AmazonEKS-Hours:",
        "for ap-northeast-1/public-ipv4-hour",
    ] {
        assert!(said(&output).contains(part), "{part} in {}", said(&output));
    }
    assert!(!was_asked.load(Ordering::SeqCst) && !home.file().exists());
}

#[test]
fn the_list_is_asked_only_where_it_answers() {
    let home = Home::new();
    let output = home
        .command("http://127.0.0.1:9")
        .args(["--region", "ap-northeast-1"])
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("us-east-1, eu-central-1, ap-south-1"),
        "{}",
        said(&output)
    );
}
