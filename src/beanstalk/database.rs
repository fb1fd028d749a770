//! A database that Beanstalk made with the environment.

use super::options::Options;

/// What becomes of a database when its environment ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DatabaseEnd {
    /// It goes, with its data.
    Deleted,
    /// It goes; a snapshot stays.
    Snapshot,
    /// It stays.
    Kept,
}

/// A database that is bound to an environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Database {
    /// What becomes of it.
    pub end: DatabaseEnd,
}

const NAMESPACE: &str = "aws:rds:dbinstance";

pub(super) fn of(options: &Options<'_>) -> Option<Database> {
    if !options.is_on(NAMESPACE, "HasCoupledDatabase") {
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
    })
}
