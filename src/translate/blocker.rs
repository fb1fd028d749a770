//! What only a human can do before an environment moves.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::front::EntranceKind;
use super::intents::Intents;
use super::runtime;
use super::settings::Images;
use crate::beanstalk::{BalancerKind, DatabaseEnd, EnvironmentReading, PlatformKind};
use crate::catalog::OperatingSystem;
use crate::policy::Policy;
use crate::snapshot::Environment;
use crate::wording::{Text, text};

/// Who has to act.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// Those who write the app.
    AppTeam,
    /// Those who run the clusters.
    PlatformTeam,
    /// Those who run the databases.
    DatabaseTeam,
    /// Those who run networks and directories.
    NetworkTeam,
}

impl Owner {
    /// The name that people know them by.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::AppTeam => text!("owner-app-team"),
            Self::PlatformTeam => text!("owner-platform-team"),
            Self::DatabaseTeam => text!("owner-database-team"),
            Self::NetworkTeam => text!("owner-network-team"),
        }
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

/// How much work it is, for somebody who knows the app.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Effort {
    Hours,
    Days,
    Weeks,
}

impl Effort {
    /// The length of time as a word.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::Hours => text!("effort-hours"),
            Self::Days => text!("effort-days"),
            Self::Weeks => text!("effort-weeks"),
        }
    }
}

impl fmt::Display for Effort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

/// Something that must be settled first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Blocker {
    /// A stable name: `coupled-database`.
    pub code: String,
    /// What is the matter, with what it was seen by.
    pub what: Text,
    /// The first step to settle it.
    pub remedy: Text,
    /// Which team has to act.
    pub owner: Owner,
    /// How long it takes.
    pub effort: Effort,
}

pub(super) fn of(
    environment: &Environment,
    reading: &EnvironmentReading,
    intents: &Intents,
    images: &Images<'_>,
    policy: &Policy,
) -> Vec<Blocker> {
    let found = [
        database(reading),
        queue(intents),
        own_platform(environment),
        image(environment, reading, images),
        extensions(reading),
        address(reading),
        stickiness(intents),
        windows(environment, reading, policy),
        directory(reading),
        schedules(intents),
        network_balancer(reading, intents),
        ports_left_out(intents),
        proxy_protocol(intents),
        rules_left_out(intents),
        rules_unused(intents),
        tls_to_the_app(intents),
        old_tls_policy(reading, intents),
        devices(reading),
        accelerator(reading),
        at_most_one(reading),
        to_zero(intents),
        runtime_left_out(intents),
        several_containers(reading),
        foreign_queue(intents),
    ];
    found.into_iter().flatten().collect()
}

fn blocker(code: &str, what: Text, remedy: Text, owner: Owner, effort: Effort) -> Option<Blocker> {
    Some(Blocker {
        code: code.to_owned(),
        what,
        remedy,
        owner,
        effort,
    })
}

fn database(reading: &EnvironmentReading) -> Option<Blocker> {
    let database = reading.database?;
    if !database.is_certain {
        let what = match database.end {
            DatabaseEnd::Deleted => text!("blocker-database-perhaps-deleted"),
            DatabaseEnd::Kept | DatabaseEnd::Snapshot => text!("blocker-database-perhaps"),
        };
        return blocker(
            "coupled-database",
            what,
            text!("blocker-database-perhaps-remedy"),
            Owner::DatabaseTeam,
            Effort::Days,
        );
    }
    let what = match database.end {
        DatabaseEnd::Kept => text!("blocker-database-kept"),
        DatabaseEnd::Snapshot => text!("blocker-database-snapshot"),
        DatabaseEnd::Deleted => text!("blocker-database-deleted"),
    };
    blocker(
        "coupled-database",
        what,
        text!("blocker-database-remedy"),
        Owner::DatabaseTeam,
        Effort::Days,
    )
}

fn queue(intents: &Intents) -> Option<Blocker> {
    let worker = intents.worker.as_ref()?;
    if !worker.is_queue_beanstalks {
        return None;
    }
    blocker(
        "beanstalk-queue",
        text!("blocker-queue"),
        text!("blocker-queue-remedy"),
        Owner::AppTeam,
        Effort::Days,
    )
}

/// `arn:aws:elasticbeanstalk:REGION:ACCOUNT:platform/NAME/VERSION`; those of AWS have no account there.
fn own_platform(environment: &Environment) -> Option<Blocker> {
    let parts: Vec<&str> = environment.platform.splitn(6, ':').collect();
    let [_, _, "elasticbeanstalk", _, account, resource] = parts[..] else {
        return None;
    };
    let name = resource.strip_prefix("platform/")?;
    if account.is_empty() {
        return None;
    }
    blocker(
        "own-platform",
        text!("blocker-own-platform", platform = name),
        text!("blocker-own-platform-remedy"),
        Owner::AppTeam,
        Effort::Days,
    )
}

fn image(
    environment: &Environment,
    reading: &EnvironmentReading,
    images: &Images<'_>,
) -> Option<Blocker> {
    let image = reading.instances.image.as_deref()?;
    if !images.is_custom(environment, reading) {
        return None;
    }
    let what = text!("blocker-image", image = image);
    blocker(
        "custom-image",
        what,
        text!("blocker-image-remedy"),
        Owner::AppTeam,
        Effort::Days,
    )
}

fn extensions(reading: &EnvironmentReading) -> Option<Blocker> {
    let instances = &reading.instances;
    let what = match instances.custom_options {
        _ if instances.external_extensions => text!("blocker-extensions-of-a-bucket"),
        0 => return None,
        custom => text!("blocker-custom-options", options = custom),
    };
    blocker(
        "extensions",
        what,
        text!("blocker-extensions-remedy"),
        Owner::AppTeam,
        Effort::Days,
    )
}

fn address(reading: &EnvironmentReading) -> Option<Blocker> {
    if reading.network.is_single_instance && reading.worker.is_none() {
        let (what, remedy) = (
            text!("blocker-fixed-address"),
            text!("blocker-fixed-address-remedy"),
        );
        return blocker(
            "fixed-address",
            what,
            remedy,
            Owner::NetworkTeam,
            Effort::Days,
        );
    }
    if !reading.public_addresses.any() {
        return None;
    }
    let (what, remedy) = (
        text!("blocker-outbound-address"),
        text!("blocker-outbound-address-remedy"),
    );
    blocker(
        "outbound-address",
        what,
        remedy,
        Owner::NetworkTeam,
        Effort::Hours,
    )
}

fn stickiness(intents: &Intents) -> Option<Blocker> {
    if !intents
        .processes
        .values()
        .any(|process| process.stickiness.is_some())
    {
        return None;
    }
    let (what, remedy) = (
        text!("blocker-sticky-sessions"),
        text!("blocker-sticky-sessions-remedy"),
    );
    blocker(
        "sticky-sessions",
        what,
        remedy,
        Owner::AppTeam,
        Effort::Weeks,
    )
}

fn windows(
    environment: &Environment,
    reading: &EnvironmentReading,
    policy: &Policy,
) -> Option<Blocker> {
    if environment.operating_system() != OperatingSystem::Windows {
        return None;
    }
    let own = &reading.platform.version;
    let nodes = runtime::windows_of_nodes(policy);
    let what = if own.is_empty() || *own == nodes {
        text!("blocker-windows")
    } else {
        text!("blocker-windows-of", own = own, nodes = nodes)
    };
    blocker(
        "windows",
        what,
        text!("blocker-windows-remedy"),
        Owner::AppTeam,
        Effort::Weeks,
    )
}

fn directory(reading: &EnvironmentReading) -> Option<Blocker> {
    if !reading.instances.joins_directory {
        return None;
    }
    blocker(
        "active-directory",
        text!("blocker-directory"),
        text!("blocker-directory-remedy"),
        Owner::NetworkTeam,
        Effort::Weeks,
    )
}

fn schedules(intents: &Intents) -> Option<Blocker> {
    let active = intents
        .schedules
        .iter()
        .filter(|schedule| !schedule.suspended)
        .count();
    if active == 0 || intents.window.is_some() {
        return None;
    }
    let what = text!("blocker-schedules", actions = active);
    blocker(
        "scheduled-actions",
        what,
        text!("blocker-schedules-remedy"),
        Owner::AppTeam,
        Effort::Hours,
    )
}

fn network_balancer(reading: &EnvironmentReading, intents: &Intents) -> Option<Blocker> {
    let entrance = intents
        .entrance
        .as_ref()
        .filter(|entrance| entrance.kind == EntranceKind::Network)?;
    let ports = ports(entrance.listeners.iter().map(|listener| listener.port));
    let is_network = reading
        .entrance()
        .is_some_and(|balancer| balancer.kind == BalancerKind::Network);
    let (code, what) = if is_network {
        (
            "network-load-balancer",
            text!("blocker-network-balancer", ports = ports),
        )
    } else {
        ("layer-4", text!("blocker-layer-4", ports = ports))
    };
    blocker(
        code,
        what,
        text!("blocker-network-balancer-remedy"),
        Owner::NetworkTeam,
        Effort::Days,
    )
}

fn ports(all: impl Iterator<Item = u16>) -> Vec<Text> {
    all.map(Text::plain).collect()
}

fn names(all: &[String]) -> Vec<Text> {
    all.iter().map(Text::plain).collect()
}

/// Beside ports that speak HTTP.
fn ports_left_out(intents: &Intents) -> Option<Blocker> {
    let left = &intents.entrance.as_ref()?.ports_left_out;
    if left.is_empty() {
        return None;
    }
    blocker(
        "layer-4",
        text!(
            "blocker-ports-left-out",
            ports = ports(left.iter().copied())
        ),
        text!("blocker-ports-left-out-remedy"),
        Owner::NetworkTeam,
        Effort::Days,
    )
}

fn proxy_protocol(intents: &Intents) -> Option<Blocker> {
    let takes: Vec<u16> = intents
        .processes
        .values()
        .filter(|process| process.proxy_protocol)
        .map(|process| process.port)
        .collect();
    if takes.is_empty() {
        return None;
    }
    blocker(
        "proxy-protocol",
        text!("blocker-proxy-protocol", ports = ports(takes.into_iter())),
        text!("blocker-proxy-protocol-remedy"),
        Owner::AppTeam,
        Effort::Days,
    )
}

fn rules_left_out(intents: &Intents) -> Option<Blocker> {
    let left = &intents.entrance.as_ref()?.rules_left_out;
    if left.is_empty() {
        return None;
    }
    blocker(
        "listener-rules",
        text!("blocker-rules-left-out", rules = names(left)),
        text!("blocker-rules-left-out-remedy"),
        Owner::AppTeam,
        Effort::Hours,
    )
}

fn rules_unused(intents: &Intents) -> Option<Blocker> {
    let unused = &intents.entrance.as_ref()?.rules_unused;
    if unused.is_empty() {
        return None;
    }
    blocker(
        "unused-rules",
        text!("blocker-rules-unused", rules = names(unused)),
        text!("blocker-rules-unused-remedy"),
        Owner::AppTeam,
        Effort::Hours,
    )
}

/// A container has no proxy that ends it.
fn tls_to_the_app(intents: &Intents) -> Option<Blocker> {
    intents.entrance.as_ref()?;
    let takes: Vec<u16> = intents
        .processes
        .values()
        .filter(|process| process.tls)
        .map(|process| process.port)
        .collect();
    if takes.is_empty() {
        return None;
    }
    blocker(
        "tls-to-the-app",
        text!("blocker-tls-to-the-app", ports = ports(takes.into_iter())),
        text!("blocker-tls-to-the-app-remedy"),
        Owner::AppTeam,
        Effort::Days,
    )
}

/// One that an application load balancer does not know: its default takes the place.
fn old_tls_policy(reading: &EnvironmentReading, intents: &Intents) -> Option<Blocker> {
    let kept = &intents.entrance.as_ref()?.listeners;
    let lost = reading.entrance()?.listeners.iter().find_map(|listener| {
        let is_kept = kept
            .iter()
            .any(|one| one.port == listener.port && one.tls_policy.is_some());
        listener.tls_policy.clone().filter(|_| !is_kept)
    })?;
    blocker(
        "tls-policy",
        text!("blocker-tls-policy", policy = lost),
        text!("blocker-tls-policy-remedy"),
        Owner::NetworkTeam,
        Effort::Hours,
    )
}

fn accelerator(reading: &EnvironmentReading) -> Option<Blocker> {
    let (instance_type, has) = reading.accelerator.as_ref()?;
    let what = text!(
        "blocker-accelerator",
        type = instance_type,
        has = Text::plain(has)
    );
    blocker(
        "accelerator",
        what,
        text!("blocker-accelerator-remedy"),
        Owner::PlatformTeam,
        Effort::Days,
    )
}

/// May it run twice? Beanstalk never let it, but for moments.
fn at_most_one(reading: &EnvironmentReading) -> Option<Blocker> {
    if !reading.at_most_one {
        return None;
    }
    blocker(
        "at-most-one",
        text!("blocker-at-most-one"),
        text!("blocker-at-most-one-remedy"),
        Owner::AppTeam,
        Effort::Hours,
    )
}

fn to_zero(intents: &Intents) -> Option<Blocker> {
    let to_zero: Vec<String> = intents
        .schedules
        .iter()
        .filter(|schedule| !schedule.suspended && schedule.is_to_zero())
        .map(|schedule| super::front::shown(&schedule.name))
        .collect();
    if to_zero.is_empty() {
        return None;
    }
    blocker(
        "scheduled-to-zero",
        text!("blocker-to-zero", actions = names(&to_zero)),
        text!("blocker-to-zero-remedy"),
        Owner::AppTeam,
        Effort::Hours,
    )
}

fn runtime_left_out(intents: &Intents) -> Option<Blocker> {
    let left = &intents.runtime.left_out;
    if left.is_empty() {
        return None;
    }
    blocker(
        "runtime-options",
        text!("blocker-runtime-left-out", options = names(left)),
        text!("blocker-runtime-left-out-remedy"),
        Owner::AppTeam,
        Effort::Hours,
    )
}

fn several_containers(reading: &EnvironmentReading) -> Option<Blocker> {
    if reading.platform.kind != PlatformKind::Ecs {
        return None;
    }
    blocker(
        "several-containers",
        text!("blocker-several-containers"),
        text!("blocker-several-containers-remedy"),
        Owner::AppTeam,
        Effort::Days,
    )
}

fn foreign_queue(intents: &Intents) -> Option<Blocker> {
    let account = intents.worker.as_ref()?.foreign_account.as_ref()?;
    blocker(
        "foreign-queue",
        text!("blocker-foreign-queue", account = account),
        text!("blocker-foreign-queue-remedy"),
        Owner::AppTeam,
        Effort::Hours,
    )
}

fn devices(reading: &EnvironmentReading) -> Option<Blocker> {
    let volumes = reading.volumes.extra.len();
    if volumes == 0 {
        return None;
    }
    let what = text!("blocker-volumes", volumes = volumes);
    blocker(
        "volumes",
        what,
        text!("blocker-volumes-remedy"),
        Owner::AppTeam,
        Effort::Days,
    )
}
