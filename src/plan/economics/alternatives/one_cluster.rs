//! The plan on its first cluster alone: beside the plan it shows what the others cost.

use super::{Asked, Choice, Moves, NoOffer, Offer, on_one_cluster, one_cluster_settings};
use crate::plan::Needed;
use crate::plan::economics::Layout;
use crate::price::AlternativeKind;
use crate::wording::text;

pub(super) struct OneCluster;

impl Choice for OneCluster {
    fn kind(&self) -> AlternativeKind {
        AlternativeKind::OneCluster
    }

    fn offer(&self, asked: &Asked<'_>) -> Result<Offer, NoOffer> {
        let policy = asked.estate.pricing.policy;
        if asked.layout.clusters.len() < 2 {
            return Err(text!("no-offer-one-cluster").into());
        }
        let one = on_one_cluster(policy);
        let survives = one.topology.survive.clone();
        let layout = Layout::as_planned(asked.estate, one)?;
        let bill = asked.estate.after(self.kind(), &layout, false);
        Ok(Offer {
            title: text!("alternative-one-cluster"),
            bill,
            needs: Needed::of_kubernetes(&layout),
            layout: Some(layout),
            moves: Moves::Apps,
            survives,
            settings: one_cluster_settings(policy),
            remarks: vec![
                text!("remark-one-cluster-saves"),
                text!("remark-one-cluster-fails"),
            ],
        })
    }
}
