//! Everything stays as it is.

use super::{Asked, Choice, Moves, NoOffer, Offer, survives_by_instances};
use crate::price::AlternativeKind;
use crate::wording::text;

pub(super) struct AsIs;

impl Choice for AsIs {
    fn kind(&self) -> AlternativeKind {
        AlternativeKind::AsIs
    }

    fn offer(&self, asked: &Asked<'_>) -> Result<Offer, NoOffer> {
        Ok(Offer {
            title: text!("alternative-today"),
            bill: asked.today.clone(),
            layout: None,
            moves: Moves::Nothing,
            survives: survives_by_instances(asked),
            needs: Vec::new(),
            settings: Vec::new(),
            remarks: vec![text!("remark-today")],
        })
    }
}
