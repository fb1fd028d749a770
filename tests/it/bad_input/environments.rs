//! Environments that cannot be planned: the plan goes on without them, keeps their cost and says why.

use serde_json::{Value, json};

use super::{lines, noted, planned};
use crate::fleet::Fleet;
use crate::program::{Desk, english};

/// The plan of two environments, of which the first (`search-prod`) was spoilt.
#[track_caller]
fn plan_with(code: i32, spoil: impl FnOnce(&mut Value)) -> (Value, String) {
    let fleet = Fleet::of(2);
    fleet.edit_environments(|environments| spoil(&mut environments[0]));
    let desk = Desk::new();
    let ending = desk.plan(fleet.path(), &[]);
    ending.assert_planned(code);
    let plan = desk.plan_json();
    let coverage = &plan["coverage"];
    let sum: u64 = ["planned", "excluded", "unknown"]
        .iter()
        .map(|class| coverage[class].as_u64().expect("a count"))
        .sum();
    assert_eq!(coverage["seen"], json!(sum));
    (plan, ending.stdout)
}

#[test]
fn an_instance_type_that_nobody_knows() {
    let (plan, summary) = plan_with(3, |environment| {
        environment["instances"]
            .as_array_mut()
            .expect("a list")
            .iter_mut()
            .for_each(|instance| instance["type"] = json!("z9.huge"));
    });
    let outcome = &planned(&plan, "search-prod")["outcome"];
    assert_eq!(outcome["status"], "unknown");
    assert!(
        english(&outcome["reason"]).contains("\"z9.huge\""),
        "{outcome}"
    );
    assert_eq!(noted(&plan, "unknown"), ["search-prod"]);
    // Unpriced on both sides: it costs what it costs, wherever it is.
    for bill in ["today", "after"] {
        let machines: Vec<_> = lines(&plan, bill, "search-prod")
            .into_iter()
            .filter(|line| line["category"] == "machines")
            .collect();
        assert!(
            machines.len() == 1
                && machines[0]["amount"].is_null()
                && machines[0]["unit_price"].is_null(),
            "{machines:?}"
        );
        assert!(
            english(&machines[0]["source"]).contains("ap-northeast-1/ec2/z9.huge"),
            "{machines:?}"
        );
    }
    assert_eq!(plan["saving"]["bound"], "unknown");
    assert!(
        summary.contains("1 unknown") && summary.contains("without a price"),
        "{summary}"
    );
}

#[test]
fn an_environment_without_instances_is_left_out() {
    let (plan, _) = plan_with(0, |environment| {
        environment["instances"] = json!([]);
        environment["auto_scaling_group"] =
            json!({"name": "group", "min": 0, "max": 4, "desired": 0});
    });
    let outcome = &planned(&plan, "search-prod")["outcome"];
    assert_eq!(
        (outcome["status"].as_str(), english(&outcome["reason"])),
        (Some("excluded"), "it runs no instance today")
    );
    let categories: Vec<_> = lines(&plan, "today", "search-prod")
        .into_iter()
        .map(|line| line["category"].clone())
        .collect();
    assert_eq!(
        categories,
        [json!("load_balancers"), json!("addresses")],
        "its balancer and its addresses cost, what is not there does not"
    );
}

#[test]
fn an_environment_whose_instances_were_away_is_unknown() {
    let (plan, _) = plan_with(3, |environment| environment["instances"] = json!([]));
    let outcome = &planned(&plan, "search-prod")["outcome"];
    assert_eq!(outcome["status"], "unknown");
    assert!(
        english(&outcome["reason"]).contains("though its group wants"),
        "{outcome}"
    );
}

#[test]
fn an_instance_in_two_environments_is_refused() {
    let fleet = Fleet::of(2);
    fleet.edit_environments(|environments| {
        let stolen = environments[0]["instances"][0].clone();
        environments[1]["instances"]
            .as_array_mut()
            .expect("a list")
            .push(stolen);
    });
    let desk = Desk::new();
    desk.plan(fleet.path(), &[])
        .assert_refused(7, &["instance \"i-", "stands in inventory.json 2 times"]);
    desk.assert_empty();
}

#[test]
fn an_environment_that_runs_on_eks_already_stays() {
    let (plan, _) = plan_with(0, |environment| environment["tier"] = json!("Cluster"));
    let outcome = &planned(&plan, "search-prod")["outcome"];
    assert_eq!(outcome["status"], "excluded");
    assert!(
        english(&outcome["reason"]).contains("Cluster tier"),
        "{outcome}"
    );
    let staying = lines(&plan, "after", "search-prod");
    assert!(
        !staying.is_empty()
            && staying
                .iter()
                .all(|line| english(&line["item"]).starts_with("stays on Beanstalk"))
    );
}

#[test]
fn an_environment_in_another_region_stays_there() {
    let fleet = Fleet::of(3);
    fleet.edit_environments(|environments| environments[0]["region"] = json!("us-east-1"));
    let desk = Desk::new();
    desk.plan(fleet.path(), &[]).assert_planned(0);
    let plan = desk.plan_json();
    let outcome = &planned(&plan, "search-prod")["outcome"];
    assert_eq!(outcome["status"], "excluded");
    let reason = english(&outcome["reason"]);
    assert!(
        reason.contains("us-east-1") && reason.contains("ap-northeast-1"),
        "{outcome}"
    );
    assert_eq!(plan["coverage"]["planned"], json!(2));
}

#[test]
fn an_environment_without_history_is_unknown() {
    let (plan, _) = plan_with(3, |environment| environment["id"] = json!("e-nohistory"));
    let outcome = &planned(&plan, "search-prod")["outcome"];
    assert_eq!(outcome["status"], "unknown");
    assert!(
        english(&outcome["reason"]).contains("never reported (0 of"),
        "{outcome}"
    );
}

#[test]
fn a_volume_larger_than_any_is_refused() {
    let fleet = Fleet::of(1);
    fleet.edit_environments(|environments| environments[0]["root_volume_gib"] = json!(u32::MAX));
    let desk = Desk::new();
    desk.plan(fleet.path(), &[]).assert_refused(
        7,
        &[
            "root volume of environment \"search-prod\"",
            "4294967295 GiB",
        ],
    );
    desk.assert_empty();
}

/// Sums beyond any money are refused by the check and crash nothing. Each amount is the largest that the policy takes,
/// $100,000,000; a hundred of them are $10,000,000,000, and money ends at $9,223,372,036.85.
#[test]
fn a_fleet_that_costs_more_than_money_can_count_is_refused() {
    let (fleet, desk) = (Fleet::of(30), Desk::new());
    let policy: String = (0..100)
        .map(|number| {
            format!(
                "[[prices.extra]]\nname = \"extra-{number}\"\ntoday_usd_month = \"100000000\"\nafter_usd_month = \"100000000\"\n"
            )
        })
        .collect();
    desk.plan_by(&policy, fleet.path()).assert_refused(
        6,
        &[
            "of \"today\" is ",
            "of \"after\" is ",
            "its lines sum to 10",
            "nothing was written",
        ],
    );
    desk.assert_empty();
}

#[test]
fn a_price_beyond_all_others_is_refused_before_anything_is_made_of_it() {
    let (fleet, desk) = (Fleet::of(1), Desk::new());
    let policy = |price: &str| {
        format!("[prices.overrides]\n\"ap-northeast-1/volume-gp3-gb-month\" = \"{price}\"\n")
    };
    for price in ["100000000", "1000.01"] {
        desk.plan_by(&policy(price), fleet.path()).assert_refused(
            2,
            &[
                "own.toml:1: ",
                "prices.overrides",
                "ap-northeast-1/volume-gp3-gb-month",
                "more than 1000.00 is taken for a slip of the pen",
            ],
        );
        desk.assert_empty();
    }
    desk.plan_by(&policy("1000"), fleet.path())
        .assert_planned(0);
}

#[test]
fn an_ill_environment_a_platform_of_ones_own_and_an_image_without_peers_are_told() {
    let fleet = Fleet::of(4);
    fleet.edit_environments(|environments| {
        environments[0]["health"] = json!("Severe");
        environments[1]["health"] = json!("Suspended");
        environments[2]["platform"] =
            json!("arn:aws:elasticbeanstalk:ap-northeast-1:111122223333:platform/ours/1.0.7");
        for (place, image) in [(0, "ami-1"), (2, "ami-2")] {
            let settings = environments[place]["option_settings"].as_array_mut().expect("a list");
            settings.push(json!({
                "namespace": "aws:autoscaling:launchconfiguration", "name": "ImageId", "value": image
            }));
        }
    });
    let desk = Desk::new();
    desk.plan(fleet.path(), &[]);
    let plan = desk.plan_json();
    let name = |place: usize| {
        let inventory: Value =
            serde_json::from_slice(&fleet.bytes("inventory.json")).expect("JSON");
        inventory["environments"][place]["name"]
            .as_str()
            .expect("a name")
            .to_owned()
    };
    assert_eq!(super::noted(&plan, "unwell").len(), 2);
    assert!(super::noted(&plan, "image-unknown").contains(&name(2).as_str()));
    let environments = plan["environments"].as_array().expect("a list");
    let own = environments
        .iter()
        .find(|one| one["name"] == json!(name(2)))
        .expect("it is there");
    assert!(own.to_string().contains("own-platform"), "{own}");
}

#[test]
fn more_instances_than_beanstalk_allows_are_refused_before_anything_is_made_of_them() {
    let fleet = Fleet::of(1);
    fleet.edit_environments(|environments| {
        environments[0]["auto_scaling_group"]["desired"] = json!(100_000);
    });
    let desk = Desk::new();
    desk.plan(fleet.path(), &[])
        .assert_refused(7, &["search-prod", "100000 instances", "10000"]);
}
