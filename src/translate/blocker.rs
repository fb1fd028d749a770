//! What only a human can do before an environment moves.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::front::EntranceKind;
use super::intents::Intents;
use super::options_of::Options;
use super::settings::Images;
use super::values;
use crate::catalog::OperatingSystem;
use crate::snapshot::Environment;

/// Who has to act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
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

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::AppTeam => "app team",
            Self::PlatformTeam => "platform team",
            Self::DatabaseTeam => "database team",
            Self::NetworkTeam => "network team",
        })
    }
}

/// How much work it is, for somebody who knows the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Effort {
    Hours,
    Days,
    Weeks,
}

impl fmt::Display for Effort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Weeks => "weeks",
        })
    }
}

/// Something that must be settled first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Blocker {
    /// A stable name: `coupled-database`.
    pub code: String,
    /// What is the matter, with what it was seen by.
    pub what: String,
    /// What to do.
    pub remedy: String,
    /// Who.
    pub owner: Owner,
    /// How long it takes.
    pub effort: Effort,
}

pub(super) fn of(environment: &Environment, intents: &Intents, images: &Images<'_>) -> Vec<Blocker> {
    let options = Options::of(environment);
    let found = [
        database(&options),
        queue(intents),
        image(environment, &options, images),
        extensions(environment, &options),
        address(environment, &options),
        stickiness(intents),
        windows(environment),
        directory(environment),
        schedules(intents),
        network_balancer(intents),
        devices(&options),
    ];
    found.into_iter().flatten().collect()
}

fn blocker(code: &str, what: impl Into<String>, remedy: &str, owner: Owner, effort: Effort) -> Option<Blocker> {
    Some(Blocker { code: code.to_owned(), what: what.into(), remedy: remedy.to_owned(), owner, effort })
}

fn database(options: &Options<'_>) -> Option<Blocker> {
    const RDS: &str = "aws:rds:dbinstance";
    if options.get(RDS, "HasCoupledDatabase").and_then(values::flag) != Some(true) {
        return None;
    }
    // Nothing said is Beanstalk's default.
    let what = match options.get(RDS, "DBDeletionPolicy").unwrap_or("Delete") {
        "Retain" => "a database belongs to the environment; it would be kept (DBDeletionPolicy Retain)",
        "Snapshot" => {
            "a database belongs to the environment; deleting the environment would leave a snapshot only (DBDeletionPolicy Snapshot)"
        }
        _ => "a database belongs to the environment, and deleting the environment DELETES THE DATABASE (DBDeletionPolicy Delete)",
    };
    let remedy =
        "set DBDeletionPolicy to Retain, then HasCoupledDatabase to false; put RDS_* into a secret; admit the nodes' security group";
    blocker("coupled-database", what, remedy, Owner::DatabaseTeam, Effort::Days)
}

fn queue(intents: &Intents) -> Option<Blocker> {
    let worker = intents.worker.as_ref()?;
    if !worker.is_queue_beanstalks {
        return None;
    }
    let what = "its queue was made by Beanstalk and is deleted with the environment, with every message in it";
    let remedy = "make a queue of its own with the same redrive policy, point senders and WorkerQueueURL at it, let the old one run empty";
    blocker("beanstalk-queue", what, remedy, Owner::AppTeam, Effort::Days)
}

fn image(environment: &Environment, options: &Options<'_>, images: &Images<'_>) -> Option<Blocker> {
    let image = options.get("aws:autoscaling:launchconfiguration", "ImageId")?;
    if !images.is_custom(environment) {
        return None;
    }
    let what = format!(
        "its machine image {} is not the one that other environments of its platform have",
        values::identifier(image).unwrap_or_default()
    );
    blocker("custom-image", what, "find out what the image brings and put it into the Dockerfile", Owner::AppTeam, Effort::Days)
}

fn extensions(environment: &Environment, options: &Options<'_>) -> Option<Blocker> {
    const CUSTOM: &str = "aws:elasticbeanstalk:customoption";
    let bucket = options.get("aws:elasticbeanstalk:environment", "ExternalExtensionsS3Bucket");
    let custom = environment.option_settings.iter().filter(|setting| setting.namespace == CUSTOM).count();
    if bucket.is_none() && custom == 0 {
        return None;
    }
    let what = match bucket {
        Some(_) => "it takes extensions from a bucket (ExternalExtensionsS3Bucket)".to_owned(),
        None => format!("{custom} custom options are set, which only .ebextensions read"),
    };
    let remedy = "read every .ebextensions file: packages and files go into the Dockerfile, leader_only commands into a Job, resources into Terraform";
    blocker("extensions", what, remedy, Owner::AppTeam, Effort::Days)
}

fn address(environment: &Environment, options: &Options<'_>) -> Option<Blocker> {
    let is_single = options.get("aws:elasticbeanstalk:environment", "EnvironmentType") == Some("SingleInstance");
    if is_single && environment.tier != "Worker" {
        let what = "a single instance with a fixed address (EnvironmentType SingleInstance)";
        let remedy = "find out who knows the address: for callers a name behind the load balancer, for those who admit it the addresses of the NAT gateways";
        return blocker("fixed-address", what, remedy, Owner::NetworkTeam, Effort::Days);
    }
    let public = environment.running_instances().filter(|instance| instance.public_address).count();
    let is_public = options.get("aws:ec2:vpc", "AssociatePublicIpAddress").and_then(values::flag) == Some(true);
    if public == 0 && !is_public {
        return None;
    }
    let what = "its instances call out from public addresses of their own, pods from those of the NAT gateways";
    blocker("outbound-address", what, "tell whoever admits callers by address", Owner::NetworkTeam, Effort::Hours)
}

fn stickiness(intents: &Intents) -> Option<Blocker> {
    let sticky: Vec<&str> =
        intents.processes.iter().filter(|(_, process)| process.stickiness.is_some()).map(|(name, _)| name.as_str()).collect();
    if sticky.is_empty() {
        return None;
    }
    let what =
        "clients stay with their instance (sticky sessions); pods come and go, and two clusters know nothing of each other's cookies";
    blocker(
        "sticky-sessions",
        what,
        "keep sessions in a store that all pods share, then switch stickiness off",
        Owner::AppTeam,
        Effort::Weeks,
    )
}

fn windows(environment: &Environment) -> Option<Blocker> {
    if environment.operating_system() != OperatingSystem::Windows {
        return None;
    }
    let remedy = "build a Windows container image for the nodes' Windows version; find out about the registry, services and COM objects that it needs";
    blocker("windows", "it runs on Windows", remedy, Owner::AppTeam, Effort::Weeks)
}

fn directory(environment: &Environment) -> Option<Blocker> {
    let is_joined = |setting: &&crate::snapshot::OptionSetting| {
        setting.namespace == "aws:elasticbeanstalk:windows:activedirectory"
            && (setting.redacted || setting.value.as_deref().is_some_and(|value| !value.is_empty()))
    };
    environment.option_settings.iter().find(is_joined)?;
    let remedy = "set up gMSA on the Windows nodes and a GMSACredentialSpec, and give the pod its name";
    blocker("active-directory", "its instances join an Active Directory domain", remedy, Owner::NetworkTeam, Effort::Weeks)
}

fn schedules(intents: &Intents) -> Option<Blocker> {
    let active = intents.schedules.iter().filter(|schedule| !schedule.suspended).count();
    if active == 0 || intents.window.is_some() {
        return None;
    }
    let what = format!("{active} scheduled actions, which are not one that raises and one that lowers again");
    blocker("scheduled-actions", what, "write the cron triggers of its ScaledObject by hand", Owner::AppTeam, Effort::Hours)
}

fn network_balancer(intents: &Intents) -> Option<Blocker> {
    let entrance = intents.entrance.as_ref().filter(|entrance| entrance.kind == EntranceKind::Network)?;
    let ports: Vec<String> = entrance.listeners.iter().map(|listener| listener.port.to_string()).collect();
    let what = format!("a network load balancer on {}: its addresses change", ports.join(", "));
    blocker(
        "network-load-balancer",
        what,
        "find out who knows its addresses; give the new one Elastic IPs if somebody does",
        Owner::NetworkTeam,
        Effort::Days,
    )
}

fn devices(options: &Options<'_>) -> Option<Blocker> {
    let devices = options.get("aws:autoscaling:launchconfiguration", "BlockDeviceMappings")?;
    let count = values::list(devices).count();
    let what = format!("{count} volumes beside the root volume (BlockDeviceMappings)");
    blocker(
        "volumes",
        what,
        "find out what is on them: scratch goes to an emptyDir, what must last to a database, S3 or EFS",
        Owner::AppTeam,
        Effort::Days,
    )
}
