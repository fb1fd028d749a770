//! The clusters that were asked for in EKS Auto Mode, which picks and runs the nodes for a fee and has no Windows.

use super::offer::{Baseline, Choice, MigrationWork, NoOffer, Offer};
use super::policies::{is_windows, moving, on_own_nodes, without};
use crate::plan::Prerequisite;
use crate::plan::economics::Layout;
use crate::price::AlternativeKind;
use crate::wording::text;

pub(super) struct AutoMode;

impl Choice for AutoMode {
    fn kind(&self) -> AlternativeKind {
        AlternativeKind::AutoMode
    }

    fn offer(&self, baseline: &Baseline<'_>) -> Result<Offer, NoOffer> {
        let policy = baseline.estate.pricing.policy;
        let mut own = without(policy, moving(baseline.layout, is_windows));
        on_own_nodes(baseline, &mut own);
        let workers = own.nodes.instance_type.clone();
        let layout = Layout::under(baseline.estate, own)?;
        let bill = baseline.estate.after(self.kind(), &layout, true);
        let staying = moving(baseline.layout, is_windows).count();
        let mut remarks = vec![text!("remark-auto-mode", type = workers)];
        if staying > 0 {
            remarks.push(text!("remark-windows-stays", staying = staying));
        }
        Ok(Offer {
            title: text!("alternative-auto-mode"),
            bill,
            survives: policy.topology.survive.clone(),
            needs: Prerequisite::of_kubernetes(&layout),
            layout: Some(layout),
            moves: MigrationWork::Apps,
            settings: Vec::new(),
            remarks,
        })
    }
}
