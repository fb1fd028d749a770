//! Who watches a run.

/// Told as things happen; a command line draws bars of it, a test counts.
pub trait Observer: Send + Sync {
    /// `done` of `total` are done in this stage of a scope. The same stage is told again as it goes on.
    fn stage(&self, scope: &str, stage: Stage, done: usize, total: usize);

    /// Something that a person should read now, in one line.
    fn remark(&self, text: &str);
}

/// The parts of a run, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// What the region holds as a whole.
    Region,
    /// Environment by environment.
    Environments,
    /// Their history.
    History,
    /// Putting the snapshot together.
    Writing,
}

impl Stage {
    /// For people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Environments => "environments",
            Self::History => "history",
            Self::Writing => "writing",
        }
    }
}
