//! Which apps share a load balancer.
//!
//! Apps of a stage and a scheme share one if they want the same of it, or if the policy lets them give up what they
//! do not agree on (`load_balancers.give_up`); what was given up is kept in the group. Ports never disagree: one
//! that is HTTP for one app and HTTPS for another would stop the controller for all of them. Nobody is put into a
//! group that would go over a quota of the load balancer; an app that alone goes over one has a group of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{GivenUpWish, IngressGroup};
use crate::beanstalk::Scheme;
use crate::catalog::BalancerQuotas;
use crate::policy::{BalancerWish, Policy};
use crate::size::Stage;
use crate::snapshot::EnvironmentKey;
use crate::translate::{Entrance, EntranceKind};

/// An app that may share a load balancer.
#[derive(Debug, Clone)]
pub(super) struct Member<'a> {
    pub(super) key: EnvironmentKey,
    /// What notes call it.
    pub(super) label: &'a str,
    pub(super) stage: Stage,
    pub(super) entrance: &'a Entrance,
}

/// A load balancer that several apps share, and who they are.
pub(super) struct GroupOfApps {
    pub(super) of: IngressGroup,
    pub(super) stage: Stage,
    pub(super) members: Vec<EnvironmentKey>,
}

/// The groups; apps are taken in the order of `members`.
pub(super) fn of(members: &[Member<'_>], policy: &Policy) -> Vec<GroupOfApps> {
    let mut unfinished: BTreeMap<(Stage, Scheme), Vec<UnfinishedGroup<'_>>> = BTreeMap::new();
    for member in members
        .iter()
        .filter(|member| member.entrance.kind == EntranceKind::Application)
    {
        let groups = unfinished
            .entry((member.stage, member.entrance.scheme))
            .or_default();
        match groups
            .iter_mut()
            .find(|group| group.has_room(member, policy))
        {
            Some(group) => group.members.push(member),
            None => groups.push(UnfinishedGroup {
                members: vec![member],
            }),
        }
    }
    let mut groups = Vec::new();
    for ((stage, scheme), unfinished) in unfinished {
        for (number, group) in (1_u32..).zip(unfinished) {
            let stage_name = stage.to_string().to_lowercase();
            groups.push(GroupOfApps {
                of: group.finished(format!("{stage_name}-{}-{number}", scheme.word()), scheme),
                stage,
                members: group
                    .members
                    .iter()
                    .map(|member| member.key.clone())
                    .collect(),
            });
        }
    }
    groups
}

/// A group in the making; it has a member.
struct UnfinishedGroup<'a> {
    members: Vec<&'a Member<'a>>,
}

/// What a load balancer counts against its quotas.
#[derive(Debug, Default)]
struct Load {
    rules: usize,
    target_groups: usize,
    certificates: BTreeSet<String>,
    ports: BTreeSet<u16>,
    security_groups: BTreeSet<String>,
}

impl Load {
    fn add(&mut self, entrance: &Entrance) {
        for listener in &entrance.listeners {
            self.ports.insert(listener.port);
            self.certificates
                .extend(listener.certificates.iter().cloned());
            let rules = entrance.host_rules(listener);
            // What nothing leads to has no target group.
            let processes: BTreeSet<&str> = rules.iter().map(|rule| rule.process).collect();
            self.rules += rules.len();
            self.target_groups += processes.len();
        }
        self.security_groups
            .extend(entrance.security_groups.iter().cloned());
    }

    /// The controller attaches a group of its own beside those that are named.
    fn fits(&self, quotas: &BalancerQuotas, own_certificates: usize) -> bool {
        let within = |count: usize, most: u32| count <= most as usize;
        within(self.rules, quotas.rules)
            && within(self.target_groups, quotas.target_groups)
            && within(
                self.certificates.len() + own_certificates,
                quotas.certificates,
            )
            && within(self.ports.len(), quotas.listeners)
            && within(self.security_groups.len() + 1, quotas.security_groups)
    }
}

impl UnfinishedGroup<'_> {
    fn load<'a>(&'a self, more: impl Iterator<Item = &'a Entrance>) -> Load {
        let mut load = Load::default();
        self.members
            .iter()
            .map(|member| member.entrance)
            .chain(more)
            .for_each(|entrance| load.add(entrance));
        load
    }

    fn has_room(&self, member: &Member<'_>, policy: &Policy) -> bool {
        let rules = &policy.load_balancers;
        let given_up = |wish: BalancerWish| rules.give_up.contains(&wish);
        self.members.len() < rules.apps_per_load_balancer.max(1) as usize
            && self
                .members
                .iter()
                .all(|other| agree(other.entrance, member.entrance, given_up))
            && self.load(std::iter::once(member.entrance)).fits(
                BalancerQuotas::embedded(),
                // Each Ingress has the clusters' own beside today's.
                policy.platform.certificates.len().min(1),
            )
    }

    /// Members whose rules could take what is another's, in the order in which they are tried, after all others; and
    /// those among them whose priorities of today that order does not keep.
    ///
    /// Rules for one host of several apps go by their priorities, those for most of the host last. A host with a star
    /// may be another app's own name on the cluster: it comes after everything else.
    fn order(&self) -> (Vec<String>, Vec<String>) {
        let has_star = |entrance: &Entrance| entrance.hosts().any(|host| host.contains('*'));
        let meets_another = |member: &Member<'_>| {
            self.members
                .iter()
                .any(|other| other.key != member.key && meet(other.entrance, member.entrance))
        };
        let mut last: Vec<(bool, u32, u32, &Member<'_>)> = self
            .members
            .iter()
            .filter(|_| self.members.len() > 1)
            .filter(|member| has_star(member.entrance) || meets_another(member))
            .filter_map(|member| {
                let (least, most) = member.entrance.priorities()?;
                Some((has_star(member.entrance), most, least, *member))
            })
            .collect();
        last.sort_by_key(|(star, most, least, member)| (*star, *most, *least, member.label));
        let mut unkept: BTreeSet<&str> = BTreeSet::new();
        for (place, (_, most, _, earlier)) in last.iter().enumerate() {
            for (_, _, least, later) in &last[place + 1..] {
                if least <= most && meet(earlier.entrance, later.entrance) {
                    unkept.extend([earlier.label, later.label]);
                }
            }
        }
        let order = last
            .iter()
            .map(|(_, _, _, member)| member.label.to_owned())
            .collect();
        (order, unkept.into_iter().map(str::to_owned).collect())
    }

    fn finished(&self, name: String, scheme: Scheme) -> IngressGroup {
        let (order, interleaved) = self.order();
        let entrances = || self.members.iter().map(|member| member.entrance);
        let load = self.load(std::iter::empty());
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let idle_seconds = entrances()
            .map(|entrance| entrance.idle_seconds)
            .max()
            .unwrap_or(0);
        let access_logs = most_wanted(entrances().map(|entrance| entrance.access_logs.clone()));
        let subnets = most_wanted(entrances().map(|entrance| entrance.subnets.clone()));
        // Who wanted IPv4 alone was reached by nobody else.
        let dual_stack = entrances().all(|entrance| entrance.dual_stack);
        let mut tls: BTreeMap<u16, Option<String>> = BTreeMap::new();
        for port in &load.ports {
            let on_port = || entrances().filter_map(|entrance| policy_on(entrance, *port));
            if on_port().next().is_some() {
                tls.insert(*port, most_wanted(on_port().map(|policy| policy.cloned())));
            }
        }
        let security_groups: Vec<String> = load.security_groups.iter().cloned().collect();
        let mut given_up = Vec::new();
        let mut tell = |wish, taken: String, wanted: &dyn Fn(&Entrance) -> Option<String>| {
            given_up.extend(self.disappointed(wish, &taken, wanted));
        };
        tell(
            BalancerWish::IdleTimeout,
            idle_seconds.to_string(),
            &|one| Some(one.idle_seconds.to_string()),
        );
        tell(
            BalancerWish::AccessLogs,
            logs_text(access_logs.as_ref()),
            &|one| Some(logs_text(one.access_logs.as_ref())),
        );
        tell(
            BalancerWish::IpAddressType,
            address_text(dual_stack),
            &|one| Some(address_text(one.dual_stack)),
        );
        tell(BalancerWish::Subnets, subnets.join(","), &|one| {
            Some(one.subnets.join(","))
        });
        tell(
            BalancerWish::SecurityGroups,
            security_groups.join(","),
            &|one| Some(one.security_groups.join(",")),
        );
        for (port, policy) in &tls {
            tell(
                BalancerWish::TlsPolicy,
                policy_text(*port, policy.as_ref()),
                &|one| policy_on(one, *port).map(|policy| policy_text(*port, policy)),
            );
        }
        given_up.sort();
        IngressGroup {
            name,
            scheme,
            idle_seconds,
            access_logs,
            tls_policies: tls
                .into_iter()
                .filter_map(|(port, policy)| Some((port, policy?)))
                .collect(),
            dual_stack,
            security_groups,
            subnets,
            apps: count(self.members.len()),
            rules: count(load.rules),
            listeners: count(load.ports.len()),
            certificates: count(load.certificates.len()),
            target_groups: count(load.target_groups),
            order,
            interleaved,
            given_up,
        }
    }

    /// Those who wanted something else than `taken`, by what they wanted.
    fn disappointed(
        &self,
        wish: BalancerWish,
        taken: &str,
        wanted: &dyn Fn(&Entrance) -> Option<String>,
    ) -> Vec<GivenUpWish> {
        let mut by_wish: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for member in &self.members {
            if let Some(wanted) = wanted(member.entrance).filter(|wanted| wanted != taken) {
                by_wish
                    .entry(wanted)
                    .or_default()
                    .push(member.label.to_owned());
            }
        }
        let given_up = |(wanted, apps)| GivenUpWish {
            wish,
            wanted,
            taken: taken.to_owned(),
            apps,
        };
        by_wish.into_iter().map(given_up).collect()
    }
}

/// Whether rules of both are for a host that both name. A star stands for any text, dots included.
fn meet(one: &Entrance, other: &Entrance) -> bool {
    let is_for = |pattern: &str, host: &str| match pattern.strip_prefix('*') {
        Some(end) => host.ends_with(end),
        None => pattern == host,
    };
    one.hosts().any(|host| {
        other
            .hosts()
            .any(|another| is_for(host, another) || is_for(another, host))
    })
}

/// Whether two apps can share a load balancer.
fn agree(one: &Entrance, other: &Entrance, given_up: impl Fn(BalancerWish) -> bool) -> bool {
    let same = |wish: BalancerWish, is_same: bool| is_same || given_up(wish);
    // One that names nobody is open to all: beside groups of another it would close, or open the other.
    let both_name_groups = one.security_groups.is_empty() == other.security_groups.is_empty();
    let ports_agree = one.listeners.iter().all(|listener| {
        other
            .listeners
            .iter()
            .filter(|another| another.port == listener.port)
            .all(|another| {
                another.tls == listener.tls
                    && same(
                        BalancerWish::TlsPolicy,
                        another.tls_policy == listener.tls_policy,
                    )
            })
    });
    // Of two load balancers of today only one gets the clients of a host: on one they would take them from each other.
    let hosts_agree = (one.is_shared_today && other.is_shared_today) || !meet(one, other);
    ports_agree
        && hosts_agree
        && both_name_groups
        && same(
            BalancerWish::SecurityGroups,
            is_same_set(&one.security_groups, &other.security_groups),
        )
        && same(
            BalancerWish::Subnets,
            is_same_set(&one.subnets, &other.subnets),
        )
        && same(
            BalancerWish::IdleTimeout,
            one.idle_seconds == other.idle_seconds,
        )
        && same(
            BalancerWish::AccessLogs,
            one.access_logs == other.access_logs,
        )
        && same(
            BalancerWish::IpAddressType,
            one.dual_stack == other.dual_stack,
        )
}

fn is_same_set(one: &[String], other: &[String]) -> bool {
    one.iter().collect::<BTreeSet<_>>() == other.iter().collect::<BTreeSet<_>>()
}

/// The policy of a TLS port, where the app has that port.
fn policy_on(entrance: &Entrance, port: u16) -> Option<Option<&String>> {
    entrance
        .listeners
        .iter()
        .find(|listener| listener.port == port && listener.tls)
        .map(|listener| listener.tls_policy.as_ref())
}

/// What most want; of equals the first in order.
fn most_wanted<T: Ord + Default>(wishes: impl Iterator<Item = T>) -> T {
    let mut counts: BTreeMap<T, u32> = BTreeMap::new();
    wishes.for_each(|wish| *counts.entry(wish).or_default() += 1);
    let most = counts.values().copied().max().unwrap_or(0);
    counts
        .into_iter()
        .find(|(_, count)| *count == most)
        .map(|(wish, _)| wish)
        .unwrap_or_default()
}

fn logs_text(logs: Option<&(String, String)>) -> String {
    match logs {
        Some((bucket, prefix)) if prefix.is_empty() => bucket.clone(),
        Some((bucket, prefix)) => format!("{bucket}/{prefix}"),
        None => "-".to_owned(),
    }
}

fn address_text(dual_stack: bool) -> String {
    if dual_stack { "dualstack" } else { "ipv4" }.to_owned()
}

fn policy_text(port: u16, policy: Option<&String>) -> String {
    format!("{port}: {}", policy.map_or("-", String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy;
    use crate::translate::{Listener, Route};

    fn listener(port: u16, tls: bool) -> Listener {
        Listener {
            port,
            tls,
            certificates: Vec::new(),
            tls_policy: None,
            default_process: "default".to_owned(),
            routes: Vec::new(),
        }
    }

    fn entrance() -> Entrance {
        Entrance {
            kind: EntranceKind::Application,
            scheme: Scheme::InternetFacing,
            is_shared_today: false,
            listeners: vec![listener(443, true)],
            ports_left_out: Vec::new(),
            rules_left_out: Vec::new(),
            rules_unused: Vec::new(),
            idle_seconds: 60,
            access_logs: None,
            dual_stack: false,
            security_groups: vec!["sg-1".to_owned()],
            subnets: Vec::new(),
        }
    }

    /// The groups, and of each app the name of its group.
    fn grouped(entrances: &[Entrance], over: &str) -> (Vec<IngressGroup>, Vec<String>) {
        let policy = policy::read("eb2eks.toml", over).expect("a policy");
        let labels: Vec<String> = (0..entrances.len())
            .map(|at| format!("app-{at:02}"))
            .collect();
        let key = |label: &str| EnvironmentKey {
            account: "1".to_owned(),
            region: "r".to_owned(),
            id: label.to_owned(),
        };
        let members: Vec<Member<'_>> = entrances
            .iter()
            .zip(&labels)
            .map(|(entrance, label)| Member {
                key: key(label),
                label,
                stage: Stage::Production,
                entrance,
            })
            .collect();
        let groups = of(&members, &policy);
        let name_of = |label: &String| {
            let group = groups
                .iter()
                .find(|group| group.members.contains(&key(label)));
            group.map_or_else(String::new, |group| group.of.name.clone())
        };
        let names = labels.iter().map(name_of).collect();
        (groups.into_iter().map(|group| group.of).collect(), names)
    }

    /// Each wish alone keeps two apps apart, and lets them together once the policy gives it up, with a word of it.
    #[test]
    fn what_apps_want_keeps_them_apart_unless_it_may_be_given_up() {
        let other = |change: &dyn Fn(&mut Entrance)| {
            let mut other = entrance();
            change(&mut other);
            [entrance(), entrance(), other]
        };
        type Change = fn(&mut Entrance);
        let cases: [(&str, Change); 6] = [
            ("idle_timeout", |one| one.idle_seconds = 600),
            ("access_logs", |one| {
                one.access_logs = Some(("logs".to_owned(), String::new()))
            }),
            ("tls_policy", |one| {
                one.listeners[0].tls_policy = Some("P".to_owned())
            }),
            ("ip_address_type", |one| one.dual_stack = true),
            ("subnets", |one| one.subnets = vec!["subnet-1".to_owned()]),
            ("security_groups", |one| {
                one.security_groups = vec!["sg-2".to_owned()]
            }),
        ];
        for (wish, change) in cases {
            let apps = other(&change);
            let (groups, _) = grouped(&apps, "[load_balancers]\ngive_up = []\n");
            assert_eq!(groups.len(), 2, "{wish}");
            assert!(
                groups.iter().all(|group| group.given_up.is_empty()),
                "{wish}"
            );
            let policy = format!("[load_balancers]\ngive_up = [\"{wish}\"]\n");
            let (groups, _) = grouped(&apps, &policy);
            assert_eq!(groups.len(), 1, "{wish}");
            let told: Vec<&str> = groups[0]
                .given_up
                .iter()
                .map(|one| one.wish.word())
                .collect();
            assert!(
                !told.is_empty() && told.iter().all(|one| *one == wish),
                "{wish}: {told:?}"
            );
        }
    }

    #[test]
    fn the_order_of_security_groups_is_nothing_and_an_open_app_is_never_with_a_closed_one() {
        let with = |groups: &[&str]| Entrance {
            security_groups: groups.iter().map(|&group| group.to_owned()).collect(),
            ..entrance()
        };
        let (groups, _) = grouped(&[with(&["sg-1", "sg-2"]), with(&["sg-2", "sg-1"])], "");
        assert_eq!(groups.len(), 1);
        let all = "[load_balancers]\ngive_up = [\"security_groups\"]\n";
        let (groups, _) = grouped(&[with(&["sg-1"]), with(&[])], all);
        assert_eq!(groups.len(), 2);
        let (groups, _) = grouped(&[with(&["sg-1"]), with(&["sg-2"])], all);
        assert_eq!(groups[0].security_groups, ["sg-1", "sg-2"]);
        let who: Vec<&str> = groups[0]
            .given_up
            .iter()
            .flat_map(|one| &one.apps)
            .map(String::as_str)
            .collect();
        assert_eq!(
            who,
            ["app-00", "app-01"],
            "both admit the other's clients now"
        );
    }

    #[test]
    fn a_port_is_never_http_for_one_and_https_for_another() {
        let plain = Entrance {
            listeners: vec![listener(443, false)],
            ..entrance()
        };
        let other = Entrance {
            listeners: vec![listener(8080, false)],
            ..entrance()
        };
        let all = "[load_balancers]\ngive_up = [\"tls_policy\", \"security_groups\"]\n";
        let (_, of) = grouped(&[entrance(), plain, other], all);
        assert_eq!(
            of,
            [
                "production-internet-facing-1",
                "production-internet-facing-2",
                "production-internet-facing-1"
            ]
        );
    }

    /// Twelve apps of ten rules each are 120 and more; each has a certificate of its own and so on: every quota alone
    /// splits.
    #[test]
    fn groups_are_split_before_a_quota_breaks() {
        let quotas = BalancerQuotas::embedded();
        let rules = |at: usize| {
            let mut one = entrance();
            one.listeners[0].routes = (0..9)
                .map(|n| Route {
                    priority: n,
                    hosts: Vec::new(),
                    paths: vec![format!("/{at}/{n}")],
                    process: "default".to_owned(),
                })
                .collect();
            one
        };
        let certificates = |at: usize| {
            let mut one = entrance();
            one.listeners[0].certificates = (0..3).map(|n| format!("arn:{at}:{n}")).collect();
            one
        };
        let ports = |at: usize| Entrance {
            listeners: (0..6_u16)
                .map(|n| listener(1_000 + u16::try_from(at).unwrap_or(0) * 10 + n, false))
                .collect(),
            ..entrance()
        };
        for (name, app) in [
            ("rules", &rules as &dyn Fn(usize) -> Entrance),
            ("certificates", &certificates),
            ("ports", &ports),
        ] {
            let apps: Vec<Entrance> = (0..12).map(app).collect();
            let (groups, _) = grouped(&apps, "");
            assert!(groups.len() > 1, "{name}");
            for group in &groups {
                assert!(group.rules <= quotas.rules, "{name}: {group:?}");
                assert!(
                    group.certificates <= quotas.certificates,
                    "{name}: {group:?}"
                );
                assert!(
                    group.target_groups <= quotas.target_groups,
                    "{name}: {group:?}"
                );
            }
            assert_eq!(groups.iter().map(|group| group.apps).sum::<u32>(), 12);
        }
        let over = "[load_balancers]\ngive_up = [\"security_groups\"]\n";
        let of_groups = |at: usize| Entrance {
            security_groups: vec![format!("sg-{at}")],
            ..entrance()
        };
        let (groups, _) = grouped(&(0..12).map(of_groups).collect::<Vec<_>>(), over);
        assert!(
            groups
                .iter()
                .all(|group| group.security_groups.len() < quotas.security_groups as usize)
        );
    }
}
