//! HorizontalPodAutoscaler on CPU utilisation.
//!
//! Source: kubernetes `pkg/controller/podautoscaler/replica_calculator.go` and `horizontal.go`. Its utilisation is in
//! whole per cent, cut off. Left out: the limit of twice the pods or four more in 15 seconds, which a minute, four of
//! those, does not reach; and that metrics are half a minute old.

use std::collections::VecDeque;

use super::Scaling;

/// What the metrics say of an app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AppMetrics {
    /// Millicores that the serving pods used together.
    pub(super) used: u64,
    /// Millicores that one pod requests.
    pub(super) requested: u64,
    pub(super) serving: u32,
    /// Pods that wait for a node or start.
    pub(super) not_ready: u32,
}

/// What it recommends, before it looks back: `current` pods or another number.
///
/// `ceil(serving x utilisation / target)`, unless that is within a tenth of the target. Pods that are not ready count
/// as idle when there should be more.
pub(super) fn recommended(measured: AppMetrics, current: u32, target_percent: u32) -> u32 {
    let AppMetrics {
        used,
        requested,
        serving,
        not_ready,
    } = measured;
    if serving == 0 || requested == 0 || target_percent == 0 {
        return current;
    }
    let target = u64::from(target_percent);
    let utilisation = |pods: u64| used * 100 / (requested * pods);
    let is_tolerated = |utilisation: u64| utilisation.abs_diff(target) * TOLERANCE <= target;
    let wanted = |utilisation: u64, pods: u64| {
        u32::try_from((utilisation * pods).div_ceil(target)).unwrap_or(u32::MAX)
    };
    let ready = u64::from(serving);
    let of_ready = utilisation(ready);
    if not_ready == 0 || of_ready <= target {
        return if is_tolerated(of_ready) {
            current
        } else {
            wanted(of_ready, ready)
        };
    }
    let all = ready + u64::from(not_ready);
    let of_all = utilisation(all);
    if is_tolerated(of_all) || of_all < target {
        return current;
    }
    wanted(of_all, all).max(current)
}

/// One over the tolerance of 0.1.
const TOLERANCE: u64 = 10;

/// The recommendations of the last minutes: pods go when all of them agree that fewer are enough.
#[derive(Debug, Clone)]
pub(super) struct Window {
    /// Minute and recommendation, of which the highest ones from each minute on.
    highest: VecDeque<(u32, u32)>,
}

impl Window {
    /// As when the autoscaler starts: what runs is what it recommends.
    pub(super) fn starting(minute: u32, replicas: u32) -> Self {
        Self {
            highest: VecDeque::from([(minute, replicas)]),
        }
    }

    /// Notes what is recommended now, and says how many pods there should be.
    pub(super) fn decided(
        &mut self,
        minute: u32,
        recommended: u32,
        current: u32,
        scaling: Scaling,
    ) -> u32 {
        self.note(minute, recommended);
        let oldest = minute.saturating_sub(scaling.window_minutes);
        while self.highest.front().is_some_and(|&(at, _)| at < oldest) {
            self.highest.pop_front();
        }
        let highest = self.highest.front().map_or(recommended, |&(_, most)| most);
        // Up at once, down only to the highest of the window.
        let decided = current.clamp(recommended, highest.max(recommended));
        decided.clamp(scaling.min.min(scaling.max), scaling.max)
    }

    /// The same recommendation at a later minute, when nothing happened between.
    pub(super) fn note(&mut self, minute: u32, recommended: u32) {
        while self
            .highest
            .back()
            .is_some_and(|&(_, other)| other <= recommended)
        {
            self.highest.pop_back();
        }
        self.highest.push_back((minute, recommended));
    }

    /// The minute in which the highest recommendation is forgotten, if a lower one is behind it.
    pub(super) fn forgets_at(&self, scaling: Scaling) -> Option<u32> {
        let &(at, _) = self.highest.front()?;
        (self.highest.len() > 1).then(|| at + scaling.window_minutes + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(used: u64, serving: u32, not_ready: u32) -> AppMetrics {
        AppMetrics {
            used,
            requested: 1_000,
            serving,
            not_ready,
        }
    }

    #[test]
    fn the_documented_formula_with_its_tolerance() {
        // Two pods at 80 % of a target of 50 %: ceil(2 x 80 / 50) = 4.
        assert_eq!(recommended(measured(1_600, 2, 0), 2, 50), 4);
        // 55 % and 45 % are within a tenth of 50 %; 56 % are not.
        assert_eq!(recommended(measured(1_100, 2, 0), 2, 50), 2);
        assert_eq!(recommended(measured(900, 2, 0), 2, 50), 2);
        assert_eq!(recommended(measured(1_120, 2, 0), 2, 50), 3);
        assert_eq!(recommended(measured(100, 4, 0), 4, 50), 1);
        assert_eq!(
            recommended(measured(0, 0, 2), 2, 50),
            2,
            "no metrics, no change"
        );
    }

    #[test]
    fn pods_that_are_not_ready_count_as_idle_when_there_should_be_more() {
        // 80 % of two pods, but two more are coming: 40 % of four is less than 50 %, so no more are asked for.
        assert_eq!(recommended(measured(1_600, 2, 2), 4, 50), 4);
        // 160 % of two is 80 % of four: ceil(4 x 80 / 50) = 7.
        assert_eq!(recommended(measured(3_200, 2, 2), 4, 50), 7);
    }

    #[test]
    fn pods_go_when_the_whole_window_says_so_and_come_at_once() {
        let scaling = Scaling {
            min: 2,
            max: 10,
            target_percent: 50,
            window_minutes: 5,
        };
        let mut window = Window::starting(0, 8);
        assert_eq!(window.decided(1, 3, 8, scaling), 8);
        assert_eq!(window.forgets_at(scaling), Some(6));
        assert_eq!(window.decided(5, 4, 8, scaling), 8);
        // The eight of minute 0 is forgotten in minute 6; the four of minute 5 holds.
        assert_eq!(window.decided(6, 3, 8, scaling), 4);
        assert_eq!(window.decided(7, 9, 4, scaling), 9);
        assert_eq!(
            window.decided(8, 20, 9, scaling),
            10,
            "never over its maximum"
        );
        assert_eq!(Window::starting(0, 1).decided(0, 1, 1, scaling), 2);
    }
}
