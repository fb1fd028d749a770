//! What counts where settings and observations disagree: the one rule.

use std::fmt::Display;

use super::Scheme;

/// What they disagree about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// Who reaches a load balancer.
    Reach,
    /// The kind of a load balancer.
    BalancerKind,
    /// What a port of a load balancer speaks.
    ListenerProtocol(u16),
    /// Whether a load balancer listens on a port.
    Listener(u16),
    /// Whether instances have public addresses.
    PublicAddresses,
    /// The most instances that its group may have.
    MostInstances,
    /// GiB of an instance's root volume.
    RootVolume,
    /// Whether EC2 reports every minute.
    DetailedMonitoring,
    /// Whether instances are bought on the spot market.
    Spot,
}

/// What settings and an observation say of one fact, where they differ; each becomes a note.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// What both speak of.
    pub fact: Fact,
    /// What the settings say.
    pub set: String,
    /// What was seen; `-` where it was looked for and is not there.
    pub seen: String,
    /// What the plan goes by: one of the two.
    pub taken: String,
}

/// What is not, as it is shown in every language.
const NOTHING: &str = "-";

/// Disagreements in the making.
#[derive(Debug, Default)]
pub(super) struct Conflicts(pub(super) Vec<Conflict>);

impl Conflicts {
    /// What was seen wins.
    pub(super) fn seen_wins<T: PartialEq + Display>(
        &mut self,
        fact: Fact,
        set: Option<T>,
        seen: Option<T>,
    ) -> Option<T> {
        if let (Some(set), Some(seen)) = (&set, &seen)
            && set != seen
        {
            self.tell(fact, set, seen, seen);
        }
        seen.or(set)
    }

    /// Who may reach an app is the narrower of both: opening what was closed is no mistake to make.
    pub(super) fn narrower_wins(
        &mut self,
        set: Option<Scheme>,
        seen: Option<Scheme>,
    ) -> Option<Scheme> {
        if let (Some(set), Some(seen)) = (set, seen) {
            if set != seen {
                self.tell(Fact::Reach, &set, &seen, &set.min(seen));
            }
            return Some(set.min(seen));
        }
        seen.or(set)
    }

    /// Something is set that was looked for and is not there: it counts for nothing.
    pub(super) fn is_not_there<T: Display>(&mut self, fact: Fact, set: &T) {
        self.tell(fact, set, &NOTHING, &NOTHING);
    }

    /// Something is there that nobody set: it counts.
    pub(super) fn is_not_set<T: Display>(&mut self, fact: Fact, seen: &T) {
        self.tell(fact, &NOTHING, seen, seen);
    }

    fn tell(&mut self, fact: Fact, set: &dyn Display, seen: &dyn Display, taken: &dyn Display) {
        self.0.push(Conflict {
            fact,
            set: set.to_string(),
            seen: seen.to_string(),
            taken: taken.to_string(),
        });
    }
}
