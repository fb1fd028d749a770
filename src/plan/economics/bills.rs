//! The bills of an estate: of today, and of its apps as one way lays them out.

use std::collections::BTreeSet;

use super::layout::{Estate, Layout};
use super::to_price;
use crate::plan::EnvironmentPlan;
use crate::price::{
    AlternativeKind, Bill, BillKey, BillLine, ClusterToPrice, EnvironmentToPrice, Levels, Pricing,
    TasksToPrice, after_lines, extra_lines, today_lines,
};
use crate::snapshot::EnvironmentKey;

impl Estate<'_> {
    pub(super) fn today(&self) -> Bill {
        Bill::new(BillKey::TODAY, self.today_at(&Levels::RANGED))
    }

    pub(super) fn today_at(&self, levels: &Levels) -> Vec<BillLine> {
        self.lines_of(&self.billed(&|_| true), levels)
    }

    /// Lines of environments on Beanstalk, and what the company pays besides.
    pub(super) fn lines_of(
        &self,
        environments: &[EnvironmentToPrice<'_>],
        levels: &Levels,
    ) -> Vec<BillLine> {
        let pricing = self.pricing.at(*levels);
        let mut lines = today_lines(environments, &pricing);
        lines.extend(extra_lines(&pricing, false));
        lines
    }

    pub(super) fn after(&self, kind: AlternativeKind, layout: &Layout, auto_mode: bool) -> Bill {
        let clusters = to_price::clusters(self, layout, auto_mode);
        Bill::new(
            BillKey::Of(kind),
            self.after_at(layout, &clusters, &Levels::RANGED),
        )
    }

    /// The bill of a layout on ECS, which has no control planes; with tasks on Fargate there are no instances either.
    pub(super) fn on_ecs(
        &self,
        kind: AlternativeKind,
        layout: &Layout,
        mut tasks: Vec<TasksToPrice>,
    ) -> Bill {
        let mut clusters = to_price::clusters(self, layout, false);
        for cluster in &mut clusters {
            cluster.support = None;
            if !tasks.is_empty() {
                cluster.groups.clear();
                cluster.tasks = std::mem::take(&mut tasks);
            }
        }
        Bill::new(
            BillKey::Of(kind),
            self.after_at(layout, &clusters, &Levels::RANGED),
        )
    }

    /// The clusters of a layout as the bill sees them, which no level changes.
    pub(in crate::plan) fn to_price<'l>(&self, layout: &'l Layout) -> Vec<ClusterToPrice<'l>> {
        to_price::clusters(self, layout, false)
    }

    pub(in crate::plan) fn after_at(
        &self,
        layout: &Layout,
        clusters: &[ClusterToPrice<'_>],
        levels: &Levels,
    ) -> Vec<BillLine> {
        let pricing = Pricing {
            policy: &layout.policy,
            ..self.pricing.at(*levels)
        };
        let staying: BTreeSet<EnvironmentKey> = layout
            .environments
            .iter()
            .filter(|plan| plan.planned().is_none())
            .map(EnvironmentPlan::key)
            .collect();
        let staying = self.billed(&|key| staying.contains(key));
        after_lines(clusters, &staying, &pricing)
    }
}
