//! Beanstalk where it is, on the cheapest instances that hold what each app needs, load balancers shared.

use std::collections::BTreeMap;

use super::offer::{Baseline, Choice, MigrationWork, NoOffer, Offer};
use super::policies::{on_one_cluster, on_whole_machines, survives_by_instances};
use crate::beanstalk::{Balancer, BalancerKind, EnvironmentReading};
use crate::catalog::InstanceTypes;
use crate::plan::economics::{Estate, Layout};
use crate::plan::{EnvironmentPlan, Sizing, Stage};
use crate::policy::Policy;
use crate::price::{
    AlternativeKind, Bill, BillKey, EnvironmentToPrice, InstanceNeed, Levels, Usage, right_sized,
    shared_subject,
};
use crate::snapshot::Environment;
use crate::units::{Bytes, Millicores, Money, Quantity};
use crate::wording::{Text, text};

pub(super) struct RightSized;

impl Choice for RightSized {
    fn kind(&self) -> AlternativeKind {
        AlternativeKind::RightSized
    }

    fn offer(&self, baseline: &Baseline<'_>) -> Result<Offer, NoOffer> {
        let layout = Layout::sized(baseline.estate, of_instances(baseline))?;
        let (bill, changed, kept) = in_place(baseline.estate, &layout);
        let mut remarks = vec![
            text!("remark-right-sized-changes", changed = changed),
            text!("remark-right-sized-stays"),
        ];
        if kept > 0 {
            remarks.push(text!("remark-right-sized-kept", kept = kept));
        }
        Ok(Offer {
            title: text!("alternative-right-sized"),
            bill,
            layout: None,
            moves: MigrationWork::InPlace(changed),
            survives: survives_by_instances(baseline),
            settings: Vec::new(),
            needs: Vec::new(),
            remarks,
        })
    }
}

/// What an instance needs has nothing to do with the plan's nodes: it is asked for on a machine that holds whatever
/// ran on an instance, whole. What the policy keeps off the clusters can be made smaller all the same.
fn of_instances(baseline: &Baseline<'_>) -> Policy {
    let mut policy = on_whole_machines(&on_one_cluster(baseline.estate.pricing.policy));
    policy.scope.exclude_environments.clear();
    policy.scope.exclude_applications.clear();
    policy
}

struct ResizedEnvironment<'a> {
    environment: Environment,
    reading: EnvironmentReading,
    label: &'a str,
    usage: Usage,
}

/// With how many environments change their type, and how many keep what they have.
fn in_place(estate: &Estate<'_>, layout: &Layout) -> (Bill, u32, u32) {
    let (mut changed, mut kept) = (0_u32, 0_u32);
    let mut in_words = BTreeMap::new();
    let resized: Vec<ResizedEnvironment<'_>> = estate
        .pairs(layout)
        .map(|(plan, one, usage)| {
            let mut resized = ResizedEnvironment {
                environment: one.environment.clone(),
                reading: one.reading.clone(),
                label: &one.label,
                usage: usage
                    .cloned()
                    .unwrap_or_else(|| Usage::of_today(one.environment)),
            };
            let Some((_, sizing)) = plan.planned() else {
                return resized;
            };
            resized.reading.balancers = shared_balancers(&one.reading, plan, layout, &mut in_words);
            // As many as an alternative on one cluster runs of it.
            let pods: u32 = sizing.replicas.clusters.values().map(|on| on.normal).sum();
            let instances = (pods / sizing.replicas.pods_per_instance.max(1)).max(1);
            match cheaper_type(
                estate,
                (plan, sizing, &layout.policy),
                (one.environment, &resized.usage),
                instances,
            ) {
                Some(name) => {
                    changed += u32::from(!resized.usage.instances.contains_key(name));
                    resized.usage.instances =
                        BTreeMap::from([(name.to_owned(), Quantity::from(instances))]);
                    resized.usage.basis = text!("usage-right-sized", count = instances.to_string());
                    // A group of fixed size: growth is not met by scaling.
                    resized.environment.auto_scaling_group = None;
                }
                None => kept += 1,
            }
            resized
        })
        .collect();
    let billed: Vec<EnvironmentToPrice<'_>> = resized
        .iter()
        .map(|one| EnvironmentToPrice {
            environment: &one.environment,
            reading: &one.reading,
            label: one.label,
            usage: &one.usage,
        })
        .collect();
    let mut bill = Bill::new(
        BillKey::Of(AlternativeKind::RightSized),
        estate.lines_of(&billed, &Levels::RANGED),
    );
    for line in &mut bill.lines {
        if let Some(subject) = in_words.get(&line.subject) {
            line.subject.clone_from(subject);
        }
    }
    (bill, changed, kept)
}

/// The cheapest type that holds what an instance of today needs, if so many of it cost less than today's. What an
/// instance needs is never more than it has: it ran with that, and a node's rounding is none of its own.
fn cheaper_type<'a>(
    estate: &Estate<'a>,
    (plan, sizing, policy): (&EnvironmentPlan, &Sizing, &Policy),
    (environment, usage): (&Environment, &Usage),
    instances: u32,
) -> Option<&'a str> {
    let pricing = &estate.pricing;
    let counted = policy.cpu_speed_of(&policy.nodes.instance_type);
    let speed = |name: &str| policy.cpu_speed_of(name) / counted;
    let shapes = || {
        let running = environment.running_instances();
        running.filter_map(|instance| InstanceTypes::embedded().get(&instance.instance_type))
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a few thousand millicores"
    )]
    let has_cpu = shapes()
        .map(|shape| Millicores((shape.cpu().0 as f64 * speed(&shape.name)) as u64))
        .max();
    let has_memory: Option<Bytes> = shapes().map(|shape| shape.memory).max();
    let pieces = sizing.replicas.pods_per_instance.max(1);
    let (cpu, memory) = (
        sizing.requests.cpu * pieces,
        sizing.limits.memory_bytes * pieces,
    );
    let need = InstanceNeed {
        cpu: has_cpu.map_or(cpu, |has| cpu.min(has)),
        memory: has_memory.map_or(memory, |has| memory.min(has)),
    };
    let region = &environment.region;
    let (name, price) = right_sized(region, plan.operating_system, &need, &speed, pricing)?;
    let then = price.usd?.for_quantity(Quantity::from(instances))?;
    let now: Option<Money> = usage
        .instances
        .iter()
        .map(|(name, mean)| {
            let price = pricing
                .book
                .instance_hour(region, name, plan.operating_system);
            price.usd?.for_quantity(*mean)
        })
        .sum();
    now.is_none_or(|now| then < now).then_some(name)
}

/// Application and classic balancers become shared ones of the same stage and scheme. Nobody has named those yet:
/// `in_words` says for each subject of a bill what readers call it.
fn shared_balancers(
    reading: &EnvironmentReading,
    plan: &EnvironmentPlan,
    layout: &Layout,
    in_words: &mut BTreeMap<Text, Text>,
) -> Vec<Balancer> {
    let each = layout.policy.load_balancers.apps_per_load_balancer.max(1);
    let place = layout
        .environments
        .iter()
        .filter(|other| other.stage == plan.stage)
        .position(|other| other.id == plan.id)
        .unwrap_or(0);
    let number = place / each as usize + 1;
    let share = |balancer: &Balancer| {
        if balancer.kind == BalancerKind::Network {
            return balancer.clone();
        }
        let scheme = balancer.scheme.word();
        let name = format!("{} {scheme} {number}", plan.stage);
        let words = match plan.stage {
            Stage::Production => text!(
                "shared-production",
                scheme = scheme,
                number = number.to_string()
            ),
            Stage::Staging => text!(
                "shared-staging",
                scheme = scheme,
                number = number.to_string()
            ),
        };
        in_words.insert(shared_subject(&name), shared_subject(words));
        Balancer {
            kind: BalancerKind::Application,
            name,
            is_shared: true,
            ..balancer.clone()
        }
    };
    let mut shared: Vec<Balancer> = reading.balancers.iter().map(share).collect();
    shared.dedup_by(|one, other| one.name == other.name);
    shared
}
