//! Bills that a reader can work out with a pocket calculator, and one property that no fleet may break.

use std::collections::BTreeMap;

use super::{
    Bill, BillKey, BillLine, Category, EnvironmentToPrice, Growth, Levels, PriceBook, Pricing,
    Usage, today_lines,
};
use crate::beanstalk::EnvironmentReading;
use crate::policy::{self, Policy};
use crate::snapshot::{Environment, Instance, LoadBalancer, OptionSetting};
use crate::units::Money;

mod after;
mod by_hand;
mod moves;
mod reconciled;
mod sums;
mod terms;
mod today;

pub(super) const TOKYO: &str = "ap-northeast-1";
const LAUNCH: &str = "aws:autoscaling:launchconfiguration";

pub(super) fn policy(text: &str) -> Policy {
    policy::read("p", text).expect("a valid policy")
}

pub(super) fn book(policy: &Policy) -> PriceBook {
    PriceBook::new(&policy.prices, None).expect("the embedded book parses")
}

pub(super) fn usd(text: &str) -> Money {
    text.parse().expect("an amount")
}

/// In Tokyo, on Linux, so many running instances of each type, 20 GiB of gp3 each, nothing in front.
pub(super) fn environment(name: &str, types: &[(&str, u32)]) -> Environment {
    let instances = types
        .iter()
        .flat_map(|&(instance_type, count)| (0..count).map(move |number| (instance_type, number)));
    let instance = |(instance_type, number): (&str, u32)| Instance {
        id: format!("i-{name}-{instance_type}-{number}"),
        instance_type: instance_type.to_owned(),
        zone: None,
        platform: None,
        launched_at: None,
        terminated_at: None,
        ..Instance::default()
    };
    Environment {
        account: "111122223333".to_owned(),
        region: TOKYO.to_owned(),
        application: name.to_owned(),
        name: name.to_owned(),
        id: format!("e-{name}"),
        tier: "WebServer".to_owned(),
        platform: "64bit Amazon Linux 2023 running Docker".to_owned(),
        status: "Ready".to_owned(),
        health: String::new(),
        cname: None,
        version_label: None,
        tags: BTreeMap::new(),
        auto_scaling_group: None,
        instances: instances.map(instance).collect(),
        load_balancers: Vec::new(),
        queues: Vec::new(),
        root_volume_gib: Some(20),
        option_settings: vec![option("RootVolumeType", "gp3")],
        ..Environment::default()
    }
}

/// An option of the launch template.
pub(super) fn option(name: &str, value: &str) -> OptionSetting {
    OptionSetting {
        namespace: LAUNCH.to_owned(),
        name: name.to_owned(),
        resource: None,
        value: Some(value.to_owned()),
        redacted: false,
    }
}

pub(super) fn balancer(kind: &str, name: &str) -> LoadBalancer {
    // Internal, so that it has no public address to pay for.
    LoadBalancer {
        kind: kind.to_owned(),
        name: name.to_owned(),
        shared: false,
        scheme: "internal".to_owned(),
        ..LoadBalancer::default()
    }
}

pub(super) fn shared(name: &str) -> LoadBalancer {
    LoadBalancer {
        shared: true,
        ..balancer("application", name)
    }
}

/// As many as run today, for want of a history.
pub(super) fn usages(environments: &[Environment]) -> Vec<Usage> {
    environments.iter().map(Usage::of_today).collect()
}

pub(super) fn billed<'a>(
    environments: &'a [Environment],
    usages: &'a [Usage],
) -> Vec<EnvironmentToPrice<'a>> {
    let pairs = environments.iter().zip(usages);
    pairs
        .map(|(environment, usage)| EnvironmentToPrice {
            environment,
            // A test may keep what it reads until its end.
            reading: Box::leak(Box::new(EnvironmentReading::alone(environment))),
            label: &environment.name,
            usage,
        })
        .collect()
}

pub(super) fn pricing<'a>(book: &'a PriceBook, policy: &'a Policy) -> Pricing<'a> {
    Pricing {
        book,
        policy,
        levels: Levels::RANGED,
        growth: Growth::default(),
    }
}

pub(super) fn today_of(text: &str, environments: &[Environment], usages: &[Usage]) -> Bill {
    let policy = policy(text);
    let book = book(&policy);
    let pricing = pricing(&book, &policy);
    Bill::new(
        BillKey::TODAY,
        today_lines(&billed(environments, usages), &pricing),
    )
}

pub(super) fn today_under(text: &str, environments: &[Environment]) -> Bill {
    today_of(text, environments, &usages(environments))
}

pub(super) fn today(environments: &[Environment]) -> Bill {
    today_under("", environments)
}

/// `subject: quantity unit of item = amount`, the columns that a reader adds up.
pub(super) fn rows(bill: &Bill) -> Vec<String> {
    let amount = |line: &BillLine| {
        line.amount
            .map_or_else(|| "unknown".to_owned(), |amount| amount.to_string())
    };
    bill.lines
        .iter()
        .map(|line| {
            format!(
                "{}: {} {} of {} = {}",
                line.subject,
                line.quantity,
                line.unit,
                line.item,
                amount(line)
            )
        })
        .collect()
}

pub(super) fn of_category(bill: &Bill, category: Category) -> Vec<&BillLine> {
    bill.lines
        .iter()
        .filter(|line| line.category == category)
        .collect()
}
