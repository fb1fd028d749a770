//! The CPU credits of T instances.

/// How a type earns credits. Source: the EC2 user guide, "Burstable performance instances": a credit is
/// one vCPU at 100 % for a minute.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Credits {
    vcpu: f64,
    earned_per_hour: f64,
    most: f64,
    /// T2 starts in standard mode: without credits it is held to its baseline. T3 starts unlimited.
    is_standard: bool,
}

/// The balance of one instance.
#[derive(Debug, Clone)]
pub(super) struct Balance {
    credits: Credits,
    left: f64,
}

impl Credits {
    /// Of the types that the made-up fleets use; `None` for all that have no credits.
    pub(super) fn of(instance_type: &str) -> Option<Self> {
        let (vcpu, earned_per_hour, most) = match instance_type {
            "t2.medium" | "t3.medium" => (2.0, 24.0, 576.0),
            "t3.large" => (2.0, 36.0, 864.0),
            _ => return None,
        };
        Some(Self {
            vcpu,
            earned_per_hour,
            most,
            is_standard: instance_type.starts_with("t2"),
        })
    }

    /// The percentage that can be used for ever.
    #[cfg(test)]
    pub(super) fn baseline(self) -> f64 {
        self.earned_per_hour / 60.0 / self.vcpu * 100.0
    }

    pub(super) fn full(self) -> Balance {
        Balance {
            credits: self,
            left: self.most,
        }
    }
}

impl Balance {
    /// Five minutes with a demand of that percentage: what was used, and the credits left after it.
    pub(super) fn spend(&mut self, wanted: f64) -> (f64, f64) {
        let Credits {
            vcpu,
            earned_per_hour,
            most,
            is_standard,
        } = self.credits;
        let earned = earned_per_hour / 12.0;
        let per_percent = vcpu * 5.0 / 100.0;
        let affordable = (self.left + earned) / per_percent;
        let used = if is_standard && wanted > affordable {
            affordable
        } else {
            wanted
        };
        let left = self.left + earned - used * per_percent;
        // Rounded, so that an empty balance is 0 and not a rest of the arithmetic.
        self.left = (left.clamp(0.0, most) * 1e6).round() / 1e6;
        (used, self.left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn baselines_are_those_of_the_guide() {
        let baseline = |name| Credits::of(name).map(Credits::baseline);
        assert_eq!(baseline("t3.medium"), Some(20.0));
        assert_eq!(baseline("t3.large"), Some(30.0));
        assert_eq!(baseline("m5.large"), None);
    }

    #[test]
    fn a_t2_without_credits_is_held_to_its_baseline_and_a_t3_is_not() {
        let mut standard = Credits::of("t2.medium").expect("a T type").full();
        let mut unlimited = Credits::of("t3.medium").expect("a T type").full();
        let hours = 576.0 / (2.0 * 60.0 - 24.0);
        assert!(
            (hours - 6.0_f64).abs() < 1e-9,
            "576 credits last six hours at full speed"
        );
        for _ in 0..6 * 12 {
            assert_eq!(
                (standard.spend(100.0).0, unlimited.spend(100.0).0),
                (100.0, 100.0)
            );
        }
        assert_eq!(standard.spend(100.0), (20.0, 0.0));
        assert_eq!(unlimited.spend(100.0), (100.0, 0.0));
    }
}
