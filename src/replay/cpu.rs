//! A node's CPU when it is short: the kernel's fair scheduler shares it by weight.

/// A pod that wants CPU.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CpuClaim {
    /// In millicores.
    pub(super) asked: u64,
    /// `cpu.shares`, which kubelet makes of the request: in proportion to it, and at least 2 of 1024 for each core.
    pub(super) weight: u64,
}

/// Shares under which the kernel does not go. Source: kubernetes `pkg/kubelet/cm/helpers_linux.go`, `MinShares`.
const LEAST_SHARES: u64 = 2;

/// `cpu.shares` of a request. Source: the same file, `MilliCPUToShares`.
pub(super) fn weight(request_millicores: u64) -> u64 {
    (request_millicores * 1_024 / 1_000).max(LEAST_SHARES)
}

/// What each of `wanted` gets of `capacity` millicores, in their order: nobody more than asked for, and of what is
/// left everybody by weight, again and again. What cannot be divided goes to the first ones. The sum is the smaller
/// of `capacity` and of what is asked for.
pub(super) fn shared(capacity: u64, wanted: &[CpuClaim]) -> Vec<u64> {
    let mut given: Vec<u64> = vec![0; wanted.len()];
    let mut open: Vec<usize> = (0..wanted.len()).collect();
    let mut left = capacity;
    loop {
        let weights: u64 = open.iter().map(|&pod| wanted[pod].weight).sum();
        let before = open.len();
        let offered = left;
        // Who asks for no more than its part is served; what it leaves is for the others.
        open.retain(|&pod| {
            let CpuClaim { asked, weight } = wanted[pod];
            let is_served =
                u128::from(asked) * u128::from(weights) <= u128::from(offered) * u128::from(weight);
            if is_served {
                given[pod] = asked;
                left -= asked;
            }
            !is_served
        });
        if open.len() == before || open.is_empty() {
            break;
        }
    }
    let weights: u64 = open.iter().map(|&pod| wanted[pod].weight).sum();
    let mut rest = left;
    for &pod in &open {
        let part = u128::from(left) * u128::from(wanted[pod].weight) / u128::from(weights.max(1));
        given[pod] = u64::try_from(part).unwrap_or(u64::MAX);
        rest -= given[pod];
    }
    for &pod in &open {
        let more = u64::from(rest > 0 && given[pod] < wanted[pod].asked);
        given[pod] += more;
        rest -= more;
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wanted(pods: &[(u64, u64)]) -> Vec<CpuClaim> {
        pods.iter()
            .map(|&(asked, weight)| CpuClaim { asked, weight })
            .collect()
    }

    #[test]
    fn cpu_is_shared_by_weight_and_what_one_leaves_is_for_the_others() {
        // 1000m for weights 1, 1 and 2. The first asks for 100 of its 250; 900 are left for 1 and 2: 300 and 600.
        let pods = wanted(&[(100, 1), (900, 1), (900, 2)]);
        assert_eq!(shared(1_000, &pods), [100, 300, 600]);
        // Enough for all.
        assert_eq!(shared(2_000, &pods), [100, 900, 900]);
        // A third of a millicore is nobody's; the first has it.
        assert_eq!(
            shared(100, &wanted(&[(99, 1), (99, 1), (99, 1)])),
            [34, 33, 33]
        );
        assert_eq!(shared(100, &[]), [] as [u64; 0]);
    }

    #[test]
    fn shares_are_those_of_kubelet() {
        assert_eq!(
            (weight(0), weight(1), weight(250), weight(1_000)),
            (2, 2, 256, 1_024)
        );
    }

    proptest! {
        #[test]
        fn nothing_is_made_or_lost_and_nobody_envies(
            capacity in 0_u64..5_000,
            pods in prop::collection::vec((0_u64..3_000, 1_u64..2_000), 0..12),
        ) {
            let pods = wanted(&pods);
            let given = shared(capacity, &pods);
            let asked: u64 = pods.iter().map(|pod| pod.asked).sum();
            prop_assert_eq!(given.iter().sum::<u64>(), capacity.min(asked));
            for (pod, got) in pods.iter().zip(&given) {
                prop_assert!(*got <= pod.asked);
                // Who got less than asked for has no less for its weight than anybody else, but for a millicore.
                for (other, others) in pods.iter().zip(&given) {
                    prop_assert!(
                        *got == pod.asked
                            || (*others).saturating_sub(1) * pod.weight <= (*got + 1) * other.weight
                    );
                }
            }
        }
    }
}
