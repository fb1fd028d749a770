//! Today's bill, environment by environment. Prices of Tokyo: t3.medium 0.0544, t3.small 0.0272,
//! m5.large 0.124 an hour; gp3 0.096, gp2 0.12 a GB-month; an application load balancer 0.0243 an hour.

use jiff::Timestamp;

use super::{
    Category, balancer, environment, of_category, option, rows, shared, today, today_under, usd,
};
use crate::snapshot::{Environment, Instance};

#[test]
fn an_ordinary_load_balanced_environment() {
    // 2 x 730 h x 0.0544 = 79.424; 2 x 20 GB x 0.096 = 3.84; 730 h x 0.0243 = 17.739. Rounded, then summed.
    let shop = Environment {
        load_balancers: vec![balancer("application", "awseb-shop")],
        ..environment("shop", &[("t3.medium", 2)])
    };
    let bill = today(&[shop]);
    assert_eq!(
        rows(&bill),
        [
            "shop: 730 hour of application load balancer = 17.74",
            "shop: 40 GB-month of gp3 root volume = 3.84",
            "shop: 1460 instance-hour of t3.medium linux = 79.42",
        ]
    );
    assert_eq!(
        (bill.total, bill.unpriced_lines, bill.currency.as_str()),
        (usd("101.00"), 0, "USD")
    );
}

#[test]
fn a_single_instance_has_no_balancer_to_pay_for() {
    // 730 x 0.0272 = 19.856; 20 x 0.096 = 1.92.
    let bill = today(&[environment("wiki", &[("t3.small", 1)])]);
    assert_eq!(
        rows(&bill),
        [
            "wiki: 20 GB-month of gp3 root volume = 1.92",
            "wiki: 730 instance-hour of t3.small linux = 19.86"
        ]
    );
    assert_eq!(bill.total, usd("21.78"));
}

#[test]
fn a_worker_is_its_instances_and_volumes() {
    // 3 x 730 x 0.124 = 271.56; 3 x 20 x 0.096 = 5.76. Its queue is in neither bill.
    let mut batch = environment("batch", &[("m5.large", 3)]);
    "Worker".clone_into(&mut batch.tier);
    batch.queues = vec!["awseb-batch-queue".to_owned()];
    assert_eq!(today(&[batch]).total, usd("277.32"));
}

#[test]
fn windows_pays_its_licence_by_the_vcpu() {
    // m5.large: 0.124 + 2 vCPUs x 0.046 = 0.216; 2 x 730 x 0.216 = 315.36. The image asks for 30 GiB:
    // 2 x 30 x 0.096 = 5.76.
    let mut iis = environment("iis", &[("m5.large", 2)]);
    "64bit Windows Server 2022 v2.15.0 running IIS 10.0".clone_into(&mut iis.platform);
    iis.root_volume_gib = None;
    let bill = today(&[iis]);
    assert_eq!(
        rows(&bill),
        [
            "iis: 60 GB-month of gp3 root volume = 5.76",
            "iis: 1460 instance-hour of m5.large windows = 315.36"
        ]
    );
    let [machines] = of_category(&bill, Category::Machines)[..] else {
        panic!("one line of machines")
    };
    assert!(
        machines
            .source
            .to_string()
            .contains("licence: $0.046 for each vCPU"),
        "{}",
        machines.source
    );
    assert!(
        bill.lines[0]
            .source
            .to_string()
            .contains("size assumed: the platform's default of 30 GiB"),
        "{}",
        bill.lines[0].source
    );
}

#[test]
fn each_type_of_a_mixed_environment_is_a_line_of_its_own() {
    // 2 x 730 x 0.0544 = 79.424 and 730 x 0.124 = 90.52; three volumes: 60 x 0.096 = 5.76.
    let bill = today(&[environment("mixed", &[("t3.medium", 2), ("m5.large", 1)])]);
    assert_eq!(
        rows(&bill),
        [
            "mixed: 60 GB-month of gp3 root volume = 5.76",
            "mixed: 730 instance-hour of m5.large linux = 90.52",
            "mixed: 1460 instance-hour of t3.medium linux = 79.42",
        ]
    );
    assert_eq!(bill.total, usd("175.70"));
}

#[test]
fn a_shared_balancer_is_billed_once_under_its_own_name() {
    let sharer = |name: &str| Environment {
        load_balancers: vec![shared("web")],
        ..environment(name, &[("t3.small", 1)])
    };
    let bill = today(&[sharer("a"), sharer("b"), sharer("c")]);
    // Three times 21.78, and 17.74 once.
    assert_eq!(bill.total, usd("83.08"));
    let [line] = of_category(&bill, Category::LoadBalancers)[..] else {
        panic!("one load balancer")
    };
    assert_eq!(
        (line.subject.to_string().as_str(), line.amount),
        ("shared: web", Some(usd("17.74")))
    );
}

#[test]
fn a_balancer_that_stands_in_two_environments_is_billed_once_even_if_nothing_calls_it_shared() {
    let sharer = |name: &str, balancer| Environment {
        load_balancers: vec![balancer],
        ..environment(name, &[])
    };
    let unmarked = [
        sharer("a", balancer("application", "web")),
        sharer("b", balancer("application", "web")),
    ];
    assert_eq!(
        rows(&today(&unmarked)),
        ["shared: web: 730 hour of application load balancer = 17.74"]
    );
    let half_marked = [
        sharer("a", balancer("application", "web")),
        sharer("b", shared("web")),
    ];
    assert_eq!(
        rows(&today(&half_marked)),
        ["shared: web: 730 hour of application load balancer = 17.74"]
    );
}

#[test]
fn balancers_of_one_name_in_two_regions_are_two() {
    let mut elsewhere = Environment {
        load_balancers: vec![shared("web")],
        ..environment("b", &[])
    };
    "us-east-1".clone_into(&mut elsewhere.region);
    let here = Environment {
        load_balancers: vec![shared("web")],
        ..environment("a", &[])
    };
    // 730 x 0.0243 = 17.739 and 730 x 0.0225 = 16.425, half a cent up.
    assert_eq!(today(&[here, elsewhere]).total, usd("34.17"));
}

#[test]
fn a_balancer_whose_price_nobody_knows_makes_the_total_a_lower_bound() {
    let old = Environment {
        region: "ap-south-1".to_owned(),
        load_balancers: vec![balancer("classic", "old-1"), balancer("classic", "old-2")],
        ..environment("old", &[])
    };
    let other = environment("other", &[("t3.small", 1)]);
    let bill = today(&[old, other]);
    assert_eq!((bill.total, bill.unpriced_lines), (usd("21.78"), 2));
    let line = of_category(&bill, Category::LoadBalancers)[0];
    assert_eq!((line.unit_price, line.amount), (None, None));
    assert!(
        line.source
            .to_string()
            .contains("ap-south-1/classic-load-balancer-hour"),
        "{}",
        line.source
    );
}

#[test]
fn an_instance_type_that_nobody_knows_is_not_free() {
    // The volume is priced all the same.
    let bill = today(&[environment("lab", &[("x99.huge", 1)])]);
    assert_eq!(
        rows(&bill),
        [
            "lab: 20 GB-month of gp3 root volume = 1.92",
            "lab: 730 instance-hour of x99.huge linux = unknown"
        ]
    );
    assert_eq!((bill.total, bill.unpriced_lines), (usd("1.92"), 1));
}

#[test]
fn a_root_volume_without_size_or_type_is_the_platforms_and_says_so() {
    // Amazon Linux asks for 8 GiB; the policy assumes gp3: 2 x 8 x 0.096 = 1.536.
    let plain = Environment {
        root_volume_gib: None,
        option_settings: Vec::new(),
        ..environment("plain", &[("t3.small", 2)])
    };
    let bill = today(std::slice::from_ref(&plain));
    let volume = of_category(&bill, Category::Volumes)[0];
    assert_eq!(
        (
            volume.item.to_string().as_str(),
            volume.quantity.to_string().as_str(),
            volume.amount
        ),
        ("gp3 root volume", "16", Some(usd("1.54")))
    );
    assert!(
        volume
            .source
            .to_string()
            .contains("size assumed: the platform's default of 8 GiB"),
        "{}",
        volume.source
    );
    assert!(
        volume
            .source
            .to_string()
            .contains("type assumed: prices.default_root_volume_type"),
        "{}",
        volume.source
    );

    // A size of nothing is no size.
    let empty = Environment {
        root_volume_gib: Some(0),
        ..plain
    };
    assert_eq!(
        of_category(&today(&[empty]), Category::Volumes)[0].amount,
        Some(usd("1.54"))
    );
}

#[test]
fn a_root_volume_is_billed_as_the_options_set_it() {
    // 2 x 50 x 0.12 = 12.00; what was measured goes before what was asked for: 2 x 60 x 0.12 = 14.40.
    let mut set = environment("set", &[("t3.small", 2)]);
    set.option_settings = vec![
        option("RootVolumeType", "gp2"),
        option("RootVolumeSize", "50"),
    ];
    set.root_volume_gib = None;
    let volume = |environment: &Environment| {
        of_category(&today(std::slice::from_ref(environment)), Category::Volumes)[0].clone()
    };
    assert_eq!(
        (volume(&set).item.to_string().as_str(), volume(&set).amount),
        ("gp2 root volume", Some(usd("12.00")))
    );
    assert!(
        !volume(&set).source.to_string().contains("assumed"),
        "{}",
        volume(&set).source
    );
    set.root_volume_gib = Some(60);
    assert_eq!(volume(&set).amount, Some(usd("14.40")));
}

#[test]
fn agents_are_billed_by_the_running_instance() {
    let text = "[[prices.host_agents]]\nname = \"watcher\"\nusd_per_host_month = \"15.00\"\n";
    let bill = today_under(
        text,
        &[
            environment("shop", &[("t3.medium", 2), ("t3.small", 1)]),
            environment("asleep", &[]),
        ],
    );
    let [line] = of_category(&bill, Category::HostAgents)[..] else {
        panic!("one line of agents")
    };
    assert_eq!(
        (
            line.subject.to_string().as_str(),
            line.quantity.to_string().as_str(),
            line.amount
        ),
        ("shop", "3", Some(usd("45.00")))
    );
}

#[test]
fn instances_of_the_past_cost_nothing_today() {
    let mut shop = environment("shop", &[("t3.medium", 2)]);
    let ended = Some(Timestamp::UNIX_EPOCH);
    shop.instances.push(Instance {
        terminated_at: ended,
        ..environment("old", &[("m5.large", 1)]).instances[0].clone()
    });
    // 79.42 and 3.84 for the two that run.
    assert_eq!(today(&[shop.clone()]).total, usd("83.26"));
    for instance in &mut shop.instances {
        instance.terminated_at = ended;
    }
    assert_eq!(rows(&today(&[shop])), Vec::<String>::new());
}

#[test]
fn the_operators_prices_win_and_say_which_key_they_are_from() {
    let text = "[prices]\noverrides = { \"ap-northeast-1/ec2/t3.small\" = \"0.01\", \"ap-northeast-1/classic-load-balancer-hour\" = \"0.027\" }\n";
    let old = Environment {
        load_balancers: vec![balancer("classic", "old")],
        ..environment("old", &[("t3.small", 1)])
    };
    let bill = today_under(text, &[old]);
    // 730 x 0.01 = 7.30; 730 x 0.027 = 19.71; the volume as ever 1.92.
    assert_eq!((bill.total, bill.unpriced_lines), (usd("28.93"), 0));
    let classic = of_category(&bill, Category::LoadBalancers)[0];
    assert_eq!(
        classic.source,
        "policy: prices.overrides.\"ap-northeast-1/classic-load-balancer-hour\""
    );
}
