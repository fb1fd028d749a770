//! Apps about which nothing can happen for a while: they are looked at once in a slot, and not in each minute.

use super::Load;
use super::cluster::{AppInTime, ClusterInTime};
use super::pods::Rest;
use crate::size::LoadSample;

impl ClusterInTime<'_> {
    /// A new slot: what it asks of each app, and which of them rest in it.
    pub(super) fn begin(&mut self, slot: usize) {
        self.count_resting();
        self.slot = u32::try_from(slot).unwrap_or(u32::MAX);
        self.counted = self.minute;
        self.wakes_at = u32::MAX;
        self.awake.clear();
        for group in &mut self.groups {
            for node in &mut group.nodes {
                (node.resting_asked, node.resting_memory) = (0, 0);
            }
        }
        let seconds = slot as u64 * u64::from(self.assumptions.slot_seconds);
        for (place, app) in self.apps.iter_mut().enumerate() {
            app.read(seconds);
            if self.assumptions.every_minute
                || !app.rests(self.minute, self.is_alone, self.assumptions.memory)
            {
                app.rest = None;
                self.awake.push(place);
                continue;
            }
            let rest = Rest {
                since: self.minute,
                until: app.next_rollout,
            };
            app.rest = Some(rest);
            self.wakes_at = self.wakes_at.min(rest.until);
            let nodes = &mut self.groups[app.plan.group].nodes;
            app.each_on_its_node(|node, asked, memory| {
                if let Some(node) = nodes.get_mut(node) {
                    node.resting_asked += asked;
                    node.resting_memory += memory;
                }
            });
        }
    }

    /// Counts the minutes that apps have rested so far.
    pub(super) fn count_resting(&mut self) {
        let (counted, slot, is_alone) = (self.counted, self.slot, self.is_alone);
        for app in &mut self.apps {
            app.count_rest(counted, slot, is_alone);
        }
    }

    pub(super) fn wake_due(&mut self) {
        if self.minute < self.wakes_at {
            return;
        }
        self.wakes_at = u32::MAX;
        for place in 0..self.apps.len() {
            match self.apps[place].rest {
                Some(rest) if rest.until <= self.minute => self.wake(place),
                Some(rest) => self.wakes_at = self.wakes_at.min(rest.until),
                None => {}
            }
        }
    }

    /// From now on the app is looked at in each minute of the slot. Nodes have its load as before in this minute.
    pub(super) fn wake(&mut self, place: usize) {
        let app = &mut self.apps[place];
        app.count_rest(self.counted, self.slot, self.is_alone);
        if app.rest.take().is_none() {
            return;
        }
        let nodes = &mut self.groups[app.plan.group].nodes;
        app.each_on_its_node(|node, asked, memory| {
            if let Some(node) = nodes.get_mut(node) {
                node.resting_asked -= asked;
                node.resting_memory -= memory;
            }
        });
        let at = self.awake.partition_point(|&other| other < place);
        self.awake.insert(at, place);
    }
}

impl AppInTime<'_> {
    /// What is asked of it in the slot that begins at so many seconds.
    fn read(&mut self, seconds: u64) {
        let Load::Recorded(load) = self.plan.load else {
            return;
        };
        let place = seconds / u64::from(load.period_seconds.max(1));
        let sample = usize::try_from(place)
            .ok()
            .and_then(|place| load.samples.get(place).copied())
            .filter(|sample| sample.is_known());
        self.is_known = sample.is_some();
        if let Some(sample) = sample {
            // Memory may have gaps of its own.
            let memory = if sample.memory_mean > 0 {
                (sample.memory_most, sample.memory_mean)
            } else {
                (self.sample.memory_most, self.sample.memory_mean)
            };
            self.sample = LoadSample {
                memory_most: memory.0,
                memory_mean: memory.1,
                ..sample
            };
        }
    }

    /// Whether all its pods serve and none is over a limit; then what is asked of them in this slot is known, too.
    fn rests(&mut self, minute: u32, is_alone: bool, model: super::MemoryModel) -> bool {
        // What comes to an app without pods is lost, minute by minute.
        if self.pods.is_empty() || !self.is_settled() || self.next_rollout <= minute {
            return false;
        }
        self.asks(minute, is_alone, model);
        self.is_spread = false;
        self.is_within_memory_limit() && self.work.most() <= self.cpu_limit()
    }

    /// Counts what it has rested, up to a minute.
    fn count_rest(&mut self, until: u32, slot: u32, is_alone: bool) {
        let Some(rest) = &mut self.rest else { return };
        let since = std::mem::replace(&mut rest.since, until);
        if since < until {
            self.account(since, slot, until - since, is_alone);
        }
    }
}
