//! The load balancers in front of an environment.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::conflict::{Conflicts, Fact};
use super::options::Options;
use super::{
    Listener, Network, Process, ReachEvidence, Rule, Scheme, listener_rule, listeners, network,
    scheme_reading, values,
};
use crate::snapshot::{Environment, Inventory, LoadBalancer};

/// The kinds that Beanstalk makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BalancerKind {
    /// Hosts and paths, HTTP.
    Application,
    /// Layer 4: ports, TCP or TLS, one balancer for each app.
    Network,
    /// The first generation: listeners with instance ports and policies.
    Classic,
}

impl BalancerKind {
    /// As the settings and the price book spell it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Network => "network",
            Self::Classic => "classic",
        }
    }
}

impl fmt::Display for BalancerKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// By what a balancer is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BalancerOrigin {
    /// It was seen, and is billed today.
    Seen,
    /// The settings ask for one; none was seen.
    Settings,
    /// There is none: a single instance is reached at its own address.
    InstanceAddress,
}

/// What clients come through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balancer {
    /// By what it is known.
    pub origin: BalancerOrigin,
    /// As it was seen; else as `LoadBalancerType` asks for it.
    pub kind: BalancerKind,
    /// Unique in its account and region; empty where none was seen.
    pub name: String,
    /// Whether other environments use it, too.
    pub is_shared: bool,
    /// Who reaches it: the narrower of what is set and what was seen.
    pub scheme: Scheme,
    /// By what that is known.
    pub scheme_evidence: ReachEvidence,
    /// Where it listens, by port.
    pub listeners: Vec<Listener>,
    /// All rules that are set, by priority; a listener names those that hold on its port.
    pub rules: Vec<Rule>,
    /// Until an idle connection is closed; absent: its default.
    pub idle_seconds: Option<u32>,
    /// Bucket and prefix of its access logs, if it writes them.
    pub access_logs: Option<(String, String)>,
    /// Whether it takes IPv6 beside IPv4.
    pub dual_stack: bool,
    /// Its own security groups, by id.
    pub security_groups: Vec<String>,
    /// Subnets that it stands in, by id; empty: not known.
    pub subnets: Vec<String>,
    /// Zones that it stands in: each has an address where the internet reaches it.
    pub zones: u32,
}

const ENVIRONMENT: &str = "aws:elasticbeanstalk:environment";
const BALANCER: &str = "aws:elbv2:loadbalancer";
const CLASSIC: &str = "aws:elb:loadbalancer";

/// Those that were seen; else the one that the settings ask for. None for a worker without one, which nobody calls.
pub(super) fn of(
    environment: &Environment,
    inventory: &Inventory,
    options: &Options<'_>,
    network: &Network,
    processes: &BTreeMap<String, Process>,
    conflicts: &mut Conflicts,
) -> Vec<Balancer> {
    let context = Context {
        environment,
        inventory,
        options,
        network,
        processes,
    };
    let seen = environment.load_balancers.iter().enumerate();
    let seen: Vec<Balancer> = seen
        .map(|(place, seen)| context.seen(seen, place == 0, conflicts))
        .collect();
    if !seen.is_empty() || environment.tier != "WebServer" {
        return seen;
    }
    let origin = if network.is_single_instance {
        BalancerOrigin::InstanceAddress
    } else {
        BalancerOrigin::Settings
    };
    vec![context.one(None, origin, true, conflicts)]
}

struct Context<'a> {
    environment: &'a Environment,
    inventory: &'a Inventory,
    options: &'a Options<'a>,
    network: &'a Network,
    processes: &'a BTreeMap<String, Process>,
}

impl Context<'_> {
    fn seen(&self, seen: &LoadBalancer, is_entrance: bool, conflicts: &mut Conflicts) -> Balancer {
        self.one(Some(seen), BalancerOrigin::Seen, is_entrance, conflicts)
    }

    /// The settings speak of the entrance; of another balancer only what was seen counts.
    fn one(
        &self,
        seen: Option<&LoadBalancer>,
        origin: BalancerOrigin,
        is_entrance: bool,
        conflicts: &mut Conflicts,
    ) -> Balancer {
        let options = self.options;
        let mut unsaid = Conflicts::default();
        let conflicts = if is_entrance { conflicts } else { &mut unsaid };
        let kind = self.kind(seen, is_entrance, conflicts);
        let is_instance = origin == BalancerOrigin::InstanceAddress;
        // A single instance has always a public address. Source: Elastic Beanstalk Developer Guide,
        // `AssociatePublicIpAddress` of `aws:ec2:vpc`.
        let seen_scheme = if is_instance {
            Scheme::InternetFacing.word()
        } else {
            seen.map_or("", |balancer| &balancer.scheme)
        };
        let (scheme, scheme_evidence) = scheme_reading::of(seen_scheme, options, conflicts);
        let is_shared = (is_entrance && options.is_on(ENVIRONMENT, "LoadBalancerIsShared"))
            || seen.is_some_and(|balancer| balancer.shared);
        let idle = options
            .number(BALANCER, "IdleTimeout", 1, 4_000)
            .or_else(|| {
                options.number("aws:elb:policies", "ConnectionSettingIdleTimeout", 1, 4_000)
            });
        let (listeners, rules) = if is_instance {
            listeners::tell_left_over(options, self.processes, conflicts);
            (Vec::new(), Vec::new())
        } else {
            (
                listeners::of(seen, is_shared, options, self.processes, conflicts),
                listener_rule::of(options, self.processes),
            )
        };
        let groups = options
            .get(BALANCER, "SecurityGroups")
            .or(options.get(CLASSIC, "SecurityGroups"));
        Balancer {
            origin,
            kind,
            name: seen.map_or_else(String::new, |balancer| balancer.name.clone()),
            is_shared,
            scheme,
            scheme_evidence,
            listeners,
            rules,
            idle_seconds: idle,
            access_logs: access_logs(options),
            dual_stack: options.choice(
                BALANCER,
                "IpAddressType",
                &[("dualstack", true), ("ipv4", false)],
            ) == Some(true),
            security_groups: self.kept_groups(groups),
            subnets: self.network.balancer_subnets.clone(),
            zones: self.zones(),
        }
    }

    /// Those that outlive the environment: what Beanstalk's stack made goes with it, and admits everybody, as that of
    /// the controller does, which takes its place.
    fn kept_groups(&self, named: Option<&str>) -> Vec<String> {
        let is_stacks_own = |id: &String| {
            self.inventory.security_groups.iter().any(|group| {
                group.id == *id
                    && group.account == self.environment.account
                    && group.region == self.environment.region
                    && group.name.starts_with("awseb-")
            })
        };
        let mut ids = network::identifiers(named, "sg-");
        ids.retain(|id| !is_stacks_own(id));
        ids
    }

    /// What was seen wins; Beanstalk makes classic ones where nothing else is set, but no new ones.
    fn kind(
        &self,
        seen: Option<&LoadBalancer>,
        is_entrance: bool,
        conflicts: &mut Conflicts,
    ) -> BalancerKind {
        let words = [
            BalancerKind::Application,
            BalancerKind::Network,
            BalancerKind::Classic,
        ]
        .map(|kind| (kind.word(), kind));
        let set = self
            .options
            .choice(ENVIRONMENT, "LoadBalancerType", &words)
            .filter(|_| is_entrance);
        let seen = seen.and_then(|balancer| values::choice(&balancer.kind, &words));
        conflicts
            .seen_wins(Fact::BalancerKind, set, seen)
            .unwrap_or(BalancerKind::Application)
    }

    /// Zones of its subnets, as far as the inventory knows them; two, the least of an application load balancer,
    /// where no subnets are known.
    fn zones(&self) -> u32 {
        let own = &self.network.balancer_subnets;
        let is_own = |subnet: &&crate::snapshot::Subnet| {
            subnet.account == self.environment.account
                && subnet.region == self.environment.region
                && own.contains(&subnet.id)
        };
        let known: Vec<_> = self.inventory.subnets.iter().filter(is_own).collect();
        let zones: BTreeSet<&str> = known.iter().map(|subnet| subnet.zone.as_str()).collect();
        let unknown = own.len() - known.len().min(own.len());
        let count = u32::try_from(zones.len() + unknown).unwrap_or(u32::MAX);
        count.clamp(if own.is_empty() { 2 } else { 1 }, 6)
    }
}

fn access_logs(options: &Options<'_>) -> Option<(String, String)> {
    if !options.is_on(BALANCER, "AccessLogsS3Enabled") {
        return None;
    }
    let bucket = options
        .get(BALANCER, "AccessLogsS3Bucket")
        .and_then(values::identifier)?;
    let prefix = options
        .get(BALANCER, "AccessLogsS3Prefix")
        .and_then(values::identifier)
        .unwrap_or_default();
    Some((bucket, prefix))
}
