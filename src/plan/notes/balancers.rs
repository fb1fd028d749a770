//! What apps gave up to share a load balancer, and what one takes more of than AWS allows.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::BalancerQuotas;
use crate::plan::{GivenUpWish, IngressGroup, Note, Plan};
use crate::policy::BalancerWish;
use crate::wording::{Text, text};

pub(super) fn about_balancers(plan: &Plan) -> Vec<Note> {
    let of_group = |group: &IngressGroup| {
        let given_up = group
            .given_up
            .iter()
            .map(|given_up| about_wish(group, given_up));
        let over = over_quota(group).into_iter().map(|over| {
            Note::warning(
                "balancer-quota",
                &group.name,
                over,
                text!("note-balancer-quota-hint"),
            )
        });
        let between = (!group.interleaved.is_empty()).then(|| {
            let apps: Vec<Text> = group.interleaved.iter().map(Text::plain).collect();
            Note::warning(
                "rules-interleaved",
                &group.name,
                text!("note-rules-interleaved", apps = apps),
                text!("note-rules-interleaved-hint"),
            )
        });
        given_up.chain(over).chain(between).collect::<Vec<_>>()
    };
    let mut notes: Vec<Note> = plan.ingress_groups.iter().flat_map(of_group).collect();
    notes.extend(about_hosts(plan));
    notes
}

/// A longer wait for idle connections takes nothing from anybody; everything else somebody should look at.
fn about_wish(group: &IngressGroup, given_up: &GivenUpWish) -> Note {
    let GivenUpWish {
        wish,
        wanted,
        taken,
        apps,
    } = given_up;
    let apps: Vec<Text> = apps.iter().map(Text::plain).collect();
    let or_none = |text: &String| Text::plain(if text.is_empty() { "-" } else { text });
    let hint = text!("note-wish-given-up-hint", wish = wish.word());
    match wish {
        BalancerWish::IdleTimeout => Note::advice(
            "balancer-shared",
            &group.name,
            text!(
                "note-idle-timeout",
                wanted = wanted,
                taken = taken,
                apps = apps
            ),
            hint,
        ),
        BalancerWish::SecurityGroups => Note::warning(
            "balancer-admits-more",
            &group.name,
            text!(
                "note-admits-more",
                wanted = wanted,
                taken = taken,
                apps = apps
            ),
            hint,
        ),
        _ => Note::warning(
            "balancer-shared",
            &group.name,
            text!(
                "note-wish-given-up",
                wish = wish.word(),
                wanted = or_none(wanted),
                taken = or_none(taken),
                apps = apps
            ),
            hint,
        ),
    }
}

/// What an app that alone needs more than a load balancer has goes over, each.
fn over_quota(group: &IngressGroup) -> Vec<Text> {
    let quotas = BalancerQuotas::embedded();
    // The controller attaches a security group of its own.
    let groups = u32::try_from(group.security_groups.len()).unwrap_or(u32::MAX);
    let groups = if groups == 0 {
        0
    } else {
        groups.saturating_add(1)
    };
    [
        ("rules", group.rules, quotas.rules),
        ("certificates", group.certificates, quotas.certificates),
        ("target groups", group.target_groups, quotas.target_groups),
        ("listeners", group.listeners, quotas.listeners),
        ("security groups", groups, quotas.security_groups),
    ]
    .into_iter()
    .filter(|(_, has, most)| has > most)
    .map(|(what, has, most)| {
        text!(
            "note-balancer-quota",
            what = what,
            has = has.to_string(),
            most = most.to_string()
        )
    })
    .collect()
}

/// Apps that share a load balancer today and have rules for one host, but want different ones on the clusters: a name
/// leads to one of them.
fn about_hosts(plan: &Plan) -> Vec<Note> {
    let mut of_host: BTreeMap<&str, Vec<(&str, Option<&String>)>> = BTreeMap::new();
    for environment in &plan.environments {
        let (Some(manifests), Some(entrance)) = (
            environment.manifests(),
            &environment.translation.intents.entrance,
        ) else {
            continue;
        };
        let hosts: BTreeSet<&str> = entrance.hosts().collect();
        for host in hosts.into_iter().filter(|_| entrance.is_shared_today) {
            let app = (environment.label.as_str(), manifests.ingress_group.as_ref());
            of_host.entry(host).or_default().push(app);
        }
    }
    let note = |(host, apps): (&str, Vec<(&str, Option<&String>)>)| {
        let groups: BTreeSet<Option<&String>> = apps.iter().map(|(_, group)| *group).collect();
        let apps: Vec<Text> = apps.iter().map(|(label, _)| Text::plain(label)).collect();
        (groups.len() > 1).then(|| {
            Note::warning(
                "host-on-several",
                host,
                text!("note-host-on-several", host = host, apps = apps),
                text!("note-host-on-several-hint"),
            )
        })
    };
    of_host.into_iter().filter_map(note).collect()
}

/// Scheduled actions that happen no more.
pub(super) fn about_schedules(plan: &Plan) -> Vec<Note> {
    let note = |environment: &crate::plan::EnvironmentPlan| {
        let over = &environment.translation.intents.schedules_over;
        let names: Vec<Text> = over.iter().map(Text::plain).collect();
        (!over.is_empty()).then(|| {
            Note::advice(
                "schedules-over",
                &environment.label,
                text!("note-schedules-over", actions = names),
                text!("note-schedules-over-hint"),
            )
        })
    };
    plan.environments.iter().filter_map(note).collect()
}
