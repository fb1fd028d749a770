//! Everything about money that stands beside the two bills: terms, the move, what else one could do, and
//! what would change the answer.

mod alternatives;
mod bills;
mod by_app;
mod currency;
mod document;
mod layout;
mod ranges;
mod readiness;
mod terms;
mod to_price;

pub use by_app::AppSaving;
pub use document::{
    Alternative, CurrencyRow, CurrencyTotals, Decision, Economics, Lever, LeverKind, LikelyRange,
    Outlook, Prerequisite, ReplayVerdict, SearchCoverage, TornadoRow, UnavailableAlternative,
};
pub(super) use layout::{Estate, Layout, growth};
use to_price::task_hours_above;

use super::ReplayRun;
use super::document::NodeTypeRow;
use super::node_types::NodeTypes;
use crate::price::{AlternativeKind, Bill, BillExport, Saving, not_billed, reconcile};
use alternatives::{Baseline, OwnNodes};

/// All that is priced.
pub(super) struct PricedPlan {
    /// Today and after first.
    pub(super) bills: Vec<Bill>,
    pub(super) saving: Saving,
    pub(super) node_types: Vec<NodeTypeRow>,
    pub(super) economics: Economics,
}

/// The bills, and everything beside them.
pub(super) fn of(
    estate: &Estate<'_>,
    layout: &Layout,
    replay: Option<&ReplayRun>,
    export: Option<&BillExport>,
) -> PricedPlan {
    let today = estate.today();
    let after = estate.after(AlternativeKind::AsAsked, layout, false);
    let saving = Saving::between(&today, &after);
    let compared = NodeTypes { estate };
    let node_types = compared.compare(layout, &after);
    let commitments = terms::commitments(estate, layout, &today, &after);
    let everybody = estate.billed(&|_| true);
    let economics = Economics {
        not_billed: not_billed(&everybody, estate.pricing.policy),
        reconciliation: export.map(|export| reconcile(&today, &everybody, export)),
        by_app: by_app::of(&ranges::sharing(estate, layout), &today, &after),
        in_currency: currency::of(&today, &after, &estate.pricing.policy.currency),
        ..ranges::of(estate, layout, &commitments.by_month)
    };
    let baseline = Baseline {
        estate,
        layout,
        today: &today,
        after: &after,
        moved: &economics.move_,
        node_types: &node_types,
        replay,
        own_nodes: OwnNodes::default(),
    };
    let (choosing, others) = alternatives::of(baseline);
    let mut bills = vec![today, after];
    bills.extend(others);
    bills.extend(commitments.bills);
    Bill::bound_unpriced(&mut bills);
    PricedPlan {
        bills,
        saving,
        node_types,
        economics: Economics {
            choosing,
            ..economics
        },
    }
}
