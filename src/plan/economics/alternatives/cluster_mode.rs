//! Beanstalk's own Cluster Mode: AWS's managed EKS under Beanstalk.

use super::offer::{Baseline, Choice, MigrationWork, NoOffer, Offer};
use super::policies::{is_windows, moving, on_one_cluster, on_own_nodes, without};
use crate::plan::economics::Layout;
use crate::plan::{EnvironmentPlan, Prerequisite};
use crate::price::AlternativeKind;
use crate::wording::text;

pub(super) struct ClusterMode;

/// Source: AWS's announcement of Cluster Mode (2026-09) and its documentation: web servers on Linux only.
fn stays(plan: &EnvironmentPlan) -> bool {
    plan.tier == "Worker" || is_windows(plan)
}

impl Choice for ClusterMode {
    fn kind(&self) -> AlternativeKind {
        AlternativeKind::ClusterMode
    }

    /// One cluster, nodes that it picks itself, a load balancer for each environment.
    fn offer(&self, baseline: &Baseline<'_>) -> Result<Offer, NoOffer> {
        let mut own = without(
            &on_one_cluster(baseline.estate.pricing.policy),
            moving(baseline.layout, stays),
        );
        own.load_balancers.apps_per_load_balancer = 1;
        on_own_nodes(baseline, &mut own);
        let workers = own.nodes.instance_type.clone();
        let survives = own.topology.survive.clone();
        let layout = Layout::under(baseline.estate, own)?;
        let bill = baseline.estate.after(self.kind(), &layout, true);
        let staying = moving(baseline.layout, stays).count();
        Ok(Offer {
            title: text!("alternative-cluster-mode"),
            bill,
            layout: Some(layout),
            moves: MigrationWork::Apps,
            survives,
            needs: vec![Prerequisite::ContainerImages],
            settings: Vec::new(),
            remarks: vec![
                text!("remark-cluster-mode-stays", staying = staying),
                text!("remark-cluster-mode-nodes", type = workers),
                text!("remark-cluster-mode-settings"),
            ],
        })
    }
}
