//! Plans a company's move from AWS Elastic Beanstalk to Amazon EKS.
//!
//! The folders are the pipeline; `docs/ARCHITECTURE.md` is the map.

pub mod beanstalk;
pub mod calibrate;
pub mod catalog;
pub mod check;
pub mod cli;
#[cfg(feature = "aws")]
pub mod collect;
pub mod disk;
pub mod import;
pub mod pack;
pub mod plan;
pub mod policy;
pub mod price;
pub mod render;
pub mod replay;
pub mod sample;
pub mod size;
pub mod snapshot;
pub mod translate;
pub mod units;
pub mod wording;
