//! The plan, with Windows left on Beanstalk.

use super::offer::{Baseline, Choice, MigrationWork, NoOffer, Offer};
use super::policies::{is_windows, moving, quoted, without};
use crate::plan::Prerequisite;
use crate::plan::economics::Layout;
use crate::price::AlternativeKind;
use crate::wording::text;

pub(super) struct WindowsStays;

impl Choice for WindowsStays {
    fn kind(&self) -> AlternativeKind {
        AlternativeKind::WindowsStays
    }

    fn offer(&self, baseline: &Baseline<'_>) -> Result<Offer, NoOffer> {
        let policy = baseline.estate.pricing.policy;
        let staying = moving(baseline.layout, is_windows).count();
        if staying == 0 {
            return Err(text!("no-offer-no-windows").into());
        }
        let rest = without(policy, moving(baseline.layout, is_windows));
        let patterns: Vec<String> = rest
            .scope
            .exclude_environments
            .iter()
            .map(|pattern| quoted(pattern.as_str()))
            .collect();
        let layout = Layout::as_planned(baseline.estate, rest)?;
        let bill = baseline.estate.after(self.kind(), &layout, false);
        Ok(Offer {
            title: text!("alternative-windows-stays"),
            bill,
            needs: Prerequisite::of_kubernetes(&layout),
            layout: Some(layout),
            moves: MigrationWork::Apps,
            survives: policy.topology.survive.clone(),
            settings: vec![format!(
                "scope.exclude_environments=[{}]",
                patterns.join(", ")
            )],
            remarks: vec![text!("remark-windows-stays", staying = staying)],
        })
    }
}
