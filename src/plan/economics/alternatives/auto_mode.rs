//! The clusters that were asked for in EKS Auto Mode, which picks and runs the nodes for a fee and has no Windows.

use super::{Asked, Choice, Moves, NoOffer, Offer, is_windows, moving, on_own_nodes, without};
use crate::plan::Needed;
use crate::plan::economics::Layout;
use crate::price::AlternativeKind;
use crate::wording::text;

pub(super) struct AutoMode;

impl Choice for AutoMode {
    fn kind(&self) -> AlternativeKind {
        AlternativeKind::AutoMode
    }

    fn offer(&self, asked: &Asked<'_>) -> Result<Offer, NoOffer> {
        let policy = asked.estate.pricing.policy;
        let mut own = without(policy, moving(asked.layout, is_windows));
        on_own_nodes(asked, &mut own);
        let workers = own.nodes.instance_type.clone();
        let layout = Layout::under(asked.estate, own)?;
        let bill = asked.estate.after(self.kind(), &layout, true);
        let staying = moving(asked.layout, is_windows).count();
        let mut remarks = vec![text!("remark-auto-mode", type = workers)];
        if staying > 0 {
            remarks.push(text!("remark-windows-stays", staying = staying));
        }
        Ok(Offer {
            title: text!("alternative-auto-mode"),
            bill,
            survives: policy.topology.survive.clone(),
            needs: Needed::of_kubernetes(&layout),
            layout: Some(layout),
            moves: Moves::Apps,
            settings: Vec::new(),
            remarks,
        })
    }
}
