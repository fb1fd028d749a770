//! The plan on its first cluster alone: beside the plan it shows what the others cost.

use super::offer::{Baseline, Choice, MigrationWork, NoOffer, Offer};
use super::policies::{on_one_cluster, one_cluster_settings};
use crate::plan::Prerequisite;
use crate::plan::economics::Layout;
use crate::price::AlternativeKind;
use crate::wording::text;

pub(super) struct OneCluster;

impl Choice for OneCluster {
    fn kind(&self) -> AlternativeKind {
        AlternativeKind::OneCluster
    }

    fn offer(&self, baseline: &Baseline<'_>) -> Result<Offer, NoOffer> {
        let policy = baseline.estate.pricing.policy;
        if baseline.layout.clusters.len() < 2 {
            return Err(text!("no-offer-one-cluster").into());
        }
        let one = on_one_cluster(policy);
        let survives = one.topology.survive.clone();
        let layout = Layout::as_planned(baseline.estate, one)?;
        let bill = baseline.estate.after(self.kind(), &layout, false);
        Ok(Offer {
            title: text!("alternative-one-cluster"),
            bill,
            needs: Prerequisite::of_kubernetes(&layout),
            layout: Some(layout),
            moves: MigrationWork::Apps,
            survives,
            settings: one_cluster_settings(policy),
            remarks: vec![
                text!("remark-one-cluster-saves"),
                text!("remark-one-cluster-fails"),
            ],
        })
    }
}
