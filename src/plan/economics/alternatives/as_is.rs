//! Everything stays as it is.

use super::offer::{Baseline, Choice, MigrationWork, NoOffer, Offer};
use super::policies::survives_by_instances;
use crate::price::AlternativeKind;
use crate::wording::text;

pub(super) struct AsIs;

impl Choice for AsIs {
    fn kind(&self) -> AlternativeKind {
        AlternativeKind::AsIs
    }

    fn offer(&self, baseline: &Baseline<'_>) -> Result<Offer, NoOffer> {
        Ok(Offer {
            title: text!("alternative-today"),
            bill: baseline.today.clone(),
            layout: None,
            moves: MigrationWork::Nothing,
            survives: survives_by_instances(baseline),
            needs: Vec::new(),
            settings: Vec::new(),
            remarks: vec![text!("remark-today")],
        })
    }
}
