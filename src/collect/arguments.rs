//! What a collection is asked on the command line.

use std::path::PathBuf;

use super::filter::Filter;
use super::region::RegionName;
use crate::units::whole_number;

/// Read a Beanstalk estate out of AWS into a snapshot; the only command besides doctor that connects
#[derive(Debug, Clone, clap::Args)]
pub struct CollectArgs {
    /// Folder to write the snapshot into; while it grows it is called DIR.partial, and the same command
    /// continues an interrupted run
    #[arg(long, value_name = "DIR", required_unless_present = "dry_run")]
    pub out: Option<PathBuf>,
    /// Region to collect, as in ap-northeast-1; repeat it for several [default: the profile's]
    #[arg(long = "region", value_name = "REGION")]
    pub regions: Vec<RegionName>,
    /// Profile of the shared AWS configuration; repeat it for several accounts
    #[arg(long = "profile", value_name = "PROFILE")]
    pub profiles: Vec<String>,
    /// Role to assume from the profile; repeat it for several accounts
    #[arg(long = "role", value_name = "ARN")]
    pub roles: Vec<String>,
    /// Collect only environments that match: name=shop-*, application=legacy, tag:Stack=prod
    #[arg(long, value_name = "FILTER")]
    pub include: Vec<Filter>,
    /// Leave out environments that match
    #[arg(long, value_name = "FILTER")]
    pub exclude: Vec<Filter>,
    /// How many environments there should be, filtered ones not counted; fewer is reported as a gap
    #[arg(long, value_name = "N", value_parser = count, allow_negative_numbers = true)]
    pub expect_environments: Option<usize>,
    /// Replace account ids, names and host names, so that the snapshot can be handed on
    #[arg(long)]
    pub anonymize: bool,
    /// Print the calls, the time and the cost, and collect nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Policy file; its section "collect" says how far back and how fast
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
}

fn count(text: &str) -> Result<usize, String> {
    whole_number(text, 0)
}
