//! What happened on a cluster, counted by app and by node group.

/// What would have happened on one cluster.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClusterOutcome {
    /// In the order of the apps.
    pub apps: Vec<AppOutcome>,
    /// In the order of the groups.
    pub groups: Vec<GroupOutcome>,
}

/// One app on one cluster.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AppOutcome {
    /// CPU, in millicore-minutes.
    pub work: Work,
    /// Minutes in which its load is known.
    pub known: Minutes,
    /// Minutes in which it got less than 95 % of the CPU that it was asked for.
    pub starved: Minutes,
    /// Minutes in which one of its pods was asked for more CPU than it requests.
    pub over_request: Minutes,
    /// Minutes that its pods waited for a node, all pods together.
    pub pending_pod_minutes: u64,
    /// The longest that one of its pods waited for a node, in minutes.
    pub longest_pending: u32,
    /// Pods that kubelet evicted.
    pub evictions: u64,
    /// Containers that the kernel killed at their memory limit.
    pub kills: u64,
    /// Evictions and kills of what was back for less than ten minutes since the last one: the same trouble, going on.
    pub repeats: u64,
    /// The first happenings of each kind, in order of time; what goes on unchanged for minutes is one.
    pub happenings: Vec<Happening>,
    /// The minute in which most CPU was missing.
    pub worst: Option<Happening>,
    /// The most that one of its pods was asked for, in thousandths of its request, with its minute.
    pub highest_over_request: Option<(u32, u32)>,
    /// Minutes of its pods, those that wait included.
    pub pod_minutes: u64,
    /// Fewest and most pods that there were.
    pub pods: (u32, u32),
    /// The worst of its days, of equals the first.
    pub worst_day: Option<Day>,
    /// The day that is under way.
    pub(super) today: Day,
    /// Of each kind that goes on for minutes the last happening, with the minute after it.
    pub(super) going_on: Vec<(Happening, u32)>,
}

/// One day of an app, hour by hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Day {
    /// Days since the start of the loads.
    pub number: u32,
    /// By hour of the day, from its begin.
    pub hours: [Hour; HOURS],
}

/// Hours of a day.
pub(super) const HOURS: usize = 24;

/// One hour of an app on one cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hour {
    /// The most millicores that all of its pods were asked for.
    pub asked: u64,
    /// Millicore-minutes that were starved or lost.
    pub missing: u64,
    /// The most millicores that one pod was asked for.
    pub pod_asked: u64,
    /// The most MiB that one pod took.
    pub pod_memory: u32,
    /// The most pods, and the fewest that served; both 0 if the hour was not replayed.
    pub pods: u32,
    /// The fewest pods that served; 0 if the hour was not replayed.
    pub serving: u32,
    /// Evicted pods and killed containers.
    pub evictions: u32,
    /// Containers that the kernel killed at their limit.
    pub kills: u32,
}

impl Day {
    /// What makes a day worse than another: CPU that was missing, then evictions and kills, then the busiest pod.
    #[must_use]
    pub fn rank(&self) -> (u64, u32, u64) {
        (
            self.hours.iter().map(|hour| hour.missing).sum(),
            self.hours
                .iter()
                .map(|hour| hour.evictions + hour.kills)
                .sum(),
            self.hours
                .iter()
                .map(|hour| hour.pod_asked)
                .max()
                .unwrap_or(0),
        )
    }
}

/// CPU of an app: `asked = delivered + starved + lost`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Work {
    /// What the instances had used.
    pub asked: u64,
    /// What its pods got.
    pub delivered: u64,
    /// What its pods were asked for and did not get.
    pub starved: u64,
    /// What came when no pod was there to serve it.
    pub lost: u64,
}

/// Something that happened to an app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Happening {
    /// Minutes since the start of the loads.
    pub minute: u32,
    /// Which kind of trouble it was.
    pub kind: HappeningKind,
    /// Millicores that were missing, or MiB that were in use.
    pub amount: u64,
    /// Millicores that were asked for, or MiB of the request or limit.
    pub of: u64,
}

/// What happened to an app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HappeningKind {
    /// A pod got too little CPU.
    Starved,
    /// No pod was there to serve it.
    Lost,
    /// A pod waited for a node.
    Pending,
    /// kubelet evicted a pod, since its node's memory was short.
    Evicted,
    /// Killed at its limit.
    Killed,
}

/// So many minutes of so many slots, by slot. What happened on two clusters at a time is one minute.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Minutes(Vec<Run>);

/// Slots one after the other with as many minutes each: most of a history is one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    first: u32,
    end: u32,
    minutes: u16,
}

impl Minutes {
    /// To the last slot or to a later one.
    pub(super) fn add(&mut self, slot: u32, minutes: u16) {
        let is_last = self.0.last().is_some_and(|last| last.end == slot + 1);
        let so_far = if is_last { self.take_last() } else { 0 };
        self.push(slot, so_far + minutes);
    }

    /// The minutes of the last slot, which is taken off.
    fn take_last(&mut self) -> u16 {
        let Some(last) = self.0.last_mut() else {
            return 0;
        };
        let minutes = last.minutes;
        last.end -= 1;
        if last.end == last.first {
            self.0.pop();
        }
        minutes
    }

    fn push(&mut self, slot: u32, minutes: u16) {
        match self.0.last_mut() {
            Some(last) if last.end == slot && last.minutes == minutes => last.end += 1,
            _ => self.0.push(Run {
                first: slot,
                end: slot + 1,
                minutes,
            }),
        }
    }

    /// How many in all.
    #[must_use]
    pub fn sum(&self) -> u64 {
        let of_run = |run: &Run| u64::from(run.end - run.first) * u64::from(run.minutes);
        self.0.iter().map(of_run).sum()
    }

    /// Minutes of either, taken for the same ones where both have some in a slot.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        if self == other || other.0.is_empty() {
            return self.clone();
        }
        if self.0.is_empty() {
            return other.clone();
        }
        let (mut left, mut right) = (self.slots().peekable(), other.slots().peekable());
        let mut both = Self::default();
        loop {
            let slot = match (left.peek(), right.peek()) {
                (None, None) => return both,
                (Some(&(one, _)), None) => one,
                (None, Some(&(other, _))) => other,
                (Some(&(one, _)), Some(&(other, _))) => one.min(other),
            };
            let of_left = left.next_if(|&(at, _)| at == slot).map_or(0, |of| of.1);
            let of_right = right.next_if(|&(at, _)| at == slot).map_or(0, |of| of.1);
            both.push(slot, of_left.max(of_right));
        }
    }

    /// By slot, in order of time.
    fn slots(&self) -> impl Iterator<Item = (u32, u16)> {
        let of_run = |run: &Run| {
            let minutes = run.minutes;
            (run.first..run.end).map(move |slot| (slot, minutes))
        };
        self.0.iter().flat_map(of_run)
    }
}

/// The first so many of each kind are told one by one.
const TOLD: usize = 8;

impl AppOutcome {
    pub(super) fn tell(&mut self, happening: Happening) {
        let of_kind = self
            .happenings
            .iter()
            .filter(|other| other.kind == happening.kind);
        if of_kind.count() < TOLD {
            self.happenings.push(happening);
        }
    }

    /// What is the same in each of so many minutes: told once, and not again while it goes on.
    pub(super) fn tell_of_minutes(&mut self, happening: Happening, minutes: u32) {
        let until = happening.minute.saturating_add(minutes);
        let last = self
            .going_on
            .iter_mut()
            .find(|(last, _)| last.kind == happening.kind);
        match last {
            Some((last, end))
                if *end == happening.minute
                    && (last.amount, last.of) == (happening.amount, happening.of) =>
            {
                *end = until;
                return;
            }
            Some(last) => *last = (happening, until),
            None => self.going_on.push((happening, until)),
        }
        self.tell(happening);
    }

    /// The hour of that minute.
    pub(super) fn hour(&mut self, minute: u32) -> &mut Hour {
        let number = minute / (24 * 60);
        if self.today.number != number {
            self.end_day();
            self.today.number = number;
        }
        let hour = usize::try_from(minute / 60).unwrap_or(0) % HOURS;
        &mut self.today.hours[hour]
    }

    /// The day under way is over.
    pub(super) fn end_day(&mut self) {
        let day = std::mem::take(&mut self.today);
        let is_replayed = day.hours.iter().any(|hour| hour.pods > 0);
        if is_replayed && self.worst_day.is_none_or(|worst| day.rank() > worst.rank()) {
            self.worst_day = Some(day);
        }
    }

    /// A pod has waited so many minutes for a node.
    pub(super) fn note_waited(&mut self, minutes: u32) {
        self.longest_pending = self.longest_pending.max(minutes);
    }

    pub(super) fn note_worst(&mut self, happening: Happening) {
        if self
            .worst
            .is_none_or(|worst| happening.amount > worst.amount)
        {
            self.worst = Some(happening);
        }
    }
}

/// One node group on one cluster.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GroupOutcome {
    /// How full nodes were of CPU, of what is allocatable.
    pub cpu: Spread,
    /// How full nodes were of memory, of what is allocatable.
    pub memory: Spread,
    /// Node-minutes of each hour from the first that is replayed, nodes that are starting included: they are paid for.
    pub node_minutes: Vec<u64>,
    /// For each of those hours what all nodes used of CPU, in millicore-minutes.
    pub cpu_used: Vec<u64>,
    /// Of memory, in MiB-minutes.
    pub memory_used: Vec<u64>,
    /// Fewest and most nodes.
    pub nodes: (u32, u32),
}

/// How full nodes were: node-minutes by thousandths of what they have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    /// Node-minutes at so many thousandths; what is over is at the last.
    minutes: Vec<u64>,
    sum: u128,
    most: u32,
}

const THOUSAND: usize = 1_000;

impl Default for Spread {
    fn default() -> Self {
        Self {
            minutes: vec![0; THOUSAND + 1],
            sum: 0,
            most: 0,
        }
    }
}

impl Spread {
    pub(super) fn add(&mut self, used: u64, has: u64, minutes: u32) {
        let thousandths = used * 1_000 / has.max(1);
        let place = usize::try_from(thousandths)
            .unwrap_or(THOUSAND)
            .min(THOUSAND);
        if let Some(count) = self.minutes.get_mut(place) {
            *count += u64::from(minutes);
        }
        self.sum += u128::from(thousandths) * u128::from(minutes);
        self.most = self
            .most
            .max(u32::try_from(thousandths).unwrap_or(u32::MAX));
    }

    /// Adds the node-minutes of another group.
    pub fn merge(&mut self, other: &Self) {
        for (count, more) in self.minutes.iter_mut().zip(&other.minutes) {
            *count += more;
        }
        self.sum += other.sum;
        self.most = self.most.max(other.most);
    }

    /// Minutes of nodes that were ready, all nodes together.
    #[must_use]
    pub fn node_minutes(&self) -> u64 {
        self.minutes.iter().sum()
    }

    /// Mean share, 0 to 1.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "thousandths of node-minutes, far under 2^53"
    )]
    pub fn mean(&self) -> f64 {
        self.sum as f64 / 1_000.0 / self.node_minutes().max(1) as f64
    }

    /// The share that nodes do not exceed in so many per cent of their minutes, 0 to 1.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "at most a thousand")]
    pub fn percentile(&self, percent: u64) -> f64 {
        let rank = (self.node_minutes() * percent).div_ceil(100);
        let mut sum = 0;
        for (thousandths, minutes) in self.minutes.iter().enumerate() {
            sum += minutes;
            if sum >= rank {
                return thousandths as f64 / 1_000.0;
            }
        }
        1.0
    }

    /// The highest share; over 1 where a node had more than is allocatable.
    #[must_use]
    pub fn highest(&self) -> f64 {
        f64::from(self.most) / 1_000.0
    }
}
