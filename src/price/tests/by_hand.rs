//! Whole bills of environments of every kind, worked out with a pocket calculator; the same stand in
//! docs/METHOD.md. Prices of Tokyo: m5.large 0.124, t3.small 0.0272, c5.large 0.107 an hour; gp3 0.096, gp2 0.12 a
//! GB-month; an application load balancer 0.0243 an hour, an LCU 0.008; a public address 0.005 an hour.

use super::{balancer, environment, option, rows, today_of, usd};
use crate::price::{AlternativeKind, Bill, BillKey, BillLine, Category, Unit, UnitPrice, Usage};
use crate::snapshot::{Environment, Instance, LoadBalancer, OptionSetting, Volume};
use crate::units::Quantity;
use crate::wording::Text;

fn setting(namespace: &str, name: &str, value: &str) -> OptionSetting {
    OptionSetting {
        namespace: namespace.to_owned(),
        ..option(name, value)
    }
}

fn used(environment: &Environment, requests_per_second: Option<f64>) -> Usage {
    Usage {
        requests_per_second,
        ..Usage::of_today(environment)
    }
}

fn public(kind: &str, name: &str) -> LoadBalancer {
    LoadBalancer {
        scheme: "internet-facing".to_owned(),
        ..balancer(kind, name)
    }
}

#[test]
fn a_single_instance_with_a_public_address() {
    let mut wiki = environment("wiki", &[("t3.small", 1)]);
    wiki.option_settings.push(setting(
        "aws:elasticbeanstalk:environment",
        "EnvironmentType",
        "SingleInstance",
    ));
    let usage = used(&wiki, None);
    let bill = today_of("", &[wiki], &[usage]);
    // 20 x 0.096; 730 x 0.005; 730 x 0.0272.
    assert_eq!(
        rows(&bill),
        [
            "wiki: 20 GB-month of gp3 root volume = 1.92",
            "wiki: 730 address-hour of public IPv4 address of instances = 3.65",
            "wiki: 730 instance-hour of t3.small linux = 19.86",
        ]
    );
    assert_eq!(bill.total, usd("25.43"));
}

#[test]
fn a_web_server_with_requests_metrics_and_logs() {
    let mut shop = environment("shop", &[("m5.large", 2)]);
    shop.load_balancers = vec![public("application", "shop")];
    shop.option_settings.extend([
        setting("aws:ec2:vpc", "ELBSubnets", "subnet-a,subnet-c"),
        option("MonitoringInterval", "1 minute"),
        setting("aws:elasticbeanstalk:cloudwatch:logs", "StreamLogs", "true"),
        setting(
            "aws:elasticbeanstalk:healthreporting:system",
            "ConfigDocument",
            "{\"CloudWatchMetrics\":{\"Instance\":{\"CPUUser\":60,\"CPUIdle\":null},\"Environment\":{\"InstancesOk\":60,\"InstancesInfo\":60}}}",
        ),
    ]);
    let usage = used(&shop, Some(10.0));
    let bill = today_of("", &[shop], &[usage]);
    assert_eq!(
        rows(&bill),
        [
            "shop: 730 hour of application load balancer = 17.74",
            // 10 a second: 2 new connections a second / 25 = 0.08; 10 x 20 kB x 3,600 = 0.72 GB an hour decide. 0.72 x 730.
            "shop: 525.6 LCU-hour of application load balancer capacity = 4.20",
            // One metric of each of two instances, and two of the environment.
            "shop: 4 metric-month of custom metrics of enhanced health = 1.20",
            "shop: 14 metric-month of detailed monitoring = 4.20",
            "shop: 40 GB-month of gp3 root volume = 3.84",
            // 2 x 7 days (Beanstalk's default) x 5 GB x 0.15 x 12 / 365 = 0.345205; x 0.033.
            "shop: 0.345205 GB-month of logs kept in CloudWatch = 0.01",
            // 2 x 5 GB x 0.76.
            "shop: 10 GB of logs to CloudWatch = 7.60",
            "shop: 1460 instance-hour of m5.large linux = 181.04",
            // Two zones.
            "shop: 1460 address-hour of public IPv4 address of application load balancer = 7.30",
        ]
    );
    assert_eq!(bill.total, usd("227.13"));
    let capacity = &bill.lines[1];
    // 2 kB: 10 x 0.05 / 25 = 0.02 and 0.072 GB; 100 kB: 3.6 GB.
    assert_eq!(
        (capacity.low, capacity.high),
        (Some(usd("0.42")), Some(usd("21.02")))
    );
    assert!(
        capacity
            .basis
            .to_string()
            .starts_with("estimate: 10 requests a second; bytes decide"),
        "{}",
        capacity.basis
    );
}

#[test]
fn a_shared_balancer_carries_the_requests_of_all() {
    let sharer = |name: &str| Environment {
        load_balancers: vec![LoadBalancer {
            shared: true,
            ..balancer("application", "web")
        }],
        ..environment(name, &[("t3.small", 1)])
    };
    let environments = [sharer("a"), sharer("b")];
    let usages = [
        used(&environments[0], Some(10.0)),
        used(&environments[1], Some(30.0)),
    ];
    let bill = today_of("", &environments, &usages);
    // 40 a second: 2.88 GB an hour x 730 = 2,102.4 LCU-hours x 0.008 = 16.82.
    let shared: Vec<String> = rows(&bill)
        .into_iter()
        .filter(|row| row.starts_with("shared"))
        .collect();
    assert_eq!(
        shared,
        [
            "shared: web: 730 hour of application load balancer = 17.74",
            "shared: web: 2102.4 LCU-hour of application load balancer capacity = 16.82",
        ]
    );
    // Twice 21.78 for the instances.
    assert_eq!(bill.total, usd("78.12"));
}

#[test]
fn a_classic_balancer_by_the_gigabyte() {
    let mut old = environment("old", &[("m5.large", 2)]);
    "us-east-1".clone_into(&mut old.region);
    old.load_balancers = vec![balancer("classic", "old")];
    let usage = used(&old, Some(10.0));
    let bill = today_of("", &[old], &[usage]);
    assert_eq!(
        rows(&bill),
        [
            "old: 730 hour of classic load balancer = 18.25",
            // 10 x 20 kB x 3,600 x 730 = 525.6 GB x 0.008.
            "old: 525.6 GB of classic load balancer data = 4.20",
            "old: 40 GB-month of gp3 root volume = 3.20",
            // 1,460 x 0.096.
            "old: 1460 instance-hour of m5.large linux = 140.16",
        ]
    );
    assert_eq!(bill.total, usd("165.81"));
}

#[test]
fn a_worker_with_extra_volumes() {
    let mut batch = environment("batch", &[("m5.large", 2)]);
    "Worker".clone_into(&mut batch.tier);
    let volume = |instance: &str, kind: &str, gib, iops, root| Volume {
        instance: instance.to_owned(),
        device: "/dev/xvda".to_owned(),
        kind: kind.to_owned(),
        gib,
        iops,
        throughput: None,
        root,
    };
    batch.volumes = vec![
        volume("i-1", "gp3", 20, Some(3_000), true),
        volume("i-1", "gp3", 100, Some(4_000), false),
        volume("i-2", "gp3", 20, Some(3_000), true),
        volume("i-2", "gp2", 100, None, false),
    ];
    let usage = used(&batch, None);
    let bill = today_of("", &[batch], &[usage]);
    assert_eq!(
        rows(&bill),
        [
            "batch: 100 GB-month of gp2 extra volume = 12.00",
            "batch: 100 GB-month of gp3 extra volume = 9.60",
            // 1,000 above the 3,000 that each gp3 has, at 0.006.
            "batch: 1000 IOPS-month of gp3 provisioned IOPS = 6.00",
            "batch: 40 GB-month of gp3 root volume = 3.84",
            "batch: 1460 instance-hour of m5.large linux = 181.04",
        ]
    );
    assert_eq!(bill.total, usd("212.48"));
}

#[test]
fn windows_with_its_licence() {
    let mut iis = environment("iis", &[("m5.large", 2)]);
    "64bit Windows Server 2022 v2.15.0 running IIS 10.0".clone_into(&mut iis.platform);
    let usage = used(&iis, None);
    // 0.124 + 2 x 0.046 = 0.216 x 1,460 = 315.36; 40 x 0.096.
    assert_eq!(today_of("", &[iis], &[usage]).total, usd("319.20"));
}

#[test]
fn a_mix_of_spot_and_on_demand() {
    let mut mixed = environment("mixed", &[("c5.large", 4)]);
    mixed.option_settings.extend([
        setting("aws:ec2:instances", "EnableSpot", "true"),
        setting("aws:ec2:instances", "SpotFleetOnDemandBase", "1"),
        setting(
            "aws:ec2:instances",
            "SpotFleetOnDemandAboveBasePercentage",
            "0",
        ),
    ]);
    let usage = used(&mixed, None);
    let bill = today_of(
        "",
        std::slice::from_ref(&mixed),
        std::slice::from_ref(&usage),
    );
    assert_eq!(
        rows(&bill),
        [
            "mixed: 730 instance-hour of c5.large linux = 78.11",
            // Three of four, at 0.4 of 0.107: 2,190 x 0.0428.
            "mixed: 2190 instance-hour of c5.large linux spot = 93.73",
            "mixed: 80 GB-month of gp3 root volume = 7.68",
        ]
    );
    // What was seen goes before what was asked for: one of four.
    mixed.instances[0].spot = true;
    let seen = today_of("", &[mixed], &[usage]);
    assert_eq!(seen.lines[1].quantity, Quantity::from(730_u32));
}

#[test]
fn a_group_that_scales_over_the_day() {
    // Two by night, four from nine to nine: three on average, whatever runs at the moment.
    let mut day = environment("day", &[("m5.large", 4)]);
    day.instances.push(Instance {
        terminated_at: Some(jiff::Timestamp::UNIX_EPOCH),
        ..day.instances[0].clone()
    });
    let usage = Usage {
        instances: [("m5.large".to_owned(), Quantity::from(3_u32))].into(),
        basis: "mean of 1512 counts of the group over 63 days, scaled to 730 hours".into(),
        requests_per_second: None,
        agent_metrics: 0,
    };
    let bill = today_of("", &[day], &[usage]);
    // 2,190 x 0.124 and 60 x 0.096.
    assert_eq!(
        rows(&bill),
        [
            "day: 60 GB-month of gp3 root volume = 5.76",
            "day: 2190 instance-hour of m5.large linux = 271.56"
        ]
    );
    assert_eq!(bill.total, usd("277.32"));
    assert!(
        bill.lines
            .iter()
            .all(|line| line.basis.to_string().contains("mean of 1512 counts"))
    );
}

#[test]
fn what_has_no_price_costs_at_most_as_much_as_the_dearest_of_its_kind() {
    let line = |subject: &str, category, unit, price: Option<&str>| {
        let price = UnitPrice {
            usd: price.map(usd),
            source: Text::plain("by hand"),
            doubt: 0,
        };
        let hours = Quantity::from(730_u32);
        BillLine::new(
            category,
            Text::plain(subject),
            Text::plain("item"),
            (hours, unit),
            &price,
        )
    };
    let machines = |price| line("shop", Category::Machines, Unit::InstanceHour, price);
    let balancers = |price| line("shop", Category::LoadBalancers, Unit::Hour, price);
    let fee = line("shop", Category::Machines, Unit::InstanceHourFee, Some("9"));
    let mut bills = [
        // Of another category, and of another unit: dearer, and no bound.
        vec![
            machines(Some("0.30")),
            machines(Some("0.10")),
            balancers(Some("5")),
            fee,
        ],
        vec![machines(None), machines(Some("0.20"))],
        vec![machines(None), machines(None), balancers(None)],
        vec![line("shop", Category::Nat, Unit::Hour, None)],
    ]
    .map(|lines| Bill::new(BillKey::Of(AlternativeKind::AsIs), lines));
    Bill::bound_unpriced(&mut bills);
    assert_eq!(
        bills.map(|bill| bill.unpriced_at_most),
        [
            None,
            Some(usd("219.00")),
            // 2 x 730 x 0.30 + 730 x 5.
            Some(usd("4088.00")),
            None,
        ]
    );
    assert!(machines(None).is_of("shop") && !machines(None).is_of("wiki"));
}
