//! A database that Beanstalk made with the environment.

use super::options::Options;

/// What becomes of a database when its environment ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DatabaseEnd {
    /// It goes, with its data.
    Deleted,
    /// It goes; a snapshot stays.
    Snapshot,
    /// It outlives the environment: `Retain`.
    Kept,
}

/// A database that is bound to an environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Database {
    /// What becomes of it.
    pub end: DatabaseEnd,
    /// Whether it is certain that it is bound to the environment: `HasCoupledDatabase` says so. Older environments
    /// have the database's settings without it.
    pub is_certain: bool,
}

const NAMESPACE: &str = "aws:rds:dbinstance";

pub(super) fn of(options: &Options<'_>) -> Option<Database> {
    let is_coupled = options.flag(NAMESPACE, "HasCoupledDatabase");
    let is_described = [
        "DBEngine",
        "DBInstanceClass",
        "DBAllocatedStorage",
        "DBSnapshotIdentifier",
    ]
    .iter()
    .any(|name| options.get(NAMESPACE, name).is_some());
    if is_coupled == Some(false) || (is_coupled.is_none() && !is_described) {
        return None;
    }
    let end = options.choice(
        NAMESPACE,
        "DBDeletionPolicy",
        &[
            ("Delete", DatabaseEnd::Deleted),
            ("Retain", DatabaseEnd::Kept),
            ("Snapshot", DatabaseEnd::Snapshot),
        ],
    );
    Some(Database {
        // Nothing said is Beanstalk's default.
        end: end.unwrap_or(DatabaseEnd::Deleted),
        is_certain: is_coupled == Some(true),
    })
}
