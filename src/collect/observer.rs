//! Who watches a run.

/// Told as things happen; a command line draws bars of it, a test counts.
pub trait Observer: Send + Sync {
    /// How far a stage of a scope is. The same stage is told again as it goes on, and not any more once the run was
    /// stopped.
    fn stage(&self, scope: &str, stage: Stage, progress: Progress);

    /// Something that a person should read now, in one line.
    fn remark(&self, text: &str);
}

/// What of a stage lies behind it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Units of work that were answered.
    pub done: usize,
    /// Asked for, and not answered in full.
    pub missed: usize,
    /// Units of work in all.
    pub total: usize,
}

impl Progress {
    /// One more, answered or not.
    #[must_use]
    pub fn and(self, is_answered: bool) -> Self {
        Self {
            done: self.done + usize::from(is_answered),
            missed: self.missed + usize::from(!is_answered),
            ..self
        }
    }

    /// Whether nothing of it is left to ask for.
    #[must_use]
    pub const fn is_over(self) -> bool {
        self.done + self.missed == self.total
    }
}

/// The parts of a run, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// What the region holds as a whole.
    Region,
    /// The settings and resources of each environment.
    Environments,
    /// The metrics of each environment.
    History,
    /// Putting the snapshot together.
    Writing,
}

impl Stage {
    /// The step's name as people read it.
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
