//! The plan as the policy asks for it, which the other ways are compared with.

use super::{Asked, Choice, Moves, NoOffer, Offer};
use crate::plan::Needed;
use crate::price::AlternativeKind;
use crate::wording::text;

pub(super) struct AsAsked;

impl Choice for AsAsked {
    fn kind(&self) -> AlternativeKind {
        AlternativeKind::AsAsked
    }

    fn offer(&self, asked: &Asked<'_>) -> Result<Offer, NoOffer> {
        let policy = asked.estate.pricing.policy;
        let clusters = asked.layout.clusters.len();
        Ok(Offer {
            title: text!("alternative-plan", clusters = clusters, type = &policy.nodes.instance_type),
            bill: asked.after.clone(),
            layout: None,
            moves: Moves::AsPlanned,
            survives: policy.topology.survive.clone(),
            needs: Needed::of_kubernetes(asked.layout),
            settings: Vec::new(),
            remarks: vec![text!("remark-plan")],
        })
    }
}
