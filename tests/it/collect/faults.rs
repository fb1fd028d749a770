//! An account that throttles, denies, cuts off, hides and forgets.

use eb2eks::snapshot::Manifest;

use super::{Home, files, said};
use crate::fake_aws::{Answer, Asked, Estate, FakeAws, Limits, Setup};

fn setup() -> Setup {
    Setup {
        page: 4,
        ..Setup::new(8, 1)
    }
}

fn aws(script: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> FakeAws {
    FakeAws::of(Estate::new(setup()), Limits::none(), script)
}

/// What an account without faults gives.
fn undisturbed() -> Vec<Vec<u8>> {
    let home = Home::new(1);
    let output = home.collect(&aws(|_| Answer::Well).url(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    files(&home.out())
}

type Script = fn(&Asked) -> Answer;

/// A number that depends on nothing but the call and how often it was made before.
fn chance(asked: &Asked, of: usize) -> bool {
    let seed = asked.body.iter().fold(
        (asked.earlier as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15),
        |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3),
    );
    (seed >> 33) % 100 < of as u64
}

fn gaps(manifest: &Manifest) -> Vec<String> {
    manifest
        .scopes
        .iter()
        .flat_map(|scope| &scope.gaps)
        .map(|gap| format!("{}: {}", gap.what, gap.why))
        .collect()
}

#[test]
fn throttling_resets_and_cut_off_answers_change_nothing_but_the_time() {
    let expected = undisturbed();
    let faults: [(&str, Script); 5] = [
        (
            "a third of Beanstalk's calls is throttled",
            |asked| match asked.action.starts_with("elasticbeanstalk:") && chance(asked, 30) {
                true => Answer::Refuse(400, "Throttling", "Rate exceeded".to_owned()),
                false => Answer::Well,
            },
        ),
        (
            "a tenth of all answers is cut off with a length that fits",
            |asked| match chance(asked, 10) {
                true => Answer::Cut(500),
                false => Answer::Well,
            },
        ),
        (
            "a tenth of all connections is closed",
            |asked| match chance(asked, 10) {
                true => Answer::Reset,
                false => Answer::Well,
            },
        ),
        ("every service fails once", |asked| match asked.earlier {
            0 => Answer::Refuse(503, "ServiceUnavailable", "try again".to_owned()),
            _ => Answer::Well,
        }),
        ("absurd advice on when to come back", |asked| {
            match chance(asked, 5) {
                true => Answer::RefuseWith(
                    400,
                    "Throttling",
                    "Rate exceeded".to_owned(),
                    "x-amz-retry-after: 3600000",
                ),
                false => Answer::Well,
            }
        }),
    ];
    for (what, script) in faults {
        let home = Home::new(1);
        let output = home.collect(&aws(script).url(), &[]);
        assert_eq!(output.status.code(), Some(0), "{what}: {}", said(&output));
        assert!(files(&home.out()) == expected, "{what}");
    }
}

#[test]
fn what_is_denied_is_a_gap_with_a_name_and_the_rest_is_there() {
    for (action, code, what) in [
        (
            "cloudwatch:GetMetricData",
            "AccessDeniedException",
            "history",
        ),
        (
            "elasticbeanstalk:DescribeConfigurationSettings",
            "AccessDenied",
            "settings of ",
        ),
        (
            "elasticbeanstalk:ListTagsForResource",
            "AccessDenied",
            "tags of ",
        ),
        ("ec2:DescribeSubnets", "UnauthorizedOperation", "subnets"),
        (
            "autoscaling:DescribeScalingActivities",
            "AccessDenied",
            "scaling activities of ",
        ),
        ("sts:GetCallerIdentity", "AccessDenied", "identity"),
    ] {
        let aws = aws(move |asked| match asked.action == action {
            true => Answer::Refuse(403, code, "not authorized".to_owned()),
            false => Answer::Well,
        });
        let home = Home::new(1);
        let output = home.collect(&aws.url(), &[]);
        assert_eq!(output.status.code(), Some(3), "{action}: {}", said(&output));
        let gaps = gaps(&home.manifest());
        assert!(
            gaps.iter()
                .any(|gap| gap.starts_with(what) && gap.contains("denied")),
            "{action}: {gaps:?}"
        );
        assert_eq!(home.inventory().environments.len(), 8);
        // Even where nobody says whose account it is, the environments' names do.
        assert!(
            home.inventory()
                .environments
                .iter()
                .all(|one| one.account == "111122223333")
        );
        // And whoever answers says what time it is, for this run and for those that go on.
        assert_eq!(
            home.manifest().collected_at.to_string(),
            "2026-11-15T00:00:00Z",
            "{action}"
        );
        let begun =
            std::fs::read_to_string(home.partial().join("run.json")).expect("what was asked");
        assert!(begun.contains("2026-11-15T00:00:00Z"), "{action}: {begun}");
    }
}

#[test]
fn a_call_that_is_throttled_for_ever_leaves_the_others_and_can_be_repeated() {
    let recovered = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let now = std::sync::Arc::clone(&recovered);
    let aws = aws(move |asked| {
        let is_one = asked.action == "elasticbeanstalk:ListTagsForResource"
            && String::from_utf8_lossy(&asked.body).contains("search-stg");
        match is_one && !now.load(std::sync::atomic::Ordering::SeqCst) {
            true => Answer::Refuse(400, "Throttling", "Rate exceeded".to_owned()),
            false => Answer::Well,
        }
    });
    let home = Home::new(1);
    let policy = home.folder.path().join("policy.toml");
    let text = std::fs::read_to_string(&policy).expect("a policy");
    std::fs::write(&policy, format!("{text}attempts = 2\n")).expect("a policy");
    let output = home.collect(&aws.url(), &[]);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(
        gaps(&home.manifest())
            .iter()
            .any(|gap| gap.contains("search-stg") && gap.contains("throttled out"))
    );
    assert!(home.partial().exists() && said(&output).contains("asks only for what is missing"));

    recovered.store(true, std::sync::atomic::Ordering::SeqCst);
    let before = aws.asked().len();
    let output = home.collect(&aws.url(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(files(&home.out()), undisturbed());
    assert!(!home.partial().exists());
    let again: Vec<String> = aws
        .asked()
        .into_iter()
        .skip(before)
        .map(|asked| asked.action)
        .collect();
    assert!(
        again.iter().all(|action| {
            [
                "elasticbeanstalk:ListTagsForResource",
                "cloudwatch:GetMetricData",
                "sts:GetCallerIdentity",
            ]
            .contains(&action.as_str())
        }),
        "{again:?}"
    );
}

#[test]
fn environments_that_beanstalk_hides_are_named_by_their_tags() {
    let hidden = Estate::new(setup()).environments[2].name.clone();
    let aws = FakeAws::of(
        Estate::new(Setup {
            hidden: vec![hidden.clone()],
            ..setup()
        }),
        Limits::none(),
        |_| Answer::Well,
    );
    let home = Home::new(1);
    let output = home.collect(&aws.url(), &["--expect-environments", "8"]);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    let inventory = home.inventory();
    assert_eq!(inventory.environments.len(), 7);
    assert_eq!(
        inventory
            .invisible_environments
            .iter()
            .map(|one| one.name.as_str())
            .collect::<Vec<_>>(),
        [hidden.as_str()]
    );
    let gaps = gaps(&home.manifest());
    assert!(
        gaps.iter()
            .any(|gap| gap.contains(&hidden) && gap.contains("invisible")),
        "{gaps:?}"
    );
    assert!(
        gaps.iter().any(|gap| gap.starts_with("1 environments")),
        "{gaps:?}"
    );
}

#[test]
fn a_draft_is_noted_and_the_settings_in_force_are_taken() {
    let aws = FakeAws::of(
        Estate::new(Setup {
            drafts: true,
            ..setup()
        }),
        Limits::none(),
        |_| Answer::Well,
    );
    let home = Home::new(1);
    assert_eq!(home.collect(&aws.url(), &[]).status.code(), Some(0));
    for one in home.inventory().environments {
        assert!(one.draft_settings);
        assert!(
            one.option_settings
                .iter()
                .all(|option| option.value.as_deref() != Some("99"))
        );
    }
}

#[test]
fn an_environment_that_ends_while_it_is_read_is_no_gap_and_no_environment() {
    let gone = Estate::new(setup()).environments[1].id.clone();
    let aws = aws(move |asked| {
        match asked.action == "elasticbeanstalk:DescribeEnvironmentResources"
            && String::from_utf8_lossy(&asked.body).contains(&gone)
        {
            true => Answer::Refuse(
                400,
                "InvalidParameterValue",
                format!("No Environment found for EnvironmentId = '{gone}'."),
            ),
            false => Answer::Well,
        }
    });
    let home = Home::new(1);
    let output = home.collect(&aws.url(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(
        home.inventory()
            .environments
            .iter()
            .filter(|one| !one.is_terminated())
            .count(),
        7
    );
}

#[test]
fn one_region_that_is_denied_does_not_stop_the_other_and_is_named() {
    let aws = aws(|asked| match asked.region.as_str() {
        "eu-central-1" => Answer::Refuse(403, "AccessDenied", "not in this region".to_owned()),
        _ => Answer::Well,
    });
    let home = Home::new(1);
    let output = home.collect(
        &aws.url(),
        &["--region", "ap-northeast-1", "--region", "eu-central-1"],
    );
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    let scopes: Vec<(String, String)> = home
        .manifest()
        .scopes
        .into_iter()
        .map(|scope| (scope.region, scope.status))
        .collect();
    let expected = [("ap-northeast-1", "complete"), ("eu-central-1", "denied")]
        .map(|(region, status)| (region.to_owned(), status.to_owned()));
    assert!(
        expected.iter().all(|one| scopes.contains(one)),
        "{scopes:?}"
    );
    assert_eq!(home.inventory().environments.len(), 8);
}

#[test]
fn a_token_that_comes_twice_is_a_fault_and_no_endless_loop() {
    let page = crate::fake_aws::beanstalk(
        "DescribeEnvironments",
        "<Environments/><NextToken>again</NextToken>",
    );
    let aws = aws(move |asked| match asked.action.as_str() {
        "elasticbeanstalk:DescribeEnvironments" => Answer::Body(page.clone().into_bytes()),
        _ => Answer::Well,
    });
    let output = Home::new(1).collect(&aws.url(), &[]);
    assert!(
        said(&output).contains("same NextToken twice"),
        "{}",
        said(&output)
    );
    assert_eq!(output.status.code(), Some(3));
}

#[test]
fn nothing_to_connect_to_is_said_and_nothing_is_written() {
    let home = Home::new(1);
    let policy = home.folder.path().join("policy.toml");
    let text = std::fs::read_to_string(&policy).expect("a policy");
    std::fs::write(&policy, format!("{text}attempts = 1\n")).expect("a policy");
    let output = home.collect("http://127.0.0.1:9", &[]);
    assert_eq!(output.status.code(), Some(5), "{}", said(&output));
    assert!(!home.out().exists());
}

#[test]
fn the_estimate_comes_before_anything_is_collected() {
    let aws = aws(|_| Answer::Well);
    let home = Home::new(1);
    let output = home.collect(&aws.url(), &["--dry-run"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let text = said(&output);
    assert!(
        text.contains("8 environments")
            && text.contains("cloudwatch:GetMetricData")
            && text.contains("US cents"),
        "{text}"
    );
    assert!(aws.counts().keys().all(|action| {
        [
            "elasticbeanstalk:DescribeEnvironments",
            "autoscaling:DescribeAutoScalingGroups",
        ]
        .contains(&action.as_str())
    }));
    assert!(!home.out().exists() && !home.partial().exists());
}

#[test]
fn one_role_that_cannot_be_assumed_leaves_the_other_accounts() {
    let aws = aws(
        |asked| match (asked.action.as_str(), String::from_utf8_lossy(&asked.body)) {
            ("sts:AssumeRole", body) if body.contains("444455556666") => {
                Answer::Refuse(403, "AccessDenied", "not authorized to assume".to_owned())
            }
            _ => Answer::Well,
        },
    );
    let home = Home::new(1);
    let roles = ["111122223333", "444455556666"]
        .map(|account| format!("arn:aws:iam::{account}:role/reader"));
    let output = home.collect(&aws.url(), &["--role", &roles[0], "--role", &roles[1]]);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    let manifest = home.manifest();
    assert_eq!(manifest.scopes.len(), 2);
    assert!(
        manifest
            .scopes
            .iter()
            .any(|scope| scope.account == "111122223333" && scope.is_complete())
    );
    assert!(said(&output).contains(&roles[1]), "{}", said(&output));
    assert_eq!(home.inventory().environments.len(), 8);
}

#[test]
fn the_history_ends_by_the_services_clock_and_a_wrong_one_is_told() {
    let aws = aws(|_| Answer::Well);
    let home = Home::new(1);
    let output = home.collect(&aws.url(), &[]);
    assert!(
        said(&output).contains("seconds off by AWS's"),
        "{}",
        said(&output)
    );
    assert_eq!(
        home.manifest().collected_at.to_string(),
        "2026-11-15T00:00:00Z"
    );
}

#[test]
fn the_year_and_the_minutes_are_a_choice() {
    let aws = aws(|_| Answer::Well);
    let home = Home::new(1);
    let policy = home.folder.path().join("policy.toml");
    let text = std::fs::read_to_string(&policy)
        .expect("a policy")
        .replace("hourly_days = 2", "hourly_days = 0");
    std::fs::write(&policy, text).expect("a policy");
    assert_eq!(home.collect(&aws.url(), &[]).status.code(), Some(0));
    let history = eb2eks::snapshot::Snapshot::read(&home.out())
        .expect("a snapshot")
        .history;
    let all = history
        .summarise(|_, series| series, &|_| {})
        .expect("a history");
    assert!(all.values().flatten().all(|one| one.period_seconds == 300));
}

#[test]
fn two_runs_into_one_folder_do_not_meet_and_other_options_are_another_run() {
    let aws = aws(|asked| match asked.action.as_str() {
        "cloudwatch:GetMetricData" => Answer::Silence,
        _ => Answer::Well,
    });
    let home = Home::new(1);
    let template = home.command(&aws.url(), &[]);
    let mut running = std::process::Command::new(env!("CARGO_BIN_EXE_eb2eks"));
    running
        .args(template.get_args())
        .env_clear()
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null());
    running.envs(
        template
            .get_envs()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    let mut running = running.spawn().expect("the program starts");
    while !aws.counts().contains_key("cloudwatch:GetMetricData") {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let output = home.collect(&aws.url(), &[]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("another eb2eks is collecting"));
    running.kill().expect("it can be killed");
    running.wait().expect("it ends");
    let output = home.collect(&aws.url(), &["--include", "name=x"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("asked with other options"));
}

#[test]
fn without_usable_credentials_nothing_is_left_behind() {
    let aws = aws(|_| {
        Answer::Refuse(
            403,
            "InvalidClientTokenId",
            "The security token included in the request is invalid.".to_owned(),
        )
    });
    let home = Home::new(1);
    let output = home.collect(&aws.url(), &[]);
    assert_eq!(output.status.code(), Some(4), "{}", said(&output));
    assert!(said(&output).contains("aws sso login"));
    assert_eq!(aws.asked().len(), 1, "one refusal of the key is enough");
    assert!(!home.out().exists() && !home.partial().exists());
}

#[test]
fn an_account_that_shows_nothing_is_no_snapshot() {
    let hidden = Estate::new(setup())
        .environments
        .iter()
        .map(|one| one.name.clone())
        .collect();
    let aws = FakeAws::of(
        Estate::new(Setup { hidden, ..setup() }),
        Limits::none(),
        |_| Answer::Well,
    );
    let home = Home::new(1);
    let output = home.collect(&aws.url(), &[]);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(said(&output).contains("no environment was seen") && said(&output).contains("doctor"));
    assert!(!home.out().exists() && !home.partial().exists());
}

/// An account where `action` is denied until it is allowed.
fn denied_until_allowed(
    action: &'static str,
) -> (FakeAws, std::sync::Arc<std::sync::atomic::AtomicBool>) {
    let allowed = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let now = std::sync::Arc::clone(&allowed);
    let aws = aws(move |asked| {
        match asked.action == action && !now.load(std::sync::atomic::Ordering::SeqCst) {
            true => Answer::Refuse(403, "UnauthorizedOperation", "not authorized".to_owned()),
            false => Answer::Well,
        }
    });
    (aws, allowed)
}

#[test]
fn what_a_denied_listing_would_have_led_to_is_asked_for_when_it_is_allowed() {
    let expected = undisturbed();
    for (action, leads_to) in [
        ("ec2:DescribeInstances", "volumes"),
        ("ec2:DescribeInstanceTypes", "instance types"),
    ] {
        let (aws, allowed) = denied_until_allowed(action);
        let home = Home::new(1);
        let output = home.collect(&aws.url(), &[]);
        assert_eq!(output.status.code(), Some(3), "{}", said(&output));
        let gaps = gaps(&home.manifest());
        assert!(
            gaps.iter()
                .any(|gap| gap.starts_with(leads_to) && gap.contains("denied")),
            "{action}: {gaps:?}"
        );
        assert_eq!(
            aws.counts()[action],
            1,
            "a permission is not missing less for being asked about one by one"
        );
        allowed.store(true, std::sync::atomic::Ordering::SeqCst);
        let output = home.collect(&aws.url(), &[]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert!(files(&home.out()) == expected, "{action}");
    }
}

#[test]
fn another_accounts_credentials_do_not_continue() {
    let (first, _) = denied_until_allowed("ec2:DescribeVpcs");
    let home = Home::new(1);
    assert_eq!(home.collect(&first.url(), &[]).status.code(), Some(3));
    let before = files(&home.out());
    let other = crate::fake_aws::beanstalk("GetCallerIdentity", "<Account>999988887777</Account>");
    let second = aws(move |asked| match asked.action.as_str() {
        "sts:GetCallerIdentity" => Answer::Body(other.clone().into_bytes()),
        _ => Answer::Well,
    });
    let output = home.collect(&second.url(), &[]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(
        said(&output).contains("999988887777") && said(&output).contains("111122223333"),
        "{}",
        said(&output)
    );
    assert_eq!(second.asked().len(), 1);
    assert!(files(&home.out()) == before && home.partial().exists());
}

#[test]
fn somebody_elses_folder_is_not_replaced_when_a_run_goes_on() {
    let (aws, _) = denied_until_allowed("ec2:DescribeVpcs");
    let home = Home::new(1);
    assert_eq!(home.collect(&aws.url(), &[]).status.code(), Some(3));
    std::fs::remove_dir_all(home.out()).expect("removed");
    let mut sample = assert_cmd::Command::new(env!("CARGO_BIN_EXE_eb2eks"));
    assert!(
        sample
            .arg("sample")
            .arg("--out")
            .arg(home.out())
            .output()
            .expect("the program runs")
            .status
            .success()
    );
    let before = files(&home.out());
    let output = home.collect(&aws.url(), &[]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(files(&home.out()) == before);
}

#[test]
fn however_many_calls_are_throttled_each_has_its_attempts() {
    let setup = Setup {
        page: 50,
        ..Setup::new(18, 1)
    };
    let aws = FakeAws::of(Estate::new(setup), Limits::none(), |asked| {
        match asked.action.as_str() {
            "elasticbeanstalk:ListTagsForResource" => {
                Answer::Refuse(400, "Throttling", "Rate exceeded".to_owned())
            }
            _ => Answer::Well,
        }
    });
    let output = Home::new(1).collect(&aws.url(), &[]);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert_eq!(
        aws.counts()["elasticbeanstalk:ListTagsForResource"],
        18 * 10
    );
}

#[test]
fn an_environment_that_is_ending_is_neither_collected_nor_invisible() {
    let mut estate = Estate::new(setup());
    "Terminating".clone_into(&mut estate.environments[2].status);
    let name = estate.environments[2].name.clone();
    let aws = FakeAws::of(estate, Limits::none(), |_| Answer::Well);
    let home = Home::new(1);
    let output = home.collect(&aws.url(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(
        home.inventory().environments.len() == 7
            && home
                .inventory()
                .environments
                .iter()
                .all(|one| one.name != name)
    );
}

#[test]
fn the_whole_window_that_a_policy_may_ask_for_is_answered() {
    let aws = FakeAws::of(Estate::new(Setup::new(2, 1)), Limits::none(), |_| {
        Answer::Well
    });
    let home = Home::new(63);
    assert_eq!(home.collect(&aws.url(), &[]).status.code(), Some(0));
    let coverage = home.manifest().scopes[0]
        .coverage
        .clone()
        .expect("a coverage");
    let history = eb2eks::snapshot::Snapshot::read(&home.out())
        .expect("a snapshot")
        .history;
    let all = history
        .summarise(|_, series| series, &|_| {})
        .expect("a history");
    let came = all
        .values()
        .flatten()
        .filter(|one| one.period_seconds == 300 && one.present().count() > 0)
        .count();
    assert!(came > 4, "{coverage:?}");
}

#[test]
fn a_filter_that_leaves_nothing_or_fits_nothing_is_named() {
    let aws = aws(|_| Answer::Well);
    let home = Home::new(1);
    let output = home.collect(&aws.url(), &["--include", "name=typo"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(
        said(&output).contains("leave out all 8 environments")
            && said(&output).contains("name=typo matched no environment")
    );
    assert!(!home.partial().exists());
}
