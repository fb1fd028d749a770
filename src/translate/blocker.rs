//! What only a human can do before an environment moves.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::front::EntranceKind;
use super::intents::Intents;
use super::settings::Images;
use crate::beanstalk::{DatabaseEnd, EnvironmentReading};
use crate::catalog::OperatingSystem;
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
    /// In words.
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
    /// In words.
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
    /// What to do.
    pub remedy: Text,
    /// Who.
    pub owner: Owner,
    /// How long it takes.
    pub effort: Effort,
}

pub(super) fn of(
    environment: &Environment,
    reading: &EnvironmentReading,
    intents: &Intents,
    images: &Images<'_>,
) -> Vec<Blocker> {
    let found = [
        database(reading),
        queue(intents),
        image(environment, reading, images),
        extensions(reading),
        address(reading),
        stickiness(intents),
        windows(environment),
        directory(reading),
        schedules(intents),
        network_balancer(intents),
        devices(reading),
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
    let what = match reading.database?.end {
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

fn windows(environment: &Environment) -> Option<Blocker> {
    if environment.operating_system() != OperatingSystem::Windows {
        return None;
    }
    blocker(
        "windows",
        text!("blocker-windows"),
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

fn network_balancer(intents: &Intents) -> Option<Blocker> {
    let entrance = intents
        .entrance
        .as_ref()
        .filter(|entrance| entrance.kind == EntranceKind::Network)?;
    let ports: Vec<Text> = entrance
        .listeners
        .iter()
        .map(|listener| Text::plain(listener.port))
        .collect();
    let what = text!("blocker-network-balancer", ports = ports);
    blocker(
        "network-load-balancer",
        what,
        text!("blocker-network-balancer-remedy"),
        Owner::NetworkTeam,
        Effort::Days,
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
