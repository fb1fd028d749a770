//! What a request of history risks in the week after, learnt from weeks whose end is known.
//!
//! Comes in: what instances and replicas used, slot by slot. Goes out: for a stretch of days a [`Fit`]
//! (where to start from, and which [`Stratum`] of the fleet it is like), and for a whole fleet a
//! [`Calibration`]: the factor on that start which so many of the weeks that followed did not exceed.
//! This room refuses to promise without having looked: where the fleet is too young or too small, the
//! shipped prior answers, and says that it did. Invariants: nothing is fitted on what it is judged by;
//! a calibration for a moment knows only weeks that had ended by then.
//!
//! The method is split conformal prediction (Vovk, Gammerman & Shafer, Algorithmic Learning in a Random
//! World, 2005; Lei et al., JASA 113, 2018) with one calibration for each stratum ("Mondrian").

mod calibration;
mod fit;
mod folds;
mod instances;
mod level_shift;
mod prior;
mod record;
mod stratum;
mod trial;
mod window;

pub use calibration::{Calibration, Factor};
pub use folds::Span;
pub use record::Record;
pub use stratum::Stratum;
pub use trial::Trial;
pub use window::Resource;

pub(super) use fit::Fit;
pub(super) use folds::{Fold, weeks};
pub(super) use instances::usages;
pub(super) use prior::as_prior;
pub(super) use window::{Judge, Skip, Training, Usage};
