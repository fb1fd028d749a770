//! Who reaches a load balancer, by what is set and what was seen.

use super::conflict::Conflicts;
use super::options::Options;
use super::{Scheme, values};

/// By what a reach is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReachEvidence {
    /// Its load balancer was seen so.
    Seen,
    /// `ELBScheme` says so.
    Set,
    /// Neither; Beanstalk's own default, which is public.
    Default,
    /// It has no entrance.
    NoEntrance,
}

/// Of a load balancer that was seen with the scheme `seen`, which is empty where nobody knows.
/// Source: Elastic Beanstalk Developer Guide, `aws:ec2:vpc`: `public`, the default, or `internal`.
pub(super) fn of(
    seen: &str,
    options: &Options<'_>,
    conflicts: &mut Conflicts,
) -> (Scheme, ReachEvidence) {
    let words = [
        ("internal", Scheme::Internal),
        ("public", Scheme::InternetFacing),
        ("internet-facing", Scheme::InternetFacing),
        ("internet facing", Scheme::InternetFacing),
    ];
    let set = options.choice("aws:ec2:vpc", "ELBScheme", &words);
    let seen = values::choice(seen, &words);
    let evidence = match (set, seen) {
        (Some(set), Some(seen)) if set < seen => ReachEvidence::Set,
        (_, Some(_)) => ReachEvidence::Seen,
        (Some(_), None) => ReachEvidence::Set,
        (None, None) => ReachEvidence::Default,
    };
    let scheme = conflicts.narrower_wins(set, seen);
    (scheme.unwrap_or(Scheme::InternetFacing), evidence)
}
