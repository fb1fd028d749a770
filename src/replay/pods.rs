//! The pods of an app, and whether anything about them can move by itself.

use std::ops::Deref;

/// A pod, and where it is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pod {
    /// Its node, if it has one.
    pub(super) node: Option<usize>,
    /// It serves from this minute on, if it has a node; if not, it looks for one from this minute on.
    pub(super) ready_at: u32,
    /// When it was created.
    pub(super) born: u32,
    /// The rollout that made it.
    pub(super) revision: u32,
    /// Kills in a row.
    pub(super) kills: u32,
    /// Whether it is there again after an eviction or a kill.
    pub(super) is_back: bool,
    /// Millicores that it is asked for and that it gets in this minute, and MiB that it takes.
    pub(super) asked: u64,
    pub(super) got: u64,
    pub(super) memory: u32,
}

impl Pod {
    pub(super) const fn new(minute: u32, revision: u32) -> Self {
        Self {
            node: None,
            ready_at: 0,
            born: minute,
            revision,
            kills: 0,
            is_back: false,
            asked: 0,
            got: 0,
            memory: 0,
        }
    }

    pub(super) const fn serves(&self, minute: u32) -> bool {
        self.node.is_some() && self.ready_at <= minute
    }

    /// Minutes that it has looked for a node.
    pub(super) fn waited(&self, minute: u32) -> u32 {
        minute.saturating_sub(self.born.max(self.ready_at))
    }
}

/// Pods in the order in which they were made. Whoever changes them by [`Self::change`] also says that they may no longer
/// be settled, so that nobody can forget it.
#[derive(Debug, Clone, Default)]
pub(super) struct Pods {
    pods: Vec<Pod>,
    /// How many pods and of which revision there should be, if all of them are there, are such and serve.
    settled: Option<(u32, u32)>,
}

impl Deref for Pods {
    type Target = [Pod];

    fn deref(&self) -> &[Pod] {
        &self.pods
    }
}

impl Pods {
    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.pods.len()).unwrap_or(u32::MAX)
    }

    /// To move, make or remove some.
    pub(super) fn change(&mut self) -> &mut Vec<Pod> {
        self.settled = None;
        &mut self.pods
    }

    /// To write what a minute asks of each: that moves no pod.
    pub(super) fn loads(&mut self) -> &mut [Pod] {
        &mut self.pods
    }

    /// Whether in this minute, and in all later ones until something happens to one of them, all `desired` pods of the
    /// revision serve and there are no others.
    pub(super) fn are_settled(&self, desired: u32, revision: u32) -> bool {
        self.settled == Some((desired, revision))
    }

    /// Looks at each of them.
    pub(super) fn settle(&mut self, minute: u32, desired: u32, revision: u32) {
        let is_settled = self.pods.len() == desired as usize
            && self
                .pods
                .iter()
                .all(|pod| pod.revision == revision && pod.serves(minute));
        self.settled = is_settled.then_some((desired, revision));
    }
}

/// Each minute is like the first one, until something happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rest {
    /// The first minute that is not counted yet.
    pub(super) since: u32,
    /// The minute in which something happens by itself: a rollout, or the autoscaler forgets.
    pub(super) until: u32,
}
