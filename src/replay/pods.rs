//! The pods of an app, and whether anything about them can move by itself.

use std::ops::Deref;

use super::cluster::Pod;

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
