//! What the doctor found, typed.

use super::calls::Call;
use super::outcome::Outcome;
use super::region::RegionName;

/// One call in one region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// The call that was tried.
    pub call: Call,
    /// Whether it is allowed, denied or unknown.
    pub outcome: Outcome,
    /// Why, where there is something to say: one printable line of at most 200 characters.
    pub message: Option<String>,
}

/// Every call of the list in one region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionReport {
    /// The region that was asked.
    pub region: RegionName,
    /// In the order of [`Call::of_collection`], each exactly once.
    pub probes: Vec<Probe>,
}

/// Every call of the list in every region that was named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoctorReport {
    /// The profile that was named, for the hints.
    pub profile: Option<String>,
    /// In the order in which they were named.
    pub regions: Vec<RegionReport>,
}

/// The report in a word; the command line makes its exit code of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Every call was answered.
    Ready,
    /// Some call was not; the others show what a run would get.
    Incomplete,
    /// No usable credentials, so that calls were left out.
    Credentials,
    /// Nothing answered at all.
    Network,
}

impl DoctorReport {
    /// Ready only if nothing at all stands in the way.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let unanswered = |outcome| matches!(outcome, Outcome::Unreachable | Outcome::TimedOut);
        if self.outcomes().any(Outcome::stops) {
            Verdict::Credentials
        } else if self.outcomes().all(Outcome::is_usable) {
            Verdict::Ready
        } else if self
            .outcomes()
            .filter(|outcome| *outcome != Outcome::NotAttempted)
            .all(unanswered)
        {
            Verdict::Network
        } else {
            Verdict::Incomplete
        }
    }

    /// Every outcome, region by region.
    pub fn outcomes(&self) -> impl Iterator<Item = Outcome> + '_ {
        self.regions
            .iter()
            .flat_map(|region| &region.probes)
            .map(|probe| probe.outcome)
    }

    /// The permissions that were denied somewhere, in the order of the list.
    #[must_use]
    pub fn denied_actions(&self) -> Vec<&'static str> {
        let denied = |call: Call| {
            let mut probes = self.regions.iter().flat_map(|region| &region.probes);
            probes.any(|probe| probe.call == call && probe.outcome == Outcome::Denied)
        };
        Call::of_collection()
            .filter(|call| denied(*call))
            .map(Call::action)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(outcomes: &[Outcome]) -> DoctorReport {
        let probes = Call::of_collection()
            .zip(outcomes.iter().cycle())
            .map(|(call, &outcome)| Probe {
                call,
                outcome,
                message: None,
            })
            .collect();
        let region = "ap-northeast-1".parse().expect("a region");
        DoctorReport {
            profile: None,
            regions: vec![RegionReport { region, probes }],
        }
    }

    #[test]
    fn the_verdict_is_the_worst_that_a_person_can_act_on() {
        assert_eq!(
            report(&[Outcome::Ok, Outcome::Empty]).verdict(),
            Verdict::Ready
        );
        assert_eq!(
            report(&[Outcome::Ok, Outcome::Denied]).verdict(),
            Verdict::Incomplete
        );
        assert_eq!(
            report(&[Outcome::Ok, Outcome::Unreachable]).verdict(),
            Verdict::Incomplete
        );
        assert_eq!(
            report(&[Outcome::TimedOut, Outcome::Unreachable]).verdict(),
            Verdict::Network
        );
        assert_eq!(
            report(&[
                Outcome::Denied,
                Outcome::CredentialsExpired,
                Outcome::NotAttempted
            ])
            .verdict(),
            Verdict::Credentials
        );
    }
}
