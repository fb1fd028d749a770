//! How many pods of an app a rolling update takes out at once.

use super::EnvironmentPlan;
use crate::beanstalk::Batch;
use crate::wording::text;

/// Never more than half of the fewest pods that it may have: a batch is a number of instances, and there may be fewer
/// pods. Where half a pod would be none, one is added first instead.
pub(super) fn bound(environment: &mut EnvironmentPlan, fewest: u32) {
    let wanted = environment.translation.intents.rollout.max_unavailable;
    let Some((surge, unavailable)) = bounded(wanted, fewest) else {
        return;
    };
    let intents = &mut environment.translation.intents;
    intents.rollout.max_surge = surge;
    intents.rollout.max_unavailable = unavailable;
    for derivation in &mut intents.derivations {
        let value = match derivation.field.as_str() {
            "maxSurge" => surge,
            "maxUnavailable" => unavailable,
            _ => continue,
        };
        derivation.value = value.into();
        derivation.from = text!(
            "from-rolling-bounded",
            from = derivation.from.clone(),
            pods = fewest
        );
    }
}

/// What to change; nothing where it is within bounds.
fn bounded(wanted: Batch, fewest: u32) -> Option<(Batch, Batch)> {
    let half = fewest / 2;
    let at_once = match wanted {
        Batch::Count(count) => count,
        // As Kubernetes rounds it.
        Batch::Percent(percent) => percent.min(100) * fewest / 100,
    };
    match wanted {
        Batch::Count(0) => None,
        _ if half == 0 || at_once == 0 => Some((Batch::Count(1), Batch::Count(0))),
        Batch::Count(_) if at_once > half => Some((Batch::Count(0), Batch::Count(half))),
        Batch::Percent(percent) if percent > 50 => Some((Batch::Count(0), Batch::Percent(50))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn five_of_two_are_one_and_one_of_one_is_none() {
        assert_eq!(
            bounded(Batch::Count(5), 2),
            Some((Batch::Count(0), Batch::Count(1)))
        );
        assert_eq!(
            bounded(Batch::Count(1), 1),
            Some((Batch::Count(1), Batch::Count(0)))
        );
        assert_eq!(bounded(Batch::Count(2), 4), None);
        assert_eq!(bounded(Batch::Percent(50), 4), None);
        // A tenth of four would be none, of which Kubernetes makes one; beside a surge of none.
        assert_eq!(
            bounded(Batch::Percent(10), 4),
            Some((Batch::Count(1), Batch::Count(0)))
        );
    }

    proptest! {
        /// By Kubernetes' own rule (maxSurge rounded up, maxUnavailable down, and both nothing means one unavailable),
        /// at least half of the pods serve, however many there are.
        #[test]
        fn half_of_the_pods_stay(wanted in prop_oneof![
            (0_u32..40).prop_map(Batch::Count),
            (0_u32..=100).prop_map(Batch::Percent),
        ], fewest in 1_u32..30, more in 0_u32..30) {
            let pods = fewest + more;
            let (surge, unavailable) = bounded(wanted, fewest).unwrap_or((Batch::Count(0), wanted));
            let up = |batch: Batch| match batch { Batch::Count(count) => count, Batch::Percent(share) => (share * pods).div_ceil(100) };
            let down = |batch: Batch| match batch { Batch::Count(count) => count, Batch::Percent(share) => share * pods / 100 };
            if wanted != Batch::Count(0) && wanted != Batch::Percent(0) {
                let out = if up(surge) == 0 && down(unavailable) == 0 { 1 } else { down(unavailable) };
                prop_assert!(2 * out <= pods, "{wanted:?} of {pods}: {surge:?} {unavailable:?}");
            }
        }
    }
}
