//! What the minutes brought, counted; and what HorizontalPodAutoscalers make of it.

use super::Scaling;
use super::autoscaler::{AppMetrics, recommended};
use super::cluster::{AppInTime, ClusterInTime, MEBIBYTE};
use super::tally::{Happening, HappeningKind};

/// An app gets too little where it gets less than so many per cent of what it is asked for.
const ENOUGH_PERCENT: u64 = 95;

impl ClusterInTime<'_> {
    /// Every autoscaler looks at this minute; the next one has as many pods as it decides. In the minutes after the first
    /// one of a slot those of apps that rest would see the same, and decide the same.
    pub(super) fn autoscale(&mut self) {
        if self.minute == self.slot.saturating_mul(self.slot_minutes) {
            for place in 0..self.apps.len() {
                self.autoscale_app(place);
            }
        } else {
            for number in 0..self.awake.len() {
                self.autoscale_app(self.awake[number]);
            }
        }
    }

    fn autoscale_app(&mut self, place: usize) {
        let (minute, is_alone) = (self.minute, self.is_alone);
        let app = &mut self.apps[place];
        let Some(scaling) = app.plan.scaling else {
            return;
        };
        let decided = app.decides(minute, is_alone, scaling);
        let is_other = decided != app.desired;
        self.has_changed |= is_other;
        if is_other {
            self.wake(place);
        }
        let app = &mut self.apps[place];
        app.desired = decided;
        if let Some(rest) = &mut app.rest {
            let forgets = app.window.forgets_at(scaling).unwrap_or(u32::MAX);
            rest.until = rest.until.min(forgets);
            self.wakes_at = self.wakes_at.min(rest.until);
        }
    }

    /// Counts `minutes` that are all like this one, of everything but apps that rest.
    pub(super) fn account(&mut self, minutes: u32) {
        let (minute, slot, is_alone) = (self.minute, self.slot, self.is_alone);
        for &place in &self.awake {
            self.apps[place].account(minute, slot, minutes, is_alone);
        }
        self.account_nodes(minutes);
    }

    fn account_nodes(&mut self, minutes: u32) {
        let hour = usize::try_from((self.minute - self.first_minute()) / 60).unwrap_or(0);
        let times = u64::from(minutes);
        for number in 0..self.groups.len() {
            let shape = &self.plan.groups[number].shape;
            let (cpu, memory) = self.room(shape);
            let has = (
                shape.allocatable.cpu.0,
                shape.allocatable.memory.0 / MEBIBYTE,
            );
            let group = &mut self.groups[number];
            let (mut there, mut cpu_used, mut memory_used) = (0_u32, 0, 0);
            for node in group.nodes.iter().filter(|node| node.is_there) {
                there += 1;
                let of_cpu = node.asked.min(cpu) + (has.0 - cpu);
                let of_memory = node.memory + (has.1 - memory);
                group.outcome.cpu.add(of_cpu, has.0, minutes);
                group.outcome.memory.add(of_memory, has.1, minutes);
                cpu_used += of_cpu;
                memory_used += of_memory;
            }
            let paid = u64::from(there) + group.coming.len() as u64;
            let outcome = &mut group.outcome;
            at(&mut outcome.node_minutes, hour, paid * times);
            at(&mut outcome.cpu_used, hour, cpu_used * times);
            at(&mut outcome.memory_used, hour, memory_used * times);
            outcome.nodes = (outcome.nodes.0.min(there), outcome.nodes.1.max(there));
        }
    }
}

fn at(hours: &mut Vec<u64>, hour: usize, more: u64) {
    if hours.len() <= hour {
        hours.resize(hour + 1, 0);
    }
    hours[hour] += more;
}

/// What a minute is to an app: CPU in millicores, pods, and the most that one pod is asked for and takes.
struct Minute {
    asked: u64,
    delivered: u64,
    starved: u64,
    lost: u64,
    serving: u32,
    pending: u32,
    most: u64,
    most_memory: u32,
}

impl AppInTime<'_> {
    fn this_minute(&self, minute: u32, is_alone: bool) -> Minute {
        let serving = self.serving(minute);
        let all = self.asked_of_all(is_alone, serving);
        if !self.is_spread && serving > 0 {
            return Minute {
                asked: all,
                delivered: all,
                starved: 0,
                lost: 0,
                serving,
                pending: 0,
                most: self.work.most(),
                most_memory: self.most_memory(),
            };
        }
        let (mut asked, mut delivered, mut lost) = (0, 0, 0);
        let (mut pending, mut most, mut most_memory) = (0_u32, 0, 0);
        for pod in self.pods.iter() {
            asked += pod.asked;
            most = pod.asked.max(most);
            most_memory = pod.memory.max(most_memory);
            if pod.serves(minute) {
                delivered += pod.got;
            } else {
                // Killed or evicted in this very minute; or not there yet, and asked for nothing.
                lost += pod.asked;
                pending += u32::from(pod.node.is_none() && pod.ready_at <= minute);
            }
        }
        // Nobody was there to be asked.
        lost += all.saturating_sub(asked);
        let asked = asked.max(all);
        Minute {
            asked,
            delivered,
            starved: asked - delivered - lost,
            lost,
            serving,
            pending,
            most,
            most_memory,
        }
    }

    /// What its autoscaler makes of this minute: so many pods from the next one on.
    fn decides(&mut self, minute: u32, is_alone: bool, scaling: Scaling) -> u32 {
        let serving = self.serving(minute);
        let used = if self.is_spread {
            self.pods.iter().map(|pod| pod.got).sum()
        } else {
            self.asked_of_all(is_alone, serving)
        };
        let measured = AppMetrics {
            used,
            requested: self.plan.requests.cpu.0,
            serving,
            not_ready: self.pods.count() - serving,
        };
        self.recommended = recommended(measured, self.desired, scaling.target_percent);
        self.window
            .decided(minute, self.recommended, self.desired, scaling)
    }

    /// Counts so many minutes that are all like this one.
    pub(super) fn account(&mut self, minute: u32, slot: u32, minutes: u32, is_alone: bool) {
        if self.plan.scaling.is_some() {
            self.window.note(minute + minutes - 1, self.recommended);
        }
        let request = self.plan.requests.cpu.0;
        let Minute {
            asked,
            delivered,
            starved,
            lost,
            serving,
            pending,
            most,
            most_memory,
        } = self.this_minute(minute, is_alone);
        let times = u64::from(minutes);
        let outcome = &mut self.outcome;
        outcome.work.asked += asked * times;
        outcome.work.delivered += delivered * times;
        outcome.work.starved += starved * times;
        outcome.work.lost += lost * times;
        outcome.pending_pod_minutes += u64::from(pending) * times;
        let pods = self.pods.count();
        outcome.pod_minutes += u64::from(pods) * times;
        outcome.pods = (outcome.pods.0.min(pods), outcome.pods.1.max(pods));
        let hour = outcome.hour(minute);
        hour.missing += (starved + lost) * times;
        hour.asked = hour.asked.max(asked);
        hour.pod_asked = hour.pod_asked.max(most);
        hour.pod_memory = hour.pod_memory.max(most_memory);
        hour.serving = if hour.pods == 0 {
            serving
        } else {
            hour.serving.min(serving)
        };
        hour.pods = hour.pods.max(pods);
        let happening = |kind, amount, of| Happening {
            minute,
            kind,
            amount,
            of,
        };
        if pending > 0 {
            let waiting = happening(HappeningKind::Pending, pending.into(), pods.into());
            outcome.tell_of_minutes(waiting, minutes);
        }
        if !self.is_known {
            return;
        }
        let narrow = u16::try_from(minutes).unwrap_or(u16::MAX);
        outcome.known.add(slot, narrow);
        if delivered * 100 < asked * ENOUGH_PERCENT {
            outcome.starved.add(slot, narrow);
            let kind = if lost > 0 {
                HappeningKind::Lost
            } else {
                HappeningKind::Starved
            };
            outcome.tell_of_minutes(happening(kind, starved + lost, asked), minutes);
            outcome.note_worst(happening(kind, starved + lost, asked));
        }
        if most > request {
            outcome.over_request.add(slot, narrow);
            let thousandths = u32::try_from(most * 1_000 / request.max(1)).unwrap_or(u32::MAX);
            let is_highest = outcome
                .highest_over_request
                .is_none_or(|(highest, _)| thousandths > highest);
            if is_highest {
                outcome.highest_over_request = Some((thousandths, minute));
            }
        }
    }
}
