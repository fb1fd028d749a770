//! Amazon ECS on Fargate: tasks are billed by what they ask for, in Fargate's steps; there are no machines.

use super::offer::{Baseline, Choice, MigrationWork, NoOffer, Offer};
use super::policies::{on_one_cluster, on_whole_machines};
use crate::plan::Prerequisite;
use crate::plan::economics::{Layout, task_hours_above};
use crate::policy::Survive;
use crate::price::{AlternativeKind, TasksToPrice, fargate_size};
use crate::wording::text;

pub(super) struct EcsFargate;

impl Choice for EcsFargate {
    fn kind(&self) -> AlternativeKind {
        AlternativeKind::EcsFargate
    }

    /// As many tasks as a single cluster would run pods, on whatever machine: sizes do not depend on the plan's nodes.
    /// A task has no more than it asks for: its memory is the limit of the pod, not the request.
    fn offer(&self, baseline: &Baseline<'_>) -> Result<Offer, NoOffer> {
        let own = on_whole_machines(&on_one_cluster(baseline.estate.pricing.policy));
        let layout = Layout::sized(baseline.estate, own)?;
        let (mut too_large, mut tasks) = (Vec::new(), Vec::new());
        for (plan, one, _) in baseline.estate.pairs(&layout) {
            let Some((_, sizing)) = plan.planned() else {
                continue;
            };
            let size = fargate_size(
                plan.operating_system,
                sizing.requests.cpu,
                sizing.limits.memory_bytes,
            );
            let Some(size) = size else {
                too_large.push(plan.label.as_str());
                continue;
            };
            let pods = sizing.replicas.clusters.values().map(|here| here.normal);
            tasks.push(TasksToPrice {
                name: plan.label.clone(),
                operating_system: plan.operating_system,
                size,
                count: pods.sum(),
                hours_above: task_hours_above(baseline.estate, &layout, sizing, one),
            });
        }
        if let Some(first) = too_large.first() {
            let (apps, first) = (too_large.len(), *first);
            return Err(text!("no-offer-fargate-too-large", apps = apps, first = first).into());
        }
        let bill = baseline.estate.on_ecs(self.kind(), &layout, tasks);
        Ok(Offer {
            title: text!("alternative-ecs-fargate"),
            bill,
            needs: Prerequisite::of_ecs(&layout),
            layout: Some(layout),
            moves: MigrationWork::Apps,
            survives: vec![Survive::Node],
            settings: Vec::new(),
            remarks: vec![text!("remark-ecs-fargate"), text!("remark-ecs")],
        })
    }
}
