//! The plan as the policy asks for it, which the other ways are compared with.

use super::offer::{Baseline, Choice, MigrationWork, NoOffer, Offer};
use crate::plan::Prerequisite;
use crate::price::AlternativeKind;
use crate::wording::text;

pub(super) struct AsAsked;

impl Choice for AsAsked {
    fn kind(&self) -> AlternativeKind {
        AlternativeKind::AsAsked
    }

    fn offer(&self, baseline: &Baseline<'_>) -> Result<Offer, NoOffer> {
        let policy = baseline.estate.pricing.policy;
        let clusters = baseline.layout.clusters.len();
        Ok(Offer {
            title: text!("alternative-plan", clusters = clusters, type = &policy.nodes.instance_type),
            bill: baseline.after.clone(),
            layout: None,
            moves: MigrationWork::AsPlanned,
            survives: policy.topology.survive.clone(),
            needs: Prerequisite::of_kubernetes(baseline.layout),
            settings: Vec::new(),
            remarks: vec![text!("remark-plan")],
        })
    }
}
