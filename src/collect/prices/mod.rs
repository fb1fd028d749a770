//! Today's list prices: keys of the price book in, a price or a reason for each out.
//!
//! Comes in: which keys a plan needs, by region. Goes out: exact prices with SKU and dates, from AWS's Price List
//! Query API ([`refresh()`]); or the queries alone, without a connection ([`dry_run()`]). This part refuses to guess:
//! of products that differ in price, of a currency that is not the dollar, of a unit that is not the key's, it takes
//! none. Invariant: every key ends as exactly one of a price and a [`MissingPrice`].

mod ask;
mod offer;
mod pick;
mod query;
mod refresh_error;
mod refreshed_prices;
mod run;
mod text;

pub use pick::ListPrice;
pub use refresh_error::RefreshError;
pub use refreshed_prices::{MissingPrice, RefreshedPrices};
pub use run::{RefreshArgs, dry_run, refresh};
pub use text::{DryRefresh, dry_refresh_text, provenance, refreshed_text};
