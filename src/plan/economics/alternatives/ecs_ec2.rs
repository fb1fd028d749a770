//! Amazon ECS on instances: no fee, no add-ons; tasks are packed onto instances as pods onto nodes.

use super::offer::{Baseline, Choice, MigrationWork, NoOffer, Offer};
use super::policies::{on_one_cluster, on_own_nodes};
use crate::plan::Prerequisite;
use crate::plan::economics::Layout;
use crate::policy::Survive;
use crate::price::AlternativeKind;
use crate::wording::text;

pub(super) struct EcsEc2;

impl Choice for EcsEc2 {
    fn kind(&self) -> AlternativeKind {
        AlternativeKind::EcsEc2
    }

    /// One ECS cluster on the cheapest workers; what runs on every node of EKS stands for ECS's own agents.
    fn offer(&self, baseline: &Baseline<'_>) -> Result<Offer, NoOffer> {
        let mut own = on_one_cluster(baseline.estate.pricing.policy);
        own.topology.survive = vec![Survive::Node];
        own.addons.clear();
        on_own_nodes(baseline, &mut own);
        let workers = own.nodes.instance_type.clone();
        let layout = Layout::under(baseline.estate, own)?;
        let bill = baseline.estate.on_ecs(self.kind(), &layout, Vec::new());
        Ok(Offer {
            title: text!("alternative-ecs-ec2"),
            bill,
            needs: Prerequisite::of_ecs(&layout),
            layout: Some(layout),
            moves: MigrationWork::Apps,
            survives: vec![Survive::Node],
            settings: Vec::new(),
            remarks: vec![text!("remark-ecs-ec2", type = workers), text!("remark-ecs")],
        })
    }
}
