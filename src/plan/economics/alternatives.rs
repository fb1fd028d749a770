//! What else one could do, on the same sizing and the same risk.

use std::collections::{BTreeMap, BTreeSet};

use super::terms::{interruptible_environments, interruptible_nodes, terms_of};
use super::{Alternative, Estate, Layout};
use crate::beanstalk::{Balancer, BalancerKind, EnvironmentReading};
use crate::catalog::OperatingSystem;
use crate::plan::{EnvironmentPlan, Stage};
use crate::policy::{NamePattern, Policy, Survive};
use crate::price::{
    AlternativeKind, Bill, BillKey, Billed, Levels, Machines, Need, Usage, right_sized,
    shared_subject,
};
use crate::snapshot::{Environment, EnvironmentKey};
use crate::units::{Money, Quantity};
use crate::wording::{Text, text};

/// Makes them, and adds to `bills` those that have none yet: `today` and `after` stand in it already.
pub(super) fn of(
    estate: &Estate<'_>,
    layout: &Layout,
    cheapest: Option<(String, Layout)>,
    bills: &mut Vec<Bill>,
) -> Vec<Alternative> {
    let mut made = Made {
        estate,
        bills,
        today: None,
        alternatives: Vec::new(),
    };
    let clusters = layout.clusters.len();
    made.add(
        text!("alternative-today"),
        layout,
        AlternativeKind::AsIs,
        None,
        vec![text!("remark-today")],
    );
    let (bill, remarks) = right_sized_in_place(estate, layout);
    made.add(
        text!("alternative-right-sized"),
        layout,
        AlternativeKind::RightSized,
        Some(bill),
        remarks,
    );
    let nodes = &estate.pricing.policy.nodes.instance_type;
    made.add(
        text!("alternative-plan", clusters = clusters, type = nodes),
        layout,
        AlternativeKind::AsAsked,
        None,
        vec![text!("remark-plan")],
    );

    if let Some((name, cheap)) = cheapest {
        let bill = estate.after(AlternativeKind::CheapestNodes, &cheap, false);
        let remarks = vec![text!("remark-cheapest-nodes", type = &name)];
        made.add(
            text!("alternative-cheapest-nodes", type = &name),
            &cheap,
            AlternativeKind::CheapestNodes,
            Some(bill),
            remarks,
        );
    }
    let mut own = estate.pricing.policy.clone();
    if own.load_balancers.apps_per_load_balancer > 1 {
        own.load_balancers.apps_per_load_balancer = 1;
        let unshared = Layout {
            policy: own,
            environments: layout.environments.clone(),
            clusters: layout.clusters.clone(),
            nodes_at: layout.nodes_at.clone(),
        };
        let bill = estate.after(AlternativeKind::BalancerPerApp, &unshared, false);
        let remarks = vec![text!("remark-load-balancer-per-app")];
        made.add(
            text!("alternative-load-balancer-per-app"),
            &unshared,
            AlternativeKind::BalancerPerApp,
            Some(bill),
            remarks,
        );
    }
    // What cannot be under the policy's limits is no alternative, and no reason to refuse the plan.
    if clusters > 1
        && let Ok(one) = Layout::under(estate, one_cluster(estate.pricing.policy))
    {
        let bill = estate.after(AlternativeKind::OneCluster, &one, false);
        let remarks = vec![
            text!("remark-one-cluster-saves"),
            text!("remark-one-cluster-fails"),
        ];
        made.add(
            text!("alternative-one-cluster"),
            &one,
            AlternativeKind::OneCluster,
            Some(bill),
            remarks,
        );
    }
    if let Ok(managed) = Layout::under(estate, cluster_mode(estate.pricing.policy, layout)) {
        let moves_there: BTreeSet<EnvironmentKey> = managed
            .environments
            .iter()
            .filter(|there| there.planned().is_some())
            .map(EnvironmentPlan::key)
            .collect();
        let staying = layout
            .environments
            .iter()
            .filter(|here| here.planned().is_some() && !moves_there.contains(&here.key()))
            .count();
        let bill = estate.after(AlternativeKind::ClusterMode, &managed, true);
        let remarks = vec![
            text!("remark-cluster-mode-stays", staying = staying),
            text!("remark-cluster-mode-nodes"),
            text!("remark-cluster-mode-settings"),
        ];
        made.add(
            text!("alternative-cluster-mode"),
            &managed,
            AlternativeKind::ClusterMode,
            Some(bill),
            remarks,
        );
    }
    made.alternatives
}

struct Made<'a, 'b> {
    estate: &'a Estate<'b>,
    bills: &'a mut Vec<Bill>,
    /// With and without terms.
    today: Option<(Money, Money)>,
    alternatives: Vec<Alternative>,
}

impl Made<'_, '_> {
    fn add(
        &mut self,
        title: Text,
        layout: &Layout,
        kind: AlternativeKind,
        bill: Option<Bill>,
        remarks: Vec<Text>,
    ) {
        let is_new = bill.is_some();
        let key = BillKey::Of(kind);
        let Some(bill) = bill.or_else(|| self.bills.iter().find(|bill| bill.key == key).cloned())
        else {
            return;
        };
        // Hours on clusters become spot by whole nodes, those on Beanstalk as they are.
        let on_clusters = if matches!(kind, AlternativeKind::AsIs | AlternativeKind::RightSized) {
            Vec::new()
        } else {
            interruptible_nodes(self.estate, layout)
        };
        let staying = interruptible_environments(self.estate, layout, &bill);
        let interruptible: Vec<_> = on_clusters.into_iter().chain(staying).collect();
        let terms = terms_of(self.estate, layout, (kind, &bill), &interruptible);
        let (total, total_with_terms) = (bill.total, bill.total + terms.total);
        let (today, today_with_terms) = *self.today.get_or_insert((total, total_with_terms));
        self.alternatives.push(Alternative {
            kind,
            title,
            bill: bill.key,
            terms_bill: terms.key,
            total,
            total_with_terms,
            saving: today - total,
            saving_with_terms: today_with_terms - total_with_terms,
            unpriced_lines: bill.unpriced_lines,
            machines: machines(&bill),
            remarks,
        });
        if is_new {
            self.bills.push(bill);
        }
        self.bills.push(terms);
    }
}

/// Machines that run on average, the most of a type first.
fn machines(bill: &Bill) -> Text {
    let mut counts: BTreeMap<&str, Quantity> = BTreeMap::new();
    for line in &bill.lines {
        let Some(Machines { instance_type, .. }) = &line.machines else {
            continue;
        };
        let count = counts.entry(instance_type).or_default();
        *count = Quantity::from_millionths(
            count
                .millionths()
                .saturating_add(line.quantity.millionths()),
        );
    }
    let mut counts: Vec<(&str, Quantity)> = counts.into_iter().collect();
    counts.sort_by_key(|(name, hours)| (std::cmp::Reverse(*hours), *name));
    const NAMED: usize = 4;
    let on_average =
        |hours: f64| format!("{:.1}", hours / f64::from(crate::units::HOURS_PER_MONTH));
    let shown = |(name, hours): &(&str, Quantity)| text!("machines-of-type", count = on_average(hours.as_f64()), type = *name);
    let named: Vec<Text> = counts.iter().take(NAMED).map(shown).collect();
    match counts.len().saturating_sub(NAMED) {
        0 => text!("machines", named = named),
        types => {
            let rest = on_average(
                counts
                    .iter()
                    .skip(NAMED)
                    .map(|(_, hours)| hours.as_f64())
                    .sum(),
            );
            text!(
                "machines-and-others",
                named = named,
                rest = rest,
                types = types
            )
        }
    }
}

/// The first cluster alone, which cannot survive its own loss.
fn one_cluster(policy: &Policy) -> Policy {
    let mut policy = policy.clone();
    policy.topology.clusters.truncate(1);
    if let Some(only) = policy.topology.clusters.first() {
        policy.topology.staging_cluster.clone_from(only);
    }
    policy
        .topology
        .survive
        .retain(|failure| *failure != Survive::Cluster);
    policy
}

/// One cluster, a load balancer for each environment; workers and Windows stay where they are.
/// Source: AWS's announcement of Cluster Mode (2026-09) and its documentation: web servers on Linux only.
fn cluster_mode(policy: &Policy, layout: &Layout) -> Policy {
    let mut policy = one_cluster(policy);
    policy.load_balancers.apps_per_load_balancer = 1;
    let is_out = |plan: &&EnvironmentPlan| {
        plan.tier == "Worker" || plan.operating_system == OperatingSystem::Windows
    };
    let out = layout
        .environments
        .iter()
        .filter(is_out)
        .map(|plan| NamePattern::from(plan.name.as_str()));
    policy.scope.exclude_environments.extend(out);
    policy
}

/// The cheapest instances that hold what the plan's requests are made from, one for staging, load balancers shared.
fn right_sized_in_place(estate: &Estate<'_>, layout: &Layout) -> (Bill, Vec<Text>) {
    let policy = estate.pricing.policy;
    let speed = |name: &str| {
        let family = name.split('.').next().unwrap_or_default();
        policy
            .cpu_speed
            .get(family)
            .map_or(1.0, |speed| speed.get())
    };
    let (mut changed, mut kept) = (0_u32, 0_u32);
    let mut in_words = BTreeMap::new();
    struct Resized<'a> {
        environment: Environment,
        reading: EnvironmentReading,
        label: &'a str,
        usage: Usage,
    }
    let resized: Vec<Resized<'_>> = estate
        .pairs(layout)
        .map(|(plan, one, usage)| {
            let mut resized = Resized {
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
            let pieces = sizing.replicas.pods_per_instance.max(1);
            let instances = (sizing.replicas.full_load / pieces).max(1);
            // One instance of staging carries what its replicas do.
            let (count, carries) = if plan.stage == Stage::Staging {
                (1, instances)
            } else {
                (instances, 1)
            };
            let need = Need {
                cpu: sizing.requests.cpu * pieces * carries,
                memory: sizing.limits.memory_bytes * pieces,
            };
            resized.reading.balancers = shared_balancers(&one.reading, plan, layout, &mut in_words);
            let Some((name, _)) = right_sized(
                &one.key.region,
                plan.operating_system,
                &need,
                &speed,
                &estate.pricing,
            ) else {
                kept += 1;
                return resized;
            };
            changed += u32::from(!resized.usage.instances.contains_key(name));
            resized.usage.instances = BTreeMap::from([(name.to_owned(), Quantity::from(count))]);
            resized.usage.basis = text!("usage-right-sized", count = count.to_string());
            // A group of fixed size: growth is not met by scaling.
            resized.environment.auto_scaling_group = None;
            resized
        })
        .collect();
    let billed: Vec<Billed<'_>> = resized
        .iter()
        .map(|one| Billed {
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
    let mut remarks = vec![
        text!("remark-right-sized-changes", changed = changed),
        text!("remark-right-sized-stays"),
    ];
    if kept > 0 {
        remarks.push(text!("remark-right-sized-kept", kept = kept));
    }
    (bill, remarks)
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
